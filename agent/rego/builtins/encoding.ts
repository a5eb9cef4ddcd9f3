/** Base64, hex, URLs and URL queries. */
import { Buffer } from 'node:buffer';
import { toJson } from '../values/json.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import { type Builtin, BuiltinFailure, type BuiltinTable, objectArg, stringArg } from './types.ts';

function text(work: (s: string) => Value): Builtin {
  return { args: ['string'], result: 'string', run: (args) => work(stringArg(args, 0)) };
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = STANDARD.slice(0, 62).concat('-_');

/** Strict base64 as Go decodes it; the error names the offset of the first bad byte. New lines are skipped. */
export function decodeBase64(s: string, alphabet: 'standard' | 'url', padded: boolean): Buffer {
  const known = alphabet === 'standard' ? STANDARD : URL_SAFE;
  const clean = s.replace(/[\r\n]/g, '');
  const body = clean.replace(/=+$/, '');
  const padding = clean.length - body.length;
  for (let i = 0; i < body.length; i++) if (!known.includes(body.charAt(i))) throw corrupt(i);
  const rest = body.length % 4;
  // Go names the first byte of a group that ends too soon, and the first byte after a padding that is full.
  const wanted = rest === 0 ? 0 : 4 - rest;
  if (padding === 0 && padded && rest > 0) throw corrupt(body.length - rest);
  if (rest === 1 || (!padded && padding > 0)) throw corrupt(body.length - (padding > 0 ? 0 : rest));
  if (padded && padding > wanted) throw corrupt(body.length + wanted);
  if (padded && padding < wanted) throw corrupt(clean.length);
  return Buffer.from(body, alphabet === 'standard' ? 'base64' : 'base64url');
}

function corrupt(at: number): BuiltinFailure {
  return new BuiltinFailure(`illegal base64 data at input byte ${at}`);
}

/** Base64 for URLs, with its padding or without. */
export function decodeBase64Url(s: string): Buffer {
  const clean = s.replace(/[\r\n]/g, '');
  if (!clean.endsWith('=') && clean.length % 4 === 1) throw new BuiltinFailure(`illegal base64url string: ${s}`);
  return decodeBase64(clean.padEnd(Math.ceil(clean.length / 4) * 4, '='), 'url', true);
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
    throw new BuiltinFailure(`encoding/hex: invalid byte: U+${code} '${bad[0]}'`);
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
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(s);
  if (bad !== null) throw new BuiltinFailure(`invalid URL escape ${JSON.stringify(bad[0])}`);
  const bytes: number[] = [];
  const plain = Buffer.from(s.replaceAll('+', ' '), 'utf8');
  for (let i = 0; i < plain.length; i++) {
    if (plain[i] === 0x25) {
      bytes.push(Number.parseInt(plain.toString('latin1', i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(plain[i] as number);
  }
  return Buffer.from(bytes).toString('utf8');
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

const URI = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

/** Parts of a URI as Go's `url.Parse` finds them; empty parts are left out. Undefined when it is no URI. */
function parseUri(text: string): RegoObject | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text)) return undefined;
  const match = URI.exec(text);
  if (match === null) return undefined;
  const [, scheme, rest = '', query, fragment] = match;
  if (scheme === undefined && /^[^/]*:/.test(rest)) return undefined;
  const made = new RegoObject();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') made.set(name, value);
  };
  const authority = rest.startsWith('//') ? rest.slice(2).split('/', 1)[0] : undefined;
  const path = authority === undefined ? rest : rest.slice(2 + authority.length);
  try {
    put('scheme', scheme?.toLowerCase());
    if (authority !== undefined && !putHost(authority, put)) return undefined;
    if (authority !== undefined || path.startsWith('/') || scheme === undefined) {
      const plain = unescapeQuery(path.replaceAll('+', '%2B'));
      put('path', plain);
      // Go keeps the raw path only where it is not the usual encoding of the path.
      put('raw_path', encodePath(plain) === path ? plain : path);
    }
    put('raw_query', query);
    put('fragment', fragment === undefined ? undefined : unescapeQuery(fragment.replaceAll('+', '%2B')));
  } catch (e) {
    if (e instanceof BuiltinFailure) return undefined;
    throw e;
  }
  return made;
}

function encodePath(path: string): string {
  return encodeURI(path).replace(/[!'()*?#]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function putHost(authority: string, put: (name: string, value: string | undefined) => void): boolean {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const match = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(host);
  if (match === null || /[ "<>\\^`{|}]/.test(host)) return false;
  put('hostname', (match[1] as string).replace(/^\[|\]$/g, ''));
  put('port', match[2]);
  return true;
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
  'urlquery.encode_object': { args: ['object'], result: 'string', run: encodeObject },
  'urlquery.decode_object': { args: ['string'], result: 'object<string,array<string>>', run: decodeObject },
  'uri.parse': {
    args: ['string'],
    result: 'object<string,string>',
    run: (args) => {
      const parsed = parseUri(stringArg(args, 0));
      if (parsed === undefined) throw new BuiltinFailure('invalid URI');
      return parsed;
    },
  },
  'uri.is_valid': {
    args: ['string'],
    result: 'boolean',
    run: ([v]) => typeof v === 'string' && v !== '' && parseUri(v) !== undefined,
  },
};
