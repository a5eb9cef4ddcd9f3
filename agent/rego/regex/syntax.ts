/** RE2's syntax (https://github.com/google/re2/wiki/Syntax) to a tree, with Go's words for what is wrong. */

import { LAST, merge, negate, POSIX, type Ranges } from './classes.ts';
import { PatternError } from './error.ts';
import { type ClassEscape, classEscape, codeEscape } from './escapes.ts';
import { foldCase } from './unicode.ts';

export { PatternError } from './error.ts';

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

export const MAX_REPEAT = 1000;
const COUNTS = /\{(0|[1-9]\d*)(,(0|[1-9]\d*|))?\}/y;

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  U: boolean;
}

/** Throws `PatternError`. `step` is told of the ranges of classes, of which few characters can make many. */
export function parsePattern(source: string, step: (work: number) => void): Pattern {
  return new PatternParser(source, step).run();
}

class PatternParser {
  readonly #source: string;
  readonly #step: (work: number) => void;
  readonly #names: (string | undefined)[] = [];
  #at = 0;
  #depth = 0;
  #flags: Flags = { i: false, m: false, s: false, U: false };

  constructor(source: string, step: (work: number) => void) {
    this.#source = source;
    this.#step = step;
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
    // Where the repetitions began that stand right before this place; -1 where there are none.
    let repeated = -1;
    for (;;) {
      const c = this.#source[this.#at];
      if (c === undefined || c === '|' || c === ')') break;
      const start = this.#at;
      const bounds = this.#bounds();
      if (bounds === undefined) {
        const node = this.#atom();
        if (node?.kind === 'concat' && this.#source.startsWith('\\Q', start)) nodes.push(...node.nodes);
        else if (node !== undefined) nodes.push(node);
        repeated = -1;
        continue;
      }
      nodes.push(this.#repetition(nodes.pop(), bounds, start, repeated));
      if (repeated < 0) repeated = start;
    }
    if (nodes.length === 1) return nodes[0] as Node;
    return nodes.length === 0 ? { kind: 'empty' } : { kind: 'concat', nodes };
  }

  /** A repetition repeats the last element, which flags may stand behind. */
  #repetition(last: Node | undefined, [min, max]: [number, number], start: number, repeated: number): Node {
    if (min > MAX_REPEAT || (max > MAX_REPEAT && max !== Number.POSITIVE_INFINITY) || min > max) {
      throw new PatternError('invalid repeat count', this.#source.slice(start, this.#at));
    }
    let greedy = !this.#flags.U;
    if (this.#source[this.#at] === '?') {
      greedy = !greedy;
      this.#at++;
    }
    if (repeated >= 0) {
      throw new PatternError('invalid nested repetition operator', this.#source.slice(repeated, this.#at));
    }
    const written = this.#source.slice(start, this.#at);
    if (last === undefined) throw new PatternError('missing argument to repetition operator', written);
    const node: Node = { kind: 'repeat', node: last, min, max, greedy };
    if (!repeatsWithin(node, MAX_REPEAT)) throw new PatternError('invalid repeat count', written);
    return node;
  }

  #bounds(): [number, number] | undefined {
    const c = this.#source[this.#at];
    if (c === '*' || c === '+' || c === '?') {
      this.#at++;
      return c === '*' ? [0, Number.POSITIVE_INFINITY] : c === '+' ? [1, Number.POSITIVE_INFINITY] : [0, 1];
    }
    if (c !== '{') return undefined;
    // A number with a leading zero is no count, and the brace stands for itself.
    COUNTS.lastIndex = this.#at;
    const match = COUNTS.exec(this.#source);
    if (match === null) return undefined;
    this.#at += match[0].length;
    const min = Number(match[1]);
    if (match[2] === undefined) return [min, min];
    return [min, match[3] === '' ? Number.POSITIVE_INFINITY : Math.min(Number(match[3]), MAX_REPEAT + 1)];
  }

  /** One element, or undefined for what matches nothing by itself, such as flags. */
  #atom(): Node | undefined {
    const c = String.fromCodePoint(this.#source.codePointAt(this.#at) as number);
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
    const start = this.#at - 1;
    const match = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.#source.slice(this.#at));
    if (match === null) {
      // What is shown ends with the first character that does not fit.
      const known = /^\?[imsU]*(?:-[imsU]*)?/.exec(this.#source.slice(this.#at)) as RegExpExecArray;
      const end = this.#at + known[0].length;
      const next = this.#source.codePointAt(end);
      const part = this.#source.slice(start, end) + (next === undefined ? '' : String.fromCodePoint(next));
      throw new PatternError('invalid or unsupported Perl syntax', part);
    }
    this.#at += match[0].length;
    for (const flag of match[1] ?? '') this.#flags[flag as keyof Flags] = true;
    for (const flag of match[2] ?? '') this.#flags[flag as keyof Flags] = false;
    return match[3] === ')';
  }

  #escape(): Node {
    const c = this.#source[this.#at];
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
    return this.#literal(this.#escapedCode());
  }

  /** `\d`, `\pL` and the like; the backslash is read already. */
  #classEscape(): Ranges | undefined {
    const found: ClassEscape | undefined = classEscape(this.#source, this.#at - 1, this.#flags.i);
    if (found === undefined) return undefined;
    this.#at = found.end;
    this.#step(found.ranges.length);
    return found.ranges;
  }

  #escapedCode(): number {
    const { code, end } = codeEscape(this.#source, this.#at - 1);
    this.#at = end;
    return code;
  }

  #quoted(): Node {
    const start = this.#at + 1;
    const end = this.#source.indexOf('\\E', start);
    const text = this.#source.slice(start, end < 0 ? this.#source.length : end);
    this.#at = end < 0 ? this.#source.length : end + 2;
    const nodes = [...text].map((char) => this.#literal(char.codePointAt(0) as number));
    return nodes.length === 0 ? { kind: 'empty' } : { kind: 'concat', nodes };
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
      const end = this.#source.startsWith('[:', this.#at) ? this.#source.indexOf(':]', this.#at + 2) : -1;
      if (end >= 0) {
        ranges.push(...(posixClass(this.#source.slice(this.#at, end + 2)) as [number, number][]));
        this.#at = end + 2;
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

/** `[:alpha:]` and its like within a class. */
function posixClass(written: string): Ranges {
  const inverted = written[2] === '^';
  const known = POSIX[written.slice(inverted ? 3 : 2, -2)];
  if (known === undefined) throw new PatternError('invalid character class range', written);
  return inverted ? negate(known) : known;
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
