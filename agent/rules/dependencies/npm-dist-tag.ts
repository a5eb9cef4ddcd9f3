import type { ManifestDependency } from '../../model/npm/manifest.ts';
import { pinOf } from '../../model/npm/pin.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { lockCommand, shown } from '../../model/npm/report.ts';
import { isCovered, lockedEntry } from '../../model/npm/sync.ts';
import type { Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-dist-tag',
    title: 'Dependency on a tag or on any version',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'A tag such as latest, an empty value or * takes whatever the registry calls so at that moment, across major versions.\nWhoever can publish the package decides what you build next.',
    fix: 'Write a version or a range; the quick fix writes the version that the lockfile holds.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies'],
  },
  reads: 'npm',
  *check(project) {
    const { manifest } = project;
    for (const dependency of manifest?.dependencies ?? []) {
      if (!isFloating(project, dependency)) continue;
      const covered = isCovered(project, dependency);
      yield {
        path: manifest!.document.path,
        range: manifest!.rangeOf(dependency),
        message: covered
          ? `${shown(dependency.name)} is asked for as ${shownTag(dependency)}: the next update of the lockfile takes any version`
          : `${shown(dependency.name)} is asked for as ${shownTag(dependency)} and no lockfile holds it: every install takes what is newest`,
        severity: covered ? 'medium' : 'high',
        identity: dependency.name,
        fixes: () => pinFixes(project, dependency),
        ...(covered ? {} : { command: lockCommand(project) }),
      };
    }
  },
});

function isFloating(project: NpmProject, dependency: ManifestDependency): boolean {
  if (dependency.type === 'peerDependencies' || dependency.spec.kind !== 'tag') return false;
  // Members of the workspace are often asked for as `*`: they come from this repository.
  if (project.memberNames.has(dependency.name)) return false;
  const source = lockedEntry(project, dependency)?.source ?? 'registry';
  return source === 'registry';
}

function shownTag(dependency: ManifestDependency): string {
  const tag = dependency.spec.range ?? dependency.spec.raw;
  return tag === '' ? 'any version' : `"${shown(tag)}"`;
}

function pinFixes(project: NpmProject, dependency: ManifestDependency): Fix[] {
  const pin = pinOf(project, dependency);
  if (!pin) return [];
  return [{ title: `Write ${shown(pin.spec)}, the locked version`, edits: pin.edits, safe: false }];
}
