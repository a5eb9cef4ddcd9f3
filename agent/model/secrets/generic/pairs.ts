import type { Scan } from '../types.ts';
import { findGeneric } from './find.ts';
import { findInTuple } from './lists.ts';
import type { Place } from './place.ts';
import { isComment } from './remarks.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** `credentials: maria / v`, `auth: maria:v`, `user/pass: maria/v`: one name for both. */
const pair =
  /(?:creds?|credentials?|login|auth|wifi|wlan|\/pass(?:word)?)["'`*]{0,2}\s?[:=]\*{0,2}\s{0,3}["'`(]{0,2}[\w.@+-]{2,40}\s?[:/]\s?([^\s"'`,;<>|)/]{5,64})(?=["'`,;)]|\s|$)/iy;

/** `log in with maria / v`, `login was maria:v`: the same in prose. */
const prose =
  /log(?:in|ged in|-in| in)(?: \w{2,5})?[ :]{1,3}["'`*(]{0,3}[\w.@+-]{2,40}["'`*]{0,3}\s?(?:[/:,]| and | with )\s?(?:password )?["'`*]{0,3}([^\s"'`,;<>|)/]{5,64})(?=["'`,;)]|\s|$)/iy;

/** A user and a password under a name for both. `start` is where the key word begins. */
export function findPair(scan: Scan, place: Place, start: number): void {
  const from = scan.text[start - 1] === '/' ? start - 1 : start;
  let behind = start;
  while (behind - start < 24 && isPart(scan.text.charCodeAt(behind))) behind++;
  // Most of these words are followed by a full stop, a bracket or a comma, behind which there is no pair.
  if (!mayLead(scan.text.charCodeAt(behind))) return;
  findInTuple(scan, place, behind);
  pair.lastIndex = from;
  prose.lastIndex = from;
  const match = pair.exec(scan.text) ?? prose.exec(scan.text);
  let value = match?.[1];
  // Jira writes what is important between two stars.
  if (value?.endsWith('*') && match?.[0].includes('*')) value = value.slice(0, -1);
  if (
    !match ||
    value === undefined ||
    (place.code && !/["'`]/.test(match[0]) && !isComment(scan.text, from, place.hash))
  )
    return;
  // A name for both is a weak sign: the value has to be more than a word.
  const score = scoreValue(value, 'password', { quoted: true, config: false });
  if (!score || !/\d|[!#$%&*+?@^~]/.test(value)) return;
  const at = from + match[0].lastIndexOf(value);
  pushGeneric(scan, place, {
    rule: 'generic-password',
    title: 'User and password in plain text',
    start: at,
    end: at + value.length,
    value,
    confidence: 'low',
  });
}

/** Letters, digits, `_` and `-`. */
function isPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

/** White space, a quote, `*`, `:`, `=`, `[`, `]` or `{`, with which every way from the word to its values begins. */
function mayLead(code: number): boolean {
  switch (code) {
    case 34:
    case 39:
    case 42:
    case 58:
    case 61:
    case 91:
    case 93:
    case 96:
    case 123:
      return true;
    default:
      return code <= 32 || code > 127;
  }
}

const words = /пароль|密码|密碼|パスワード|비밀번호/gi;

/** Bytes with which these words begin in UTF-8; hardly any file has one of them. */
const leads = [0xd0, 0xe3, 0xe5, 0xeb];

/** Names of a password in other alphabets: the pass over the text knows ASCII only. */
export function findForeign(scan: Scan, place: Place): void {
  const { bytes, encoding } = scan.document;
  if (encoding === 'utf-8' && leads.every((lead) => !bytes.includes(lead))) return;
  for (const { index, 0: word } of scan.text.matchAll(words)) findGeneric(scan, place, index, index + word.length);
}
