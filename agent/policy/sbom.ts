import type { Lock } from '../model/npm/lock.ts';
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

const states = new WeakMap<Lock, { base: Lock | undefined; state: SbomInput }>();

function stateOf(lock: Lock, project: NpmProject): SbomInput {
  const base = project.base.locks.find((one) => one.document.path === lock.document.path);
  const known = states.get(lock);
  if (known && known.base === base) return known.state;
  const after = setOf(lock, project);
  const before = base && setOf(base, project);
  const state = {
    components: after.components.map((component) => componentInput(component, lock)),
    changes: before ? changesOf(before, after, lock) : [],
  };
  states.set(lock, { base, state });
  return state;
}

function setOf(lock: Lock, project: NpmProject): DependencySet {
  return componentsOfLock(lock, project.manifest ? [project.manifest, ...project.members] : project.members);
}

function componentInput(component: DependencySet['components'][number], lock: Lock): ComponentInput {
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
    lock: lock.document.path,
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
