import { hostOf, isLocalHost } from '../../model/npm/address.ts';
import { registryHosts } from '../../model/npm/hosts.ts';
import type { Lock, LockEntry } from '../../model/npm/lock.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { labelOf, listed, shown } from '../../model/npm/report.ts';
import type { Draft } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-host',
    title: 'Lockfile entry from a host that is not configured',
    category: 'dependency',
    severity: 'high',
    confidence: 'medium',
    why: 'Installs fetch from the address in the lockfile, whatever registry is configured.\nOne changed host among hundreds of entries is easily overlooked in a review, and its hash fits its own tarball.',
    fix: 'Restore the entry, or name the registry in the repository’s .npmrc so that reviewers can see it.',
    sources: [
      'https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages',
      'https://docs.npmjs.com/cli/using-npm/registry',
    ],
  },
  reads: 'npm',
  *check(project) {
    const known = registryHosts(project.settings);
    for (const lock of project.locks) {
      const hosts = hostsOf(project, lock);
      const main = prevailing(hosts);
      const mainBefore = prevailing(
        hostsOf(
          project,
          project.base.locks.find(({ kind }) => kind === lock.kind),
        ),
      );
      for (const [host, entries] of hosts) {
        if (known.has(host) || isLocalHost(host)) continue;
        if (host !== main) yield foreign(lock, host, entries);
        else if (mainBefore === undefined) yield whole(lock, host, entries);
        else if (mainBefore !== host) yield foreign(lock, host, entries);
      }
    }
  },
});

/** Entries by host. Addresses that a manifest itself names belong to `npm-url-dep`. */
function hostsOf(project: NpmProject, lock: Lock | undefined): Map<string, LockEntry[]> {
  const manifests = [project.manifest, ...project.members].filter((manifest) => manifest !== undefined);
  const declared = new Set(manifests.flatMap((manifest) => manifest.dependencies.map(({ spec }) => spec.raw.trim())));
  const hosts = new Map<string, LockEntry[]>();
  for (const entry of lock?.entries ?? []) {
    if ((entry.source !== 'registry' && entry.source !== 'url') || entry.resolved === undefined) continue;
    if (declared.has(entry.resolved) || declared.has(entry.resolved.replace(/#[0-9a-f]*$/, ''))) continue;
    const host = /^https?:/i.test(entry.resolved) ? hostOf(entry.resolved) : undefined;
    if (host === undefined) continue;
    const same = hosts.get(host);
    if (same) same.push(entry);
    else hosts.set(host, [entry]);
  }
  return hosts;
}

function prevailing(hosts: ReadonlyMap<string, readonly LockEntry[]>): string | undefined {
  let total = 0;
  let best: [string, number] | undefined;
  for (const [host, { length }] of hosts) {
    total += length;
    if (!best || length > best[1]) best = [host, length];
  }
  return best && best[1] * 2 > total ? best[0] : undefined;
}

function foreign(lock: Lock, host: string, entries: readonly LockEntry[]): Draft {
  const [first] = entries;
  const who =
    entries.length === 1 ? `${labelOf(first!)} is` : `${entries.length} packages (${listed(entries.map(labelOf))}) are`;
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(first!, 'resolved'),
    message: `${who} fetched from ${shown(host)}, which no registry setting of this repository names`,
    identity: `${host} ${listed(
      entries.map((entry) => entry.name),
      50,
    )}`,
    related: entries.slice(1, 10).map((entry) => ({
      path: lock.document.path,
      range: lock.fieldRangeOf(entry, 'resolved'),
      message: labelOf(entry),
    })),
  };
}

/** A mirror in each developer's own settings is common; it is said once and quietly. */
function whole(lock: Lock, host: string, entries: readonly LockEntry[]): Draft {
  return {
    path: lock.document.path,
    range: lock.fieldRangeOf(entries[0]!, 'resolved'),
    message: `This lockfile fetches from ${shown(host)}, but no .npmrc of this repository names it: other machines cannot tell it from a foreign host`,
    severity: 'low',
    identity: host,
  };
}
