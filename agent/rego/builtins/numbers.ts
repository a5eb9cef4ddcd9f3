/** Arithmetic, rounding, bits and ranges. */
import { charge } from '../eval/context.ts';
import { add, canonical, divide, isZero, multiply, negate, roundNumber, subtract } from '../values/arithmetic.ts';
import { compareNumbers, numberFromBigInt, type RegoNumber, toBigInt } from '../values/number.ts';
import { isNumber, RegoSet, typeName, type Value } from '../values/value.ts';
import {
  type Builtin,
  type BuiltinContext,
  BuiltinFailure,
  type BuiltinTable,
  bigIntArg,
  numberArg,
  typeFailure,
} from './types.ts';

function binary(work: (a: RegoNumber, b: RegoNumber) => RegoNumber | undefined): Builtin {
  return {
    args: ['number', 'number'],
    result: 'number',
    run: (args) => finite(work(numberArg(args, 0), numberArg(args, 1))),
  };
}

function finite(n: RegoNumber | undefined): RegoNumber {
  if (n === undefined) throw new BuiltinFailure('number is too large');
  return n;
}

function minus(args: readonly Value[]): Value {
  const [a, b] = args as [Value, Value];
  if (isNumber(a) && isNumber(b)) return finite(subtract(a, b));
  if (a instanceof RegoSet && b instanceof RegoSet) {
    const left = new RegoSet();
    for (const item of a.items()) if (!b.has(item)) left.add(item);
    return left;
  }
  if (!isNumber(a) && !(a instanceof RegoSet)) {
    throw typeFailure(0, 'one of {number, set}', typeName(a));
  }
  throw typeFailure(1, isNumber(b) ? 'set' : 'number', typeName(b));
}

function remainder(args: readonly Value[]): Value {
  const a = numberArg(args, 0);
  const b = numberArg(args, 1);
  const [x, y] = [toBigInt(a), toBigInt(b)];
  if (x === undefined || y === undefined) throw new BuiltinFailure('modulo on floating-point number');
  if (isZero(b)) throw new BuiltinFailure('modulo by zero');
  return numberFromBigInt(x % y);
}

function rounding(mode: 'round' | 'ceil' | 'floor'): Builtin {
  return { args: ['number'], result: 'number', run: (args) => finite(roundNumber(numberArg(args, 0), mode)) };
}

/** As `bigIntArg`, with the word OPA has here for what is no number at all. */
function integerArg(args: readonly Value[], index: number): bigint {
  const v = args[index] as Value;
  if (!isNumber(v)) throw typeFailure(index, 'integer', typeName(v));
  return bigIntArg(args, index);
}

function bitwise(work: (a: bigint, b: bigint) => bigint): Builtin {
  return {
    args: ['number', 'number'],
    result: 'number',
    run: (args) => numberFromBigInt(work(integerArg(args, 0), integerArg(args, 1))),
  };
}

/** Widest shift: a policy has no use for numbers of more bits. */
const MAX_SHIFT = 100_000n;

function shift(left: boolean): Builtin {
  return {
    args: ['number', 'number'],
    result: 'number',
    run: (args) => {
      const n = integerArg(args, 0);
      const by = integerArg(args, 1);
      if (by < 0n) throw typeFailure(1, 'an unsigned integer number', 'a negative integer');
      if (left && by > MAX_SHIFT) throw new BuiltinFailure('shift is too large');
      return numberFromBigInt(left ? n << by : n >> by);
    },
  };
}

function range(args: readonly Value[], context: BuiltinContext, step: bigint): Value {
  const from = integerArg(args, 0);
  const to = integerArg(args, 1);
  const size = from < to ? to - from : from - to;
  charge(context.run, Number(size / step) + 1);
  const items: Value[] = [];
  if (from <= to) for (let i = from; i <= to; i += step) items.push(numberFromBigInt(i));
  else for (let i = from; i >= to; i -= step) items.push(numberFromBigInt(i));
  return items;
}

export const numbers: BuiltinTable = {
  plus: binary(add),
  minus: { args: ['number|set', 'number|set'], result: 'number|set', run: minus },
  mul: binary(multiply),
  div: binary((a, b) => {
    if (isZero(b)) throw new BuiltinFailure('divide by zero');
    return divide(a, b);
  }),
  rem: { args: ['number', 'number'], result: 'number', run: remainder },
  abs: {
    args: ['number'],
    result: 'number',
    run: (args) => {
      const n = numberArg(args, 0);
      return isZero(n) ? 0 : finite(canonical(compareNumbers(n, 0) < 0 ? negate(n) : n));
    },
  },
  round: rounding('round'),
  ceil: rounding('ceil'),
  floor: rounding('floor'),
  'bits.and': bitwise((a, b) => a & b),
  'bits.or': bitwise((a, b) => a | b),
  'bits.xor': bitwise((a, b) => a ^ b),
  'bits.negate': { args: ['number'], result: 'number', run: (args) => numberFromBigInt(~integerArg(args, 0)) },
  'bits.lsh': shift(true),
  'bits.rsh': shift(false),
  'numbers.range': { args: ['number', 'number'], result: 'array<number>', run: (args, c) => range(args, c, 1n) },
  'numbers.range_step': {
    args: ['number', 'number', 'number'],
    result: 'array<number>',
    run: (args, c) => {
      for (const index of [0, 1]) integerArg(args, index);
      const step = integerArg(args, 2);
      if (step <= 0n) throw new BuiltinFailure('numbers.range_step: step must be a positive integer');
      return range(args, c, step);
    },
  },
};
