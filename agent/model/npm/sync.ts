import { satisfies, validRange } from 'semver';
import type { Importer, Lock, LockEntry } from './lock.ts';
import type { ManifestDependency } from './manifest.ts';
import type { NpmProject } from './project.ts';

export type MismatchKind = 'missing' | 'unsatisfied' | 'changed' | 'moved' | 'extra' | 'importer-missing';

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
  /**
   * The manager's frozen install refuses. npm accepts a changed spec when the locked version satisfies it; yarn classic
   * does not look at the manifests of workspace members.
   */
  fails: boolean;
}

/**
 * All differences between a manifest and the lock that governs it, without asking a package manager.
 * Measured with npm 11, pnpm 10, yarn 1 and 4: npm fails for missing and unsatisfied entries only; pnpm, yarn berry and
 * bun compare the recorded text, pnpm also the group; yarn classic looks for the root's descriptors.
 */
export function mismatchesOf(project: NpmProject): Mismatch[] {
  const { lock, manifest } = project;
  if (!lock || lock.problem || !manifest) return [];
  const importer = lock.importers?.get(project.importer);
  if (lock.importers && !importer) {
    // npm records nothing at all of a root that asks for nothing.
    if (project.importer === '' && wantedOf(project).size === 0) return [];
    const base = { dependency: undefined, recorded: undefined, locked: undefined };
    return [{ ...base, kind: 'importer-missing', name: manifest.name ?? project.importer, fails: true }];
  }
  const out: Mismatch[] = [];
  const wanted = wantedOf(project);
  for (const [name, dependencies] of wanted) {
    const mismatch = compare(project, lock, importer, name, dependencies);
    if (mismatch) out.push(mismatch);
  }
  const peers = peerNames(project);
  for (const [name, recorded] of importer?.specs ?? []) {
    if (wanted.has(name) || peers.has(name)) continue;
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
  return mismatch === undefined || (!mismatch.fails && mismatch.kind === 'changed');
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
function peerNames({ manifest }: NpmProject): Set<string> {
  const peers = manifest?.dependencies.filter(({ type }) => type === 'peerDependencies') ?? [];
  return new Set(peers.map(({ name }) => name));
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
    const unseen = lock.kind === 'yarn-classic' && project.root !== undefined;
    return skipped ? undefined : { ...base, kind: 'missing', fails: !unseen };
  }
  const satisfied = isSatisfied(dependency, entry);
  const changed = importer !== undefined && !dependencies.some((each) => sameSpec(each.spec.raw, recorded!));
  // npm compares versions only: another package under the same name passes.
  if (entry && isOtherPackage(dependency, entry) && (changed || !local)) {
    return { ...base, kind: 'unsatisfied', fails: lock.kind !== 'npm' || satisfied === false };
  }
  if (changed) {
    if (satisfied === false) return { ...base, kind: 'unsatisfied', fails: true };
    return { ...base, kind: 'changed', fails: lock.kind !== 'npm' || satisfied !== true };
  }
  const group = importer?.groups?.get(name);
  if (group !== undefined && !dependencies.some(({ type }) => type === group)) {
    return { ...base, kind: 'moved', fails: true };
  }
  const optional = dependency.type === 'optionalDependencies';
  if (lock.kind === 'npm' && !entry && !optional && !local) return { ...base, kind: 'missing', fails: true };
  if (satisfied === false && !local) return { ...base, kind: 'unsatisfied', fails: true };
  return undefined;
}

/** Undefined where a version says nothing: another source, a tag, no entry. */
function isSatisfied(dependency: ManifestDependency, entry: LockEntry | undefined): boolean | undefined {
  const { spec } = dependency;
  if (!entry) return undefined;
  if (spec.kind === 'tag') return isTagSatisfied(spec.range ?? '', entry);
  if (spec.kind !== 'range' && spec.kind !== 'exact') return undefined;
  if (entry.source !== 'registry') return entry.source === 'git' || entry.source === 'url' ? false : undefined;
  const range = spec.range ?? spec.raw;
  if (entry.version === undefined || validRange(range, { loose: true }) === null) return undefined;
  return satisfies(entry.version, range, { loose: true });
}

/** npm takes a locked version for a tag's when the lock names its tarball, and asks the registry otherwise. */
function isTagSatisfied(tag: string, entry: LockEntry): boolean | undefined {
  if (entry.source !== 'registry') return undefined;
  return /^[*xX]?$/.test(tag) || entry.resolved !== undefined ? true : undefined;
}

function isOtherPackage({ spec, name }: ManifestDependency, entry: LockEntry): boolean {
  if (entry.source !== 'registry' || !['exact', 'range', 'tag'].includes(spec.kind)) return false;
  return entry.name !== (spec.alias ?? name);
}

function sameSpec(written: string, recorded: string): boolean {
  const plain = (spec: string) => spec.trim().replace(/^npm:(?=[\s\d.xX*^~<>=|v-]|$)/, '') || '*';
  return plain(written) === plain(recorded);
}
