import type { Collected } from '../gate/types.ts';
import { unreadEcosystems, unreadText } from '../model/sbom/ecosystems.ts';
import type { Entrypoint } from './entrypoints.ts';
import { reachable } from './reachable.ts';
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
  const unread = unreadEcosystems([...targets, ...context].map((document) => document.path));
  if (unread.length === 0) return [];
  const reached = reachable(engine.references?.() ?? [], decisions);
  const read = (engine.inputPaths?.() ?? []).find(({ path: [first], rule }) => {
    const isOwn = reached.has(rule) || decisions.some((name) => rule.startsWith(`${name}.`));
    return isOwn && (first === 'sbom' || first === 'sbom_diff');
  });
  if (!read) return [];
  const message = `The policy looks at components (${read.file}:${read.line}), and those of ${unreadText(unread)} are not read here`;
  const remedy = 'Only npm’s are; what the gate knows of the others comes from its own SBOM.';
  return [{ effect: 'depends', rule: 'unread-components', message, remedy, entry }];
}
