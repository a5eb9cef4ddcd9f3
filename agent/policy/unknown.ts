import { partsOf } from './places.ts';

/** The two ends of what an unknown leaf could turn out to be. */
export interface Ends {
  best: unknown;
  worst: unknown;
}

const ends: [RegExp, Ends][] = [
  [/^\/push\/refs\/\d+\/force$/, { best: false, worst: true }],
  [/^\/commits\/\d+\/signature\/host_verified$/, { best: 'yes', worst: 'no' }],
  [/^\/reviews\/state$/, { best: 'approved', worst: 'none' }],
  [/^\/images\/\d+\/signatures$/, { best: [{ status: 'good' }], worst: [] }],
  [/^\/publish\/\d+\/tags\/\d+\/mutable$/, { best: false, worst: true }],
];

/** The ends of the leaf at a JSON pointer; undefined where nobody can name them. */
export function endsOf(pointer: string): Ends | undefined {
  return ends.find(([pattern]) => pattern.test(pointer))?.[1];
}

const supposed = new WeakSet<object>();

/** True for an input that `substitute` made: what is answered to it is a supposition and no decision. */
export function isSupposed(input: unknown): boolean {
  return typeof input === 'object' && input !== null && supposed.has(input);
}

/**
 * The input with every leaf of `pointers` at one end. Only the maps and lists on the way are copied, and `input` stays
 * as it is.
 */
export function substitute<T>(input: T, pointers: readonly string[], end: keyof Ends): T {
  let result: unknown = input;
  const copied = new Set<unknown>();
  for (const pointer of pointers) {
    const replacement = endsOf(pointer);
    if (replacement) result = put(result, partsOf(pointer), replacement[end], copied);
  }
  if (typeof result === 'object' && result !== null && result !== input) supposed.add(result);
  return result as T;
}

function put(node: unknown, parts: readonly string[], value: unknown, copied: Set<unknown>): unknown {
  const [key, ...rest] = parts;
  if (key === undefined) return value;
  if (typeof node !== 'object' || node === null || !(key in node)) return node;
  const copy = copied.has(node) ? node : Array.isArray(node) ? [...node] : { ...node };
  copied.add(copy);
  const fields = copy as Record<string, unknown>;
  fields[key] = put(fields[key], rest, value, copied);
  return copy;
}
