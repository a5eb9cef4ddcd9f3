/**
 * Safety: puts the expressions of a body into an order in which every variable is bound before it is used, and names the
 * variables for which there is no such order.
 */
import { type Expr, eachChild, NO_WITH, type Position, type Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { shownName } from './describe.ts';
import { eachTerm } from './patterns.ts';
import { piecesOf } from './pieces.ts';
import type { BodyLocals } from './resolver.ts';
import { lookAt, lookThrough, newUnbound, plainlyBinds, startOver, type Unbound } from './unbound.ts';
import { allVars, bindable, exprVars, iterated, unifySteps } from './vars.ts';

export interface OrderContext {
  locals: BodyLocals;
  /** The number of arguments a function takes, to tell a captured result from an argument. */
  arity: (name: string) => number | undefined;
  /** Bodies in the order of evaluation, by the body as resolved; a body that is in order already is not kept. */
  ordered: Map<Expr[], Expr[]>;
  errors: RegoFailure[];
  /** Variables that were reported already. */
  reported?: Set<string>;
  /** Variables of `:=` that stay unbound since something else is. */
  assigned?: Set<string>;
}

/**
 * Orders a body and the closures in it. `bound` grows by what the body binds. Most bodies are in order as they are.
 * References of the heads may bind what the body needs: `[xs[i] | i < 2]`.
 */
export function orderBody(o: OrderContext, body: Expr[], bound: Set<string>, heads: readonly Term[] = []): Expr[] {
  const unbound = newUnbound(bound, o.locals);
  for (let i = 0; i < body.length; i++) {
    if (!evaluable(o, body[i] as Expr, bound, unbound)) return reordered(o, body, i, bound, heads);
  }
  return body;
}

/** The body with what comes too early moved behind what it needs; everything before the offset is in order. */
function reordered(o: OrderContext, body: Expr[], from: number, bound: Set<string>, heads: readonly Term[]): Expr[] {
  const unbound = newUnbound(bound, o.locals);
  const result = body.slice(0, from);
  let rest = body.slice(from);
  let lifted: Expr[] | undefined;
  while (rest.length > 0) {
    const later: Expr[] = [];
    for (const e of rest) (evaluable(o, e, bound, unbound) ? result : later).push(e);
    if (later.length === rest.length) {
      if (lifted === undefined) {
        lifted = heads.flatMap((t) => iterations(t, bound));
        rest = [...later, ...lifted];
        if (lifted.length > 0) continue;
      }
      o.assigned ??= new Set();
      for (const e of later) if (e.kind === 'assign') bindable(e.left, o.assigned);
      for (const e of later) if (!lifted.includes(e)) reportUnsafe(o, e, bound);
      result.push(...later);
      break;
    }
    rest = later;
  }
  if (result.some((e, i) => e !== body[i])) o.ordered.set(body, result);
  return result;
}

/** The references of a head that may iterate, as expressions. What they give is thrown away: the head looks again. */
function iterations(t: Term, bound: ReadonlySet<string>): Expr[] {
  const found: Expr[] = [];
  if (t.kind === 'ref' && t.path.some((p) => p.kind === 'var' && !bound.has(p.name))) {
    const left: Term = { kind: 'var', name: `$head${t.pos.offset}`, pos: t.pos };
    found.push({ kind: 'unify', left, right: t, negated: false, with: [], pos: t.pos, end: t.pos.offset });
  }
  if (!t.kind.endsWith('comprehension') && t.kind !== 'template')
    eachChild(t, (child) => found.push(...iterations(child, bound)));
  return found;
}

/** Whether the expression can be evaluated now; then what it binds is bound, and its closures are in order. */
function evaluable(o: OrderContext, e: Expr, bound: Set<string>, unbound: Unbound): boolean {
  startOver(unbound);
  lookThrough(unbound, e);
  if (unbound.count > 0) {
    if (plainlyBinds(e, unbound)) bindPlainly(unbound, bound);
    else {
      const binds = ready(o, e, bound);
      if (binds === undefined) return false;
      for (const name of binds) bound.add(name);
    }
  }
  if (unbound.closures) orderClosures(o, e, bound);
  return true;
}

function bindPlainly({ count, first, second }: Unbound, bound: Set<string>): void {
  bound.add(first as string);
  if (count === 2) bound.add(second as string);
}

/**
 * Checks the terms of a head, which see everything the body has bound. `at` is the place of a comprehension. Answers the
 * variables that nothing binds.
 */
export function checkHead(
  o: OrderContext,
  terms: Term[],
  bound: Set<string>,
  at?: Position,
): [name: string, error: RegoFailure][] {
  const unbound = newUnbound(bound, o.locals);
  for (const t of terms) lookAt(unbound, t);
  if (unbound.count === 0 && !unbound.closures) return NONE_MISSING;
  const missing: [string, RegoFailure][] = [];
  for (const t of terms) iteratedInHead(o, t, bound);
  for (const t of terms) {
    orderTermClosures(o, t, bound, t.pos);
    for (const name of allVars(t, o.locals)) {
      if (bound.has(name) || o.assigned?.has(name)) continue;
      const inTemplate = templatePosition(o, t, name);
      const error =
        inTemplate === undefined ? unsafe(name, at ?? placeOf(t, name) ?? t.pos) : undeclared(name, inTemplate);
      missing.push([name, error]);
      report(o, name, error);
    }
  }
  return missing;
}

const NONE_MISSING: [string, RegoFailure][] = [];

/** References of a head iterate, but in a call only where everything else in it is known. */
function iteratedInHead(o: OrderContext, t: Term, bound: Set<string>): void {
  const open = new Set<string>();
  const at: Expr = { kind: 'term', term: t, negated: false, with: NO_WITH, pos: t.pos, end: t.pos.offset };
  for (const { terms, name } of piecesOf(o, at, bound, true)) {
    const binds = new Set<string>();
    for (const one of terms) iterated(one, bound, binds);
    const needs = new Set<string>();
    for (const one of terms) allVars(one, o.locals, needs);
    const isReady = [...needs].every((one) =>
      one.startsWith('$piece') ? !open.has(one) : bound.has(one) || binds.has(one),
    );
    if (isReady || name === undefined) for (const one of binds) bound.add(one);
    else open.add(name);
  }
}

/** What the expression binds once its needs are met, or undefined when they are not. */
function ready(o: OrderContext, e: Expr, bound: Set<string>): Set<string> | undefined {
  const binds = bindsOf(o, e, bound);
  if (e.with.length > 0) {
    // An expression cannot bind what it replaces a document with.
    const given = new Set(bound);
    for (const w of e.with) iterated(w.value, bound, given);
    for (const w of e.with) for (const name of allVars(w.value, o.locals)) if (!given.has(name)) return undefined;
  }
  for (const name of exprVars(e, o.locals)) {
    if (!bound.has(name) && !binds.has(name)) return undefined;
  }
  return binds;
}

function bindsOf(o: OrderContext, e: Expr, bound: Set<string>): Set<string> {
  const binds = new Set<string>();
  if (e.negated) {
    const within = e.kind === 'term' && e.term.kind === 'call' ? e.term.args : negatedTerms(e);
    for (const t of within) iteratedInCalls(t, bound, binds);
    return binds;
  }
  // What is printed is looked at in comprehensions of its own.
  if (e.kind === 'logic' || (e.kind === 'term' && e.term.kind === 'call' && e.term.name === 'print')) return binds;
  if (e.kind === 'every') {
    iterated(e.domain, bound, binds);
    return binds;
  }
  eachTerm(e, (t) => {
    if (e.kind !== 'some-in' || t === e.domain) iterated(t, bound, binds);
  });
  if (e.kind === 'some-in') {
    if (e.key !== undefined) bindable(e.key, binds);
    bindable(e.value, binds);
  } else if (e.kind === 'unify' || e.kind === 'assign') {
    const known = new Set([...bound, ...binds]);
    unifySteps(e.left, e.right, known, o.locals);
    for (const name of known) if (!bound.has(name)) binds.add(name);
  } else if (e.kind === 'term') captured(o, e.term, bound, binds);
  return binds;
}

function negatedTerms(e: Expr): Term[] {
  if (e.kind === 'term') return [e.term];
  return e.kind === 'unify' ? [e.left, e.right] : [];
}

/** A call inside of a negated expression is evaluated before the negation, so that its operands may iterate. */
function iteratedInCalls(t: Term, bound: ReadonlySet<string>, into: Set<string>): void {
  if (t.kind === 'call') for (const a of t.args) iterated(a, bound, into);
  else eachChild(t, (child) => iteratedInCalls(child, bound, into));
}

/** `count(xs, n)` binds `n`: one argument more than the function takes is its result, once the arguments are known. */
function captured(o: OrderContext, t: Term, bound: ReadonlySet<string>, binds: Set<string>): void {
  if (t.kind !== 'call') return;
  const arity = o.arity(t.name ?? '');
  const last = t.args.at(-1);
  if (arity === undefined || last === undefined || t.args.length !== arity + 1) return;
  const needs = new Set<string>();
  for (const arg of t.args.slice(0, -1)) allVars(arg, o.locals, needs);
  for (const name of needs) if (!bound.has(name) && !binds.has(name)) return;
  bindable(last, binds);
}

function orderClosures(o: OrderContext, e: Expr, bound: Set<string>): void {
  eachTerm(e, (t) => orderTermClosures(o, t, bound, e.pos));
  if (e.kind === 'logic') {
    for (const { body, braced } of e.operands) {
      if (braced) orderBody(o, body, new Set(bound));
      else for (const b of body) orderClosures(o, b, bound);
    }
  }
  if (e.kind !== 'every') return;
  const inner = new Set(bound);
  if (e.key !== undefined) bindable(e.key, inner);
  bindable(e.value, inner);
  orderBody(o, e.body, inner);
}

/** `at` is where the expression begins that the term belongs to. */
function orderTermClosures(o: OrderContext, t: Term, bound: Set<string>, at: Position): void {
  switch (t.kind) {
    case 'array-comprehension':
    case 'set-comprehension':
    case 'object-comprehension': {
      const inner = new Set(bound);
      const heads = t.kind === 'object-comprehension' ? [t.key, t.head] : [t.head];
      orderBody(o, t.body, inner, heads);
      checkHead(o, heads, inner, at);
      return;
    }
    case 'template':
      for (const p of t.parts) {
        if (typeof p !== 'string') orderTemplatePart(o, p, bound, t.pos);
      }
      return;
    default:
      eachChild(t, (child) => orderTermClosures(o, child, bound, t.kind === 'call' ? t.pos : at));
  }
}

function orderTemplatePart(o: OrderContext, p: Expr, bound: Set<string>, at: Position): void {
  const inner = new Set(bound);
  const binds = bindsOf(o, p, inner);
  for (const name of binds) inner.add(name);
  orderClosures(o, p, inner);
  for (const name of exprVars(p, o.locals)) {
    if (!inner.has(name)) report(o, name, name.startsWith('$') ? undeclared(name, p.pos) : unsafe(name, at));
  }
}

/** Unsafe variables stand, for OPA, where their expression begins; each is reported once in a rule. */
function reportUnsafe(o: OrderContext, e: Expr, bound: ReadonlySet<string>): void {
  for (const { terms, at, binds } of piecesOf(o, e, bound)) {
    const names = new Set<string>();
    for (const t of terms) allVars(t, o.locals, names);
    if (e.kind === 'every') for (const name of exprVars(e, o.locals)) names.add(name);
    if (e.kind === 'logic') for (const name of exprVars(e, o.locals)) names.add(name);
    for (const name of [...names].sort()) {
      // OPA speaks neither of what it makes itself nor of what `:=` would have bound.
      if (bound.has(name) || binds.has(name) || name.startsWith('$piece') || o.assigned?.has(name)) continue;
      const shown = shownPlace(o, e, name);
      const inDomain = e.kind === 'every' && !e.body.some((b) => exprVars(b, o.locals).has(name));
      report(o, name, shown === undefined ? unsafe(name, inDomain ? e.domain.pos : at) : undeclared(name, shown));
    }
  }
}

/** Where `print` or a template shows a variable that nothing can bind there. */
function shownPlace(o: OrderContext, e: Expr, name: string): Position | undefined {
  const printed = e.kind === 'term' && e.term.kind === 'call' && e.term.name === 'print' ? e.term.args : [];
  for (const t of printed) {
    const found = placeOf(t, name);
    if (found !== undefined) return found;
  }
  let inTemplate: Position | undefined;
  eachTerm(e, (t) => {
    inTemplate ??= templatePosition(o, t, name);
  });
  return inTemplate;
}

function report(o: OrderContext, name: string, error: RegoFailure): void {
  o.reported ??= new Set();
  if (o.reported.has(name)) return;
  o.reported.add(name);
  o.errors.push(error);
}

/** Where a template uses a wildcard, which nothing can bind there. */
function templatePosition(o: OrderContext, t: Term, name: string): Position | undefined {
  if (!name.startsWith('$')) return undefined;
  if (t.kind === 'template') {
    for (const p of t.parts) if (typeof p !== 'string' && exprVars(p, o.locals).has(name)) return p.pos;
  }
  let found: Position | undefined;
  eachChild(t, (child) => {
    found ??= templatePosition(o, child, name);
  });
  return found;
}

/** Where a head uses a variable; of a call, which OPA takes out of the head, the whole call. */
function placeOf(t: Term, name: string): Position | undefined {
  if (t.kind === 'var') return t.name === name ? t.pos : undefined;
  let found: Position | undefined;
  eachChild(t, (child) => {
    found ??= placeOf(child, name);
  });
  return found !== undefined && (t.kind === 'call' || t.kind === 'ref') ? t.pos : found;
}

function undeclared(name: string, pos: Position): RegoFailure {
  return new RegoFailure('rego_compile_error', `var ${shownName(name)} is undeclared`, pos);
}

function unsafe(name: string, pos: Position): RegoFailure {
  return new RegoFailure('rego_unsafe_var_error', `var ${shownName(name)} is unsafe`, pos);
}
