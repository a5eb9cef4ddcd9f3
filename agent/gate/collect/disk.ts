import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import { isInside } from '../../git/environment.ts';
import { documentFromBytes } from '../../model/document.ts';
import { decodePath, displayPath, encodePath } from '../../model/path.ts';
import type { Document, RepoPath } from '../../model/types.ts';
import type { Skipped } from '../types.ts';
import { describeGaps, fit, limitsFor, submodule } from './documents.ts';
import { type Keep, lookAhead } from './look-ahead.ts';
import { modelGroup } from './names.ts';
import type { Run } from './run.ts';

/** A folder whose files are read. Links below it are never followed, so nothing outside of it can be reached. */
export interface Disk {
  root: string;
  /** Real path of the root, and folders already known to lie inside it. */
  realRoot: string;
  safe: Map<string, boolean>;
  /** Paths that the index has as submodules (mode 160000). */
  gitlinks: Set<RepoPath>;
}

export function openDisk(root: string): Disk {
  return { root, realRoot: realpathSync(root), safe: new Map(), gitlinks: new Set() };
}

/** Absolute path for the file system. A `Buffer` when the name is not UTF-8, because a string could not name it. */
export function diskPath(disk: Disk, file: RepoPath): Buffer {
  return Buffer.concat([Buffer.from(`${disk.root}${path.sep}`), encodePath(file)]);
}

/**
 * Reads one file without following a link, waiting on a pipe, or trusting its size.
 * Undefined when it is gone (deleted in the working tree); what cannot be read is said in `skipped` and closes the gate.
 */
export function readDocument(run: Run, disk: Disk, file: RepoPath): Document | undefined {
  const absolute = diskPath(disk, file);
  if (!parentIsSafe(disk, file)) {
    run.skipped.push(skip(file, 'unreadable', 'a folder of its path is a link, which is not followed'));
    return undefined;
  }
  try {
    const stat = lstatSync(absolute);
    if (stat.isSymbolicLink()) {
      const target = readlinkSync(absolute, 'buffer');
      return documentFromBytes(file, target, { kind: 'symlink', mode: '120000' });
    }
    if (stat.isDirectory()) {
      // Git lists a submodule as a path. Any other folder is one that took a file's place: the file is gone, and what
      // the folder holds is listed by itself.
      if (disk.gitlinks.has(file)) run.skipped.push(submodule(file));
      return undefined;
    }
    if (!stat.isFile()) {
      run.skipped.push(skip(file, 'unreadable', 'not a regular file'));
      return undefined;
    }
    return readRegular(run, absolute, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    unreadable(run, file, code);
    return undefined;
  }
}

function readRegular(run: Run, absolute: Buffer, file: RepoPath): Document | undefined {
  for (let attempt = 0; attempt < 3; attempt++) {
    const handle = openSync(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const before = fstatSync(handle);
      if (!before.isFile()) {
        run.skipped.push(skip(file, 'unreadable', 'not a regular file'));
        return undefined;
      }
      const { bytes, partial, complete } = readBytes(handle, before.size, limitsFor(run, file));
      const after = fstatSync(handle);
      if (!complete || after.size !== before.size || after.mtimeMs !== before.mtimeMs) continue;
      const executable = (before.mode & 0o111) !== 0;
      const document = fit(run, {
        path: file,
        bytes,
        size: before.size,
        partial,
        kind: 'file',
        mode: executable ? '100755' : '100644',
      });
      run.keptBytes += document.bytes.length;
      return document;
    } finally {
      closeSync(handle);
    }
  }
  run.problems.push({
    code: 'changed-while-read',
    message: `${displayPath(file)} kept changing while it was read, so it was not checked. Try again when nothing writes to it.`,
    path: file,
    fatal: true,
  });
  return undefined;
}

function readBytes(
  handle: number,
  size: number,
  limits: { full: number; edge: number },
): { bytes: Buffer; partial: boolean; complete: boolean } {
  if (size <= limits.full) {
    const bytes = Buffer.allocUnsafe(size);
    const count = fill(handle, bytes, 0);
    return { bytes: bytes.subarray(0, count), partial: false, complete: count === size };
  }
  const edge = Math.min(limits.edge, size >> 1);
  const bytes = Buffer.alloc(edge * 2 + 1, '\n');
  const head = fill(handle, bytes.subarray(0, edge), 0);
  const tail = fill(handle, bytes.subarray(edge + 1), size - edge);
  return { bytes, partial: true, complete: head === edge && tail === edge };
}

function fill(handle: number, into: Buffer, position: number): number {
  let count = 0;
  while (count < into.length) {
    const read = readSync(handle, into, count, into.length - count, position + count);
    if (read === 0) break;
    count += read;
  }
  return count;
}

/** The folder that holds the file really lies inside the root. Asked once per folder. */
function parentIsSafe(disk: Disk, file: RepoPath): boolean {
  const slash = file.lastIndexOf('/');
  if (slash === -1) return true;
  const folder = file.slice(0, slash);
  const known = disk.safe.get(folder);
  if (known !== undefined) return known;
  let safe = true;
  try {
    const real = realpathSync(diskPath(disk, folder));
    safe = isInside(disk.realRoot, real) && samePlace(disk, folder, real);
  } catch {
    // A folder that is gone holds nothing to read; the file itself will say so.
  }
  disk.safe.set(folder, safe);
  return safe;
}

/** A linked folder inside the root would show the same file twice under two names, so it is not entered either. */
function samePlace(disk: Disk, folder: RepoPath, real: string): boolean {
  const expected = path.join(disk.realRoot, Buffer.from(encodePath(folder)).toString('utf8'));
  return (
    expected.includes('\ufffd') || real === expected || process.platform === 'win32' || process.platform === 'darwin'
  );
}

/** All files below `start`, sorted, without `.git`, `node_modules` and other repositories' insides; links are listed. */
export function walk(run: Run, disk: Disk, start: RepoPath): RepoPath[] {
  const out: RepoPath[] = [];
  const folders: RepoPath[] = [start];
  while (folders.length > 0 && out.length <= run.limits.files) {
    const folder = folders.pop() as RepoPath;
    const below: RepoPath[] = [];
    for (const entry of entriesOf(run, disk, folder)) {
      const name = decodePath(entry.name);
      const file = folder === '' ? name : `${folder}/${name}`;
      if (!entry.isDirectory()) out.push(file);
      else if (name !== '.git' && name !== 'node_modules') below.push(file);
    }
    folders.push(...below.reverse());
  }
  return out;
}

function entriesOf(run: Run, disk: Disk, folder: RepoPath): { name: Buffer; isDirectory: () => boolean }[] {
  try {
    const entries = readdirSync(folder === '' ? disk.root : diskPath(disk, folder), {
      withFileTypes: true,
      encoding: 'buffer',
    });
    return entries.sort((a, b) => Buffer.compare(a.name, b.name));
  } catch (error) {
    unreadable(run, folder, (error as NodeJS.ErrnoException).code ?? 'unknown error');
    return [];
  }
}

/**
 * Files beside and above `targets` that their models read (manifests, locks, configuration), from the working tree.
 * Only folders on the way from a target to the root are looked into, and the repository's pipelines.
 */
export function contextOnDisk(run: Run, root: string, targets: readonly Document[]): Document[] {
  const disk = openDisk(root);
  const folders = new Set<RepoPath>(['', '.github', '.github/workflows', '.pregate']);
  for (const target of targets) {
    if (modelGroup(target.path) === undefined) continue;
    for (let at = target.path.lastIndexOf('/'); at > 0; at = target.path.lastIndexOf('/', at - 1)) {
      folders.add(target.path.slice(0, at));
    }
  }
  const taken = new Set(targets.map((target) => target.path));
  const out: Document[] = [];
  for (const folder of folders) {
    for (const name of namesIn(disk, folder)) {
      const file = folder === '' ? name : `${folder}/${name}`;
      if (taken.has(file) || modelGroup(file) === undefined) continue;
      taken.add(file);
      const document = readDocument(run, disk, file);
      if (document) out.push(document);
    }
  }
  return out;
}

function namesIn(disk: Disk, folder: RepoPath): RepoPath[] {
  try {
    const entries = readdirSync(folder === '' ? disk.root : diskPath(disk, folder), { encoding: 'buffer' });
    return entries.map((name) => decodePath(name)).sort();
  } catch {
    return [];
  }
}

/**
 * Reads many files, giving the event loop a turn now and then so that progress can be shown and limits can act. What has
 * been read is looked at meanwhile, where there are threads for it.
 */
export async function readDocuments(run: Run, disk: Disk, files: readonly RepoPath[], keep: Keep): Promise<Document[]> {
  const out: Document[] = [];
  for (let at = 0; at < files.length; at++) {
    const document = readDocument(run, disk, files[at] as RepoPath);
    if (document) {
      describeGaps(run, document);
      out.push(document);
      const full = lookAhead(run, document, keep);
      if (full) await full;
    }
    if (at % 512 === 511) {
      run.progress(at + 1, files.length, 'files read');
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (run.keptBytes > run.limits.totalBytes) {
      run.problems.push({
        code: 'scope-too-large',
        message: `More than ${Math.round(run.limits.totalBytes / 1e6)} MB of content: ${files.length - at - 1} files were not read. Check smaller parts, or exclude what is generated.`,
        fatal: true,
      });
      break;
    }
  }
  await run.options.scanner?.settle();
  return out;
}

function unreadable(run: Run, file: RepoPath, code: string): void {
  run.skipped.push(skip(file, 'unreadable', code));
  run.problems.push({
    code: 'file-unreadable',
    message: `${displayPath(file) || 'The folder'} could not be read (${code}), so it was not checked.`,
    path: file,
    fatal: true,
  });
}

function skip(file: RepoPath, reason: string, detail: string): Skipped {
  return { path: file, reason, detail, partial: false };
}
