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

const SEQUENCE = 0x30;
const OPTIONS =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}';

/**
 * Checks that bytes begin with a sequence that is whole, in the words of Go's `encoding/asn1` for a struct of this name:
 * what stands in an empty place is a sequence that was cut off.
 */
export function expectSequence(bytes: Buffer, struct: string): Der {
  const truncated = (): never => {
    throw new DerError('asn1: syntax error: truncated tag or length');
  };
  if (bytes.length === 0) throw new DerError('asn1: syntax error: sequence truncated');
  const first = bytes[0] as number;
  let at = 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) [tag, at] = highTag(bytes);
  let length = bytes[at] ?? truncated();
  at++;
  if (length === 0x80) throw new DerError('asn1: syntax error: indefinite length found (not DER)');
  if (length > 0x80) {
    const size = length & 0x7f;
    length = 0;
    for (let i = 0; i < size; i++) {
      length = length * 256 + (bytes[at + i] ?? truncated());
      if (length >= 2 ** 31) throw new DerError('asn1: structure error: length too large');
      if (length === 0) throw new DerError('asn1: structure error: superfluous leading zeros in length');
    }
    at += size;
    if (length < 0x80) throw new DerError('asn1: structure error: non-minimal length');
  }
  if (first !== SEQUENCE) {
    const header = `{class:${first >> 6} tag:${tag} length:${length} isCompound:${(first & 0x20) !== 0}}`;
    throw new DerError(`asn1: structure error: tags don't match (16 vs ${header}) ${OPTIONS} ${struct} @${at}`);
  }
  if (at + length > bytes.length) throw new DerError('asn1: syntax error: data truncated');
  return readDer(bytes);
}

/** A tag of more than one byte, and where the length after it begins. */
function highTag(bytes: Buffer): [number, number] {
  let tag = 0;
  for (let at = 1; ; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw new DerError('asn1: syntax error: truncated base 128 integer');
    if (at === 1 && byte === 0x80) throw new DerError('asn1: syntax error: integer is not minimally encoded');
    tag = tag * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    if (tag < 0x1f) throw new DerError('asn1: syntax error: non-minimal tag');
    return [tag, at + 1];
  }
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
