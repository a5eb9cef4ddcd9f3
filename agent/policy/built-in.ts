import { basicBuiltins } from '../rego/builtins/basic.ts';
import { compileWith } from '../rego/core.ts';
import { defaultBundle } from './default.ts';
import { type EngineResult, engineWith } from './engine-core.ts';
import type { Gate, PolicyBundle } from './types.ts';

/**
 * The built-in gates, compiled with the few builtins they call. The same engine and the same answers as
 * `regoEngine(defaultBundle(), gates)`, but a cold hook does not load GraphQL, JSON Schema or X.509 for them.
 */
export function builtInPolicy(gates?: readonly Gate[]): EngineResult & { bundle: PolicyBundle } {
  const bundle = defaultBundle();
  const basic = () => basicBuiltins;
  return { ...engineWith((modules, options) => compileWith(basic, modules, options), bundle, gates), bundle };
}
