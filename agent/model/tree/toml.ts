import { parse } from 'smol-toml';
import { ownText } from '../document.ts';
import type { Document, MapNode, Node, Problem, Range, ScalarNode, SeqNode, Tree } from '../types.ts';
import { SourceScalar } from './scalar.ts';
import { TomlScanner } from './toml-scan.ts';

const maxLength = 20_000_000;
const maxDepth = 100;
const maxProblems = 20;

/**
 * Reads TOML (https://toml.io/en/v1.0.0). `smol-toml` says whether the file is right; places come from our own scan,
 * which goes on after an error. See `parseToml`.
 */
export function readToml(document: Document): Tree {
  if (ownText(document).length > maxLength) {
    return { roots: [], problems: [problem(document, 'toml-too-large', 'TOML: larger than 20 MB, not read.')] };
  }
  const problems: Problem[] = [];
  const root = new Reader(document).document();
  try {
    parse(ownText(document));
  } catch (error) {
    const message =
      String((error as Error).message)
        .split('\n', 1)[0]
        ?.trim() ?? 'not valid';
    problems.push(problem(document, 'toml-syntax', `TOML: ${message}`, errorRange(document, error)));
  }
  return { roots: [root], problems: problems.slice(0, maxProblems) };
}

class Reader {
  #scan: TomlScanner;
  #text: string;
  #root: MapNode;
  /** Tables by parent and key: a hostile file has a hundred thousand of them. */
  #tables = new Map<MapNode, Map<string, Node>>();

  constructor(document: Document) {
    this.#text = ownText(document);
    this.#scan = new TomlScanner(ownText(document));
    this.#root = { kind: 'map', range: [0, ownText(document).length], entries: [], flow: false };
  }

  document(): MapNode {
    const scan = this.#scan;
    let table = this.#root;
    for (;;) {
      scan.blank();
      if (scan.atEnd()) return this.#root;
      const start = scan.at;
      if (scan.code() === 91) table = this.#header();
      else this.#pair(table, 0);
      extend(table, scan.at);
      scan.restOfLine();
      // A character that begins nothing must not hold the reader.
      if (scan.at === start) scan.at += 1;
    }
  }

  /** `[a.b]` or `[[a.b]]`: gives the table that the following lines fill. */
  #header(): MapNode {
    const scan = this.#scan;
    const start = scan.at;
    const array = this.#text.startsWith('[[', scan.at);
    scan.at += array ? 2 : 1;
    const keys = this.#keys();
    scan.take(array ? ']]' : ']');
    let table = this.#root;
    keys.forEach((key, index) => {
      const last = index === keys.length - 1;
      table = last && array ? this.#append(table, key, start) : this.#descend(table, key, start);
      extend(table, scan.at);
    });
    return table;
  }

  #pair(into: MapNode, depth: number): void {
    const scan = this.#scan;
    const keys = this.#keys();
    const last = keys.pop();
    if (!last) return;
    let table = into;
    for (const key of keys) table = this.#descend(table, key, key.range[0]);
    scan.space();
    if (!scan.take('=')) {
      table.entries.push({ key: last, value: undefined });
      return;
    }
    scan.space();
    const value = this.#value(depth);
    if (value) this.#add(table, last, value);
    else table.entries.push({ key: last, value });
    extend(table, scan.at);
  }

  /** The map under `key`; the last one of an array of tables; a new one where there is none. */
  #descend(table: MapNode, key: ScalarNode, start: number): MapNode {
    const found = this.#tables.get(table)?.get(key.text);
    if (found?.kind === 'map') return found;
    const last = found?.kind === 'seq' ? found.items.at(-1) : undefined;
    if (last?.kind === 'map') return last;
    return this.#add(table, key, { kind: 'map', range: [start, start], entries: [], flow: false });
  }

  #append(table: MapNode, key: ScalarNode, start: number): MapNode {
    const map: MapNode = { kind: 'map', range: [start, start], entries: [], flow: false };
    const found = this.#tables.get(table)?.get(key.text);
    if (found?.kind === 'seq') found.items.push(map);
    else this.#add(table, key, { kind: 'seq', range: [start, start], items: [map], flow: false });
    return map;
  }

  #add<T extends Node>(table: MapNode, key: ScalarNode, value: T): T {
    table.entries.push({ key, value });
    let index = this.#tables.get(table);
    if (!index) {
      index = new Map();
      this.#tables.set(table, index);
    }
    index.set(key.text, value);
    return value;
  }

  #keys(): ScalarNode[] {
    const scan = this.#scan;
    const keys: ScalarNode[] = [];
    do {
      scan.space();
      const start = scan.at;
      const code = scan.code();
      if (code === 34 || code === 39) keys.push(this.#string());
      else {
        scan.bareKey();
        if (scan.at === start) break;
        const text = this.#text.slice(start, scan.at);
        keys.push(new SourceScalar(this.#text, [start, scan.at], text, text, 'plain'));
      }
      scan.space();
    } while (scan.take('.'));
    return keys;
  }

  #value(depth: number): Node | undefined {
    const code = this.#scan.code();
    if (code === 34 || code === 39) return this.#string();
    if (depth > maxDepth) return undefined;
    if (code === 91) return this.#array(depth);
    if (code === 123) return this.#inline(depth);
    const start = this.#scan.at;
    this.#scan.bareValue();
    if (this.#scan.at === start) return undefined;
    const text = this.#text.slice(start, this.#scan.at);
    return new SourceScalar(this.#text, [start, this.#scan.at], literal(text), text, 'plain');
  }

  #string(): ScalarNode {
    const start = this.#scan.at;
    const { value, fence, basic } = this.#scan.string();
    return new SourceScalar(this.#text, [start, this.#scan.at], value, value, basic ? 'double' : 'single', fence);
  }

  #array(depth: number): SeqNode {
    const scan = this.#scan;
    const start = scan.at++;
    const items: Node[] = [];
    for (;;) {
      scan.blank();
      if (scan.atEnd() || scan.take(']')) break;
      if (scan.take(',')) continue;
      const before = scan.at;
      const item = this.#value(depth + 1);
      if (item) items.push(item);
      if (scan.at === before) break;
    }
    return { kind: 'seq', range: [start, scan.at], items, flow: true };
  }

  #inline(depth: number): MapNode {
    const scan = this.#scan;
    const map: MapNode = { kind: 'map', range: [scan.at, scan.at], entries: [], flow: true };
    const start = scan.at++;
    for (;;) {
      scan.blank();
      if (scan.atEnd() || scan.take('}')) break;
      if (scan.take(',')) continue;
      const before = scan.at;
      this.#pair(map, depth + 1);
      if (scan.at === before) break;
    }
    map.range = [start, scan.at];
    return map;
  }
}

function extend(table: MapNode, end: number): void {
  if (end > table.range[1]) table.range = [table.range[0], end];
}

function literal(text: string): ScalarNode['value'] {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const digits = text.replaceAll('_', '');
  if (/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(digits)) return Number(digits);
  if (/^0[xob][0-9a-fA-F]+$/.test(digits)) return Number(digits);
  return text;
}

function errorRange(document: Document, error: unknown): Range | undefined {
  const { line, column } = error as { line?: number; column?: number };
  if (typeof line !== 'number' || typeof column !== 'number') return undefined;
  let start = 0;
  for (let count = 1; count < line; count++) start = document.text.indexOf('\n', start) + 1;
  return [start + column - 1, start + column];
}

function problem(document: Document, code: string, message: string, range?: Range): Problem {
  return { code, message, path: document.path, ...(range ? { range } : {}), fatal: false };
}
