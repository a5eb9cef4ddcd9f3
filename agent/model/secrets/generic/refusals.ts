import type { Candidate } from './candidate.ts';
import { instruction } from './instruction.ts';
import { lineStart } from './loose.ts';
import { isComment } from './remarks.ts';
import { wordsOf } from './words.ts';

/**
 * Why a value is none, whatever it looks like: where it stands and what it is called say so. In the order in which they are
 * asked; `refusalOf` answers with the name of the first that holds. What the value itself says is asked in `refused.ts`.
 */
export const refusals: Readonly<Record<string, (candidate: Candidate) => boolean>> = {
  'an expression of code': ({ text, place, assigned }) =>
    place.code &&
    !assigned.quoted &&
    !/^0x[\da-f]{64}$/i.test(assigned.value) &&
    (/^![\w.]+$/.test(assigned.value) || text[assigned.end] === '(' || !isText(text, assigned, place.hash)),

  'an argument of a function that reads, asks or compares': ({ assigned }) =>
    assigned.call && askers.has(firstWord(assigned.identifier)),

  // `url.UserPassword("deploy", token)`: the user goes first.
  'the user, in front of the password': ({ text, assigned }) =>
    assigned.call &&
    assigned.quoted &&
    /user_?(?:and_?)?password$/i.test(assigned.identifier) &&
    /^["'`]\s{0,8},/.test(text.slice(assigned.end, assigned.end + 10)),

  // A quote that closes one text and opens another.
  'code between two texts': ({ place, assigned }) =>
    place.code && assigned.quoted && /^(?:[),;\]}]|\+[\w.$]+[(),])/.test(assigned.value),

  // Whom the call is about, not what they log in with.
  'an address for mail': ({ assigned }) => assigned.call && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(assigned.value),

  'a pass in which something is drawn': ({ place, assigned }) =>
    place.code && assigned.identifier === 'pass' && /^[a-z]+(?:-[a-z]+)+$/.test(assigned.value),

  'the prompt of a batch file': (candidate) => /set \/p /i.test(inFrontOfName(candidate, 12)),

  'the token of a badge, which every reader of the page gets': (candidate) =>
    /badge[\w./-]{0,40}\?[\w.=&-]{0,60}$/.test(inFront(candidate, 100)),

  'a fingerprint by which a key for signing is asked for': ({ assigned: { identifier, value } }) =>
    /signature-keys$/i.test(identifier) || (/[gp]pg_key$/i.test(identifier) && /^[0-9A-F]{16,40}$/i.test(value)),

  'encrypted for a service that alone can read it': (candidate) =>
    /["']?encrypted["']?\s?:\s?\{[^{}]{0,60}$/.test(inFront(candidate, 80)),

  // They keep a request from being carried out twice, or name a page or a step.
  'a token that stands for nobody': ({ assigned: { identifier, value } }) =>
    onceOnly.test(identifier) && /^[0-9a-f-]{36}$/i.test(value),

  // `the element identified by \`parent\`.`
  'what a sentence says something is identified by': ({ text, assigned: { identifier, value, start } }) =>
    /^identified by$/i.test(identifier) &&
    /^[A-Za-z_]+\.?$/.test(value) &&
    !/\b(?:create|alter|grant|set password|connect to)\b[^\n]{0,120}$/i.test(text.slice(lineStart(text, start), start)),

  // Algolia's and its kin stand in every page that they search.
  'a key for searching': ({ assigned: { identifier, value } }) =>
    /search/i.test(identifier) && /key$/i.test(identifier) && /^[0-9a-f]{32}$|^[0-9a-f]{64}$/.test(value),

  // The user and the password stand below each other.
  'a name for user and password': ({ assigned: { identifier } }) => /^auth-user-pass$/i.test(identifier),

  // What Pulumi encrypts with a passphrase lies beside it.
  'a salt that is of no use without the passphrase': ({ assigned }) => assigned.identifier === 'encryptionsalt',

  // `"password": {"pattern": …`
  'the key of an object that stands under the name': (candidate) =>
    candidate.assigned.quoted &&
    /^["']\s{0,3}(?::|=>)/.test(candidate.text.slice(candidate.assigned.end, candidate.assigned.end + 6)) &&
    /\{\s{0,8}["']$/.test(inFront(candidate, 10)),

  // `"AWS::IAM::AccessKey": "…"`
  'what is noted about a kind of resource': (candidate) =>
    /["'][A-Z]\w{1,40}(?:::[A-Z]\w{1,60})+["']\s{0,3}:\s{0,3}["']$/.test(inFront(candidate, 80)),

  // `password: Enter your password to continue`
  'the first word of a sentence': ({ text, assigned: { value, quoted, end } }) =>
    !quoted &&
    (/^[A-Z][a-z]{0,15}$/.test(value) || (/^[a-z]{2,15}$/.test(value) && instruction.test(value))) &&
    instruction.test(nextWords.exec(text.slice(end, end + 60))?.[0] ?? ''),
};

/** Up to three words that go on behind a value. */
const nextWords = /^,?(?: [a-z']{1,15},?){1,3}(?=[ .;:!?]|\r?\n|$)/;

const inOrder = Object.entries(refusals);

/** Why the candidate is no secret, by where it stands; `undefined` when nothing speaks against it. Looks at 300 characters. */
export function refusalOf(candidate: Candidate): string | undefined {
  for (const [name, holds] of inOrder) if (holds(candidate)) return name;
  return undefined;
}

function inFront({ text, assigned }: Candidate, length: number): string {
  return text.slice(Math.max(0, assigned.start - length), assigned.start);
}

/** The same with the name and `length` characters in front of it. */
function inFrontOfName(candidate: Candidate, length: number): string {
  return inFront(candidate, candidate.assigned.identifier.length + length);
}

const onceOnly =
  /(?:client|request|action|change|lifecycle|idempotency|lock|update|upload|sequence|page|next|continuation|trace|correlation)[_-]?token$/i;

/** How functions begin that are told the name of a secret or a secret to be looked at, and are given none to keep. */
const askers = new Set(
  `get find fetch load read has is remove delete add parse validate check generate create compare hash verify show hide toggle
  reset use on expect require describe it match encode decode replace split join strip trim starts startswith ends endswith
  includes contains index`.split(/\s+/),
);

function firstWord(identifier: string): string {
  return wordsOf(identifier.slice(identifier.lastIndexOf('.') + 1))[0] ?? '';
}

/** The value without quotes is text and no expression: the line is a comment, or a string was opened in front of it. */
function isText(text: string, { start, loose }: Candidate['assigned'], hash: boolean): boolean {
  return isComment(text, start, hash) || (!loose && opensString(text, start));
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
