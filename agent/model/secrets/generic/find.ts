import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import { type Assigned, readAssignment } from './assignment.ts';
import { findHeader, isHeader } from './header.ts';
import { findInList, findInUsers } from './lists.ts';
import { directives, isDefined, isProperty, lineStart, settings, standsAlone } from './loose.ts';
import { isPlaceholder } from './negatives.ts';
import { isOwnedKey } from './owned.ts';
import type { Place } from './place.ts';
import { wordiness } from './rarity.ts';
import { isComment } from './remarks.ts';
import { findInRows } from './rows.ts';
import { isUnmistakable, type Score, type Setting, scoreValue, standsIn } from './score.ts';
import { scoreBeside } from './user.ts';
import { type KeyKind, kindOfName, wordsOf } from './words.ts';

/** Reads what stands around a key word and reports its value when it looks like a secret. */
export function findGeneric(scan: Scan, place: Place, start: number, end: number): void {
  let named: { identifier: string; behind: number } | undefined;
  const assigned = readAssignment(
    scan.text,
    start,
    end,
    (identifier, behind) => {
      named = { identifier, behind };
      return mayCount(scan, identifier, behind);
    },
    scan.unbroken,
  );
  // A value in pieces may be long.
  if (assigned && assigned.end - assigned.start > 1200) scan.far = true;
  if (!assigned || (assigned.loose && !assigned.quoted && /^[:=]/.test(assigned.value))) {
    const kind = named && !place.sealed && !place.texts ? kindOfName(named.identifier) : undefined;
    if (named && kind !== undefined && !findInList(scan, place, kind, named.behind) && kind !== 'maybe')
      findInRows(scan, place, kind, named.behind - named.identifier.length, named.behind);
    else if (
      named &&
      isPlural(named.identifier) &&
      /^(?:\w{1,16}[_.-])?(?:users|accounts|logins)$/i.test(named.identifier)
    )
      findInUsers(scan, place, named.behind);
    return;
  }
  // The columns of rows in Go have a type.
  if (named && assigned.value === 'string') {
    const kind = place.code ? kindOfName(named.identifier) : undefined;
    if (kind !== undefined && kind !== 'maybe')
      findInRows(scan, place, kind, named.behind - named.identifier.length, named.behind);
    return;
  }
  const last = scan.hits[scan.hits.length - 1];
  if (last && last.range[0] === assigned.start && last.by === 'generic') return;
  if (assigned.scheme !== undefined || isHeader(assigned.identifier)) {
    findHeader(scan, assigned, place.test);
    return;
  }
  if (place.code && !assigned.quoted && (/^![\w.]+$/.test(assigned.value) || !isText(scan.text, assigned, place.hash)))
    return;
  if (
    assigned.call &&
    /^(?:get|find|fetch|load|read|has|is|remove|delete|add|parse|validate|check|generate|create|compare|hash|verify|show|hide|toggle|reset|use|on|expect|require|describe|it|match|encode|decode|replace|split|join|strip|trim|starts|startswith|ends|endswith|includes|contains|index)$/.test(
      wordsOf(assigned.identifier.slice(assigned.identifier.lastIndexOf('.') + 1))[0] ?? '',
    )
  )
    return;
  // `url.UserPassword("deploy", token)`: the user goes first.
  if (
    assigned.call &&
    assigned.quoted &&
    /user_?(?:and_?)?password$/i.test(assigned.identifier) &&
    goesOn(scan.text, assigned.end)
  )
    return;
  // A quote that closes one text and opens another; a number that makes a request count once.
  if (place.code && assigned.quoted && /^(?:[),;\]}]|\+[\w.$]+[(),])/.test(assigned.value)) return;
  // Whom the call is about, not what they log in with.
  if (assigned.call && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(assigned.value)) return;
  // What is drawn in this pass.
  if (place.code && assigned.identifier === 'pass' && /^[a-z]+(?:-[a-z]+)+$/.test(assigned.value)) return;
  let kind = kindOfName(assigned.identifier);
  // In a query a key is what it says.
  if (
    kind === 'maybe' &&
    /[?&]$/.test(
      scan.text.slice(assigned.start - assigned.identifier.length - 2, assigned.start - assigned.identifier.length - 1),
    )
  )
    kind = 'key';
  if (kind === undefined || place.sealed || (place.texts && kind === 'password')) return;
  // A batch file's prompt.
  if (/set \/p /i.test(scan.text.slice(Math.max(0, assigned.start - assigned.identifier.length - 12), assigned.start)))
    return;
  // The token of a badge, which every reader of the page gets.
  if (/badge[\w./-]{0,40}\?[\w.=&-]{0,60}$/.test(scan.text.slice(Math.max(0, assigned.start - 100), assigned.start)))
    return;
  // The fingerprint by which a signer's key is asked for; what was encrypted for a service that alone can read it.
  if (/signature-keys$/i.test(assigned.identifier)) return;
  if (/[gp]pg_key$/i.test(assigned.identifier) && /^[0-9A-F]{16,40}$/i.test(assigned.value)) return;
  if (
    /["']?encrypted["']?\s?:\s?\{[^{}]{0,60}$/.test(scan.text.slice(Math.max(0, assigned.start - 80), assigned.start))
  )
    return;
  if (onceOnly.test(assigned.identifier) && /^[0-9a-f-]{36}$/i.test(assigned.value)) return;
  // The key of an object that stands under the name: `"password": {"pattern": …`.
  if (
    assigned.quoted &&
    /^["']\s{0,3}(?::|=>)/.test(scan.text.slice(assigned.end, assigned.end + 6)) &&
    /\{\s{0,8}["']$/.test(scan.text.slice(Math.max(0, assigned.start - 10), assigned.start))
  )
    return;
  if (typeName.test(scan.text.slice(Math.max(0, assigned.start - 80), assigned.start))) return;
  unwrap(assigned);
  // An option and its value, one behind the other in a list.
  if (assigned.loose && assigned.quoted && assigned.identifier.startsWith('--')) assigned.loose = false;
  // So has a file of properties, where a sign is not asked for: `db.password v`.
  if (place.lines && assigned.loose && isProperty(scan.text, assigned)) assigned.loose = false;
  // A macro's definition has nothing but a space between name and value.
  if (place.code && assigned.quoted && isDefined(scan.text, assigned)) assigned.loose = false;
  // The appid of a weather service is its key; elsewhere it has another form.
  if (
    kind === 'maybe' &&
    ((/(?:appid|APPID)$/.test(assigned.identifier) && /^[0-9a-f]{32}$/.test(assigned.value)) ||
      // So is what the environment calls the key of something: `ACME_KEY`, `ACME_SETUP_KEY`.
      (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+){0,3}_KEY$/.test(assigned.identifier) && hexOrUuid.test(assigned.value)))
  )
    kind = 'key';
  // What is called the key of a word that is no thing of a program's is a service's, known or not.
  const owned =
    kind === 'maybe' &&
    !assigned.loose &&
    isOwnedKey(assigned.identifier) &&
    (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(assigned.value) ||
      (/^[A-Za-z0-9]{16,64}$/.test(assigned.value) && isUnmistakable(assigned.value.padEnd(20, '0'))));
  if (owned) kind = 'key';
  if (kind === 'maybe' && (isSalt(assigned) || isCredential(scan.text, assigned))) kind = 'key';
  if (isMerchantSalt(scan.text, assigned)) {
    const title = 'Secret in plain text';
    pushGeneric(scan, place, { ...assigned, rule: 'generic-secret', title, confidence: 'low' });
    return;
  }
  const setting: Setting = {
    quoted: assigned.quoted,
    config:
      place.config &&
      (!assigned.loose ||
        directives.test(assigned.identifier) ||
        (assigned.quoted && settings.test(assigned.identifier))) &&
      !/(?:confirm(?:ation)?|repeat|again|verify)["'\]]{0,2}$/i.test(assigned.identifier),
    exact:
      (/(?:passwo?r?d|pwd|passphrase)['"\]]{0,2}$/i.test(assigned.identifier) ||
        (assigned.quoted && /(?:^|[_.$-]|db|my|user|usr|ftp|smtp|mail)(?:pass|pw)$/i.test(assigned.identifier))) &&
      !assigned.loose,
    chosen: !assigned.loose && chosen.test(assigned.identifier),
    capitals: place.config && /^[A-Z][A-Z0-9_]{3,40}$/.test(assigned.identifier),
  };
  // In a file of properties a value goes on to the line's end, spaces and all.
  const sentence =
    kind === 'password' && setting.exact && !assigned.quoted && place.lines ? restOfLine(scan.text, assigned) : 0;
  if (sentence > 0) {
    assigned.end += sentence;
    assigned.value = scan.text.slice(assigned.start, assigned.end);
    setting.quoted = true;
  }
  const score =
    scoreValue(assigned.value, kind, setting) ??
    (kind === 'password' && setting.exact && assigned.quoted ? scoreBeside(scan.text, assigned, setting) : undefined);
  if (!score || (assigned.loose && !standsAlone(scan.text, assigned, score, kind, place))) {
    if (score ? isPlaceholder(assigned.value) : standsIn(assigned.value))
      scan.rejected.push([assigned.start, assigned.end]);
    return;
  }
  const inString = isConnection(scan.text, assigned.start);
  const rule = inString ? 'connection-string' : score.password ? 'generic-password' : 'generic-secret';
  pushGeneric(scan, place, {
    ...assigned,
    rule,
    title: titleOf(kind, inString),
    confidence: owned ? 'low' : score.confidence,
  });
}

/**
 * Takes the value out of what surrounds it: Spring writes the encoding of a password in front of it, and `{noop}` says that
 * there is none; `${A:-v}` and `${A:v}` are what counts where A is not set.
 */
function unwrap(assigned: Assigned): void {
  // Cypress writes the keys that have no sign in braces.
  const typed = assigned.quoted ? /\{(?:enter|tab|esc)\}$/i.exec(assigned.value)?.[0].length : undefined;
  if (typed !== undefined) {
    assigned.value = assigned.value.slice(0, -typed);
    assigned.end -= typed;
  }
  const { value } = assigned;
  const start = value.startsWith('{noop}')
    ? 6
    : (/^\$\{[A-Za-z_][\w.]{0,60}:[-=]?(?=[^}\s]{5,}\}$)/.exec(value)?.[0].length ?? 0);
  if (start === 0) return;
  const end = value.endsWith('}') && start !== 6 ? value.length - 1 : value.length;
  assigned.value = value.slice(start, end);
  assigned.start += start;
  assigned.end -= value.length - end;
}

/** It ends in `s`: a look at one character spares the search in most names. */
function isPlural(identifier: string): boolean {
  return (identifier.charCodeAt(identifier.length - 1) | 32) === 115;
}

/** How far behind an identifier `Basic` or `Bearer` may begin. */
const reach = 320;

/**
 * The identifier names a secret, or the header in which one is sent, or the value may begin with `Bearer` or `Basic`:
 * nothing else counts, and most identifiers with a key word in them are none of these.
 */
function mayCount(scan: Scan, identifier: string, behind: number): boolean {
  if (kindOfName(identifier) !== undefined || isHeader(identifier)) return true;
  const { schemes } = scan;
  // What was looked through once is not looked through again from the next identifier.
  if (schemes.at < behind && schemes.upTo < behind + reach) {
    const from = Math.max(behind, schemes.upTo);
    const next = scan.text.slice(from, behind + reach + 7).search(/b(?:asic|earer) /i);
    schemes.at = next === -1 ? -1 : from + next;
    schemes.upTo = next === -1 ? behind + reach : schemes.at;
  }
  return schemes.at >= behind && schemes.at < behind + reach;
}

/** Names of what people make up: secrets, and the keys that their own programs sign and encrypt with. */
const chosen =
  /(?:secret(?:[_.-]?(?:or[_-]?)?key(?:[_.-]?base)?)?|(?:jwt|sign(?:ing|ature)?|enc(?:rypt(?:ion)?)?|crypt(?:o)?|cipher|hmac|aes|des)(?:secret)?[_.-]?key)['"\]]{0,2}$/i;

const hexOrUuid = /^[0-9a-f]{32}(?:[0-9a-f]{8}){0,12}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `"AWS::IAM::AccessKey": `: a kind of resource, and what is noted about it. */
const typeName = /["'][A-Z]\w{1,40}(?:::[A-Z]\w{1,60})+["']\s{0,3}:\s{0,3}["']$/;

/** Tokens that stand for nobody: they keep a request from being carried out twice, or name a page or a step. */
const onceOnly =
  /(?:client|request|action|change|lifecycle|idempotency|lock|update|upload|sequence|page|next|continuation|trace|correlation)[_-]?token$/i;

/** What a finder of values without a shape has found. */
export interface Guess {
  rule: string;
  title: string;
  start: number;
  end: number;
  value: string;
  confidence: Score['confidence'];
}

/** Reports a value without a shape: tests and documentation make it less sure. */
export function pushGeneric(scan: Scan, place: Place, guess: Guess): void {
  const low = guess.confidence === 'low' || place.test;
  scan.hits.push({
    rule: guess.rule,
    range: [guess.start, guess.end],
    message: describe(guess.title, guess.value.length),
    severity: low ? 'medium' : 'high',
    confidence: low ? 'low' : 'medium',
    identity: guess.value,
    by: 'generic',
  });
}

/** The key of an account beside its name, as Kaggle writes it, the session that a cookie grants, a key that a page asks for. */
function isCredential(text: string, { identifier, value, start, quoted }: Assigned): boolean {
  if (/(?:jsession|phpsess)id$/i.test(identifier)) return /^[0-9A-F]{32}$|^[0-9a-z]{26,40}$/.test(value);
  const before = text.slice(Math.max(0, start - 80), start);
  if (/\$_(?:GET|POST|REQUEST)\[["']key["']\]\s?[!=]={1,2}\s?["']$/.test(before)) return true;
  return (
    quoted &&
    /^[0-9a-f]{32}$/.test(value) &&
    /["']username\\?["']\s?:\s?\\?["'][\w.-]{2,40}\\?["'],\s{0,8}\\?["']key\\?["']:\s?\\?["']$/.test(before)
  );
}

/** What passwords are mixed with, and not the name of a column: random, of sixteen characters or more. */
function isSalt({ identifier, value, quoted, loose }: Assigned): boolean {
  return (
    quoted &&
    !loose &&
    /(?:^|[_.$-])salt['"\]]{0,2}$/i.test(identifier) &&
    /^[\w+/=.-]{16,128}$/.test(value) &&
    /\d\D*\d/.test(value) &&
    wordiness(value) < -0.5
  );
}

/** Merchants of PayU are given a salt, short and to be kept secret. */
function isMerchantSalt(text: string, { identifier, value, quoted, start, end }: Assigned): boolean {
  return (
    quoted &&
    /salt["'\]]{0,2}$/i.test(identifier) &&
    /^[A-Za-z0-9]{8,12}$/.test(value) &&
    /[a-z].*[A-Z]|[A-Z].*[a-z]/.test(value) &&
    wordiness(value) < -0.5 &&
    /payu|merchant_?key/i.test(text.slice(Math.max(0, start - 300), end + 300))
  );
}

/** How many characters of words stand behind a value without quotes; none where a comment begins or the line is long. */
function restOfLine(text: string, { end }: Assigned): number {
  return /^(?: [^\s#]{1,24}){1,8}(?=[ \t]{0,8}(?:\r?\n|$))/.exec(text.slice(end, end + 210))?.[0].length ?? 0;
}

/** Another argument follows the quote that closes here. */
function goesOn(text: string, end: number): boolean {
  return /^["'`]\s{0,8},/.test(text.slice(end, end + 10));
}

/** The value without quotes is text and no expression: the line is a comment, or a string was opened in front of it. */
function isText(text: string, assigned: Assigned, hash: boolean): boolean {
  return isComment(text, assigned.start, hash) || (!assigned.loose && opensString(text, assigned.start));
}

/** An odd number of one kind of quote stands between the line's beginning and `at`, and nothing but `=` or `:` just before. */
function opensString(text: string, at: number): boolean {
  // `'X-Api-Key: v'` is a header in a text; a space elsewhere belongs to a sentence.
  if (!/[=:]$|["'][\w-]{3,40}: $/.test(text.slice(Math.max(0, at - 44), at))) return false;
  const from = lineStart(text, at);
  if (!/["'`]/.test(text.slice(from, at))) return false;
  let open = '';
  for (let place = from; place < at; place++) {
    const sign = text[place] as string;
    if (sign === '\\') place++;
    else if (open === '' && (sign === '"' || sign === "'" || sign === '`')) open = sign;
    else if (sign === open) open = '';
  }
  return open !== '';
}

/** The value is one field of `Server=…;User Id=…;Password=…`, or of `host=… user=… password=…`. */
function isConnection(text: string, start: number): boolean {
  return /(?:server|data source|host|hostname|addr|address|database|initial catalog|endpoint|user id|uid|username|dsn|sqlserver:\/\/[\w.:]{1,80})\s?[=;][^;]{0,200};|\bhost=\S{1,80}\s[^\n]{0,120}\bpassword=$/i.test(
    text.slice(lineStart(text, start), start),
  );
}

/** The identifier is not named: it is the author's text, and a password may repeat its words. */
function titleOf(kind: KeyKind, inString: boolean): string {
  if (inString) return 'Password in a connection string';
  return kind === 'password' ? 'Password in plain text' : kind === 'key' ? 'Key in plain text' : 'Secret in plain text';
}
