/**
 * `compile` with the builtins as a parameter: a policy whose builtins are known need not load those it never calls.
 */
import type { Module } from './ast.ts';
import type { BuiltinTable } from './builtins/types.ts';
import { compileProgram } from './compile/index.ts';
import { type RegoError, toRegoError } from './errors.ts';
import { parseModule, type RegoVersion } from './parser/index.ts';
import { newPolicy, type Policy } from './policy.ts';
import { fromJs, parseJson } from './values/json.ts';
import { RegoObject } from './values/value.ts';

export interface RegoModule {
  path: string;
  text: string;
  version?: RegoVersion;
}

export interface CoreOptions {
  /** The version of modules that name none; `v1` by default. */
  version?: RegoVersion;
  /** Base documents as plain JavaScript data; `dataJson` is the same as text and keeps numbers exactly. */
  data?: unknown;
  dataJson?: string;
  strict?: boolean;
  /** JSON Schemas by the parts of their names, joined by NUL: `schema` is that of the input, `schema\0a\0b` is `schema.a.b`. */
  schemas?: ReadonlyMap<string, unknown>;
}

export interface Compiled {
  /** Undefined when there is any error. */
  policy?: Policy;
  errors: RegoError[];
}

/** Parses, checks and compiles. A call of a builtin that `builtins` does not make is an error. Never throws. */
export function compileWith(
  builtins: () => Readonly<BuiltinTable>,
  modules: readonly RegoModule[],
  options: CoreOptions = {},
): Compiled {
  const parsed = modules.map((m) => parseModule(m.path, m.text, m.version ?? options.version ?? 'v1'));
  return compileModulesWith(builtins, parsed, options);
}

/** The same for modules that are parsed already. */
export function compileModulesWith(
  builtins: () => Readonly<BuiltinTable>,
  modules: Module[],
  options: CoreOptions = {},
): Compiled {
  const unread = modules.flatMap((m) => m.errors);
  if (unread.length > 0) return { errors: unread };
  try {
    const data = options.dataJson === undefined ? fromJs(options.data ?? {}) : parseJson(options.dataJson);
    if (!(data instanceof RegoObject))
      return { errors: [{ code: 'rego_compile_error', message: 'data must be an object' }] };
    const { program, errors } = compileProgram({
      modules,
      builtins: builtins(),
      data,
      strict: options.strict ?? false,
      ...(options.schemas ? { schemas: options.schemas } : {}),
    });
    if (errors.length > 0) return { errors: errors.map((e) => toRegoError(e, 'rego_compile_error')) };
    return { policy: newPolicy(program), errors: [] };
  } catch (e) {
    const error = toRegoError(e, 'rego_compile_error');
    // Where the stack ran out nobody knows; the only module is the place then.
    const [only] = modules.length === 1 ? modules : [];
    const place = only === undefined ? {} : { path: only.file, line: 1, column: 1, offset: 0 };
    return { errors: [{ ...place, ...error }] };
  }
}
