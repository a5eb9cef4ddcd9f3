import type { RefUpdate } from './commits.ts';
import type { Settings, World } from './world.ts';

/** Why a push must be refused, from what the generator planted; empty when it must be accepted. Reads no repository. */
export function truthOf(world: World, updates: readonly RefUpdate[]): string[] {
  const there = reachable(world, world.refs.values());
  const tips = updates.flatMap((update) => (update.new === null ? [] : [update.new]));
  const reasons = new Set<string>();
  for (const oid of reachable(world, tips)) {
    if (!there.has(oid)) for (const reason of world.made.get(oid)?.planted ?? []) reasons.add(reason);
  }
  for (const { dst, old, new: to } of updates) {
    if (to === null) continue;
    if (dst.startsWith('refs/tags/') && old !== null && old !== to) reasons.add('tag that moves');
    if (/^refs\/(heads|tags)\//.test(dst) && world.made.get(to)?.conflicted) reasons.add('conflict markers');
    if (dst === 'refs/heads/main' && old !== null && weaker(settingsOf(world, old), settingsOf(world, to))) {
      reasons.add('weaker gate');
    }
  }
  return [...reasons].sort();
}

/** What must be said though the push is accepted. */
export function warningsOf(world: World, updates: readonly RefUpdate[]): string[] {
  const warnings: string[] = [];
  if (updates.some(({ dst, new: to }) => dst.startsWith('refs/tags/') && to === null))
    warnings.push('push/tag-deleted');
  if (updates.some(({ dst, old }) => dst === 'refs/heads/main' && old !== null)) warnings.push('push/direct-push');
  const [only, ...others] = updates;
  const made = only?.new ? world.made.get(only.new) : undefined;
  if (others.length === 0 && made?.type === 'commit' && made.unpinned !== undefined) {
    const there = [...reachable(world, world.refs.values())].map((oid) => world.made.get(oid)?.unpinned);
    if (!there.includes(made.unpinned)) warnings.push('build/weak-build');
  }
  return warnings;
}

/** Objects that can be reached, through tags and parents. */
function reachable(world: World, from: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  const stack = [...from];
  for (let oid = stack.pop(); oid !== undefined; oid = stack.pop()) {
    if (seen.has(oid)) continue;
    seen.add(oid);
    stack.push(...(world.made.get(oid)?.parents ?? []));
  }
  return seen;
}

const levels = { off: 0, warn: 1, unset: 2, enforce: 3 };

function weaker(before: Settings, after: Settings): boolean {
  const names = [...Object.keys(before.rules), ...Object.keys(after.rules)];
  const gains = (list: 'exclude' | 'baseline' | 'signers') => after[list].some((line) => !before[list].includes(line));
  return (
    (before.required && !after.required) ||
    names.some((name) => levels[after.rules[name] ?? 'unset'] < levels[before.rules[name] ?? 'unset']) ||
    gains('exclude') ||
    gains('baseline') ||
    gains('signers')
  );
}

function settingsOf(world: World, oid: string): Settings {
  return (world.made.get(oid) as { settings: Settings }).settings;
}
