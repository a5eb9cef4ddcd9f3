import { hashesOf } from '../../model/npm/integrity.ts';
import type { Lock, LockEntry } from '../../model/npm/lock.ts';
import { labelOf, listed, lockCommand } from '../../model/npm/report.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-missing-integrity',
    title: 'Lockfile entry without a hash',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'Installs check a tarball against the hash in the lockfile and say nothing when there is none.\nStripping hashes is how a changed tarball gets past a review of the lockfile.',
    fix: 'Delete the entry and let the package manager write it anew, or restore it from before the change.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages', 'https://www.w3.org/TR/SRI/'],
  },
  reads: 'npm',
  *check(project) {
    for (const lock of project.locks) {
      const bare = lock.entries.filter((entry) => lacksHash(lock, entry));
      const command = lockCommand({ ...project, lock });
      const { path } = lock.document;
      if (bare.length > 10) {
        const names = listed(bare.map(labelOf));
        yield {
          path,
          range: lock.rangeOf(bare[0]!),
          message: `${bare.length} of ${lock.entries.length} packages have no hash, so their content is not checked: ${names}`,
          identity: 'many',
          command,
        };
        continue;
      }
      for (const entry of bare) {
        const message = `${labelOf(entry)} has no hash: whatever the registry sends is installed`;
        yield { path, range: lock.rangeOf(entry), message, identity: entry.path, command };
      }
    }
  },
});

/** Links, bundled packages, git and files have no registry tarball and so no hash to miss. */
function lacksHash(lock: Lock, entry: LockEntry): boolean {
  if (entry.source !== 'registry' || entry.bundled || hashesOf(entry).length > 0) return false;
  // Berry fetches packages for other platforms later, npm leaves a stub for an optional one that never resolved.
  if (entry.conditional && lock.kind === 'yarn-berry') return false;
  return !(entry.optional && entry.version === undefined && entry.resolved === undefined);
}
