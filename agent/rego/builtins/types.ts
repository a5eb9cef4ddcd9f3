/** What a builtin is, what it may use, and how it refuses its operands. */
import type { Run } from '../eval/context.ts';
import { BigNum, isIntegerText, numberText, type RegoNumber, toBigInt } from '../values/number.ts';
import { RegoObject, RegoSet, type TypeName, typeName, type Value } from '../values/value.ts';

export interface BuiltinContext {
  run: Run;
  /** The language version of the calling module. */
  version: 'v0' | 'v1';
  /** The path of the calling module; empty for a query. */
  file: string;
  /** Annotations of the rule that calls, innermost first; for `rego.metadata`. */
  metadata?: () => { chain: Value; rule: Value };
}

export interface Builtin {
  /** Types of the operands in the notation of `compile/types.ts`, such as `set<string>|array<string>`. */
  args: readonly string[];
  result: string;
  run: (args: readonly Value[], context: BuiltinContext) => Value | undefined;
  /** The same for two operands and an answer that is yes or no, without a list of them; it refuses nothing. */
  test?: (a: Value, b: Value) => boolean;
  /** Calls back with each of many results; `walk` is the only one. */
  relation?: (args: readonly Value[], context: BuiltinContext, each: (v: Value) => boolean) => boolean;
  /** The result depends on more than the operands. */
  impure?: true;
  deprecated?: true;
  variadic?: true;
}

export type BuiltinTable = Record<string, Builtin>;

/** A builtin's refusal: undefined for the policy, an error when asked for strictness. */
export class BuiltinFailure extends Error {
  readonly code: 'eval_builtin_error' | 'eval_type_error';

  constructor(message: string, code: 'eval_builtin_error' | 'eval_type_error' = 'eval_builtin_error') {
    super(message);
    this.code = code;
  }
}

/** The operands are fine, but the answer lies elsewhere, such as in the network, which is off: not known, rather than wrong. */
export class OfflineFailure extends BuiltinFailure {
  constructor(why = 'needs the network, which is off') {
    super(why);
  }
}

export function typeFailure(index: number, expected: string, got: string): BuiltinFailure {
  return new BuiltinFailure(`operand ${index + 1} must be ${expected} but got ${got}`, 'eval_type_error');
}

export function oneOf(args: readonly Value[], index: number, types: readonly TypeName[]): Value {
  const value = args[index] as Value;
  if (types.includes(typeName(value))) return value;
  throw typeFailure(index, `one of {${types.join(', ')}}`, typeName(value));
}

export function stringArg(args: readonly Value[], index: number): string {
  const value = args[index] as Value;
  if (typeof value === 'string') return value;
  throw typeFailure(index, 'string', typeName(value));
}

export function numberArg(args: readonly Value[], index: number): RegoNumber {
  const value = args[index] as Value;
  if (typeof value === 'number' || value instanceof BigNum) return value;
  throw typeFailure(index, 'number', typeName(value));
}

export function booleanArg(args: readonly Value[], index: number): boolean {
  const value = args[index] as Value;
  if (typeof value === 'boolean') return value;
  throw typeFailure(index, 'boolean', typeName(value));
}

export function objectArg(args: readonly Value[], index: number): RegoObject {
  const value = args[index] as Value;
  if (value instanceof RegoObject) return value;
  throw typeFailure(index, 'object', typeName(value));
}

export function setArg(args: readonly Value[], index: number): RegoSet {
  const value = args[index] as Value;
  if (value instanceof RegoSet) return value;
  throw typeFailure(index, 'set', typeName(value));
}

export function arrayArg(args: readonly Value[], index: number): readonly Value[] {
  const value = args[index] as Value;
  if (Array.isArray(value)) return value;
  throw typeFailure(index, 'array', typeName(value));
}

/** Elements of an array or a set. */
export function listArg(args: readonly Value[], index: number): readonly Value[] {
  const value = oneOf(args, index, ['set', 'array']);
  return value instanceof RegoSet ? value.items() : (value as readonly Value[]);
}

export function bigIntArg(args: readonly Value[], index: number): bigint {
  const value = numberArg(args, index);
  if (!isIntegerText(value)) {
    const whole = toBigInt(value);
    if (whole === undefined || !(value instanceof BigNum)) {
      throw typeFailure(index, 'integer number', 'floating-point number');
    }
    return whole;
  }
  return toBigInt(value) as bigint;
}

/** An integer of 64 bits that is written as one: `1e3` and `1.0` are none to Go's `strconv.ParseInt`. */
export function intArg(args: readonly Value[], index: number): number {
  const value = numberArg(args, index);
  // `2.0` is whole to OPA, `2e0` is not.
  const text = numberText(value).replace(/\.0+$/, '');
  const whole = /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (whole === undefined || BigInt.asIntN(64, whole) !== whole)
    throw typeFailure(index, 'integer number', 'floating-point number');
  return Number(whole);
}

/** Strings of an array or set, with the words OPA has for an element of another type. */
export function stringsOf(args: readonly Value[], index: number): string[] {
  const value = oneOf(args, index, ['set', 'array']);
  const kind = value instanceof RegoSet ? 'set' : 'array';
  const items = value instanceof RegoSet ? value.items() : (value as readonly Value[]);
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw typeFailure(index, `${kind} of strings`, `${kind} containing ${typeName(item)}`);
  });
}
