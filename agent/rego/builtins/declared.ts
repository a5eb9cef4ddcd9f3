/**
 * Builtins that a host adds to Rego: declared in a capabilities file or by the caller, known to the compiler, and
 * answered by a provider or by nobody. Format: openpolicyagent.org/docs/deployments, "Capabilities".
 */
import { RegoFailure } from '../errors.ts';
import type { Builtin } from './types.ts';

/** What a call takes and gives, in the notation of `compile/type-notation.ts`. */
export interface Declaration {
  args: readonly string[];
  result: string;
  variadic?: true;
}

/** The builtin of a declaration that nobody answers: it compiles, and a call ends the evaluation as it does in OPA. */
export function declaredBuiltin(name: string, declaration: Declaration): Builtin {
  return {
    ...declaration,
    impure: true,
    run: () => {
      throw new RegoFailure('eval_internal_error', `unsupported built-in: ${name}`);
    },
  };
}

/** The type of a function in OPA's JSON, `{"type": "function", "args": […], "result": …}`; undefined when it is none. */
export function declarationOf(decl: unknown): Declaration | undefined {
  if (!isRecord(decl) || decl['type'] !== 'function') return undefined;
  const args = Array.isArray(decl['args']) ? decl['args'] : [];
  const result = decl['result'] === undefined ? 'any' : notationOf(decl['result']);
  return { args: args.map(notationOf), result, ...(isRecord(decl['variadic']) ? { variadic: true } : {}) };
}

/** A type of OPA's JSON in our notation. What cannot be written in it is taken as `any`, so that no call is refused. */
function notationOf(type: unknown): string {
  if (!isRecord(type)) return 'any';
  const { dynamic, of } = type;
  switch (type['type']) {
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return type['type'];
    case 'set':
      return `set<${notationOf(of)}>`;
    case 'array':
      if (Array.isArray(type['static']) && dynamic === undefined)
        return `[${type['static'].map(notationOf).join(',')}]`;
      return dynamic === undefined || type['static'] !== undefined ? 'array' : `array<${notationOf(dynamic)}>`;
    case 'object':
      if (type['static'] !== undefined || !isRecord(dynamic)) return 'object';
      return `object<${notationOf(dynamic['key'])},${notationOf(dynamic['value'])}>`;
    case 'any':
      return Array.isArray(of) && of.length > 0 ? of.map(notationOf).join('|') : 'any';
    default:
      return 'any';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
