/** Objects: get, keys, filter, remove, union, subset. */
import { charge } from '../eval/context.ts';
import { deref } from '../eval/lookup.ts';
import { equal, RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import {
  arrayArg,
  type BuiltinContext,
  BuiltinFailure,
  type BuiltinTable,
  objectArg,
  oneOf,
  typeFailure,
} from './types.ts';

function get(args: readonly Value[]): Value {
  const object = objectArg(args, 0);
  const key = args[1] as Value;
  const fallback = args[2] as Value;
  let v: Value | undefined = object;
  for (const k of Array.isArray(key) ? key : [key]) {
    v = deref(v, k);
    // null is a value.
    if (v === undefined) return fallback;
  }
  return v;
}

/** The keys an array, set or object of keys names. */
function keysArg(args: readonly Value[]): RegoSet {
  const v = oneOf(args, 1, ['object', 'set', 'array']);
  if (v instanceof RegoSet) return v;
  const keys = v instanceof RegoObject ? v.keys() : (v as readonly Value[]);
  return keys.reduce((set: RegoSet, key) => set.add(key), new RegoSet());
}

function pick(object: RegoObject, keep: (key: Value) => boolean): RegoObject {
  const made = new RegoObject();
  for (const [key, value] of object.entries()) if (keep(key)) made.set(key, value);
  return made;
}

/** Recursive union: where both sides are objects they are united, else the right one wins. */
export function unionObjects(a: RegoObject, b: RegoObject): RegoObject {
  const made = new RegoObject();
  for (const [key, value] of a.entries()) made.set(key, value);
  for (const [key, value] of b.entries()) {
    const before = made.get(key);
    const both = before instanceof RegoObject && value instanceof RegoObject;
    made.set(key, both ? unionObjects(before, value) : value);
  }
  return made;
}

function unionAll(args: readonly Value[], context: BuiltinContext): Value {
  let made = new RegoObject();
  for (const item of arrayArg(args, 0)) {
    if (!(item instanceof RegoObject)) throw typeFailure(0, 'array of objects', `array containing ${typeName(item)}`);
    charge(context.run, item.size);
    made = unionObjects(made, item);
  }
  return made;
}

function subset(args: readonly Value[]): Value {
  const [big, small] = args as [Value, Value];
  if (big instanceof RegoObject && small instanceof RegoObject) return isSubObject(big, small);
  if (big instanceof RegoSet && small instanceof RegoSet) return small.items().every((item) => big.has(item));
  if (Array.isArray(big) && Array.isArray(small)) return hasRun(big, small);
  if (Array.isArray(big) && small instanceof RegoSet) return small.items().every((s) => big.some((b) => equal(b, s)));
  const message = 'both arguments object.subset must be of the same type or array and set';
  throw new BuiltinFailure(message, 'eval_type_error');
}

function isSubObject(big: RegoObject, small: RegoObject): boolean {
  for (const [key, value] of small.entries()) {
    const other = big.get(key);
    if (other === undefined || !isSubValue(other, value)) return false;
  }
  return true;
}

function isSubValue(big: Value, small: Value): boolean {
  if (big instanceof RegoObject && small instanceof RegoObject) return isSubObject(big, small);
  if (big instanceof RegoSet && small instanceof RegoSet) return small.items().every((item) => big.has(item));
  if (Array.isArray(big) && Array.isArray(small)) return hasRun(big, small);
  return equal(big, small);
}

/** The elements of `small` one after another somewhere in `big`. */
function hasRun(big: readonly Value[], small: readonly Value[]): boolean {
  for (let start = 0; start + small.length <= big.length; start++) {
    if (small.every((item, i) => equal(item, big[start + i] as Value))) return true;
  }
  return false;
}

export const objects: BuiltinTable = {
  'object.get': { args: ['object', 'any', 'any'], result: 'any', run: get },
  'object.keys': {
    args: ['object'],
    result: 'set',
    run: (args) =>
      objectArg(args, 0)
        .keys()
        .reduce((set: RegoSet, key) => set.add(key), new RegoSet()),
  },
  'object.filter': {
    args: ['object', 'array|object|set'],
    result: 'object',
    run: (args) => {
      const object = objectArg(args, 0);
      const keys = keysArg(args);
      return pick(object, (key) => keys.has(key));
    },
  },
  'object.remove': {
    args: ['object', 'array|object|set'],
    result: 'object',
    run: (args) => {
      const object = objectArg(args, 0);
      const keys = keysArg(args);
      return pick(object, (key) => !keys.has(key));
    },
  },
  'object.union': {
    args: ['object', 'object'],
    result: 'object',
    run: (args) => unionObjects(objectArg(args, 0), objectArg(args, 1)),
  },
  'object.union_n': { args: ['array<object>'], result: 'object', run: unionAll },
  'object.subset': { args: ['array|object|set', 'array|object|set'], result: 'boolean', run: subset },
};
