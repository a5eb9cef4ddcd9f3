import { rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findHookPlace, type HookPlace } from './detect.ts';
import { fileState, moveFile, replaceFile } from './files.ts';
import { type Done, globalPlace, readManifest, sha256, writeManifest } from './install.ts';
import { globalConfigFile } from './managers/git-config.ts';
import { hookNames, isMarked, keptSuffix, withoutMarked } from './stub.ts';

export interface Removal {
  /** What was done, one line each. */
  lines: string[];
  /** Files that had been changed since: only our lines were taken out. */
  changed: string[];
}

/**
 * Takes an installation back, in reverse. A file that is as we wrote it gets its old bytes and mode back, or goes; one that
 * was changed since loses only our marked lines. Without a manifest (lost state folder) the marks alone are followed.
 */
export async function removeInstall(cwd: string, env: NodeJS.ProcessEnv): Promise<Removal> {
  return takeBack(await findHookPlace(cwd, env), env);
}

/** The same for what `init --global` wrote into the configuration of all repositories of this user. */
export function removeGlobal(env: NodeJS.ProcessEnv): Removal {
  const file = globalConfigFile(env);
  return file === null ? { lines: [], changed: [] } : takeBack(globalPlace(file), env);
}

function takeBack(place: HookPlace, env: NodeJS.ProcessEnv): Removal {
  const removal: Removal = { lines: [], changed: [] };
  const manifest = readManifest(place.commonDir, env);
  for (const done of [...(manifest?.done ?? [])].reverse()) undo(done, removal);
  removeLeftovers(place, removal);
  if (manifest) writeManifest(place.commonDir, undefined, env);
  return removal;
}

function undo(done: Done, removal: Removal): void {
  if (done.kind === 'folder') {
    try {
      rmdirSync(done.path);
      removal.lines.push(`removed ${done.path}`);
    } catch {
      // Somebody else uses the folder by now.
    }
    return;
  }
  if (done.kind === 'keep') {
    if (fileState(done.to).kind === 'missing') return;
    if (fileState(done.from).kind !== 'missing') {
      removal.changed.push(done.to);
      removal.lines.push(`left ${done.to}: there is a ${path.basename(done.from)} beside it again`);
      return;
    }
    moveFile(done.to, done.from);
    removal.lines.push(`restored ${done.from}`);
    return;
  }
  undoWrite(done, removal);
}

function undoWrite(done: Extract<Done, { kind: 'write' }>, removal: Removal): void {
  const state = fileState(done.path);
  if (!state.bytes) return;
  if (sha256(state.bytes) !== done.after) {
    takeOutLines(done.path, state.bytes, state.mode, removal, done.lock);
    return;
  }
  if (done.before === null) {
    // husky has made its folder since, and needs this file as we needed it.
    if (path.basename(done.path) === '.gitignore' && fileState(path.join(path.dirname(done.path), 'h')).bytes) return;
    rmSync(done.path);
    removal.lines.push(`removed ${done.path}`);
  } else {
    replaceFile(done.path, Buffer.from(done.before, 'base64'), done.beforeMode ?? 0o644, done.lock);
    removal.lines.push(`restored ${done.path}`);
  }
}

/** Our lines out of a file that somebody else has changed. A script of which only its first line is left goes. */
function takeOutLines(file: string, bytes: Buffer, mode: number | null, removal: Removal, lock?: true): void {
  // Latin-1 keeps every byte of the rest, in whatever encoding it is.
  const text = bytes.toString('latin1');
  if (!isMarked(text)) return;
  const rest = withoutMarked(text);
  if (rest.replace(/^#!.*/, '').trim() === '') rmSync(file);
  else {
    replaceFile(file, Buffer.from(rest, 'latin1'), mode ?? 0o755, lock);
    removal.changed.push(file);
  }
  removal.lines.push(`took Pregate's lines out of ${file}, which was changed since`);
}

/** Stubs that no manifest knows: a lost state folder, or `pre-commit` and `lefthook install` moved one to `.legacy` and `.old`. */
function removeLeftovers(place: HookPlace, removal: Removal): void {
  const config = place.commonDir === place.managed ? place.managed : path.join(place.commonDir, 'config');
  const written = fileState(config);
  if (written.bytes && isMarked(written.bytes.toString('latin1')))
    takeOutLines(config, written.bytes, written.mode, removal, true);
  const folders = [place.hooksDir, ...(place.manager === 'husky' && place.managed ? [place.managed] : [])];
  const files = folders.flatMap((folder) =>
    hookNames.flatMap((hook) => ['', '.legacy', '.old'].map((end) => path.join(folder, `${hook}${end}`))),
  );
  for (const file of files) {
    const state = fileState(file);
    if (!state.bytes || !isMarked(state.bytes.toString('utf8'))) continue;
    takeOutLines(file, state.bytes, state.mode, removal);
    const kept = `${file}${keptSuffix}`;
    if (fileState(kept).kind === 'missing' || fileState(file).kind !== 'missing') continue;
    moveFile(kept, file);
    removal.lines.push(`restored ${file}`);
  }
}
