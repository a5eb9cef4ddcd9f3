import type { Document, DocumentKind, Encoding, Position, Range, Span } from './types.ts';

export interface DocumentOptions {
  kind?: DocumentKind;
  size?: number;
  partial?: boolean;
  commit?: string;
  oid?: string;
  mode?: string;
}

/**
 * Makes a document from bytes. The encoding is found from the byte order mark or, for UTF-16 and UTF-32 without one,
 * from the pattern of NUL bytes, because git and grep call such files binary and a secret in them goes unseen.
 */
export function documentFromBytes(path: string, bytes: Uint8Array, options: DocumentOptions = {}): Document {
  const encoding = detectEncoding(bytes);
  return {
    path,
    kind: options.kind ?? 'file',
    bytes,
    text: decode(bytes, encoding),
    encoding,
    size: options.size ?? bytes.length,
    partial: options.partial ?? false,
    ...(options.commit === undefined ? {} : { commit: options.commit }),
    ...(options.oid === undefined ? {} : { oid: options.oid }),
    ...(options.mode === undefined ? {} : { mode: options.mode }),
  };
}

/** Makes a document from text that an editor holds. */
export function documentFromText(path: string, text: string, options: DocumentOptions = {}): Document {
  const bytes = new TextEncoder().encode(text);
  return { ...documentFromBytes(path, bytes, options), text, encoding: 'utf-8' };
}

const lineStartsOf = new WeakMap<Document, number[]>();

/** Offsets at which lines start; `\n`, `\r\n` and a lone `\r` end a line, as in LSP. */
export function lineStarts(document: Document): number[] {
  let starts = lineStartsOf.get(document);
  if (!starts) {
    starts = computeLineStarts(document.text);
    lineStartsOf.set(document, starts);
  }
  return starts;
}

/** Line and column, both from 1, of an offset; offsets outside the text are clamped. */
export function positionAt(document: Document, offset: number): Position {
  const starts = lineStarts(document);
  const clamped = Math.max(0, Math.min(offset, document.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: clamped - (starts[low] as number) + 1 };
}

/** The span of a range, with lines and columns from 1. */
export function spanOf(document: Document, range: Range): Span {
  const start = positionAt(document, range[0]);
  const end = positionAt(document, range[1]);
  return { ...start, endLine: end.line, endColumn: end.column };
}

/** The text of a line (from 1) without its line end. */
export function lineText(document: Document, line: number): string {
  const starts = lineStarts(document);
  const start = starts[line - 1];
  if (start === undefined) return '';
  const end = starts[line] ?? document.text.length;
  return document.text.slice(start, end).replace(/[\r\n]+$/, '');
}

function computeLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function detectEncoding(bytes: Uint8Array): Encoding {
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
  return far !== -1 && wideStrings(viewOf(bytes.subarray(far - 1)).toString('latin1')) !== '' ? far : -1;
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

function decode(bytes: Uint8Array, encoding: Encoding): string {
  const buffer = viewOf(bytes);
  if (encoding === 'binary') {
    const text = buffer.toString('latin1');
    return text + wideStrings(text);
  }
  if (encoding === 'utf-8') return buffer.toString('utf8');
  if (encoding === 'utf-16le') return buffer.toString('utf16le');
  if (encoding === 'utf-16be')
    return Buffer.from(buffer.subarray(0, buffer.length & ~1))
      .swap16()
      .toString('utf16le');
  return decodeUtf32(buffer, encoding === 'utf-32le');
}

/**
 * Text in UTF-16 inside of something else, each piece on a line of its own: strings of a program, text behind a head in
 * another encoding, or in a script whose characters show no pattern. Empty where there is none.
 */
function wideStrings(latin1: string): string {
  const pieces = latin1.match(/(?:[\x20-\x7e]\0){8,}|(?:\0[\x20-\x7e]){8,}/g) ?? [];
  return pieces.map((piece) => `\n${piece.replaceAll('\0', '')}`).join('');
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
