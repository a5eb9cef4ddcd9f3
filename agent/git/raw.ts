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
