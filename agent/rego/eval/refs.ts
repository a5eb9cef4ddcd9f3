/** References with all their variables bound: one value or undefined. */
import type { Term } from '../ast.ts';
import type { Group, TreeNode } from '../compile/tree.ts';
import { RegoObject, type Value } from '../values/value.ts';
import type { Ctx, Frame, Get } from './context.ts';
import { type Env, slotOf } from './env.ts';
import { basePath, deref, derefReading, derefStored, documentAt, groupValue } from './lookup.ts';
import { DocumentConflict } from './partial.ts';
import { compileGet } from './terms.ts';

type Ref = Term & { kind: 'ref' };

export function compileRef(env: Env, t: Ref): Get {
  if (t.head.kind !== 'var') return follow(env, compileGet(env, t.head), t.path);
  if (t.head.name === 'input') return follow(env, (c) => c.input, t.path);
  if (t.head.name === 'data') return compileDataRef(env, t.path);
  const [only] = t.path;
  if (only?.kind === 'const' && typeof only.value === 'string' && t.path.length === 1 && !env.engine.mode.reads)
    return fieldOf(slotOf(env, t.head.name), only.value);
  return follow(env, compileGet(env, t.head), t.path);
}

/** `x.name`: what most references are. */
function fieldOf(slot: number, key: string): Get {
  return (_, f) => {
    const v = f[slot];
    if (v instanceof RegoObject) return v.get(key);
    return v === undefined ? undefined : deref(v, key);
  };
}

/** Goes on from a value with keys, constant ones without a closure. `keys` are those of the path, where they are compiled already. */
export function follow(env: Env, from: Get, path: Term[], keys: readonly Get[] = []): Get {
  if (path.length === 0) return from;
  const rest = path.slice(0, -1);
  const last = path.at(-1) as Term;
  const before = follow(env, from, rest, keys);
  if (last.kind === 'const' && !env.engine.mode.reads) return followConstant(before, last.value);
  const key = keys[rest.length] ?? compileGet(env, last);
  if (env.engine.mode.reads) return followReading(before, key);
  return (c, f) => {
    const v = before(c, f);
    if (v === undefined) return undefined;
    const k = key(c, f);
    return k === undefined ? undefined : deref(v, k);
  };
}

function followConstant(before: Get, key: Value): Get {
  if (typeof key === 'string') {
    return (c, f) => {
      const v = before(c, f);
      if (v instanceof RegoObject) return v.get(key);
      return v === undefined ? undefined : deref(v, key);
    };
  }
  return (c, f) => {
    const v = before(c, f);
    return v === undefined ? undefined : deref(v, key);
  };
}

/** The same in base data. */
function followStored(env: Env, from: Get, path: Term[]): Get {
  const keys = path.map((p) => compileGet(env, p));
  return (c, f) => {
    let v = from(c, f);
    for (const key of keys) {
      const k = v === undefined ? undefined : key(c, f);
      v = v === undefined || k === undefined ? undefined : derefStored(c, v, k);
    }
    return v;
  };
}

function followReading(before: Get, key: Get): Get {
  return (c, f) => {
    const v = before(c, f);
    if (v === undefined) return undefined;
    const k = key(c, f);
    return k === undefined ? undefined : derefReading(c, v, k);
  };
}

/** Where the constant beginning of a path under `data` leads. */
export function fixedPart(
  root: TreeNode,
  path: Term[],
): { node: TreeNode | undefined; group: Group | undefined; used: number } {
  let node: TreeNode | undefined = root;
  let used = 0;
  while (used < path.length) {
    if (node.group !== undefined) break;
    const key = path[used] as Term;
    if (key.kind !== 'const') break;
    node = typeof key.value === 'string' ? node.children.get(key.value) : undefined;
    used++;
    if (node === undefined) return { node: undefined, group: undefined, used };
  }
  return { node, group: node.group, used };
}

function compileDataRef(env: Env, path: Term[]): Get {
  const { engine } = env;
  const { node, group, used } = fixedPart(engine.root, path);
  if (group !== undefined) {
    const rest = path.slice(used);
    if (group.kind === 'partial' && rest.length > 0) return compilePart(env, group, rest);
    return follow(env, (c) => groupValue(engine, c, group), rest);
  }
  if (node === undefined) return followStored(env, baseGet(path.slice(0, used)), path.slice(used));
  const keys = path.map((p) => compileGet(env, p));
  return (c, f) => {
    const values = evaluateAll(keys, c, f);
    return values === undefined ? undefined : documentAt(engine, c, values);
  };
}

/** A part of a partial document: that another part of it has two values is no error here. */
function compilePart(env: Env, group: Group, path: Term[]): Get {
  const { engine } = env;
  const keys = path.map((p) => compileGet(env, p));
  const whole = (c: Ctx, f: Frame): Value | undefined => {
    try {
      return groupValue(engine, c, group);
    } catch (error) {
      if (!(error instanceof DocumentConflict) || error.group !== group) throw error;
      const values = evaluateAll(keys, c, f);
      return values === undefined ? undefined : engine.partOfGroup(c, group, values);
    }
  };
  return follow(env, whole, path, keys);
}

function baseGet(path: Term[]): Get {
  const keys = path.map((p) => (p.kind === 'const' ? p.value : null));
  return (c) => basePath(c, keys);
}

function evaluateAll(keys: Get[], c: Ctx, f: Frame): Value[] | undefined {
  const values: Value[] = [];
  for (const key of keys) {
    const v = key(c, f);
    if (v === undefined) return undefined;
    values.push(v);
  }
  return values;
}
