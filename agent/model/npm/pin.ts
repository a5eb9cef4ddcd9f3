import { ownText } from '../document.ts';
import type { Edit, Range } from '../types.ts';
import { propertyAt, readJson } from './json-text.ts';
import { readLines } from './lines.ts';
import type { Lock } from './lock.ts';
import type { ManifestDependency } from './manifest.ts';
import type { NpmProject } from './project.ts';
import { lockedEntry } from './sync.ts';

export interface Pin {
  /** What the manifest will say. */
  spec: string;
  edits: Edit[];
}

/**
 * Edits that replace a dependency's spec by the version its lock holds, in the manifest and where the lock repeats it,
 * so that a later install changes nothing. Undefined when nothing is locked, or when the format keys its entries by
 * the spec (yarn), which only yarn itself can rewrite.
 */
export function pinOf(project: NpmProject, dependency: ManifestDependency): Pin | undefined {
  const entry = lockedEntry(project, dependency);
  const { lock, manifest } = project;
  if (!lock || !manifest || entry?.version === undefined || entry.source !== 'registry') return undefined;
  const { alias } = dependency.spec;
  const spec = alias === undefined ? entry.version : `npm:${alias}@${entry.version}`;
  return pinTo(project, dependency, spec);
}

/** The same for a spec given by the caller, for example an address with a commit. */
export function pinTo(project: NpmProject, dependency: ManifestDependency, spec: string): Pin | undefined {
  const { lock, manifest } = project;
  if (!manifest) return undefined;
  const own = { path: manifest.document.path, range: manifest.rangeOf(dependency), text: JSON.stringify(spec) };
  if (!lock) return { spec, edits: [own] };
  const place = recordedPlace(lock, project.importer, dependency);
  if (place === 'none') return { spec, edits: [own] };
  if (place === undefined) return undefined;
  const text = lock.kind === 'pnpm' ? yamlText(spec) : JSON.stringify(spec);
  return { spec, edits: [own, { path: lock.document.path, range: place, text }] };
}

/** Where the lock repeats the spec; `none` for npm's first format, which does not. */
function recordedPlace(lock: Lock, importer: string, dependency: ManifestDependency): Range | 'none' | undefined {
  const { name, type } = dependency;
  if (lock.kind === 'npm' && !lock.importers) return 'none';
  if (lock.kind === 'npm' || lock.kind === 'bun') {
    const read = readJson(ownText(lock.document), lock.kind === 'bun');
    const section = lock.kind === 'npm' ? 'packages' : 'workspaces';
    return read.ok ? propertyAt(read.text, [section, importer, type, name])?.valueRange : undefined;
  }
  return lock.kind === 'pnpm' ? pnpmPlace(lock, importer, dependency) : undefined;
}

function pnpmPlace(lock: Lock, importer: string, { name, type }: ManifestDependency): Range | undefined {
  const root = readLines(ownText(lock.document))
    .filter((each) => each.children.size > 0)
    .at(-1);
  const importers = root?.children.get('importers');
  const section = importers ? importers.children.get(importer === '' ? '.' : importer) : root;
  const recorded = section?.children.get(type)?.children.get(name)?.children.get('specifier');
  return (recorded ?? section?.children.get('specifiers')?.children.get(name))?.valueRange;
}

function yamlText(spec: string): string {
  return /^[A-Za-z0-9^~][\w.+^~/-]*$/.test(spec) ? spec : `'${spec.replaceAll("'", "''")}'`;
}
