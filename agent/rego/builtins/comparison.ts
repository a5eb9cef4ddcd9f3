/** Comparison and membership. */
import { compare, equal, RegoObject, RegoSet, type Value } from '../values/value.ts';
import type { Builtin, BuiltinTable } from './types.ts';

function testing(test: (a: Value, b: Value) => boolean): Builtin {
  return { args: ['any', 'any'], result: 'boolean', test, run: ([a, b]) => test(a as Value, b as Value) };
}

function isMember(v: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return collection.has(v);
  if (Array.isArray(collection)) return collection.some((item) => equal(item, v));
  if (collection instanceof RegoObject) return collection.keys().some((k) => equal(collection.get(k) as Value, v));
  return false;
}

function hasEntry(key: Value, v: Value, collection: Value): boolean {
  if (collection instanceof RegoSet) return equal(key, v) && collection.has(v);
  if (collection instanceof RegoObject) {
    const found = collection.get(key);
    return found !== undefined && equal(found, v);
  }
  if (!Array.isArray(collection) || typeof key !== 'number') return false;
  const found = collection[key] as Value | undefined;
  return found !== undefined && equal(found, v);
}

export const comparison: BuiltinTable = {
  eq: testing(equal),
  equal: testing(equal),
  neq: testing((a, b) => !equal(a, b)),
  lt: testing((a, b) => compare(a, b) < 0),
  lte: testing((a, b) => compare(a, b) <= 0),
  gt: testing((a, b) => compare(a, b) > 0),
  gte: testing((a, b) => compare(a, b) >= 0),
  'internal.member_2': testing(isMember),
  'internal.member_3': {
    args: ['any', 'any', 'any'],
    result: 'boolean',
    run: ([key, v, collection]) => hasEntry(key as Value, v as Value, collection as Value),
  },
};
