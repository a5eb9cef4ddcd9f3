/** A quick look for variables that are not bound, without a set of those that are used: most bodies are in order already. */
import type { Expr, Term } from '../ast.ts';
import type { BodyLocals } from './resolver.ts';

/** What is searched, and what was found. */
export interface Unbound {
  bound: ReadonlySet<string>;
  locals: BodyLocals;
  /** Variables of the closures around the place that is looked at. Names are unique within a rule. */
  own: ReadonlySet<string>[];
  /** How often a variable that is not bound was met, and the first two of them: nobody asks for more. */
  count: number;
  first: string | undefined;
  second: string | undefined;
  /** There are closures or templates, whose bodies have to be put in order. */
  closures: boolean;
}

export function newUnbound(bound: ReadonlySet<string>, locals: BodyLocals): Unbound {
  return { bound, locals, own: NOTHING_OWN, count: 0, first: undefined, second: undefined, closures: false };
}

/** Until a closure is met, which in most bodies is never. Nobody adds to it. */
const NOTHING_OWN: ReadonlySet<string>[] = [];

/** Forgets what was found, so that one of these does for a whole body. */
export function startOver(u: Unbound): void {
  u.count = 0;
  u.closures = false;
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
  if (e.with.length > 0) for (const w of e.with) lookAt(u, w.value);
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
      lookAtAll(u, t.path);
      return;
    case 'call':
      lookAtAll(u, t.args);
      return;
    case 'array':
    case 'set':
      lookAtAll(u, t.items);
      return;
    case 'object':
      for (let i = 0; i < t.entries.length; i++) lookAtAll(u, t.entries[i] as [Term, Term]);
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

/** Counted through, because the first load of a process interprets this loop, and interpreted iterators are slow. */
function lookAtAll(u: Unbound, terms: readonly Term[]): void {
  for (let i = 0; i < terms.length; i++) {
    const t = terms[i] as Term;
    if (t.kind !== 'const') lookAt(u, t);
  }
}

function lookInside(u: Unbound, body: Expr[], heads: Term[]): void {
  u.closures = true;
  const own = u.locals.get(body);
  const around = u.own;
  if (own !== undefined && own.size > 0) u.own = [...around, own];
  for (const e of body) lookThrough(u, e);
  for (const h of heads) lookAt(u, h);
  u.own = around;
}

function missing(u: Unbound, name: string): void {
  for (const own of u.own) if (own.has(name)) return;
  if (u.count === 0) u.first = name;
  else if (u.count === 1) u.second = name;
  u.count++;
}

/**
 * Whether the only unknown variables of an expression, of which there are some, are those it plainly gives a value. Anything
 * else needs a closer look.
 */
export function plainlyBinds(e: Expr, { count, first, second }: Unbound): boolean {
  if (e.negated || e.with.length > 0) return false;
  if (e.kind === 'assign' || e.kind === 'unify') return count === 1 && (isVar(e.left, first) || isVar(e.right, first));
  if (e.kind !== 'some-in' || (e.key !== undefined && e.key.kind !== 'var') || e.value.kind !== 'var') return false;
  const key = e.key?.name;
  const value = e.value.name;
  if (count === 1) return first === key || first === value;
  return count === 2 && first === key && second === value && key !== value;
}

function isVar(t: Term, name: string | undefined): boolean {
  return t.kind === 'var' && t.name === name;
}
