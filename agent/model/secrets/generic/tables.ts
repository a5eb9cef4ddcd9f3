import type { Scan } from '../types.ts';
import { lineEnd } from './loose.ts';
import type { Place } from './place.ts';
import { wordiness } from './rarity.ts';
import { pushGeneric } from './report.ts';
import { scoreValue } from './score.ts';
import { type KeyKind, kindOfIdentifier } from './words.ts';

/** Where the text of a cell stands, without its quotes and the spaces around it. */
interface Cell {
  start: number;
  end: number;
}

/** Values of one table that are reported; a list of ten thousand users is one leak, not ten thousand. */
const most = 200;

/** Files that are nothing but a table. */
export function isTable(name: string): boolean {
  return /\.(?:csv|tsv|tab|psv)$/.test(name);
}

/** A table whose first line names its columns, with the commonest sign between them. Reads each character once. */
export function findInTable(scan: Scan, place: Place): void {
  const { text } = scan;
  const first = lineEnd(text, 0);
  if (first > 4000) return;
  const header = text.slice(0, first);
  const sign = [',', ';', '\t', '|'].map((one) => [one, header.split(one).length] as const);
  const [divider, columns] = sign.reduce((best, one) => (one[1] > best[1] ? one : best));
  if (columns < 2) return;
  const wanted = columnsOf(scan, cells(text, 0, first, divider));
  if (wanted === undefined) return;
  let left = most;
  for (let at = first + 1; at < text.length && left > 0; ) {
    const end = lineEnd(text, at);
    left -= report(scan, place, wanted, cells(text, at, Math.min(end, at + 8000), divider));
    at = end + 1;
  }
}

/**
 * A table of Markdown (GitHub Flavored Markdown §4.10): the line around `at` names the columns and dashes stand below it.
 * Looks at 400 characters before `at`; each table is read once.
 */
export function findInMarkdown(scan: Scan, place: Place, at: number): void {
  const { text } = scan;
  if (at < (scan.seen.get('table') ?? 0)) {
    scan.far = true;
    return;
  }
  const low = Math.max(0, at - 400);
  const from = low + text.slice(low, at).lastIndexOf('\n') + 1;
  const end = from + lineEnd(text.slice(from, from + 1000), 0);
  if (!/^\r?\n[ \t]{0,8}\|?[ \t]{0,4}:?-{2,100}:?[ \t]{0,80}\|/.test(text.slice(end, end + 200))) return;
  scan.far = true;
  const wanted = columnsOf(scan, cells(text, from, end, '|'));
  let next = lineEnd(text, end + 1) + 1;
  for (let row = 0; row < most && next < text.length; row++) {
    const stop = next + lineEnd(text.slice(next, next + 2000), 0);
    if (text.slice(next, stop).trim() === '') break;
    if (wanted) report(scan, place, wanted, cells(text, next, stop, '|'));
    next = stop + 1;
  }
  scan.seen.set('table', next);
}

/**
 * A table of MediaWiki (`! A !! B`, rows of `| a || b`) or Jira (`||A||B||`, rows of `|a|b|`), by the line around `at` that names its
 * columns. Looks at 400 characters before `at`; each table is read once.
 */
export function findInWiki(scan: Scan, place: Place, at: number): void {
  const { text } = scan;
  if (at < (scan.seen.get('table') ?? 0)) {
    scan.far = true;
    return;
  }
  // A line is looked at once.
  if (at < (scan.seen.get('line of a wiki') ?? 0)) return;
  const low = Math.max(0, at - 400);
  const from = low + text.slice(low, at).lastIndexOf('\n') + 1;
  const end = from + lineEnd(text.slice(from, from + 1000), 0);
  scan.seen.set('line of a wiki', Math.max(at + 1, end));
  const jira = text.startsWith('||', from);
  if (!jira && !(text[from] === '!' && text.slice(from, end).includes('!!'))) return;
  scan.far = true;
  const named = columnsOf(scan, cells(text, from, end, jira ? '|' : '!'));
  const wanted = typeof named === 'object' && jira ? named.map((one) => ({ ...one, column: one.column / 2 })) : named;
  let next = end + 1;
  for (let row = 0; row < most && next < text.length; row++) {
    const stop = next + lineEnd(text.slice(next, next + 2000), 0);
    if (text[next] !== '|' || text[next + 1] === '}') break;
    if (wanted && text[next + 1] !== '-') report(scan, place, wanted, cells(text, next, stop, '|'));
    next = stop + 1;
  }
  scan.seen.set('table', next);
}

/** Up to the rows of an INSERT with the names of its columns. */
const insert =
  /\s{1,8}[\w.$"'`[\]]{1,120}\s{0,8}\(([^()]{1,2000})\)\s{0,20}(?:overriding \w{1,10} value\s{1,4})?(?:values|value)\s{0,20}(?=\()/iy;

/** The same without them, into a table of people. */
const unnamed =
  /\s{1,8}[\w.$"'`[\]]{0,60}?(?:users?|accounts?|logins?|members?|admins?|credentials?|employees?)["'`\]]?\s{1,20}values\s{0,20}(?=\()/iy;

/** The rows of an SQL INSERT. `at` is the offset behind `INSERT INTO`; no character is read by two statements. */
export function findInInsert(scan: Scan, place: Place, at: number): void {
  const { text } = scan;
  if (at < (scan.seen.get('insert') ?? 0)) return;
  insert.lastIndex = at;
  const match = insert.exec(text);
  if (!match) {
    findUnnamed(scan, place, at);
    return;
  }
  const open = at + match[0].indexOf('(');
  const wanted = columnsOf(scan, cells(text, open + 1, open + 1 + (match[1] as string).length, ','));
  let next = at + match[0].length;
  for (let row = 0; wanted && row < most && text[next] === '('; row++) {
    const { values, end } = tuple(text, next + 1);
    report(scan, place, wanted, values);
    next = end + 1;
    while (next - end < 12 && /[\s,]/.test(text[next] ?? '')) next++;
  }
  scan.seen.set('insert', next);
}

/** Rows without names: a text that only a password looks like, one of each row. */
function findUnnamed(scan: Scan, place: Place, at: number): void {
  const { text } = scan;
  unnamed.lastIndex = at;
  if (!unnamed.test(text)) return;
  let next = unnamed.lastIndex;
  for (let row = 0; row < most && text[next] === '('; row++) {
    const { values, end } = tuple(text, next + 1);
    const cell = values.find(
      ({ start, end: stop }) => text[start - 1] === "'" && isLikePassword(text.slice(start, stop)),
    );
    if (cell) report(scan, place, [{ column: 0, kind: 'password' }], [cell]);
    next = end + 1;
    while (next - end < 12 && /[\s,]/.test(text[next] ?? '')) next++;
  }
  scan.seen.set('insert', next);
}

/** Letters and digits, and among them signs or letters that belong to no word; not a mail address, a date, a sum, a number. */
function isLikePassword(value: string): boolean {
  return (
    /^[\w!#$%&*+?^~@-]{8,32}$/.test(value) &&
    /[a-z]/i.test(value) &&
    /\d/.test(value) &&
    !/^[0-9a-f-]+$|^\d{4}-\d\d|@[\w-]+\.|^\w+-\d+$/i.test(value) &&
    (/[!#$%&*+?^~@]/.test(value) || (/[a-z]/.test(value) && wordiness(value) < -0.4))
  );
}

/** The values between two brackets: texts, numbers, names; a call among them counts as one. `end` is the closing bracket. */
function tuple(text: string, from: number): { values: Cell[]; end: number } {
  const values: Cell[] = [];
  const limit = Math.min(text.length, from + 8000);
  let depth = 0;
  let cell: Cell = { start: from, end: from };
  let at = from;
  for (; at < limit; at++) {
    const sign = text[at] as string;
    if (sign === "'" || sign === '"') {
      const close = closingQuote(text, at, limit);
      if (depth === 0) cell = { start: at + 1, end: close };
      at = close;
    } else if (sign === '(') depth++;
    else if (sign === ')' && depth-- === 0) break;
    else if (sign === ',' && depth === 0) {
      values.push(cell);
      cell = { start: at + 1, end: at + 1 };
    }
  }
  values.push(cell);
  return { values, end: at };
}

function closingQuote(text: string, open: number, limit: number): number {
  const quote = text[open];
  for (let at = open + 1; at < limit; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at;
      at++;
    }
  }
  return limit;
}

type Wanted = readonly { column: number; kind: KeyKind }[] | 'pairs';

/** Which columns hold a secret by their names; `pairs` where each row is a name and its value. */
function columnsOf(scan: Scan, header: readonly Cell[]): Wanted | undefined {
  const names = header.map(({ start, end }) => scan.text.slice(start, Math.min(end, start + 60)));
  const wanted = names.flatMap((name, column) => {
    const kind = name.length < 48 && /[a-z]/i.test(name) ? kindOfIdentifier(name.replace(/[`*]/g, '')) : undefined;
    return kind === undefined || kind === 'maybe' ? [] : [{ column, kind }];
  });
  if (wanted.length > 0) return wanted;
  const [first = '', second = ''] = names.filter((name) => name !== '');
  return /^(?:key|name|variable|setting|option|param(?:eter)?|field|env)s?$/i.test(first) && /^value$/i.test(second)
    ? 'pairs'
    : undefined;
}

/** Reports the secrets of a row; answers how many. */
function report(scan: Scan, place: Place, wanted: Wanted, row: readonly Cell[]): number {
  const { text } = scan;
  let found = 0;
  const full = row.filter(({ start, end }) => end > start);
  const [name, cell] = full;
  const pairs =
    wanted !== 'pairs'
      ? wanted.map(({ column, kind }) => ({ cell: row[column], kind }))
      : [{ cell, kind: name && kindOfIdentifier(text.slice(name.start, Math.min(name.end, name.start + 60))) }];
  for (const { cell: at, kind } of pairs) {
    if (at === undefined || kind === undefined || at.end - at.start < 4 || at.end - at.start > 400) continue;
    const value = text.slice(at.start, at.end);
    // In a table an id has a column of its own, and a word is a label.
    if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value)) continue;
    const score = scoreValue(value, kind, { quoted: true, config: !place.test });
    if (!score) continue;
    found++;
    pushGeneric(scan, place, {
      rule: score.password ? 'generic-password' : 'generic-secret',
      title: score.password ? 'Password in a table' : 'Secret in a table',
      start: at.start,
      end: at.end,
      value,
      confidence: score.confidence,
    });
  }
  return found;
}

/** The cells of one line. A quoted cell may hold the divider, and two quotes for one. */
function cells(text: string, from: number, to: number, divider: string): Cell[] {
  const found: Cell[] = [];
  for (let at = from; at <= to; ) {
    while (at < to && text[at] === ' ') at++;
    const quoted = text[at] === '"' || (text[at] === '`' && divider === '|');
    const cell = quoted ? quotedCell(text, at, to) : undefined;
    let end = cell?.end ?? at;
    while (end < to && text[end] !== divider) end++;
    found.push(cell ?? trimmedCell(text, at, end));
    at = end + 1;
  }
  return found;
}

/** What stands between the quote at `at` and the one that closes it; a doubled one is a part of it. */
function quotedCell(text: string, at: number, to: number): Cell {
  const quote = text[at];
  let end = at + 1;
  while (end < to && (text[end] !== quote || text[end + 1] === quote)) end += text[end] === quote ? 2 : 1;
  return { start: at + 1, end: Math.min(end, to) };
}

/** Without the space and the stars around it. */
function trimmedCell(text: string, from: number, to: number): Cell {
  let [start, end] = [from, to];
  while (end > start && /[\s*]/.test(text[end - 1] as string)) end--;
  while (start < end && text[start] === '*') start++;
  return { start, end };
}
