import type { BundleFile } from '../policy/bundle.ts';

export interface TarLimits {
  /** Most entries, folders included. */
  entries: number;
}

/** What is wrong with an archive; the message is one line for a person. */
export class TarError extends Error {}

const block = 512;

/**
 * Reads the regular files of a tar archive: ustar, pax headers (POSIX.1-2001) and GNU long names.
 * Throws `TarError` for everything a policy archive has no business to hold: links, devices, paths that leave the
 * archive, two entries of one name, a wrong checksum, a cut end. Two readers must never see two different policies.
 */
export function readTar(bytes: Uint8Array, limits: TarLimits = { entries: 10_000 }): BundleFile[] {
  const files = new Map<string, BundleFile>();
  for (const { name, type, body } of entriesOf(bytes, limits)) {
    if (type === 'folder') continue;
    if (type !== 'file') throw new TarError(`${name} is not a regular file`);
    if (files.has(name)) throw new TarError(`${name} stands in it twice`);
    files.set(name, { path: name, bytes: body });
  }
  return [...files.values()];
}

interface TarEntry {
  name: string;
  type: 'file' | 'folder' | 'other';
  body: Uint8Array;
}

/** Types that POSIX and GNU give to entries, as far as a policy may hold them; 7 is a contiguous file. */
const types: Record<string, TarEntry['type']> = { '0': 'file', '\0': 'file', '7': 'file', '5': 'folder' };

/** The entries in turn, with what the headers before each say of it. */
function* entriesOf(bytes: Uint8Array, limits: TarLimits): Generator<TarEntry> {
  let pax: Record<string, string> = {};
  let longName: string | undefined;
  let entries = 0;
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block);
    at += block;
    if (header.every((byte) => byte === 0)) return;
    if (++entries > limits.entries) throw new TarError(`it has more than ${limits.entries} entries`);
    checkSum(header);
    const size = pax.size === undefined ? numberAt(header, 124, 12) : Number(pax.size);
    if (!Number.isSafeInteger(size) || size < 0 || at + size > bytes.length) throw new TarError('an entry is cut off');
    const body = bytes.subarray(at, at + size);
    at += Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] as number);
    if (type === 'x') pax = paxFields(body);
    else if (type === 'L') longName = textOf(body).replace(/\0.*$/s, '');
    else if (type !== 'g') {
      yield { name: safePath(pax.path ?? longName ?? headerName(header)), type: types[type] ?? 'other', body };
      pax = {};
      longName = undefined;
    }
  }
  // Without the blocks of zeros that end an archive.
  if (entries === 0) throw new TarError('it is not a tar archive');
  if (bytes.length % block !== 0) throw new TarError('its end is cut off');
}

function headerName(header: Uint8Array): string {
  const name = field(header, 0, 100);
  const isUstar = field(header, 257, 5) === 'ustar';
  const prefix = isUstar && header[263] === 0x30 ? field(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/**
 * A path inside a bundle; throws `TarError` for one that leads out of it. OPA's own archives write `/data.json`: a leading
 * slash is a habit there and no escape.
 */
export function safePath(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const hostile = /[\\\0-\x1f]/.test(path) || parts.includes('..') || /^[A-Za-z]:/.test(path);
  if (hostile) throw new TarError(`the path ${JSON.stringify(path.slice(0, 100))} is not allowed`);
  return parts.join('/');
}

/** The sum of the header's bytes, the checksum field itself counted as blanks. */
function checkSum(header: Uint8Array): void {
  let sum = 0;
  for (let at = 0; at < block; at++) sum += at >= 148 && at < 156 ? 32 : (header[at] as number);
  if (sum !== numberAt(header, 148, 8)) throw new TarError('a header has a wrong checksum; it is not a tar archive');
}

/** Octal text, or base 256 when the first bit is set (GNU, for sizes from 8 GiB). */
function numberAt(header: Uint8Array, at: number, length: number): number {
  if (((header[at] as number) & 0x80) !== 0) return Number.NaN;
  const text = field(header, at, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN;
}

function field(header: Uint8Array, at: number, length: number): string {
  const bytes = header.subarray(at, at + length);
  const end = bytes.indexOf(0);
  return textOf(end === -1 ? bytes : bytes.subarray(0, end));
}

/** Records `length key=value\n`, where length counts the whole record in bytes. */
function paxFields(body: Uint8Array): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 0; at < body.length; ) {
    const blank = body.indexOf(0x20, at);
    const length = blank === -1 ? Number.NaN : Number(textOf(body.subarray(at, blank)));
    if (!Number.isInteger(length) || length <= blank - at || at + length > body.length) {
      throw new TarError('a pax header is broken');
    }
    const record = textOf(body.subarray(blank + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) fields[record.slice(0, equals)] = record.slice(equals + 1);
    at += length;
  }
  return fields;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
