import type { Scan } from '../types.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { findInPeople } from './rows.ts';
import { scoreValue } from './score.ts';
import { isAbout, type KeyKind } from './words.ts';

/** From a name to the bracket that opens its list: ` = [`, `: new byte[] {`, `[16] = {`, `: [u8; 32] = [`, ` = bytes([`. */
const opening =
  /["'\]]{0,2}(?:\[\w{0,24}\])?\s{0,4}(?::\s?(?:&'?static )?&?[\w[\]<>; ]{1,24})?\s{0,4}(?::=|=>|[:=])\s{0,4}(?:&|new (?:\w{1,12}\s?)?|(?:\w{1,12}\.){0,2}\w{1,16}\(|\[\d{0,4}\]\w{1,8}\s?)?(?:\[\]\s?)?([[({])\s{0,24}/y;

/** Bytes as numbers, and characters one by one, at most 512 of them. */
const bytes =
  /(?:\(byte\)\s?)?(?:0x[0-9a-f]{1,2}|-?\d{1,3})(?:u8)?(?:\s{0,4},\s{0,40}(?:\(byte\)\s?)?(?:0x[0-9a-f]{1,2}|-?\d{1,3})){7,511}(?=\s{0,40},?\s{0,40}[\])}])/iy;
const characters = /'[^'\\\n]'(?:\s{0,4},\s{0,24}'(?:[^'\\\n]|\\0)'){5,63}(?=\s{0,40}[\])}])/y;
const element = /\s{0,40},?\s{0,40}[bNu]?(["'])([^"'\n]{4,200})\1(?=\s{0,8}[,\])}])/y;
const login = /\s{0,40}[bNu]?(["'])[\w.@+\\-]{2,64}\1(?=\s{0,8},)/y;
const entry =
  /\s{0,40},?\s{0,40}(?:(["'])[\w.@:+-]{1,64}\1|[a-z_]\w{0,32})\s{0,8}(?::|=>?)\s{0,4}(["'])([^"'\n]{5,128})\2(?=\s{0,8}[,}\])]|[ \t]{0,8}\r?\n)/y;

/** Values of one list that are reported. */
const most = 20;

/**
 * A name for a secret whose value is a list: of bytes, of characters, of texts. `at` is the offset behind the name. Answers
 * whether a list begins there.
 */
export function findInList(scan: Scan, place: Place, kind: KeyKind, at: number): boolean {
  const { text } = scan;
  const from = openedAt(text, at);
  if (from !== -1) scan.far = true;
  if (from === -1 && place.config && text[at] === ':') findInBlock(scan, place, kind, at + 1);
  if (from === -1 || from <= (scan.seen.get('list') ?? -1)) return from !== -1;
  scan.seen.set('list', from);
  if (text.slice(at, from).includes('{') && (kind === 'password' || (kind !== 'maybe' && isMapOf(text, at))))
    findInEntries(scan, place, from, kind);
  for (const form of [bytes, characters]) {
    form.lastIndex = from;
    const value = form.exec(text)?.[0];
    if (value === undefined) continue;
    if (kind !== 'maybe' && isRandomList(value)) push(scan, place, kind, from, value, true);
    return true;
  }
  element.lastIndex = from;
  for (let count = 0; count < most; count++) {
    const value = element.exec(text)?.[2];
    if (value === undefined) break;
    const score = scoreValue(value, kind, { quoted: true, config: false });
    if (/^[a-z_]\w*(?:\.[a-z_]\w*)*\.[A-Z]\w*$/.test(value)) continue;
    // In a list of words for secrets a value has to be more than one of them.
    const counts = score !== undefined && (score.confidence === 'medium' || (score.password && isMixed(value)));
    if (counts) push(scan, place, kind, element.lastIndex - value.length - 1, value, score.confidence === 'low');
  }
  return true;
}

const line =
  /[ \t]{0,8}\r?\n([ \t]{1,40})["']?(?!secure:)[\w.-]{1,60}["']?:[ \t]{1,4}(["']?)([^\s"']{12,200})\2(?=[ \t]{0,8}(?:\r?\n|$))/y;

/** `secrets:⏎  jwt: v⏎  stripe: v`: what stands below a name for secrets, line by line, while the indentation stays. */
function findInBlock(scan: Scan, place: Place, kind: KeyKind, at: number): void {
  scan.far = true;
  if (at <= (scan.seen.get('block') ?? -1)) return;
  line.lastIndex = at;
  let indent: string | undefined;
  for (let count = 0; count < most; count++) {
    const match = line.exec(scan.text);
    if (!match || match[1] !== (indent ?? match[1])) break;
    indent = match[1];
    scan.seen.set('block', line.lastIndex);
    const value = match[3] as string;
    const score = scoreValue(value, kind === 'password' ? kind : 'maybe', {
      quoted: true,
      config: kind === 'password',
    });
    if (score) push(scan, place, kind, line.lastIndex - value.length - (match[2] as string).length, value, false);
  }
}

/** `creds = ("maria", "v")`: user and password under a name for both. `at` is the offset behind the name. */
export function findInTuple(scan: Scan, place: Place, at: number): void {
  const from = openedAt(scan.text, at);
  if (from === -1) return;
  login.lastIndex = from;
  if (!login.test(scan.text)) return;
  element.lastIndex = login.lastIndex;
  const value = element.exec(scan.text)?.[2];
  if (value === undefined || scan.text[element.lastIndex] === ',') return;
  const score = scoreValue(value, 'password', { quoted: true, config: false });
  if (score && isMixed(value)) push(scan, place, 'password', element.lastIndex - value.length - 1, value, true);
}

/** `users = {"maria": "v", …}`: names of people and their passwords. `at` is the offset behind the name. */
export function findInUsers(scan: Scan, place: Place, at: number): void {
  const from = openedAt(scan.text, at);
  if (from === -1) return;
  scan.far = true;
  if (from <= (scan.seen.get('list') ?? -1)) return;
  scan.seen.set('list', from);
  findInEntries(scan, place, from);
  if (/\[\s{0,24}$/.test(scan.text.slice(at, from))) findInPeople(scan, place, from);
}

/** The name in front of `at` is one for several: `secrets = {`, `tokens {`. */
function isMapOf(text: string, at: number): boolean {
  return /(?:secrets|tokens|keys|credentials)$/i.test(text.slice(Math.max(0, at - 14), at));
}

/** The entries of a map that begins at `from`: who, and the password; or what for, and the secret. */
function findInEntries(scan: Scan, place: Place, from: number, kind: KeyKind = 'password'): void {
  entry.lastIndex = from;
  for (let count = 0; count < most; count++) {
    const match = entry.exec(scan.text);
    const value = match?.[3];
    if (!match || value === undefined) return;
    if (kind !== 'password') {
      const secret = scoreValue(value, kind, { quoted: true, config: false });
      if (secret && !isAbout(/[\w-]+(?=["']?\s{0,8}(?::|=>?))/.exec(match[0])?.[0] ?? ''))
        push(scan, place, kind, entry.lastIndex - value.length - 1, value, secret.confidence === 'low');
      continue;
    }
    const score = scoreValue(value, 'password', { quoted: true, config: false });
    if (score && isMixed(value) && !/^[\w.+-]+@[\w.-]+$/.test(value))
      push(scan, place, 'password', entry.lastIndex - value.length - 1, value, true);
  }
}

/** The first character in the list that is opened behind a name, or -1. */
function openedAt(text: string, at: number): number {
  const block = /^\s?\{\s{0,24}/.exec(text.slice(at, at + 27))?.[0].length ?? 0;
  if (block > 0) return at + block;
  opening.lastIndex = at;
  const match = opening.exec(text);
  return match ? at + match[0].length : -1;
}

function push(scan: Scan, place: Place, kind: KeyKind, start: number, value: string, low: boolean): void {
  pushGeneric(scan, place, {
    rule: kind === 'password' ? 'generic-password' : 'generic-secret',
    title: kind === 'password' ? 'Password in a list' : 'Secret in a list',
    start,
    end: start + value.length,
    value,
    confidence: low ? 'low' : 'medium',
  });
}

/** Not `0, 1, 2, 3` nor sixteen times the same: at least half of the bytes differ, and they do not count up. */
function isRandomList(list: string): boolean {
  const values = list.match(/0x[0-9a-f]{1,2}|\d{1,3}|'[^']'/gi) ?? [];
  const steps = values.map((value, index) => code(value) - code(values[index - 1] ?? value));
  // An index counts up.
  if (steps.every((step, index) => index === 0 || step > 0)) return false;
  const counting = steps.filter((step) => step === steps[1]).length;
  return new Set(values).size >= Math.min(12, values.length / 2) && counting < values.length / 3;
}

function code(value: string): number {
  return value.startsWith("'") ? value.charCodeAt(1) : Number(value);
}

/** Letters together with digits or signs that are more than joints. */
function isMixed(value: string): boolean {
  return /[a-z]/i.test(value) && !value.includes('\\x') && (/\d/.test(value) || /[!#$%&*+?^~@]/.test(value));
}
