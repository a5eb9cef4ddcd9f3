import type { Collected } from '../gate/types.ts';
import type { Document } from '../model/types.ts';
import type { GateInput } from './gate-input.ts';
import { keyRange } from './key-range.ts';
import { type Places, pointer } from './places.ts';

/** Git's own configuration of this clone, which says what no file of the repository says. */
const gitConfig = { path: '.git/config' };

/**
 * Places of what stands in the input once: the commit, the line of `pregate.yaml`, or the file of git that says it.
 * `schema`, `stage` and `time` come from the run itself, and what only others know has no place either.
 */
export function setOwnPlaces(collected: Collected, input: GateInput, places: Places): void {
  const { repo, config } = collected;
  if (repo.git) {
    for (const at of ['/repo', '/signing', '/push', '/actor']) places.set(at, gitConfig);
    places.set('/repo/branch', { path: '.git/HEAD' });
  }
  for (const key of ['head', 'base'] as const) {
    const commit = input.repo[key];
    if (commit !== null) places.set(pointer('repo', key), { path: `commit:${commit}`, commit });
  }
  const newest = collected.commits[0]?.oid;
  if (newest !== undefined) places.set('/actor', { path: `commit:${newest}`, commit: newest });
  const document = [...collected.targets, ...collected.context].find((one) => one.path === config.path);
  const setKey = (at: string, key: string) => setLine(places, at, config.path, document, key);
  if (config.signing.required !== undefined) setKey('/signing/required', 'required');
  if (config.policy.bundle !== undefined) setKey('/bundles', 'bundle');
  else if (config.policy.bundles !== undefined) setKey('/bundles', 'bundles');
  if (config.policy.forge !== undefined) places.set('/settings', { path: config.policy.forge });
  collected.exceptions?.entries.forEach(({ id, from }) => {
    const index = input.exceptions.findIndex((one) => one.id === id);
    const [, path, line] = /:([^:]+):(\d+)$/.exec(from) ?? [];
    if (index === -1 || path === undefined) return;
    const span = { line: Number(line), column: 1, endLine: Number(line) + 1, endColumn: 1 };
    places.set(pointer('exceptions', index), { path, span });
  });
}

function setLine(
  places: Places,
  at: string,
  path: string | undefined,
  document: Document | undefined,
  key: string,
): void {
  const range = document && keyRange(document, key);
  if (document && range) places.setRange(at, document, range);
  else if (path !== undefined) places.set(at, { path });
}
