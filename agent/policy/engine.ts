import { compile } from '../rego/index.ts';
import { type EngineResult, engineWith } from './engine-core.ts';
import type { Gate, PolicyBundle } from './types.ts';

export { annotationOf, type EngineResult } from './engine-core.ts';

/** Compiles any bundle, with every builtin Rego has. `gates` limits the built-in bundle to what these gates need. */
export function regoEngine(bundle: PolicyBundle, gates?: readonly Gate[]): EngineResult {
  return engineWith(compile, bundle, gates);
}
