import { hostOf, isLocalHost } from '../../model/npm/address.ts';
import type { Lock, LockEntry } from '../../model/npm/lock.ts';
import { labelOf, listed } from '../../model/npm/report.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-scheme',
    title: 'Lockfile entry fetched without TLS',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'Over http:// or git:// anyone on the way can read and replace what is fetched,\nand an entry without a hash is then installed as it comes.',
    fix: 'Use https in the entry; the quick fix changes the scheme only.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages'],
  },
  reads: 'npm',
  *check(project) {
    for (const lock of project.locks) {
      const plain = lock.entries.filter(isPlain);
      if (plain.length > 10) yield together(lock, plain);
      else for (const entry of plain) yield single(lock, entry);
    }
  },
});

function isPlain({ resolved, source }: LockEntry): boolean {
  if (resolved === undefined || source === 'workspace' || source === 'link') return false;
  if (!/^(?:git\+)?http:\/\/|^git:\/\//i.test(resolved)) return false;
  const host = hostOf(resolved);
  return host === undefined || !isLocalHost(host);
}

function single(lock: Lock, entry: LockEntry): Draft {
  const scheme = /^(?:git\+)?([a-z]+):/i.exec(entry.resolved!)![1]!.toLowerCase();
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(entry, 'resolved'),
    message: `${labelOf(entry)} is fetched over ${scheme}://, which anyone on the way can change`,
    identity: entry.path,
    fixes: () => httpsFixes(lock, [entry]),
  };
}

function together(lock: Lock, entries: readonly LockEntry[]): Draft {
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(entries[0]!, 'resolved'),
    message: `${entries.length} packages are fetched without TLS, so anyone on the way can change them: ${listed(entries.map(labelOf))}`,
    identity: 'many',
    fixes: () => httpsFixes(lock, entries),
  };
}

function httpsFixes(lock: Lock, entries: readonly LockEntry[]): Fix[] {
  const edits: Fix['edits'] = [];
  for (const entry of entries) {
    const [start, end] = lock.fieldRangeOf(entry, 'resolved');
    const at = lock.document.text.slice(start, end).search(/http:\/\//i);
    if (at === -1) return [];
    edits.push({ path: lock.document.path, range: [start + at, start + at + 4], text: 'https' });
  }
  return [{ title: edits.length === 1 ? 'Use https' : `Use https in ${edits.length} entries`, edits, safe: false }];
}
