import type { Entry, Node, ScalarNode } from '../types.ts';
import { SourceScalar } from './scalar.ts';

/** Thrown where the text leaves what the block reader knows: the full parser takes over. Never leaves this folder. */
export class Unusual extends Error {}

/** A plain or quoted scalar that begins at `at` and is alone on the rest of its line, but for a comment. */
export function readValue(text: string, at: number, end: number): ScalarNode {
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) {
    const quoted = readQuoted(text, at, end);
    onlyComment(text, quoted.range[1], end);
    return quoted;
  }
  // Indicators that begin something else: - ? : , [ ] { } # & * ! | > % @ `
  if (code === 45 || code === 63 || code === 58) {
    const next = text.charCodeAt(at + 1);
    if (at + 1 >= end || next === 32) throw new Unusual();
  } else if (',[]{}#&*!|>%@`'.includes(text.charAt(at))) throw new Unusual();
  let stop = end;
  for (let index = at; index < end; index++) {
    const here = text.charCodeAt(index);
    if (here === 58 && (index + 1 === end || text.charCodeAt(index + 1) === 32)) throw new Unusual();
    if (here === 35 && text.charCodeAt(index - 1) === 32) {
      stop = index;
      break;
    }
  }
  while (text.charCodeAt(stop - 1) === 32) stop -= 1;
  return plainScalar(text, at, stop);
}

/** A quoted scalar on one line; escapes beyond the common ones are left to the full parser. */
export function readQuoted(text: string, at: number, end: number): ScalarNode {
  const quote = text.charCodeAt(at);
  for (let index = at + 1; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === 92 && quote === 34) index += 1;
    else if (code === quote) {
      if (quote === 39 && text.charCodeAt(index + 1) === 39) {
        index += 1;
        continue;
      }
      const inner = text.slice(at + 1, index);
      const value = quote === 39 ? inner.replaceAll("''", "'") : unescapeDouble(inner);
      return new SourceScalar(text, [at, index + 1], value, value, quote === 39 ? 'single' : 'double');
    }
  }
  throw new Unusual();
}

/** A flow collection on one line. */
export function readFlow(text: string, at: number, end: number): Node {
  const reader = new FlowReader(text, at, end);
  const node = reader.collection(0);
  onlyComment(text, reader.at, end);
  return node;
}

class FlowReader {
  at: number;
  #text: string;
  #end: number;

  constructor(text: string, at: number, end: number) {
    this.#text = text;
    this.at = at;
    this.#end = end;
  }

  collection(depth: number): Node {
    if (depth > 10) throw new Unusual();
    const start = this.at;
    const isMap = this.#text.charCodeAt(this.at++) === 123;
    const entries: Entry[] = [];
    const items: Node[] = [];
    for (;;) {
      this.#space();
      if (this.#take(isMap ? 125 : 93)) break;
      if (entries.length + items.length > 0) {
        if (!this.#take(44)) throw new Unusual();
        this.#space();
        if (this.#take(isMap ? 125 : 93)) break;
      }
      if (isMap) entries.push(this.#entry(depth));
      else items.push(this.#value(depth));
    }
    const range = [start, this.at] as const;
    return isMap ? { kind: 'map', range, entries, flow: true } : { kind: 'seq', range, items, flow: true };
  }

  #entry(depth: number): Entry {
    const key = this.#scalar();
    if (typeof key.value !== 'string' || !this.#take(58) || this.#text.charCodeAt(this.at) !== 32) throw new Unusual();
    this.#space();
    const next = this.#text.charCodeAt(this.at);
    if (next === 44 || next === 125) throw new Unusual();
    return { key, value: this.#value(depth) };
  }

  #value(depth: number): Node {
    const code = this.#text.charCodeAt(this.at);
    const node = code === 91 || code === 123 ? this.collection(depth + 1) : this.#scalar();
    this.#space();
    if (this.at >= this.#end || !',]}'.includes(this.#text.charAt(this.at))) throw new Unusual();
    return node;
  }

  #scalar(): ScalarNode {
    const code = this.#text.charCodeAt(this.at);
    if (code === 34 || code === 39) {
      const quoted = readQuoted(this.#text, this.at, this.#end);
      this.at = quoted.range[1];
      return quoted;
    }
    const word = /[A-Za-z0-9_./+~$^][A-Za-z0-9_./+*=@$^~<>-]*(?: +[A-Za-z0-9_./+*=@$^~<>-]+)*/y;
    word.lastIndex = this.at;
    const match = word.exec(this.#text);
    if (!match || word.lastIndex > this.#end) throw new Unusual();
    const start = this.at;
    this.at = word.lastIndex;
    return plainScalar(this.#text, start, this.at);
  }

  #space(): void {
    while (this.at < this.#end && this.#text.charCodeAt(this.at) === 32) this.at += 1;
    if (this.at >= this.#end) throw new Unusual();
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }
}

function onlyComment(text: string, from: number, end: number): void {
  let at = from;
  while (at < end && text.charCodeAt(at) === 32) at += 1;
  if (at < end && (at === from || text.charCodeAt(at) !== 35)) throw new Unusual();
}

/** YAML 1.2 core schema, https://yaml.org/spec/1.2.2/#1032-tag-resolution */
function plainScalar(text: string, start: number, end: number): ScalarNode {
  const source = text.slice(start, end);
  return new SourceScalar(text, [start, end], resolve(source), source, 'plain');
}

function resolve(source: string): ScalarNode['value'] {
  if (!/^[-+.\d~nNtTfF]/.test(source)) return source;
  if (/^(?:~|[Nn]ull|NULL)$/.test(source)) return null;
  if (/^(?:[Tt]rue|TRUE)$/.test(source)) return true;
  if (/^(?:[Ff]alse|FALSE)$/.test(source)) return false;
  if (/^[-+]?\d{1,15}$/.test(source)) return Number(source);
  if (/^[-+]?(?:\.\d+|\d+\.\d*)$/.test(source)) return Number.parseFloat(source);
  // Longer integers, other bases, exponents, infinity: rare enough for the full parser.
  if (
    /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/.test(
      source,
    )
  )
    throw new Unusual();
  return source;
}

const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  t: '\t',
  r: '\r',
  ' ': ' ',
  '0': '\0',
  e: '\u001b',
};

function unescapeDouble(inner: string): string {
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\([\s\S]?)/g, (_, one: string) => {
    const plain = escapes[one];
    if (plain === undefined) throw new Unusual();
    return plain;
  });
}
