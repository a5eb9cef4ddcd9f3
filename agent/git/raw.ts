import { decodePath } from '../model/path.ts';
import type { RepoPath } from '../model/types.ts';

/** One line of `--raw -z` output, or of a listing, where the old side is absent. */
export interface RawChange {
  path: RepoPath;
  status: string;
  oldMode: string;
  newMode: string;
  oldOid: string;
  newOid: string;
}

export interface RawEntry {
  path: RepoPath;
  mode: string;
  oid: string;
  /** Merge stage of an index entry; 0 outside a conflict. */
  stage: number;
}

const colon = 0x3a;

/**
 * Parses `git diff-index --raw -z --no-renames` (gitdiffcore: `:oldmode newmode oldoid newoid status NUL path NUL`).
 * Paths are bytes and are decoded without loss.
 */
export function parseRawDiff(output: Buffer): RawChange[] {
  const out: RawChange[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(0, at);
    if (end === -1) break;
    const change = readRawHeader(output, at, end);
    const pathEnd = output.indexOf(0, end + 1);
    if (pathEnd === -1) break;
    if (change) out.push({ ...change, path: decodePath(output.subarray(end + 1, pathEnd)) });
    at = pathEnd + 1;
  }
  return out;
}

/** What `diff-tree` is asked so that `parseRawDiff` reads every change between two trees or commits, and no rename hides content. */
export function diffTreeOf(from: string, to: string): string[] {
  const options = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  return ['diff-tree', ...options, from, to, '--'];
}

export interface CommitDiff {
  commit: string;
  changes: RawChange[];
}

/** Parses `git diff-tree --stdin --raw -z`: a commit id, its changes, the next id; all ended by NUL. */
export function parseDiffTree(output: Buffer): CommitDiff[] {
  const out: CommitDiff[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(0, at);
    if (end === -1) break;
    if (output[at] !== colon) {
      out.push({ commit: output.toString('latin1', at, end).trim().slice(0, 64).split(' ')[0] ?? '', changes: [] });
      at = end + 1;
      continue;
    }
    const change = readRawHeader(output, at, end);
    const pathEnd = output.indexOf(0, end + 1);
    if (pathEnd === -1) break;
    if (change) out.at(-1)?.changes.push({ ...change, path: decodePath(output.subarray(end + 1, pathEnd)) });
    at = pathEnd + 1;
  }
  return out;
}

function readRawHeader(output: Buffer, at: number, end: number): Omit<RawChange, 'path'> | undefined {
  const parts = output.toString('latin1', at + 1, end).split(' ');
  const [oldMode, newMode, oldOid, newOid, status] = parts;
  if (oldMode === undefined || newMode === undefined || oldOid === undefined || newOid === undefined) return undefined;
  return { oldMode, newMode, oldOid, newOid, status: (status ?? '').slice(0, 1) };
}

/** True for a path that is wanted, given as Latin-1 so that most paths of a large listing need not be decoded. */
export type Wanted = (latin1: string) => boolean;

/** Parses `git ls-files -s -z`: `mode oid stage TAB path NUL`. */
export function parseIndex(output: Buffer, wanted?: Wanted): RawEntry[] {
  return parseListing(output, wanted, (head) => {
    const [mode, oid, stage] = head.split(' ');
    return { mode: mode ?? '', oid: oid ?? '', stage: Number(stage ?? 0) };
  });
}

/** Parses `git ls-tree -r -z`: `mode type oid TAB path NUL`. */
export function parseTree(output: Buffer, wanted?: Wanted): RawEntry[] {
  return parseListing(output, wanted, (head) => {
    const [mode, , oid] = head.split(' ');
    return { mode: mode ?? '', oid: oid ?? '', stage: 0 };
  });
}

function parseListing(
  output: Buffer,
  wanted: Wanted | undefined,
  headOf: (head: string) => Omit<RawEntry, 'path'>,
): RawEntry[] {
  const out: RawEntry[] = [];
  const text = output.toString('latin1');
  let at = 0;
  while (at < text.length) {
    const nul = text.indexOf('\0', at);
    const end = nul === -1 ? text.length : nul;
    const tab = text.indexOf('\t', at);
    if (tab !== -1 && tab < end && (wanted === undefined || wanted(text.slice(tab + 1, end)))) {
      out.push({ ...headOf(text.slice(at, tab)), path: decodePath(output.subarray(tab + 1, end)) });
    }
    at = end + 1;
  }
  return out;
}

/** Splits NUL-ended output into paths. */
export function parsePaths(output: Buffer): RepoPath[] {
  const out: RepoPath[] = [];
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(0, at);
    const stop = end === -1 ? output.length : end;
    if (stop > at) out.push(decodePath(output.subarray(at, stop)));
    at = stop + 1;
  }
  return out;
}

export const modes = { symlink: '120000', submodule: '160000', tree: '040000' } as const;

/**
 * What `--raw` prints without `-z`, as `-z` prints it: a shell cannot keep NUL. With `core.quotePath` a name with a byte that is
 * no printable ASCII, a quote or a backslash stands in quotes (git's `quote.c`). Undefined when a line is of another shape.
 */
export function zeroEnded(printed: Buffer): Buffer | undefined {
  const out: string[] = [];
  for (const line of printed.toString('latin1').split('\n')) {
    if (line === '') continue;
    const tab = line.indexOf('\t');
    const name = unquoted(line.slice(tab + 1));
    if (tab === -1 || name === undefined) return undefined;
    out.push(line.slice(0, tab), '\0', name, '\0');
  }
  return Buffer.from(out.join(''), 'latin1');
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  '"': '"',
  '\\': '\\',
};

function unquoted(name: string): string | undefined {
  if (!name.startsWith('"')) return name;
  if (!/^"(?:[^"\\]|\\(?:[abtnvfr"\\]|[0-3][0-7]{2}))*"$/.test(name)) return undefined;
  return name
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
      octal === undefined ? (escapes[letter] as string) : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
