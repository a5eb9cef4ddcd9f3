import { lstat, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, proveFixes } from '../fix.ts';
import type { Judgement } from '../gate/judge.ts';
import { documentFromText } from '../model/document.ts';
import { displayPath, isForeignPath } from '../model/path.ts';
import type { Document } from '../model/types.ts';
import type { Io } from './command.ts';

/**
 * Applies the safe, proven fixes of a judgement to the files of the working tree and returns how many were applied.
 * A file is written only when its content is still what was judged, through a temporary file and a rename, so that a
 * change made meanwhile is never lost. Fixes that touch the same place wait for the next run.
 */
export async function applySafeFixes(judgement: Judgement, io: Io): Promise<number> {
  let documents = [...judgement.run.targets, ...judgement.run.context];
  const notes = new Map<string, string[]>();
  const changed = new Map<string, string>();
  for (const finding of judgement.raw) {
    const fix = (await proveFixes(judgement.run, finding)).find((one) => one.safe);
    // Ranges belong to the text that was judged: a document that has been edited already is left for the next run.
    if (!fix || fix.edits.some((edit) => changed.has(edit.path))) continue;
    const result = applyEdits(documents, fix.edits);
    if (!result) continue;
    for (const [path, text] of result) changed.set(path, text);
    const note = `fixed ${displayPath(finding.path)}:${finding.span.line} ${finding.rule}: ${fix.title}\n`;
    const path = fix.edits[0]?.path ?? finding.path;
    notes.set(path, [...(notes.get(path) ?? []), note]);
  }
  let applied = 0;
  for (const [path, text] of changed) {
    const before = documents.find((document) => document.path === path);
    if (!(await writeIfUnchanged(judgement.report.repo.root, path, before, text))) {
      io.err(
        `not fixed: ${displayPath(path)} differs from what was checked, or is not a plain file; nothing was written\n`,
      );
      continue;
    }
    documents = documents.map((one) => (one.path === path ? documentFromText(path, text) : one));
    for (const note of notes.get(path) ?? []) {
      io.err(note);
      applied++;
    }
  }
  return applied;
}

/**
 * Writes one file whose content is still what was judged, or that is not there, as it was not then. False, and nothing is
 * written, for everything else: links, and what somebody has changed meanwhile.
 */
export async function writeIfUnchanged(
  root: string,
  name: string,
  before: Document | undefined,
  text: string,
): Promise<boolean> {
  if (isForeignPath(name)) return false;
  const path = join(root, name);
  const state = await lstat(path).catch(() => undefined);
  if (before === undefined) {
    if (state) return false;
    await writeFile(path, text, { flag: 'wx' });
    return true;
  }
  if (!state?.isFile()) return false;
  const now = await readFile(path);
  if (Buffer.compare(now, Buffer.from(before.bytes)) !== 0) return false;
  const temporary = `${path}.pregate-${process.pid}`;
  await writeFile(temporary, text, { mode: state.mode & 0o777, flag: 'wx' });
  await rename(temporary, path);
  return true;
}
