import type { Module } from '../rego/ast.ts';
import { basicBuiltins } from '../rego/builtins/basic.ts';
import { compileModulesWith, type RegoModule } from '../rego/core.ts';
import { parseModule } from '../rego/parser/index.ts';
import { loadModule } from '../rego/stored.ts';
import { defaultBundle } from './default.ts';
import { type Compile, type EngineResult, engineWith } from './engine-core.ts';
import { storedGates } from './stored-gates.ts';
import type { Gate, PolicyBundle } from './types.ts';

/**
 * The built-in gates, compiled with the few builtins they call. The same engine and the same answers as
 * `regoEngine(defaultBundle(), gates)`, but a cold hook does not load GraphQL, JSON Schema or X.509 for them.
 */
export function builtInPolicy(gates?: readonly Gate[]): EngineResult & { bundle: PolicyBundle } {
  const bundle = defaultBundle();
  const basic = () => basicBuiltins;
  const compile: Compile = (modules, options) => compileModulesWith(basic, modules.map(treeOf), options);
  return { ...engineWith(compile, bundle, gates), bundle };
}

/** Parsed by the build, or here. */
function treeOf({ path, text }: RegoModule): Module {
  const stored = storedGates?.[path];
  return stored === undefined ? parseModule(path, text, 'v1') : loadModule(stored, text);
}
