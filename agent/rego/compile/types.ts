/** Types of values, as far as they are known before evaluation. What nothing is known about yet is `undefined`. */
import { BigNum } from '../values/number.ts';
import { canonicalText, compare, type RegoObject, RegoSet, type Value } from '../values/value.ts';

export type Type = (
  | { kind: 'null' | 'boolean' | 'number' | 'string' }
  /** Its first elements, and the type of those after them if there can be any. */
  | { kind: 'array'; items: readonly (Type | undefined)[]; of: Type | undefined }
  | { kind: 'set'; of: Type | undefined; empty?: true }
  /** Its known keys by what they are found by, and the types of other keys and their values if there can be any. */
  | { kind: 'object'; fields: ReadonlyMap<string, Field>; key: Type | undefined; of: Type | undefined }
  /** One of several; without types, anything. */
  | { kind: 'any'; types: readonly Type[] }
  | { kind: 'function'; args: readonly (Type | undefined)[]; result: Type | undefined }
) & { key_?: string; weight_?: number };

export interface Field {
  key: Value;
  type: Type | undefined;
}

export const ANY: Type = { kind: 'any', types: [] };
export const NUMBER: Type = { kind: 'number' };
export const STRING: Type = { kind: 'string' };
const NULL: Type = { kind: 'null' };
const BOOLEAN: Type = { kind: 'boolean' };
const NO_FIELDS: ReadonlyMap<string, Field> = new Map();

/** `[]`, `{}` and `set()`: nothing can be asked of them by a known key. */
export const EMPTY_ARRAY: Type = { kind: 'array', items: [], of: undefined };
export const EMPTY_OBJECT: Type = { kind: 'object', fields: NO_FIELDS, key: undefined, of: undefined };
export const EMPTY_SET: Type = { kind: 'set', of: undefined, empty: true };

export function isEmpty(t: Type): boolean {
  if (t.kind === 'array') return t.items.length === 0 && t.of === undefined;
  if (t.kind === 'object') return t.fields.size === 0 && t.of === undefined && t.key === undefined;
  return t.kind === 'set' && t.empty === true;
}

/** Constants larger than this are not looked into. */
const MAX_FIELDS = 1000;

/** Nor are constants nested deeper than this. */
const MAX_DEPTH = 20;

export function arrayOf(of: Type | undefined): Type {
  return { kind: 'array', items: [], of };
}

export function objectOf(key: Type | undefined, of: Type | undefined): Type {
  return { kind: 'object', fields: NO_FIELDS, key, of };
}

export function isAny(t: Type): boolean {
  return t.kind === 'any' && t.types.length === 0;
}

export function typeOfValue(v: Value, depth = 0): Type {
  if (typeof v === 'string') return STRING;
  if (v === null) return NULL;
  if (typeof v === 'boolean') return BOOLEAN;
  if (typeof v === 'number' || v instanceof BigNum) return NUMBER;
  if (v instanceof RegoSet) {
    if (v.size === 0) return EMPTY_SET;
    if (isLarge(v.size, depth)) return { kind: 'set', of: ANY };
    return { kind: 'set', of: unionOf(v.items().map((item) => typeOfValue(item, depth + 1))) };
  }
  if (Array.isArray(v)) {
    if (v.length === 0) return EMPTY_ARRAY;
    if (isLarge(v.length, depth)) return arrayOf(ANY);
    return { kind: 'array', items: v.map((item: Value) => typeOfValue(item, depth + 1)), of: undefined };
  }
  const object = v as RegoObject;
  const keys = object.keys();
  if (keys.length === 0) return EMPTY_OBJECT;
  if (isLarge(keys.length, depth)) return objectOf(ANY, ANY);
  const fields = new Map<string, Field>();
  for (const key of keys) {
    fields.set(fieldKey(key), { key, type: typeOfValue(object.get(key) as Value, depth + 1) });
  }
  return { kind: 'object', fields, key: undefined, of: undefined };
}

/** Types of more parts than this are not looked into: variables that hold one another twice make them grow without end. */
const MAX_WEIGHT = 2000;

/** The type itself, or anything in the place of one with too many parts. */
export function bounded(t: Type): Type {
  return weightOf(t) > MAX_WEIGHT ? ANY : t;
}

function weightOf(t: Type | undefined): number {
  if (t === undefined) return 0;
  if (t.weight_ !== undefined) return t.weight_;
  let weight = 1;
  if (t.kind === 'array') for (const item of t.items) weight += weightOf(item);
  if (t.kind === 'array' || t.kind === 'set' || t.kind === 'object') weight += weightOf(t.of);
  if (t.kind === 'object') for (const { type } of t.fields.values()) weight += 1 + weightOf(type);
  if (t.kind === 'object') weight += weightOf(t.key);
  if (t.kind === 'any') for (const one of t.types) weight += weightOf(one);
  t.weight_ = weight;
  return weight;
}

function isLarge(size: number, depth: number): boolean {
  return size > MAX_FIELDS || depth > MAX_DEPTH;
}

/** What a key of an object is found by: nearly always a string, and then by itself. No two keys are found by the same. */
export function fieldKey(key: Value): string {
  if (typeof key !== 'string') return `\0${canonicalText(key)}`;
  return key.charCodeAt(0) === 0 ? `\0"${key}` : key;
}

/** One type for values of several; undefined for none. */
export function unionOf(types: readonly (Type | undefined)[]): Type | undefined {
  let union: Type | undefined;
  for (const t of types) union = or(union, t);
  return union;
}

/** One type for values of either. Anything and something else is anything. */
export function or(a: Type | undefined, b: Type | undefined): Type | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  if (isAny(a)) return a;
  if (isAny(b)) return b;
  if (a.kind === 'function' && b.kind === 'function' && a.args.length === b.args.length) {
    return { kind: 'function', args: a.args.map((t, i) => or(t, b.args[i])), result: or(a.result, b.result) };
  }
  if (isSame(a, b)) return a;
  const kept = new Map<string, Type>();
  for (const t of [a, b]) for (const one of t.kind === 'any' ? t.types : [t]) kept.set(keyOf(one), one);
  const types = [...kept.values()];
  return types.length === 1 ? types[0] : { kind: 'any', types: types.sort(compareTypes) };
}

/** One type for values of all of these, none of them a function; anything where that has too many parts. */
export function oneOf(all: readonly Type[]): Type {
  const kept = new Map<string, Type>();
  let weight = 0;
  for (const t of all) {
    if (isAny(t) || weightOf(t) > MAX_WEIGHT) return ANY;
    for (const one of t.kind === 'any' ? t.types : [t]) {
      if (kept.has(keyOf(one))) continue;
      kept.set(keyOf(one), one);
      weight += weightOf(one);
      if (weight > MAX_WEIGHT) return ANY;
    }
  }
  const types = [...kept.values()];
  return types.length === 1 ? (types[0] as Type) : { kind: 'any', types: types.sort(compareTypes) };
}

/** Most types that meet are equal, and telling that is quicker than writing their texts. */
function isSame(a: Type | undefined, b: Type | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'array' && b.kind === 'array') return isSame(a.of, b.of) && areSame(a.items, b.items);
  if (a.kind === 'set' && b.kind === 'set') return a.empty === b.empty && isSame(a.of, b.of);
  if (a.kind === 'any' && b.kind === 'any') return areSame(a.types, b.types);
  if (a.kind === 'function' && b.kind === 'function') return isSame(a.result, b.result) && areSame(a.args, b.args);
  if (a.kind !== 'object' || b.kind !== 'object') return true;
  if (a.fields.size !== b.fields.size || !isSame(a.key, b.key) || !isSame(a.of, b.of)) return false;
  for (const [key, field] of a.fields) {
    const other = b.fields.get(key);
    if (other === undefined || !isSame(field.type, other.type)) return false;
  }
  return true;
}

function areSame(a: readonly (Type | undefined)[], b: readonly (Type | undefined)[]): boolean {
  return a.length === b.length && a.every((t, i) => isSame(t, b[i]));
}

/** Equal types have the same text. */
export function keyOf(t: Type | undefined): string {
  if (t === undefined) return '?';
  t.key_ ??= writeKey(t);
  return t.key_;
}

function writeKey(t: Type): string {
  switch (t.kind) {
    case 'array':
      return `[${t.items.map(keyOf).join()};${keyOf(t.of)}]`;
    case 'set':
      return t.empty ? '<>' : `<${keyOf(t.of)}>`;
    case 'object': {
      const fields = [...t.fields].map(([key, { type }]) => `"${key}"${keyOf(type)}`).sort();
      return `{${fields.join()};${keyOf(t.key)}:${keyOf(t.of)}}`;
    }
    case 'any':
      return `(${t.types.map(keyOf).join('|')})`;
    case 'function':
      return `f(${t.args.map(keyOf).join()})${keyOf(t.result)}`;
    default:
      return t.kind;
  }
}

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object', 'set', 'any', 'function'];

/** The order in which the types of a union are shown. */
function compareTypes(a: Type | undefined, b: Type | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (a.kind === 'array' && b.kind === 'array') return compareLists(a.items, b.items) || compareTypes(a.of, b.of);
  if (a.kind === 'set' && b.kind === 'set') return compareTypes(a.of, b.of);
  if (a.kind === 'any' && b.kind === 'any') return compareLists(a.types, b.types);
  if (a.kind === 'object' && b.kind === 'object') return compareObjects(a, b);
  return ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
}

function compareLists(a: readonly (Type | undefined)[], b: readonly (Type | undefined)[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareTypes(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareObjects(a: Type & { kind: 'object' }, b: Type & { kind: 'object' }): number {
  const open = Number(a.of !== undefined) - Number(b.of !== undefined);
  const dynamic = open || compareTypes(a.key, b.key) || compareTypes(a.of, b.of);
  if (dynamic !== 0) return dynamic;
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i] as Field, right[i] as Field];
    const order = compare(x.key, y.key) || compareTypes(x.type, y.type);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** In the order of their keys. */
export function fieldsOf(t: Type & { kind: 'object' }): Field[] {
  return [...t.fields.values()].sort((a, b) => compare(a.key, b.key));
}

/** The type of what stands under a constant key; undefined where nothing can. */
export function select(t: Type | undefined, key: Value): Type | undefined {
  switch (t?.kind) {
    case 'array':
      if (typeof key !== 'number' || !Number.isSafeInteger(key) || key < 0) return undefined;
      return key < t.items.length ? t.items[key] : t.of;
    case 'object': {
      const field = t.fields.get(fieldKey(key));
      if (field !== undefined) return field.type;
      return t.key !== undefined && contains(t.key, typeOfValue(key)) ? t.of : undefined;
    }
    case 'set': {
      const type = typeOfValue(key);
      return t.of !== undefined && contains(t.of, type) ? type : undefined;
    }
    case 'any':
      return isAny(t) ? t : unionOf(t.types.map((one) => select(one, key)));
    default:
      return undefined;
  }
}

function contains(a: Type, b: Type): boolean {
  if (a.kind !== 'any') return keyOf(a) === keyOf(b);
  return a.types.length === 0 || a.types.some((t) => keyOf(t) === keyOf(b));
}

/** The type of what one can ask a value for; undefined where it has no parts. What is empty says nothing beside other types. */
export function keysOf(t: Type | undefined): Type | undefined {
  if (t !== undefined && isEmpty(t)) return ANY;
  switch (t?.kind) {
    case 'array':
      return NUMBER;
    case 'set':
      return t.of ?? ANY;
    case 'object':
      // OPA takes keys for JSON here, in which sets are arrays.
      return or(
        unionOf([...t.fields.values()].map(({ key }) => typeOfValue(key instanceof RegoSet ? key.items() : key))),
        t.key,
      );
    case 'any':
      return isAny(t) ? t : unionOf(t.types.map((one) => (isEmpty(one) ? undefined : keysOf(one))));
    default:
      return undefined;
  }
}

/** The type of the parts of a value. */
export function valuesOf(t: Type | undefined): Type | undefined {
  if (t !== undefined && isEmpty(t)) return ANY;
  switch (t?.kind) {
    case 'array':
      return or(unionOf(t.items), t.of);
    case 'set':
      return t.of;
    case 'object':
      return or(unionOf([...t.fields.values()].map(({ type }) => type)), t.of);
    case 'any':
      return isAny(t) ? t : unionOf(t.types.map((one) => (isEmpty(one) ? undefined : valuesOf(one))));
    default:
      return undefined;
  }
}

/** Whether something in the type is not known yet. */
export function isOpen(t: Type | undefined): boolean {
  switch (t?.kind) {
    case undefined:
      return true;
    case 'array':
      return t.items.some(isOpen) || (t.of !== undefined && isOpen(t.of));
    case 'set':
      return isOpen(t.of);
    case 'object':
      for (const { type } of t.fields.values()) if (isOpen(type)) return true;
      return (t.of !== undefined || t.key !== undefined) && (isOpen(t.key) || isOpen(t.of));
    case 'function':
      return t.args.some(isOpen) || isOpen(t.result);
    default:
      return false;
  }
}
