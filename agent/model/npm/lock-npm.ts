import type { Range } from '../types.ts';
import { isObject, type JsonObject, objectAt, propertiesAt, propertyAt, readJson, stringAt } from './json-text.ts';
import type { Importer, LockBody, LockEntry, LockSource } from './lock.ts';
import { dependencyTypes } from './manifest.ts';

/**
 * Reads `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3. A string says why it could not.
 * Source: npm documentation, "package-lock.json".
 */
export function readNpmLock(source: string): LockBody | string {
  const read = readJson(source);
  if (!read.ok) return read.message;
  if (!isObject(read.value)) return 'it is not an object';
  const json = read.value;
  const modern = isObject(json.packages);
  if (!modern && !isObject(json.dependencies) && json.lockfileVersion === undefined) return 'it holds no packages';
  const packages = objectAt(json, 'packages');
  const entries = modern ? modernEntries(packages) : legacyEntries(json);
  if (entries === undefined || entries.some((entry) => entry.path.length > maxPath)) return 'its paths are too long';
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const locate = locator(read.text, modern);
  return {
    kind: 'npm',
    version: json.lockfileVersion === undefined ? undefined : String(json.lockfileVersion),
    entries,
    importers: modern ? importersOf(packages, byPath) : undefined,
    descriptors: undefined,
    resolve: (from, name) => walkUp(byPath, from?.path ?? '', name),
    rangeOf: (entry) => locate(entry)?.keyRange ?? [0, 0],
    fieldRangeOf: (entry, field) => {
      const found = locate(entry);
      if (!found) return [0, 0];
      return propertyAt(read.text, [field], found.valueRange[0])?.valueRange ?? found.keyRange;
    },
  };
}

/** No file system takes longer paths; with them every look-up from folder to folder would cost a hostile amount. */
export const maxPath = 4096;

function modernEntries(packages: JsonObject): LockEntry[] {
  const entries: LockEntry[] = [];
  for (const [path, value] of Object.entries(packages)) {
    if (path === '' || !isObject(value)) continue;
    const resolved = stringAt(value, 'resolved');
    const version = stringAt(value, 'version');
    const link = value.link === true;
    entries.push({
      path,
      name: stringAt(value, 'name') ?? nameOf(path),
      version,
      source: link ? 'link' : sourceOf(path, resolved, version),
      resolved,
      ...flagsOf(value),
      bundled: value.inBundle === true,
      licence: licenceOf(value.license),
      dependencies: specsOf(value, ['dependencies', 'optionalDependencies', 'peerDependencies']),
    });
  }
  return entries;
}

function flagsOf(value: JsonObject) {
  return {
    integrity: stringAt(value, 'integrity'),
    checksum: undefined,
    dev: value.dev === true || value.devOptional === true,
    optional: value.optional === true || value.devOptional === true,
    peer: value.peer === true,
    conditional: Array.isArray(value.os) || Array.isArray(value.cpu),
    hasInstallScript: value.hasInstallScript === true,
    deprecated: stringAt(value, 'deprecated'),
  };
}

/** Version 1 nests `dependencies`; the path that npm would install to is written out, so that both forms compare. */
function legacyEntries(json: JsonObject): LockEntry[] | undefined {
  const entries: LockEntry[] = [];
  const open: { prefix: string; node: JsonObject }[] = [{ prefix: '', node: json }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.prefix.length > maxPath) return undefined;
    for (const [name, value] of Object.entries(objectAt(next.node, 'dependencies'))) {
      if (!isObject(value)) continue;
      const path = `${next.prefix}node_modules/${name}`;
      entries.push(legacyEntry(path, name, value));
      open.push({ prefix: `${path}/`, node: value });
    }
  }
  return entries;
}

/** In version 1 the field `version` holds the address of what comes from elsewhere, and the name behind an alias. */
function legacyEntry(path: string, name: string, value: JsonObject): LockEntry {
  const written = stringAt(value, 'version');
  const own = {
    path,
    ...flagsOf(value),
    bundled: value.bundled === true,
    licence: undefined,
    dependencies: specsOf(value, ['requires']),
  };
  const [, meant, version] = /^npm:((?:@[^/]+\/)?[^@]+)@(.+)$/.exec(written ?? '') ?? [];
  if (meant !== undefined) {
    const resolved = stringAt(value, 'resolved');
    const source = sourceOf(path, resolved, version);
    return { ...own, name: meant, version, source, resolved };
  }
  if (written === undefined || !/^(?:git|file|https?|github|npm):?/.test(written)) {
    const resolved = stringAt(value, 'resolved');
    return { ...own, name, version: written, source: sourceOf(path, resolved, written), resolved };
  }
  const resolved = stringAt(value, 'resolved') ?? written;
  const source = isFolder(written) ? 'workspace' : sourceOf(path, written, undefined);
  return { ...own, name, version: undefined, source, resolved };
}

/** A folder of this repository; version 1 writes workspace members so too. */
function isFolder(address: string): boolean {
  return address.startsWith('file:') && !/\.(?:tgz|tar|tar\.gz)$/.test(address);
}

function importersOf(packages: JsonObject, byPath: ReadonlyMap<string, LockEntry>): Map<string, Importer> {
  const importers = new Map<string, Importer>();
  for (const [path, value] of Object.entries(packages)) {
    if (isInstalled(path) || !isObject(value) || value.link === true) continue;
    const specs = specsOf(value, dependencyTypes.slice(0, 3));
    const entries = new Map<string, LockEntry>();
    for (const name of specs.keys()) {
      const entry = walkUp(byPath, path, name);
      if (entry) entries.set(name, entry);
    }
    importers.set(path, { folder: path, specs, entries });
  }
  return importers;
}

/** Node's own look-up: from the folder of the asking package upwards. */
function walkUp(byPath: ReadonlyMap<string, LockEntry>, from: string, name: string): LockEntry | undefined {
  let folder = from;
  for (;;) {
    const found = byPath.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (found) return found.source === 'link' ? (byPath.get(found.resolved ?? '') ?? found) : found;
    if (folder === '') return undefined;
    const above = folder.lastIndexOf('/node_modules/');
    folder = above === -1 ? '' : folder.slice(0, above);
  }
}

function specsOf(value: JsonObject, keys: readonly string[]): Map<string, string> {
  const specs = new Map<string, string>();
  for (const key of keys) {
    const group = objectAt(value, key);
    for (const name of Object.keys(group)) {
      const spec = group[name];
      if (typeof spec === 'string') specs.set(name, spec);
    }
  }
  return specs;
}

function isInstalled(path: string): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

function nameOf(path: string): string {
  const at = path.lastIndexOf('node_modules/');
  return at === -1 ? path.slice(path.lastIndexOf('/') + 1) : path.slice(at + 13);
}

function sourceOf(path: string, resolved: string | undefined, version: string | undefined): LockSource {
  if (!isInstalled(path)) return 'workspace';
  if (resolved === undefined) return 'registry';
  if (/^git(?:\+|:|@)|^github:|^ssh:/.test(resolved)) return 'git';
  if (resolved.startsWith('file:')) return 'file';
  return isRegistryTarball(resolved, nameOf(path), version) ? 'registry' : 'url';
}

/**
 * Registries differ in the folders of a tarball's address, but npm's, GitHub's, GitLab's, Artifactory's and Nexus's
 * all have `/-/` or `/download/` in it, or end in `name-version.tgz`.
 */
function isRegistryTarball(address: string, name: string, version: string | undefined): boolean {
  if (/\/-\/|\/download\//.test(address)) return true;
  const base = name.slice(name.lastIndexOf('/') + 1);
  return version !== undefined && address.includes(`/${base}-${version}.tgz`);
}

export function licenceOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return stringAt(value, 'type') ?? (Array.isArray(value) ? stringAt(value[0], 'type') : undefined);
}

type Place = { keyRange: Range; valueRange: Range };

function locator(text: string, modern: boolean): (entry: LockEntry) => Place | undefined {
  let places: Map<string, Place> | undefined;
  const placesOf = (): Map<string, Place> => {
    const start = propertyAt(text, ['packages'])?.valueRange[0] ?? text.length;
    const found = new Map<string, Place>();
    for (const { key, keyRange, valueRange } of propertiesAt(text, start)) found.set(key, { keyRange, valueRange });
    return found;
  };
  return (entry) => {
    if (modern) {
      places ??= placesOf();
      return places.get(entry.path);
    }
    const names = entry.path.slice('node_modules/'.length).split('/node_modules/');
    return propertyAt(
      text,
      names.flatMap((name) => ['dependencies', name]),
    );
  };
}
