import type { Lock } from '../model/npm/lock.ts';
import type { Manifest } from '../model/npm/manifest.ts';
import type { NpmProject } from '../model/npm/project.ts';
import type { DependencySet } from '../model/sbom/component.ts';
import { diffDependencies } from '../model/sbom/diff.ts';
import { componentsOfLock } from '../model/sbom/from-lock.ts';
import type { ComponentInput, SbomChangeInput, SbomInput } from './gate-input.ts';

/**
 * Components of the npm projects as their locks list them, and what differs from the base.
 * In a file of its own, which the caller hands in: a hook without a lock in its commit need not load it.
 */
export function sbomOf(projects: readonly NpmProject[]): SbomInput {
  const states = [...new Map(projects.flatMap((project) => (project.lock ? [[project.lock, project]] : [])))];
  const lists = states.map(([lock, project]) => stateOf(lock, project));
  // The same lists for the same lock, so that the engine need not convert them again.
  const [only] = lists;
  if (only && lists.length === 1) return only;
  return {
    components: lists.flatMap((list) => list.components),
    changes: lists.flatMap((list) => list.changes),
  };
}

interface LockState {
  manifests: readonly Manifest[];
  set: DependencySet;
  components: ComponentInput[];
  base: Lock | undefined;
  input: SbomInput;
}

const states = new WeakMap<Lock, LockState>();

function stateOf(lock: Lock, project: NpmProject): SbomInput {
  const base = project.base.locks.find((one) => one.document.path === lock.document.path);
  const known = states.get(lock);
  const manifests = project.manifest ? [project.manifest, ...project.members] : project.members;
  const fits = known && isSame(known.manifests, manifests);
  if (fits && known.base === base) return known.input;
  const set = fits ? known.set : componentsOfLock(lock, manifests);
  const components = fits
    ? known.components
    : set.components.map((component) => componentInput(component, lock.document.path));
  // A lock that did not change has no changes, which spares reading its base.
  const before = base && base.document.text !== lock.document.text ? componentsOfLock(base, manifests) : undefined;
  const input = { components, changes: before ? changesOf(before, set, lock) : [] };
  states.set(lock, { manifests, set, components, base, input });
  return input;
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
