import { decodeBase64, entropy } from '../checks.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import type { Assigned } from './assignment.ts';
import { isPlaceholder, saysSecret } from './negatives.ts';
import { isPublished } from './published.ts';
import { scoreValue } from './score.ts';

/** The identifier is that of the header in which a client says who it is (RFC 9110 §11.6.2). */
export function isHeader(identifier: string): boolean {
  const last = identifier.charCodeAt(identifier.length - 1);
  return (last === 110 || last === 78) && /(?:^|[._-])(?:proxy-)?authorization$/i.test(identifier);
}

/**
 * Schemes that carry a credential as it is, in front of it. Vendors make up their own, as Okta its SSWS and Opsgenie its
 * GenieKey; what follows these is a signature or a challenge, good for one request.
 */
const schemes =
  /^(?!(?:digest|negotiate|ntlm|hawk|signature|aws4-hmac-sha256|aws|mac|hoba|scram-sha-\d+|hmac|vapid|webpush|dpop|gnap|credential|realm)\b)([A-Za-z][\w-]{1,30}) +/i;

/**
 * `Authorization: Basic …` and `Bearer …`: the scheme says what the value is, so no identifier is needed. `invented` says
 * that the place is a test or documentation.
 */
export function findHeader(scan: Scan, assigned: Assigned, invented: boolean): void {
  let { value, start, end } = assigned;
  let scheme = assigned.scheme;
  const inner = schemes.exec(value);
  if (inner) {
    value = value.slice(inner[0].length);
    start += inner[0].length;
    scheme = (inner[1] as string).toLowerCase() === 'basic' ? 'basic' : 'bearer';
  } else if (scheme === undefined && /basic/i.test(assigned.identifier)) {
    scheme = 'basic';
  } else if (scheme === undefined && schemes.test(`${value} `)) {
    // Without quotes the value's reading ended at the space.
    const rest = /^ {1,3}([\w.~+/=:-]{16,512})/.exec(scan.text.slice(end, end + 520));
    if (!rest) return;
    value = rest[1] as string;
    start = end + rest[0].length - value.length;
    end = start + value.length;
    scheme = 'bearer';
  }
  if (/\s/.test(value) || isPlaceholder(value) || isPublished(value)) return;
  if (scheme === 'basic') {
    if (!isPair(value)) return;
  } else if (!scoreValue(value, 'key', { quoted: true, config: false }) || entropy(value) < 3) return;
  scan.hits.push({
    rule: 'authorization-header',
    range: [start, end],
    message: describe(
      scheme === 'basic' ? 'User and password in a Basic header' : 'Token in an Authorization header',
      value.length,
    ),
    severity: invented ? 'medium' : 'high',
    confidence: invented ? 'low' : 'medium',
    identity: value,
    by: 'generic',
  });
}

/** `Basic …` or `Bearer …` in a text of its own: `at` is the offset behind that word and its space. */
export function findScheme(scan: Scan, at: number, scheme: 'basic' | 'bearer', invented: boolean): void {
  const form = scheme === 'basic' ? /^[A-Za-z0-9+/]{8,400}={0,2}/ : /^[\w.~+/-]{20,500}={0,2}/;
  const value = form.exec(scan.text.slice(at, at + 502))?.[0];
  if (value === undefined || (scheme === 'basic' && !isPair(value))) return;
  if (scheme === 'bearer' && scoreValue(value, 'key', { quoted: true, config: false })?.confidence !== 'medium') return;
  const assigned = {
    identifier: 'authorization',
    start: at,
    end: at + value.length,
    value,
    quoted: true,
    loose: false,
  };
  findHeader(scan, { ...assigned, call: false, scheme }, invented);
}

/** Base64 of `user:password` (RFC 7617) with a password that is more than a stand-in. */
function isPair(value: string): boolean {
  const decoded = decodeBase64(value);
  const pair = decoded !== undefined && /^[\x21-\x7e]{1,200}:[\x20-\x7e]{3,200}$/.test(decoded) ? decoded : undefined;
  const password = pair?.slice(pair.indexOf(':') + 1);
  return (
    password !== undefined &&
    !isPlaceholder(password) &&
    !saysSecret(password) &&
    !/^(?:test|open ?sesame)$|^client_secret/i.test(password)
  );
}
