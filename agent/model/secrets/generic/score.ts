import { isShuffled, isUnmistakable } from './looks.ts';
import { isPlaceholder } from './negatives.ts';
import { isFamous } from './ordinary.ts';
import { scorePassword } from './password.ts';
import { isKnownToBeNone, refusalOfValue } from './refused.ts';
import type { Score, Setting } from './setting.ts';
import { scoreChosen, scoreShort, scoreToken, shortestToken } from './token.ts';
import { copyOf, type KeyKind } from './words.ts';

/** Words that were no secret, by the kind of name in front of them and the setting: texts repeat them. 4,096 of each at most. */
const words: (Set<string> | undefined)[] = [];

/** Rates the value of an identifier that names a secret; `undefined` when it is not one. Linear in the value. */
export function scoreValue(value: string, kind: KeyKind, setting: Setting): Score | undefined {
  // Most words behind a key word are too short for a token; a password may be as short as it likes.
  if (kind !== 'password' && value.length < (kind === 'maybe' ? shortestToken : 6)) return undefined;
  if (!isWord(value)) return rate(value, kind, setting);
  const key = keyOf(kind, setting);
  words[key] ??= new Set();
  const known = words[key];
  if (known.has(value)) return undefined;
  const score = rate(value, kind, setting);
  if (score === undefined) {
    if (known.size >= 4096) known.clear();
    known.add(copyOf(value));
  }
  return score;
}

const standIns = new Map<string, boolean>();

/** `isPlaceholder` of a value that was rated and is no secret. */
export function standsIn(value: string): boolean {
  if (!isWord(value)) return isPlaceholder(value);
  let known = standIns.get(value);
  if (known === undefined) {
    known = isPlaceholder(value);
    if (standIns.size >= 4096) standIns.clear();
    standIns.set(copyOf(value), known);
  }
  return known;
}

/** Letters and signs, at most 24. */
function isWord(value: string): boolean {
  if (value.length > 24) return false;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 126 || (code >= 48 && code <= 57)) return false;
  }
  return true;
}

const kinds: readonly KeyKind[] = ['password', 'secret', 'key', 'maybe'];

function keyOf(kind: KeyKind, { quoted, config, exact, chosen, capitals, beside, phrase }: Setting): number {
  const said = (quoted ? 1 : 0) | (config ? 2 : 0) | (exact ? 4 : 0) | (chosen ? 8 : 0) | (capitals ? 16 : 0);
  return 4 * (said | (beside ? 32 : 0) | (phrase ? 64 : 0)) + kinds.indexOf(kind);
}

function rate(value: string, kind: KeyKind, setting: Setting): Score | undefined {
  if (isKnownToBeNone(value)) return undefined;
  // They are in use, so configuration with one has a leak; in code they are examples.
  if (isFamous(value))
    return setting.config && kind === 'password' && !/^\d+$/.test(value)
      ? { confidence: 'low', password: true }
      : undefined;
  if (refusalOfValue(value, kind, setting) !== undefined) return undefined;
  if (kind === 'password') return scorePassword(value, setting);
  const score = value.length < shortestToken ? scoreShort(value, setting) : scoreToken(value, setting);
  if (!score && (kind === 'secret' || kind === 'key') && setting.chosen) return scoreChosen(value, setting);
  if (kind !== 'maybe' || (score?.confidence === 'medium' && isUnmistakable(value))) return score;
  // The lengths of keys for ciphers.
  return score && setting.quoted && /^(?:.{16}|.{24}|.{32})$/.test(value) && isShuffled(value)
    ? { confidence: 'low', password: false }
    : undefined;
}
