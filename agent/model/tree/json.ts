import { ownText } from '../document.ts';
import type { Document, Entry, MapNode, Node, Problem, Range, ScalarNode, SeqNode, Tree } from '../types.ts';
import { JsonScanner } from './json-scan.ts';
import { SourceScalar } from './scalar.ts';

/** From this length on, the inside of a container is read when it is first looked at. */
const lazyLength = 8_000_000;
const maxDepth = 256;
const maxProblems = 20;

/** Reads JSON (RFC 8259) with comments and trailing commas tolerated. See `parseJson`. */
export function readJson(document: Document): Tree {
  const tree: Tree = { roots: [], problems: [] };
  const reader = new Reader(document, tree.problems, ownText(document).length > lazyLength);
  const root = reader.document();
  if (root) tree.roots.push(root);
  return tree;
}

class Reader {
  #text: string;
  #document: Document;
  #problems: Problem[];
  #lazy: boolean;

  constructor(document: Document, problems: Problem[], lazy: boolean) {
    this.#document = document;
    this.#text = ownText(document);
    this.#problems = problems;
    this.#lazy = lazy;
  }

  document(): Node | undefined {
    const scan = new JsonScanner(this.#text, this.#text.charCodeAt(0) === 0xfeff ? 1 : 0);
    scan.space();
    if (scan.atEnd()) {
      this.#report('json-empty', 'JSON: the file is empty.', [0, 0]);
      return undefined;
    }
    const root = this.#value(scan, 0);
    scan.space();
    if (!scan.atEnd()) this.#report('json-syntax', 'JSON: text after the end of the value.', [scan.at, scan.at + 1]);
    return root;
  }

  #value(scan: JsonScanner, depth: number): Node | undefined {
    const code = scan.code();
    if (code === 34) return this.#string(scan);
    if (code !== 123 && code !== 91) return this.#literal(scan);
    if (depth >= maxDepth) {
      const start = scan.at;
      scan.skip();
      this.#report('json-too-deep', `JSON: nested more than ${maxDepth} levels; the inside was not read.`, [
        start,
        scan.at,
      ]);
      return undefined;
    }
    if (this.#lazy) return this.#lazyContainer(scan, depth);
    return code === 123 ? this.#map(scan, depth) : this.#seq(scan, depth);
  }

  #lazyContainer(scan: JsonScanner, depth: number): Node {
    const start = scan.at;
    if (!scan.skip()) this.#unclosed(start);
    const range: Range = [start, scan.at];
    const open = () => new JsonScanner(this.#text, start, range[1]);
    if (this.#text.charCodeAt(start) === 123) return new LazyMap(range, () => this.#map(open(), depth).entries);
    return new LazySeq(range, () => this.#seq(open(), depth).items);
  }

  #map(scan: JsonScanner, depth: number): MapNode {
    const start = scan.at++;
    const entries: Entry[] = [];
    while (this.#isMore(scan, start, 125)) {
      const code = scan.code();
      const key = code === 34 ? this.#string(scan) : this.#literal(scan);
      if (!key) continue;
      if (code !== 34) this.#report('json-syntax', 'JSON: a key must stand in double quotes.', key.range);
      scan.space();
      if (scan.code() !== 58) {
        this.#report('json-syntax', `JSON: ":" expected after this key.`, key.range);
        entries.push({ key, value: undefined });
        continue;
      }
      scan.at += 1;
      scan.space();
      const next = scan.code();
      const missing = scan.atEnd() || next === 44 || next === 125 || next === 93;
      if (missing) this.#report('json-syntax', 'JSON: this key has no value.', key.range);
      entries.push({ key, value: missing ? undefined : this.#value(scan, depth + 1) });
      this.#separator(scan, 125);
    }
    return { kind: 'map', range: [start, scan.at], entries, flow: true };
  }

  #seq(scan: JsonScanner, depth: number): SeqNode {
    const start = scan.at++;
    const items: Node[] = [];
    while (this.#isMore(scan, start, 93)) {
      const item = this.#value(scan, depth + 1);
      if (item) items.push(item);
      this.#separator(scan, 93);
    }
    return { kind: 'seq', range: [start, scan.at], items, flow: true };
  }

  /** Goes to the next entry or item of what opened at `start`; false behind its end. */
  #isMore(scan: JsonScanner, start: number, close: 125 | 93): boolean {
    scan.space();
    while (scan.code() === 44) {
      scan.at += 1;
      scan.space();
    }
    if (scan.atEnd()) {
      this.#unclosed(start);
      return false;
    }
    const code = scan.code();
    if (code !== 125 && code !== 93) return true;
    const [opened, wrong] = close === 125 ? ['{', ']'] : ['[', '}'];
    if (code !== close)
      this.#report('json-syntax', `JSON: "${wrong}" closes what "${opened}" opened.`, [scan.at, scan.at + 1]);
    // A brace that ends a list is left for the object around it.
    if (code === close || close === 125) scan.at += 1;
    return false;
  }

  /** Says it once when two values stand side by side without a comma. */
  #separator(scan: JsonScanner, close: number): void {
    scan.space();
    const code = scan.code();
    if (scan.atEnd() || code === 44 || code === close || code === 125 || code === 93) return;
    this.#report('json-syntax', 'JSON: "," expected here.', [scan.at, scan.at + 1]);
  }

  #string(scan: JsonScanner): ScalarNode {
    const start = scan.at;
    const closed = scan.string();
    if (!closed) this.#report('json-syntax', 'JSON: this string is not closed.', [start, scan.at]);
    const inner = this.#text.slice(start + 1, closed ? scan.at - 1 : scan.at);
    const value = inner.includes('\\') ? this.#unescape(inner, [start, scan.at]) : inner;
    return new SourceScalar(this.#text, [start, scan.at], value, value, 'double', 1);
  }

  #unescape(inner: string, range: Range): string {
    return inner.replace(
      /\\(?:u([0-9a-fA-F]{4})|([\s\S]?))/g,
      (all, hex: string | undefined, one: string | undefined) => {
        if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
        const plain = escapes[one ?? ''];
        if (plain === undefined) this.#report('json-syntax', `JSON: "${all}" is not an escape.`, range);
        return plain ?? all;
      },
    );
  }

  #literal(scan: JsonScanner): ScalarNode | undefined {
    const start = scan.at;
    scan.word();
    if (scan.at === start) {
      this.#report('json-syntax', 'JSON: this character does not belong here.', [start, start + 1]);
      scan.at += 1;
      return undefined;
    }
    const text = this.#text.slice(start, scan.at);
    const range: Range = [start, scan.at];
    if (text === 'true' || text === 'false') return new SourceScalar(this.#text, range, text === 'true', text, 'plain');
    if (text === 'null') return new SourceScalar(this.#text, range, null, text, 'plain');
    if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) {
      return new SourceScalar(this.#text, range, Number(text), text, 'plain');
    }
    this.#report('json-syntax', 'JSON: not a value.', range);
    return new SourceScalar(this.#text, range, text, text, 'plain');
  }

  #unclosed(start: number): void {
    this.#report('json-syntax', `JSON: this "${this.#text.charAt(start)}" is not closed.`, [start, start + 1]);
  }

  #report(code: string, message: string, range: Range): void {
    if (this.#problems.length >= maxProblems) return;
    this.#problems.push({ code, message, path: this.#document.path, range, fatal: false });
  }
}

const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class LazyMap implements MapNode {
  kind = 'map' as const;
  flow = true;
  range: Range;
  #read: (() => Entry[]) | undefined;
  #entries: Entry[] = [];

  constructor(range: Range, read: () => Entry[]) {
    this.range = range;
    this.#read = read;
  }

  get entries(): Entry[] {
    if (this.#read) this.#entries = this.#read();
    this.#read = undefined;
    return this.#entries;
  }
}

class LazySeq implements SeqNode {
  kind = 'seq' as const;
  flow = true;
  range: Range;
  #read: (() => Node[]) | undefined;
  #items: Node[] = [];

  constructor(range: Range, read: () => Node[]) {
    this.range = range;
    this.#read = read;
  }

  get items(): Node[] {
    if (this.#read) this.#items = this.#read();
    this.#read = undefined;
    return this.#items;
  }
}
