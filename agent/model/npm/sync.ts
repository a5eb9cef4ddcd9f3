import { satisfies, validRange } from 'semver';
import type { Importer, Lock, LockEntry } from './lock.ts';
import type { ManifestDependency } from './manifest.ts';
import type { NpmProject } from './project.ts';

export type MismatchKind = 'missing' | 'unsatisfied' | 'changed' | 'extra' | 'importer-missing';

/** A place where lockfile and manifest do not say the same. */
export interface Mismatch {
  kind: MismatchKind;
  name: string;
  /** Undefined for `extra` and `importer-missing`. */
  dependency: ManifestDependency | undefined;
  /** The spec that the lockfile recorded. */
  recorded: string | undefined;
  /** The version it locked. */
  locked: string | undefined;
  /** The manager's frozen install refuses. npm accepts a changed spec when the locked version satisfies it. */
  fails: boolean;
}

/**
 * All differences between a manifest and the lock that governs it, without asking a package manager.
 * Measured with npm 11 (`npm ci --dry-run`): it fails for missing and unsatisfied entries only; pnpm, yarn berry and
 * bun compare the recorded text; yarn classic looks for the descriptor.
 */
export function mismatchesOf(project: NpmProject): Mismatch[] {
  const { lock, manifest } = project;
  if (!lock || lock.problem || !manifest) return [];
  const importer = lock.importers?.get(project.importer);
  if (lock.importers && !importer) {
    const base = { dependency: undefined, recorded: undefined, locked: undefined };
    return [{ ...base, kind: 'importer-missing', name: manifest.name ?? project.importer, fails: true }];
  }
  const out: Mismatch[] = [];
  const wanted = wantedOf(project);
  for (const [name, dependencies] of wanted) {
    const mismatch = compare(project, lock, importer, name, dependencies);
    if (mismatch) out.push(mismatch);
  }
  for (const [name, recorded] of importer?.specs ?? []) {
    if (wanted.has(name) || isPeer(project, name)) continue;
    const locked = importer?.entries.get(name)?.version;
    out.push({ kind: 'extra', name, dependency: undefined, recorded, locked, fails: lock.kind !== 'npm' });
  }
  return out;
}

/** The lock entry of a direct dependency, whether or not it is still what the manifest asks for. */
export function lockedEntry(project: NpmProject, dependency: ManifestDependency): LockEntry | undefined {
  const { lock } = project;
  if (!lock || lock.problem) return undefined;
  const importer = lock.importers?.get(project.importer);
  if (importer) return importer.entries.get(dependency.name);
  if (lock.kind !== 'yarn-classic') return lock.resolve(undefined, dependency.name);
  return lock.descriptors?.get(`${dependency.name}@${dependency.spec.raw.trim()}`);
}

/** The lock holds this dependency, and holds it as the manifest asks: a range is then as good as pinned. */
export function isCovered(project: NpmProject, dependency: ManifestDependency): boolean {
  const { lock } = project;
  if (!lock || lock.problem) return false;
  const importer = lock.importers?.get(project.importer);
  if (lock.importers && !importer) return false;
  const mismatch = compare(project, lock, importer, dependency.name, [dependency]);
  return mismatch === undefined || !mismatch.fails;
}

function wantedOf(project: NpmProject): Map<string, ManifestDependency[]> {
  const wanted = new Map<string, ManifestDependency[]>();
  for (const dependency of project.manifest?.dependencies ?? []) {
    if (dependency.type === 'peerDependencies') continue;
    const same = wanted.get(dependency.name);
    if (same) same.push(dependency);
    else wanted.set(dependency.name, [dependency]);
  }
  return wanted;
}

/** pnpm and bun install peers by themselves and record them. */
function isPeer(project: NpmProject, name: string): boolean {
  return (project.manifest?.dependencies ?? []).some(
    (dependency) => dependency.name === name && dependency.type === 'peerDependencies',
  );
}

function compare(
  project: NpmProject,
  lock: Lock,
  importer: Importer | undefined,
  name: string,
  dependencies: readonly ManifestDependency[],
): Mismatch | undefined {
  const dependency = dependencies[0]!;
  // What an override decides is written differently by every manager.
  if (project.overridden.has(name)) return undefined;
  const local = project.memberNames.has(name) || ['workspace', 'link'].includes(dependency.spec.kind);
  const entry = lockedEntry(project, dependency);
  const recorded = importer?.specs.get(name);
  const base = { name, dependency, recorded, locked: entry?.version };
  if (importer && recorded === undefined) return local ? undefined : { ...base, kind: 'missing', fails: true };
  if (!importer && !entry) {
    const skipped = local || dependency.type === 'optionalDependencies' || dependency.spec.kind === 'file';
    return skipped ? undefined : { ...base, kind: 'missing', fails: true };
  }
  const satisfied = isSatisfied(dependency, entry);
  if (importer && !dependencies.some((each) => sameSpec(each.spec.raw, recorded!))) {
    const registry =
      dependency.spec.kind === 'exact' || dependency.spec.kind === 'range' || dependency.spec.kind === 'tag';
    if (satisfied === false) return { ...base, kind: 'unsatisfied', fails: true };
    return { ...base, kind: 'changed', fails: lock.kind !== 'npm' || !(satisfied && registry) };
  }
  const optional = dependency.type === 'optionalDependencies';
  if (lock.kind === 'npm' && !entry && !optional && !local) return { ...base, kind: 'missing', fails: true };
  if (satisfied === false && !local) return { ...base, kind: 'unsatisfied', fails: true };
  return undefined;
}

/** Undefined where a version says nothing: another source, a tag, no entry. */
function isSatisfied(dependency: ManifestDependency, entry: LockEntry | undefined): boolean | undefined {
  const { spec, name } = dependency;
  if (!entry) return undefined;
  if (spec.kind === 'tag') return entry.source === 'registry' ? entry.name === (spec.alias ?? name) : undefined;
  if (spec.kind !== 'range' && spec.kind !== 'exact') return undefined;
  if (entry.source !== 'registry') return entry.source === 'git' || entry.source === 'url' ? false : undefined;
  if (entry.name !== (spec.alias ?? name)) return false;
  const range = spec.range ?? spec.raw;
  if (entry.version === undefined || validRange(range, { loose: true }) === null) return undefined;
  return satisfies(entry.version, range, { loose: true });
}

function sameSpec(written: string, recorded: string): boolean {
  const plain = (spec: string) => spec.trim().replace(/^npm:(?=[\s\d.xX*^~<>=|v-]|$)/, '') || '*';
  return plain(written) === plain(recorded);
}
