import { annotations, digest, files, revision } from './default.generated.ts';
import type { PolicyBundle } from './types.ts';

/** The gates that apply where nobody configured a policy. Its Rego lies in `agent/policy/default`. */
export function defaultBundle(): PolicyBundle {
  return bundle;
}

const bundle: PolicyBundle = {
  source: { name: 'built-in gates', revision, kind: 'built-in', signature: 'part of this program', digest },
  modules: [...files],
  data: {},
  regoVersion: 1,
  annotations,
};
