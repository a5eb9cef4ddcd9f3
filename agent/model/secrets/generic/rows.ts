import type { Scan } from '../types.ts';
import type { Place } from './place.ts';
import { wordiness } from './rarity.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';
import type { KeyKind } from './words.ts';

/** Values of one list of rows that are reported. */
const most = 20;

/** `{"maria", "v", true},`: one row of texts and names. */
const row =
  /\s{0,40},?\s{0,40}(?:\/\/[^\n]{0,80}\n\s{0,40})?[{([]\s{0,16}((?:[^{}()[\]"'`\n]|"[^"\n]{0,80}"|'[^'\n]{0,80}'|`[^`\n]{0,80}`){4,300})[})\]]/y;
const cell = /\s{0,16}(?:(["'`])((?:(?!\1)[^\n]){0,80})\1|[^"'`,]{0,60})\s{0,16}(?:,|$)/y;

/**
 * Rows of texts whose columns are named once, in front of them: a struct of Go (`[]struct{ user, password string }{ {"maria", "v"} }`)
 * and the parameters of a test (`"user, password", [("maria", "v")]`). `[start, end)` is the column's name.
 */
export function findInRows(scan: Scan, place: Place, kind: KeyKind, start: number, end: number): void {
  const { text } = scan;
  const here = text.slice(end, end + 240);
  const opened =
    /^[\w, \t]{0,60}\s{1,8}string\b[^{}]{0,160}\}\s{0,3}\{/.exec(here) ??
    /^[\w, ]{0,60}["'](?:\s{0,3},\s{0,3}["']\w{1,24}["']){0,4}[)\]]?\s{0,3},\s{0,40}\[/.exec(here);
  const from = end + (opened?.[0].length ?? 0);
  if (!opened) return;
  scan.far = true;
  if (from <= (scan.seen.get('rows') ?? -1)) return;
  const before = text.slice(Math.max(0, start - 200), start);
  const names = (/string\b/.test(opened[0]) ? /struct\s{0,3}\{([^{}]{0,160})$/ : /\(\s{0,20}([("'\w, ]{0,160})$/).exec(
    before,
  )?.[1];
  if (names === undefined) return;
  scan.seen.set('rows', from);
  // A field of Go's may stand on a line of its own, with its type.
  const column = names.split(/[,\n;]/).length - 1 - (/^\s{0,20}\n/.test(names) ? 1 : 0);
  readRows(scan, place, kind, from, column, true);
}

/** `users = [("maria", "v"), …]`: who, and the password. `from` is the offset behind the opening bracket. */
export function findInPeople(scan: Scan, place: Place, from: number): void {
  if (from <= (scan.seen.get('rows') ?? -1)) return;
  scan.seen.set('rows', from);
  readRows(scan, place, 'password', from, 1, false);
}

function readRows(scan: Scan, place: Place, kind: KeyKind, from: number, column: number, named: boolean): void {
  row.lastIndex = from;
  for (let count = 0; count < most; count++) {
    const match = row.exec(scan.text);
    if (!match) return;
    const inner = match[1] as string;
    const start = match.index + match[0].length - 1 - inner.length;
    const found = cellAt(inner, column);
    const score = found && scoreValue(found.value, kind, { quoted: true, config: false, exact: named });
    if (!found || !score) continue;
    // Without a name for the column it has to be more than a word that is counted.
    if (!named && !(/\d/.test(found.value) && (/[!#$%&*+?^~]/.test(found.value) || wordiness(found.value) < -0.4)))
      continue;
    pushGeneric(scan, place, {
      rule: score.password ? 'generic-password' : 'generic-secret',
      title: score.password ? 'Password in a list' : 'Secret in a list',
      start: start + found.at,
      end: start + found.at + found.value.length,
      value: found.value,
      confidence: 'low',
    });
  }
}

function cellAt(inner: string, column: number): { at: number; value: string } | undefined {
  cell.lastIndex = 0;
  for (let index = 0; index <= column; index++) {
    const match = cell.exec(inner);
    if (!match || match[0] === '') return undefined;
    if (index === column) {
      const value = match[2];
      return value === undefined ? undefined : { at: match.index + match[0].indexOf(match[1] as string) + 1, value };
    }
  }
  return undefined;
}
