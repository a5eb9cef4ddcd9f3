import type { Scan } from '../types.ts';
import { lineEnd } from './loose.ts';
import type { Place } from './place.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';

/** Notes in which people keep what they log in with. Lists of words to try have the same names, but are long. */
const names =
  /^(?:my[_-]?)?(?:pass|passwords?|passwd|passwort|pw|pws|creds?|credentials?|logins?|accounts?|zugangsdaten|senhas?|claves?)\.(?:txt|md|note|lst|text)$/;

const longest = 4096;

/** So many lines of a dump are read. */
const most = 200;

/** `mail:v`, as lists of stolen accounts and of those to be tried are written. */
const account = /^[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,24}){1,3}[:;|]([^\s:;|]{5,64})$/;

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

/** A file of accounts, whatever it is called: its first line is one, and in every such line a password follows the address. */
export function findInDump(scan: Scan, place: Place): void {
  const { text } = scan;
  if (place.code || place.generated || place.texts || !account.test(text.slice(0, lineEnd(text, 0)).trimEnd())) return;
  let at = 0;
  for (let read = 0; at < text.length && read < most; read++) {
    const row = text.slice(at, lineEnd(text, at));
    const value = account.exec(row.trimEnd())?.[1];
    const score =
      value === undefined ? undefined : scoreValue(value, 'password', { quoted: true, config: true, exact: true });
    // A number may be a port or an id.
    if (value !== undefined && score && /[a-z]/i.test(value) && !value.includes('/')) {
      const start = at + row.indexOf(value, row.indexOf('@'));
      const [end, title] = [start + value.length, 'Password behind an address for mail'];
      pushGeneric(scan, place, { rule: 'generic-password', title, start, end, value, confidence: score.confidence });
    }
    at += row.length + 1;
  }
}
