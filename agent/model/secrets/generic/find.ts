import { decodeBase64, entropy } from '../checks.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import { type Assigned, readAssignment } from './assignment.ts';
import { isPlaceholder, saysSecret } from './negatives.ts';
import type { Place } from './place.ts';
import { wordiness } from './rarity.ts';
import { isPublished, scoreValue } from './score.ts';
import { type KeyKind, kindOfIdentifier } from './words.ts';

/** Reads what stands around a key word and reports its value when it looks like a secret. */
export function findGeneric(scan: Scan, place: Place, start: number, end: number): void {
  const assigned = readAssignment(scan.text, start, end);
  if (!assigned) return;
  const last = scan.hits[scan.hits.length - 1];
  if (last && last.range[0] === assigned.start && last.by === 'generic') return;
  if (assigned.scheme !== undefined || isHeader(assigned.identifier)) {
    findHeader(scan, assigned, place.test);
    return;
  }
  const expression = place.code && !assigned.quoted;
  if (expression && !inComment(scan.text, assigned.start, place.hash)) return;
  const kind = kindOfIdentifier(assigned.identifier);
  if (kind === undefined || place.sealed || (place.texts && kind === 'password')) return;
  const score = scoreValue(assigned.value, kind, assigned.quoted);
  if (!score || (assigned.loose && !standsAlone(scan.text, assigned, score.confidence, kind))) {
    if (isPlaceholder(assigned.value)) scan.rejected.push([assigned.start, assigned.end]);
    return;
  }
  const low = score.confidence === 'low' || place.test;
  const inString = isConnection(scan.text, assigned.start);
  scan.hits.push({
    rule: inString ? 'connection-string' : score.password ? 'generic-password' : 'generic-secret',
    range: [assigned.start, assigned.end],
    message: describe(titleOf(kind, inString), assigned.value.length),
    severity: low ? 'medium' : 'high',
    confidence: low ? 'low' : 'medium',
    identity: assigned.value,
    by: 'generic',
  });
}

/** `Authorization: Basic …` and `Bearer …`: the scheme says what the value is, so no identifier is needed. */
function findHeader(scan: Scan, assigned: Assigned, invented: boolean): void {
  let { value, start } = assigned;
  let scheme = assigned.scheme;
  const inner = /^(bearer|basic|token|apikey) +/i.exec(value);
  if (inner) {
    value = value.slice(inner[0].length);
    start += inner[0].length;
    scheme = (inner[1] as string).toLowerCase() === 'basic' ? 'basic' : 'bearer';
  }
  if (/\s/.test(value) || isPlaceholder(value) || isPublished(value)) return;
  if (scheme === 'basic') {
    const decoded = decodeBase64(value);
    const pair = decoded !== undefined && /^[\x21-\x7e]{1,200}:[\x20-\x7e]{3,200}$/.test(decoded) ? decoded : undefined;
    const password = pair?.slice(pair.indexOf(':') + 1);
    if (
      password === undefined ||
      isPlaceholder(password) ||
      saysSecret(password) ||
      /^(?:test|open sesame)$/i.test(password)
    )
      return;
  } else if (!scoreValue(value, 'key', true) || entropy(value) < 3) return;
  scan.hits.push({
    rule: 'authorization-header',
    range: [start, assigned.end],
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

/** Where only a space or a comma leads to the value, it must be one that nobody would write as a word. */
function standsAlone(text: string, assigned: Assigned, confidence: 'medium' | 'low', kind: KeyKind): boolean {
  const { value, quoted, identifier, start } = assigned;
  if (confidence === 'low') return false;
  // `Pass \`x\` to y` tells the reader what to do.
  if (identifier === 'Pass' || (identifier === 'pass' && text[start - 1] === '`')) return false;
  if (quoted) return true;
  if (/identified by$/i.test(identifier) || /[/=]|\.[a-z]\w{0,4}$/i.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  return (
    value.length >= 10 &&
    digits >= (kind === 'password' ? 1 : 2) &&
    wordiness(value) < 0.2 &&
    !/^[a-z]+[-_]?\d+$/i.test(value)
  );
}

/** The line begins as a comment, so that what stands behind is text and no expression. */
function inComment(text: string, at: number, hash: boolean): boolean {
  const sign = hash ? hashComment : slashComment;
  return sign.test(text.slice(Math.max(0, at - 200), at));
}

const slashComment = /(?:^|\n)[ \t]{0,80}(?:\/\/|\*|--|;|%|<!--)[^\n]{0,120}$/;
const hashComment = /(?:^|\n)[ \t]{0,80}(?:#|\/\/|\*|--|;|%|<!--)[^\n]{0,120}$/;

/** `curl -u user:password`, `auth=("user", "password")`: what stands behind says nothing but the position does. */
export function findPair(scan: Scan, place: Place, end: number): void {
  const here = scan.text.slice(end, end + 220);
  const call = /^\s{0,4}["'][^"'\n]{1,64}["']\s{0,2},\s{0,4}["']([^"'\n]{6,128})["']/.exec(here);
  const flag = /^[ =]?["']?[\w.@+-]{1,64}:([^\s"'`@/:,;)]{6,128})["']?(?=\s|$)/.exec(here);
  const value = call?.[1] ?? flag?.[1];
  if (value === undefined) return;
  if (flag && !/curl|wget|http/i.test(scan.text.slice(Math.max(0, end - 200), end + 220))) return;
  const score = scoreValue(value, 'password', true);
  if (!score) return;
  const low = score.confidence === 'low' || place.test;
  const start = end + here.indexOf(value);
  scan.hits.push({
    rule: 'generic-password',
    range: [start, start + value.length],
    message: describe('User and password in plain text', value.length),
    severity: low ? 'medium' : 'high',
    confidence: low ? 'low' : 'medium',
    identity: value,
    by: 'generic',
  });
}

function isHeader(identifier: string): boolean {
  return /(?:^|[._-])(?:proxy-)?authorization$/i.test(identifier);
}

/** The value is one field of `Server=…;User Id=…;Password=…`. */
function isConnection(text: string, start: number): boolean {
  const line = text
    .slice(Math.max(0, start - 300), start)
    .split('\n')
    .pop() as string;
  return /(?:server|data source|host|hostname|addr|address|database|initial catalog|endpoint|user id|uid|username|dsn)\s?=[^;]{1,200};/i.test(
    line,
  );
}

/** The identifier is not named: it is the author's text, and a password may repeat its words. */
function titleOf(kind: KeyKind, inString: boolean): string {
  if (inString) return 'Password in a connection string';
  return kind === 'password' ? 'Password in plain text' : kind === 'key' ? 'Key in plain text' : 'Secret in plain text';
}
