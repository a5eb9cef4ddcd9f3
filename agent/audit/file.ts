import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { endOf } from '../system/while-open.ts';
import { type Entry, lineOf, parseLine } from './events.ts';

/** Bytes after which a new file is begun; the numbering, the chain and the tree go on. */
const rotateAt = 10 * 1024 * 1024;
const current = 'log.jsonl';

/** The last entry of the current file as it is on disk. */
export interface Tail {
  /** Number the next entry gets. */
  next: number;
  /** SHA-256 of the last line, hex. */
  prev: string;
  /** A last line that is no entry: half of one, after a crash or a full disk. */
  torn?: Buffer;
  /** Bytes of the file before the torn part. */
  whole: number;
}

const nothing = createHash('sha256').digest('hex');

/** SHA-256 of a line without its line feed. */
export function hashOfLine(line: string | Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/** Files of a log, oldest first: the rotated ones are named after the number of their first entry. */
export function filesOf(folder: string): string[] {
  // Where nothing has been decided yet there is no log.
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^log-\d{12}\.jsonl$/.test(name));
  return [...names.sort(), current];
}

/** All lines of all files, without their line feeds. What has none yet is half of one, and no line: see `keepTorn`. */
export function readLines(folder: string): Buffer[] {
  return readLinesAndEnd(folder).lines;
}

/** The same, with how many bytes stand behind the last line feed of the current file: a crash has torn an entry there. */
export function readLinesAndEnd(folder: string): { lines: Buffer[]; torn: number } {
  const lines: Buffer[] = [];
  let torn = 0;
  for (const name of filesOf(folder)) {
    const bytes = readIfThere(join(folder, name));
    let at = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
      lines.push(bytes.subarray(at, end));
      at = end + 1;
    }
    torn = bytes.length - at;
  }
  return { lines, torn };
}

/** Reads the end of the current file, without reading all of it. */
export function readTail(folder: string): Tail {
  const bytes = readEnd(join(folder, current));
  if (bytes.size === 0) return emptyTail(folder);
  const text = bytes.end;
  const lastBreak = text.lastIndexOf(10);
  const before = text.lastIndexOf(10, lastBreak - 1);
  const line = lastBreak === -1 ? Buffer.alloc(0) : text.subarray(before + 1, lastBreak);
  const entry = parseLine(line.toString('utf8'));
  const rest = text.subarray(lastBreak + 1);
  if (entry) {
    const tail = { next: entry.seq + 1, prev: hashOfLine(line), whole: bytes.size - rest.length };
    return rest.length > 0 ? { ...tail, torn: Buffer.from(rest) } : tail;
  }
  // The last whole line is no entry: everything from the last line that is one counts as torn.
  return searchBackwards(folder);
}

function searchBackwards(folder: string): Tail {
  const bytes = readFileSync(join(folder, current));
  for (let end = bytes.lastIndexOf(10); end !== -1; end = end === 0 ? -1 : bytes.lastIndexOf(10, end - 1)) {
    const start = end === 0 ? 0 : bytes.lastIndexOf(10, end - 1) + 1;
    const line = bytes.subarray(start, end);
    const entry = parseLine(line.toString('utf8'));
    if (entry) {
      return {
        next: entry.seq + 1,
        prev: hashOfLine(line),
        whole: end + 1,
        torn: Buffer.from(bytes.subarray(end + 1)),
      };
    }
  }
  return { ...emptyTail(folder), torn: Buffer.from(bytes) };
}

/** The tail of a current file with no entry in it: the rotated file before it says how the chain goes on. */
function emptyTail(folder: string): Tail {
  const before = filesOf(folder).at(-2);
  if (before === undefined) return { next: 0, prev: nothing, whole: 0 };
  const { end } = readEnd(join(folder, before));
  const line = end.subarray(end.lastIndexOf(10, end.length - 2) + 1, end.length - 1);
  return { next: (parseLine(line.toString('utf8'))?.seq ?? -1) + 1, prev: hashOfLine(line), whole: 0 };
}

/** Moves a torn end into a file of its own. Nothing is ever thrown away. Answers with that file's name. */
export function keepTorn(folder: string, tail: Tail, now: Date): string {
  const kept = `log.torn-${now.toISOString().replace(/[:.]/g, '-')}-${tail.next}`;
  writeFileSync(join(folder, kept), tail.torn as Buffer, { mode: 0o600, flag: 'wx' });
  const handle = openSync(join(folder, current), 'r+');
  try {
    ftruncateSync(handle, tail.whole);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return kept;
}

/**
 * Appends entries with one write and makes them durable. When the disk is full, the part of them that was written is
 * taken back, so that the log never holds half a line of ours. Throws what the system said.
 */
export function appendEntries(folder: string, entries: readonly Entry[]): void {
  const first = entries[0];
  if (!first) return;
  const handle = openSync(join(folder, current), 'a', 0o600);
  const before = fstatSync(handle).size;
  try {
    const bytes = Buffer.from(entries.map((entry) => `${lineOf(entry)}\n`).join(''));
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fdatasyncSync(handle);
  } catch (error) {
    ftruncateSync(handle, before);
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** Gives a file that has grown large the name of its first entry; the next append begins a new one. */
export function rotate(folder: string): void {
  const { size } = readEnd(join(folder, current));
  if (size < rotateAt) return;
  const head = readFileSync(join(folder, current)).subarray(0, 4096).toString('utf8').split('\n', 1)[0] as string;
  const first = /"seq":(\d+)/.exec(head)?.[1];
  if (first === undefined) return;
  renameSync(join(folder, current), join(folder, `log-${first.padStart(12, '0')}.jsonl`));
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Size and the last 256 KB of a file, which hold more than the longest line. */
export function readEnd(path: string): { size: number; end: Buffer } {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { size: 0, end: Buffer.alloc(0) };
    throw error;
  }
  try {
    const { size } = fstatSync(handle);
    return { size, end: endOf(handle, size, 262_144) };
  } finally {
    closeSync(handle);
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
