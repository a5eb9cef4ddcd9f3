/** Aggregates, arrays and sets. */
import { add, productOf } from '../values/arithmetic.ts';
import type { RegoNumber } from '../values/number.ts';
import { compare, isNumber, RegoObject, RegoSet, sortValues, typeName, type Value } from '../values/value.ts';
import {
  arrayArg,
  type Builtin,
  BuiltinFailure,
  type BuiltinTable,
  intArg,
  listArg,
  oneOf,
  setArg,
  typeFailure,
} from './types.ts';

function count(args: readonly Value[]): Value {
  const v = oneOf(args, 0, ['array', 'object', 'set', 'string']);
  if (typeof v === 'string') return codePoints(v);
  if (Array.isArray(v)) return v.length;
  return (v as RegoObject | RegoSet).size;
}

export function codePoints(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      n--;
      i++;
    }
  }
  return n;
}

function sumOf(list: readonly RegoNumber[]): RegoNumber | undefined {
  return list.reduce((total: RegoNumber | undefined, n) => (total === undefined ? undefined : add(total, n)), 0);
}

function fold(work: (list: readonly RegoNumber[]) => RegoNumber | undefined): Builtin {
  return {
    args: ['array<number>|set<number>'],
    result: 'number',
    run: (args) => {
      const v = oneOf(args, 0, ['set', 'array']);
      const list = listArg(args, 0);
      for (const item of list) {
        if (!isNumber(item)) {
          const kind = typeName(v);
          throw typeFailure(0, `${kind} of numbers`, `${kind} containing ${typeName(item)}`);
        }
      }
      const total = work(list as RegoNumber[]);
      if (total === undefined) throw new BuiltinFailure('number is too large');
      return total;
    },
  };
}

function extreme(sign: number): Builtin {
  return {
    args: ['array|set'],
    result: 'any',
    run: (args) => {
      let best: Value | undefined;
      for (const item of listArg(args, 0)) if (best === undefined || compare(item, best) * sign >= 0) best = item;
      return best;
    },
  };
}

function all(args: readonly Value[]): Value {
  return listArg(args, 0).every((item) => item === true);
}

/** Slices beyond the ends are cut to the array, as OPA documents. */
function slice(args: readonly Value[]): Value {
  const array = arrayArg(args, 0);
  const start = Math.max(0, intArg(args, 1));
  const stop = Math.min(array.length, intArg(args, 2));
  return start >= stop ? [] : array.slice(start, stop);
}

function setsOf(args: readonly Value[]): RegoSet[] {
  return setArg(args, 0)
    .items()
    .map((item) => {
      if (item instanceof RegoSet) return item;
      throw typeFailure(0, 'set', typeName(item));
    });
}

export function intersect(a: RegoSet, b: RegoSet): RegoSet {
  const both = new RegoSet();
  for (const item of a.items()) if (b.has(item)) both.add(item);
  return both;
}

export function unite(sets: readonly RegoSet[]): RegoSet {
  const made = new RegoSet();
  for (const set of sets) for (const item of set.items()) made.add(item);
  return made;
}

function without(a: RegoSet, b: RegoSet): RegoSet {
  const left = new RegoSet();
  for (const item of a.items()) if (!b.has(item)) left.add(item);
  return left;
}

export const collections: BuiltinTable = {
  count: { args: ['string|array|object|set'], result: 'number', run: count },
  sum: fold(sumOf),
  product: fold(productOf),
  max: extreme(1),
  min: extreme(-1),
  sort: { args: ['array|set'], result: 'array', run: (args) => sortValues([...listArg(args, 0)]) },
  all: { args: ['array|set'], result: 'boolean', deprecated: true, run: all },
  any: {
    args: ['array|set'],
    result: 'boolean',
    deprecated: true,
    run: (args) => listArg(args, 0).some((item) => item === true),
  },
  'array.concat': {
    args: ['array', 'array'],
    result: 'array',
    run: (args) => [...arrayArg(args, 0), ...arrayArg(args, 1)],
  },
  'array.reverse': { args: ['array'], result: 'array', run: (args) => [...arrayArg(args, 0)].reverse() },
  'array.slice': { args: ['array', 'number', 'number'], result: 'array', run: slice },
  'array.flatten': {
    args: ['array'],
    result: 'array',
    run: (args) => arrayArg(args, 0).flatMap((item) => (Array.isArray(item) ? item : [item])),
  },
  and: { args: ['set', 'set'], result: 'set', run: (args) => intersect(setArg(args, 0), setArg(args, 1)) },
  or: { args: ['set', 'set'], result: 'set', run: (args) => unite([setArg(args, 0), setArg(args, 1)]) },
  intersection: {
    args: ['set<set>'],
    result: 'set',
    run: (args) => {
      const [first, ...rest] = setsOf(args);
      return rest.reduce(intersect, first ?? new RegoSet());
    },
  },
  union: { args: ['set<set>'], result: 'set', run: (args) => unite(setsOf(args)) },
  set_diff: {
    args: ['set', 'set'],
    result: 'set',
    deprecated: true,
    run: (args) => without(setArg(args, 0), setArg(args, 1)),
  },
  walk: {
    args: ['any'],
    result: '[array,any]',
    run: () => undefined,
    relation: (args, context, each) => walk(args[0] as Value, context.run.maxSteps, each),
  },
};

/** Visits every value inside a value with its path, outermost first, without recursion. */
function walk(root: Value, limit: number, each: (v: Value) => boolean): boolean {
  const todo: { path: readonly Value[]; value: Value }[] = [{ path: [], value: root }];
  for (let at = todo.pop(), n = 0; at !== undefined && n <= limit; at = todo.pop(), n++) {
    const { path, value } = at;
    if (each([path, value])) return true;
    const children = childrenOf(value);
    for (let i = children.length - 1; i >= 0; i--) {
      const [key, child] = children[i] as [Value, Value];
      todo.push({ path: [...path, key], value: child });
    }
  }
  return false;
}

function childrenOf(v: Value): [Value, Value][] {
  if (Array.isArray(v)) return v.map((item, i): [Value, Value] => [i, item]);
  if (v instanceof RegoObject) return [...v.entries()];
  return v instanceof RegoSet ? v.items().map((item): [Value, Value] => [item, item]) : [];
}
