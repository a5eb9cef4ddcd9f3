import { manifestOf } from '../../model/npm/manifest.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { frozenInstall, listed, lockCommand, shown } from '../../model/npm/report.ts';
import { type Mismatch, mismatchesOf } from '../../model/npm/sync.ts';
import type { Draft } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-out-of-sync',
    title: 'Lockfile out of sync with the manifest',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'A frozen install (npm ci and its like) refuses such a lockfile, so the build breaks;\nany other install resolves anew and takes versions nobody has reviewed.',
    fix: 'Run the manager’s lock-only command and commit the lockfile together with the manifest.',
    sources: [
      'https://docs.npmjs.com/cli/commands/npm-ci',
      'https://pnpm.io/cli/install#--frozen-lockfile',
      'https://yarnpkg.com/cli/install',
    ],
  },
  reads: 'npm',
  *check(project, context) {
    for (const lock of project.locks) {
      // Conflict markers have a finding of their own; everything else unreadable must not look clean.
      if (lock.problem && !lock.conflict) context.problem(lock.problem);
    }
    const { manifestDocument } = project;
    if (manifestDocument && !project.manifest && project.lock) {
      const { problem } = manifestOf(manifestDocument);
      if (problem) context.problem({ ...problem, fatal: true });
      return;
    }
    yield* drafts(project, mismatchesOf(project));
  },
});

function* drafts(project: NpmProject, mismatches: readonly Mismatch[]): Generator<Draft> {
  const failing = mismatches.filter((mismatch) => mismatch.fails);
  for (const mismatch of failing.slice(0, 20)) yield draftOf(project, mismatch);
  if (failing.length > 20) yield rest(project, failing.slice(20), 'high');
  const others = mismatches.filter((mismatch) => !mismatch.fails);
  const unnoticed = others.filter(({ kind }) => kind === 'missing' || kind === 'unsatisfied');
  for (const mismatch of unnoticed.slice(0, 20)) yield unnoticedDraft(project, mismatch);
  const stale = others.filter((mismatch) => !unnoticed.includes(mismatch));
  if (stale.length > 0 && failing.length === 0) yield rest(project, stale, 'low');
}

function draftOf(project: NpmProject, mismatch: Mismatch): Draft {
  return {
    ...place(project, mismatch),
    message: `${sentence(project, mismatch)}; ${frozenInstall[project.lock!.kind]} will refuse`,
    identity: `${mismatch.kind}:${mismatch.name}`,
    command: lockCommand(project),
    related: related(project),
  };
}

/**
 * Yarn classic installs what a workspace member asks for even when the lockfile does not hold it, and npm installs
 * another package under the same name when its version fits.
 */
function unnoticedDraft(project: NpmProject, mismatch: Mismatch): Draft {
  const then =
    mismatch.kind === 'missing'
      ? 'yarn does not refuse but takes whatever version is newest'
      : 'npm does not refuse but installs the package that the lockfile holds';
  return {
    ...place(project, mismatch),
    message: `${sentence(project, mismatch)}; ${then}`,
    severity: 'medium',
    identity: `${mismatch.kind}:${mismatch.name}`,
    command: lockCommand(project),
    related: related(project),
  };
}

function rest(project: NpmProject, mismatches: readonly Mismatch[], severity: 'high' | 'low'): Draft {
  const names = listed(mismatches.map((mismatch) => mismatch.name));
  return {
    ...place(project, mismatches[0]!),
    message:
      severity === 'high'
        ? `${mismatches.length} more differences between manifest and lockfile: ${names}`
        : `The lockfile records ${names} otherwise than the manifest; installs still pass, but the next one rewrites it`,
    severity,
    identity: severity === 'high' ? 'more' : 'stale',
    command: lockCommand(project),
    related: related(project),
  };
}

function place(project: NpmProject, { dependency }: Mismatch): Pick<Draft, 'path' | 'range'> {
  const manifest = project.manifest!;
  if (dependency) return { path: manifest.document.path, range: manifest.rangeOf(dependency) };
  const first = manifest.dependencies[0];
  return { path: manifest.document.path, range: first ? manifest.keyRangeOf(first) : [0, 1] };
}

function related(project: NpmProject): NonNullable<Draft['related']> {
  const { document } = project.lock!;
  return [{ path: document.path, range: [0, 0], message: 'the lockfile that governs this manifest' }];
}

function sentence(project: NpmProject, mismatch: Mismatch): string {
  const name = shown(mismatch.name);
  const wanted = mismatch.dependency ? shown(mismatch.dependency.spec.raw) : '';
  if (mismatch.kind === 'missing') return `${name} is not in the lockfile`;
  if (mismatch.kind === 'unsatisfied')
    return `The lockfile holds ${name} ${shown(mismatch.locked ?? '')}, the manifest asks for ${wanted}`;
  if (mismatch.kind === 'changed')
    return `The lockfile was made for ${name} ${shown(mismatch.recorded ?? '')}, the manifest asks for ${wanted}`;
  if (mismatch.kind === 'moved') return `${name} stands in another group of dependencies than in the lockfile`;
  if (mismatch.kind === 'extra') return `The lockfile still holds ${name}, which the manifest no longer asks for`;
  return `The lockfile does not know ${project.importer === '' ? 'this manifest' : `the workspace ${shown(project.importer)}`}`;
}
