/** DER (ITU-T X.690), as much as certificates and keys need. */
import type { Buffer } from 'node:buffer';

export interface Der {
  tag: number;
  /** The whole element with its header, and its content. */
  raw: Buffer;
  content: Buffer;
  /** Bytes that follow the element. */
  rest: Buffer;
}

export class DerError extends Error {}

/** Reads one element. Throws `DerError`. */
export function readDer(bytes: Buffer): Der {
  if (bytes.length < 2) throw new DerError('asn1: syntax error: data truncated');
  const tag = bytes[0] as number;
  let length = bytes[1] as number;
  let start = 2;
  if (length > 0x80) {
    const size = length & 0x7f;
    if (size > 4 || bytes.length < 2 + size) throw new DerError('asn1: syntax error: data truncated');
    length = bytes.readUIntBE(2, size);
    start = 2 + size;
  } else if (length === 0x80) throw new DerError('asn1: syntax error: indefinite length found (not DER)');
  const end = start + length;
  if (end > bytes.length) throw new DerError('asn1: syntax error: data truncated');
  return { tag, raw: bytes.subarray(0, end), content: bytes.subarray(start, end), rest: bytes.subarray(end) };
}

export function expectTag(d: Der, tag: number): Der {
  if (d.tag !== tag) throw new DerError("asn1: structure error: tags don't match");
  return d;
}

/** The elements inside a sequence or set. */
export function childrenOf(d: Der): Der[] {
  const found: Der[] = [];
  for (let rest = d.content; rest.length > 0; ) {
    const child = readDer(rest);
    found.push(child);
    rest = child.rest;
  }
  return found;
}

export function oidOf(d: Der): number[] {
  const parts: number[] = [];
  let n = 0;
  for (const byte of d.content) {
    n = n * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (parts.length === 0) parts.push(Math.min(2, Math.floor(n / 40)), n - 40 * Math.min(2, Math.floor(n / 40)));
    else parts.push(n);
    n = 0;
  }
  return parts;
}

export function integerOf(d: Der): bigint {
  const hex = d.content.toString('hex');
  return hex === '' ? 0n : BigInt.asIntN(d.content.length * 8, BigInt(`0x${hex}`));
}

/** Text of the string types; UTF-16 for BMPString. */
export function textOf(d: Der): string {
  if (d.tag !== 0x1e) return d.content.toString('utf8');
  let text = '';
  for (let i = 0; i + 1 < d.content.length; i += 2) text += String.fromCharCode(d.content.readUInt16BE(i));
  return text;
}

/** UTCTime or GeneralizedTime as RFC 3339. */
export function timeOf(d: Der): string {
  const text = d.content.toString('latin1');
  const utc = d.tag === 0x17;
  const match = /^(\d\d|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(text);
  if (match === null || (match[1] as string).length !== (utc ? 2 : 4)) throw new DerError('x509: malformed time');
  const year = utc ? `${Number(match[1]) >= 50 ? '19' : '20'}${match[1]}` : match[1];
  return `${year}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}Z`;
}

/** Bits of a BIT STRING without the count of unused ones. */
export function bitsOf(d: Der): Buffer {
  return d.content.subarray(1);
}
