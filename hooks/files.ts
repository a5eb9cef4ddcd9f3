import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GitFailure } from '../agent/git/failure.ts';

export interface FileState {
  kind: 'missing' | 'file' | 'link' | 'other';
  bytes: Buffer | null;
  mode: number | null;
}

/** What lies at a path, without following a link. */
export function fileState(file: string): FileState {
  try {
    const stat = lstatSync(file);
    if (stat.isSymbolicLink()) return { kind: 'link', bytes: null, mode: null };
    if (!stat.isFile()) return { kind: 'other', bytes: null, mode: null };
    return { kind: 'file', bytes: readFileSync(file), mode: stat.mode & 0o777 };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', bytes: null, mode: null };
    throw failed(file, 'read', error);
  }
}

/**
 * Replaces a file in one step, so that git never runs half a hook; a link at its place is replaced, not followed. With
 * `lock` the new content is written to `<file>.lock` first, as git writes its configuration: whoever has it, we fail.
 */
export function replaceFile(file: string, bytes: Uint8Array, mode: number, lock = false): void {
  const other = path.join(path.dirname(file), `.pregate-${randomBytes(6).toString('hex')}`);
  const temporary = lock ? `${file}.lock` : other;
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode });
    chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (error) {
    // A lock that was there is somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(temporary, { force: true });
    throw failed(file, 'written', error);
  }
}

/** Makes the folders a file needs and returns those that were not there, outermost first. */
export function makeFolders(folder: string): string[] {
  const made: string[] = [];
  for (let at = folder; fileState(at).kind === 'missing'; at = path.dirname(at)) made.unshift(at);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw failed(folder, 'made', error);
  }
  return made;
}

/**
 * Gives a file a second name, so that the first can be replaced in one step and git finds a hook at every moment. Where the
 * file system has no links the file is moved.
 */
export function keepFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    moveFile(from, to);
  }
}

export function moveFile(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    throw failed(from, 'moved', error);
  }
}

function failed(file: string, what: string, error: unknown): GitFailure {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new GitFailure({
    code: 'install-failed',
    message: `${file} could not be ${what} (${code}). See what was done with: pregate init`,
    fatal: true,
  });
}
