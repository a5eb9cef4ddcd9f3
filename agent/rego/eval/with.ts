/** `with`: a context in which input, data or functions are replaced, with caches of its own. */
import type { Position, With } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { fromJs } from '../values/json.ts';
import { RegoObject, type Value } from '../values/value.ts';
import type { Ctx, Gen, Get, Mock } from './context.ts';
import type { Env } from './env.ts';
import { compileGet } from './terms.ts';

type Change = { path: string[]; get: Get } | { path: string[]; mock: string } | { computed: Position };

export function enterWith(env: Env, withs: With[]): Gen {
  const changes = withs.map((w) => compileChange(env, w));
  return (next) => (c, f) => {
    const made: Ctx = { ...c, documents: [], packages: new Map(), calls: new Map(), outer: c };
    for (const change of changes) {
      if ('computed' in change) throw new RegoFailure('eval_conflict_error', 'bad document path', change.computed);
      if ('mock' in change) {
        replaceFunction(made, change.path[0] as string, { kind: 'function', name: change.mock });
        continue;
      }
      const value = change.get(c, f);
      if (value === undefined) return false;
      apply(made, change.path, value);
    }
    return next(made, f);
  };
}

function compileChange(env: Env, w: With): Change {
  if (w.target.kind !== 'const') return { computed: w.pos };
  const path = w.target.value as string[];
  const name = functionName(env, w);
  if (name !== undefined && path[0] !== 'input' && !isDocument(env, path))
    return { path: functionPath(path), mock: name };
  return { path: isFunction(env, path) ? functionPath(path) : path, get: compileGet(env, w.value) };
}

function isDocument(env: Env, path: string[]): boolean {
  return path[0] === 'data' && !isFunction(env, path);
}

function isFunction(env: Env, path: string[]): boolean {
  return env.engine.program.tree.functions.has(path.join('.'));
}

/** Functions are known by their full name in one string. */
function functionPath(path: string[]): string[] {
  return [path.join('.')];
}

/** The function the value of `with` names, if it names one. */
export function functionName(env: Env, w: With): string | undefined {
  const t = w.value;
  if (t.kind === 'call' && t.args.length === 0 && t.name !== undefined) {
    const builtin = env.engine.program.builtins[t.name];
    return builtin !== undefined && builtin.args.length > 0 ? t.name : undefined;
  }
  if (t.kind !== 'ref' || t.head.kind !== 'var' || t.head.name !== 'data') return undefined;
  const names = t.path.map((p) => (p.kind === 'const' && typeof p.value === 'string' ? p.value : '\0'));
  const name = `data.${names.join('.')}`;
  return env.engine.program.tree.functions.has(name) ? name : undefined;
}

function apply(c: Ctx, path: string[], value: Value): void {
  const [root, ...rest] = path;
  if (root === 'input') c.input = put(c.input, rest, value);
  else if (root === 'data') {
    const data = put(c.data, rest, value);
    c.data = data instanceof RegoObject ? data : new RegoObject();
    c.overrides = [...(c.overrides ?? []), rest];
  } else replaceFunction(c, root as string, { kind: 'value', value });
}

function replaceFunction(c: Ctx, name: string, mock: Mock): void {
  c.mocks = new Map(c.mocks ?? []);
  c.mocks.set(name, mock);
}

/** A copy of the document with the value at the path; what stands in the way becomes an object. */
function put(document: Value | undefined, path: string[], value: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = document instanceof RegoObject ? copyOf(document) : (fromJs({}) as RegoObject);
  return copy.set(key, put(copy.get(key), rest, value));
}

function copyOf(object: RegoObject): RegoObject {
  const copy = new RegoObject();
  for (const key of object.keys()) copy.set(key, object.get(key) as Value);
  return copy;
}
