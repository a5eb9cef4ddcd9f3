/** RE2's syntax (https://github.com/google/re2/wiki/Syntax) to a tree, with Go's words for what is wrong. */

import { CONTROL, foldCase, LAST, merge, negate, PERL, POSIX, type Ranges, unicodeRanges } from './classes.ts';

export type Node =
  | { kind: 'empty' }
  | { kind: 'class'; ranges: Ranges }
  | { kind: 'assert'; at: '^' | '$' | 'begin' | 'end' | 'word' | 'not-word' }
  | { kind: 'group'; index: number; name: string | undefined; node: Node }
  | { kind: 'concat'; nodes: Node[] }
  | { kind: 'alternate'; nodes: Node[] }
  | { kind: 'repeat'; node: Node; min: number; max: number; greedy: boolean };

export interface Pattern {
  node: Node;
  /** Groups, the whole match not counted. */
  groups: number;
  names: (string | undefined)[];
}

export class PatternError extends Error {
  constructor(what: string, part: string) {
    super(`error parsing regexp: ${what}: \`${part}\``);
  }
}

export const MAX_REPEAT = 1000;

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  U: boolean;
}

/** Throws `PatternError`. */
export function parsePattern(source: string): Pattern {
  return new PatternParser(source).run();
}

class PatternParser {
  readonly #source: string;
  readonly #names: (string | undefined)[] = [];
  #at = 0;
  #depth = 0;
  #flags: Flags = { i: false, m: false, s: false, U: false };

  constructor(source: string) {
    this.#source = source;
  }

  run(): Pattern {
    const node = this.#alternation();
    if (this.#at < this.#source.length) throw new PatternError('unexpected )', this.#source);
    checkSize(node);
    return { node, groups: this.#names.length, names: this.#names };
  }

  #alternation(): Node {
    if (++this.#depth > 250) throw new PatternError('expression nests too deeply', this.#source);
    const options = [this.#concatenation()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      options.push(this.#concatenation());
    }
    this.#depth--;
    return options.length === 1 ? (options[0] as Node) : { kind: 'alternate', nodes: options };
  }

  #concatenation(): Node {
    const nodes: Node[] = [];
    for (;;) {
      const c = this.#source[this.#at];
      if (c === undefined || c === '|' || c === ')') break;
      const start = this.#at;
      const node = this.#atom();
      if (node === undefined) continue;
      // What follows `\\E` repeats the last character before it.
      const last = node.kind === 'concat' && this.#source.startsWith('\\Q', start) ? node.nodes.pop() : node;
      if (last !== node) nodes.push(...(node as Node & { kind: 'concat' }).nodes);
      nodes.push(this.#repetitions(last as Node, start));
    }
    if (nodes.length === 1) return nodes[0] as Node;
    return nodes.length === 0 ? { kind: 'empty' } : { kind: 'concat', nodes };
  }

  #repetitions(first: Node, start: number): Node {
    let node = first;
    let before = '';
    for (;;) {
      const from = this.#at;
      const bounds = this.#bounds();
      if (bounds === undefined) return node;
      let greedy = !this.#flags.U;
      if (this.#source[this.#at] === '?') {
        greedy = !greedy;
        this.#at++;
      }
      const written = this.#source.slice(from, this.#at);
      if (before !== '') throw new PatternError('invalid nested repetition operator', before + written);
      before = written;
      if (
        bounds[0] > MAX_REPEAT ||
        (bounds[1] > MAX_REPEAT && bounds[1] !== Number.POSITIVE_INFINITY) ||
        bounds[0] > bounds[1]
      ) {
        throw new PatternError('invalid repeat count', written);
      }
      if (start === from) throw new PatternError('missing argument to repetition operator', written);
      node = { kind: 'repeat', node, min: bounds[0], max: bounds[1], greedy };
      if (!repeatsWithin(node, MAX_REPEAT)) throw new PatternError('invalid repeat count', written);
    }
  }

  #bounds(): [number, number] | undefined {
    const c = this.#source[this.#at];
    if (c === '*' || c === '+' || c === '?') {
      this.#at++;
      return c === '*' ? [0, Number.POSITIVE_INFINITY] : c === '+' ? [1, Number.POSITIVE_INFINITY] : [0, 1];
    }
    if (c !== '{') return undefined;
    const match = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const min = Number(match[1]);
    if (match[2] === undefined) return [min, min];
    return [min, match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])];
  }

  /** One element, or undefined for what matches nothing by itself, such as flags. */
  #atom(): Node | undefined {
    const c = String.fromCodePoint(this.#source.codePointAt(this.#at) as number);
    const from = this.#at;
    if (this.#bounds() !== undefined) {
      if (this.#source[this.#at] === '?') this.#at++;
      throw new PatternError('missing argument to repetition operator', this.#source.slice(from, this.#at));
    }
    this.#at += c.length;
    switch (c) {
      case '(':
        return this.#group();
      case '[':
        return this.#class();
      case '.':
        return { kind: 'class', ranges: this.#flags.s ? [[0, LAST]] : negate([[10, 10]]) };
      case '^':
        return { kind: 'assert', at: this.#flags.m ? '^' : 'begin' };
      case '$':
        return { kind: 'assert', at: this.#flags.m ? '$' : 'end' };
      case '\\':
        return this.#escape();
      default:
        return this.#literal(c.codePointAt(0) as number);
    }
  }

  #literal(code: number): Node {
    return { kind: 'class', ranges: this.#flags.i ? foldCase([[code, code]]) : [[code, code]] };
  }

  #group(): Node | undefined {
    const saved = { ...this.#flags };
    let index: number | undefined;
    let name: string | undefined;
    if (this.#source[this.#at] === '?') {
      const rest = this.#source.slice(this.#at);
      const named = /^\?P?<([A-Za-z0-9_]+)>/.exec(rest);
      if (named !== null) {
        name = named[1];
        this.#at += named[0].length;
        index = this.#newGroup(name);
      } else if (/^\?P?<./su.test(rest)) {
        // With no end of the name, Go shows all that is left.
        const end = rest.indexOf('>');
        throw new PatternError('invalid named capture', `(${end < 0 ? rest : rest.slice(0, end + 1)}`);
      } else if (this.#flagGroup()) return undefined;
    } else index = this.#newGroup(undefined);
    const node = this.#alternation();
    if (this.#source[this.#at] !== ')') throw new PatternError('missing closing )', this.#source);
    this.#at++;
    this.#flags = saved;
    return index === undefined ? node : { kind: 'group', index, name, node };
  }

  #newGroup(name: string | undefined): number {
    return this.#names.push(name);
  }

  /** `(?i)` sets flags for the rest of the group and is true; `(?i:` begins a group. */
  #flagGroup(): boolean {
    const match = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.#source.slice(this.#at, this.#at + 16));
    if (match === null) {
      const part = this.#source.slice(this.#at - 1, this.#at + 2);
      throw new PatternError('invalid or unsupported Perl syntax', part);
    }
    this.#at += match[0].length;
    for (const flag of match[1] ?? '') this.#flags[flag as keyof Flags] = true;
    for (const flag of match[2] ?? '') this.#flags[flag as keyof Flags] = false;
    return match[3] === ')';
  }

  #escape(): Node | undefined {
    const c = this.#source[this.#at];
    if (c === undefined) throw new PatternError('trailing backslash at end of expression', '');
    if (c === 'b' || c === 'B') {
      this.#at++;
      return { kind: 'assert', at: c === 'b' ? 'word' : 'not-word' };
    }
    if (c === 'A' || c === 'z') {
      this.#at++;
      return { kind: 'assert', at: c === 'A' ? 'begin' : 'end' };
    }
    if (c === 'Q') return this.#quoted();
    const known = this.#classEscape();
    if (known !== undefined) return { kind: 'class', ranges: known };
    if (c === 'C') throw new PatternError('invalid escape sequence', '\\C');
    return this.#literal(this.#escapedCode());
  }

  #quoted(): Node {
    const start = this.#at + 1;
    const end = this.#source.indexOf('\\E', start);
    const text = this.#source.slice(start, end < 0 ? this.#source.length : end);
    this.#at = end < 0 ? this.#source.length : end + 2;
    const nodes = [...text].map((char) => this.#literal(char.codePointAt(0) as number));
    return nodes.length === 0 ? { kind: 'empty' } : { kind: 'concat', nodes };
  }

  /** `\d`, `\pL` and the like; the backslash is read already. */
  #classEscape(): Ranges | undefined {
    const c = this.#source[this.#at] as string;
    const perl = PERL[c.toLowerCase()];
    if (perl !== undefined && 'dsw'.includes(c.toLowerCase())) {
      this.#at++;
      return c === c.toLowerCase() ? perl : negate(perl);
    }
    if (c !== 'p' && c !== 'P') return undefined;
    const match = /^[pP](?:\{(\^?)([A-Za-z_]+)\}|([A-Z]))/.exec(this.#source.slice(this.#at, this.#at + 60));
    const name = match?.[2] ?? match?.[3];
    const ranges = name === undefined ? undefined : unicodeRanges(name);
    if (match === null || ranges === undefined) {
      throw new PatternError('invalid character class range', `\\${this.#source.slice(this.#at, this.#at + 8)}`);
    }
    this.#at += match[0].length;
    return (c === 'P') !== (match[1] === '^') ? negate(ranges) : ranges;
  }

  #escapedCode(): number {
    const rest = this.#source.slice(this.#at, this.#at + 14);
    const hex = /^x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/.exec(rest);
    if (hex !== null && Number.parseInt((hex[1] ?? hex[2]) as string, 16) <= LAST) {
      this.#at += hex[0].length;
      return Number.parseInt((hex[1] ?? hex[2]) as string, 16);
    }
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
    if (octal !== null) {
      this.#at += octal[0].length;
      return Number.parseInt(octal[0], 8);
    }
    const c = this.#source.codePointAt(this.#at) as number;
    const char = String.fromCodePoint(c);
    const control = CONTROL[char];
    if (control === undefined && (/[A-Za-z0-9]/.test(char) || c >= 0x80)) {
      throw new PatternError('invalid escape sequence', `\\${char}`);
    }
    this.#at += char.length;
    return control ?? c;
  }

  #class(): Node {
    const start = this.#at - 1;
    const negated = this.#source[this.#at] === '^';
    if (negated) this.#at++;
    const ranges: [number, number][] = [];
    for (let first = true; ; first = false) {
      const c = this.#source[this.#at];
      if (c === undefined) throw new PatternError('missing closing ]', this.#source.slice(start));
      if (c === ']' && !first) break;
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.#source.slice(this.#at, this.#at + 16));
      if (posix !== null) {
        const known = POSIX[posix[2] as string];
        if (known === undefined) throw new PatternError('invalid character class range', posix[0]);
        this.#at += posix[0].length;
        ranges.push(...((posix[1] === '^' ? negate(known) : known) as [number, number][]));
        continue;
      }
      this.#classRange(ranges);
    }
    this.#at++;
    let merged = merge(ranges);
    if (this.#flags.i) merged = foldCase(merged);
    return { kind: 'class', ranges: negated ? negate(merged) : merged };
  }

  #classRange(ranges: [number, number][]): void {
    const start = this.#at;
    if (this.#source[this.#at] === '\\') {
      this.#at++;
      if (this.#at >= this.#source.length) throw new PatternError('trailing backslash at end of expression', '');
      const known = this.#classEscape();
      if (known !== undefined) {
        ranges.push(...(known as [number, number][]));
        return;
      }
      this.#at--;
    }
    const low = this.#classCode();
    let high = low;
    if (this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']' && this.#at + 1 < this.#source.length) {
      this.#at++;
      high = this.#classCode();
      if (high < low) throw new PatternError('invalid character class range', this.#source.slice(start, this.#at));
    }
    ranges.push([low, high]);
  }

  #classCode(): number {
    if (this.#source[this.#at] === '\\') {
      this.#at++;
      return this.#escapedCode();
    }
    const code = this.#source.codePointAt(this.#at) as number;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }
}

/** Go refuses repetitions in each other whose counts multiply to more than `most`. */
function repeatsWithin(node: Node, most: number): boolean {
  switch (node.kind) {
    case 'repeat': {
      const count = node.max === Number.POSITIVE_INFINITY ? node.min : node.max;
      if (node.max === 0) return true;
      const isCounted = node.max !== 1 && !(node.max === Number.POSITIVE_INFINITY && node.min < 2);
      if (!isCounted) return repeatsWithin(node.node, most);
      return count <= most && repeatsWithin(node.node, count > 0 ? Math.floor(most / count) : most);
    }
    case 'group':
      return repeatsWithin(node.node, most);
    case 'concat':
    case 'alternate':
      return node.nodes.every((n) => repeatsWithin(n, most));
    default:
      return true;
  }
}

/** Repetitions multiply; Go refuses what grows beyond a thousand, and so do we, long before memory matters. */
function checkSize(node: Node): void {
  if (sizeOf(node) > 100_000) throw new PatternError('expression too large', '');
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'group':
      return sizeOf(node.node) + 2;
    case 'concat':
    case 'alternate':
      return node.nodes.reduce((sum, n) => sum + sizeOf(n) + 1, 0);
    case 'repeat':
      return sizeOf(node.node) * Math.max(1, node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max) + 1;
    default:
      return 1;
  }
}
