import { entropy } from '../checks.ts';
import { count } from './count.ts';
import { isEncodedText } from './forms.ts';
import { isDotted, isJumbled, isName, isUnmistakable } from './looks.ts';
import { isPublicShape, isWords, mostlyWords } from './negatives.ts';
import { scorePassword } from './password.ts';
import { wordiness } from './rarity.ts';
import type { Score, Setting } from './setting.ts';
import { isRandomWord, isShortToken, isShuffledCase } from './short.ts';

/** From this length on a text is a token; a shorter one has to make no word. */
export const shortestToken = 12;

const low: Score = { confidence: 'low', password: false };
const medium: Score = { confidence: 'medium', password: false };

/** Rates a value of `shortestToken` characters or more under the name of a token or a key. */
export function scoreToken(value: string, { quoted }: Setting): Score | undefined {
  // Bytes that are written as escapes, because they are not text.
  if (quoted && (value.match(/\\x[0-9a-f]{2}/gi)?.length ?? 0) >= 4) return medium;
  // Laravel and Convex put what a token belongs to in front of it, and a bar between.
  if (/^[\w:-]{1,64}\|[\w+/-]{40,200}={0,2}$/.test(value) && isUnmistakable(value.slice(value.indexOf('|') + 1, 120)))
    return medium;
  if (isPublicShape(value) && !uuid.test(value)) return undefined;
  // Brackets are in the alphabet of Django's keys; those of WordPress hold every sign, a space too.
  if (!/^[A-Za-z0-9+/=_.~:@!#$%^&*()-]+$/.test(value))
    return quoted && (isUnmistakable(value) || isEverySign(value)) && wordiness(value) < -0.8 ? medium : undefined;
  if ((/^[\w.$-]+$/.test(value) && (isDotted(value) || isWords(value))) || isName(value)) return undefined;
  if (uuid.test(value)) return low;
  if (mostlyWords(value) || value.includes('://') || isEncodedText(value)) return undefined;
  return rateRandom(value);
}

/** Letters of both cases, digits and many signs in one piece, as password generators write; no expression for such texts. */
function isEverySign(value: string): boolean {
  const { digits, upper, lower, symbols } = count(value);
  return (
    value.length >= 16 &&
    Math.min(digits, upper, lower) >= 2 &&
    symbols >= 4 &&
    !/[\s\\]|[A-Z]-Z|[a-z]-z|0-9|\(\?|[\])][*+?{]|\.[*+]|[=!]=|=>|&&|\|\||\(\)|<\/|\$\{|["'`]/.test(value)
  );
}

/** How sure a text without words is to come from a generator: by its bits for each character, its letters and its digits. */
function rateRandom(value: string): Score | undefined {
  const { digits, letters, upper, lower } = count(value);
  if (letters === 0 || /^[\d.:/+-]+$/.test(value)) return undefined;
  const bits = entropy(value);
  if (digits === 0) {
    const mixed = upper > 2 && lower > 2 && value.length >= 20 && wordiness(value) < -0.8 && bits > 3.6;
    const plain = /^[a-z]{12,64}$/.test(value) && wordiness(value) < -0.9;
    return mixed || plain || (isJumbled(value) && bits > 2.9) ? low : undefined;
  }
  const least = value.length < 16 ? 2.9 : value.length < 24 ? 3.1 : 3.3;
  const hex = /^[0-9a-fA-F]+$/.test(value);
  if (bits < (hex ? Math.min(least, 2.9) : least)) return undefined;
  if (value.length >= 16) return medium;
  return letters >= 3 && (digits >= 2 || isShuffledCase(value)) ? low : undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Without quotes a short text in code is a name: of a variable, of what is called. */
export function scoreShort(value: string, { quoted, config }: Setting): Score | undefined {
  return (quoted || config) && isShortToken(value) ? low : undefined;
}

/** A secret that somebody thought of: a password by its looks, and not a name, which secrets are pointed at with. */
export function scoreChosen(value: string, setting: Setting): Score | undefined {
  const score = scorePassword(value, { ...setting, config: false, exact: true });
  const said =
    /\d|[!#$%&*+?@^~]/.test(value) ||
    (setting.capitals === true && /^[a-z]{8,40}$/.test(value)) ||
    (value.length <= 40 && isRandomWord(value));
  return score &&
    said &&
    !isName(value) &&
    !/^#?[A-Za-z]\w*(?:\.\w+)+$/.test(value) &&
    !/\/|secret$|^(?:base|utf|latin|sha|aes|hmac)-?\d/i.test(value)
    ? low
    : undefined;
}
