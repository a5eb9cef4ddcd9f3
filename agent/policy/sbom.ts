import { spanOf } from '../model/document.ts';
import type { Lock } from '../model/npm/lock.ts';
import type { Manifest } from '../model/npm/manifest.ts';
import type { NpmProject } from '../model/npm/project.ts';
import type { DependencySet } from '../model/sbom/component.ts';
import { type ChangeClass, diffDependencies } from '../model/sbom/diff.ts';
import { componentsOfLock, type LockSet } from '../model/sbom/from-lock.ts';
import type { ComponentInput, SbomChangeInput, SbomDiffInput, SbomInput } from './gate-input.ts';
import type { Places } from './places.ts';
import type { Place } from './types.ts';

/**
 * Components of the npm projects as their locks list them, what each asks for, and what differs from the base.
 * In a file of its own, which the caller hands in: a hook without a lock in its commit need not load it.
 */
export function sbomOf(projects: readonly NpmProject[]): SbomInput {
  const locks = [...new Map(projects.flatMap((project) => (project.lock ? [[project.lock, project]] : [])))];
  const parts = locks.map(([lock, project]) => stateOf(lock, project));
  // The same lists for the same lock, so that the engine need not convert them again.
  const [only] = parts;
  if (only && parts.length === 1) return only.input;
  const all = <T>(list: (part: LockState) => readonly T[]) => parts.flatMap(list);
  const starts = parts.map((_, index) => count(parts.slice(0, index), ({ input }) => input.components));
  const changes = all((part) => part.input.diff.changes);
  return {
    components: all((part) => part.input.components),
    edges: parts.flatMap(({ input }, index) => input.edges.map((list) => list.map((to) => to + (starts[index] ?? 0)))),
    diff: grouped(changes),
    setPlaces: (places) => setPlaces(places, parts),
  };
}

interface LockState {
  lock: Lock;
  manifests: readonly Manifest[];
  set: LockSet;
  components: ComponentInput[];
  base: Lock | undefined;
  input: SbomInput;
}

const states = new WeakMap<Lock, LockState>();

function stateOf(lock: Lock, project: NpmProject): LockState {
  const base = project.base.locks.find((one) => one.document.path === lock.document.path);
  const known = states.get(lock);
  const manifests = project.manifest ? [project.manifest, ...project.members] : project.members;
  const fits = known && isSame(known.manifests, manifests);
  if (fits && known.base === base) return known;
  const set = fits ? known.set : componentsOfLock(lock, manifests);
  const components = fits
    ? known.components
    : set.components.map((component) => componentInput(component, lock.document.path));
  // A lock that did not change has no changes, which spares reading its base.
  const before = base && base.document.text !== lock.document.text ? componentsOfLock(base, manifests) : undefined;
  const diff = grouped(before ? changesOf(before, set, lock) : []);
  const edges = fits ? known.input.edges : set.edges();
  const state: LockState = {
    ...{ lock, manifests, set, components, base },
    input: { components, edges, diff, setPlaces: (places) => setPlaces(places, [state]) },
  };
  states.set(lock, state);
  return state;
}

const kinds: Record<ChangeClass, keyof SbomDiffInput> = {
  'hash-changed': 'changed',
  'source-changed': 'changed',
  'install-script-added': 'changed',
  'direct-added': 'added',
  downgraded: 'changed',
  'licence-changed': 'license_changed',
  'transitive-added': 'added',
  updated: 'changed',
  'scope-changed': 'changed',
  removed: 'removed',
};

function grouped(changes: readonly SbomChangeInput[]): SbomDiffInput {
  const of = (kind: keyof SbomDiffInput) => changes.filter((one) => kinds[one.class as ChangeClass] === kind);
  const [added, removed, changed] = [of('added'), of('removed'), of('changed')];
  return { changes, added, removed, changed, license_changed: of('license_changed') };
}

/** The key of each entry in its lock; a change is where its package stands now, or in the lock when it is gone. */
function setPlaces(places: Places, parts: readonly LockState[]): void {
  const placeOf = ({ lock, set }: LockState, index: number): Place => {
    const entry = set.entries[index];
    const span = entry && spanOf(lock.document, lock.rangeOf(entry));
    return { path: lock.document.path, ...(span ? { span } : {}) };
  };
  const component = (index: number): Place | undefined => {
    let at = index;
    for (const part of parts) {
      if (at < part.components.length) return placeOf(part, at);
      at -= part.components.length;
    }
    return undefined;
  };
  const change = (one: SbomChangeInput | undefined): Place | undefined => {
    const part = one && parts.find(({ lock }) => lock.document.path === one.lock);
    if (!one || !part) return undefined;
    const index = part.components.findIndex(({ name, version }) => name === one.name && version === one.after);
    return index === -1 ? { path: one.lock } : placeOf(part, index);
  };
  const of = (kind: keyof SbomDiffInput) => parts.flatMap(({ input }) => input.diff[kind]);
  places.setEach('/sbom/components', component);
  places.setEach('/sbom/edges', component);
  for (const kind of ['changes', 'added', 'removed', 'changed', 'license_changed'] as const) {
    let list: readonly SbomChangeInput[] | undefined;
    places.setEach(`/sbom_diff/${kind}`, (index) => {
      list ??= of(kind);
      return change(list[index]);
    });
  }
}

function count<T>(parts: readonly T[], list: (part: T) => readonly unknown[]): number {
  return parts.reduce((sum, part) => sum + list(part).length, 0);
}

function isSame(a: readonly Manifest[], b: readonly Manifest[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

function componentInput(component: DependencySet['components'][number], lock: string): ComponentInput {
  const { name, version, purl, licence, scope, direct, installScript, firstParty } = component;
  return {
    name,
    version: version === '' ? null : version,
    purl,
    licence: licence ?? null,
    scope,
    direct,
    first_party: firstParty,
    hash: component.hashes.length > 0,
    install_script: installScript ?? null,
    lock,
  };
}

function changesOf(before: DependencySet, after: DependencySet, lock: Lock): SbomChangeInput[] {
  return diffDependencies(before, after).map((change) => ({
    class: change.class,
    name: change.name,
    purl: change.key,
    before: change.before ?? null,
    after: change.after ?? null,
    direct: change.direct,
    scope: change.scope,
    via: change.via,
    step: change.step ?? null,
    from: change.from ?? null,
    to: change.to ?? null,
    lock: lock.document.path,
  }));
}
