import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import type { GitObject, ObjectReader, ObjectType } from '../git/objects.ts';

/** Larger files are left to git, which hands them over in pieces. */
const mostPacked = 1_000_000;
const mostBytes = 4_000_000;
const quiet = { throwIfNoEntry: false } as const;

/**
 * Reads what lies in a file of its own (gitrepository-layout, `objects/[0-9a-f][0-9a-f]`) itself, and leaves everything else to
 * git: what was staged a moment ago is always such a file, and asking another process for ten of them takes milliseconds on a
 * busy machine. Like `cat-file` it does not hash what it reads.
 */
export function looseFirst(reader: ObjectReader, folder: string): ObjectReader {
  return {
    async read(name, limits) {
      const [oid = '', ...rest] = name.split(':');
      if (!isOid(oid)) return reader.read(name, limits);
      const object = rest.length === 0 ? looseObject(folder, oid) : looseFile(folder, oid, rest.join(':'));
      if (object === undefined) return reader.read(name, limits);
      if (object === 'missing') return undefined;
      return limits && object.size > limits.full ? reader.read(name, limits) : object;
    },
    close: () => reader.close(),
  };
}

/** `<tree>:<path>`: undefined when not every step lies in a file of its own. */
function looseFile(folder: string, tree: string, name: string): GitObject | 'missing' | undefined {
  let at = looseObject(folder, tree);
  for (const part of name.split('/')) {
    if (at?.type !== 'tree') return undefined;
    const entries = treeEntries(at.bytes, tree.length / 2);
    if (!entries) return undefined;
    const entry = entries.find((one) => one.name.toString('utf8') === part);
    if (!entry) return 'missing';
    at = looseObject(folder, entry.oid);
  }
  return at;
}

/** Objects read lately: what one commit brings is what the next one changes. The first is the one that goes. */
const recent = new Map<string, { object: GitObject; stamp: string }>();
const mostRecent = 1_000_000;
let recentBytes = 0;

/** One loose object, or undefined: it is not here, is large, or is not what an object should be. */
export function looseObject(folder: string, oid: string): GitObject | undefined {
  const file = path.join(folder, oid.slice(0, 2), oid.slice(2));
  const stat = lstatSync(file, quiet);
  if (!stat?.isFile() || stat.size > mostPacked) return undefined;
  // A file that was put in its place since is another one, whatever it is called.
  const stamp = `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeMs}:${stat.ctimeMs}`;
  const known = recent.get(file);
  if (known?.stamp === stamp) return known.object;
  const object = readObject(file, oid);
  if (object && object.size < mostRecent / 10) remember(file, { object, stamp });
  return object;
}

function remember(file: string, entry: { object: GitObject; stamp: string }): void {
  recentBytes += entry.object.size - (recent.get(file)?.object.size ?? 0);
  recent.delete(file);
  recent.set(file, entry);
  for (const [oldest, { object }] of recent) {
    if (recentBytes <= mostRecent) break;
    recent.delete(oldest);
    recentBytes -= object.size;
  }
}

function readObject(file: string, oid: string): GitObject | undefined {
  const packed = fileBytes(file);
  if (!packed) return undefined;
  try {
    const all = inflateSync(packed, { maxOutputLength: mostBytes, chunkSize: 8192 });
    const end = all.indexOf(0);
    const head = /^(blob|tree|commit|tag) (\d+)$/.exec(all.toString('latin1', 0, Math.min(Math.max(end, 0), 32)));
    const bytes = Buffer.from(all.subarray(end + 1));
    if (!head || Number(head[2]) !== bytes.length) return undefined;
    return { oid, type: head[1] as ObjectType, size: bytes.length, bytes, partial: false };
  } catch {
    return undefined;
  }
}

/** What a link or a pipe in a file's place would give is git's to judge. */
function fileBytes(file: string): Buffer | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size > mostPacked) return undefined;
    const bytes = Buffer.allocUnsafe(stat.size);
    return readSync(fd, bytes, 0, stat.size, 0) === stat.size ? bytes : undefined;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

export interface TreeEntry {
  name: Buffer;
  /** Six digits, as git prints it. */
  mode: string;
  oid: string;
}

/** Parses a tree: `mode SP name NUL id`, over and over. Undefined when it is of another shape. */
export function treeEntries(tree: Buffer, oidBytes: number): TreeEntry[] | undefined {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(32, at);
    const nul = tree.indexOf(0, space);
    if (space === -1 || nul <= space + 1 || nul + 1 + oidBytes > tree.length) return undefined;
    const mode = canonical(tree.toString('latin1', at, space));
    if (mode === undefined) return undefined;
    const oid = tree.toString('hex', nul + 1, nul + 1 + oidBytes);
    entries.push({ name: tree.subarray(space + 1, nul), mode, oid });
    at = nul + 1 + oidBytes;
  }
  return entries;
}

/** As git reads modes, old ones too: only whether a file may be run counts. */
function canonical(mode: string): string | undefined {
  if (mode === '40000' || mode === '040000') return '040000';
  if (mode === '120000' || mode === '160000') return mode;
  if (!/^100[0-7]{3}$/.test(mode)) return undefined;
  return Number.parseInt(mode, 8) & 0o100 ? '100755' : '100644';
}

function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
