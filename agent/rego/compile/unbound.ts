/** A quick look for variables that are not bound, without a set of those that are used: most bodies are in order already. */
import type { Expr, Term } from '../ast.ts';
import type { BodyLocals } from './resolve.ts';

/** What is searched, and what was found. */
export interface Unbound {
  bound: ReadonlySet<string>;
  locals: BodyLocals;
  /** Variables of the closures around the place that is looked at. Names are unique within a rule. */
  own: ReadonlySet<string>[];
  /** Each variable that is not bound, as often as it was met. */
  names: string[];
  /** There are closures or templates, whose bodies have to be put in order. */
  closures: boolean;
}

export function newUnbound(bound: ReadonlySet<string>, locals: BodyLocals): Unbound {
  return { bound, locals, own: [], names: [], closures: false };
}

/** Looks through an expression; through the body of `every` as well. */
export function lookThrough(u: Unbound, e: Expr): void {
  switch (e.kind) {
    case 'term':
      lookAt(u, e.term);
      break;
    case 'unify':
    case 'assign':
      lookAt(u, e.left);
      lookAt(u, e.right);
      break;
    case 'some-in':
      if (e.key !== undefined) lookAt(u, e.key);
      lookAt(u, e.value);
      lookAt(u, e.domain);
      break;
    case 'every':
      lookAt(u, e.domain);
      lookInside(u, e.body, []);
      break;
    case 'logic':
      for (const { body } of e.operands) lookInside(u, body, []);
      break;
    default:
  }
  for (const w of e.with) lookAt(u, w.value);
}

export function lookAt(u: Unbound, t: Term): void {
  switch (t.kind) {
    case 'const':
      return;
    case 'var':
      if (t.name !== 'data' && t.name !== 'input' && !u.bound.has(t.name)) missing(u, t.name);
      return;
    case 'ref':
      lookAt(u, t.head);
      for (const p of t.path) if (p.kind !== 'const') lookAt(u, p);
      return;
    case 'call':
      for (const a of t.args) lookAt(u, a);
      return;
    case 'array':
    case 'set':
      for (const item of t.items) lookAt(u, item);
      return;
    case 'object':
      for (const [k, v] of t.entries) {
        lookAt(u, k);
        lookAt(u, v);
      }
      return;
    case 'template':
      u.closures = true;
      for (const p of t.parts) if (typeof p !== 'string') lookThrough(u, p);
      return;
    case 'object-comprehension':
      lookInside(u, t.body, [t.key, t.head]);
      return;
    default:
      lookInside(u, t.body, [t.head]);
  }
}

function lookInside(u: Unbound, body: Expr[], heads: Term[]): void {
  u.closures = true;
  const own = u.locals.get(body);
  if (own !== undefined) u.own.push(own);
  for (const e of body) lookThrough(u, e);
  for (const h of heads) lookAt(u, h);
  if (own !== undefined) u.own.pop();
}

function missing(u: Unbound, name: string): void {
  for (const own of u.own) if (own.has(name)) return;
  u.names.push(name);
}

/**
 * What an expression binds whose only unknown variables are those it plainly gives a value, or undefined when that needs
 * a closer look.
 */
export function plainlyBinds(e: Expr, unknown: readonly string[]): readonly string[] | undefined {
  if (unknown.length === 0) return unknown;
  if (e.negated || e.with.length > 0) return undefined;
  if (e.kind === 'assign' || e.kind === 'unify') {
    const [name] = unknown;
    return unknown.length === 1 && (isVar(e.left, name) || isVar(e.right, name)) ? unknown : undefined;
  }
  if (e.kind !== 'some-in' || (e.key !== undefined && e.key.kind !== 'var') || e.value.kind !== 'var') return undefined;
  const [first, second] = unknown;
  const key = e.key?.name;
  const value = e.value.name;
  if (unknown.length === 1) return first === key || first === value ? unknown : undefined;
  return unknown.length === 2 && first === key && second === value && key !== value ? unknown : undefined;
}

function isVar(t: Term, name: string | undefined): boolean {
  return t.kind === 'var' && t.name === name;
}
