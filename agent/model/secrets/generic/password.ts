import { entropy } from '../checks.ts';
import { count } from './count.ts';
import { instruction } from './instruction.ts';
import { isIdentifierLike, isJumbled } from './looks.ts';
import { isPlaceholder, isPublicShape, isWords, mostlyWords } from './negatives.ts';
import { isNoWord, wordiness } from './rarity.ts';
import type { Score, Setting } from './setting.ts';

const low: Score = { confidence: 'low', password: true };

/** Rates a value under the name of a password: what people choose and what generators make. */
export function scorePassword(value: string, setting: Setting): Score | undefined {
  const { quoted, config } = setting;
  if (value.includes(' ')) return scoreSentence(value, setting);
  if (!fits(value, setting) || isSomethingElse(value, quoted)) return undefined;
  // Letters of other languages, when more than letters stand there: else it is a word of a page in that language.
  if (/[^\x21-\x7e]/.test(value)) return quoted || config ? scoreForeign(value) : undefined;
  if (/^[\d:.,/+-]+$|^0x[0-9a-f]{1,16}$/i.test(value)) return undefined;
  const { digits, upper, lower, symbols } = count(value);
  const classes = [digits, upper, lower, symbols].filter((number) => number > 0).length;
  const plain =
    classes < 2 ||
    entropy(value) < (digits >= 3 ? 2 : 2.2) ||
    isIdentifierLike(value) ||
    (digits < 2 && mostlyWords(value) && symbolsAreJoints(value)) ||
    (digits === 0 && symbols === 0 && (isWords(value) || value.length < 10));
  // A cmdlet's name is a call.
  if (plain) return quoted || !/^[A-Z][a-z]+-[A-Z]/.test(value) ? weakPassword(value, digits, setting) : undefined;
  const strong = value.length >= 10 && (classes >= 3 || (digits >= 2 && wordiness(value) < 0));
  return strong ? { ...low, confidence: 'medium' } : low;
}

/** Long enough for one, and in one piece. */
function fits(value: string, { config, exact }: Setting): boolean {
  const least = config || (exact === true && /\d/.test(value) && /[^\w]/.test(value)) ? 5 : 6;
  return value.length >= least && value.length <= 128 && !/\s/.test(value);
}

/** A path, an expression, an option, a call, an address, or a form that is public. */
function isSomethingElse(value: string, quoted: boolean): boolean {
  // What is behind a full stop is a part of what is in front of it, but for numbers.
  if (
    !quoted &&
    (/^[/~.]/.test(value) ||
      (/^[\w.$-]*[A-Za-z_$][\w$]*[!?]?\.[\w.$-]+[!?]?\/?$/.test(value) && !/^[a-z]+\.\d{3,}[A-Z]+$/i.test(value)))
  )
    return true;
  return (
    isPublicShape(value) ||
    /^[a-z]+:\/\//i.test(value) ||
    /^[/.~][\w./-]*$|^--?[a-z]|^[\w.]+\($|^\$(?:\.|[A-Za-z_])[\w.-]*$/i.test(value) ||
    (/^[#@][\w/-]+$/.test(value) && !isMixedBehindSign(value))
  );
}

/** `#jj5dKUSQyF7`: no colour, no anchor and nobody's name, but a password that begins with a sign. */
function isMixedBehindSign(value: string): boolean {
  const { digits, upper, lower } = count(value);
  return (
    value.length >= 8 && digits > 0 && upper > 0 && lower > 0 && !/^#[\da-f]+$/i.test(value) && wordiness(value) < 0.4
  );
}

function symbolsAreJoints(value: string): boolean {
  return /^[\w./:\-?=&[\]()|,]+$/.test(value);
}

/** A password with spaces: words without an instruction among them, or pieces that no sentence has. */
function scoreSentence(value: string, { quoted, config, exact, phrase }: Setting): Score | undefined {
  const words = value.split(' ');
  if (!quoted || !exact || words.length > 7 || value.length > 80 || /[^\x20-\x7e]|[(){}<>[\]|\\]|\s{2}/.test(value))
    return undefined;
  if (instruction.test(value) || isPlaceholder(value) || words.some((word) => word === '' || word.length > 20))
    return undefined;
  // Letters and digits mixed in one piece, or signs that do not belong to punctuation.
  const odd = words.filter(
    (word) =>
      (/[a-z]\d|\d[a-z]|[a-z\d][@#$%^&*_+=~][a-z\d]/i.test(word) || /\d[!?#$%]$/.test(word)) &&
      // k8s, i18n: how long words are shortened.
      !/^[a-z]\d{1,2}[a-z]$/i.test(word),
  );
  if (odd.length > 0 && value.length >= 8)
    return odd.some((word) => wordiness(word) < -1 && word.length > 5) ? { ...low, confidence: 'medium' } : low;
  // All of them in small letters, or all with a capital: a sentence has one at its beginning.
  const plain = [/^[a-z]{3,12}$/, /^(?:[A-Z][a-z]{2,11}|\d{2,6})[!?]?$/].some((form) =>
    words.every((word) => form.test(word)),
  );
  return plain && (config || phrase) && words.length >= (phrase ? 3 : 4) ? low : undefined;
}

function scoreForeign(value: string): Score | undefined {
  const fits = /^[\p{L}\x21-\x7e]{5,40}$/u.test(value) && /\d{2}/.test(value) && !/[<>{}()[\]:;,]|%[sd]/.test(value);
  return fits ? low : undefined;
}

/** What is numbered where there are several. */
const counted =
  /^(?:field|step|value|tests?|user|pass\w*|pwd|secrets?|keys?|tokens?|types?|version|level|option|input|param(?:eter)?|arg(?:ument)?|item|foo\w*|name|mode|group|table|column|string|text|sample|example|server|client|account|admin|invalid|valid|wrong|other|new\w*|old\w*|first|second|third|phrase|bcrypt|scrypt|argon|title|label|class|style|index|number|line|part|page|section|group|host|node|member|person|sha|pkcs|latin|utf|base|hidden|nested|shared|original|visible|expected|actual|data|content|body)\d$/;

/** Words and letters only: a password in configuration, and in code where it can hardly be anything else. */
function weakPassword(value: string, digits: number, { config, exact, beside }: Setting): Score | undefined {
  if (!/^[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*$/.test(value)) return undefined;
  const parts = value.split(/[-_.]/);
  if (config || beside) return parts.length <= 3 && parts.every((part) => part.length >= 2) ? low : undefined;
  if (!exact || value.includes('.')) return undefined;
  // `Nglttv3`: what nobody would take for a name.
  if (/^[A-Z][a-z]{5,}\d$/.test(value) && wordiness(value) < -0.4) return low;
  if (isJumbled(value)) return low;
  if (value.toLowerCase() !== value) return undefined;
  // A word and the digit that was asked for, unless it only counts.
  if (digits > 0) return digits === 1 && /^[a-z]{5,}\d$/.test(value) && !counted.test(value) ? low : undefined;
  // Letters that are no word of any language: few of those that are have such pairs.
  if (parts.length === 1 && value.length >= 6 && isNoWord(value)) return low;
  return value.length >= 11 && parts.length <= 2 && parts.every((part) => part.length >= 4) ? low : undefined;
}

/** `AcmePassword24`, `db_pass#1`: a name with what people add to it so that it may be used. */
export function isOwnPassword(value: string, { config, exact }: Setting): boolean {
  return (config || exact === true) && value.length <= 24 && /\d{2}[!?#$.]?$|[a-z][@#$%&*!][\w@#$%&*!]*$/i.test(value);
}

/** Made of what looks like a name's pieces, `kXegmysc4`, but no word of any language has such pairs of letters. */
export function isNoName(value: string, { config, exact }: Setting): boolean {
  return (config || exact === true) && /\d/.test(value) && wordiness(value) < -0.9;
}
