/** What compiling one rule or query to closures needs: its slots, and what is bound so far. */
import type { Expr, Term } from '../ast.ts';
import type { Program } from '../compile/program.ts';
import type { CompiledRule, Group, TreeNode } from '../compile/tree.ts';
import type { Value } from '../values/value.ts';
import type { Ctx, Get } from './context.ts';
import type { Documents } from './lookup.ts';

export interface Mode {
  trace: boolean;
  coverage: boolean;
  reads: boolean;
}

/** The closures of one program in one mode. */
export interface Engine extends Documents {
  program: Program;
  mode: Mode;
  /** A partial document without what does not lie under the keys. */
  partOfGroup: (c: Ctx, group: Group, keys: readonly Value[]) => Value | undefined;
  nodeValue: (c: Ctx, node: TreeNode) => Value | undefined;
  callFunction: (c: Ctx, name: string, args: readonly Value[]) => Value | undefined;
}

export interface Env {
  engine: Engine;
  slots: Map<string, number>;
  bound: Set<string>;
  /** The rule the code belongs to, for metadata and traces. */
  rule: CompiledRule | undefined;
  temporaries: { count: number };
}

export function newEnv(engine: Engine, rule: CompiledRule | undefined): Env {
  return { engine, slots: new Map(), bound: new Set(), rule, temporaries: { count: 0 } };
}

/** The same slots with a set of bound variables of its own, for a closure. */
export function inner(env: Env): Env {
  return { ...env, bound: new Set(env.bound) };
}

/** Slot 0 holds the result; variables follow. */
export function slotOf(env: Env, name: string): number {
  let slot = env.slots.get(name);
  if (slot === undefined) {
    slot = env.slots.size + 1;
    env.slots.set(name, slot);
  }
  return slot;
}

export function temporary(env: Env, pos: Term['pos']): Term & { kind: 'var' } {
  return { kind: 'var', name: `#${env.temporaries.count++}`, pos };
}

export function orderedBody(env: Env, body: Expr[]): Expr[] {
  return env.engine.program.ordered.get(body) ?? body;
}

export function constant(value: Value): Get {
  return () => value;
}
