import { compile } from '../rego/index.ts';
import { hostBuiltins } from './conventions/hosts.ts';
import { type EngineResult, engineWith } from './engine-core.ts';
import type { Gate, PolicyBundle } from './types.ts';

export { annotationOf, type EngineResult } from './engine-core.ts';

/** Compiles any bundle, with every builtin that Rego and the hosts policies are written for have. `gates` limits the built-in bundle to what these gates need. */
export function regoEngine(bundle: PolicyBundle, gates?: readonly Gate[]): EngineResult {
  return engineWith((modules, options) => compile(modules, { ...options, ...hostBuiltins() }), bundle, gates);
}
