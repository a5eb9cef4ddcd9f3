/** Types of values, as far as they are known before evaluation. What is not known is `any` and fits everything. */
import { BigNum } from '../values/number.ts';
import { type RegoObject, RegoSet, type Value } from '../values/value.ts';

export type Type =
  | { kind: 'any' }
  | { kind: 'null' | 'boolean' | 'number' | 'string' }
  /** With `items`, an array of exactly those. */
  | { kind: 'array'; items: Type[] | undefined; of: Type }
  | { kind: 'set'; of: Type }
  /** With `fields`, an object of exactly those. */
  | { kind: 'object'; fields: Map<string, Type> | undefined; of: Type }
  | { kind: 'or'; types: Type[] };

export const ANY: Type = { kind: 'any' };
export const NUMBER: Type = { kind: 'number' };
export const STRING: Type = { kind: 'string' };
const NULL: Type = { kind: 'null' };
const BOOLEAN: Type = { kind: 'boolean' };

/** Constants larger than this are not looked into. */
const MAX_FIELDS = 100;

/** Nor are constants nested deeper than this. */
const MAX_DEPTH = 20;

export function typeOfValue(v: Value, depth = 0): Type {
  if (typeof v === 'string') return STRING;
  if (v === null) return NULL;
  if (typeof v === 'boolean') return BOOLEAN;
  if (typeof v === 'number' || v instanceof BigNum) return NUMBER;
  if (v instanceof RegoSet) {
    return {
      kind: 'set',
      of: isLarge(v.size, depth) ? ANY : unionOf(v.items().map((item) => typeOfValue(item, depth + 1))),
    };
  }
  if (Array.isArray(v)) {
    return {
      kind: 'array',
      items: isLarge(v.length, depth) ? undefined : v.map((item: Value) => typeOfValue(item, depth + 1)),
      of: ANY,
    };
  }
  const object = v as RegoObject;
  const keys = object.keys();
  if (isLarge(keys.length, depth) || keys.some((k) => typeof k !== 'string')) {
    return { kind: 'object', fields: undefined, of: ANY };
  }
  const fields = new Map(
    keys.map((k): [string, Type] => [k as string, typeOfValue(object.get(k) as Value, depth + 1)]),
  );
  return { kind: 'object', fields, of: ANY };
}

function isLarge(size: number, depth: number): boolean {
  return size > MAX_FIELDS || depth > MAX_DEPTH;
}

/** One type for values of several; equal simple types are named once. */
export function unionOf(types: readonly Type[]): Type {
  const [first] = types;
  if (types.length === 1 && first !== undefined && first.kind !== 'or') return first;
  const flat = types.flatMap((t) => (t.kind === 'or' ? t.types : [t]));
  if (flat.length === 0 || flat.some((t) => t.kind === 'any')) return ANY;
  const kept: Type[] = [];
  for (const t of flat) {
    const simple = t.kind === 'null' || t.kind === 'boolean' || t.kind === 'number' || t.kind === 'string';
    if (!simple || !kept.some((k) => k.kind === t.kind)) kept.push(t);
  }
  return kept.length === 1 ? (kept[0] as Type) : { kind: 'or', types: kept };
}

/** Types of the keys and values one meets when iterating; undefined for what cannot be iterated. */
export function elementTypes(t: Type): { key: Type; value: Type } | undefined {
  switch (t.kind) {
    case 'any':
    case 'or':
      return { key: ANY, value: ANY };
    case 'array':
      return { key: NUMBER, value: t.items === undefined ? t.of : unionOf(t.items) };
    case 'set':
      return { key: t.of, value: t.of };
    case 'object':
      if (t.fields === undefined) return { key: ANY, value: t.of };
      return { key: t.fields.size === 0 ? ANY : STRING, value: unionOf([...t.fields.values()]) };
    default:
      return undefined;
  }
}

/** Whether some value can be of both types. */
export function overlaps(a: Type, b: Type): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind === 'or') return a.types.some((t) => overlaps(t, b));
  if (b.kind === 'or') return b.types.some((t) => overlaps(a, t));
  if (a.kind === 'array' && b.kind === 'array') return arraysOverlap(a, b);
  if (a.kind === 'object' && b.kind === 'object') return objectsOverlap(a, b);
  return a.kind === b.kind;
}

type ArrayType = Type & { kind: 'array' };
type ObjectType = Type & { kind: 'object' };

function arraysOverlap(a: ArrayType, b: ArrayType): boolean {
  if (a.items !== undefined && b.items !== undefined) {
    const { items } = b;
    return a.items.length === items.length && a.items.every((t, i) => overlaps(t, items[i] as Type));
  }
  if (a.items !== undefined) return a.items.every((t) => overlaps(t, b.of));
  return b.items === undefined || b.items.every((t) => overlaps(t, a.of));
}

function objectsOverlap(a: ObjectType, b: ObjectType): boolean {
  if (a.fields !== undefined && b.fields !== undefined) {
    if (a.fields.size !== b.fields.size) return false;
    return [...a.fields].every(([k, t]) => {
      const other = b.fields?.get(k);
      return other !== undefined && overlaps(t, other);
    });
  }
  const [exact, open] = a.fields === undefined ? [b, a] : [a, b];
  return exact.fields === undefined || [...exact.fields.values()].every((t) => overlaps(t, open.of));
}

const parsed = new Map<string, Type>();

/** Reads the notation of builtins: `string|array<number>`, `object<string,any>`, `[number,string]`. */
export function parseType(text: string): Type {
  let type = parsed.get(text);
  if (type === undefined) {
    type = readUnion({ text, at: 0 });
    parsed.set(text, type);
  }
  return type;
}

interface Reader {
  text: string;
  at: number;
}

function readUnion(r: Reader): Type {
  const types = [readOne(r)];
  while (r.text[r.at] === '|') {
    r.at++;
    types.push(readOne(r));
  }
  return types.length === 1 ? (types[0] as Type) : { kind: 'or', types };
}

function readOne(r: Reader): Type {
  if (r.text[r.at] === '[') return { kind: 'array', items: readList(r, ']'), of: ANY };
  const name = /^[a-z]+/.exec(r.text.slice(r.at))?.[0] ?? '';
  r.at += name.length;
  const inside = r.text[r.at] === '<' ? readList(r, '>') : [];
  const of = inside.at(-1) ?? ANY;
  switch (name) {
    case 'array':
      return { kind: 'array', items: undefined, of };
    case 'set':
      return { kind: 'set', of };
    case 'object':
      return { kind: 'object', fields: undefined, of };
    case 'any':
      return ANY;
    default:
      return { kind: name as 'string' };
  }
}

function readList(r: Reader, close: string): Type[] {
  const types: Type[] = [];
  do {
    r.at++;
    types.push(readUnion(r));
  } while (r.text[r.at] === ',');
  if (r.text[r.at] === close) r.at++;
  return types;
}
