import { entropy } from './checks.ts';
import { isCamelName, isPlaceholder } from './generic/negatives.ts';
import type { Place } from './generic/place.ts';
import { isPublished } from './generic/published.ts';
import { wordiness } from './generic/rarity.ts';
import { describe } from './match.ts';
import type { Scan, VendorKey } from './types.ts';

/** Reports a value beside its vendor's name, which begins at `named`, unless it is a stand-in or no random text. */
export function report(
  scan: Scan,
  id: string,
  key: VendorKey,
  place: Place,
  named: number,
  start: number,
  stop: number,
): void {
  const value = scan.text.slice(start, stop);
  if (isPlaceholder(value) || isPublished(value)) {
    scan.rejected.push([start, stop]);
    return;
  }
  if (!isRandom(value, key) || isObject(scan.text, value, stop)) return;
  // Keywords come in the order of the text: the name that stands nearest to the value speaks for it.
  const nearest = scan.seen.get(`vendor at ${start}`);
  if (nearest !== undefined && nearest >= named) return;
  scan.seen.set(`vendor at ${start}`, named);
  if (nearest !== undefined) {
    const last = scan.hits.findLastIndex((other) => other.named === true && other.range[0] === start);
    if (last !== -1) scan.hits.splice(last, 1);
  }
  scan.hits.push({
    rule: id,
    range: [start, stop],
    message: describe(key.title, value.length, key.severity === 'info'),
    severity: place.test && key.severity !== 'info' ? 'medium' : key.severity,
    confidence: place.test ? 'low' : key.confidence,
    identity: value,
    by: key.prefixed ? 'provider' : 'vendor',
    named: true,
  });
}

/** An object's id in a list of git's refs. */
function isObject(text: string, value: string, stop: number): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) && /^\s(?:refs\/|HEAD\b)/.test(text.slice(stop, stop + 6));
}

/** Nobody writes it by hand: enough different characters for its length, letters with digits, no words. */
function isRandom(value: string, key: VendorKey): boolean {
  const hex = /^[0-9a-f-]+$/i.test(value);
  const least = key.minEntropy ?? (value.length < 20 ? 2.6 : hex ? 2.9 : value.length < 32 ? 3.1 : 3.4);
  if (entropy(value) < least || isCamelName(value.replace(/\d{1,4}$/, ''))) return false;
  const [digits, letters] = [/\d/.test(value), /[A-Za-z]/.test(value)];
  if (!letters) return !key.open && value.length < 24;
  if (digits) return !key.open || wordiness(value) < 0;
  return (!key.open || (/[a-z]/.test(value) && /[A-Z]/.test(value))) && wordiness(value) < -0.6;
}
