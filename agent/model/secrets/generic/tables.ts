import type { Scan } from '../types.ts';
import { pushGeneric } from './find.ts';
import type { Place } from './place.ts';
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

/** Up to the rows of an INSERT with the names of its columns. */
const insert =
  /\s{1,8}[\w.$"'`[\]]{1,120}\s{0,8}\(([^()]{1,2000})\)\s{0,20}(?:overriding \w{1,10} value\s{1,4})?(?:values|value)\s{0,20}(?=\()/iy;

/** The rows of an SQL INSERT. `at` is the offset behind `INSERT INTO`; no character is read by two statements. */
export function findInInsert(scan: Scan, place: Place, at: number): void {
  const { text } = scan;
  if (at < (scan.seen.get('insert') ?? 0)) return;
  insert.lastIndex = at;
  const match = insert.exec(text);
  if (!match) return;
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
    let end = at;
    if (text[at] === '"' || (text[at] === '`' && divider === '|')) {
      const quote = text[at];
      end = at + 1;
      while (end < to && (text[end] !== quote || text[end + 1] === quote)) end += text[end] === quote ? 2 : 1;
      found.push({ start: at + 1, end: Math.min(end, to) });
      while (end < to && text[end] !== divider) end++;
    } else {
      while (end < to && text[end] !== divider) end++;
      let last = end;
      while (last > at && /[\s*]/.test(text[last - 1] as string)) last--;
      while (at < last && text[at] === '*') at++;
      found.push({ start: at, end: last });
    }
    at = end + 1;
  }
  return found;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
