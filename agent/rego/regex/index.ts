/** Regular expressions that behave as Go's: RE2 syntax, leftmost-first matches, time linear in the text or bounded. */
import { buildMachine, type Captures, type Machine, runMachine } from './machine.ts';
import { backtrackingCost, nativeSource } from './native.ts';
import { type Pattern, parsePattern } from './syntax.ts';

export type { Captures } from './machine.ts';
export { PatternError } from './syntax.ts';

/** Above this many steps the JavaScript engine is not trusted with a search. */
const NATIVE_LIMIT = 200_000;

export interface Regex {
  groups: number;
  names: (string | undefined)[];
  test: (text: string) => boolean;
  /** The first match at or after an offset. */
  exec: (text: string, from: number) => Captures | undefined;
}

/** Compiles a pattern. Throws `PatternError`. `step` is told how much work this and matching do, and may throw to stop it. */
export function compileRegex(source: string, step: (work: number) => void): Regex {
  step(source.length);
  const pattern = parsePattern(source, step);
  const once = new Lazy(pattern);
  const cheap = (length: number): boolean => backtrackingCost(pattern.node, length) * (length + 1) <= NATIVE_LIMIT;
  return {
    groups: pattern.groups,
    names: pattern.names,
    test: (text) => {
      step(1 + (text.length >> 6));
      if (!cheap(text.length)) return runMachine(once.machine, text, 0, step) !== undefined;
      once.tester.lastIndex = 0;
      return once.tester.test(text);
    },
    exec: (text, from) => {
      step(1);
      if (!cheap(text.length)) return runMachine(once.machine, text, from, step);
      return execNative(once.finder, text, from);
    },
  };
}

class Lazy {
  readonly #pattern: Pattern;
  #machine: Machine | undefined;
  #tester: RegExp | undefined;
  #finder: RegExp | undefined;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
  }

  get machine(): Machine {
    this.#machine ??= buildMachine(this.#pattern.node, this.#pattern.groups);
    return this.#machine;
  }

  get tester(): RegExp {
    this.#tester ??= new RegExp(nativeSource(this.#pattern.node), 'u');
    return this.#tester;
  }

  get finder(): RegExp {
    this.#finder ??= new RegExp(nativeSource(this.#pattern.node), 'dgu');
    return this.#finder;
  }
}

function execNative(regex: RegExp, text: string, from: number): Captures | undefined {
  regex.lastIndex = from;
  const match = regex.exec(text);
  if (match === null) return undefined;
  const captures: Captures = [];
  for (const pair of match.indices ?? []) captures.push(pair?.[0] ?? -1, pair?.[1] ?? -1);
  return captures;
}

/** All matches from left to right, at most `limit` (all when negative), as Go's `FindAll`. */
export function findAll(regex: Regex, text: string, limit: number): Captures[] {
  const found: Captures[] = [];
  let previousEnd = -1;
  for (let at = 0; at <= text.length && (limit < 0 || found.length < limit); ) {
    const match = regex.exec(text, at);
    if (match === undefined) break;
    const [start, end] = match as [number, number];
    if (end > start) {
      found.push(match);
      at = end;
    } else {
      // An empty match right after another match does not count.
      if (start !== previousEnd) found.push(match);
      at = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    }
    previousEnd = end;
  }
  return found;
}
