/**
 * Names to what they mean: imports and rules become references under `data`, local variables become unique names,
 * calls get the full name of their function. The result is a new tree; the parser's stays as it was.
 */
import type { Expr, Operand, Term, With } from '../ast.ts';
import { type Position, RegoFailure } from '../errors.ts';
import { compareStrings } from '../values/value.ts';
import { assignable, badWithTarget } from './assigned.ts';
import { callName, callPath } from './call-names.ts';
import { declareElement, declareLocal, declarePattern, refuseElement } from './declare.ts';
import { describeTerm, shownName } from './describe.ts';
import { declareImplicit, patternVars } from './implicit.ts';
import type { Resolver } from './resolver.ts';
import { Scope } from './scope.ts';
import { isRoot } from './vars.ts';

type Call = Term & { kind: 'call' };
/** One of `:=`; that of `=` has the same fields. */
type Assignment = Extract<Expr, { left: Term }>;

/** Resolves a body in a scope of its own and answers the scope, in which the head is resolved afterwards. */
export function resolveBody(
  r: Resolver,
  body: Expr[],
  parent: Scope,
  extra: Term[] = [],
): { body: Expr[]; scope: Scope } {
  const scope = new Scope(parent, parent.namer);
  return { body: resolveBodyIn(r, body, scope, extra), scope };
}

function resolveBodyIn(r: Resolver, body: Expr[], scope: Scope, extra: Term[] = []): Expr[] {
  declareImplicit(r, body, extra, scope);
  const resolved = body.slice();
  for (let i = 0; i < body.length; i++) resolved[i] = resolveExpr(r, body[i] as Expr, scope);
  r.locals.set(resolved, scope.locals);
  return resolved;
}

/** Variables of `some` and `every` that nothing uses are a mistake. Those of `some … in` may be there for the iteration. */
export function reportUnused(r: Resolver, scope: Scope, pos: Position): void {
  if (r.unused !== undefined) {
    for (const name of scope.unusedAssigned()) {
      const message = `assigned var ${name} unused`;
      r.unused.push(new RegoFailure('rego_compile_error', message, scope.placeOf(name) ?? pos));
    }
  }
  const found = scope.unused();
  // The first body of a rule is all that is told of.
  if (found.length === 0 || r.hasUnused) return;
  r.hasUnused = true;
  for (const { name, pos } of found.toSorted((a, b) => a.pos.offset - b.pos.offset || compareStrings(a.name, b.name)))
    r.errors.push(new RegoFailure('rego_compile_error', `declared var ${shownName(name)} unused`, pos));
}

/** The expressions most bodies are made of are written out, as the parser does: spreading a common part makes each twice. */
export function resolveExpr(r: Resolver, e: Expr, scope: Scope): Expr {
  const withs = e.with.length === 0 ? e.with : resolveWiths(r, e, scope);
  const { negated, pos, end } = e;
  switch (e.kind) {
    case 'term':
      return { negated, with: withs, pos, end, kind: 'term', term: resolveTerm(r, e.term, scope) };
    case 'unify': {
      const left = resolveTerm(r, e.left, scope);
      return { negated, with: withs, pos, end, kind: 'unify', left, right: resolveTerm(r, e.right, scope) };
    }
    case 'assign':
      return resolveAssign(r, e, withs, scope);
    case 'some':
      for (const v of e.vars) scope.declare(v.name, 'declared', e.pos);
      return { negated, with: withs, pos, end, kind: 'some', vars: e.vars };
    case 'some-in': {
      if (e.key !== undefined) refuseElement(e.key, e, scope);
      refuseElement(e.value, e, scope);
      const domain = resolveTerm(r, e.domain, scope);
      if (e.key !== undefined) declareElement(e.key, scope, pos);
      declareElement(e.value, scope, pos);
      const key = e.key === undefined ? undefined : resolveTerm(r, e.key, scope);
      const value = resolveTerm(r, e.value, scope);
      return { negated, with: withs, pos, end, kind: 'some-in', key, value, domain };
    }
    case 'every':
      return resolveEvery(r, e, withs, scope);
    case 'logic': {
      const operands = resolveOperands(r, e, scope);
      return { negated, with: withs, pos, end, kind: 'logic', operator: e.operator, operands };
    }
  }
}

/** The right side is looked at first: it does not see what the left declares. */
function resolveAssign(r: Resolver, e: Assignment, withs: Expr['with'], scope: Scope): Expr {
  const { negated, pos, end } = e;
  if (negated) throw new RegoFailure('rego_compile_error', 'cannot assign vars inside negated expression', pos);
  const right = resolveTerm(r, e.right, scope);
  if (e.left.kind === 'var') refuseRoot(r, e.left.name, e.left.pos);
  declarePattern(e.left, scope);
  assignable(e.left);
  const left = resolveTerm(r, e.left, scope);
  if (r.unused !== undefined) {
    patternVars(e.left, (name) => {
      scope.forgetUse(name);
      if (!name.startsWith('$')) scope.note(name, pos);
    });
  }
  return { negated, with: withs, pos, end, kind: 'assign', left, right };
}

function resolveEvery(r: Resolver, e: Expr & { kind: 'every' }, withs: Expr['with'], scope: Scope): Expr {
  const { negated, pos, end } = e;
  const domain = resolveTerm(r, e.domain, scope);
  const inner = new Scope(scope, scope.namer);
  // OPA reports what is not used at the first expression of the body.
  const place = e.body[0]?.pos ?? pos;
  for (const t of [e.key, e.value]) if (t?.kind === 'var') declareLocal(t.name, 'declared', inner, place);
  const key = e.key === undefined ? undefined : resolveTerm(r, e.key, inner);
  const value = resolveTerm(r, e.value, inner);
  inner.forgetUses();
  const body = resolveBodyIn(r, e.body, inner);
  reportUnused(r, inner, place);
  return { negated, with: withs, pos, end, kind: 'every', key, value, domain, body };
}

function resolveOperands(r: Resolver, e: Expr & { kind: 'logic' }, scope: Scope): Operand[] {
  return e.operands.map(({ body, braced }) => {
    if (braced) {
      const inner = resolveBody(r, body, scope);
      reportUnused(r, inner.scope, body[0]?.pos ?? e.pos);
      return { body: inner.body, braced };
    }
    const [first] = body;
    if (first?.kind === 'assign') {
      const where = e.operator === 'not' ? 'negated expression' : `implicit ${e.operator} operand`;
      const pos = e.operator === 'not' ? e.pos : first.pos;
      throw new RegoFailure('rego_compile_error', `cannot assign vars inside ${where}`, pos);
    }
    return { body: body.map((b) => resolveExpr(r, b, scope)), braced };
  });
}

function refuseRoot(r: Resolver, name: string, pos: Position): void {
  if (r.mayShadowRoots || !isRoot(name)) return;
  const message = `variables must not shadow ${name} (use a different variable name)`;
  throw new RegoFailure('rego_compile_error', message, pos);
}

function resolveWiths(r: Resolver, e: Expr, scope: Scope): With[] {
  const { length } = r.errors;
  const resolved = e.with.map((w) => resolveWith(r, w, e, scope));
  // The first of an expression is all that is said.
  r.errors.length = Math.min(r.errors.length, length + 1);
  return resolved;
}

function resolveWith(r: Resolver, w: With, e: Expr, scope: Scope): With {
  const names = callPath(r, w.target, scope);
  const value = functionValue(r, w.value, scope);
  if (names === undefined) return { ...w, target: computedTarget(r, w.target, e, scope), value };
  placeRoot(r, w.target);
  const document = names[0] === 'input' || names[0] === 'data';
  if (!document && !r.isBuiltin(names.join('.'))) r.errors.push(badWithTarget(w.target.pos));
  const refused = r.refuseTarget(names);
  if (refused !== undefined) r.errors.push(new RegoFailure('rego_compile_error', refused, w.target.pos));
  const path = document ? names : [names.join('.')];
  if (names[0] === 'data') noteReplaced(r, names, w.target.pos);
  return { ...w, target: { kind: 'const', value: path, pos: w.pos }, value };
}

/** To the check for recursion, what is replaced counts as used. */
function noteReplaced(r: Resolver, names: string[], pos: Position): void {
  const path = names.slice(1).map((value): Term => ({ kind: 'const', value, pos }));
  noted(r, { kind: 'ref', head: { kind: 'var', name: 'data', pos }, path, pos });
}

/** A path that is no list of names compiles, as in OPA, and has no place to put the value when it is evaluated. */
function computedTarget(r: Resolver, t: Term, e: Expr, scope: Scope): Term {
  const head = t.kind === 'ref' && t.head.kind === 'var' ? t.head.name : '';
  const path = r.globals.get(head);
  if (t.kind !== 'ref' || scope.sees(head) || (!isRoot(head) && path === undefined)) throw badWithTarget(t.pos);
  const refused = path && r.refuseTarget([...path, '']);
  if (refused !== undefined) r.errors.push(new RegoFailure('rego_compile_error', refused, t.pos));
  const isKnown = (name: string): boolean =>
    scope.lookup(name) !== undefined || r.globals.has(name) || scope.isPending(name);
  for (const key of t.path) {
    if (key.kind !== 'var' || isKnown(key.name)) continue;
    r.errors.push(new RegoFailure('rego_unsafe_var_error', `var ${shownName(key.name)} is unsafe`, e.pos));
  }
  return t;
}

/** The value of `with` may be a function's name, kept as a call without arguments until the rules are known. */
function functionValue(r: Resolver, t: Term, scope: Scope): Term {
  if (t.kind !== 'var' && t.kind !== 'ref') return resolveTerm(r, t, scope);
  const name = t.kind === 'var' && scope.sees(t.name) ? undefined : callName(r, t, scope);
  if (name !== undefined && r.isBuiltin(name) && !name.startsWith('data.')) {
    return noted(r, { kind: 'call', fn: t, args: [], name, pos: t.pos });
  }
  return resolveTerm(r, t, scope);
}

/**
 * What needs no change is taken over as it is; bodies are always made anew, as they are told apart by identity. No closure
 * stands in this function: every call would pay for the variables it captures.
 */
export function resolveTerm(r: Resolver, t: Term, scope: Scope): Term {
  switch (t.kind) {
    case 'const':
      return t;
    case 'var': {
      const found = resolveVar(r, t, scope);
      return found.kind === 'ref' ? noted(r, found) : found;
    }
    case 'ref':
      return resolveRef(r, t, scope);
    case 'array':
    case 'set': {
      const items = resolveTerms(r, t.items, scope);
      return items === t.items ? t : { kind: t.kind, items, pos: t.pos };
    }
    case 'object':
      return { kind: 'object', entries: resolveEntries(r, t.entries, scope), pos: t.pos };
    case 'array-comprehension':
    case 'set-comprehension': {
      const { body, scope: inner } = resolveBody(r, t.body, scope, [t.head]);
      const head = resolveTerm(r, t.head, inner);
      reportUnused(r, inner, t.pos);
      return { kind: t.kind, head, body, pos: t.pos };
    }
    case 'object-comprehension': {
      const { body, scope: inner } = resolveBody(r, t.body, scope, [t.key, t.head]);
      const key = resolveTerm(r, t.key, inner);
      const head = resolveTerm(r, t.head, inner);
      reportUnused(r, inner, t.pos);
      return { kind: 'object-comprehension', key, head, body, pos: t.pos };
    }
    case 'call': {
      const name = callName(r, t.fn, scope);
      if (name === undefined)
        throw new RegoFailure('rego_type_error', `undefined function ${describeTerm(t.fn)}`, t.pos);
      if (t.args.length === 0 && !r.isBuiltin(name)) {
        if (!r.isConstantFunction(name)) throw new RegoFailure('rego_type_error', `undefined function ${name}`, t.pos);
        return resolveTerm(r, t.fn, scope);
      }
      placeRoot(r, t.fn);
      return noted(r, calling(t, name, resolveTerms(r, t.args, scope)));
    }
    case 'template':
      return { ...t, parts: resolveParts(r, t.parts, scope) };
  }
}

/** One of two shapes, whatever the parser's call looked like. */
function calling({ fn, pos, infix }: Call, name: string, args: Term[]): Call {
  return infix === undefined ? { kind: 'call', fn, args, pos, name } : { kind: 'call', fn, args, pos, infix, name };
}

function resolveEntries(r: Resolver, entries: [Term, Term][], scope: Scope): [Term, Term][] {
  const resolved = entries.slice();
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as [Term, Term];
    resolved[i] = [resolveTerm(r, entry[0], scope), resolveTerm(r, entry[1], scope)];
  }
  return resolved;
}

function resolveParts(r: Resolver, parts: (string | Expr)[], scope: Scope): (string | Expr)[] {
  return parts.map((p) => (typeof p === 'string' ? p : resolveExpr(r, p, scope)));
}

/** The list itself where nothing in it needs a change. */
export function resolveTerms(r: Resolver, terms: Term[], scope: Scope): Term[] {
  let made: Term[] | undefined;
  for (let i = 0; i < terms.length; i++) {
    const t = terms[i] as Term;
    const resolved = resolveTerm(r, t, scope);
    if (resolved === t) continue;
    made ??= terms.slice();
    made[i] = resolved;
  }
  return made ?? terms;
}

function resolveRef(r: Resolver, t: Term & { kind: 'ref' }, scope: Scope): Term {
  if (t.head.kind === 'var' && isRoot(t.head.name) && !scope.sees(t.head.name)) {
    const path = resolveTerms(r, t.path, scope);
    return noted(r, path === t.path ? t : { kind: 'ref', head: t.head, path, pos: t.pos });
  }
  const head = t.head.kind === 'var' ? resolveVar(r, t.head, scope) : resolveTerm(r, t.head, scope);
  const path = resolveTerms(r, t.path, scope);
  if (head.kind === 'ref') return noted(r, { kind: 'ref', head: head.head, path: head.path.concat(path), pos: t.pos });
  return head === t.head && path === t.path ? t : { kind: 'ref', head, path, pos: t.pos };
}

function noted<T extends Term & { kind: 'call' | 'ref' }>(r: Resolver, t: T): T {
  if (t.kind === 'call') {
    const name = t.name as string;
    const arity = r.plain.get(name);
    if (arity !== undefined) r.called.add(name);
    if (arity !== t.args.length) r.mentions.calls.push(t);
  } else if (t.head.kind === 'var' && t.head.name === 'data') r.mentions.documents.push(t);
  return t;
}

/**
 * All references of a module by one import share their root, and so do those to rules of its package. Its place is that of
 * the last of them: there OPA reports errors.
 */
function rootOf(r: Resolver, t: Term & { kind: 'var' }, name: string): Term {
  let root = r.roots.get(t.name);
  if (root === undefined) {
    const isOwn = !r.imported.has(t.name);
    root = (isOwn ? r.roots.get('') : undefined) ?? { kind: 'var', name, pos: t.pos };
    if (isOwn) r.roots.set('', root);
    r.roots.set(t.name, root);
  }
  if (root.pos.offset < t.pos.offset) root.pos = t.pos;
  return root;
}

/** What is called or replaced is a use of the root as well. */
function placeRoot(r: Resolver, t: Term): void {
  const head = t.kind === 'ref' ? t.head : t;
  const path = head.kind === 'var' ? r.globals.get(head.name) : undefined;
  if (path !== undefined) rootOf(r, head as Term & { kind: 'var' }, path[0] ?? '');
}

function resolveVar(r: Resolver, t: Term & { kind: 'var' }, scope: Scope): Term {
  const root = isRoot(t.name);
  if (root && !scope.sees(t.name)) return { kind: 'ref', head: t, path: [], pos: t.pos };
  const local = scope.lookup(t.name);
  if (local !== undefined) return local === t.name && !root ? t : { kind: 'var', name: local, pos: t.pos };
  const global = r.globals.get(t.name);
  if (global === undefined && scope.isPending(t.name)) {
    // The declaration further down is refused, as its name was looked up already.
    return t;
  }
  if (global === undefined) throw new RegoFailure('rego_unsafe_var_error', `var ${shownName(t.name)} is unsafe`, t.pos);
  r.used.add(t.name);
  const path = new Array<Term>(global.length - 1);
  for (let i = 1; i < global.length; i++) path[i - 1] = { kind: 'const', value: global[i] as string, pos: t.pos };
  return { kind: 'ref', head: rootOf(r, t, global[0] ?? ''), path, pos: t.pos };
}
