import type { Entry, MapNode, Node, ScalarNode, SeqNode } from '../types.ts';
import { SourceScalar } from './scalar.ts';
import { readFlow, readQuoted, readValue, Unusual } from './yaml-inline.ts';
import { type Lines, measure } from './yaml-lines.ts';

const maxDepth = 60;

/**
 * Reads the YAML that people write by hand: one document of block maps and sequences with one-line scalars, literal
 * blocks and small flow collections. Everything else (anchors, tags, several documents, multi-line flow, errors) gives
 * undefined, and the whole text goes to the full parser. It exists because a workflow is read on every keystroke; a test
 * holds its results equal to the full parser's on fixtures and on thousands of mutations of them.
 */
export function readBlockYaml(text: string): Node | undefined {
  if (
    text.length > 1_000_000 ||
    /[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ud800-\udfff\ue000-\ufefe\uff00-\ufffd]/.test(text)
  )
    return undefined;
  try {
    return new BlockReader(text).document();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

class BlockReader {
  #text: string;
  #lines: Lines;
  /** The next line that holds something. */
  #line = -1;

  constructor(text: string) {
    this.#text = text;
    this.#lines = measure(text);
  }

  document(): Node | undefined {
    this.#next();
    if (this.#line < this.#lines.count && this.#isMarker(this.#line)) {
      if (this.#length(this.#line) !== 3) throw new Unusual();
      this.#next();
    }
    if (this.#line >= this.#lines.count || this.#indent() !== 0) return undefined;
    const root = this.#block(0, 0);
    return this.#line >= this.#lines.count ? root : undefined;
  }

  /** Goes to the next line that is neither empty nor a comment. */
  #next(): void {
    const { indent, start, count } = this.#lines;
    this.#line += 1;
    while (this.#line < count) {
      const column = indent[this.#line] as number;
      if (column !== -1 && this.#text.charCodeAt((start[this.#line] as number) + column) !== 35) return;
      this.#line += 1;
    }
  }

  #block(column: number, depth: number): Node {
    if (depth > maxDepth) throw new Unusual();
    const at = this.#start() + column;
    return this.#isDash(at) ? this.#seq(column, depth) : this.#map(column, depth);
  }

  /** Entries whose keys stand in `column`; the first one may share its line with a dash. */
  #map(column: number, depth: number): MapNode {
    const entries: Entry[] = [];
    const start = this.#start() + column;
    let end = start;
    do {
      const at = this.#start() + column;
      if (this.#isMarker(this.#line) || this.#isDash(at)) throw new Unusual();
      const key = this.#key(at);
      const value = this.#value(key.range[1] + 1, column, depth);
      entries.push({ key, value });
      end = value ? value.range[1] : key.range[1];
      this.#ends(column);
    } while (this.#indent() === column);
    return { kind: 'map', range: [start, end], entries, flow: false };
  }

  #seq(column: number, depth: number): SeqNode {
    const items: Node[] = [];
    const start = this.#start() + column;
    do {
      const at = this.#start() + column;
      if (!this.#isDash(at)) break;
      const item = this.#item(at + 1, column, depth);
      items.push(item);
      this.#ends(column);
    } while (this.#indent() === column);
    return { kind: 'seq', range: [start, (items.at(-1) as Node).range[1]], items, flow: false };
  }

  #item(after: number, column: number, depth: number): Node {
    const end = this.#end();
    let at = after;
    while (at < end && this.#text.charCodeAt(at) === 32) at += 1;
    const inner = at - this.#start();
    if (at < end && (this.#isDash(at) || this.#startsKey(at))) return this.#block(inner, depth + 1);
    const value = this.#value(after, column, depth);
    if (!value) throw new Unusual();
    return value;
  }

  /** What follows a colon or a dash: on the line, as a block scalar, or in the lines below. */
  #value(after: number, column: number, depth: number): Node | undefined {
    const end = this.#end();
    let at = after;
    while (at < end && this.#text.charCodeAt(at) === 32) at += 1;
    const code = at < end ? this.#text.charCodeAt(at) : 35;
    if (code === 35) {
      if (at < end && at === after) throw new Unusual();
      return this.#below(column, depth);
    }
    if (code === 124 || code === 62) return this.#blockScalar(at, column);
    const node = code === 91 || code === 123 ? readFlow(this.#text, at, end) : readValue(this.#text, at, end);
    this.#next();
    return node;
  }

  #below(column: number, depth: number): Node | undefined {
    const dash = this.#isDash(this.#start() + column);
    this.#next();
    const indent = this.#indent();
    if (indent > column) return this.#block(indent, depth + 1);
    // The items of a key may stand in the column of the key itself.
    if (indent === column && !dash && this.#isDash(this.#start() + column)) return this.#seq(column, depth + 1);
    return undefined;
  }

  #blockScalar(at: number, column: number): ScalarNode {
    const [header] = this.#blockHeader(at);
    const literal = header.startsWith('|');
    const inner = this.#blockIndent();
    if (inner <= column) throw new Unusual();
    const { parts, last } = this.#blockLines(inner, literal);
    const { end, start, indent, count } = this.#lines;
    if (this.#line < count && (indent[this.#line] as number) > column) throw new Unusual();
    if (this.#line >= count && end[count - 1] !== start[count - 1]) throw new Unusual();
    while (parts.at(-1) === '') parts.pop();
    if (!literal && parts.includes('')) throw new Unusual();
    const text = parts.join(literal ? '\n' : ' ') + (header.endsWith('-') ? '' : '\n');
    this.#line -= 1;
    this.#next();
    let stop = last ?? at + header.length;
    while (' '.includes(this.#text.charAt(stop - 1))) stop -= 1;
    return new SourceScalar(this.#text, [at, stop], text, text, literal ? 'literal' : 'folded');
  }

  #blockHeader(at: number): RegExpExecArray {
    const header = /[|>]-?(?=$| +#| *$)/y;
    header.lastIndex = at;
    return header.exec(this.#text.slice(0, this.#end())) ?? unusual();
  }

  /** The indentation of the first line below that is not empty; -1 when there is none. */
  #blockIndent(): number {
    const { indent, count } = this.#lines;
    let line = this.#line + 1;
    while (line < count && indent[line] === -1) line += 1;
    return line < count ? (indent[line] as number) : -1;
  }

  /** The lines of the block without its indentation, and where the last that is not empty ends. Stays on the line behind. */
  #blockLines(inner: number, literal: boolean): { parts: string[]; last: number | undefined } {
    const { start, end, indent, count } = this.#lines;
    const parts: string[] = [];
    let last: number | undefined;
    for (this.#line += 1; this.#line < count; this.#line++) {
      const depth = indent[this.#line] as number;
      if (depth !== -1 && depth < inner) break;
      const from = (start[this.#line] as number) + inner;
      const to = end[this.#line] as number;
      // Spaces beyond the indentation of an empty line, and deeper lines of a folded block, follow rules of their own.
      if (depth === -1 ? to > from : !literal && depth !== inner) throw new Unusual();
      parts.push(to > from ? this.#text.slice(from, to) : '');
      if (depth !== -1) last = to;
    }
    return { parts, last };
  }

  #key(at: number): ScalarNode {
    const code = this.#text.charCodeAt(at);
    const end = this.#end();
    let key: ScalarNode;
    if (code === 34 || code === 39) key = readQuoted(this.#text, at, end);
    else {
      let stop = at;
      while (stop < end && isKeyCode(this.#text.charCodeAt(stop))) stop += 1;
      if (stop === at || code === 45) throw new Unusual();
      const name = this.#text.slice(at, stop);
      key =
        /^[A-Za-z_]/.test(name) && !/^(?:true|false|null)$/i.test(name)
          ? new SourceScalar(this.#text, [at, stop], name, name, 'plain')
          : unusual();
    }
    const after = key.range[1];
    const next = after + 1 < end ? this.#text.charCodeAt(after + 1) : 32;
    if (this.#text.charCodeAt(after) !== 58 || after >= end || next !== 32) throw new Unusual();
    return key;
  }

  /** A plain or quoted key with its colon begins here. */
  #startsKey(at: number): boolean {
    const end = this.#end();
    const code = this.#text.charCodeAt(at);
    let stop = at;
    if (code === 34 || code === 39) {
      stop = this.#text.indexOf(String.fromCharCode(code), at + 1) + 1;
      if (stop === 0 || stop > end) return false;
    } else while (stop < end && isKeyCode(this.#text.charCodeAt(stop))) stop += 1;
    if (stop === at || stop >= end || this.#text.charCodeAt(stop) !== 58) return false;
    return stop + 1 >= end || this.#text.charCodeAt(stop + 1) === 32;
  }

  /** After an entry, the next line stands in the same column or further left; anything else is not ours. */
  #ends(column: number): void {
    if (this.#indent() > column) throw new Unusual();
  }

  #isDash(at: number): boolean {
    if (this.#text.charCodeAt(at) !== 45) return false;
    const next = this.#text.charCodeAt(at + 1);
    return next === 32 || next === 10 || Number.isNaN(next);
  }

  #isMarker(line: number): boolean {
    const start = this.#lines.start[line] as number;
    return (
      this.#text.startsWith('---', start) || this.#text.startsWith('...', start) || this.#text.charCodeAt(start) === 37
    );
  }

  #indent(): number {
    return this.#line < this.#lines.count ? (this.#lines.indent[this.#line] as number) : -1;
  }

  #start(): number {
    return this.#lines.start[this.#line] as number;
  }

  #end(): number {
    return this.#lines.end[this.#line] as number;
  }

  #length(line: number): number {
    return (this.#lines.end[line] as number) - (this.#lines.start[line] as number);
  }
}

function isKeyCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code === 47
  );
}

function unusual(): never {
  throw new Unusual();
}
