/**
 * A Pike machine: runs all alternatives side by side, so that matching takes time linear in the text, with the priorities
 * of Perl's leftmost-first matching.
 */
import type { Ranges } from './classes.ts';
import type { Node } from './syntax.ts';

type Op =
  | { op: 'class'; ranges: Ranges; next: number }
  | { op: 'split'; first: number; second: number }
  | { op: 'save'; slot: number; next: number }
  | { op: 'assert'; at: (Node & { kind: 'assert' })['at']; next: number }
  | { op: 'match' };

export interface Machine {
  ops: Op[];
  start: number;
  slots: number;
}

/** Offsets of the whole match and of each group, two each; -1 where a group did not take part. */
export type Captures = number[];

export function buildMachine(node: Node, groups: number): Machine {
  const ops: Op[] = [{ op: 'match' }];
  const add = (op: Op): number => ops.push(op) - 1;
  const build = (n: Node, next: number): number => {
    switch (n.kind) {
      case 'empty':
        return next;
      case 'class':
        return add({ op: 'class', ranges: n.ranges, next });
      case 'assert':
        return add({ op: 'assert', at: n.at, next });
      case 'group': {
        const close = add({ op: 'save', slot: n.index * 2 + 1, next });
        return add({ op: 'save', slot: n.index * 2, next: build(n.node, close) });
      }
      case 'concat':
        return n.nodes.reduceRight((after, child) => build(child, after), next);
      case 'alternate':
        return n.nodes
          .map((child) => build(child, next))
          .reduceRight((second, first) => add({ op: 'split', first, second }));
      case 'repeat':
        return buildRepeat(n, next);
    }
  };
  const split = (greedy: boolean, into: number, past: number): number =>
    add(greedy ? { op: 'split', first: into, second: past } : { op: 'split', first: past, second: into });
  const buildRepeat = (n: Node & { kind: 'repeat' }, next: number): number => {
    let after = next;
    if (n.max === Number.POSITIVE_INFINITY) {
      const loop = add({ op: 'split', first: 0, second: 0 });
      const body = build(n.node, loop);
      ops[loop] = n.greedy ? { op: 'split', first: body, second: next } : { op: 'split', first: next, second: body };
      // As in Go, the last copy that must match is the loop itself, and `x*` is `(x+)?` where x may match nothing.
      after = n.min > 0 ? body : isNullable(n.node) ? split(n.greedy, body, next) : loop;
      for (let i = 1; i < n.min; i++) after = build(n.node, after);
      return after;
    }
    for (let i = n.min; i < n.max; i++) after = split(n.greedy, build(n.node, after), next);
    for (let i = 0; i < n.min; i++) after = build(n.node, after);
    return after;
  };
  const end = add({ op: 'save', slot: 1, next: 0 });
  const start = add({ op: 'save', slot: 0, next: build(node, end) });
  return { ops, start, slots: (groups + 1) * 2 };
}

/** Whether a node can match without consuming anything. */
function isNullable(n: Node): boolean {
  switch (n.kind) {
    case 'class':
      return false;
    case 'group':
      return isNullable(n.node);
    case 'concat':
      return n.nodes.every(isNullable);
    case 'alternate':
      return n.nodes.some(isNullable);
    case 'repeat':
      return n.min === 0 || isNullable(n.node);
    default:
      return true;
  }
}

interface Threads {
  states: number[];
  captures: Captures[];
}

/** The first match at or after `from`. `step` is told the work of each character, and may throw. */
export function runMachine(m: Machine, text: string, from: number, step: (work: number) => void): Captures | undefined {
  const seen = new Int32Array(m.ops.length).fill(-1);
  let current: Threads = { states: [], captures: [] };
  let found: Captures | undefined;
  for (let at = from; at <= text.length; ) {
    if (found === undefined) addThread(m, current, seen, m.start, at, text, new Array(m.slots).fill(-1));
    if (current.states.length === 0 && found !== undefined) break;
    step(current.states.length + 1);
    const code = text.codePointAt(at) ?? -1;
    const width = code > 0xffff ? 2 : 1;
    const next: Threads = { states: [], captures: [] };
    for (let i = 0; i < current.states.length; i++) {
      const op = m.ops[current.states[i] as number] as Op;
      const captures = current.captures[i] as Captures;
      if (op.op === 'match') {
        found = captures;
        break;
      }
      if (op.op === 'class' && code >= 0 && inRanges(op.ranges, code)) {
        addThread(m, next, seen, op.next, at + width, text, captures);
      }
    }
    current = next;
    at += width;
  }
  return found;
}

/** Follows what consumes nothing, in order of priority. The stack is our own: patterns may be long. */
function addThread(
  m: Machine,
  threads: Threads,
  seen: Int32Array,
  start: number,
  at: number,
  text: string,
  first: Captures,
): void {
  const stack: [number, Captures][] = [[start, first]];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const [state, captures] = top;
    if (seen[state] === at) continue;
    seen[state] = at;
    const op = m.ops[state] as Op;
    switch (op.op) {
      case 'split':
        stack.push([op.second, captures], [op.first, captures]);
        break;
      case 'save': {
        const saved = captures.slice();
        saved[op.slot] = at;
        stack.push([op.next, saved]);
        break;
      }
      case 'assert':
        if (holds(op.at, text, at)) stack.push([op.next, captures]);
        break;
      default:
        threads.states.push(state);
        threads.captures.push(captures);
    }
  }
}

function holds(at: (Node & { kind: 'assert' })['at'], text: string, i: number): boolean {
  switch (at) {
    case 'begin':
      return i === 0;
    case 'end':
      return i === text.length;
    case '^':
      return i === 0 || text[i - 1] === '\n';
    case '$':
      return i === text.length || text[i] === '\n';
    default:
      return (isWord(text[i - 1]) !== isWord(text[i])) === (at === 'word');
  }
}

function isWord(c: string | undefined): boolean {
  return c !== undefined && /[0-9A-Za-z_]/.test(c);
}

export function inRanges(ranges: Ranges, code: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle] as readonly [number, number];
    if (code < range[0]) high = middle - 1;
    else if (code > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}
