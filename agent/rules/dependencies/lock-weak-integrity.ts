import { hashesOf, isWeak } from '../../model/npm/integrity.ts';
import type { LockEntry } from '../../model/npm/lock.ts';
import { labelOf, listed, lockCommand } from '../../model/npm/report.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-weak-integrity',
    title: 'Lockfile entry with a weak hash only',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'SHA-1 and MD5 collisions can be made: two tarballs, one hash.\nRegistries have offered SHA-512 for every version for years.',
    fix: 'Delete the entry and let the package manager write it anew with SHA-512.',
    sources: [
      'https://www.w3.org/TR/SRI/',
      'https://csrc.nist.gov/news/2022/nist-transitioning-away-from-sha-1-for-all-apps',
    ],
  },
  reads: 'npm',
  *check(project) {
    for (const lock of project.locks) {
      const weak = lock.entries.filter(isWeakOnly);
      const command = lockCommand({ ...project, lock });
      const { path } = lock.document;
      if (weak.length > 10) {
        const names = listed(weak.map(labelOf));
        const message = `${weak.length} packages are held by a SHA-1 or MD5 hash only, which can be forged: ${names}`;
        yield { path, range: lock.fieldRangeOf(weak[0]!, 'integrity'), message, identity: 'many', command };
        continue;
      }
      for (const entry of weak) {
        const { algorithm } = hashesOf(entry)[0]!;
        const message = `${labelOf(entry)} is held by a ${algorithm} hash only, which can be forged`;
        yield { path, range: lock.fieldRangeOf(entry, 'integrity'), message, identity: entry.path, command };
      }
    }
  },
});

function isWeakOnly(entry: LockEntry): boolean {
  const hashes = hashesOf(entry);
  return hashes.length > 0 && hashes.every(isWeak);
}
