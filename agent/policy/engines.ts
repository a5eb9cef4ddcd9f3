import { regoEngine } from './engine.ts';
import type { EngineResult } from './engine-core.ts';
import { wasmEngine } from './engines/wasm.ts';
import type { Gate, PolicyBundle } from './types.ts';

const compiled = new WeakMap<Uint8Array, EngineResult>();

/** The engine that a bundle needs: compiled policy runs as it is, Rego source in our own engine. */
export function engineFor(bundle: PolicyBundle, gates?: readonly Gate[]): EngineResult {
  if (!bundle.compiled) return regoEngine(bundle, gates);
  const { bytes } = bundle.compiled;
  const known = compiled.get(bytes) ?? wasmEngine(bundle, bundle.compiled);
  compiled.set(bytes, known);
  return known;
}
