/**
 * The Rego engine's door. `compile` makes a policy from modules, `Policy.eval` answers queries. Neither throws, reads a
 * clock or does I/O: time, data and whatever needs the network come from the caller.
 *
 * Language: https://www.openpolicyagent.org/docs/latest/policy-reference/ (v1 and v0).
 */

import type { Module } from './ast.ts';
import type { Declaration } from './builtins/declared.ts';
import { builtinTable, type Providers } from './builtins/index.ts';
import type { BuiltinTable } from './builtins/types.ts';
import { type Compiled, type CoreOptions, compileModulesWith, compileWith, type RegoModule } from './core.ts';

export type { Module } from './ast.ts';
export { type Declaration, declarationOf } from './builtins/declared.ts';
export type { Provider, Providers } from './builtins/index.ts';
export { BuiltinFailure, OfflineFailure } from './builtins/types.ts';
export type { Compiled, RegoModule } from './core.ts';
export { mergeCoverage } from './coverage.ts';
export type { RegoError } from './errors.ts';
export type { OfflineCall, TraceEvent } from './eval/context.ts';
export type { RegoVersion } from './parser/index.ts';
export { parseModule } from './parser/index.ts';
export type { CoverageReport, EvalOptions, EvalResult, Policy, RuleInfo } from './policy.ts';
export type { Reference } from './references.ts';
export { fromJs, parseJson, toJs, toJson } from './values/json.ts';
export type { Value } from './values/value.ts';
export { compare, equal, RegoObject, RegoSet, regoText } from './values/value.ts';

export interface CompileOptions extends CoreOptions {
  /** Builtins that need the network, such as `http.send`, by name; without them a call is an error of that builtin. */
  providers?: Providers;
  /** Builtins that the policy's host adds to Rego. A call of one that no provider answers ends the evaluation. */
  declared?: Readonly<Record<string, Declaration>>;
  /** The names of the builtins there are, as a capabilities file of OPA lists them; a call of any other is an error. */
  builtins?: ReadonlySet<string>;
}

/** Parses, checks and compiles. Any error means that there is no policy. Never throws. */
export function compile(modules: readonly RegoModule[], options: CompileOptions = {}): Compiled {
  return compileWith(() => builtinsOf(options), modules, options);
}

/** The same for modules that are parsed already. */
export function compileModules(modules: Module[], options: CompileOptions = {}): Compiled {
  return compileModulesWith(() => builtinsOf(options), modules, options);
}

function builtinsOf({ providers = {}, declared, builtins }: CompileOptions): Readonly<BuiltinTable> {
  const all = builtinTable(providers, declared);
  return builtins === undefined ? all : Object.fromEntries(Object.entries(all).filter(([name]) => builtins.has(name)));
}
