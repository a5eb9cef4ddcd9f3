/**
 * Names to what they mean: imports and rules become references under `data`, local variables become unique names,
 * calls get the full name of their function. The result is a new tree; the parser's stays as it was.
 */
import { type Expr, eachChild, type Term, type With } from '../ast.ts';
import { type Position, RegoFailure } from '../errors.ts';
import { Scope } from './scope.ts';

/** What a module's names mean outside of any rule: an import or a rule of the package, as a path of strings. */
export type Globals = Map<string, string[]>;

/** Unique names of the variables that belong to a body; the safety check needs them. */
export type BodyLocals = WeakMap<Expr[], Set<string>>;

export interface Resolver {
  globals: Globals;
  locals: BodyLocals;
  /** Aliases of imports that were used, for the strict check. */
  used: Set<string>;
  isBuiltin: (name: string) => boolean;
}

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
  const resolved = body.map((e) => resolveExpr(r, e, scope));
  r.locals.set(resolved, scope.locals);
  return resolved;
}

/** Variables of `some` and `every` that nothing uses are a mistake. Those of `some … in` may be there for the iteration. */
export function reportUnused(scope: Scope, pos: Position): void {
  const [name] = scope.unused();
  if (name !== undefined) throw new RegoFailure('rego_compile_error', `declared var ${name} unused`, pos);
}

/** Variables that appear in the body directly and are declared nowhere belong to the body. */
function declareImplicit(r: Resolver, body: Expr[], extra: Term[], scope: Scope): void {
  const declared = new Set<string>();
  const seen = new Map<string, Position>();
  const visit = (t: Term): void => {
    if (t.kind === 'var') {
      if (!seen.has(t.name)) seen.set(t.name, t.pos);
    } else if (t.kind === 'call') for (const a of t.args) visit(a);
    else if (t.kind === 'template') for (const p of t.parts) typeof p !== 'string' && eachTerm(p, visit);
    else eachChild(t, visit);
  };
  for (const e of body) {
    if (e.kind === 'assign') patternVars(e.left, (name) => declared.add(name));
    if (e.kind === 'some') for (const v of e.vars) declared.add(v.name);
    if (e.kind === 'some-in') for (const t of [e.key, e.value]) if (t) patternVars(t, (name) => declared.add(name));
    eachTerm({ ...e, with: [] }, visit);
    for (const w of e.with) if (!namesBuiltin(r, w.value, scope)) visit(w.value);
  }
  for (const t of extra) visit(t);
  scope.pending = declared;
  for (const [name, pos] of seen) {
    if (name === 'input' || name === 'data' || declared.has(name) || scope.sees(name) || r.globals.has(name)) continue;
    scope.declare(name, 'implicit', pos);
  }
}

/** The terms of an expression that belong to the body it stands in. */
export function eachTerm(e: Expr, visit: (t: Term) => void): void {
  if (e.kind === 'term') visit(e.term);
  else if (e.kind === 'unify' || e.kind === 'assign') {
    visit(e.left);
    visit(e.right);
  } else if (e.kind === 'some-in') {
    if (e.key !== undefined) visit(e.key);
    visit(e.value);
    visit(e.domain);
  } else if (e.kind === 'every') visit(e.domain);
  for (const w of e.with) visit(w.value);
}

/** Variables of a pattern on the left of `:=` or `in`: not those in keys of objects, references or calls. */
export function patternVars(t: Term, found: (name: string, pos: Position) => void): void {
  if (t.kind === 'var') found(t.name, t.pos);
  else if (t.kind === 'array') for (const item of t.items) patternVars(item, found);
  else if (t.kind === 'object') for (const [, value] of t.entries) patternVars(value, found);
}

export function resolveExpr(r: Resolver, e: Expr, scope: Scope): Expr {
  const resolve = (t: Term): Term => resolveTerm(r, t, scope);
  const withs = e.with.map((w) => resolveWith(r, w, scope));
  switch (e.kind) {
    case 'term':
      return { ...e, with: withs, term: resolve(e.term) };
    case 'unify':
      return { ...e, with: withs, left: resolve(e.left), right: resolve(e.right) };
    case 'assign': {
      const right = resolve(e.right);
      declarePattern(e.left, scope);
      if (e.left.kind !== 'var' && e.left.kind !== 'array' && e.left.kind !== 'object') {
        throw new RegoFailure('rego_compile_error', `cannot assign to ${describeTerm(e.left)}`, e.left.pos);
      }
      return { ...e, with: withs, left: resolve(e.left), right };
    }
    case 'some':
      for (const v of e.vars) declareLocal(v.name, 'declared', scope, v.pos);
      return { ...e, with: withs };
    case 'some-in': {
      const domain = resolve(e.domain);
      for (const t of [e.key, e.value]) {
        if (t !== undefined) patternVars(t, (name, pos) => declareLocal(name, 'iterated', scope, pos));
      }
      const key = e.key === undefined ? undefined : resolve(e.key);
      return { ...e, with: withs, key, value: resolve(e.value), domain };
    }
    case 'every': {
      const domain = resolve(e.domain);
      const inner = new Scope(scope, scope.namer);
      for (const t of [e.key, e.value]) if (t?.kind === 'var') declareLocal(t.name, 'declared', inner, t.pos);
      const key = e.key === undefined ? undefined : resolveTerm(r, e.key, inner);
      const value = resolveTerm(r, e.value, inner);
      inner.forgetUses();
      const body = resolveBodyIn(r, e.body, inner);
      reportUnused(inner, e.pos);
      return { ...e, with: withs, key, value, domain, body };
    }
  }
}

function declarePattern(t: Term, scope: Scope): void {
  patternVars(t, (name, pos) => declareLocal(name, 'assigned', scope, pos));
}

export function declareLocal(
  name: string,
  how: 'assigned' | 'declared' | 'iterated' | 'argument',
  scope: Scope,
  pos: Position,
): void {
  if (name === 'input' || name === 'data') {
    throw new RegoFailure(
      'rego_compile_error',
      `variables must not shadow ${name} (use a different variable name)`,
      pos,
    );
  }
  scope.declare(name, name.startsWith('$') ? 'implicit' : how, pos);
}

function resolveWith(r: Resolver, w: With, scope: Scope): With {
  const names = callPath(r, w.target, scope);
  const value = functionValue(r, w.value, scope);
  if (names === undefined) throw badWithTarget(w.pos);
  const document = names[0] === 'input' || names[0] === 'data';
  if (!document && !r.isBuiltin(names.join('.'))) throw badWithTarget(w.pos);
  const path = document ? names : [names.join('.')];
  return { ...w, target: { kind: 'const', value: path, pos: w.pos }, value };
}

function badWithTarget(pos: Position): RegoFailure {
  const message = 'with keyword target must reference existing input, data, or a function';
  return new RegoFailure('rego_type_error', message, pos);
}

function namesBuiltin(r: Resolver, t: Term, scope: Scope): boolean {
  const name = t.kind === 'var' || t.kind === 'ref' ? callName(r, t, scope) : undefined;
  return name !== undefined && r.isBuiltin(name);
}

/** The value of `with` may be a function's name, kept as a call without arguments until the rules are known. */
function functionValue(r: Resolver, t: Term, scope: Scope): Term {
  if (t.kind !== 'var' && t.kind !== 'ref') return resolveTerm(r, t, scope);
  const name = t.kind === 'var' && scope.sees(t.name) ? undefined : callName(r, t, scope);
  if (name !== undefined && r.isBuiltin(name) && !name.startsWith('data.')) {
    return { kind: 'call', fn: t, args: [], name, pos: t.pos };
  }
  return resolveTerm(r, t, scope);
}

function callName(r: Resolver, fn: Term, scope: Scope): string | undefined {
  return callPath(r, fn, scope)?.join('.');
}

/** The fixed path of a function or document, or undefined when there is none. */
function callPath(r: Resolver, fn: Term, scope: Scope): string[] | undefined {
  const head = fn.kind === 'ref' ? fn.head : fn;
  if (head.kind !== 'var') return undefined;
  const rest: string[] = [];
  for (const p of fn.kind === 'ref' ? fn.path : []) {
    if (p.kind !== 'const' || typeof p.value !== 'string') return undefined;
    rest.push(p.value);
  }
  if (scope.sees(head.name)) return undefined;
  const global = r.globals.get(head.name);
  if (global !== undefined) r.used.add(head.name);
  return [...(global ?? [head.name]), ...rest];
}

export function resolveTerm(r: Resolver, t: Term, scope: Scope): Term {
  const resolve = (x: Term): Term => resolveTerm(r, x, scope);
  switch (t.kind) {
    case 'const':
      return t;
    case 'var':
      return resolveVar(r, t, scope);
    case 'ref': {
      const head = resolve(t.head);
      const path = t.path.map(resolve);
      return head.kind === 'ref' ? { ...head, path: [...head.path, ...path], pos: t.pos } : { ...t, head, path };
    }
    case 'array':
    case 'set':
      return { ...t, items: t.items.map(resolve) };
    case 'object':
      return { ...t, entries: t.entries.map(([k, v]): [Term, Term] => [resolve(k), resolve(v)]) };
    case 'array-comprehension':
    case 'set-comprehension': {
      const { body, scope: inner } = resolveBody(r, t.body, scope, [t.head]);
      const head = resolveTerm(r, t.head, inner);
      reportUnused(inner, t.pos);
      return { ...t, body, head };
    }
    case 'object-comprehension': {
      const { body, scope: inner } = resolveBody(r, t.body, scope, [t.key, t.head]);
      const [key, head] = [resolveTerm(r, t.key, inner), resolveTerm(r, t.head, inner)];
      reportUnused(inner, t.pos);
      return { ...t, body, key, head };
    }
    case 'call': {
      const name = callName(r, t.fn, scope);
      if (name === undefined)
        throw new RegoFailure('rego_type_error', `undefined function ${describeTerm(t.fn)}`, t.pos);
      if (t.args.length === 0 && !r.isBuiltin(name)) return resolve(t.fn);
      return { ...t, name, args: t.args.map(resolve) };
    }
    case 'template':
      return { ...t, parts: t.parts.map((p) => (typeof p === 'string' ? p : resolveExpr(r, p, scope))) };
  }
}

function resolveVar(r: Resolver, t: Term & { kind: 'var' }, scope: Scope): Term {
  const local = scope.lookup(t.name);
  if (local !== undefined) return { ...t, name: local };
  if (t.name === 'input' || t.name === 'data') return { kind: 'ref', head: t, path: [], pos: t.pos };
  const global = r.globals.get(t.name);
  if (global === undefined && scope.isPending(t.name)) {
    throw new RegoFailure('rego_compile_error', `var ${t.name} referenced above`, t.pos);
  }
  if (global === undefined) throw new RegoFailure('rego_unsafe_var_error', `var ${shownName(t.name)} is unsafe`, t.pos);
  r.used.add(t.name);
  const [head = '', ...rest] = global;
  const path = rest.map((value): Term => ({ kind: 'const', value, pos: t.pos }));
  return { kind: 'ref', head: { kind: 'var', name: head, pos: t.pos }, path, pos: t.pos };
}

/** The name as the user wrote it: wildcards are numbered inside, shadowing variables carry a count. */
export function shownName(name: string): string {
  return name.startsWith('$') ? '_' : (name.split("'")[0] ?? name);
}

export function describeTerm(t: Term): string {
  if (t.kind === 'var') return shownName(t.name);
  if (t.kind === 'ref') {
    const keys = t.path.map((p) => (p.kind === 'const' && typeof p.value === 'string' ? `.${p.value}` : '[_]'));
    return describeTerm(t.head) + keys.join('');
  }
  return t.kind === 'const' ? 'a constant' : t.kind.replace('-', ' ');
}
