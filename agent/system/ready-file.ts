import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file that was made while nobody waited: to create one takes a millisecond on a busy disk, to fill and name it a tenth. */
interface Ready {
  fd: number;
  path: string;
}

const ready = new Map<string, Ready>();
const prefix = 'ready-';
const day = 86_400_000;
let counter = 0;

/** Makes a file ready in each of these folders that is there. Never throws; without one, files are made when they are needed. */
export function makeReady(folders: readonly string[]): void {
  for (const folder of folders) {
    if (ready.has(folder)) continue;
    try {
      if (counter === 0) dropOld(folder);
      const path = join(folder, `${prefix}${process.pid}-${counter++}-${process.hrtime.bigint()}`);
      ready.set(folder, { fd: openSync(path, 'wx', 0o600), path });
    } catch {
      // See above.
    }
  }
}

/**
 * Writes a file of that folder at once, with mode 0600: it gets its name when it is whole. False when none is ready, or it
 * could not be written; then nothing was.
 */
export function writeReady(folder: string, name: string, text: string): boolean {
  const file = ready.get(folder);
  if (!file) return false;
  ready.delete(folder);
  try {
    if (writeAndClose(file.fd, Buffer.from(text))) {
      renameSync(file.path, join(folder, name));
      return true;
    }
  } catch {
    // A full disk, or a folder that went: as below.
  }
  drop(file.path);
  return false;
}

/** What stays where nothing can be removed any more is dropped by a later process (`dropOld`). */
function drop(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A file system that became read-only meanwhile.
  }
}

/** True when all of it was written. */
function writeAndClose(fd: number, bytes: Buffer): boolean {
  try {
    return writeSync(fd, bytes) === bytes.length;
  } finally {
    closeSync(fd);
  }
}

/** Those of processes that were ended. */
function dropOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(prefix) && Date.now() - statSync(path).mtimeMs > day) rmSync(path, { force: true });
  }
}
