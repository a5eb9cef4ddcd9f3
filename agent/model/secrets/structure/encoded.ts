import { decodeBase64 } from '../checks.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

/** Base64 of one line, long enough for the smallest key and no longer than the largest. */
const run = /[A-Za-z0-9+/]{60,24000}={0,2}/y;

/**
 * A private key that is base64 of its PEM text, as kubeconfig files and CI variables hold it. `at` is where the base64
 * text stands, or the end of the key that names it.
 */
export function findEncodedKey(scan: Scan, at: number): void {
  const { text } = scan;
  let start = at;
  while (start < text.length && start - at < 12 && /[\s"':=|]/.test(text[start] as string)) start++;
  if (start > 0 && /[A-Za-z0-9+/]/.test(text[start - 1] as string) && start === at) return;
  run.lastIndex = start;
  const value = run.exec(text)?.[0];
  if (value === undefined) return;
  const decoded = decodeBase64(value);
  if (decoded === undefined || !/-----BEGIN[A-Z ]{0,30} PRIVATE KEY-----[^-]{40}/.test(decoded)) return;
  scan.hits.push({
    rule: 'private-key',
    range: [start, start + value.length],
    message: describe('Private key in base64', value.length),
    severity: decoded.includes('ENCRYPTED') ? 'medium' : 'critical',
    confidence: 'high',
    identity: value,
    by: 'structure',
  });
}

/** The private part of a JSON Web Key (RFC 7517, RFC 7518 §6): `d` beside `kty`, or `k` of an octet key. */
export function findJwk(scan: Scan, at: number): void {
  const from = Math.max(0, at - 1200);
  // A set of keys has many in one window: each is found by its own braces, so only a repeated name is skipped.
  if (at < (scan.seen.get('jwk') ?? 0)) return;
  const window = scan.text.slice(from, at + 2400);
  const middle = at - from;
  const open = window.lastIndexOf('{', middle);
  const close = window.indexOf('}', middle);
  const key = window.slice(open === -1 ? 0 : open, close === -1 ? window.length : close);
  scan.seen.set('jwk', from + (close === -1 ? window.length : close));
  const match = /["']?\b(?:d|k)\\{0,3}["']?\s{0,8}:\s{0,8}\\{0,3}["']([A-Za-z0-9_-]{32,1400})\\{0,3}["']/.exec(key);
  const value = match?.[1];
  if (!match || value === undefined || (/^["']?k/.test(match[0]) && !/["']oct\\{0,3}["']/.test(key))) return;
  const start = from + Math.max(0, open) + match.index + match[0].lastIndexOf(value);
  scan.hits.push({
    rule: 'private-key',
    range: [start, start + value.length],
    message: describe('Private part of a JSON Web Key', value.length),
    severity: 'critical',
    confidence: 'high',
    identity: value,
    by: 'structure',
  });
}

/** A key in PuTTY's own format: https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html */
export function findPutty(scan: Scan, at: number): void {
  if (at < (scan.seen.get('putty') ?? 0)) return;
  const body = scan.text.slice(at, at + 16_000);
  scan.seen.set('putty', at + 16_000);
  const lines = /Private-Lines: (\d{1,4})\r?\n((?:[A-Za-z0-9+/=]{4,76}\r?\n){1,200})/.exec(body);
  if (!lines) return;
  const locked = /^Encryption: (?!none)/m.test(body.slice(0, 400));
  const start = at + lines.index;
  scan.seen.set('putty', start);
  scan.hits.push({
    rule: 'private-key',
    range: [start, start + lines[0].length],
    message: describe(locked ? 'PuTTY private key with a passphrase' : 'PuTTY private key', lines[0].length),
    severity: locked ? 'medium' : 'critical',
    confidence: 'high',
    identity: lines[2] as string,
    by: 'structure',
  });
}
