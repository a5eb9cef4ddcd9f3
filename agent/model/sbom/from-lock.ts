import { hostOf } from '../npm/address.ts';
import { hashesOf } from '../npm/integrity.ts';
import type { Lock, LockEntry } from '../npm/lock.ts';
import type { Manifest } from '../npm/manifest.ts';
import type { Component, DependencySet, Scope, Source } from './component.ts';
import { npmKey, npmPurl } from './purl.ts';

/** The components of a lock, with the entry each was made of. */
export interface LockSet extends DependencySet {
  entries: readonly LockEntry[];
}

/**
 * The components of a lockfile. `manifests` (root and workspace members) are needed for formats that do not record
 * what the root asks for: npm's first and yarn classic.
 */
export function componentsOfLock(lock: Lock, manifests: readonly Manifest[] = []): LockSet {
  const entries = lock.entries.filter((entry) => entry.source !== 'link');
  const direct = directEntries(lock, manifests);
  const scopes = hasFlags(lock) ? undefined : reachedScopes(lock, manifests);
  const components = entries.map((entry) =>
    componentOf(entry, direct.has(entry), scopes?.get(entry) ?? scopeOf(entry)),
  );
  let edges: number[][] | undefined;
  return {
    components,
    entries,
    edges: () => {
      edges ??= edgesOf(lock, entries);
      return edges;
    },
  };
}

export function sourceOf(entry: LockEntry): Source {
  const commit = entry.source === 'git' ? /[0-9a-f]{40}(?![0-9a-f])/.exec(entry.resolved ?? '')?.[0] : undefined;
  return { kind: entry.source, host: entry.resolved === undefined ? undefined : hostOf(entry.resolved), commit };
}

function componentOf(entry: LockEntry, direct: boolean, scope: Scope): Component {
  const version = entry.version ?? '';
  return {
    key: npmKey(entry.name),
    name: entry.name,
    version,
    purl: npmPurl(entry.name, version),
    path: entry.path,
    hashes: hashesOf(entry),
    source: sourceOf(entry),
    licence: entry.licence,
    scope,
    direct,
    installScript: entry.hasInstallScript,
    deprecated: entry.deprecated,
    firstParty: entry.source === 'workspace',
  };
}

function directEntries(lock: Lock, manifests: readonly Manifest[]): Set<LockEntry> {
  const found = new Set<LockEntry>();
  for (const importer of lock.importers?.values() ?? [])
    for (const entry of importer.entries.values()) found.add(entry);
  if (lock.importers) return found;
  for (const { entry } of asked(lock, manifests)) found.add(entry);
  return found;
}

function* asked(lock: Lock, manifests: readonly Manifest[]) {
  for (const manifest of manifests) {
    for (const { name, type, spec } of manifest.dependencies) {
      const raw = spec.raw.trim();
      const entry = lock.descriptors
        ? (lock.descriptors.get(`${name}@${raw}`) ?? lock.descriptors.get(`${name}@npm:${raw}`))
        : (lock.importers?.get(manifest.folder)?.entries.get(name) ?? lock.resolve(undefined, name));
      if (entry) yield { entry, type };
    }
  }
}

/** npm writes `dev` and `optional` at each entry, pnpm did until version 6; the others leave it to the reader. */
function hasFlags(lock: Lock): boolean {
  return lock.kind === 'npm' || lock.entries.some((entry) => entry.dev);
}

function scopeOf(entry: LockEntry): Scope {
  return entry.dev ? 'development' : entry.optional ? 'optional' : 'production';
}

/** What production reaches is production; of the rest, what optional dependencies reach is optional. */
function reachedScopes(lock: Lock, manifests: readonly Manifest[]): Map<LockEntry, Scope> {
  const scopes = new Map<LockEntry, Scope>();
  if (manifests.length === 0) return scopes;
  const starts: Record<Scope, LockEntry[]> = { production: [], optional: [], development: [] };
  for (const { entry, type } of asked(lock, manifests)) {
    if (type === 'devDependencies') starts.development.push(entry);
    else if (type === 'optionalDependencies') starts.optional.push(entry);
    else starts.production.push(entry);
  }
  for (const scope of ['production', 'optional', 'development'] as const) {
    const queue = starts[scope];
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (scopes.has(next)) continue;
      scopes.set(next, scope);
      for (const name of next.dependencies.keys()) {
        const entry = lock.resolve(next, name);
        if (entry && !scopes.has(entry)) queue.push(entry);
      }
    }
  }
  return scopes;
}

function edgesOf(lock: Lock, entries: readonly LockEntry[]): number[][] {
  const indexOf = new Map(entries.map((entry, index) => [entry, index]));
  return entries.map((entry) => {
    const out: number[] = [];
    for (const name of entry.dependencies.keys()) {
      const target = lock.resolve(entry, name);
      const index = target && indexOf.get(target);
      if (index !== undefined) out.push(index);
    }
    return out;
  });
}
