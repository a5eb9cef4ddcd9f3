/** A compiled policy: what the evaluator works from. */
import type { Expr, Module } from '../ast.ts';
import type { Builtin } from '../builtins/types.ts';
import type { RegoObject } from '../values/value.ts';
import type { BodyLocals } from './resolver.ts';
import type { RuleTree } from './tree.ts';
import type { TypeNode } from './type-env.ts';

export interface Program {
  modules: Module[];
  tree: RuleTree;
  locals: BodyLocals;
  ordered: Map<Expr[], Expr[]>;
  builtins: Readonly<Record<string, Builtin>>;
  /** Builtins whose calls the rules do not keep a note of; see `Mentions`. */
  called: ReadonlySet<string>;
  data: RegoObject;
  /** JSON Schemas by the parts of their names, joined by NUL: `schema\0a` for `schema.a`, `schema` alone for input. */
  schemas?: ReadonlyMap<string, unknown>;
  /** Types of the rules, once they have been checked. */
  types?: TypeNode;
}

export function arityOf(program: Pick<Program, 'tree' | 'builtins'>, name: string): number | undefined {
  const builtin = program.builtins[name];
  if (builtin !== undefined && !name.startsWith('data.')) return builtin.variadic ? undefined : builtin.args.length;
  return program.tree.functions.get(name)?.arity;
}
