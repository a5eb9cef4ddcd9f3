import { bundleFrom } from './bundle.ts';
import { annotations, files } from './default.generated.ts';
import type { PolicyBundle } from './types.ts';

let bundle: PolicyBundle | undefined;

/** The gates that apply where nobody configured a policy. Its Rego lies in `agent/policy/default`. */
export function defaultBundle(): PolicyBundle {
  if (bundle) return bundle;
  const encoder = new TextEncoder();
  const loaded = bundleFrom(
    files.map((file) => ({ path: file.path, bytes: encoder.encode(file.text) })),
    { name: 'built-in gates', kind: 'built-in' },
  );
  // The text is part of the program: a test holds that it loads, so this cannot be reached with a released build.
  if (!loaded.bundle) throw new Error(`the built-in gates do not load: ${loaded.problems[0]?.message}`);
  bundle = { ...loaded.bundle, annotations };
  return bundle;
}
