import { findBehindName, findHook } from './generic/behind.ts';
import { findInCall } from './generic/calls.ts';
import { findInCommand } from './generic/commands.ts';
import { findGeneric } from './generic/find.ts';
import { findScheme } from './generic/header.ts';
import { findMnemonic } from './generic/mnemonic.ts';
import { findPair } from './generic/pairs.ts';
import type { Place } from './generic/place.ts';
import { findInInsert, findInMarkdown, findInWiki } from './generic/tables.ts';
import { findBareKey } from './structure/bare-key.ts';
import { findEncodedKey, findJwk, findPutty } from './structure/encoded.ts';
import { findInside } from './structure/hidden.ts';
import { findJwt } from './structure/jwt.ts';
import { findInKubernetes } from './structure/kubernetes.ts';
import { findPrivateKey, findSsh2 } from './structure/pem.ts';
import { findRegistryLogins } from './structure/registry.ts';
import type { Scan, SecretHit } from './types.ts';
import type { Action } from './vocabulary.ts';

/** Looks for secrets in a decoded text, `depth` layers below the document. */
export type Look = (text: string, depth: number, path?: string) => readonly SecretHit[];

/** A keyword that leads to something: where it stands, in what, and how deep inside of what was decoded. */
export interface At {
  scan: Scan;
  place: Place;
  start: number;
  end: number;
  depth: number;
  look: Look;
}

type Actions = Partial<Record<Exclude<Action, 'url'>, (at: At) => void>>;

/** What guesses: nothing of it is asked of locks, minified code and maps, in which random text is normal. */
const guesses: Actions = {
  generic: ({ scan, place, start, end }) => {
    findGeneric(scan, place, start, end);
    if (isPairWord(scan.text, start)) findPair(scan, place, start);
  },
  mnemonic: ({ scan, end }) => findMnemonic(scan, end),
  insert: ({ scan, place, end }) => findInInsert(scan, place, end),
  call: (at) => {
    if (mayConstruct(at)) findInCall(at.scan, at.place, wordAt(at), at.end);
  },
  command: (at) => findInCommand(at.scan, at.place, wordAt(at), at.start, at.end),
  inside: (at) => {
    if (at.depth === 0) findInside(at.scan, wordAt(at), at.start, (inner) => at.look(inner, 1));
  },
  hook: ({ scan, place, start, end }) => findHook(scan, place, start, end),
  dn: ({ scan, place, end }) => findBehindName(scan, place, end),
};

/** What knows a form when it sees one. */
const forms: Actions = {
  generic: ({ scan, place, start }) => {
    if (place.markdown) findInMarkdown(scan, place, start);
    else if (place.wiki) findInWiki(scan, place, start);
  },
  basic: ({ scan, place, end }) => findScheme(scan, end, 'basic', place.test),
  bearer: ({ scan, place, end }) => findScheme(scan, end, 'bearer', place.test),
  ssh2: ({ scan, start }) => findSsh2(scan, start),
  'bare-key': (at) => findBareKey(at.scan, wordAt(at), at.start),
  auths: ({ scan, end }) => findRegistryLogins(scan, end),
  pem: ({ scan, start }) => findPrivateKey(scan, start),
  'encoded-pem': ({ scan, start, depth }) => {
    if (depth === 0) findEncodedKey(scan, start);
  },
  kubeconfig: ({ scan, end, depth }) => {
    if (depth === 0) findEncodedKey(scan, end);
  },
  jwt: ({ scan, place, start }) => findJwt(scan, start, place.test),
  jwk: ({ scan, start }) => findJwk(scan, start),
  putty: ({ scan, start }) => findPutty(scan, start),
  kubernetes: ({ scan, start, depth, look }) => {
    if (depth === 0) findInKubernetes(scan, start, (key, inner) => look(`${key}: ${inner}\n`, 1, key)[0]);
  },
};

/** Does what a keyword leads to. */
export function act(action: Exclude<Action, 'url'>, at: At): void {
  if (!at.place.generated) guesses[action]?.(at);
  forms[action]?.(at);
}

/** The keyword, in small letters. */
function wordAt({ scan, start, end }: At): string {
  return scan.text.slice(start, end).toLowerCase();
}

/** Behind `new `, which is in every other file, a class has to stand. */
function mayConstruct({ scan: { text }, start, end }: At): boolean {
  if (end - start !== 4 || text.charCodeAt(end - 1) !== 32) return true;
  const first = text.charCodeAt(end);
  return (first >= 65 && first <= 90) || first === 92;
}

/** `creds`, `credentials`, `login`, `auth`, `wifi`, or `pass` behind a slash. */
function isPairWord(text: string, start: number): boolean {
  const first = text.charCodeAt(start) | 32;
  return first === 99 || first === 108 || first === 97 || first === 119 || text.charCodeAt(start - 1) === 47;
}
