/** Comparison and membership. */
import { compare, equal, RegoObject, RegoSet, type Value } from '../values/value.ts';
import type { Builtin, BuiltinTable } from './types.ts';

function ordering(test: (order: number) => boolean): Builtin {
  return { args: ['any', 'any'], result: 'boolean', run: ([a, b]) => test(compare(a as Value, b as Value)) };
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
  eq: { args: ['any', 'any'], result: 'boolean', run: ([a, b]) => equal(a as Value, b as Value) },
  equal: { args: ['any', 'any'], result: 'boolean', run: ([a, b]) => equal(a as Value, b as Value) },
  neq: { args: ['any', 'any'], result: 'boolean', run: ([a, b]) => !equal(a as Value, b as Value) },
  lt: ordering((order) => order < 0),
  lte: ordering((order) => order <= 0),
  gt: ordering((order) => order > 0),
  gte: ordering((order) => order >= 0),
  'internal.member_2': {
    args: ['any', 'any'],
    result: 'boolean',
    run: ([v, collection]) => isMember(v as Value, collection as Value),
  },
  'internal.member_3': {
    args: ['any', 'any', 'any'],
    result: 'boolean',
    run: ([key, v, collection]) => hasEntry(key as Value, v as Value, collection as Value),
  },
};
