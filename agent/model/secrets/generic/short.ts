import { entropy } from '../checks.ts';
import { longestSequence } from './negatives.ts';
import { isNoWord, wordiness } from './rarity.ts';

/** What is counted, measured or named by letters and digits, and no key: `sha512`, `utf16le`, `3840px`, `item2021`, `v1beta2`. */
const names =
  /^(?:0x|(?:sha|md|aes|rsa|es|hs|rs|ps|ed|x|utf|iso|cp|int|uint|float|base|http|ipv|oauth|saml|log|win|mp|h|p|s|k|id|v|rc|col|row)-?\d|v?\d+(?:[a-z]{1,3}|beta|alpha|rc)\d*$|\d{4}-?\d\d)/i;

/**
 * A text of six to eleven signs under a name for a token or a key: too short for what a service makes, long enough for what people
 * and small devices use. Only what no one would take for a word, a number with its unit or a name that is counted.
 */
export function isShortToken(value: string): boolean {
  if (!/^[A-Za-z0-9!@#$%^&*+=?~_-]{6,11}$/.test(value) || names.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  const letters = value.replace(/[^A-Za-z]/g, '');
  if (
    letters.length < 3 ||
    entropy(value) < 2.2 ||
    longestSequence(value) >= 5 ||
    /^[^A-Za-z0-9]|[-_]{2}|[-_=]$/.test(value)
  )
    return false;
  const rare = wordiness(value) < (letters.length < 5 ? -1.2 : -0.5);
  if (digits === 0) return letters.length === value.length && isRandomWord(value);
  // Letters, then digits, is how things are numbered: the letters have to be none that belong together.
  if (/^[A-Za-z]+[-_]?\d+$/.test(value))
    return rare && (letters.length >= 5 || digits >= 4) && !/^[A-Z]+[-_]?\d+$/.test(value);
  if (isShuffledCase(value)) return true;
  if (/[!@#$%^&*+=?~]/.test(value)) return digits >= 2 && rare && /^[A-Za-z0-9]+[^A-Za-z0-9][A-Za-z0-9]*$/.test(value);
  if (/[-_]/.test(value)) return false;
  // Hexadecimal digits are a colour, a checksum, a revision.
  if (/^[0-9a-f]+$|^[0-9A-F]+$/.test(value)) return false;
  return digits >= 2 && rare && (value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0) >= 2;
}

/** Letters of both cases and digits that change places all the time. */
export function isShuffledCase(value: string): boolean {
  const turns = value.match(/[a-z](?=[A-Z0-9])|[A-Z](?=\d)|[A-Z]{2}(?=[a-z])|\d(?=[A-Za-z])/g)?.length ?? 0;
  return turns >= 3 && /\d/.test(value) && /[A-Z].*[A-Z]/.test(value) && /[a-z]/.test(value) && wordiness(value) < -0.8;
}

/** Keys side by side, which stand for anything. */
const keyboard = /^(?:asdf|sdfg|qwer|wert|zxcv|xcvb|hjkl|jkl|qaz|shh|lorem|blah)/;

/** Six small letters or more that stand in no word of any language. */
export function isRandomWord(value: string): boolean {
  return /^[a-z]{6,}$/.test(value) && !keyboard.test(value) && isNoWord(value);
}
