import type { ManifestDependency } from '../../model/npm/manifest.ts';
import { pinTo } from '../../model/npm/pin.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { shown } from '../../model/npm/report.ts';
import { lockedEntry } from '../../model/npm/sync.ts';
import type { Fix, Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-git-dep',
    title: 'Git dependency that can move',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'A branch moves with every push and a tag can be moved; only a full commit id names content.\nA git dependency also runs its prepare script at install time.',
    fix: 'Write the full commit id behind #; the quick fix takes it from the lockfile.',
    sources: [
      'https://docs.npmjs.com/cli/configuring-npm/package-json#git-urls-as-dependencies',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'npm',
  *check(project) {
    const { manifest } = project;
    for (const dependency of manifest?.dependencies ?? []) {
      const { git } = dependency.spec;
      if (!git || dependency.type === 'peerDependencies' || git.pin === 'commit') continue;
      const commit = lockedCommit(project, dependency);
      const held = commit ? 'the lockfile holds a commit until the next update' : 'no lockfile holds a commit';
      yield {
        path: manifest!.document.path,
        range: manifest!.rangeOf(dependency),
        message: `${shown(dependency.name)} comes from ${what[git.pin]}; ${held}`,
        severity: severityOf(git.pin, commit !== undefined),
        identity: dependency.name,
        fixes: () => commitFixes(project, dependency, commit),
      };
    }
  },
});

const what = {
  commit: 'a commit',
  short: 'an abbreviated commit id, which can become ambiguous',
  tag: 'a tag, which can be moved',
  semver: 'the newest fitting tag',
  branch: 'a branch, which moves',
  none: 'the default branch, which moves',
};

function severityOf(pin: string, locked: boolean): Severity {
  const fixed = pin === 'tag' || pin === 'semver' || pin === 'short';
  if (locked) return fixed ? 'low' : 'medium';
  return fixed ? 'medium' : 'high';
}

function lockedCommit(project: NpmProject, dependency: ManifestDependency): string | undefined {
  const entry = lockedEntry(project, dependency);
  if (entry?.source !== 'git') return undefined;
  return /[0-9a-f]{40}(?![0-9a-f])/.exec(entry.resolved ?? entry.path)?.[0];
}

function commitFixes(project: NpmProject, dependency: ManifestDependency, commit: string | undefined): Fix[] {
  if (commit === undefined) return [];
  const pin = pinTo(project, dependency, `${dependency.spec.git!.url}#${commit}`);
  if (!pin) return [];
  return [{ title: `Write the locked commit ${commit.slice(0, 7)}…`, edits: pin.edits, safe: false }];
}
