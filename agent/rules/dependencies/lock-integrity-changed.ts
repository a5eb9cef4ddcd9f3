import { contentDiffers, type Hash, hashesOf } from '../../model/npm/integrity.ts';
import type { Lock, LockEntry } from '../../model/npm/lock.ts';
import { labelOf, listed } from '../../model/npm/report.ts';
import type { Draft } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-integrity-changed',
    title: 'Same version, different content',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'A published version never changes its content on the public registries.\nA new hash for an old version means another tarball: a mirror that repacks, or a replaced package.',
    fix: 'Restore the old hash, install, and find out why the content differs before accepting it.',
    sources: ['https://docs.npmjs.com/policies/unpublish', 'https://www.w3.org/TR/SRI/'],
  },
  reads: 'npm',
  *check(project) {
    const before = hashesByVersion(project.base.locks);
    if (before.size === 0) return;
    for (const lock of project.locks) {
      const changed = new Map<string, LockEntry>();
      for (const entry of lock.entries) {
        const key = keyOf(entry);
        const old = before.get(key);
        if (old && !changed.has(key) && contentDiffers(old, hashesOf(entry))) changed.set(key, entry);
      }
      const all = [...changed];
      for (const [key, entry] of all.slice(0, 50)) yield single(lock, key, entry);
      if (all.length > 50) yield rest(lock, all.slice(50));
    }
  },
});

function single(lock: Lock, key: string, entry: LockEntry): Draft {
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(entry, 'integrity'),
    message: `${labelOf(entry)} has another hash than before the change: same version, different content`,
    identity: key,
  };
}

function rest(lock: Lock, changed: readonly [string, LockEntry][]): Draft {
  const [[, first]] = changed as [[string, LockEntry]];
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(first, 'integrity'),
    message: `${changed.length} more packages have another hash than before the change: ${listed(changed.map(([, entry]) => labelOf(entry)))}`,
    identity: 'more',
  };
}

function hashesByVersion(locks: readonly Lock[]): Map<string, Hash[]> {
  const found = new Map<string, Hash[]>();
  for (const entry of locks.flatMap((lock) => lock.entries)) {
    const hashes = hashesOf(entry);
    if (hashes.length === 0) continue;
    const known = found.get(keyOf(entry));
    if (known) known.push(...hashes);
    else found.set(keyOf(entry), hashes);
  }
  return found;
}

/** The source counts too: a fork under the same name and version is reported as a changed source, not as content. */
function keyOf(entry: LockEntry): string {
  const address = entry.source === 'url' ? entry.resolved : '';
  return `${entry.source} ${entry.name}@${entry.version ?? ''} ${address ?? ''}`;
}
