import { lineStarts, lineText } from './document.ts';
import type { Document, Range } from './types.ts';

/** Stands for a secret wherever source is shown. Its length is fixed, so that it does not tell the secret's. */
const mask = '********';

/**
 * Replaces every range of a text by a mask; ranges may overlap, be unsorted or reach outside. Line ends inside a range
 * stay, so that line numbers still fit. This is by place, never by searching for the value: an encoded secret would
 * not be found by its plain form.
 */
export function redact(text: string, ranges: readonly Range[]): string {
  let out = '';
  let at = 0;
  for (const [start, end] of merged(text.length, ranges)) {
    out += text.slice(at, start) + maskLines(text.slice(start, end));
    at = end;
  }
  return out + text.slice(at);
}

/**
 * One line (from 1) of a document as it may be shown: what `ranges` cover in it is masked, also where a range began on
 * an earlier line.
 */
export function redactLine(document: Document, line: number, ranges: readonly Range[]): string {
  const start = lineStarts(document)[line - 1];
  if (start === undefined) return '';
  const text = lineText(document, line);
  return redact(
    text,
    ranges
      .filter(([from, to]) => from < start + text.length && to > start)
      .map(([from, to]) => [from - start, to - start]),
  );
}

function merged(length: number, ranges: readonly Range[]): [number, number][] {
  const out: [number, number][] = [];
  const sorted = ranges
    .map(([start, end]): [number, number] => [Math.max(0, start), Math.min(length, end)])
    .filter(([start, end]) => end > start)
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

function maskLines(text: string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((part, index) => (index % 2 === 1 || part === '' ? part : mask))
    .join('');
}
