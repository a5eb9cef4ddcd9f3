/** Patterns: bind the variables that are free, compare the rest. */
import type { Term } from '../ast.ts';
import { equal, RegoObject, type Value } from '../values/value.ts';
import type { Ctx, Frame, Get } from './context.ts';
import { type Env, slotOf } from './env.ts';
import { noteWhole } from './lookup.ts';
import { compileGet } from './terms.ts';

export type Match = (c: Ctx, f: Frame, v: Value) => boolean;

/** Compiles a pattern and marks its free variables as bound. */
export function compileMatch(env: Env, t: Term): Match {
  if (t.kind === 'var' && !env.bound.has(t.name)) {
    const slot = slotOf(env, t.name);
    env.bound.add(t.name);
    return (_, f, v) => {
      f[slot] = v;
      return true;
    };
  }
  if (t.kind === 'array') return matchArray(t.items.map((item) => compileMatch(env, item)));
  if (t.kind === 'object') return matchObject(env, t.entries);
  const get = compileGet(env, t);
  if (env.engine.mode.reads) {
    return (c, f, v) => {
      const other = get(c, f);
      noteWhole(c, v);
      noteWhole(c, other);
      return other !== undefined && equal(other, v);
    };
  }
  return (c, f, v) => {
    const other = get(c, f);
    return other !== undefined && equal(other, v);
  };
}

function matchArray(items: Match[]): Match {
  return (c, f, v) => {
    if (!Array.isArray(v) || v.length !== items.length) return false;
    for (let i = 0; i < items.length; i++) if (!(items[i] as Match)(c, f, v[i])) return false;
    return true;
  };
}

function matchObject(env: Env, entries: [Term, Term][]): Match {
  const fields = entries.map(([k, v]): [Get, Match] => [compileGet(env, k), compileMatch(env, v)]);
  return (c, f, v) => {
    if (!(v instanceof RegoObject) || v.size !== fields.length) return false;
    for (const [key, match] of fields) {
      const k = key(c, f);
      const value = k === undefined ? undefined : v.get(k);
      if (value === undefined || !match(c, f, value)) return false;
    }
    return true;
  };
}
