/** Trace and coverage: wraps an expression's closure, only in the modes that ask for it. */
import type { Expr } from '../ast.ts';
import { shownName } from '../compile/resolve.ts';
import { toJs } from '../values/json.ts';
import type { Ctx, Frame, Gen, TraceEvent } from './context.ts';
import type { Env } from './env.ts';

export function instrument(env: Env, e: Expr, gen: Gen): Gen {
  const { trace, coverage } = env.engine.mode;
  if (!trace && !coverage) return gen;
  const text = sourceOf(env, e);
  return (next) => {
    let reached = false;
    const run = gen((c, f) => {
      reached = true;
      return next(c, f);
    });
    return (c, f) => {
      c.run.covered?.add(e);
      c.run.trace?.(event('eval', text, e, env, f));
      const before = reached;
      reached = false;
      const stop = run(c, f);
      if (!reached) c.run.trace?.(event('fail', text, e, env, f));
      reached = before;
      return stop;
    };
  };
}

function sourceOf(env: Env, e: Expr): string {
  return env.rule?.module.text.slice(e.pos.offset, e.end) ?? '';
}

function event(op: TraceEvent['op'], text: string, e: Expr, env: Env, f: Frame): TraceEvent {
  return { op, text, path: e.pos.file, line: e.pos.line, column: e.pos.column, locals: () => localsOf(env, f) };
}

function localsOf(env: Env, f: Frame): Record<string, unknown> {
  const locals: Record<string, unknown> = {};
  for (const [name, slot] of env.slots) {
    const value = f[slot];
    if (value !== undefined && !name.startsWith('#') && !name.startsWith('$')) locals[shownName(name)] = toJs(value);
  }
  return locals;
}

/** Marks a rule as entered or left. */
export function traceRule(c: Ctx, op: 'enter' | 'exit', text: string, pos: Expr['pos']): void {
  c.run.trace?.({ op, text, path: pos.file, line: pos.line, column: pos.column, locals: () => ({}) });
}
