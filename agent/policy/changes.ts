import type { Change, Collected } from '../gate/types.ts';
import { lineStarts } from '../model/document.ts';
import { changedLines, linesOf } from '../model/line-diff.ts';
import type { Document } from '../model/types.ts';
import type { ChangeInput } from './gate-input.ts';
import { type Places, pointer } from './places.ts';

/** Texts beyond this are not compared line by line. */
const longestText = 1_000_000;
/** Pairs of a removed and an added file that are compared for likeness, and the share git calls a rename. */
const mostPairs = 2_500;
const alike = 0.5;

/**
 * The changed files for the gate input. A rename stays a removal and an addition, so that no content hides behind it; the
 * addition names where it came from. `withLines` compares each text with its base, which only some policies ask for.
 */
export function changeInputs(collected: Collected, places: Places, withLines: boolean): ChangeInput[] {
  const { changes } = collected;
  const now = new Map(collected.targets.filter(isFile).map((document) => [document.path, document]));
  const old = new Map(collected.base.filter(isFile).map((document) => [document.path, document]));
  const from = renamesOf(changes, now, old);
  return changes.map((change, index) => {
    const here = pointer('changes', index);
    const { path, status, size, mode, binary, lfs, submodule } = change;
    places.set(here, { path });
    const document = now.get(path);
    const oldPath = from.get(path) ?? null;
    const lines = withLines ? linesOfChange(change, document, old.get(oldPath ?? path)) : null;
    if (lines && document) placeLines(places, `${here}/lines`, document, lines);
    return { path, old_path: oldPath, status, size, mode, binary, lfs, submodule, lines };
  });
}

function isFile(document: Document): boolean {
  return document.kind === 'file';
}

function linesOfChange(
  change: Change,
  document: Document | undefined,
  before: Document | undefined,
): [number, number][] | null {
  if (change.status === 'D') return [];
  if (!document || !isText(document)) return null;
  if (change.status === 'A' && !before) {
    const count = linesOf(document.text).length;
    return count === 0 ? [] : [[1, count]];
  }
  return before && isText(before) ? changedLines(before.text, document.text) : null;
}

function isText({ encoding, partial, text }: Document): boolean {
  return encoding !== 'binary' && !partial && text.length <= longestText;
}

function placeLines(places: Places, at: string, document: Document, lines: readonly [number, number][]): void {
  places.setEach(at, (index) => {
    const range = lines[index];
    if (!range) return undefined;
    const starts = lineStarts(document);
    const end = starts[range[1]] ?? document.text.length + 1;
    const span = {
      line: range[0],
      column: 1,
      endLine: range[1],
      endColumn: end - (starts[range[1] - 1] as number),
    };
    return { path: document.path, span, ...(document.commit === undefined ? {} : { commit: document.commit }) };
  });
}

/** For each added file the removed one it was made of: the same content, else the likest text. */
function renamesOf(
  changes: readonly Change[],
  now: ReadonlyMap<string, Document>,
  old: ReadonlyMap<string, Document>,
): Map<string, string> {
  const removed = present(
    changes.filter(({ status }) => status === 'D'),
    old,
  );
  const added = present(
    changes.filter(({ status, submodule }) => status === 'A' && !submodule),
    now,
  );
  const from = new Map<string, string>();
  const take = (path: string, source: string) => {
    from.set(path, source);
    added.delete(path);
    removed.delete(source);
  };
  for (const [path, document] of removed.size === 0 ? [] : added) {
    const same = [...removed].find(([, other]) => other.size === document.size && other.text === document.text);
    if (document.size > 0 && same) take(path, same[0]);
  }
  for (const { path, source } of likestPairs(added, removed)) {
    if (!from.has(path) && removed.has(source)) take(path, source);
  }
  return from;
}

function present(changes: readonly Change[], documents: ReadonlyMap<string, Document>): Map<string, Document> {
  return new Map(
    changes.flatMap(({ path }) => {
      const document = documents.get(path);
      return document ? [[path, document] as const] : [];
    }),
  );
}

/** Texts that are alike, the likest first; none where there would be too many to compare. */
function likestPairs(
  added: ReadonlyMap<string, Document>,
  removed: ReadonlyMap<string, Document>,
): { path: string; source: string; likeness: number }[] {
  if (added.size * removed.size > mostPairs) return [];
  const pairs: { path: string; source: string; likeness: number }[] = [];
  for (const [path, document] of added) {
    if (!isText(document)) continue;
    for (const [source, other] of removed) {
      const likeness = isText(other) ? likenessOf(other, document) : 0;
      if (likeness >= alike) pairs.push({ path, source, likeness });
    }
  }
  return pairs.sort((a, b) => b.likeness - a.likeness);
}

/** The share of the larger text, in characters, whose lines stand in the other as well. */
function likenessOf(a: Document, b: Document): number {
  const larger = Math.max(a.text.length, b.text.length);
  if (larger === 0 || Math.min(a.text.length, b.text.length) < larger * alike) return 0;
  const counts = new Map<string, number>();
  for (const line of linesOf(a.text)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of linesOf(b.text)) {
    const left = counts.get(line) ?? 0;
    if (left === 0) continue;
    counts.set(line, left - 1);
    common += line.length + 1;
  }
  return common / larger;
}
