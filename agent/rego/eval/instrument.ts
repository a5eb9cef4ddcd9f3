/** Trace and coverage: wraps an expression's closure, only in the modes that ask for it. */
import type { Expr, Term } from '../ast.ts';
import { shownName } from '../compile/describe.ts';
import { allVars } from '../compile/vars.ts';
import { toJs } from '../values/json.ts';
import type { Ctx, Frame, Gen, Get, TraceEvent } from './context.ts';
import { type Env, inner } from './env.ts';
import { compileGet } from './terms.ts';

/** `operands` is what `operandsOf` gave before the expression was compiled, which binds its variables. */
export function instrument(env: Env, e: Expr, gen: Gen, operands: readonly Operand[] = []): Gen {
  const { trace, coverage } = env.engine.mode;
  if (!trace && !coverage) return gen;
  const text = sourceOf(env, e);
  // Slots keep what an earlier round of an iteration has left: only what is bound by now counts.
  const bound = new Set(env.bound);
  const place = { path: e.pos.file, line: e.pos.line, column: e.pos.column };
  return (next) => {
    let reached = false;
    const run = gen((c, f) => {
      reached = true;
      const stop = next(c, f);
      c.run.profile?.('redo', place);
      return stop;
    });
    return (c, f) => {
      c.run.covered?.add(e);
      c.run.profile?.('eval', place);
      c.run.trace?.(event('eval', text, e, env, bound, f));
      const before = reached;
      reached = false;
      const stop = run(c, f);
      if (!reached && c.run.trace) {
        c.run.trace({ ...event('fail', text, e, env, bound, f), values: () => valuesOf(operands, c, f) });
      }
      reached = before;
      return stop;
    };
  };
}

/** A part of an expression that can be shown beside it. */
export interface Operand {
  text: string;
  get: Get;
}

/**
 * The parts of an expression whose variables are bound before it runs: the sides of a comparison, the arguments of a
 * call, the collection of `some … in`, or the reference itself. Empty unless traces are asked for.
 */
export function operandsOf(env: Env, e: Expr): Operand[] {
  if (!env.engine.mode.trace || env.rule === undefined || e.with.length > 0) return [];
  const source = env.rule.module.text;
  const terms = termsOf(e);
  return terms.flatMap((term, index) => {
    if (term.kind === 'const' || term.pos.file !== e.pos.file) return [];
    if (!isBound(env, term)) return boundPrefix(env, term, source);
    const end = terms[index + 1]?.pos.offset ?? (e.kind === 'every' ? e.body[0]?.pos.offset : undefined) ?? e.end;
    const text = source.slice(term.pos.offset, end).replace(/[\s,){]*(==|!=|<=|>=|<|>|:=|=|\bin|[-+*/%&|])?\s*$/, '');
    return [{ text: balanced(text), get: compileGet(inner(env), term) }];
  });
}

function termsOf(e: Expr): Term[] {
  if (e.kind === 'unify' || e.kind === 'assign') return [e.left, e.right];
  if (e.kind === 'some-in' || e.kind === 'every') return [e.domain];
  if (e.kind !== 'term') return [];
  return e.term.kind === 'call' ? e.term.args : [e.term];
}

/** Of `input.labels[key]` with `key` still to be found, `input.labels`: where that is undefined, no key helps. */
function boundPrefix(env: Env, term: Term, source: string): Operand[] {
  if (term.kind !== 'ref' || !isBound(env, term.head)) return [];
  const at = term.path.findIndex((part) => !isBound(env, part));
  const next = term.path[at];
  if (at < 1 || next === undefined) return [];
  const text = source.slice(term.pos.offset, next.pos.offset).replace(/[\s.[]+$/, '');
  return [{ text, get: compileGet(inner(env), { ...term, path: term.path.slice(0, at) }) }];
}

function isBound(env: Env, term: Term): boolean {
  for (const name of allVars(term, env.engine.program.locals)) if (!env.bound.has(name)) return false;
  return true;
}

/** A call that is an operand loses its closing parenthesis with those of the call around it. */
function balanced(text: string): string {
  const missing = text.split('(').length - text.split(')').length;
  return missing > 0 ? text + ')'.repeat(missing) : text;
}

function valuesOf(operands: readonly Operand[], c: Ctx, f: Frame): { text: string; value: unknown }[] {
  return operands.map(({ text, get }) => {
    try {
      const value = get(c, f);
      return { text, value: value === undefined ? undefined : toJs(value) };
    } catch {
      return { text, value: undefined };
    }
  });
}

function sourceOf(env: Env, e: Expr): string {
  return env.rule?.module.text.slice(e.pos.offset, e.end) ?? '';
}

function event(
  op: TraceEvent['op'],
  text: string,
  e: Expr,
  env: Env,
  bound: ReadonlySet<string>,
  f: Frame,
): TraceEvent {
  return { op, text, path: e.pos.file, line: e.pos.line, column: e.pos.column, locals: () => localsOf(env, bound, f) };
}

function localsOf(env: Env, bound: ReadonlySet<string>, f: Frame): Record<string, unknown> {
  const locals: Record<string, unknown> = {};
  for (const [name, slot] of env.slots) {
    const value = bound.has(name) ? f[slot] : undefined;
    if (value !== undefined && !name.startsWith('#') && !name.startsWith('$')) locals[shownName(name)] = toJs(value);
  }
  return locals;
}

/** Marks a rule as entered or left. */
export function traceRule(c: Ctx, op: 'enter' | 'exit', text: string, pos: Expr['pos']): void {
  c.run.trace?.({ op, text, path: pos.file, line: pos.line, column: pos.column, locals: () => ({}) });
}
