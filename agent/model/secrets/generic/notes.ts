import type { Scan } from '../types.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** Notes in which people keep what they log in with. Lists of words to try have the same names, but are long. */
const names =
  /^(?:my[_-]?)?(?:pass|passwords?|passwd|passwort|pw|pws|creds?|credentials?|logins?|accounts?|zugangsdaten|senhas?|claves?)\.(?:txt|md|note|lst|text)$/;

const longest = 4096;

/** `mail: v`, `router admin/v`, `maria v`, or a password on a line of its own behind who it belongs to. */
const line =
  /^(?:[^\n:/=|]{2,40}?[ \t]{0,3}(?::|=|\||\/|->|[ \t]-[ \t])[ \t]{0,3}|[\w.@-]{2,40}[ \t]{1,8})?([^\s:/=|]{6,64})[ \t]{0,4}$/;

/** The passwords of a small file that says by its name that it holds some. `name` is the file's, in small letters. */
export function findInNotes(scan: Scan, place: Place, name: string): void {
  if (scan.text.length > longest || !names.test(name)) return;
  let at = 0;
  for (const text of scan.text.split('\n')) {
    const value = text.length > 160 ? undefined : line.exec(text.trimEnd())?.[1];
    const score =
      value === undefined ? undefined : scoreValue(value, 'password', { quoted: true, config: false, exact: true });
    if (value !== undefined && score && /\d|[!#$%&*+?^~@]/.test(value) && !/@[\w-]+\.|^\w+\.\w{2,4}$/.test(value)) {
      const start = at + text.lastIndexOf(value);
      pushGeneric(scan, place, {
        rule: 'generic-password',
        title: 'Password in a note',
        start,
        end: start + value.length,
        value,
        confidence: score.confidence,
      });
    }
    at += text.length + 1;
  }
}
