import { type LineNode, readLines, textMap, valueAt } from './lines.ts';
import type { Importer, LockBody, LockEntry, LockSource } from './lock.ts';

/**
 * Reads `yarn.lock`, classic (v1) and berry (v2 and later). A string says why it could not.
 * Source: yarn's documentation of both formats; berry's file is YAML with a `__metadata` block.
 */
export function readYarnLock(text: string): LockBody | string {
  const berry = /^__metadata:/m.test(text);
  if (!berry && !/^# yarn lockfile v1/m.test(text) && text.trim() !== '') return 'it is no yarn lockfile';
  const root = readLines(text, !berry)[0]!;
  const metadata = root.children.get('__metadata');
  const nodes = new Map<LockEntry, LineNode>();
  const descriptors = new Map<string, LockEntry>();
  const importers = new Map<string, Importer>();
  for (const node of root.children.values()) {
    // Yarn's own compatibility patches repeat a package that has its entry already.
    if (node.key === '__metadata' || node.key.includes('!builtin<')) continue;
    const keys = descriptorsOf(node.key);
    if (valueAt(node, 'version') === undefined) return `the entry ${keys[0]} has no version`;
    const entry = berry ? berryEntry(node, keys[0]!) : classicEntry(node, keys[0]!);
    nodes.set(entry, node);
    for (const key of keys) descriptors.set(key, entry);
    if (entry.source !== 'workspace') continue;
    const folder = entry.path.slice(entry.path.indexOf('@workspace:') + 11);
    importers.set(folder === '.' ? '' : folder, importerOf(folder, entry));
  }
  const find = (name: string, spec: string) =>
    descriptors.get(`${name}@${spec}`) ?? descriptors.get(`${name}@npm:${spec}`);
  for (const importer of importers.values()) {
    for (const [name, spec] of importer.specs) {
      const entry = find(name, spec);
      if (entry) importer.entries.set(name, entry);
    }
  }
  return {
    kind: berry ? 'yarn-berry' : 'yarn-classic',
    version: berry ? valueAt(metadata, 'version') : '1',
    entries: [...nodes.keys()],
    importers: berry ? importers : undefined,
    descriptors,
    resolve: (from, name) => {
      const spec = from?.dependencies.get(name);
      return spec === undefined ? undefined : find(name, spec);
    },
    rangeOf: (entry) => nodes.get(entry)?.keyRange ?? [0, 0],
    fieldRangeOf: (entry, field) => {
      const node = nodes.get(entry);
      const found = node?.children.get(field === 'resolved' && berry ? 'resolution' : field);
      return (found ?? node?.children.get('checksum'))?.valueRange ?? node?.keyRange ?? [0, 0];
    },
  };
}

function descriptorsOf(key: string): string[] {
  return key.split(', ').map((part) => part.replace(/^"|"$/g, ''));
}

function nameIn(descriptor: string): string {
  const at = descriptor.indexOf('@', 1);
  return at === -1 ? descriptor : descriptor.slice(0, at);
}

function classicEntry(node: LineNode, descriptor: string): LockEntry {
  const range = descriptor.slice(nameIn(descriptor).length + 1);
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)/.exec(range);
  const resolved = valueAt(node, 'resolved');
  return {
    ...common(node, descriptor),
    name: alias?.[1] ?? nameIn(descriptor),
    source: classicSource(range, resolved),
    resolved,
    integrity: valueAt(node, 'integrity') ?? fragmentHash(resolved),
    checksum: undefined,
    conditional: false,
  };
}

/** Before integrity fields came, yarn kept the tarball's SHA-1 behind `#` of the address. */
function fragmentHash(resolved: string | undefined): string | undefined {
  const hash = /#([0-9a-f]{40})$/.exec(resolved ?? '')?.[1];
  if (hash === undefined || /^git|\.git#/.test(resolved!) || /\/tar\.gz\//.test(resolved!)) return undefined;
  return `sha1-${Buffer.from(hash, 'hex').toString('base64')}`;
}

function classicSource(range: string, resolved: string | undefined): LockSource {
  if (/^(?:git[+:@]|ssh:|github:|gitlab:|bitbucket:)/.test(range) || /^git[+:]|\.git#/.test(resolved ?? ''))
    return 'git';
  if (/^(?:file|link):/.test(range) || range.startsWith('.')) return 'file';
  if (/^[\w.-]+\/[\w.-]+(?:#|$)/.test(range)) return 'git';
  return /^https?:/.test(range) ? 'url' : 'registry';
}

function berryEntry(node: LineNode, descriptor: string): LockEntry {
  const resolution = valueAt(node, 'resolution') ?? descriptor;
  const name = nameIn(resolution);
  const reference = resolution.slice(name.length + 1);
  const patched = /^patch:[^@]{0,200}@npm%3A([^#]{1,200})#/.exec(reference);
  const archive = /::__archiveUrl=([^&]{1,2000})/.exec(reference)?.[1];
  const source = patched ? 'registry' : berrySource(reference);
  return {
    ...common(node, source === 'workspace' ? resolution : descriptor),
    name,
    source,
    resolved: archive === undefined ? addressIn(reference, source) : decode(archive),
    integrity: undefined,
    checksum: valueAt(node, 'checksum'),
    conditional: node.children.has('conditions') || patched !== null,
  };
}

function addressIn(reference: string, source: LockSource): string | undefined {
  return source === 'git' || source === 'url' ? reference : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function berrySource(reference: string): LockSource {
  if (reference.startsWith('npm:')) return 'registry';
  if (reference.startsWith('workspace:')) return 'workspace';
  if (/^(?:link|portal):/.test(reference)) return 'link';
  if (/^(?:file|patch|exec):/.test(reference)) return 'file';
  return /\.git(?:#|$)|#commit=|^git/.test(reference) ? 'git' : 'url';
}

function common(node: LineNode, path: string) {
  return {
    path,
    version: valueAt(node, 'version'),
    dev: false,
    optional: false,
    peer: false,
    bundled: false,
    // Yarn does not record install scripts.
    hasInstallScript: false,
    licence: undefined,
    deprecated: undefined,
    dependencies: new Map([
      ...textMap(node.children.get('dependencies')),
      ...textMap(node.children.get('optionalDependencies')),
    ]),
  };
}

function importerOf(folder: string, entry: LockEntry): Importer {
  return { folder: folder === '.' ? '' : folder, specs: new Map(entry.dependencies), entries: new Map() };
}
