/**
 * `not`. OPA evaluates the operands of a negated call before the negation: `not startswith(input.x, "a")` is undefined, not
 * true, when `input.x` is. Only references that are negated or compared themselves stay inside. Policies were written and
 * tested against that, so it is kept.
 */
import type { Expr, Term, With } from '../ast.ts';
import type { Gen, Next } from './context.ts';
import { type Env, inner, slotOf, temporary } from './env.ts';
import { compileCore, prepare, withGens } from './exprs.ts';
import { compileGet } from './terms.ts';
import { functionName } from './with.ts';

export function negation(outer: Env, e: Expr): Gen {
  const env = inner(outer);
  const operands: Gen[] = [];
  const hoisted = hoistOperands(env, e, operands);
  // The values of `with` come first, then the operands under it, then the negation under it again.
  const valueGens: Gen[] = [];
  const withs = e.with.map(
    (w): With => (namesFunction(env, w) ? w : { ...w, value: hoistWhole(env, w.value, valueGens) }),
  );
  const before = withGens(env, { ...e, with: withs }, () => operands);
  const exists = withGens(env, { ...hoisted, with: withs }, () => compileCore(env, hoisted)).reduceRight(
    (next: Next, gen) => gen(next),
    () => true,
  );
  const negated: Gen = (next) => (c, f) => (exists(c, f) ? false : next(c, f));
  return (next) =>
    [...valueGens, ...(operands.length > 0 ? before : []), negated].reduceRight((then, gen) => gen(then), next);
}

function namesFunction(env: Env, w: With): boolean {
  return functionName(env, w) !== undefined || (w.value.kind === 'call' && w.value.args.length === 0);
}

function hoistOperands(env: Env, e: Expr, gens: Gen[]): Expr {
  if (e.kind === 'unify') return { ...e, left: withinTerm(env, e.left, gens), right: withinTerm(env, e.right, gens) };
  if (e.kind !== 'term') return e;
  const { term } = e;
  if (term.kind !== 'call') return { ...e, term: withinTerm(env, term, gens) };
  const isEquality = term.name === 'equal' || term.name === 'eq';
  const args = term.args.map((a) => (isEquality ? withinTerm(env, a, gens) : operand(env, a, gens)));
  return { ...e, term: { ...term, args } };
}

/** A reference stays, but the keys in it are operands. */
function withinTerm(env: Env, t: Term, gens: Gen[]): Term {
  if (t.kind !== 'ref') return operand(env, t, gens);
  const head = t.head.kind === 'call' ? operand(env, t.head, gens) : t.head;
  return { ...t, head, path: t.path.map((p) => operand(env, p, gens)) };
}

function operand(env: Env, t: Term, gens: Gen[]): Term {
  switch (t.kind) {
    case 'ref':
      return hoistWhole(env, withinTerm(env, t, gens), gens);
    case 'call':
      if (isRelation(env, t)) return { ...t, args: t.args.map((a) => operand(env, a, gens)) };
      return hoistWhole(env, { ...t, args: t.args.map((a) => operand(env, a, gens)) }, gens);
    case 'array':
    case 'set':
      return { ...t, items: t.items.map((item) => operand(env, item, gens)) };
    case 'object':
      return { ...t, entries: t.entries.map(([k, v]): [Term, Term] => [operand(env, k, gens), operand(env, v, gens)]) };
    default:
      return t;
  }
}

function hoistWhole(env: Env, t: Term, gens: Gen[]): Term {
  const target = temporary(env, t.pos);
  const slot = slotOf(env, target.name);
  // What iterates in the operand of a call does so outside of the negation.
  const get = compileGet(env, prepare(env, t, gens));
  env.bound.add(target.name);
  gens.push((next) => (c, f) => {
    const v = get(c, f);
    if (v === undefined) return false;
    f[slot] = v;
    return next(c, f);
  });
  return target;
}

function isRelation(env: Env, t: Term & { kind: 'call' }): boolean {
  return env.engine.program.builtins[t.name as string]?.relation !== undefined;
}
