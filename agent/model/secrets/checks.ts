import type { Verdict } from './types.ts';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

let table: Uint32Array | undefined;

/** CRC-32 (ISO 3309, polynomial 0xEDB88320) of ASCII text, unsigned. */
export function crc32(text: string): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc = (crc >>> 8) ^ (table[(crc ^ text.charCodeAt(at)) & 0xff] as number);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A number in base 62 with the digits 0–9A–Za–z, padded with zeros to `width`. */
export function toBase62(value: number, width: number): string {
  let out = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) out = base62[rest % 62] + out;
  return out.padStart(width, '0');
}

/**
 * The last six characters are the CRC-32 of what stands between prefix and them, in base 62.
 * GitHub's tokens and npm's are made so: https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 */
export function crcTail(prefixLength: number): (value: string) => Verdict {
  return (value) => {
    const body = value.slice(prefixLength, -6);
    return toBase62(crc32(body), 6) === value.slice(-6) ? 'valid' : 'invalid';
  };
}

/** The same behind the last `_`, for prefixes of several lengths. */
export function crcTailOfLastPart(value: string): Verdict {
  return crcTail(value.lastIndexOf('_') + 1)(value);
}

/** Behind the last `_` stands the CRC-32 of everything before it, in base 62. */
export function crcTailOfAll(value: string): Verdict {
  return toBase62(crc32(value.slice(0, -7)), 6) === value.slice(-6) ? 'valid' : 'invalid';
}

/**
 * A checksum of eight hex digits ends the token: CRC-32 of the body, or of everything before it. The vendor does not say
 * which, so either counts as proof and neither counts against it.
 */
export function crcHexTail(value: string): Verdict {
  const tail = value.slice(-8).toLowerCase();
  const head = value.slice(0, -8);
  const body = head.slice(head.indexOf('_') + 1);
  return [body, head].some((form) => hex32(crc32(form)) === tail) ? 'valid' : 'unknown';
}

/** The last eight hexadecimal digits are the CRC-32 of everything in front of them. */
export function crcHexOfAll(value: string): Verdict {
  return hex32(crc32(value.slice(0, -8))) === value.slice(-8) ? 'valid' : 'invalid';
}

/** The last eight hexadecimal digits are the bytes of the CRC-32 of what stands before the last `_`, least first. */
export function crcHexReversed(value: string): Verdict {
  const sum = crc32(value.slice(0, -9));
  const bytes = [0, 8, 16, 24].map((shift) => ((sum >>> shift) & 0xff).toString(16).padStart(2, '0'));
  return bytes.join('') === value.slice(-8).toLowerCase() ? 'valid' : 'invalid';
}

/** Parses a JWT's header (RFC 7519 §5, RFC 7515 §4.1.1): JSON with a string `alg`. */
export function jwtHeader(value: string): { alg: string; typ?: string } | undefined {
  const header = parseJson(decodeBase64(value.slice(0, Math.max(0, value.indexOf('.')))));
  if (typeof header !== 'object' || header === null) return undefined;
  const { alg, typ } = header as { alg?: unknown; typ?: unknown };
  if (typeof alg !== 'string') return undefined;
  return typeof typ === 'string' ? { alg, typ } : { alg };
}

/** Decodes base64 or base64url to Latin-1 text; `undefined` when the alphabet or the length is wrong. */
export function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n\t ]+/g, '').replace(/=+$/, '');
  if (compact.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*$/.test(compact)) return undefined;
  return Buffer.from(compact, 'base64').toString('latin1');
}

/** The text behind a prefix is base64 of a JSON object, as in Grafana's, 1Password's and Sentry's tokens. */
export function base64Json(prefixLength: number): (value: string) => Verdict {
  return (value) => {
    const decoded = decodeBase64(value.slice(prefixLength).split('_')[0] as string);
    const parsed = parseJson(decoded);
    return typeof parsed === 'object' && parsed !== null ? 'valid' : 'unknown';
  };
}

/**
 * The account number inside an AWS access key id: characters 5 to 12 in base 32, shifted by one bit.
 * Ids made before 2019 hold something else, so a number out of range only says "unknown".
 */
export function awsAccount(id: string): string | undefined {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = 0n;
  for (const character of id.slice(4, 14)) {
    const digit = alphabet.indexOf(character);
    if (digit === -1) return undefined;
    bits = (bits << 5n) | BigInt(digit);
  }
  // Ten characters are 50 bits; the first six bytes (48 bits) hold the account in bits 7 to 46.
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
  return account < 1_000_000_000_000n ? account.toString().padStart(12, '0') : undefined;
}

/** Shannon entropy per character in bits. */
export function entropy(text: string): number {
  if (text.length === 0) return 0;
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let sum = 0;
  for (const count of counts.values()) sum -= (count / text.length) * Math.log2(count / text.length);
  return sum;
}

export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  // Making an exception takes longer than reading the text, and most of what is tried is only the beginning of one.
  if (/^\s*\{/.test(text) && !/\}\s*$/.test(text.slice(-64))) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
