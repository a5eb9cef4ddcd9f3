/** Going into values and into the documents under `data`, where rules and base data meet. */
import type { Group, TreeNode } from '../compile/tree.ts';
import { BigNum, numberText, toBigInt } from '../values/number.ts';
import { isNumber, RegoObject, RegoSet, type Value } from '../values/value.ts';
import type { Ctx } from './context.ts';

/** The element of a value under a key: of a set, the key itself when it is in it. */
export function deref(v: Value, key: Value): Value | undefined {
  if (v instanceof RegoObject) return v.get(key);
  if (Array.isArray(v)) return elementAt(v, key);
  if (v instanceof RegoSet) return v.has(key) ? key : undefined;
  return undefined;
}

function elementAt(v: readonly Value[], key: Value): Value | undefined {
  if (typeof key === 'number') return v[key];
  if (!(key instanceof BigNum)) return undefined;
  const index = toBigInt(key);
  return index === undefined || index < 0n ? undefined : v[Number(index)];
}

/**
 * OPA looks base data up by a path of texts: an element is found under the text of its place, and a name under the number
 * it is the text of. What `with` put there is a value like any other.
 */
export function derefStored(c: Ctx, v: Value, key: Value): Value | undefined {
  const found = deref(v, key);
  if (found !== undefined || c.overrides !== undefined) return found;
  if (v instanceof RegoObject) return isNumber(key) ? v.get(numberText(key)) : undefined;
  if (!Array.isArray(v) || typeof key !== 'string' || !/^[+-]?\d+(\.0*)?$/.test(key)) return undefined;
  return v[Number(key)];
}

/** `deref` that remembers which place of the input was read. */
export function derefReading(c: Ctx, v: Value, key: Value): Value | undefined {
  const found = deref(v, key);
  note(c, v, key, found);
  return found;
}

/** Remembers a read of `v[key]` when `v` is part of the input. A container counts when it is used, not when passed. */
export function note(c: Ctx, v: Value, key: Value, found: Value | undefined): void {
  const places = c.run.places;
  if (places === undefined || typeof v !== 'object' || v === null) return;
  const place = places.get(v);
  if (place === undefined) return;
  if (found !== undefined && typeof found === 'object' && places.has(found as object)) return;
  if (typeof key === 'string' || typeof key === 'number') c.run.reads.add(`${place}/${pointerKey(String(key))}`);
}

/** Remembers that a whole part of the input went into a builtin, a comparison or a result. */
export function noteWhole(c: Ctx, value: Value | undefined): void {
  const { places, reads } = c.run;
  const todo: (Value | undefined)[] = [value];
  while (places !== undefined && todo.length > 0) {
    const v = todo.pop();
    if (typeof v !== 'object' || v === null) continue;
    const place = places.get(v);
    if (place !== undefined) reads.add(place);
    else if (places.has(v)) continue;
    else if (Array.isArray(v)) todo.push(...v);
    else if (v instanceof RegoSet) todo.push(...v.items());
    else if (v instanceof RegoObject) for (const key of v.keys()) todo.push(v.get(key));
  }
}

export function pointerKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

export interface Documents {
  root: TreeNode;
  evalGroup: (c: Ctx, group: Group) => Value | undefined;
}

/** Whether `with` replaced the document at this path, or one that holds it. */
export function isOverridden(c: Ctx, path: readonly string[]): boolean {
  if (c.overrides === undefined) return false;
  return c.overrides.some((o) => o.length <= path.length && o.every((key, i) => key === path[i]));
}

export function groupValue(d: Documents, c: Ctx, group: Group): Value | undefined {
  if (c.overrides !== undefined && isOverridden(c, group.path)) return basePath(c, group.path);
  return d.evalGroup(c, group);
}

export function basePath(c: Ctx, path: readonly Value[]): Value | undefined {
  let v: Value | undefined = c.data;
  for (const key of path) {
    v = derefStored(c, v, key);
    if (v === undefined) return undefined;
  }
  return v;
}

/** The document at a path under `data`, rules included. */
export function documentAt(d: Documents, c: Ctx, path: readonly Value[]): Value | undefined {
  let node: TreeNode | undefined = d.root;
  for (let i = 0; i < path.length; i++) {
    if (node.group !== undefined && !isOverridden(c, node.path)) {
      return derefAll(d.evalGroup(c, node.group), path, i);
    }
    const key: Value = path[i] as Value;
    node = typeof key === 'string' ? node.children.get(key) : undefined;
    if (node === undefined) return basePath(c, path);
  }
  return nodeValue(d, c, node);
}

function derefAll(value: Value | undefined, path: readonly Value[], from: number): Value | undefined {
  let v = value;
  for (let i = from; i < path.length && v !== undefined; i++) v = deref(v, path[i] as Value);
  return v;
}

/** The whole document of a node: its rules' value, or an object of everything below it and the base data. */
export function nodeValue(d: Documents, c: Ctx, node: TreeNode): Value | undefined {
  if (isOverridden(c, node.path)) return basePath(c, node.path);
  if (node.group !== undefined) return d.evalGroup(c, node.group);
  const known = c.packages.get(node);
  if (known !== undefined) return known;
  const base = basePath(c, node.path);
  const made = new RegoObject();
  if (base instanceof RegoObject) for (const key of base.keys()) made.set(key, base.get(key) as Value);
  for (const [key, child] of node.children) {
    const value = nodeValue(d, c, child);
    if (value !== undefined) made.set(key, value);
  }
  c.packages.set(node, made);
  return made;
}
