import type { Assigned } from './assignment.ts';
import type { Place } from './place.ts';
import { isNoWord, wordiness } from './rarity.ts';
import type { Score } from './setting.ts';
import type { KeyKind } from './words.ts';

/** `or pass`, `possible to pass`: a verb of instructions. */
const advice = /\b(?:or|to|and|can|must|may|you|we|then|please|also|will|should|not|just) pass[ *`]{1,4}$/;

/** Whose password follows. */
const owner =
  /\b(?:user(?:name)?|login)[: ]{1,2}["'`]?[\w.@-]{2,30}["'`]?(?:,| and|;| \/)? pass(?:word)?[: ]{1,2}["'`]?$/i;

/** Where only a space or a comma leads to the value, it must be one that nobody would write as a word. */
export function standsAlone(text: string, assigned: Assigned, score: Score, kind: KeyKind, place: Place): boolean {
  const { value, quoted, identifier, start } = assigned;
  if (isFtp(text, assigned)) return value.length >= 6 || /\d/.test(value);
  // `FTP user web, pass x`
  if (/^pass(?:word)?$/i.test(identifier) && /\d/.test(value) && owner.test(text.slice(Math.max(0, start - 60), start)))
    return true;
  if (isProse(text, assigned, place)) return false;
  const listed = /,\s{0,8}["'`]$/.test(text.slice(start - 10, start));
  if (!listed && isDirective(text, assigned, place))
    return score.confidence !== 'low' || /\d/.test(value) || wordiness(value) < -0.4;
  if (!listed && directives.test(identifier) && (quoted || place.config)) {
    // Their names are words of prose too, where the line says nothing else.
    return (
      quoted ||
      !/^(?:-{0,2}pass(?:word|wd)?|passphrase|set)$/i.test(identifier) ||
      /\d|[^\w.,:;'"-]/.test(value) ||
      isNoWord(value)
    );
  }
  const digits = value.replace(/\D/g, '').length;
  if (/(?:\bis|\bwas|\bto|:)[ \t*"'`]{1,4}$/.test(text.slice(start - 8, start)) && kind === 'password')
    return digits >= 1 && value.length >= 6 && !/^v?\d+(?:\D|$)|[:,]$/.test(value);
  if (/[/=]|\.[a-z]\w{0,4}$/i.test(value) && !quoted) return false;
  if (score.confidence === 'low') return isWeakAlone(assigned, digits, place.config, listed);
  if (quoted) return true;
  return (
    value.length >= 10 &&
    digits >= (kind === 'password' ? 1 : 2) &&
    wordiness(value) < 0.2 &&
    !/^[a-z]+[-_]?\d+$/i.test(value)
  );
}

/** `USER web`, and in the line below `PASS x`, as FTP is told (RFC 959). */
function isFtp(text: string, { identifier, start }: Assigned): boolean {
  return (
    identifier === 'PASS' &&
    /(?:^|\n)[ \t]{0,8}(?:quote )?USER [^\s]{1,40}[ \t]{0,8}\r?\n[ \t]{0,8}(?:quote )?PASS $/i.test(
      text.slice(Math.max(0, start - 80), start),
    )
  );
}

/** The words around it tell a reader something. */
function isProse(text: string, { value, quoted, identifier, start, end }: Assigned, place: Place): boolean {
  // `Pass \`x\` to y` tells the reader what to do.
  if (identifier === 'Pass' || (identifier === 'pass' && (!place.config || text[start - 1] === '`'))) return true;
  // So does `you can pass x` in a comment of a makefile.
  if (identifier === 'pass' && advice.test(text.slice(Math.max(0, start - 24), start))) return true;
  if (text[end] === '(') return true;
  // A sentence goes on: `identified by their number`, `set ACME_PASSWORD to contain it`.
  return (
    !quoted &&
    /^[A-Za-z]?[a-z]+$/.test(value) &&
    /^,? [a-z]{2,}(?:[ ,.;]|\r?\n)/.test(text.slice(end, end + 24)) &&
    !/\b(?:create|alter|grant)\b/i.test(text.slice(Math.max(0, start - 120), start))
  );
}

/** A directive of a server or a device: `AuthLDAPBindPassword "x"`, `set … secret "x"`. */
function isDirective(text: string, { quoted, identifier, start }: Assigned, place: Place): boolean {
  return (
    place.config &&
    quoted &&
    settings.test(identifier) &&
    /^[^\n#;]{0,80}$/.test(text.slice(lineStart(text, start), start))
  );
}

/** In code, two texts side by side are arguments or a list more often than a name and its value. */
function isWeakAlone(
  { value, quoted, identifier }: Assigned,
  digits: number,
  config: boolean,
  listed: boolean,
): boolean {
  const named = /(?:pass(?:word|wd)|(?:^|_)pass|pwd|secret|token|key|salt)$/i.test(identifier);
  if (!named || identifier.length < 5) return false;
  if (quoted) return digits >= 2 || /[^\w./: -]/.test(value) || (config && !listed);
  return config && digits >= 1 && value.length >= 6 && wordiness(value) < 0.5;
}

/** The line is a name of several words, a space and a value with a digit or of letters that make no word. */
export function isProperty(text: string, { start, end, identifier, value }: Assigned): boolean {
  const at = start - identifier.length - 1;
  return (
    /[._]|[a-z][A-Z]/.test(identifier) &&
    (/\d/.test(value) || isNoWord(value)) &&
    /(?:^|\n)[ \t]{0,16}$/.test(text.slice(Math.max(0, at - 17), at)) &&
    /^[ \t]{0,8}(?:\r?\n|$)/.test(text.slice(end, end + 10))
  );
}

export function isDefined(text: string, { start, identifier }: Assigned): boolean {
  return text.slice(start - identifier.length - 32, start).includes('#define ');
}

/** Directives and options whose value follows a space, in the programs that have them. */
export const directives =
  /^(?:identified by|insecure-password|(?:--)?requirepass|(?:--)?passphrase|masterauth|bindpw|rootpw|(?:--?)?(?:store|key|db|http-|ftp-)?pass(?:word|wd)?|(?:root|user)-password|authtok|set|PGPASSWORD|[A-Z][A-Z0-9_]*_(?:PASSWORD|PASS|PWD|PASSWD))$/i;

/** Names of passwords and keys whose value follows in quotes, in configuration of servers and devices. */
export const settings =
  /^(?:\w{1,30}Password|secret|(?:pre-)?shared-(?:key|secret)|authentication-key|(?:simple|plaintext)-password)$/;

/** Where the line of `at` begins, at most 300 characters before it. */
export function lineStart(text: string, at: number): number {
  const from = Math.max(0, at - 300);
  return from + text.slice(from, at).lastIndexOf('\n') + 1;
}

/** Where the line of `at` ends, without its line feed. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
