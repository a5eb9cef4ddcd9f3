import { satisfies } from 'semver';
import type { LockEntry } from '../../model/npm/lock.ts';
import type { Manifest, ManifestDependency } from '../../model/npm/manifest.ts';
import { pinOf } from '../../model/npm/pin.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { hasForeignLock, isTestMaterial, listed, lockCommand, shown } from '../../model/npm/report.ts';
import { isCovered, lockedEntry } from '../../model/npm/sync.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-range',
    title: 'Dependency range that no lockfile holds',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'Without a lockfile entry a range means "whatever is newest at install time".\nA release that was taken over reaches every build within minutes, and two builds of one commit differ.',
    fix: 'Commit a lockfile that is in sync with the manifest; a range that it holds is fine.',
    sources: [
      'https://docs.npmjs.com/cli/configuring-npm/package-lock-json',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'npm',
  *check(project, context) {
    const { manifest } = project;
    if (!manifest || isTestMaterial(project.folder) || project.lock?.problem) return;
    if (!project.lock && hasForeignLock(project.folder, context.document)) return;
    // An application without any lockfile is one finding, npm-no-lock: its ranges are the same problem once more.
    if (!project.lock && !(project.root ?? manifest).library) return;
    const open = manifest.dependencies.filter((dependency) => isOpen(project, dependency));
    if (open.length > 5 || (manifest.library && open.length > 0)) yield together(project, manifest, open);
    else for (const dependency of open) yield single(project, manifest, dependency);
  },
});

function isOpen(project: NpmProject, dependency: ManifestDependency): boolean {
  if (dependency.type === 'peerDependencies' || dependency.spec.kind !== 'range') return false;
  return !project.memberNames.has(dependency.name) && !isCovered(project, dependency);
}

function single(project: NpmProject, manifest: Manifest, dependency: ManifestDependency): Draft {
  const range = manifest.rangeOf(dependency);
  return {
    path: manifest.document.path,
    range,
    message: `${shown(dependency.name)} may be any version of ${shown(dependency.spec.raw)}: the lockfile does not hold it as written, so each install decides anew`,
    identity: dependency.name,
    fixes: () => pinFixes(project, dependency),
    command: lockCommand(project),
  };
}

function together(project: NpmProject, manifest: Manifest, open: readonly ManifestDependency[]): Draft {
  const reason = project.lock ? 'that the lockfile does not hold as written' : 'and there is no lockfile';
  const count = open.length === 1 ? '1 dependency is a range' : `${open.length} dependencies are ranges`;
  return {
    path: manifest.document.path,
    range: manifest.rangeOf(open[0]!),
    message: `${count} ${reason}: ${listed(open.map((dependency) => dependency.name))}`,
    // A published library must leave room to its users; only its own builds are concerned.
    ...(manifest.library ? { severity: 'info' as const } : {}),
    identity: 'ranges',
    related: open.slice(1, 20).map((dependency) => ({
      path: manifest.document.path,
      range: manifest.rangeOf(dependency),
      message: `${shown(dependency.name)}: ${shown(dependency.spec.raw)}`,
    })),
    command: lockCommand(project),
  };
}

function pinFixes(project: NpmProject, dependency: ManifestDependency): Fix[] {
  const entry: LockEntry | undefined = lockedEntry(project, dependency);
  const pin = entry && pinOf(project, dependency);
  if (!pin || !isCoveredBy(project, dependency, pin.spec)) return [];
  return [
    { title: `Pin ${shown(dependency.name)} to ${shown(pin.spec)}, the locked version`, edits: pin.edits, safe: false },
  ];
}

/** A lock that holds another major version than the manifest asks for must not be turned into a silent downgrade. */
function isCoveredBy(project: NpmProject, dependency: ManifestDependency, spec: string): boolean {
  const range = dependency.spec.range ?? dependency.spec.raw;
  const version = spec.slice(spec.lastIndexOf('@') + 1);
  return project.lock !== undefined && satisfies(version, range, { loose: true });
}
