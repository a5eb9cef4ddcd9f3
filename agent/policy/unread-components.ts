import type { Collected } from '../gate/types.ts';
import { unreadEcosystems, unreadText } from '../model/sbom/ecosystems.ts';
import type { Entrypoint } from './entrypoints.ts';
import { readsOf } from './reachable.ts';
import type { Statement } from './statements.ts';
import type { PolicyEngine } from './types.ts';

/**
 * Components are read from npm's locks alone. A policy that looks at them, asked about files that list those of other
 * languages, misses what it might refuse: its gate depends on them. The built-in gates ask nothing that only npm could
 * answer for them, so their caller does not ask this. `decisions` are paths of packages or rules.
 */
export function unreadComponents(
  engine: PolicyEngine,
  decisions: readonly string[],
  { targets, context }: Pick<Collected, 'targets' | 'context'>,
  entry: Entrypoint,
): Statement[] {
  const looks = (engine.inputPaths?.() ?? []).filter(({ path: [first] }) => first === 'sbom' || first === 'sbom_diff');
  // Most policies do not, and the files need not be gone through for them.
  if (looks.length === 0) return [];
  const [read] = readsOf(looks, engine.references?.() ?? [], decisions);
  const unread = read ? unreadEcosystems([...targets, ...context].map((document) => document.path)) : [];
  if (!read || unread.length === 0) return [];
  const message = `The policy looks at components (${read.file}:${read.line}), and those of ${unreadText(unread)} are not read here`;
  const remedy = 'Only npm’s are; what the gate knows of the others comes from its own SBOM.';
  return [{ effect: 'depends', rule: 'unread-components', message, remedy, entry }];
}
