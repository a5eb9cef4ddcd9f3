/** Whether types can be those of one value, and what variables learn from it. */
import type { Term } from '../ast.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import { type Env, isNamed, type Known, typeOf, typeOfVar } from './type-env.ts';
import { ANY, fieldKey, isAny, isOpen, or, select, type Type, typeOfValue, valuesOf } from './types.ts';

/** Whether some value can be of both types. */
export function unifies(a: Type | undefined, b: Type | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.kind === 'any') return anyUnifies(a, b) || (b.kind === 'any' && anyUnifies(b, a));
  if (b.kind === 'any') return anyUnifies(b, a);
  if (a.kind === 'array' && b.kind === 'array') {
    if (!itemsUnify(a, b) || !itemsUnify(b, a)) return false;
    return a.of === undefined || b.of === undefined || unifies(a.of, b.of);
  }
  if (a.kind === 'object' && b.kind === 'object') {
    if (!fieldsUnify(a, b) || !fieldsUnify(b, a)) return false;
    return a.of === undefined || b.of === undefined || unifies(a.of, b.of);
  }
  if (a.kind === 'set' && b.kind === 'set') return unifies(valuesOf(a), valuesOf(b));
  if (a.kind === 'function' && b.kind === 'function') {
    return a.args.length === b.args.length && a.args.every((t, i) => unifies(t, b.args[i]));
  }
  return a.kind === b.kind;
}

function anyUnifies(a: Type & { kind: 'any' }, b: Type): boolean {
  if (b.kind === 'function') return false;
  return a.types.length === 0 || a.types.some((t) => unifies(t, b));
}

function itemsUnify(a: Type & { kind: 'array' }, b: Type): boolean {
  return a.items.every((t, i) => unifies(t, select(b, i)));
}

/** A key that only one side knows may be among the other keys of the other side; without other keys on both there is none. */
function fieldsUnify(a: Type & { kind: 'object' }, b: Type & { kind: 'object' }): boolean {
  for (const [name, { key, type }] of a.fields) {
    const field = b.fields.get(name);
    if (field !== undefined) {
      if (!unifies(type, field.type)) return false;
    } else if (b.of === undefined) {
      if (a.of === undefined) return false;
    } else if (unifies(b.key, typeOfValue(key)) && !unifies(type, b.of)) return false;
  }
  return true;
}

/** Holds the term to the type; with `union` its variables may be of this type as well. */
export function unifyTerm(env: Env, t: Term, type: Type | undefined, union: boolean): boolean {
  switch (t.kind) {
    case 'const':
      return unifyConstant(t.value, type);
    case 'var':
      return learn(env.vars, t.name, typeOfVar(env, t.name), type, union);
    case 'array':
      if (type?.kind !== 'array') return unifyAny(env, t, type);
      if (t.items.length !== type.items.length && type.of === undefined) return false;
      return t.items.every((item, i) => unifyTerm(env, item, select(type, i), union));
    case 'object':
      if (type?.kind !== 'object') return unifyAny(env, t, type);
      return unifyObject(env, t, type, union);
    case 'set':
      if (type?.kind !== 'set') return unifyAny(env, t, type);
      return t.items.every((item) => unifyTerm(env, item, valuesOf(type), union));
    case 'template':
      return unifies(typeOf(env, t), type);
    default:
      if (isNamed(env, t)) return learn(env.terms, t, typeOf(env, t), type, union);
      return unifies(typeOf(env, t), type);
  }
}

function learn<K extends string | Term>(
  types: Known<K>,
  key: K,
  known: Type | undefined,
  type: Type | undefined,
  union: boolean,
): boolean {
  if (union) {
    const both = or(known, type);
    if (both !== undefined) types.set(key, both);
    return true;
  }
  if (known !== undefined) return unifies(known, type);
  if (type !== undefined) types.set(key, type);
  return true;
}

type Composite = Term & { kind: 'array' | 'object' | 'set' };

/** A composite term held to one of several types. */
function unifyAny(env: Env, t: Composite, type: Type | undefined): boolean {
  if (type?.kind !== 'any') return false;
  if (isAny(type)) {
    const parts = t.kind === 'object' ? t.entries.flat() : t.items;
    for (const part of parts) unifyTerm(env, part, ANY, true);
    return true;
  }
  let fits = false;
  for (const one of type.types) fits = unifyTerm(env, t, one, true) || fits;
  return fits;
}

function unifyObject(env: Env, t: Term & { kind: 'object' }, type: Type & { kind: 'object' }, union: boolean): boolean {
  if (t.entries.length !== type.fields.size && type.of === undefined) return false;
  for (const [key, value] of t.entries) {
    if (key.kind !== 'const') unifyTerm(env, value, ANY, union);
    else {
      const expected = select(type, key.value);
      if (expected === undefined || !unifyTerm(env, value, expected, union)) return false;
    }
  }
  return true;
}

/** A constant is held to a type part by part, as a term is. */
function unifyConstant(v: Value, type: Type | undefined): boolean {
  if (type?.kind === 'any') return isAny(type) || type.types.some((one) => unifyConstant(v, one));
  if (Array.isArray(v)) {
    if (type?.kind !== 'array') return false;
    if (v.length !== type.items.length && type.of === undefined) return false;
    return v.every((item: Value, i) => unifyConstant(item, select(type, i)));
  }
  if (v instanceof RegoSet) return type?.kind === 'set' && v.items().every((item) => unifyConstant(item, type.of));
  if (v instanceof RegoObject) {
    if (type?.kind !== 'object') return false;
    const entries = [...v.entries()];
    if (entries.length !== type.fields.size && type.of === undefined) return false;
    return entries.every(([key, value]) => {
      const expected = select(type, key);
      return expected !== undefined && unifyConstant(value, expected);
    });
  }
  return unifies(typeOfValue(v), type);
}

export type Types = [left: Type | undefined, right: Type | undefined];

/** Both sides of an equation, and their types. */
export function unifySides(env: Env, a: Term, b: Term, [left, right]: Types): boolean {
  const openLeft = isOpen(left);
  const openRight = isOpen(right);
  if (openLeft && !openRight) return unifyTerm(env, a, right, false);
  if (openRight && !openLeft) return unifyTerm(env, b, left, false);
  if (!openLeft) return unifies(left, right);
  if (a.kind === 'array') return unifyArrays(env, a, b);
  if (a.kind === 'object') return unifyObjects(env, a, b);
  if (isVariable(env, a) && b.kind === 'array') return unifyArrays(env, b, a);
  if (isVariable(env, a) && b.kind === 'object') return unifyObjects(env, b, a);
  if (isVariable(env, a)) return isVariable(env, b) ? joined(env, a, b) : unifyTerm(env, a, openType(right, b), false);
  return isVariable(env, b) && unifyTerm(env, b, openType(left, a), false);
}

/** An empty set says nothing of its elements; what refers to a rule that holds one may be anything to OPA. */
function openType(type: Type | undefined, t: Term): Type | undefined {
  return t.kind === 'ref' ? ANY : type;
}

function unifyParts(env: Env, a: Term, b: Term): boolean {
  return unifySides(env, a, b, [typeOf(env, a), typeOf(env, b)]);
}

function isVariable(env: Env, t: Term): boolean {
  return t.kind === 'var' || (isNamed(env, t) && !t.kind.endsWith('comprehension'));
}

function joined(env: Env, a: Term, b: Term): boolean {
  return unifyTerm(env, a, ANY, false) && unifyTerm(env, b, typeOf(env, a), false);
}

function unifyArrays(env: Env, a: Term & { kind: 'array' }, b: Term): boolean {
  if (b.kind !== 'array') return isVariable(env, b) && joined(env, a, b);
  return a.items.length === b.items.length && a.items.every((item, i) => unifyParts(env, item, b.items[i] as Term));
}

function unifyObjects(env: Env, a: Term & { kind: 'object' }, b: Term): boolean {
  if (b.kind !== 'object') return isVariable(env, b) && joined(env, a, b);
  if (a.entries.length !== b.entries.length) return false;
  return a.entries.every(([key, value]) => {
    const other = b.entries.find(([k]) => sameKey(k, key));
    return other !== undefined && unifyParts(env, value, other[1]);
  });
}

function sameKey(a: Term, b: Term): boolean {
  if (a.kind === 'const' && b.kind === 'const') return fieldKey(a.value) === fieldKey(b.value);
  return a.kind === 'var' && b.kind === 'var' && a.name === b.name;
}
