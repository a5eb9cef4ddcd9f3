import { flowMap, type LineNode, readLines, textMap, valueAt } from './lines.ts';
import type { Importer, LockBody, LockEntry, LockSource } from './lock.ts';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * Reads `pnpm-lock.yaml`, versions 5 to 9. A string says why it could not.
 * Source: pnpm's lockfile specifications (github.com/pnpm/spec).
 */
export function readPnpmLock(text: string): LockBody | string {
  const roots = readLines(text).filter((root) => root.children.size > 0);
  // Since pnpm 11 a first document may hold pnpm itself; the project's own comes last.
  const main = roots.at(-1);
  const version = valueAt(main, 'lockfileVersion');
  if (!main || version === undefined) return 'it has no lockfileVersion';
  const nodes = new Map<LockEntry, LineNode>();
  const byKey = new Map<string, LockEntry>();
  const snapshots = snapshotsOf(main);
  const old = Number.parseInt(version, 10) < 6;
  for (const root of roots) {
    for (const node of root.children.get('packages')?.children.values() ?? []) {
      const entry = entryOf(node, snapshots.get(node.key) ?? [], old);
      nodes.set(entry, node);
      byKey.set(node.key, entry);
    }
  }
  // Version 9 keys dependencies by snapshot, whose peer suffix the packages section does not have.
  for (const node of [...snapshots.values()].flat()) {
    const entry = byKey.get(withoutPeers(node.key));
    if (entry && !byKey.has(node.key)) byKey.set(node.key, entry);
  }
  const find = (name: string, reference: string) =>
    keysOf(name, reference)
      .map((key) => byKey.get(key))
      .find(Boolean);
  const importers = importersOf(main, find);
  return {
    kind: 'pnpm',
    version,
    entries: [...nodes.keys()],
    importers,
    descriptors: undefined,
    resolve: (from, name) => {
      const reference = from?.dependencies.get(name);
      return reference === undefined ? undefined : find(name, reference);
    },
    rangeOf: (entry) => nodes.get(entry)?.keyRange ?? [0, 0],
    fieldRangeOf: (entry) => {
      const node = nodes.get(entry);
      return node?.children.get('resolution')?.valueRange ?? node?.keyRange ?? [0, 0];
    },
  };
}

function importersOf(
  main: LineNode,
  find: (name: string, reference: string) => LockEntry | undefined,
): Map<string, Importer> {
  const importers = new Map<string, Importer>();
  const listed = main.children.get('importers')?.children;
  const sections: [string, LineNode][] = listed ? [...listed] : [['.', main]];
  for (const [key, node] of sections) {
    const folder = key === '.' ? '' : key;
    const groupOf = new Map<string, string>();
    const importer: Importer = { folder, specs: new Map(), groups: groupOf, entries: new Map() };
    // Version 5 keeps all specifiers in one block; later ones beside each version.
    for (const [name, spec] of textMap(node.children.get('specifiers'))) importer.specs.set(name, spec);
    for (const group of groups) {
      for (const child of node.children.get(group)?.children.values() ?? []) {
        const spec = valueAt(child, 'specifier') ?? flowMap(child.value).get('specifier');
        const reference = valueAt(child, 'version') ?? flowMap(child.value).get('version') ?? child.value;
        if (spec !== undefined) importer.specs.set(child.key, spec);
        groupOf.set(child.key, group);
        const entry = find(child.key, reference);
        if (entry) importer.entries.set(child.key, entry);
      }
    }
    importers.set(folder, importer);
  }
  return importers;
}

/** How a reference such as `1.0.0(b@2.0.0)`, `/other@1.0.0` or `other@1.0.0` names a package, by version of the file. */
function keysOf(name: string, reference: string): string[] {
  const bare = withoutPeers(reference);
  return [`${name}@${reference}`, `${name}@${bare}`, `/${name}@${reference}`, `/${name}/${reference}`, reference, bare];
}

function withoutPeers(key: string): string {
  const at = key.indexOf('(');
  return at === -1 ? key : key.slice(0, at);
}

/** Version 9 tells a package's dependencies once for each set of peers; the package itself is one entry. */
function snapshotsOf(main: LineNode): Map<string, LineNode[]> {
  const found = new Map<string, LineNode[]>();
  for (const node of main.children.get('snapshots')?.children.values() ?? []) {
    const same = found.get(withoutPeers(node.key));
    if (same) same.push(node);
    else found.set(withoutPeers(node.key), [node]);
  }
  return found;
}

function entryOf(node: LineNode, snapshots: readonly LineNode[], old: boolean): LockEntry {
  const resolution = resolutionOf(node);
  const { name, version } = identityOf(node, resolution, old);
  const parts = snapshots.length > 0 ? snapshots : [node];
  const flag = (key: string) => valueAt(node, key) === 'true' || parts.every((part) => valueAt(part, key) === 'true');
  const conditional = node.children.has('os') || node.children.has('cpu');
  return {
    path: node.key,
    name,
    version,
    source: sourceOf(node.key, resolution),
    resolved: resolution.get('tarball') ?? gitAddress(resolution),
    integrity: resolution.get('integrity'),
    checksum: undefined,
    dev: flag('dev'),
    optional: flag('optional'),
    peer: false,
    bundled: false,
    conditional,
    // Of packages for other platforms pnpm does not know and writes `true`.
    hasInstallScript: flag('requiresBuild') && !(flag('optional') && conditional),
    licence: undefined,
    deprecated: valueAt(node, 'deprecated'),
    dependencies: new Map(
      parts.flatMap((part) => [
        ...textMap(part.children.get('dependencies')),
        ...textMap(part.children.get('optionalDependencies')),
      ]),
    ),
  };
}

function resolutionOf(node: LineNode): Map<string, string> {
  const resolution = node.children.get('resolution');
  if (!resolution) return new Map();
  return resolution.value.startsWith('{') ? flowMap(resolution.value) : textMap(resolution);
}

function identityOf(node: LineNode, resolution: ReadonlyMap<string, string>, old: boolean) {
  const key = withoutPeers(node.key).replace(/^\//, '');
  // Before version 6 a key is `/name/version_peers`, later `name@version`.
  const end = old ? key.lastIndexOf('/') : key.indexOf('@', 1);
  const name = valueAt(node, 'name') ?? (end <= 0 ? key : key.slice(0, end));
  const tail = end <= 0 ? '' : key.slice(end + 1).replace(/_.*$/, '');
  const isVersion = /^\d/.test(tail) && !resolution.has('repo');
  return { name, version: valueAt(node, 'version') ?? (isVersion ? tail : undefined) };
}

function gitAddress(resolution: ReadonlyMap<string, string>): string | undefined {
  const repo = resolution.get('repo');
  return repo === undefined ? undefined : `git+${repo}#${resolution.get('commit') ?? ''}`;
}

function sourceOf(key: string, resolution: ReadonlyMap<string, string>): LockSource {
  if (resolution.get('type') === 'git' || resolution.has('repo')) return 'git';
  if (resolution.get('type') === 'directory' || /@?(?:file|link):/.test(key)) return 'file';
  const tarball = resolution.get('tarball');
  if (tarball === undefined) return 'registry';
  if (/codeload\.|\/tar\.gz\/[0-9a-f]{40}$|\/archive\.tar\.gz/.test(tarball)) return 'git';
  return /@https?:|^https?:/.test(key) ? 'url' : 'registry';
}
