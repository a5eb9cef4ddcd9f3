/** Base64, hex, URLs and URL queries. */
import { Buffer } from 'node:buffer';
import { toJson } from '../values/json.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import { type Builtin, BuiltinFailure, type BuiltinTable, objectArg, stringArg } from './types.ts';
import { encodePath, parseUrl, unescapeUrl } from './url.ts';

function text(work: (s: string) => Value): Builtin {
  return { args: ['string'], result: 'string', run: (args) => work(stringArg(args, 0)) };
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = STANDARD.slice(0, 62).concat('-_');

/** Base64 as Go decodes it; the error names the offset at which Go saw that the text is none. New lines are skipped. */
export function decodeBase64(s: string, alphabet: 'standard' | 'url', padded: boolean): Buffer {
  const bad = badByte(Buffer.from(s, 'utf8').toString('latin1'), alphabet === 'standard' ? STANDARD : URL_SAFE, padded);
  if (bad !== undefined) throw corrupt(bad);
  return Buffer.from(s, alphabet === 'standard' ? 'base64' : 'base64url');
}

/** Groups of four, of which the last may end with padding, and nothing may follow it. */
function badByte(bytes: string, known: string, padded: boolean): number | undefined {
  const afterLines = (from: number): number => {
    let at = from;
    while (bytes[at] === '\n' || bytes[at] === '\r') at++;
    return at;
  };
  let inGroup = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charAt(at);
    if (byte === '\n' || byte === '\r') continue;
    if (known.includes(byte)) {
      inGroup = (inGroup + 1) % 4;
      continue;
    }
    if (!padded || byte !== '=' || inGroup < 2) return at;
    let end = afterLines(at + 1);
    if (inGroup === 2) {
      if (end === bytes.length) return bytes.length;
      if (bytes[end] !== '=') return end - 1;
      end = afterLines(end + 1);
    }
    return end < bytes.length ? end : undefined;
  }
  return inGroup === 1 || (padded && inGroup > 0) ? bytes.length - inGroup : undefined;
}

function corrupt(at: number): BuiltinFailure {
  return new BuiltinFailure(`illegal base64 data at input byte ${at}`);
}

/** Base64 for URLs, with its padding or without. */
export function decodeBase64Url(s: string): Buffer {
  if (s.endsWith('=')) return decodeBase64(s, 'url', true);
  const size = Buffer.byteLength(s);
  if (size % 4 === 1) throw new BuiltinFailure(`illegal base64url string: ${s}`);
  return decodeBase64(s + '='.repeat((4 - (size % 4)) % 4), 'url', true);
}

function isBase64(args: readonly Value[]): Value {
  try {
    decodeBase64(stringArg(args, 0), 'standard', true);
    return true;
  } catch (e) {
    if (e instanceof BuiltinFailure) return false;
    throw e;
  }
}

function decodeHex(s: string): Value {
  const bad = /[^0-9a-fA-F]/.exec(Buffer.from(s, 'utf8').toString('latin1'));
  if (bad !== null) {
    const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const shown = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(bad[0]) ? ` '${bad[0]}'` : '';
    throw new BuiltinFailure(`encoding/hex: invalid byte: U+${code}${shown}`);
  }
  if (s.length % 2 === 1) throw new BuiltinFailure('encoding/hex: odd length hex string');
  return Buffer.from(s, 'hex').toString('utf8');
}

/** Go's `url.QueryEscape`. */
export function escapeQuery(s: string): string {
  return encodeURIComponent(s.replace(/[\ud800-\udfff]/gu, '\ufffd'))
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

export function unescapeQuery(s: string): string {
  return unescapeUrl(s, 'query');
}

function encodeObject(args: readonly Value[]): Value {
  const parts: string[] = [];
  for (const [key, value] of objectArg(args, 0).entries()) {
    const many = Array.isArray(value) || value instanceof RegoSet;
    const values = value instanceof RegoSet ? value.items() : many ? (value as readonly Value[]) : [value];
    for (const v of values) {
      if (typeof v !== 'string') {
        const message = 'operand 1 values must be string, array[string], or set[string]';
        throw new BuiltinFailure(message, 'eval_type_error');
      }
      parts.push(`${escapeQuery(typeof key === 'string' ? key : toJson(key))}=${escapeQuery(v)}`);
    }
  }
  return parts.join('&');
}

function decodeObject(args: readonly Value[]): Value {
  const lists = new Map<string, Value[]>();
  for (const part of stringArg(args, 0).split('&')) {
    if (part === '') continue;
    if (part.includes(';')) throw new BuiltinFailure('invalid semicolon separator in query');
    const cut = part.indexOf('=');
    const key = unescapeQuery(cut < 0 ? part : part.slice(0, cut));
    const value = unescapeQuery(cut < 0 ? '' : part.slice(cut + 1));
    lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  const made = new RegoObject();
  for (const [key, values] of lists) made.set(key, values);
  return made;
}

/** Parts of a URI as Go's `url.Parse` finds them; empty parts are left out. */
function uriParts(text: string): RegoObject {
  const url = parseUrl(text);
  const made = new RegoObject();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') made.set(name, value);
  };
  const host = /^(\[.*\]|.*?)(?::(\d*))?$/s.exec(url.host);
  put('scheme', url.scheme);
  put('hostname', host?.[1]?.replace(/^\[(.*)\]$/s, '$1'));
  put('port', host?.[2]);
  const plain = unescapeUrl(url.path, 'path');
  put('path', plain);
  // Go keeps the raw path only where it is not the usual encoding of the path.
  put('raw_path', encodePath(plain) === url.path ? plain : url.path);
  put('raw_query', url.query);
  put('fragment', url.fragment);
  return made;
}

function isUri(v: Value | undefined): boolean {
  if (typeof v !== 'string' || v === '') return false;
  try {
    parseUrl(v);
    return true;
  } catch (e) {
    if (e instanceof BuiltinFailure) return false;
    throw e;
  }
}

export const encoding: BuiltinTable = {
  'base64.encode': text((s) => Buffer.from(s, 'utf8').toString('base64')),
  'base64.decode': text((s) => decodeBase64(s, 'standard', true).toString('utf8')),
  'base64.is_valid': { args: ['string'], result: 'boolean', run: isBase64 },
  'base64url.encode': text((s) => {
    const plain = Buffer.from(s, 'utf8').toString('base64url');
    return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=');
  }),
  'base64url.encode_no_pad': text((s) => Buffer.from(s, 'utf8').toString('base64url')),
  'base64url.decode': text((s) => decodeBase64Url(s).toString('utf8')),
  'hex.encode': text((s) => Buffer.from(s, 'utf8').toString('hex')),
  'hex.decode': text(decodeHex),
  'urlquery.encode': text(escapeQuery),
  'urlquery.decode': text(unescapeQuery),
  'urlquery.encode_object': {
    args: ['object<string,string|array<string>|set<string>>'],
    result: 'string',
    run: encodeObject,
  },
  'urlquery.decode_object': { args: ['string'], result: 'object<string,array<string>>', run: decodeObject },
  'uri.parse': {
    args: ['string'],
    result: 'object<string,string>',
    run: (args) => uriParts(stringArg(args, 0)),
  },
  'uri.is_valid': {
    args: ['string'],
    result: 'boolean',
    run: ([v]) => isUri(v),
  },
};
