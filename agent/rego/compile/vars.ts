/** Which variables a term needs, and which it binds by itself when evaluated. */
import { type Expr, eachChild, type Term } from '../ast.ts';
import { RegoObject } from '../values/value.ts';
import { eachTerm } from './patterns.ts';
import type { BodyLocals } from './resolver.ts';

/** Every local variable of the term, those free in its comprehensions included. */
export function allVars(t: Term, locals: BodyLocals, into: Set<string> = new Set()): Set<string> {
  switch (t.kind) {
    case 'var':
      if (t.name !== 'data' && t.name !== 'input') into.add(t.name);
      return into;
    case 'array-comprehension':
    case 'set-comprehension':
      return closureVars(t.body, [t.head], locals, into);
    case 'object-comprehension':
      return closureVars(t.body, [t.key, t.head], locals, into);
    case 'template':
      for (const p of t.parts) if (typeof p !== 'string') exprVars(p, locals, into);
      return into;
    default:
      eachChild(t, (child) => allVars(child, locals, into));
      return into;
  }
}

function closureVars(body: Expr[], heads: Term[], locals: BodyLocals, into: Set<string>): Set<string> {
  const inner = new Set<string>();
  for (const e of body) exprVars(e, locals, inner);
  for (const h of heads) allVars(h, locals, inner);
  const own = locals.get(body);
  for (const name of inner) if (!own?.has(name)) into.add(name);
  return into;
}

/** Every variable of an expression; of `every`, those its body takes from outside. */
export function exprVars(e: Expr, locals: BodyLocals, into: Set<string> = new Set()): Set<string> {
  eachTerm(e, (t) => allVars(t, locals, into));
  if (e.kind === 'every') closureVars(e.body, [], locals, into);
  else if (e.kind === 'logic') {
    for (const { body, braced } of e.operands) {
      if (braced) closureVars(body, [], locals, into);
      else for (const b of body) exprVars(b, locals, into);
    }
  }
  return into;
}

/** Variables that references in the term bind by iterating: `input.xs[i]` binds `i`. */
export function iterated(t: Term, bound: ReadonlySet<string>, into: Set<string>): void {
  switch (t.kind) {
    case 'ref':
      iterated(t.head, bound, into);
      if (t.head.kind === 'var' && !isRoot(t.head.name) && !bound.has(t.head.name) && !into.has(t.head.name)) return;
      for (const p of t.path) {
        if (p.kind === 'var' || p.kind === 'array' || p.kind === 'object') bindable(p, into);
        iterated(p, bound, into);
      }
      return;
    default:
      eachChild(t, (child) => iterated(child, bound, into));
  }
}

/** Variables a pattern can bind: not those inside references, calls, sets or keys. */
export function bindable(t: Term, into: Set<string>): void {
  if (t.kind === 'var') into.add(t.name);
  else if (t.kind === 'array') for (const item of t.items) bindable(item, into);
  else if (t.kind === 'object') for (const [, value] of t.entries) bindable(value, into);
}

export function isRoot(name: string): boolean {
  return name === 'data' || name === 'input';
}

export type Pair = [Term, Term];

/** One step of a unification: `value` has all its variables bound, `pattern` may bind more. */
export interface Step {
  pattern: Term;
  value: Term;
}

/**
 * Splits `left = right` into steps that can run one after another; answers undefined when some variable stays unknown.
 * `bound` grows by what the steps bind. An empty list of steps with `never` means that the shapes cannot be equal.
 */
export function unifySteps(
  left: Term,
  right: Term,
  bound: Set<string>,
  locals: BodyLocals,
): { steps: Step[]; open: Pair[]; never: boolean } {
  const pairs: Pair[] = [];
  const never = !split(left, right, pairs);
  const steps: Step[] = [];
  let open = pairs;
  for (let progress = true; progress && open.length > 0; ) {
    progress = false;
    const later: Pair[] = [];
    for (const [l, r] of open) {
      const step = stepOf(l, r, bound, locals) ?? stepOf(r, l, bound, locals);
      if (step === undefined) later.push([l, r]);
      else {
        steps.push(step);
        bindable(step.pattern, bound);
        progress = true;
      }
    }
    open = later;
  }
  return { steps, open, never };
}

function stepOf(value: Term, pattern: Term, bound: Set<string>, locals: BodyLocals): Step | undefined {
  for (const name of allVars(value, locals)) if (!bound.has(name)) return undefined;
  const binds = new Set<string>();
  bindable(pattern, binds);
  for (const name of allVars(pattern, locals)) if (!bound.has(name) && !binds.has(name)) return undefined;
  if (neverBinds(pattern, value)) return binds.size > 0 ? undefined : { pattern, value };
  // A variable that is also used as a key or inside a call of the same pattern must be known before.
  return needsBefore(pattern, bound, locals) ? undefined : { pattern, value };
}

/** A pattern of one shape takes nothing out of a term of another: OPA then calls its variables unsafe. */
function neverBinds(pattern: Term, value: Term): boolean {
  const isList = Array.isArray(value.kind === 'const' ? value.value : undefined);
  const isObject = value.kind === 'const' && value.value instanceof RegoObject;
  if (pattern.kind === 'array') {
    return value.kind === 'object' || value.kind === 'set' || (value.kind === 'const' && !isList);
  }
  if (pattern.kind !== 'object') return false;
  // Objects of the same keys have been taken apart before.
  if (value.kind === 'object') return true;
  if (value.kind === 'const') return !isObject || (value.value as RegoObject).size !== pattern.entries.length;
  return value.kind === 'array' || value.kind === 'set' || value.kind.endsWith('comprehension');
}

function needsBefore(pattern: Term, bound: Set<string>, locals: BodyLocals): boolean {
  if (pattern.kind === 'var' || pattern.kind === 'const') return false;
  if (pattern.kind === 'array') return pattern.items.some((item) => needsBefore(item, bound, locals));
  if (pattern.kind === 'object') {
    return pattern.entries.some(([k, v]) => hasUnbound(k, bound, locals) || needsBefore(v, bound, locals));
  }
  return hasUnbound(pattern, bound, locals);
}

function hasUnbound(t: Term, bound: Set<string>, locals: BodyLocals): boolean {
  for (const name of allVars(t, locals)) if (!bound.has(name)) return true;
  return false;
}

function split(l: Term, r: Term, pairs: Pair[]): boolean {
  const x = asItems(l);
  const y = asItems(r);
  if (x !== undefined && y !== undefined && (l.kind === 'array' || r.kind === 'array')) {
    if (x.length !== y.length) return false;
    return x.every((item, i) => split(item, y[i] as Term, pairs));
  }
  if (l.kind === 'object' && r.kind === 'object') {
    const fields = matchEntries(l.entries, r.entries);
    if (fields !== undefined) return fields.every(([a, b]) => split(a, b, pairs));
  }
  pairs.push([l, r]);
  return true;
}

function asItems(t: Term): Term[] | undefined {
  if (t.kind === 'array') return t.items;
  if (t.kind !== 'const' || !Array.isArray(t.value)) return undefined;
  return t.value.map((value): Term => ({ kind: 'const', value, pos: t.pos }));
}

function matchEntries(a: [Term, Term][], b: [Term, Term][]): Pair[] | undefined {
  const byKey = new Map<unknown, Term>();
  for (const [k, v] of b) {
    if (k.kind !== 'const' || typeof k.value !== 'string') return undefined;
    byKey.set(k.value, v);
  }
  const pairs: Pair[] = [];
  for (const [k, v] of a) {
    const other = k.kind === 'const' ? byKey.get(k.value) : undefined;
    if (other === undefined) return undefined;
    pairs.push([v, other]);
  }
  return a.length === byKey.size ? pairs : undefined;
}
