import { entropy } from './checks.ts';
import { isPlaceholder } from './generic/negatives.ts';
import { isPublished } from './generic/published.ts';
import { wordiness } from './generic/rarity.ts';
import type { Provider, Scan, SecretHit } from './types.ts';

const alphanumeric = /[A-Za-z0-9]/;
const serious: ReadonlySet<string> = new Set(['critical', 'high']);

/** Tries a provider's pattern at a keyword. Costs at most the length of the pattern or of its window. */
export function matchProvider(scan: Scan, row: Provider, start: number, end: number): void {
  if (row.at === 'near') {
    matchNear(scan, row, row.back === undefined ? end : Math.max(0, start - row.back));
    return;
  }
  if (row.probe && scan.text.charCodeAt(start + row.probe[0]) !== row.probe[1].charCodeAt(0)) return;
  if (!startsToken(scan.text, start)) return;
  if (start < (scan.seen.get(row.id) ?? 0)) {
    scan.far = true;
    return;
  }
  row.pattern.lastIndex = start;
  const match = row.pattern.exec(scan.text);
  if (!match) return;
  accept(scan, row, match[0], start);
  // Where the prefix may stand inside the value, a long run of prefixes would be matched again from each of them.
  if (match[0].length <= 300) return;
  scan.seen.set(row.id, start + match[0].length);
  scan.far = true;
}

/** The value begins a token here. An escape (`\n`, `%3D`, `\u003d`) in front of it ends in a letter or digit and is no part of it. */
export function startsToken(text: string, start: number): boolean {
  if (start === 0) return true;
  const last = text.charCodeAt(start - 1);
  if ((last === 43 || last === 47) && /^[A-Za-z0-9+/]{40}$/.test(text.slice(start - 41, start - 1))) {
    // The middle of an embedded image or key, where every short text turns up by chance.
    return false;
  }
  if (!isAlphanumeric(last)) return true;
  // A slash begins something new by itself: `discord.com/api/webhooks/…`.
  if (text.charCodeAt(start) === 47) return true;
  const before = text.slice(Math.max(0, start - 6), start);
  return /\\[nrtbf]$|%[0-9A-Fa-f]{2}$|\\u[0-9A-Fa-f]{4}$|\\x[0-9A-Fa-f]{2}$|\/bot$/.test(before);
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

function matchNear(scan: Scan, row: Provider, from: number): void {
  const window = scan.text.slice(from, from + (row.window ?? 120));
  const match = row.pattern.exec(window);
  const value = match?.[1];
  if (!match || value === undefined) return;
  const start = from + match.index + match[0].lastIndexOf(value);
  if (row.back === undefined || startsToken(scan.text, start)) accept(scan, row, value, start);
}

function accept(scan: Scan, row: Provider, value: string, start: number): void {
  const stop = start + value.length;
  if ((row.end ?? alphanumeric).test(scan.text[stop] ?? ' ')) return;
  if (row.beside && !row.beside.test(scan.text.slice(Math.max(0, start - 400), stop + 200))) return;
  const verdict = row.check?.(value) ?? 'unknown';
  if (verdict === 'reject') return;
  if (verdict !== 'valid' && looksInvented(row, value)) {
    scan.rejected.push([start, stop]);
    return;
  }
  const around = row.published && scan.text.slice(Math.max(0, start - 400), stop + 200);
  const severity = around !== undefined && row.published?.test(around) ? 'info' : row.severity;
  const said = verdict === 'valid' ? row.proof : verdict === 'invalid' ? row.doubt : undefined;
  scan.hits.push({
    rule: row.id,
    range: [start, stop],
    message: describe(said === undefined ? row.title : `${row.title}, ${said}`, value.length, severity === 'info'),
    severity,
    confidence: verdict === 'invalid' && row.confidence === 'high' ? 'medium' : row.confidence,
    identity: value,
    ...(verdict === 'valid' && row.proof !== undefined && serious.has(severity) ? { proven: true } : {}),
    by: 'provider',
  });
}

/** One line: what it is, how long, and what follows from it. Never a character of it. */
export function describe(what: string, length: number, harmless = false): string {
  const consequence = harmless ? 'public by design, check that it is limited' : 'anyone who reads this can use it';
  return `${what} (${length} characters): ${consequence}`;
}

/** Gives a value that was found without a shape the kind it turned out to be of. */
export function rename(hit: SecretHit, rule: string, title: string): void {
  hit.rule = rule;
  hit.message = describe(title, hit.range[1] - hit.range[0]);
}

/** The noun phrase with which `describe` has begun a message. */
export function titleOf(message: string): string {
  return message.replace(/ \(\d+ characters\):.*$/, '');
}

function looksInvented(row: Provider, value: string): boolean {
  if (isPlaceholder(value) || isPublished(value)) return true;
  const least = row.minEntropy ?? 2.5;
  if (least === 0) return false;
  const body = value.slice(row.at === 'near' ? 0 : (row.keywords[0] as string).length);
  if (entropy(body) < least) return true;
  // Random letters and digits of this length almost always hold a digit; prose does not.
  return body.length >= 20 && !/\d/.test(body) && wordiness(body) > 0.3;
}
