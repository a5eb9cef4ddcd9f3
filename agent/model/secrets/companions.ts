import type { Document } from '../types.ts';
import { hostNames, loginNames } from './generic/user.ts';
import type { SecretHit } from './types.ts';

/** How far from a secret its identifier may stand: about ten lines. */
const apart = 600;

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** A login and its host stand in the same few lines, or they are another's. */
const close = 240;

const named = (name: string, value: string): RegExp =>
  new RegExp(`(?:${name})["'\`\\]]{0,2}\\s{0,4}(?:=>|:=|[:=,])\\s{0,4}["'\`]?(${value})(?![A-Za-z0-9])`, 'i');

const loginParts = [
  [named(`\\b\\w{0,16}?(?:${loginNames})`, '[\\w.@+-]{2,60}'), 'the user it belongs to'],
  [named(`\\b\\w{0,16}?(?:${hostNames})`, '[\\w.:/-]{4,80}'), 'where it is used'],
] as const;

/** Identifier of a Twilio account. */
export const twilioAccount = /(?<![A-Za-z0-9])(AC[0-9a-f]{32})(?![A-Za-z0-9])/;

/** Secrets that are used together with an identifier which is no secret itself, and how that identifier looks. */
const companions: Readonly<Record<string, readonly (readonly [id: RegExp, what: string])[]>> = {
  'azure-client-secret': [
    [named('(?:client|app(?:lication)?)_?id', guid), 'the application it belongs to'],
    [named('tenant_?id', guid), 'the tenant it belongs to'],
  ],
  'google-oauth-client-secret': [
    [/(\d{6,21}-[a-z0-9]{32}\.apps\.googleusercontent\.com)/, 'the OAuth client it belongs to'],
  ],
  'twilio-auth-token': [[twilioAccount, 'the account it belongs to']],
  'algolia-admin-key': [[named('app(?:lication)?_?id', '[A-Z0-9]{10}'), 'the application it belongs to']],
  'generic-secret': [
    [named('client_?id|consumer_?key', '[\\w.-]{8,100}'), 'the client id that belongs to it'],
    [twilioAccount, 'the Twilio account it belongs to'],
  ],
  'generic-password': loginParts,
  'credentials-file': loginParts,
};

/**
 * Names the identifier beside a secret as a related place: whoever rotates the secret needs to know whose it is. A
 * secret with its identifier beside it is likelier to be in use, so a low confidence becomes a medium one.
 */
export function addCompanions(document: Document, hits: readonly SecretHit[]): void {
  for (const [index, hit] of hits.entries()) {
    const wanted = companions[hit.rule];
    if (!wanted || hit.related !== undefined) continue;
    const reach = wanted === loginParts ? close : apart;
    const from = Math.max(0, hit.range[0] - reach);
    const here = document.text.slice(from, hit.range[1] + reach);
    const related = wanted.flatMap(([id, message]) => {
      const match = id.exec(here);
      if (!match) return [];
      const start = from + match.index + match[0].lastIndexOf(match[1] as string);
      const end = start + (match[1] as string).length;
      const apartFromHit = end <= hit.range[0] || start >= hit.range[1];
      // Behind another password, it belongs to that one.
      const taken =
        wanted === loginParts &&
        [hits[index - 1], hits[index + 1]].some(
          (other) => other !== undefined && (other.range[0] - end) * (other.range[0] - hit.range[0]) < 0,
        );
      return apartFromHit && !taken ? [{ path: document.path, range: [start, end] as const, message }] : [];
    });
    if (related.length === 0 || (hit.rule === 'generic-secret' && !isHalf(document.text, hit))) continue;
    hit.related = related;
    if (hit.confidence === 'medium' && hit.by !== 'generic' && wanted !== loginParts) hit.confidence = 'high';
  }
}

/** `client_secret = "…"`, `consumerSecret: …`, Twilio's token: the half of a pair, and not any other secret near an id. */
function isHalf(text: string, { range, identity }: SecretHit): boolean {
  const before = text.slice(Math.max(0, range[0] - 40), range[0]);
  return (
    /(?:client|consumer|app)[_-]?secret["'`\]]{0,2}\s{0,4}(?:=>|:=|[:=,])\s{0,4}["'`]?$/i.test(before) ||
    (/^[0-9a-f]{32}$/.test(identity) && /token["'`\]]{0,2}\s{0,4}(?:=>|:=|[:=,])\s{0,4}["'`]?$/i.test(before))
  );
}
