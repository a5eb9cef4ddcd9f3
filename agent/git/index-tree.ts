import { readSync } from 'node:fs';
import { whileOpen } from '../system/while-open.ts';

/** What is read at once: an index of 100,000 files has 14 MB, and the daemon has no room to hold all of it. */
const windowBytes = 1 << 18;
/** The longest path that git takes (PATH_MAX), with the fixed part of an entry. */
const entryBytes = 4096 + 128;

/**
 * The tree that an index would become, as git has noted it in the index itself (gitformat-index, "Cache tree" and "End of
 * Index Entry"): `git commit` brings that note up to date before it runs `pre-commit`. Undefined when it is not there, not
 * valid, or the file cannot be read. `oidBytes` is 20 or 32. Nothing is written, no lock is taken.
 * With `seal`, the end of the index as somebody has seen it, it must be that index still.
 */
export function indexTree(file: string, oidBytes: number, seal?: Uint8Array): string | undefined {
  return whileOpen(file, (handle, size) => {
    try {
      return treeIn(windowOf(handle, size), oidBytes, seal);
    } catch {
      return undefined;
    }
  });
}

/** The same of an index that lies open. Throws where it ends too soon. */
function treeIn(bytes: Bytes, oidBytes: number, seal?: Uint8Array): string | undefined {
  if (seal && !bytes.at(bytes.size - seal.length, seal.length).equals(seal)) return undefined;
  if (bytes.at(0, 4).toString('latin1') !== 'DIRC') return undefined;
  const end = bytes.size - oidBytes;
  let at = endOfEntries(bytes, end, oidBytes) ?? walkEntries(bytes, oidBytes);
  while (at !== undefined && at + 8 <= end) {
    const head = bytes.at(at, 8);
    const size = head.readUInt32BE(4);
    if (head.toString('latin1', 0, 4) === 'TREE') return rootOf(bytes.at(at + 8, Math.min(size, 256)), oidBytes);
    at += 8 + size;
  }
  return undefined;
}

interface Bytes {
  size: number;
  /** Bytes of the file, good until the next call. Throws where there are not so many. */
  at: (offset: number, length: number) => Buffer;
}

/** A file through a window that moves over it. */
function windowOf(handle: number, size: number): Bytes {
  const window = Buffer.allocUnsafe(Math.min(size, windowBytes));
  let start = 0;
  let filled = 0;
  const at = (offset: number, length: number) => {
    if (offset < 0 || offset + length > size || length > window.length) throw new RangeError('outside of the index');
    if (offset < start || offset + length > start + filled) {
      start = offset;
      filled = 0;
      while (filled < length) {
        const read = readSync(handle, window, filled, window.length - filled, start + filled);
        if (read === 0) throw new RangeError('the index has become shorter');
        filled += read;
      }
    }
    return window.subarray(offset - start, offset - start + length);
  };
  // What fits is read at once, so that looking at the end and then at the beginning is one reading.
  if (size <= windowBytes) at(0, size);
  return { size, at };
}

/** The extension `EOIE` is the last one: a signature, a size, the offset where entries end, and a hash. */
function endOfEntries(bytes: Bytes, end: number, oidBytes: number): number | undefined {
  const at = end - 12 - oidBytes;
  if (at < 12) return undefined;
  const extension = bytes.at(at, 12);
  if (extension.toString('latin1', 0, 4) !== 'EOIE') return undefined;
  const offset = extension.readUInt32BE(8);
  return offset >= 12 && offset < at ? offset : undefined;
}

/** Git writes `EOIE` only where it is told to; otherwise the extensions begin where the last entry ends. */
function walkEntries(bytes: Bytes, oidBytes: number): number | undefined {
  const head = bytes.at(0, 12);
  const version = head.readUInt32BE(4);
  const count = head.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  let at = 12;
  for (let index = 0; index < count; index++) {
    const entry = bytes.at(at, Math.min(entryBytes, bytes.size - at));
    const flags = entry.readUInt16BE(40 + oidBytes);
    let name = 42 + oidBytes + ((flags & 0x4000) === 0 ? 0 : 2);
    if (version === 4) while (((entry[name++] as number) & 0x80) !== 0);
    // The length of a name stands in twelve bits, which are full for a longer one; in version 4 a part of the name is left out.
    const length = flags & 0xfff;
    const nul = version === 4 || length === 0xfff ? entry.indexOf(0, name) : name + length;
    if (nul === -1 || entry[nul] !== 0) return undefined;
    // Before version 4 an entry is filled up with NULs to a multiple of eight, and with one at least.
    at += version === 4 ? nul + 1 : (nul + 8) & ~7;
  }
  return at;
}

/** The first entry is the root: an empty name, the number of entries (-1: not valid), the number of subtrees, the id. */
function rootOf(tree: Buffer, oidBytes: number): string | undefined {
  const newline = tree.indexOf(10);
  const head = /^\0(\d+) \d+$/.exec(tree.toString('latin1', 0, Math.max(0, newline)));
  return head ? tree.toString('hex', newline + 1, newline + 1 + oidBytes) : undefined;
}
