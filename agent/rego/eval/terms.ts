/** Terms to closures that give one value. Every variable of the term is bound when the closure runs. */
import type { Expr, Term } from '../ast.ts';
import { equal, RegoObject, RegoSet, type Value } from '../values/value.ts';
import { compileCall } from './calls.ts';
import { type Ctx, conflict, ENTRY, type Frame, type Get, grow, ITEM, type Next } from './context.ts';
import { constant, type Env, inner, slotOf } from './env.ts';
import { bodyWith, compileTerms } from './exprs.ts';
import { compileRef } from './refs.ts';
import { templateText } from './template.ts';

export function compileGet(env: Env, t: Term): Get {
  switch (t.kind) {
    case 'const':
      return constant(t.value);
    case 'var': {
      const slot = slotOf(env, t.name);
      return (_, f) => f[slot];
    }
    case 'ref':
      return compileRef(env, t);
    case 'array':
      return compileArray(env, t.items);
    case 'set':
      return compileSet(env, t.items);
    case 'object':
      return compileObject(env, t.entries);
    case 'array-comprehension':
    case 'set-comprehension':
    case 'object-comprehension':
      return compileComprehension(env, t);
    case 'call':
      return compileCall(env, t);
    case 'template':
      return compileTemplate(env, t.parts, t.pos);
  }
}

function compileArray(env: Env, terms: Term[]): Get {
  const gets = terms.map((t) => compileGet(env, t));
  const build: Get = (c, f) => {
    const items: Value[] = new Array(gets.length);
    for (let i = 0; i < gets.length; i++) {
      const v = (gets[i] as Get)(c, f);
      if (v === undefined) return undefined;
      items[i] = v;
    }
    grow(c.run, ITEM * (items.length + 1));
    return items;
  };
  return folded(terms, build);
}

function compileSet(env: Env, terms: Term[]): Get {
  const gets = terms.map((t) => compileGet(env, t));
  const build: Get = (c, f) => {
    const set = new RegoSet();
    for (const get of gets) {
      const v = get(c, f);
      if (v === undefined) return undefined;
      set.add(v);
    }
    grow(c.run, ENTRY * (set.size + 1));
    return set;
  };
  return folded(terms, build);
}

function compileObject(env: Env, entries: [Term, Term][]): Get {
  const gets = entries.map(([k, v]): [Get, Get] => [compileGet(env, k), compileGet(env, v)]);
  const build: Get = (c, f) => {
    const object = new RegoObject();
    for (const [key, value] of gets) {
      const k = key(c, f);
      if (k === undefined) return undefined;
      const v = value(c, f);
      if (v === undefined) return undefined;
      object.set(k, v);
    }
    grow(c.run, ENTRY * (object.size + 1));
    return object;
  };
  return folded(entries.flat(), build);
}

/** A collection of constants is made once. */
function folded(terms: Term[], build: Get): Get {
  if (!terms.every((t) => t.kind === 'const')) return build;
  const value = build({ run: { bytes: 0, maxBytes: Number.POSITIVE_INFINITY } } as Ctx, []);
  return () => value;
}

type Comprehension = Extract<Term, { body: Expr[] }>;

function compileComprehension(outer: Env, t: Comprehension): Get {
  const env = inner(outer);
  const target = slotOf(env, `#collect${env.temporaries.count++}`);
  if (t.kind === 'object-comprehension') return compileObjectComprehension(env, t, target);
  const run = bodyWith(env, t.body, [t.head], ([head]) => {
    const get = head as Get;
    if (t.kind === 'array-comprehension') {
      return (c, f) => {
        const v = get(c, f);
        if (v === undefined) return false;
        grow(c.run, ITEM);
        (f[target] as Value[]).push(v);
        return false;
      };
    }
    return (c, f) => {
      const v = get(c, f);
      if (v === undefined) return false;
      grow(c.run, ENTRY);
      (f[target] as RegoSet).add(v);
      return false;
    };
  });
  return collecting(run, target, t.kind === 'array-comprehension' ? () => [] : () => new RegoSet());
}

function compileObjectComprehension(
  env: Env,
  t: Comprehension & { kind: 'object-comprehension' },
  target: number,
): Get {
  const run = bodyWith(env, t.body, [t.key, t.head], ([key, head]) => (c, f) => {
    const k = (key as Get)(c, f);
    if (k === undefined) return false;
    const v = (head as Get)(c, f);
    if (v === undefined) return false;
    const object = f[target] as RegoObject;
    const before = object.get(k);
    if (before !== undefined && !equal(before, v)) throw conflict('object keys must be unique', t.pos);
    grow(c.run, ENTRY);
    object.set(k, v);
    return false;
  });
  return collecting(run, target, () => new RegoObject());
}

function collecting(run: Next, target: number, make: () => Value): Get {
  return (c: Ctx, f: Frame) => {
    const made = make();
    f[target] = made;
    run(c, f);
    f[target] = undefined;
    return made;
  };
}

function compileTemplate(outer: Env, parts: (string | Expr)[], pos: Term['pos']): Get {
  const gets = parts.map((p): string | Get => {
    if (typeof p === 'string' || p.kind !== 'term') return typeof p === 'string' ? p : '';
    const env = inner(outer);
    const target = slotOf(env, `#collect${env.temporaries.count++}`);
    const found = `#value${env.temporaries.count++}`;
    const slot = slotOf(env, found);
    const gens = compileTerms(env, p, [p.term], ([get]) => (next) => (c, f) => {
      const v = (get as Get)(c, f);
      if (v === undefined) return false;
      f[slot] = v;
      return next(c, f);
    });
    const end: Next = (_, f) => {
      (f[target] as RegoSet).add(f[slot] as Value);
      return false;
    };
    const run = gens.reduceRight((next, gen) => gen(next), end);
    return collecting(run, target, () => new RegoSet());
  });
  return (c, f) => {
    const text = templateText(
      gets.map((g) => (typeof g === 'string' ? g : (g(c, f) as RegoSet))),
      pos,
    );
    grow(c.run, text.length);
    return text;
  };
}
