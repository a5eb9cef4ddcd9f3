import type { Encoding } from './types.ts';

type Wide = Exclude<Encoding, 'utf-8' | 'binary'>;

/** The encoding that a byte order mark names, or that the pattern of NUL bytes shows; `binary` for what is none. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  const nul = firstNul(bytes);
  if (nul === -1) return 'utf-8';
  return wideEncoding(bytes) ?? 'binary';
}

function firstNul(bytes: Uint8Array): number {
  // Git looks at the first 8,000 bytes to call a file binary; a wider view costs nothing and hides less.
  const near = bytes.subarray(0, 65536).indexOf(0);
  if (near !== -1) return near;
  // Text with a stray NUL far inside stays text, unless what stands there is text of another encoding.
  const far = bytes.indexOf(0, 65536);
  return far !== -1 && wideStrings(viewOf(bytes.subarray(far - 1))).length > 0 ? far : -1;
}

/** Text of the Latin range in UTF-16 or UTF-32 has its NUL bytes in one column only: that pattern is the evidence. */
function wideEncoding(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length, 4096) & ~3;
  if (length < 4) return undefined;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 3] = (zeros[at & 3] as number) + 1;
  const share = zeros.map((count) => count / (length / 4));
  const [z0, z1, z2, z3] = share as [number, number, number, number];
  if (z0 < 0.1 && z1 > 0.9 && z2 > 0.9 && z3 > 0.9) return 'utf-32le';
  if (z3 < 0.1 && z0 > 0.9 && z1 > 0.9 && z2 > 0.9) return 'utf-32be';
  if (z0 < 0.1 && z2 < 0.1 && z1 > 0.6 && z3 > 0.6) return 'utf-16le';
  if (z1 < 0.1 && z3 < 0.1 && z0 > 0.6 && z2 > 0.6) return 'utf-16be';
  return undefined;
}

/** The text of bytes, and what stands behind it. */
export interface Decoded {
  text: string;
  /**
   * A mark or a pattern at the beginning may lie: what a reader of plain bytes, or of another width or alignment, would see
   * besides, each piece on a line of its own. Half of the characters of a script look like that, too, by chance.
   */
  beside: string;
}

/** Decodes bytes; never fails, since bytes that are no text become U+FFFD. */
export function decode(bytes: Uint8Array, encoding: Encoding): Decoded {
  const buffer = viewOf(bytes);
  if (encoding === 'utf-8') return { text: buffer.toString('utf8'), beside: '' };
  if (encoding === 'binary') return { text: buffer.toString('latin1'), beside: linesOf(wideStrings(buffer)) };
  return { text: decodeWide(buffer, encoding), beside: linesOf(stringsBeside(buffer, encoding)) };
}

function decodeWide(buffer: Buffer, encoding: Wide): string {
  if (encoding === 'utf-16le') return buffer.toString('utf16le');
  if (encoding === 'utf-16be')
    return Buffer.from(buffer.subarray(0, buffer.length & ~1))
      .swap16()
      .toString('utf16le');
  return decodeUtf32(buffer, encoding === 'utf-32le');
}

/** Bytes from one character to the next. */
type Width = 1 | 2 | 4;

/** Shorter ones stand in any file by chance. */
const shortestWide = 8;
/** Text of a script whose characters fill both bytes has more of these. */
const shortestPlain = 12;

/**
 * Text in UTF-16 or UTF-32 inside of something else: strings of a program, text behind a head in another encoding, or in a
 * script whose characters show no pattern.
 */
function wideStrings(bytes: Buffer): string[] {
  return strings(bytes, (width) => width > 1);
}

/** What stands in text of this encoding, but not in its width and alignment, so that decoding does not show it. */
function stringsBeside(bytes: Buffer, encoding: Wide): string[] {
  const own = encoding.startsWith('utf-16') ? 2 : 4;
  const place = encoding.endsWith('le') ? 0 : own - 1;
  return strings(bytes, (width, first) => width !== own || first % own !== place);
}

/** Text of the Latin range, in every width and alignment that is wanted, in one pass over the bytes. */
function strings(bytes: Buffer, wanted: (width: Width, first: number) => boolean): string[] {
  const pieces: string[] = [];
  // For each alignment of each width, where the last character of a piece stands and where its first one does.
  const last = new Int32Array(8).fill(-8);
  const first = new Int32Array(8).fill(-8);
  const end = (slot: number, width: Width, shortest: number): void => {
    const from = first[slot] as number;
    const to = (last[slot] as number) + 1;
    if (to - from <= (shortest - 1) * width || !wanted(width, from)) return;
    pieces.push(bytes.toString('latin1', from, to).replaceAll('\0', ''));
  };
  const take = (at: number, slot: number, width: Width, shortest: number): void => {
    if (last[slot] !== at - width) {
      end(slot, width, shortest);
      first[slot] = at;
    }
    last[slot] = at;
  };
  const { length } = bytes;
  const plain = wanted(1, 0);
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 || byte > 0x7e) continue;
    if (plain) take(at, 0, 1, shortestPlain);
    const before = bytes[at - 1] === 0;
    const after = bytes[at + 1] === 0;
    if (!before && !after) continue;
    take(at, 2 + (at & 1), 2, shortestWide);
    const wider =
      (before && bytes[at - 2] === 0 && bytes[at - 3] === 0) || (after && bytes[at + 2] === 0 && bytes[at + 3] === 0);
    if (wider) take(at, 4 + (at & 3), 4, shortestWide);
  }
  if (plain) end(0, 1, shortestPlain);
  for (let slot = 2; slot < 8; slot++) end(slot, slot < 4 ? 2 : 4, shortestWide);
  return pieces;
}

function linesOf(pieces: readonly string[]): string {
  return pieces.map((text) => `\n${text}`).join('');
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeUtf32(buffer: Buffer, little: boolean): string {
  const parts: string[] = [];
  for (let at = 0; at + 4 <= buffer.length; at += 4) {
    const code = little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at);
    parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
  }
  return parts.join('');
}
