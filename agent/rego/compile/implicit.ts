/** Variables that nothing declares: they belong to the body in which they appear directly. */
import type { Expr, Term } from '../ast.ts';
import type { Position } from '../errors.ts';
import { namesBuiltin } from './call-names.ts';
import type { Resolver } from './resolver.ts';
import type { Scope } from './scope.ts';

/** Variables that appear in the body directly and are declared nowhere belong to the body. */
export function declareImplicit(r: Resolver, body: Expr[], extra: Term[], scope: Scope): void {
  for (const e of body) {
    if (e.kind === 'assign') expectPattern(e.left, scope);
    if (e.kind === 'some') for (const v of e.vars) scope.expect(v.name);
    if (e.kind === 'some-in') {
      if (e.key !== undefined) expectPattern(e.key, scope);
      expectPattern(e.value, scope);
    }
  }
  for (const e of body) {
    implicitInExpr(r, e, scope);
    if (e.with.length === 0) continue;
    for (const w of e.with) if (!namesBuiltin(r, w.value, scope)) implicit(r, w.value, scope);
  }
  for (const t of extra) implicit(r, t, scope);
}

function expectPattern(t: Term, scope: Scope): void {
  if (t.kind === 'var') scope.expect(t.name);
  else patternVars(t, (name) => scope.expect(name));
}

/** The expression without its `with`. */
function implicitInExpr(r: Resolver, e: Expr, scope: Scope): void {
  switch (e.kind) {
    case 'term':
      implicit(r, e.term, scope);
      return;
    case 'unify':
    case 'assign':
      implicit(r, e.left, scope);
      implicit(r, e.right, scope);
      return;
    case 'some-in':
      if (e.key !== undefined) implicit(r, e.key, scope);
      implicit(r, e.value, scope);
      implicit(r, e.domain, scope);
      return;
    case 'every':
      implicit(r, e.domain, scope);
      return;
    case 'logic':
      for (const { body, braced } of e.operands) {
        if (braced) continue;
        for (const b of body) {
          implicitInExpr(r, b, scope);
          for (const w of b.with) if (!namesBuiltin(r, w.value, scope)) implicit(r, w.value, scope);
        }
      }
      return;
    default:
  }
}

/** Declares the variables of a term, closures apart, that nothing else declares. */
function implicit(r: Resolver, t: Term, scope: Scope): void {
  switch (t.kind) {
    case 'var':
      if (t.name === 'input' || t.name === 'data' || scope.expects(t.name)) return;
      if (!scope.sees(t.name) && !r.globals.has(t.name)) scope.declare(t.name, 'implicit', t.pos);
      return;
    case 'call':
      implicitInAll(r, t.args, scope);
      return;
    case 'ref':
      implicit(r, t.head, scope);
      implicitInAll(r, t.path, scope);
      return;
    case 'array':
    case 'set':
      implicitInAll(r, t.items, scope);
      return;
    case 'object':
      for (let i = 0; i < t.entries.length; i++) implicitInAll(r, t.entries[i] as [Term, Term], scope);
      return;
    case 'template':
      for (const p of t.parts) {
        if (typeof p === 'string') continue;
        implicitInExpr(r, p, scope);
        for (const w of p.with) implicit(r, w.value, scope);
      }
      return;
    default:
  }
}

/** Counted through: see `lookAtAll` in `unbound.ts`. */
function implicitInAll(r: Resolver, terms: readonly Term[], scope: Scope): void {
  for (let i = 0; i < terms.length; i++) {
    const t = terms[i] as Term;
    if (t.kind !== 'const') implicit(r, t, scope);
  }
}

/** Variables of a pattern on the left of `:=` or `in`: not those in keys of objects, references or calls. */
export function patternVars(t: Term, found: (name: string, pos: Position) => void): void {
  if (t.kind === 'var') found(t.name, t.pos);
  else if (t.kind === 'array') for (const item of t.items) patternVars(item, found);
  else if (t.kind === 'object') for (const [, value] of t.entries) patternVars(value, found);
}
