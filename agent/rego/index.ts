/**
 * The Rego engine's door. `compile` makes a policy from modules, `Policy.eval` answers queries. Neither throws, reads a
 * clock or does I/O: time, data and whatever needs the network come from the caller.
 *
 * Language: https://www.openpolicyagent.org/docs/latest/policy-reference/ (v1 and v0).
 */

import type { Module } from './ast.ts';
import { builtinTable } from './builtins/index.ts';
import { compileProgram } from './compile/index.ts';
import { type RegoError, toRegoError } from './errors.ts';
import { parseModule, type RegoVersion } from './parser/index.ts';
import { newPolicy, type Policy } from './policy.ts';
import { fromJs, parseJson } from './values/json.ts';
import { RegoObject, type Value } from './values/value.ts';

export type { RegoError } from './errors.ts';
export type { TraceEvent } from './eval/context.ts';
export type { RegoVersion } from './parser/index.ts';
export { parseModule } from './parser/index.ts';
export type { CoverageReport, EvalOptions, EvalResult, Policy, RuleInfo } from './policy.ts';
export { fromJs, parseJson, toJs, toJson } from './values/json.ts';
export type { Value } from './values/value.ts';
export { compare, equal, RegoObject, RegoSet, regoText } from './values/value.ts';

export interface RegoModule {
  path: string;
  text: string;
  version?: RegoVersion;
}

export interface CompileOptions {
  /** The version of modules that name none; `v1` by default. */
  version?: RegoVersion;
  /** Base documents as plain JavaScript data; `dataJson` is the same as text and keeps numbers exactly. */
  data?: unknown;
  dataJson?: string;
  strict?: boolean;
  /** Builtins that need the network, such as `http.send`, by name; without them a call is an error of that builtin. */
  providers?: Record<string, (args: Value[]) => Value>;
}

/** Parses, checks and compiles. Any error means that there is no policy. Never throws. */
export function compile(modules: RegoModule[], options: CompileOptions = {}): { policy?: Policy; errors: RegoError[] } {
  const parsed = modules.map((m) => parseModule(m.path, m.text, m.version ?? options.version ?? 'v1'));
  const errors = parsed.flatMap((m) => m.errors);
  if (errors.length > 0) return { errors };
  return compileModules(parsed, options);
}

/** The same for modules that are parsed already. */
export function compileModules(
  modules: Module[],
  options: CompileOptions = {},
): { policy?: Policy; errors: RegoError[] } {
  try {
    const data = options.dataJson === undefined ? fromJs(options.data ?? {}) : parseJson(options.dataJson);
    if (!(data instanceof RegoObject))
      return { errors: [{ code: 'rego_compile_error', message: 'data must be an object' }] };
    const builtins = builtinTable(options.providers ?? {});
    const { program, errors } = compileProgram({ modules, builtins, data, strict: options.strict ?? false });
    if (errors.length > 0) return { errors: errors.map((e) => toRegoError(e, 'rego_compile_error')) };
    return { policy: newPolicy(program), errors: [] };
  } catch (e) {
    return { errors: [toRegoError(e, 'rego_compile_error')] };
  }
}
