import { entropy } from '../checks.ts';
import { instruction } from './instruction.ts';
import {
  isCamelName,
  isEncodedText,
  isPlaceholder,
  isPublicShape,
  isVersionOrPath,
  isWords,
  mostlyWords,
  saysSecret,
} from './negatives.ts';
import { isPublished } from './published.ts';
import { isNoWord, wordiness } from './rarity.ts';
import { isRandomWord, isShortToken, isShuffledCase } from './short.ts';
import { copyOf, type KeyKind, kindOfIdentifier, wordsOf } from './words.ts';

export interface Score {
  /** How sure we are that it is a secret at all. Never high: nothing proves a value without a shape. */
  confidence: 'medium' | 'low';
  password: boolean;
}

/** Where a value stands, as far as it decides how weak a value may be. */
export interface Setting {
  quoted: boolean;
  /** Configuration: what stands behind `password =` there is one, however weak it is. */
  config: boolean;
  /** The name says password in full, so that in code too words may be one. */
  exact?: boolean;
  /** The name says `secret` in full: people choose such a value as they choose a password. */
  chosen?: boolean;
  /** A variable of the environment. */
  capitals?: boolean;
  /** A login stands beside it. */
  beside?: boolean;
}

/** Words that stand where a password or a token could stand, and are none. */
const ordinary =
  /^(?:true|false|null|none|nil|undefined|yes|no|on|off|string!?|text|number|boolean|object|array|any|void|required|optional|enabled|disabled|default|empty|unset|unknown|n\/a|na|tbd|todo|tests?|testing|example|sample|demo|dummy|admin|root|user|username|guest|public|private|hidden|secrets?|password|passwd|passwort|pass|pwd|tokens?|key|value|bearer|basic|oauth2?|jwt|changeit|changeme|foo|bar|baz|foobar|postgres|mysql|mongo|redis|rabbitmq|minio|elastic|vagrant|docker|sa|plain|plaintext|encrypted|external|internal|manual|auto|never|always|strict|vault|ldap|local|file|prompt|ask|env|environment|inherit|initial|current|old|new|body|query|header|cookie|form|input|implicit|authorization_code|client_credentials|kerberos|md5|utf-?(?:8|16|32)(?:[lb]e)?|latin-?1|iso-?8859-?\d{1,2}|scram|base(?:32|64)[a-z]{0,12}|trust|peer|cleartext|unencrypted|not-?(?:needed|set|used|required|applicable)|unused|unsecured?|insecure|weak|medium|strong|email|login|auth|access|refresh|session|given|missing|provided|specified|needed|supplied|their|its|this|that|these|those|which|using|being|(?:\w+_)?user_?names?|(?:ht|mk)passwd[\w-]*|(?:\\{1,2}u[0-9a-f]{4})+|[\d, ]+)$/i;

/** Passwords that everybody knows. They are in use, so configuration with one has a leak; in code they are examples. */
const known =
  /^(?:letmein|qwerty|hunter2|abc123|1234\w{0,8}|password[0-9!@#$.]{1,6}|pass[0-9!@#$.]{1,6}|passw0rd|p@ssw0rd|secret[0-9!@#$.]{1,6}|test[0-9!@#$.]{1,6}|admin[0-9!@#$.]{1,6}|root[0-9!@#$.]{1,6}|user[0-9!@#$.]{1,6}|minioadmin|rapunz3l)$/i;

const shortestToken = 12;

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

function keyOf(kind: KeyKind, { quoted, config, exact, chosen, capitals, beside }: Setting): number {
  const said = (quoted ? 1 : 0) | (config ? 2 : 0) | (exact ? 4 : 0) | (chosen ? 8 : 0) | (capitals ? 16 : 0);
  return 4 * (said | (beside ? 32 : 0)) + kinds.indexOf(kind);
}

function rate(value: string, kind: KeyKind, setting: Setting): Score | undefined {
  if (ordinary.test(value) || isPublished(value)) return undefined;
  if (known.test(value)) {
    const digits = /^\d+$/.test(value);
    return setting.config && kind === 'password' && !digits ? { confidence: 'low', password: true } : undefined;
  }
  if (
    isConstant(value) ||
    // A class that holds keys, an address for mail.
    /^[A-Z][A-Za-z0-9]{3,40}(?:Public|Private|Secret)Key$|^[a-z]+@[a-z]+\.[a-z]{2,4}$/.test(value) ||
    (isCamelName(value) && !(kind === 'password' && (isOwnPassword(value, setting) || isNoName(value, setting)))) ||
    isPlaceholder(value) ||
    saysSecret(value) ||
    (namesSecret(value) && !(kind === 'password' && isOwnPassword(value, setting))) ||
    (/^[a-z]+$/i.test(value) && (kindOfIdentifier(value) !== undefined || /^[cx]srf_?token$/i.test(value))) ||
    isVersionOrPath(value)
  )
    return undefined;
  const plain = value.includes('%') ? withoutPercent(value) : value;
  if (plain !== value && (isPlaceholder(plain) || saysSecret(plain) || mostlyWords(plain) || isVersionOrPath(plain)))
    return undefined;
  if (kind === 'password') return scorePassword(value, setting);
  const score = value.length < shortestToken ? scoreShort(value, setting) : scoreToken(value, setting);
  if (!score && (kind === 'secret' || kind === 'key') && setting.chosen) return scoreChosen(value, setting);
  if (kind !== 'maybe' || (score?.confidence === 'medium' && isUnmistakable(value))) return score;
  // The lengths of keys for ciphers.
  return score && setting.quoted && /^(?:.{16}|.{24}|.{32})$/.test(value) && isShuffled(value)
    ? { confidence: 'low', password: false }
    : undefined;
}

/** Nobody writes such a text: letters of both cases and digits in no order, or every kind of sign. Not a hash, not an id. */
export function isUnmistakable(value: string): boolean {
  if (!/^[\w+/=.~-]{20,128}$/.test(value))
    return value.length >= 40 && /\d.*\d.*\d/.test(value) && symbolsOf(value) >= 4;
  const { digits, upper, lower } = count(value);
  if (digits < 2 || lower < 3 || wordiness(value) > -0.5) return false;
  return upper >= 3 || (/^[a-z0-9]+$/.test(value) && /[g-z]/.test(value) && digits >= 4 && changes(value) >= 6);
}

/** Letters of both cases and digits in turn. */
function isShuffled(value: string): boolean {
  const { digits, upper, lower } = count(value);
  return /^[A-Za-z0-9]+$/.test(value) && digits >= 2 && upper >= 3 && lower >= 3 && wordiness(value) < -0.8;
}

function symbolsOf(value: string): number {
  return value.replace(/[A-Za-z0-9\s]/g, '').length;
}

/** How often a digit follows a letter or a letter a digit. */
function changes(value: string): number {
  return value.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
}

/** Without quotes a short text in code is a name: of a variable, of what is called. */
function scoreShort(value: string, { quoted, config }: Setting): Score | undefined {
  return (quoted || config) && isShortToken(value) ? { confidence: 'low', password: false } : undefined;
}

/** A secret that somebody thought of: a password by its looks, and not a name, which secrets are pointed at with. */
function scoreChosen(value: string, setting: Setting): Score | undefined {
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
    ? { confidence: 'low', password: false }
    : undefined;
}

function scoreToken(value: string, { quoted }: Setting): Score | undefined {
  // Bytes that are written as escapes, because they are not text.
  if (quoted && (value.match(/\\x[0-9a-f]{2}/gi)?.length ?? 0) >= 4) return { confidence: 'medium', password: false };
  // Laravel and Convex put what a token belongs to in front of it, and a bar between.
  if (/^[\w:-]{1,64}\|[\w+/-]{40,200}={0,2}$/.test(value) && isUnmistakable(value.slice(value.indexOf('|') + 1, 120)))
    return { confidence: 'medium', password: false };
  if (isPublicShape(value) && !uuid.test(value)) return undefined;
  // Brackets are in the alphabet of Django's keys; those of WordPress hold every sign, a space too.
  if (!/^[A-Za-z0-9+/=_.~:@!#$%^&*()-]+$/.test(value)) {
    return quoted && isUnmistakable(value) && wordiness(value) < -0.8
      ? { confidence: 'medium', password: false }
      : undefined;
  }
  if (/^[\w.$-]+$/.test(value) && (isDotted(value) || isWords(value))) return undefined;
  if (isName(value)) return undefined;
  if (uuid.test(value)) return { confidence: 'low', password: false };
  if (mostlyWords(value) || value.includes('://') || isEncodedText(value)) return undefined;
  const { digits, letters, upper, lower } = count(value);
  if (letters === 0 || /^[\d.:/+-]+$/.test(value)) return undefined;
  const bits = entropy(value);
  if (digits === 0) {
    const random = upper > 2 && lower > 2 && value.length >= 20 && wordiness(value) < -0.8 && bits > 3.6;
    return random ? { confidence: 'low', password: false } : undefined;
  }
  const least = value.length < 16 ? 2.9 : value.length < 24 ? 3.1 : 3.3;
  const hex = /^[0-9a-fA-F]+$/.test(value);
  if (bits < (hex ? Math.min(least, 2.9) : least)) return undefined;
  if (value.length < 16) {
    const counts = letters >= 3 && (digits >= 2 || isShuffledCase(value));
    return counts ? { confidence: 'low', password: false } : undefined;
  }
  return { confidence: 'medium', password: false };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `AcmePassword24`, `db_pass#1`: a name with what people add to it so that it may be used. */
function isOwnPassword(value: string, { config, exact }: Setting): boolean {
  return (config || exact === true) && value.length <= 24 && /\d{2}[!?#$.]?$|[a-z][@#$%&*!][\w@#$%&*!]*$/i.test(value);
}

/** Made of what looks like a name's pieces, `kXegmysc4`, but no word of any language has such pairs of letters. */
function isNoName(value: string, { config, exact }: Setting): boolean {
  return (config || exact === true) && /\d/.test(value) && wordiness(value) < -0.9;
}

/** A password with spaces: words without an instruction among them, or pieces that no sentence has. */
function scoreSentence(value: string, { quoted, config, exact }: Setting): Score | undefined {
  const words = value.split(' ');
  if (!quoted || !exact || words.length > 7 || value.length > 80 || /[^\x20-\x7e]|[(){}<>[\]|\\]|\s{2}/.test(value))
    return undefined;
  if (instruction.test(value) || isPlaceholder(value) || words.some((word) => word === '' || word.length > 20))
    return undefined;
  const low: Score = { confidence: 'low', password: true };
  // Letters and digits mixed in one piece, or signs that do not belong to punctuation.
  const odd = words.filter(
    (word) =>
      (/[a-z]\d|\d[a-z]|[a-z\d][@#$%^&*_+=~][a-z\d]/i.test(word) || /\d[!?#$%]$/.test(word)) &&
      // k8s, i18n: how long words are shortened.
      !/^[a-z]\d{1,2}[a-z]$/i.test(word),
  );
  if (odd.length > 0 && value.length >= 8)
    return odd.some((word) => wordiness(word) < -1 && word.length > 5) ? { ...low, confidence: 'medium' } : low;
  return config && words.length >= 4 && words.every((word) => /^[a-z]{3,12}$/.test(word)) ? low : undefined;
}

function scorePassword(value: string, setting: Setting): Score | undefined {
  const { quoted, config, exact } = setting;
  if (value.includes(' ')) return scoreSentence(value, setting);
  if (
    value.length < (config || (exact === true && /\d/.test(value) && /[^\w]/.test(value)) ? 5 : 6) ||
    value.length > 128 ||
    /\s/.test(value)
  )
    return undefined;
  // What is behind a full stop is a part of what is in front of it, but for numbers.
  if (
    !quoted &&
    (/^[/~.]/.test(value) ||
      (/^[\w.$-]*[A-Za-z_$][\w$]*[!?]?\.[\w.$-]+[!?]?\/?$/.test(value) && !/^[a-z]+\.\d{3,}[A-Z]+$/i.test(value)))
  )
    return undefined;
  if (
    isPublicShape(value) ||
    /^[a-z]+:\/\//i.test(value) ||
    /^[/.~][\w./-]*$|^--?[a-z]|^[\w.]+\($|^#[\w-]+$|^\$(?:\.|[A-Za-z_])[\w.-]*$|^@[\w/-]+$/i.test(value)
  )
    return undefined;
  // Letters of other languages, when more than letters stand there: else it is a word of a page in that language.
  const foreign = /[^\x21-\x7e]/.test(value);
  if (foreign) return quoted || config ? scoreForeign(value) : undefined;
  if (/^[\d:.,/+-]+$|^0x[0-9a-f]{1,16}$/i.test(value)) return undefined;
  const { digits, upper, lower, symbols } = count(value);
  const classes = [digits, upper, lower, symbols].filter((number) => number > 0).length;
  // A cmdlet's name is a call.
  const weak = quoted || !/^[A-Z][a-z]+-[A-Z]/.test(value) ? weakPassword(value, digits, setting) : undefined;
  if (classes < 2 || entropy(value) < (digits >= 3 ? 2 : 2.2)) return weak;
  if (isIdentifierLike(value) || (digits < 2 && mostlyWords(value) && symbolsAreJoints(value))) return weak;
  if (digits === 0 && symbols === 0 && (isWords(value) || value.length < 10)) return weak;
  const strong = value.length >= 10 && (classes >= 3 || (digits >= 2 && wordiness(value) < 0));
  return { confidence: strong ? 'medium' : 'low', password: true };
}

function scoreForeign(value: string): Score | undefined {
  const fits = /^[\p{L}\x21-\x7e]{5,40}$/u.test(value) && /\d{2}/.test(value) && !/[<>{}()[\]:;,]|%[sd]/.test(value);
  return fits ? { confidence: 'low', password: true } : undefined;
}

/** What is numbered where there are several. */
const counted =
  /^(?:field|step|value|tests?|user|pass\w*|pwd|secrets?|keys?|tokens?|types?|version|level|option|input|param(?:eter)?|arg(?:ument)?|item|foo\w*|name|mode|group|table|column|string|text|sample|example|server|client|account|admin|invalid|valid|wrong|other|new\w*|old\w*|first|second|third|phrase|bcrypt|scrypt|argon|title|label|class|style|index|number|line|part|page|section|group|host|node|member|person|sha|pkcs|latin|utf|base)\d$/;

/** Words and letters only: a password in configuration, and in code where it can hardly be anything else. */
function weakPassword(value: string, digits: number, { config, exact, beside }: Setting): Score | undefined {
  if (!/^[A-Za-z][A-Za-z0-9]*(?:[-_.][A-Za-z0-9]+)*$/.test(value)) return undefined;
  const parts = value.split(/[-_.]/);
  const low: Score = { confidence: 'low', password: true };
  if (config || beside) return parts.length <= 3 && parts.every((part) => part.length >= 2) ? low : undefined;
  if (!exact || value.includes('.')) return undefined;
  // `Nglttv3`: what nobody would take for a name.
  if (/^[A-Z][a-z]{5,}\d$/.test(value) && wordiness(value) < -0.4) return low;
  if (value.toLowerCase() !== value) return undefined;
  // A word and the digit that was asked for, unless it only counts.
  if (digits > 0) return digits === 1 && /^[a-z]{5,}\d$/.test(value) && !counted.test(value) ? low : undefined;
  // Letters that are no word of any language: few of those that are have such pairs.
  if (parts.length === 1 && value.length >= 6 && isNoWord(value)) return low;
  return value.length >= 11 && parts.length <= 2 && parts.every((part) => part.length >= 4) ? low : undefined;
}

/** `newPassword2`, `nexus-token-id`, `aws-iam.CfnAccessKey`: a name for a secret, of words, one of which says so. */
function namesSecret(value: string): boolean {
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

/** `CKA_NSS_PKCS8_SALT`: a name in capitals, as constants and variables have. */
function isConstant(value: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) && wordiness(value) > -1.6;
}

/**
 * `mlflow-secrets-kek-v1-2025`, `acme.model-3-20240307-v1:0:200k`: small letters, small numbers and dates, each in a part of its
 * own. No generator writes so.
 */
function isName(value: string): boolean {
  return /^[a-z]+(?:\d{1,4})?(?:[-_.:](?:[a-z]+|v?\d{1,4}k?|20\d{6}))+$/.test(value);
}

/** `config.auth.token`, `process.env.X`: an expression or a name with a namespace. */
function isDotted(value: string): boolean {
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) || /\d{3}/.test(value)) return false;
  // The parts of a token are random; those of an expression are names.
  return value.length < 64 && !value.split('.').some((part) => part.length >= 20 && isUnmistakable(part));
}

/** `some-kebab-name`, `SOME_CONSTANT`, `camelCaseName`, `name[0]`: made of words and joints only. */
function isIdentifierLike(value: string): boolean {
  if (!/^[A-Za-z]+(?:[-_.:/ $][A-Za-z]+)*\d?$/.test(value)) return false;
  return wordiness(value) > -1.2 || (value.length < 16 && !/\d/.test(value));
}

function symbolsAreJoints(value: string): boolean {
  return /^[\w./:\-?=&[\]()|,]+$/.test(value);
}

function count(value: string): { digits: number; letters: number; upper: number; lower: number; symbols: number } {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code >= 65 && code <= 90) upper++;
    else if (code >= 97 && code <= 122) lower++;
  }
  return { digits, upper, lower, letters: upper + lower, symbols: value.length - digits - upper - lower };
}

/** The text with its percent-encoded ASCII characters decoded (RFC 3986 §2.1). */
export function withoutPercent(value: string): string {
  return value.replace(/%([2-7][0-9A-Fa-f])/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
