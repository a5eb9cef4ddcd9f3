import type { Assigned } from './assignment.ts';
import { scoreValue } from './score.ts';
import type { Score, Setting } from './setting.ts';

/** How the login that a password belongs to is called, and where it is used: parts of patterns. */
export const loginNames = 'user(?:[_-]?(?:name|id))?|usr|uid|login|db[_-]?user';
export const hostNames = 'host(?:name)?|server|endpoint';

const assigns = `["'\\]]{0,2}\\s{0,3}(?:=>|:=|[:=])\\s{0,3}`;

/** Accounts that machines and their keepers have. */
const accounts = new RegExp(
  `\\b(?:${loginNames})["'\\]]{0,2}\\s{0,3}(?:=>|:=|[:=,])\\s{0,3}[@N]?["'](?:root|admin|administrator|sa|sysdba|sys(?:tem)?|postgres|oracle|scott|mysql|mongo|deploy|dba?|app|web|svc|dev|test|ftp|git|jenkins|ubuntu|pi|guest)[\\w-]{0,12}["']`,
  'i',
);

/** A login of any name, and where it is for: a host, a base of data, an address for mail. */
const login = new RegExp(`\\b(?:${loginNames}|email)${assigns}[@N]?["'][\\w.@+-]{2,60}["']`, 'i');
const target = new RegExp(
  `\\b(?:${hostNames}|port|database|db(?:name)?|dsn|domain)${assigns}[@N]?(?:["'][\\w.@:/-]{2,80}["']|\\d{2,5})|["'][\\w.+-]{1,40}@[\\w-]{1,40}\\.[\\w.]{2,20}["']`,
  'i',
);

const unlike =
  /^(?:different|mismatch\w*|wrong\w*|incorrect|invalid\w*|another|other|short|correct|valid|same|match\w*)$/i;

/**
 * A login stands beside the password in `[start, end)`, with the account of a machine or with where it is for. Then a word is a
 * password, and not the label of a field or the name of a kind. Looks at 200 characters on either side.
 */
function hasLogin(text: string, start: number, end: number): boolean {
  // What a test of a form types second, or in order to be refused.
  if (
    /confirm|repeat|retype|wrong|invalid/i.test(text.slice(Math.max(0, start - 40), start)) ||
    unlike.test(text.slice(start, end))
  )
    return false;
  const here = text.slice(Math.max(0, start - 200), start) + text.slice(end, end + 200);
  return accounts.test(here) || (login.test(here) && target.test(here));
}

/** A password that counts as one because a login stands beside it, which is looked for last. */
export function scoreBeside(text: string, { value, start, end }: Assigned, setting: Setting): Score | undefined {
  const score = scoreValue(value, 'password', { ...setting, beside: true });
  return score && hasLogin(text, start, end) ? score : undefined;
}
