import { isObject, itemsAt, type JsonObject, objectAt, propertyAt, readJson } from './json-text.ts';
import type { Importer, LockBody, LockEntry, LockSource } from './lock.ts';
import { maxPath } from './lock-npm.ts';
import { dependencyTypes } from './manifest.ts';

/**
 * Reads `bun.lock` (text form, JSON with trailing commas). A string says why it could not.
 * A package is `[ "name@version", "registry", {dependencies…}, "sha512-…" ]`; other sources have fewer items.
 * Source: Bun's documentation of the text lockfile.
 */
export function readBunLock(source: string): LockBody | string {
  const read = readJson(source, true);
  if (!read.ok) return read.message;
  if (!isObject(read.value) || !isObject(read.value.workspaces)) return 'it holds no workspaces';
  const json = read.value;
  const byPath = new Map<string, LockEntry>();
  for (const [path, value] of Object.entries(objectAt(json, 'packages'))) {
    if (Array.isArray(value) && typeof value[0] === 'string') byPath.set(path, entryOf(path, value));
  }
  for (const path of byPath.keys()) if (path.length > maxPath) return 'its paths are too long';
  const place = (entry: LockEntry) => propertyAt(read.text, ['packages', entry.path]);
  return {
    kind: 'bun',
    version: String(json.lockfileVersion ?? ''),
    entries: [...byPath.values()],
    importers: importersOf(objectAt(json, 'workspaces'), byPath),
    descriptors: undefined,
    resolve: (from, name) => find(byPath, from?.path ?? '', name),
    rangeOf: (entry) => place(entry)?.keyRange ?? [0, 0],
    fieldRangeOf: (entry, field) => {
      const found = place(entry);
      if (!found) return [0, 0];
      const items = [...itemsAt(read.text, found.valueRange[0])];
      const wanted = field === 'integrity' ? items.at(-1) : field === 'resolved' ? items[1] : items[0];
      return wanted ?? found.keyRange;
    },
  };
}

function entryOf(path: string, value: unknown[]): LockEntry {
  const identity = value[0] as string;
  const at = identity.indexOf('@', 1);
  const reference = at === -1 ? '' : identity.slice(at + 1);
  const source = sourceOf(reference);
  const meta = value.find(isObject) ?? {};
  const address = typeof value[1] === 'string' && value[1] !== '' && source === 'registry' ? value[1] : undefined;
  const last = value.at(-1);
  return {
    path,
    name: at === -1 ? identity : identity.slice(0, at),
    version: source === 'registry' ? reference : undefined,
    source,
    resolved: source === 'registry' ? address : reference,
    integrity: typeof last === 'string' && /^sha\d+-/.test(last) ? last : undefined,
    checksum: undefined,
    dev: false,
    optional: false,
    peer: false,
    bundled: meta.bundled === true,
    conditional: meta.os !== undefined || meta.cpu !== undefined,
    hasInstallScript: false,
    licence: undefined,
    deprecated: undefined,
    dependencies: specsOf(meta, ['dependencies', 'optionalDependencies', 'peerDependencies']),
  };
}

function sourceOf(reference: string): LockSource {
  if (reference.startsWith('workspace:')) return 'workspace';
  if (reference.startsWith('link:')) return 'link';
  if (reference.startsWith('file:') || /^\.{0,2}\//.test(reference)) return 'file';
  if (/^(?:git\+|git:|github:|gitlab:|ssh:)/.test(reference)) return 'git';
  return /^https?:/.test(reference) ? 'url' : 'registry';
}

function importersOf(workspaces: JsonObject, byPath: ReadonlyMap<string, LockEntry>): Map<string, Importer> {
  const importers = new Map<string, Importer>();
  for (const [folder, value] of Object.entries(workspaces)) {
    if (!isObject(value)) continue;
    const specs = specsOf(value, dependencyTypes.slice(0, 3));
    const entries = new Map<string, LockEntry>();
    for (const name of specs.keys()) {
      const own = typeof value.name === 'string' ? byPath.get(`${value.name}/${name}`) : undefined;
      const entry = own ?? byPath.get(name);
      if (entry) entries.set(name, entry);
    }
    importers.set(folder, { folder, specs, entries });
  }
  return importers;
}

/** A package that could not be hoisted is keyed `parent/name`. */
function find(byPath: ReadonlyMap<string, LockEntry>, from: string, name: string): LockEntry | undefined {
  for (let folder = from; folder !== ''; folder = parentOf(folder)) {
    const found = byPath.get(`${folder}/${name}`);
    if (found) return found;
  }
  return byPath.get(name);
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return '';
  const parent = path.slice(0, slash);
  // A scope is no package: `a/@b/c` hangs under `a`.
  const last = parent.slice(parent.lastIndexOf('/') + 1);
  return last.startsWith('@') ? parent.slice(0, Math.max(0, parent.lastIndexOf('/'))) : parent;
}

function specsOf(value: JsonObject, keys: readonly string[]): Map<string, string> {
  const specs = new Map<string, string>();
  for (const key of keys) {
    for (const [name, spec] of Object.entries(objectAt(value, key)))
      if (typeof spec === 'string') specs.set(name, spec);
  }
  return specs;
}
