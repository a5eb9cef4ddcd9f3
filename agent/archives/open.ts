import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { tarEntries } from './tar.ts';

export interface ArchiveLimits {
  /** Archives within archives that are opened. */
  depth: number;
  /** Files of all archives together. */
  entries: number;
  /** Bytes of one file. */
  entryBytes: number;
  /** Bytes of all files together. */
  totalBytes: number;
  /** Unpacked bytes for each packed one; more is a bomb. Not asked of the first megabyte. */
  ratio: number;
}

export interface ArchiveFile {
  /** `a.zip!/inner.tar!/path`. */
  path: string;
  bytes: Uint8Array;
}

export interface Opened {
  files: ArchiveFile[];
  /** What was not looked at, each with the reason. */
  gaps: { path: string; why: string }[];
}

interface Budget {
  limits: ArchiveLimits;
  entries: number;
  bytes: number;
  opened: Opened;
}

/**
 * Unpacks zip (and what is one: jar, wheel, docx), tar and gzip in memory; what it is, its bytes tell and not its name.
 * Names in it are never used as paths. Nothing is unpacked beyond the limits, whatever the archive says of its own size.
 * A file that is no archive gives nothing; a broken one gives a gap.
 */
export function openArchive(path: string, bytes: Uint8Array, limits: ArchiveLimits): Opened {
  const budget: Budget = { limits, entries: 0, bytes: 0, opened: { files: [], gaps: [] } };
  open(path, bytes, 1, budget);
  return budget.opened;
}

function open(path: string, bytes: Uint8Array, depth: number, budget: Budget): boolean {
  const reader = readerOf(bytes);
  if (!reader) return false;
  const { gaps } = budget.opened;
  if (depth > budget.limits.depth) {
    gaps.push({ path, why: `an archive within ${depth - 1} others was not opened` });
    return true;
  }
  try {
    reader(path, bytes, depth, budget);
  } catch (error) {
    gaps.push({ path, why: error instanceof Bound ? error.message : 'it is damaged or of an unknown kind' });
  }
  return true;
}

class Bound extends Error {}

type Reader = (path: string, bytes: Uint8Array, depth: number, budget: Budget) => void;

function readerOf(bytes: Uint8Array): Reader | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return readZip;
  if (a === 0x1f && b === 0x8b && c === 8) return readGzip;
  // POSIX tar: `ustar` at 257.
  if (Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar') return readTarball;
  return undefined;
}

function readZip(path: string, bytes: Uint8Array, depth: number, budget: Budget): void {
  const wanted: string[] = [];
  // Sizes are those the archive claims: nothing is made longer than that, so a lie only shortens a file.
  const files = unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      if (name.endsWith('/') || originalSize === 0) return false;
      if (!mayTake(`${path}!/${name}`, originalSize, size, budget)) return false;
      wanted.push(name);
      return true;
    },
  });
  for (const name of wanted) {
    const file = files[name];
    if (file) keep(`${path}!/${name}`, file, depth, budget);
  }
}

function readGzip(path: string, bytes: Uint8Array, depth: number, budget: Budget): void {
  const most = Math.min(room(budget), Math.max(1024 * 1024, bytes.length * budget.limits.ratio));
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Bound(`more than ${mb(most)} unpacked`);
    throw error;
  }
  if (readerOf(unpacked) === readTarball) {
    readTarball(path, unpacked, depth, budget);
    return;
  }
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/i, '');
  if (mayTake(`${path}!/${name}`, unpacked.length, bytes.length, budget))
    keep(`${path}!/${name}`, unpacked, depth, budget);
}

function readTarball(path: string, bytes: Uint8Array, depth: number, budget: Budget): void {
  for (const entry of tarEntries(bytes)) {
    const name = `${path}!/${entry.name}`;
    if (mayTake(name, entry.bytes.length, entry.bytes.length, budget)) keep(name, entry.bytes, depth, budget);
  }
}

/** Counts a file against the limits, and says why it is left out. */
function mayTake(path: string, size: number, packed: number, budget: Budget): boolean {
  const { limits, opened } = budget;
  const why =
    budget.entries >= limits.entries
      ? `more than ${limits.entries} files`
      : size > limits.entryBytes
        ? `larger than ${mb(limits.entryBytes)}`
        : size > 1024 * 1024 && size > packed * limits.ratio
          ? `${Math.round(size / Math.max(1, packed))} times larger unpacked than packed`
          : size > room(budget)
            ? `more than ${mb(limits.totalBytes)} unpacked`
            : undefined;
  if (why !== undefined) {
    // A bomb of a million files is one gap, not a million.
    if (opened.gaps.length < 20) opened.gaps.push({ path, why });
    return false;
  }
  budget.entries++;
  budget.bytes += size;
  return true;
}

function keep(path: string, bytes: Uint8Array, depth: number, budget: Budget): void {
  if (!open(path, bytes, depth + 1, budget)) budget.opened.files.push({ path, bytes });
}

function room({ limits, bytes }: Budget): number {
  return limits.totalBytes - bytes;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1048576)} MB`;
}
