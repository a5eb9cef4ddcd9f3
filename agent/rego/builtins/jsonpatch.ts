/** `json.patch`: RFC 6902 on values, sets included (there the key is the element). A patch that fails is undefined. */
import { equal, RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import { splitPointer } from './jsonpaths.ts';
import { BuiltinFailure } from './types.ts';

export function patch(document: Value, operations: readonly Value[]): Value | undefined {
  let at: Value | undefined = document;
  for (const operation of operations) {
    if (!(operation instanceof RegoObject)) {
      const message = `operand 2 must be array of JSON Patch objects but got array containing ${typeName(operation)}`;
      throw new BuiltinFailure(message, 'eval_type_error');
    }
    at = apply(at as Value, operation);
    if (at === undefined) return undefined;
  }
  return at;
}

function apply(document: Value, operation: RegoObject): Value | undefined {
  const op = operation.get('op');
  const path = pathOf(operation, 'path');
  switch (op) {
    case 'add':
      return add(document, path, operandOf(operation));
    case 'remove':
      return remove(document, path);
    case 'replace': {
      const value = operandOf(operation);
      if (path.length === 0) return value;
      if (lookup(document, path) === undefined) return undefined;
      return change(document, path, (parent, key) => setAt(parent, key, value));
    }
    case 'move':
    case 'copy': {
      const from = pathOf(operation, 'from');
      const value = lookup(document, from);
      if (value === undefined) return undefined;
      const left = op === 'move' ? remove(document, from) : document;
      return left === undefined ? (path.length === 0 ? value : undefined) : add(left, path, value);
    }
    case 'test': {
      const found = lookup(document, path);
      return found !== undefined && equal(found, operandOf(operation)) ? document : undefined;
    }
    default:
      throw new BuiltinFailure(`unrecognized op "${String(op)}"`);
  }
}

function pathOf(operation: RegoObject, name: string): Value[] {
  const path = operation.get(name);
  if (typeof path === 'string') return splitPointer(path);
  if (Array.isArray(path)) return [...path];
  throw new BuiltinFailure(path === undefined ? `missing '${name}' attribute` : `attribute '${name}' must be a path`);
}

function operandOf(operation: RegoObject): Value {
  const value = operation.get('value');
  if (value === undefined) throw new BuiltinFailure("missing 'value' attribute");
  return value;
}

function lookup(document: Value, path: readonly Value[]): Value | undefined {
  let v: Value | undefined = document;
  for (const key of path) {
    if (v instanceof RegoObject) v = v.get(key);
    else if (Array.isArray(v)) {
      const i = indexOf(key, v.length - 1);
      v = i === undefined ? undefined : (v[i] as Value | undefined);
    } else if (v instanceof RegoSet) v = v.has(key) ? key : undefined;
    else return undefined;
  }
  return v;
}

/** A number, or the digits of one, within the bounds; `-` is the end. */
function indexOf(key: Value, last: number): number | undefined {
  const i = typeof key === 'number' ? key : typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  return Number.isInteger(i) && i >= 0 && i <= last ? i : undefined;
}

function add(document: Value, path: readonly Value[], value: Value): Value | undefined {
  if (path.length === 0) return value;
  return change(document, path, (parent, key) => {
    if (parent instanceof RegoSet && !equal(key, value)) return undefined;
    if (!Array.isArray(parent)) return setAt(parent, key, value);
    const i = key === '-' ? parent.length : indexOf(key, parent.length);
    return i === undefined ? undefined : [...parent.slice(0, i), value, ...parent.slice(i)];
  });
}

function remove(document: Value, path: readonly Value[]): Value | undefined {
  if (path.length === 0) return undefined;
  if (lookup(document, path) === undefined) return undefined;
  return change(document, path, (parent, key) => {
    if (Array.isArray(parent)) {
      const i = indexOf(key, parent.length - 1) as number;
      return [...parent.slice(0, i), ...parent.slice(i + 1)];
    }
    if (parent instanceof RegoSet) {
      return parent.items().reduce((set: RegoSet, v) => (equal(v, key) ? set : set.add(v)), new RegoSet());
    }
    const made = new RegoObject();
    for (const [k, v] of (parent as RegoObject).entries()) if (!equal(k, key)) made.set(k, v);
    return made;
  });
}

function setAt(parent: Value, key: Value, value: Value): Value | undefined {
  if (parent instanceof RegoObject) {
    const made = new RegoObject();
    for (const [k, v] of parent.entries()) made.set(k, v);
    return made.set(key, value);
  }
  if (Array.isArray(parent)) {
    const i = indexOf(key, parent.length - 1);
    return i === undefined ? undefined : parent.map((v: Value, n: number) => (n === i ? value : v));
  }
  if (!(parent instanceof RegoSet)) return undefined;
  const made = parent.items().reduce((set: RegoSet, v) => (equal(v, key) ? set : set.add(v)), new RegoSet());
  return made.add(value);
}

/** Rebuilds the containers along the path around what `work` makes of the last one. */
function change(
  document: Value,
  path: readonly Value[],
  work: (parent: Value, key: Value) => Value | undefined,
): Value | undefined {
  const [key, ...rest] = path as [Value, ...Value[]];
  if (rest.length === 0) return work(document, key);
  const child = lookup(document, [key]);
  if (child === undefined) return undefined;
  const made = change(child, rest, work);
  return made === undefined ? undefined : setAt(document, key, made);
}
