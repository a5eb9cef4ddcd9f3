import { entropy } from '../checks.ts';
import type { Scan } from '../types.ts';
import { hexKey, isUnmistakable } from './looks.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** Parts of a path behind which the next part is known to nobody but those who may call it. */
export const hooks: readonly string[] = [
  '/hook/',
  '/hooks/',
  '/webhook/',
  '/webhooks/',
  '/webhookb2/',
  '/incomingwebhook/',
  '/incoming/',
  '/trigger/',
  '/triggers/',
  '/notify/',
  '/send/',
  '/push/',
  '//conda.',
  '//hook.',
  '//hooks.',
  '//webhook.',
  '//webhooks.',
];

/** Digits in hexadecimal and a UUID are an id more often than a secret, except where something is told to act. */
const acts = /^\/(?:web)?hook|^\/incomingw|^\/trigger|^\/send/i;

/** The last component of a distinguished name (RFC 4514), behind which a bind's password may follow. */
export const distinguished: readonly string[] = [',dc=', ', dc='];

/**
 * An address that acts for whoever knows it, `https://push.acme.net/hook/<random text>`, as chat rooms, builds and forms give
 * out. The part that says so begins at `from` and ends at `at`.
 */
export function findHook(scan: Scan, place: Place, from: number, at: number): void {
  const { text } = scan;
  const host = text[from + 1] === '/';
  const before = text.slice(Math.max(0, at - 240), from);
  if (host ? !/https?:$/.test(before) : !/https?:\/\/[\w.-]{4,80}(?::\d{2,5})?(?:\/[\w.~@-]{1,90}){0,4}$/.test(before))
    return;
  const match = (host ? behindHost : behindPart).exec(text.slice(at, at + 260));
  const value = match?.[1];
  if (!match || value === undefined) return;
  const name = text.slice(from, at);
  const id = /^[0-9a-f]{32}$|^[0-9a-f]{40}$|^[0-9a-f-]{36}$/i.test(value);
  if (!(id ? acts.test(name) && entropy(value) > 2.8 : isUnmistakable(value) || hexKey.test(value))) return;
  const start = at + match[0].length - value.length;
  pushGeneric(scan, place, {
    rule: 'generic-secret',
    title: 'Address that acts for whoever knows it',
    start,
    end: start + value.length,
    value,
    confidence: 'low',
  });
}

const behindPart =
  /^(?!(?:blob|tree|commits?|raw|pull|compare|archive)\/)(?:[\w-]{1,24}\/)?([\w-]{20,128})(?=["'`\s<>)\]},;?#@/\\]|$)/;
/** Behind a host of hooks it is the last part of the path. */
const behindHost = /^[\w.-]{3,80}(?::\d{2,5})?(?:\/[\w.~-]{1,60}){0,5}?\/([\w-]{20,128})(?=["'`\s<>)\]},;?#\\/]|$)/;

/** `Connection(server, "cn=svc,dc=acme", "v")`: what is handed over behind a distinguished name is its password. */
export function findBehindName(scan: Scan, place: Place, at: number): void {
  const match = /^[\w.=, -]{1,80}(["'`]),\s{0,12}(?:\w{1,20}\s?[=:]\s?)?(["'`])([^"'`\n]{5,64})\2/.exec(
    scan.text.slice(at, at + 200),
  );
  const value = match?.[3];
  if (!match || value === undefined || /=/.test(value)) return;
  const score = scoreValue(value, 'password', { quoted: true, config: false, exact: true });
  if (!score) return;
  const end = at + match[0].length - 1;
  pushGeneric(scan, place, {
    rule: 'generic-password',
    title: 'Password behind a distinguished name',
    start: end - value.length,
    end,
    value,
    confidence: score.confidence,
  });
}
