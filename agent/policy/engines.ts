import { regoEngine } from './engine.ts';
import type { EngineResult } from './engine-core.ts';
import type { Gate, PolicyBundle } from './types.ts';

/** The engine that a bundle needs: compiled policy runs as it is, Rego source in our own engine. */
export function engineFor(bundle: PolicyBundle, gates?: readonly Gate[]): EngineResult {
  return regoEngine(bundle, gates);
}
