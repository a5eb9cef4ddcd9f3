import { count } from './count.ts';
import { wordiness } from './rarity.ts';
import { wordsOf } from './words.ts';

/** Nobody writes such a text: letters of both cases and digits in no order, or every kind of sign. Not a hash, not an id. */
export function isUnmistakable(value: string): boolean {
  if (!/^[\w+/=.~-]{20,128}$/.test(value))
    return value.length >= 40 && /\d.*\d.*\d/.test(value) && symbolsOf(value) >= 4;
  const { digits, upper, lower } = count(value);
  if (digits < 2 || lower < 3 || wordiness(value) > -0.5) return false;
  return upper >= 3 || (/^[a-z0-9]+$/.test(value) && /[g-z]/.test(value) && digits >= 4 && changes(value) >= 6);
}

/** Keys in hexadecimal: as long as those of ciphers and digests. */
export const hexKey = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Letters of both cases and digits in turn. */
export function isShuffled(value: string): boolean {
  const { digits, upper, lower } = count(value);
  return /^[A-Za-z0-9]+$/.test(value) && digits >= 2 && upper >= 3 && lower >= 3 && wordiness(value) < -0.8;
}

function symbolsOf(value: string): number {
  return value.replace(/[A-Za-z0-9\s]/g, '').length;
}

/** Letters of both cases that change places as in no name: `xJZCuQhEOtzo`, where `XmlHttpRequest` goes on for a while. */
export function isJumbled(value: string): boolean {
  if (!/^[A-Za-z]{7,}$/.test(value) || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false;
  const pieces = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)?.length ?? 1;
  // The shorter its pieces, the less has to be asked of the letters.
  const [long, usual] = [value.length / pieces, wordiness(value)];
  return (long < 2.2 && usual < 0.5) || (long < 3 && usual < -0.7) || (long <= 4 && usual < -1.5);
}

/** How often a digit follows a letter or a letter a digit. */
function changes(value: string): number {
  return value.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
}

/** `CKA_NSS_PKCS8_SALT`: a name in capitals, as constants and variables have. */
export function isConstant(value: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) && wordiness(value) > -1.6;
}

/**
 * `mlflow-secrets-kek-v1-2025`, `acme.model-3-20240307-v1:0:200k`: small letters, small numbers and dates, each in a part of its
 * own. No generator writes so.
 */
export function isName(value: string): boolean {
  return /^[a-z]+(?:\d{1,4})?(?:[-_.:](?:[a-z]+|v?\d{1,4}k?|20\d{6}))+$/.test(value);
}

/** `config.auth.token`, `process.env.X`: an expression or a name with a namespace. */
export function isDotted(value: string): boolean {
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) || /\d{3}/.test(value)) return false;
  // The parts of a token are random; those of an expression are names.
  return value.length < 64 && !value.split('.').some((part) => part.length >= 20 && isUnmistakable(part));
}

/** `some-kebab-name`, `SOME_CONSTANT`, `camelCaseName`, `name[0]`: made of words and joints only. */
export function isIdentifierLike(value: string): boolean {
  if (!/^[A-Za-z]+(?:[-_.:/ $][A-Za-z]+)*\d?$/.test(value)) return false;
  return wordiness(value) > -1.2 || (value.length < 16 && !/\d/.test(value));
}

/** `newPassword2`, `nexus-token-id`, `aws-iam.CfnAccessKey`: a name for a secret, of words, one of which says so. */
export function namesSecret(value: string): boolean {
  if (!/^@?[A-Za-z][\w.:/$-]{5,80}$/.test(value) || (value.match(/\d/g)?.length ?? 0) > 2) return false;
  const words = wordsOf(value);
  return (
    words.length > 1 &&
    value
      .split(/[^A-Za-z0-9]+/)
      .every((part) =>
        /^(?:[A-Za-z]*|[A-Za-z]+\d{1,2}|[A-Za-z]+\d[A-Z][a-z]+|[A-Za-z]+\d{1,2}[a-z]{4,}|v?\d{1,2})$/.test(part),
      ) &&
    words.some((word) =>
      /^(?:pass(?:word|wd|phrase)?s?|pwd|secrets?|tokens?|keys?|credentials?|auth|oauth)$/.test(word),
    ) &&
    words.every((word) => word.length <= 4 || /^pass/.test(word) || wordiness(word) > -0.6)
  );
}
