/** `json.filter` and `json.remove`: sets of paths as a tree that is walked beside the document. */
import { RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import { oneOf, typeFailure } from './types.ts';

/** Branches by key; `null` ends a path. Keys of arrays are their indexes as text. */
export type PathTree = Map<Value, PathTree | null>;

/** Reads operand 2: an array or set of paths, each `a/b` or an array of keys. */
export function pathTree(args: readonly Value[]): PathTree {
  const list = oneOf(args, 1, ['set', 'array']);
  const tree: PathTree = new Map();
  for (const path of list instanceof RegoSet ? list.items() : (list as readonly Value[])) {
    insert(tree, pathOf(path));
  }
  return tree;
}

function pathOf(v: Value): Value[] {
  if (typeof v === 'string') return splitPointer(v);
  if (Array.isArray(v)) return [...v];
  const what = 'one of {set, array} containing string paths or array of path segments';
  throw typeFailure(1, what, typeName(v));
}

export function splitPointer(path: string): string[] {
  if (path === '') return [];
  return path
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function insert(tree: PathTree, path: Value[]): void {
  let at = tree;
  for (let i = 0; i < path.length; i++) {
    const key = path[i] as Value;
    const below = at.get(key);
    if (below === null) return;
    if (i === path.length - 1) at.set(key, null);
    else if (below === undefined) {
      const made: PathTree = new Map();
      at.set(key, made);
      at = made;
    } else at = below;
  }
}

export function filterPaths(v: Value, tree: PathTree | null): Value {
  if (tree === null) return v;
  if (v instanceof RegoObject) {
    const made = new RegoObject();
    for (const [key, below] of tree) {
      const value = v.get(key);
      if (value !== undefined) made.set(key, filterPaths(value, below));
    }
    return made;
  }
  if (Array.isArray(v)) {
    return v.flatMap((item: Value, i: number) => {
      const below = tree.get(String(i));
      return below === undefined ? [] : [filterPaths(item, below)];
    });
  }
  if (!(v instanceof RegoSet)) return v;
  const made = new RegoSet();
  for (const item of v.items()) {
    const below = tree.get(item);
    if (below !== undefined) made.add(filterPaths(item, below));
  }
  return made;
}

export function removePaths(v: Value, tree: PathTree): Value {
  if (v instanceof RegoObject) {
    const made = new RegoObject();
    for (const [key, value] of v.entries()) {
      const below = tree.get(key);
      if (below === undefined) made.set(key, value);
      else if (below !== null) made.set(key, removePaths(value, below));
    }
    return made;
  }
  if (Array.isArray(v)) {
    return v.flatMap((item: Value, i: number) => {
      const below = tree.get(String(i));
      if (below === undefined) return [item];
      return below === null ? [] : [removePaths(item, below)];
    });
  }
  if (!(v instanceof RegoSet)) return v;
  const made = new RegoSet();
  for (const item of v.items()) {
    const below = tree.get(item);
    if (below === undefined) made.add(item);
    else if (below !== null) made.add(removePaths(item, below));
  }
  return made;
}
