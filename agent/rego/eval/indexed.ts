/**
 * What OPA's index of rules knows before it evaluates one: a rule that compares a part of the input with a constant is
 * never entered when that part is something else. Only coverage needs it, so that it counts the lines OPA counts.
 */
import { type Expr, eachChild, type Term } from '../ast.ts';
import type { CompiledRule } from '../compile/tree.ts';
import { equal, type Value } from '../values/value.ts';
import type { Ctx, Frame, Get } from './context.ts';
import { type Env, inner } from './env.ts';
import { compileGet } from './terms.ts';

/** Whether a rule is worth entering, its arguments being bound in the frame. */
export type Indexed = (c: Ctx, f: Frame) => boolean;

export function indexOf(env: Env, rule: CompiledRule): Indexed {
  // As in OPA, which would otherwise not print what a person has asked for.
  if (rule.body.some((e) => e.kind === 'term' && e.term.kind === 'call' && e.term.name === 'print')) return () => true;
  const facts = new Map<string, Term>();
  for (const e of rule.body) {
    const alias = aliasOf(env, e);
    if (alias !== undefined) facts.set(alias[0], alias[1]);
  }
  const checks: { get: Get; value: Value | undefined }[] = [];
  const add = (term: Term, value?: Value): void => {
    checks.push({ get: compileGet(inner(env), term), value });
  };
  for (const t of [rule.value, ...rule.keys, rule.member]) if (t !== undefined) eachKnown(env, t, add);
  for (const e of rule.body) {
    if (e.negated || e.with.length > 0) continue;
    for (const t of termsOf(e)) eachKnown(env, t, add);
    const sides = sidesOf(e);
    if (sides === undefined) continue;
    const [left, right] = sides.map((t) => (t.kind === 'var' ? (facts.get(t.name) ?? t) : t)) as [Term, Term];
    const [known, other] = left.kind === 'const' ? [right, left] : [left, right];
    if (!isKnown(env, known)) continue;
    const value = constantOf(other);
    if (value !== undefined) add(known, value);
  }
  return (c, f) =>
    checks.every(({ get, value }) => {
      const found = get(c, f);
      return found !== undefined && (value === undefined || equal(found, value));
    });
}

/** Parts of the input within a term have to be there for its expression to hold; what a comprehension reads need not. */
function eachKnown(env: Env, t: Term, visit: (t: Term) => void): void {
  if (t.kind === 'ref' && isKnown(env, t)) visit(t);
  else eachChild(t, (child) => eachKnown(env, child, visit));
}

function termsOf(e: Expr): Term[] {
  if (e.kind === 'term') return [e.term];
  return e.kind === 'unify' || e.kind === 'assign' ? [e.left, e.right] : [];
}

/** `x := input.a` */
function aliasOf(env: Env, e: Expr): [string, Term] | undefined {
  if ((e.kind !== 'assign' && e.kind !== 'unify') || e.negated || e.with.length > 0) return undefined;
  if (e.left.kind === 'var' && isKnown(env, e.right)) return [e.left.name, e.right];
  return undefined;
}

function sidesOf(e: Expr): [Term, Term] | undefined {
  if (e.kind === 'unify' || e.kind === 'assign') return [e.left, e.right];
  if (e.kind !== 'term' || e.term.kind !== 'call' || e.term.name !== 'equal') return undefined;
  return [e.term.args[0] as Term, e.term.args[1] as Term];
}

/** A part of the input or of the base documents with constant keys, or an argument of the function. */
function isKnown(env: Env, t: Term): boolean {
  if (t.kind === 'var') return env.bound.has(t.name);
  if (t.kind !== 'ref' || t.head.kind !== 'var' || !t.path.every((p) => p.kind === 'const')) return false;
  if (t.head.name === 'input') return true;
  return t.head.name === 'data' && !isVirtual(env, t);
}

/** There is a rule on the way, or below. */
function isVirtual(env: Env, t: Term & { kind: 'ref' }): boolean {
  let node = env.engine.program.tree.root;
  for (const p of t.path) {
    if (node.group !== undefined) return true;
    const next = node.children.get(p.kind === 'const' ? String(p.value) : '');
    if (next === undefined) return false;
    node = next;
  }
  return true;
}

function constantOf(t: Term): Value | undefined {
  if (t.kind === 'const') return t.value;
  if (t.kind !== 'array') return undefined;
  const items = t.items.map(constantOf);
  return items.every((item) => item !== undefined) ? items : undefined;
}
