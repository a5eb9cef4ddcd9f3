import type { Scan } from '../types.ts';
import { hexKey, isUnmistakable } from './looks.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** Parts of a path behind which the next part is known to nobody but those who may call it. */
export const hooks: readonly string[] = ['/hook/', '/hooks/', '/webhook/', '/webhooks/'];

/** The last component of a distinguished name (RFC 4514), behind which a bind's password may follow. */
export const distinguished: readonly string[] = [',dc=', ', dc='];

/**
 * An address that acts for whoever knows it, `https://push.acme.net/hook/<random text>`, as chat rooms, builds and forms give
 * out. The part that says so begins at `from` and ends at `at`.
 */
export function findHook(scan: Scan, place: Place, from: number, at: number): void {
  const { text } = scan;
  const before = text.slice(Math.max(0, at - 200), from);
  if (!/https?:\/\/[\w.-]{4,80}(?::\d{2,5})?(?:\/[\w.~-]{1,40}){0,4}$/.test(before)) return;
  const match = /^(?:[\w-]{1,24}\/)?([\w-]{20,128})(?=["'`\s<>)\]},;?#]|$)/.exec(text.slice(at, at + 160));
  const value = match?.[1];
  if (!match || value === undefined || !(isUnmistakable(value) || hexKey.test(value))) return;
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
