/** Expressions to closures. A body becomes a chain in which each closure calls the next once for every solution. */
import type { Expr, Term, With } from '../ast.ts';
import { arityOf } from '../compile/program.ts';
import { allVars, bindable, unifySteps } from '../compile/vars.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import type { Ctx, Frame, Gen, Get, Next } from './context.ts';
import { tick } from './context.ts';
import { type Env, inner, orderedBody, slotOf, temporary } from './env.ts';
import { instrument, operandsOf } from './instrument.ts';
import { note } from './lookup.ts';
import { compileMatch } from './match.ts';
import { negation } from './negation.ts';
import { needsScan, scan, scanCall } from './scan.ts';
import { compileGet } from './terms.ts';
import { enterWith } from './with.ts';

/** The body, then the terms of a head, then what `final` makes of their values. */
export function bodyWith(env: Env, body: Expr[], heads: Term[], final: (gets: Get[]) => Next): Next {
  const gens = orderedBody(env, body).flatMap((e) => compileExpr(env, e));
  const prepared = heads.map((t) => prepare(env, t, gens));
  const end = final(prepared.map((t) => compileGet(env, t)));
  return gens.reduceRight((next, gen) => gen(next), end);
}

export function compileExpr(env: Env, e: Expr): Gen[] {
  if (e.kind === 'some') return [];
  const operands = operandsOf(env, e);
  if (e.negated) return [instrument(env, e, negation(env, e), operands)];
  const gens = withGens(env, e, () => compileCore(env, e));
  return env.engine.mode.trace || env.engine.mode.coverage ? [instrument(env, e, chain(gens), operands)] : gens;
}

function chain(gens: Gen[]): Gen {
  return (next) => gens.reduceRight((then, gen) => gen(then), next);
}

/** Compiles terms of an expression under its `with` modifiers, hoisting what iterates. */
export function compileTerms(env: Env, e: Expr, terms: Term[], make: (gets: Get[]) => Gen): Gen[] {
  return withGens(env, e, () => {
    const gens: Gen[] = [];
    const prepared = terms.map((t) => prepare(env, t, gens));
    gens.push(make(prepared.map((t) => compileGet(env, t))));
    return gens;
  });
}

export function withGens(env: Env, e: Expr, compile: () => Gen[]): Gen[] {
  if (e.with.length === 0) return compile();
  const gens: Gen[] = [];
  const withs = e.with.map(
    (w): With => ({ ...w, value: isFunctionName(w.value) ? w.value : prepare(env, w.value, gens) }),
  );
  gens.push(enterWith(env, withs));
  gens.push(...compile());
  gens.push((next) => (c, f) => next(c.outer as Ctx, f));
  return gens;
}

function isFunctionName(t: Term): boolean {
  return t.kind === 'call' && t.name !== undefined && t.args.length === 0;
}

export function compileCore(env: Env, e: Expr): Gen[] {
  switch (e.kind) {
    case 'term':
      return compileTermExpr(env, e.term);
    case 'unify':
    case 'assign':
      return compileUnify(env, e.left, e.right);
    case 'some-in':
      return compileSomeIn(env, e);
    case 'every':
      return compileEvery(env, e);
    case 'logic':
      return [compileLogic(env, e)];
    case 'some':
      return [];
  }
}

function compileTermExpr(env: Env, t: Term): Gen[] {
  if (t.kind === 'call') {
    const arity = arityOf(env.engine.program, t.name as string);
    if (arity !== undefined && t.args.length === arity + 1) {
      const call: Term = { ...t, args: t.args.slice(0, -1) };
      return compileUnify(env, t.args.at(-1) as Term, call);
    }
  }
  const gens: Gen[] = [];
  const get = compileGet(env, prepare(env, t, gens));
  gens.push((next) => (c, f) => {
    const v = get(c, f);
    return v === undefined || v === false ? false : next(c, f);
  });
  return gens;
}

function compileUnify(env: Env, left: Term, right: Term): Gen[] {
  const gens: Gen[] = [];
  const l = prepare(env, left, gens);
  const r = prepare(env, right, gens);
  const known = new Set(env.bound);
  const { steps, never } = unifySteps(l, r, known, env.engine.program.locals);
  if (never) {
    // The shapes cannot be equal; what iterates before still runs, as it may fail.
    gens.push(() => () => false);
    return gens;
  }
  for (const { pattern, value } of steps) {
    const get = compileGet(env, value);
    gens.push(matchGen(env, pattern, get));
  }
  return gens;
}

function matchGen(env: Env, pattern: Term, get: Get): Gen {
  if (pattern.kind === 'var' && !env.bound.has(pattern.name)) {
    const slot = slotOf(env, pattern.name);
    env.bound.add(pattern.name);
    return (next) => (c, f) => {
      const v = get(c, f);
      if (v === undefined) return false;
      f[slot] = v;
      return next(c, f);
    };
  }
  const match = compileMatch(env, pattern);
  return (next) => (c, f) => {
    const v = get(c, f);
    return v !== undefined && match(c, f, v) && next(c, f);
  };
}

function compileSomeIn(env: Env, e: Expr & { kind: 'some-in' }): Gen[] {
  const gens: Gen[] = [];
  const domain = compileGet(env, prepare(env, e.domain, gens));
  const key = e.key === undefined ? undefined : compileMatch(env, prepare(env, e.key, gens));
  const pattern = prepare(env, e.value, gens);
  const reading = env.engine.mode.reads;
  if (key === undefined && !reading && pattern.kind === 'var' && !env.bound.has(pattern.name)) {
    gens.push(eachInto(slotOf(env, pattern.name), domain));
    env.bound.add(pattern.name);
    return gens;
  }
  const value = compileMatch(env, pattern);
  gens.push((next) => (c, f) => {
    const collection = domain(c, f);
    if (collection === undefined) return false;
    return eachElement(c, collection, (k, v) => {
      if (reading) note(c, collection, k, v);
      return (key === undefined || key(c, f, k)) && value(c, f, v) && next(c, f);
    });
  });
  return gens;
}

/** `some x in xs` for a new `x`, by far the commonest form. */
function eachInto(slot: number, domain: Get): Gen {
  return (next) => (c, f) => {
    const collection = domain(c, f);
    if (!Array.isArray(collection)) {
      return (
        collection !== undefined &&
        eachElement(c, collection, (_, v) => {
          f[slot] = v;
          return next(c, f);
        })
      );
    }
    for (let i = 0; i < collection.length; i++) {
      tick(c.run);
      f[slot] = collection[i] as Value;
      if (next(c, f)) return true;
    }
    return false;
  };
}

function compileEvery(env: Env, e: Expr & { kind: 'every' }): Gen[] {
  const gens: Gen[] = [];
  const domain = compileGet(env, prepare(env, e.domain, gens));
  const within = inner(env);
  const key = e.key === undefined ? undefined : compileMatch(within, e.key);
  const value = compileMatch(within, e.value);
  const satisfied = bodyWith(within, e.body, [], () => () => true);
  const reading = env.engine.mode.reads;
  gens.push((next) => (c, f) => {
    const collection = domain(c, f);
    if (collection === undefined || !isCollection(collection)) return false;
    const failed = eachElement(c, collection, (k, v) => {
      if (reading) note(c, collection, k, v);
      if (key !== undefined) key(c, f, k);
      value(c, f, v);
      return !satisfied(c, f);
    });
    return failed ? false : next(c, f);
  });
  return gens;
}

/** Each operand asks whether its body has any solution; the second of two is asked only where it matters. */
function compileLogic(env: Env, e: Expr & { kind: 'logic' }): Gen {
  const [first, second] = e.operands.map(({ body }) => bodyWith(inner(env), body, [], () => () => true));
  const left = first as Next;
  const right = second ?? left;
  switch (e.operator) {
    case 'not':
      return (next) => (c, f) => !left(c, f) && next(c, f);
    case 'and':
      return (next) => (c, f) => left(c, f) && right(c, f) && next(c, f);
    case 'or':
      return (next) => (c, f) => (left(c, f) || right(c, f)) && next(c, f);
  }
}

function isCollection(v: Value): boolean {
  return Array.isArray(v) || v instanceof RegoObject || v instanceof RegoSet;
}

/** Visits keys and values of a collection until the visitor answers true. The keys of a set are its elements. */
export function eachElement(c: Ctx, v: Value, visit: (key: Value, value: Value) => boolean): boolean {
  if (Array.isArray(v)) {
    for (let i = 0; i < v.length; i++) {
      tick(c.run);
      if (visit(i, v[i] as Value)) return true;
    }
    return false;
  }
  if (v instanceof RegoObject) {
    for (const key of v.keys()) {
      tick(c.run);
      if (visit(key, v.get(key) as Value)) return true;
    }
    return false;
  }
  if (v instanceof RegoSet) {
    for (const item of v.items()) {
      tick(c.run);
      if (visit(item, item)) return true;
    }
  }
  return false;
}

/** Replaces what iterates inside a term by temporary variables, and adds the iterations before it. */
export function prepare(env: Env, t: Term, gens: Gen[]): Term {
  switch (t.kind) {
    case 'ref': {
      const head = prepare(env, t.head, gens);
      const path = t.path.map((p) => (isBindable(env, p) ? p : prepare(env, p, gens)));
      const ref: Term & { kind: 'ref' } = { ...t, head, path };
      if (!needsScan(env, ref)) return ref;
      const target = temporary(env, t.pos);
      gens.push(scan(env, ref, target));
      return target;
    }
    case 'call': {
      const call: Term & { kind: 'call' } = { ...t, args: t.args.map((a) => prepare(env, a, gens)) };
      if (env.engine.program.builtins[t.name as string]?.relation === undefined) return call;
      const target = temporary(env, t.pos);
      gens.push(scanCall(env, call, target));
      return target;
    }
    case 'array':
    case 'set':
      return { ...t, items: t.items.map((item) => prepare(env, item, gens)) };
    case 'object':
      return {
        ...t,
        entries: t.entries.map(([k, v]): [Term, Term] => [prepare(env, k, gens), prepare(env, v, gens)]),
      };
    default:
      return t;
  }
}

/** A key with a variable that is not bound yet is bound by the iteration, not evaluated. */
function isBindable(env: Env, t: Term): boolean {
  const names = new Set<string>();
  bindable(t, names);
  for (const name of names) if (!env.bound.has(name)) return t.kind === 'var' || isPlainPattern(env, t);
  return false;
}

function isPlainPattern(env: Env, t: Term): boolean {
  return [...allVars(t, env.engine.program.locals)].length > 0 && (t.kind === 'array' || t.kind === 'object');
}

export type { Frame };
