/** `json.patch`: RFC 6902 on values, sets included (there the key is the element). Every patch that fails says why, as OPA does. */
import { equal, isNumber, RegoObject, RegoSet, regoText, typeName, type Value } from '../values/value.ts';
import { splitPointer } from './jsonpaths.ts';
import { BuiltinFailure } from './types.ts';

/** Throws `BuiltinFailure` where an operation cannot be carried out. */
export function patch(document: Value, operations: readonly Value[]): Value {
  for (const operation of operations) {
    if (operation instanceof RegoObject) continue;
    throw new BuiltinFailure('must be an array of JSON-Patch objects, but at least one element is not an object');
  }
  return (operations as readonly RegoObject[]).reduce(apply, document);
}

function apply(document: Value, operation: RegoObject): Value {
  const given = attribute(operation, 'path');
  const op = attribute(operation, 'op');
  if (typeof op !== 'string') throw new BuiltinFailure(`attribute 'op' must be a string but found: ${typeName(op)}`);
  const path = segments(given);
  switch (op) {
    case 'add':
      return add(document, path, attribute(operation, 'value'));
    case 'remove':
      return remove(document, path);
    case 'replace': {
      if (path.length === 0) return attribute(operation, 'value');
      const left = remove(document, path);
      const value = attribute(operation, 'value');
      // In an array the value takes the place that was left.
      return add(left, path, value);
    }
    case 'move':
    case 'copy': {
      const from = pathOf(operation, 'from');
      const value = lookup(document, from);
      if (op === 'copy') return add(document, path, value);
      checkMove(document, from, path);
      return from.length === 0 ? value : add(remove(document, from), path, value);
    }
    case 'test': {
      const found = path.reduce((v, key) => (Array.isArray(v) ? element(v, key) : child(v, key)), document);
      const wanted = attribute(operation, 'value');
      if (equal(found, wanted)) return document;
      const texts = `Expected: ${regoText(wanted)}\n\nFound: ${regoText(found)}`;
      throw new BuiltinFailure(`value from EditTree != patch value.\n\n${texts}`);
    }
    default:
      throw new BuiltinFailure(`unrecognized op: '${op}'`);
  }
}

function attribute(operation: RegoObject, name: string): Value {
  const value = operation.get(name);
  if (value === undefined) throw new BuiltinFailure(`missing required attribute '${name}'`);
  return value;
}

function pathOf(operation: RegoObject, name: string): Value[] {
  return segments(attribute(operation, name));
}

function segments(path: Value): Value[] {
  if (typeof path === 'string') return splitPointer(path);
  if (Array.isArray(path)) return [...path];
  const wanted = 'one of {set, array} containing string paths or array of path segments';
  throw new BuiltinFailure(`operand 2 must be ${wanted} but got ${typeName(path)}`, 'eval_type_error');
}

/** What was taken away has no place for what it was: OPA marks it as deleted, and says so. */
function checkMove(document: Value, from: readonly Value[], path: readonly Value[]): void {
  if (from.length === 0 && path.length === 1)
    throw new BuiltinFailure('deleted node encountered during insert operation');
  if (from.length === 0 && path.length > 1)
    throw new BuiltinFailure('nil value encountered where composite value was expected');
  const inside = path.length > from.length && from.every((key, i) => equal(key, path[i] as Value));
  if (!inside || Array.isArray(lookup(document, from.slice(0, -1)))) return;
  const value = lookup(document, from);
  const what = typeof value === 'object' && value !== null && !isNumber(value) ? 'composite' : 'scalar';
  throw new BuiltinFailure(`cannot unfold the already deleted ${what} node for key ${regoText(from.at(-1) as Value)}`);
}

/** An element in `test`, which has words of its own for one that is not there. */
function element(list: readonly Value[], key: Value): Value {
  const at = indexOf(key, list.length);
  const found = list[at];
  if (found !== undefined) return found;
  throw new BuiltinFailure(`path ${at} does not exist in array term ${regoText(list)}`);
}

function lookup(document: Value, path: readonly Value[]): Value {
  return path.reduce(child, document);
}

function child(v: Value, key: Value): Value {
  if (v instanceof RegoObject) {
    const found = v.get(key);
    if (found !== undefined) return found;
    throw new BuiltinFailure(`path ${regoText(key)} does not exist in object term ${regoText(v)}`);
  }
  if (v instanceof RegoSet) {
    if (v.has(key)) return key;
    throw new BuiltinFailure(
      `path ${typeof key === 'string' ? key : regoText(key)} does not exist in set term ${regoText(v)}`,
    );
  }
  if (!Array.isArray(v)) throw new BuiltinFailure(notComposite(v, key));
  const i = indexOf(key, v.length);
  if (i < 0 || i >= v.length) throw new BuiltinFailure('index for array lookup out of bounds');
  return v[i] as Value;
}

function notComposite(v: Value, key?: Value): string {
  const place = key === undefined ? '' : ` for path ${regoText(key)}`;
  const type = v === null ? 'Null' : typeof v === 'string' ? 'String' : isNumber(v) ? 'Number' : 'Boolean';
  return `expected composite type${place}, found value: ${regoText(v)} (type: ast.${type})`;
}

/** A number, or the digits of one; `-` is the place after the last of `size` elements. */
function indexOf(key: Value, size: number): number {
  if (key === '-') return size;
  if (typeof key === 'number' && Number.isInteger(key)) return key;
  if (typeof key !== 'string' && !isNumber(key)) throw new BuiltinFailure('invalid type for indexing');
  if (typeof key !== 'string' || !/^[+-]?\d+$/.test(key)) throw new BuiltinFailure('invalid string for indexing');
  if (/^0\d/.test(key)) throw new BuiltinFailure('leading zeros are not allowed in JSON paths');
  return Number(key);
}

function add(document: Value, path: readonly Value[], value: Value): Value {
  if (path.length === 0) return value;
  return change(document, path, (parent, key) => {
    if (parent instanceof RegoObject) return withEntry(parent, key, value);
    if (parent instanceof RegoSet) {
      if (!equal(key, value))
        throw new BuiltinFailure(`set key ${regoText(key)} does not equal value to be inserted ${regoText(value)}`);
      return parent
        .items()
        .reduce((set: RegoSet, v) => set.add(v), new RegoSet())
        .add(value);
    }
    if (!Array.isArray(parent)) throw new BuiltinFailure(notComposite(parent));
    const i = indexOf(key, parent.length);
    if (i < 0 || i > parent.length) throw new BuiltinFailure('index for array insertion out of bounds');
    return [...parent.slice(0, i), value, ...parent.slice(i)];
  });
}

function remove(document: Value, path: readonly Value[]): Value {
  if (path.length === 0) throw new BuiltinFailure('the whole document cannot be removed');
  return change(document, path, (parent, key) => {
    if (parent instanceof RegoSet) {
      if (!parent.has(key)) throw new BuiltinFailure(missingChild(key));
      return parent.items().reduce((set: RegoSet, v) => (equal(v, key) ? set : set.add(v)), new RegoSet());
    }
    if (parent instanceof RegoObject) {
      if (parent.get(key) === undefined) throw new BuiltinFailure(missingChild(key));
      const made = new RegoObject();
      for (const [k, v] of parent.entries()) if (!equal(k, key)) made.set(k, v);
      return made;
    }
    if (!Array.isArray(parent)) throw new BuiltinFailure(notComposite(parent));
    const i = indexOf(key, parent.length);
    if (i < 0 || i >= parent.length) throw new BuiltinFailure('index for array delete out of bounds');
    return [...parent.slice(0, i), ...parent.slice(i + 1)];
  });
}

function missingChild(key: Value): string {
  return `cannot delete child key ${regoText(key)} that does not exist`;
}

function withEntry(parent: RegoObject, key: Value, value: Value): RegoObject {
  const made = new RegoObject();
  for (const [k, v] of parent.entries()) made.set(k, v);
  return made.set(key, value);
}

/** Rebuilds the containers along the path around what `work` makes of the last one. */
function change(document: Value, path: readonly Value[], work: (parent: Value, key: Value) => Value): Value {
  const [key, ...rest] = path as [Value, ...Value[]];
  if (rest.length === 0) return work(document, key);
  const inner = child(document, key);
  const made = change(inner, rest, work);
  if (document instanceof RegoObject) return withEntry(document, key, made);
  if (Array.isArray(document)) {
    const at = indexOf(key, document.length);
    return document.map((v: Value, n: number) => (n === at ? made : v));
  }
  const set = (document as RegoSet).items().reduce((s: RegoSet, v) => (equal(v, key) ? s : s.add(v)), new RegoSet());
  return set.add(made);
}
