import { basename } from 'node:path';
import { documentFromBytes } from '../model/document.ts';
import { displayPath, displayText } from '../model/path.ts';
import { type Component, type DependencySet, whyOf } from '../model/sbom/component.ts';
import { unreadText } from '../model/sbom/ecosystems.ts';
import { componentsOfLock } from '../model/sbom/from-lock.ts';
import type { SbomCounts, SummaryRow } from '../model/sbom/summary.ts';
import type { Document, Problem } from '../model/types.ts';
import type { PlaceData, SbomChange, SbomComponent, SbomData } from '../protocol.ts';
import { leftOut } from '../report/sbom.ts';
import { previewOf } from '../sbom/index.ts';
import { readSides } from '../sbom/snapshots.ts';
import { stateOf } from '../sbom/state.ts';
import { problemItem } from './places.ts';
import { fileUriOf, uriOfPath } from './uri.ts';

/** Changes that a person looks at before all others. */
const alarming = new Set(['hash-changed', 'source-changed']);

/**
 * Components of the project as staged and what they change since the branch left the remote's, read from the lockfiles alone, so
 * that the page is there at once. The CycloneDX document itself is made by `pregate sbom`.
 */
export async function sbomData(root: string): Promise<SbomData> {
  const head = { repository: displayText(basename(root)), uri: uriOfPath(root) };
  const { staged, base, unread } = await readSides(root, process.env);
  const leaves = unread.length === 0 ? [] : [notNpm(leftOut(unreadText(unread)))];
  const problems = leaves.map((problem) => problemItem(root, problem));
  if (!staged?.lock)
    return { ...head, lock: '', summary: '', base: '', complete: true, changes: [], components: [], problems };
  const preview = previewOf(staged, base);
  const { lock, manifest, members } = stateOf(staged);
  const set: DependencySet = lock
    ? componentsOfLock(lock, manifest ? [manifest, ...members] : members)
    : { components: [], edges: () => [] };
  const path = staged.lockName ?? 'package-lock.json';
  return {
    ...head,
    lock: displayPath(path),
    summary: countsText(preview.counts),
    base: displayText(preview.base ?? ''),
    complete: preview.complete,
    changes: preview.rows.map(changeOf),
    components: componentsOf(set, preview.rows, placesIn(root, documentFromBytes(path, staged.lock))),
    problems: [...preview.problems.map((problem) => problemItem(root, problem)), ...problems],
  };
}

function notNpm(message: string): Problem {
  return { code: 'not-npm', message, fatal: false };
}

function countsText(counts: SbomCounts): string {
  return `${counts.components} components (${counts.direct} direct, ${counts.development} development)`;
}

function changeOf(row: SummaryRow): SbomChange {
  return {
    kind: row.class,
    label: row.word,
    name: displayText(row.subject),
    detail: displayText(row.detail),
    broughtBy: displayText(row.broughtBy.replace(/^brought by /, '')),
    alarming: alarming.has(row.class),
  };
}

function componentsOf(
  set: DependencySet,
  rows: readonly SummaryRow[],
  places: ReadonlyMap<string, PlaceData>,
): SbomComponent[] {
  const changed = new Map<string, string>();
  // Rows come with the most dangerous first, and a component shows only that one.
  for (const { word, changes } of rows) {
    for (const { key, after } of changes) {
      const name = `${key}@${after ?? ''}`;
      if (!changed.has(name)) changed.set(name, word);
    }
  }
  return set.components.map((component, index) => {
    const place = places.get(component.path);
    return {
      name: displayText(component.name),
      version: displayText(component.version),
      licence: displayText(component.licence ?? ''),
      direct: component.direct,
      development: component.scope === 'development',
      change: changed.get(`${component.key}@${component.version}`) ?? '',
      why: whyText(set, component, index),
      ...(place ? { place } : {}),
    };
  });
}

function whyText(set: DependencySet, component: Component, index: number): string[] {
  const names = whyOf(set, index).map(displayText);
  return names.length === 0 ? [] : [...names.slice(0, -1), displayText(`${component.name} ${component.version}`)];
}

/** Lines of a lockfile on which npm writes an install path as a key. */
function placesIn(root: string, lock: Document): Map<string, PlaceData> {
  const places = new Map<string, PlaceData>();
  const uri = fileUriOf(root, lock.path);
  if (uri === undefined) return places;
  lock.text.split('\n').forEach((text, line) => {
    const match = /^ {1,12}"([^"\\]{1,500})": \{/.exec(text);
    if (!match) return;
    const range = { start: { line, character: 0 }, end: { line, character: text.length } };
    places.set(match[1] as string, { uri, range, label: `${displayPath(lock.path)}:${line + 1}` });
  });
  return places;
}
