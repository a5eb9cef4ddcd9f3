import { readFileSync } from 'node:fs';

/** Entries that are walked to find the extensions; larger indexes say where they begin. */
const mostEntries = 50_000;

/**
 * The tree that an index would become, as git has noted it in the index itself (gitformat-index, "Cache tree" and "End of
 * Index Entry"): `git commit` brings that note up to date before it runs `pre-commit`. Undefined when it is not there, not
 * valid, or the file cannot be read. `oidBytes` is 20 or 32. Nothing is written, no lock is taken.
 * With `seal`, the end of the index as somebody has seen it, it must be that index still.
 */
export function indexTree(file: string, oidBytes: number, seal?: Uint8Array): string | undefined {
  try {
    const bytes = readFileSync(file);
    if (seal && !bytes.subarray(-seal.length).equals(seal)) return undefined;
    if (bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
    const end = bytes.length - oidBytes;
    let at = endOfEntries(bytes, end, oidBytes) ?? walkEntries(bytes, oidBytes);
    while (at !== undefined && at + 8 <= end) {
      const size = bytes.readUInt32BE(at + 4);
      if (bytes.toString('latin1', at, at + 4) === 'TREE')
        return rootOf(bytes.subarray(at + 8, at + 8 + size), oidBytes);
      at += 8 + size;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

/** The extension `EOIE` is the last one: a signature, a size, the offset where entries end, and a hash. */
function endOfEntries(bytes: Buffer, end: number, oidBytes: number): number | undefined {
  const at = end - 12 - oidBytes;
  if (at < 12 || bytes.toString('latin1', at, at + 4) !== 'EOIE') return undefined;
  const offset = bytes.readUInt32BE(at + 8);
  return offset >= 12 && offset < at ? offset : undefined;
}

function walkEntries(bytes: Buffer, oidBytes: number): number | undefined {
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4 || count > mostEntries) return undefined;
  let at = 12;
  for (let index = 0; index < count; index++) {
    const flags = at + 40 + oidBytes;
    let name = flags + ((bytes.readUInt16BE(flags) & 0x4000) === 0 ? 2 : 4);
    if (version === 4) while (((bytes[name++] as number) & 0x80) !== 0);
    const nul = bytes.indexOf(0, name);
    if (nul === -1) return undefined;
    // Before version 4 an entry is filled up with NULs to a multiple of eight, and with one at least.
    at = version === 4 ? nul + 1 : at + ((nul - at + 8) & ~7);
  }
  return at;
}

/** The first entry is the root: an empty name, the number of entries (-1: not valid), the number of subtrees, the id. */
function rootOf(tree: Buffer, oidBytes: number): string | undefined {
  const newline = tree.indexOf(10);
  const head = /^\0(\d+) \d+$/.exec(tree.toString('latin1', 0, Math.max(0, newline)));
  return head ? tree.toString('hex', newline + 1, newline + 1 + oidBytes) : undefined;
}
