import { hostOf, isLocalHost } from '../../model/npm/address.ts';
import { parseIntegrity } from '../../model/npm/integrity.ts';
import type { ManifestDependency } from '../../model/npm/manifest.ts';
import { pinTo } from '../../model/npm/pin.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { shown } from '../../model/npm/report.ts';
import { lockedEntry } from '../../model/npm/sync.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-url-dep',
    title: 'Dependency from an address',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'A tarball at an address has no version, no provenance and no advisories, and its owner can replace it.\nOver plain HTTP anyone on the way can.',
    fix: 'Take the package from a registry, or use https and commit the lockfile that holds its hash.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-json#urls-as-dependencies'],
  },
  reads: 'npm',
  *check(project) {
    for (const dependency of project.manifest?.dependencies ?? []) {
      if (dependency.type === 'peerDependencies') continue;
      const draft = insecureGit(project, dependency) ?? tarball(project, dependency);
      if (draft) yield draft;
    }
  },
});

function insecureGit(project: NpmProject, dependency: ManifestDependency): Draft | undefined {
  const { git } = dependency.spec;
  if (!git || (git.transport !== 'http' && git.transport !== 'git') || isLocal(git.url)) return undefined;
  return draftOf(project, dependency, {
    message: `${shown(dependency.name)} is fetched over ${git.transport}://, which anyone on the way can change`,
    severity: git.pin === 'commit' ? 'medium' : 'high',
    ...(git.pin === 'commit' ? { fixes: () => httpsFixes(project, dependency) } : {}),
  });
}

function tarball(project: NpmProject, dependency: ManifestDependency): Draft | undefined {
  const { spec, name } = dependency;
  if (spec.kind !== 'url' || isLocal(spec.raw)) return undefined;
  const entry = lockedEntry(project, dependency);
  const hashed = entry !== undefined && (parseIntegrity(entry.integrity).length > 0 || entry.checksum !== undefined);
  if (/^\s*http:/i.test(spec.raw)) {
    return draftOf(project, dependency, {
      message: hashed
        ? `${shown(name)} is fetched over plain http; only the lockfile's hash protects it`
        : `${shown(name)} is fetched over plain http and no hash protects it: anyone on the way can replace it`,
      severity: hashed ? 'medium' : 'high',
      // Without a hash https alone leaves the address unpinned: another finding, so no fix.
      ...(hashed ? { fixes: () => httpsFixes(project, dependency) } : {}),
    });
  }
  // An address whose hash the lock holds is content-addressed: as good as a registry package.
  if (hashed) return undefined;
  return draftOf(project, dependency, {
    message: `${shown(name)} comes from an address and no lockfile holds its hash: its owner can replace it`,
    severity: 'medium',
  });
}

function draftOf(
  project: NpmProject,
  dependency: ManifestDependency,
  rest: Pick<Draft, 'message' | 'severity' | 'fixes'>,
): Draft {
  const manifest = project.manifest!;
  return {
    path: manifest.document.path,
    range: manifest.rangeOf(dependency),
    identity: dependency.name,
    ...rest,
  };
}

function httpsFixes(project: NpmProject, dependency: ManifestDependency): Fix[] {
  const raw = dependency.spec.raw.trim();
  if (!/^(?:git\+)?http:/i.test(raw)) return [];
  const pin = pinTo(project, dependency, raw.replace(/^((?:git\+)?http):/i, '$1s:'));
  return pin ? [{ title: 'Use https', edits: pin.edits, safe: false }] : [];
}

function isLocal(address: string): boolean {
  const host = hostOf(address.trim());
  return host !== undefined && isLocalHost(host);
}
