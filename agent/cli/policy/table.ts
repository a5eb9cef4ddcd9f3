import { displayText } from '../../model/path.ts';
import { type Answer, indented } from './exact.ts';

/**
 * The answers as `opa eval --format pretty` prints them: the value alone where there is one, otherwise a table with a
 * column for each expression that tells something and each variable.
 */
export function prettyText(answers: readonly Answer[]): string {
  const [first] = answers;
  if (first === undefined) return 'undefined\n';
  const { expressions, bindings } = first;
  const names = Object.keys(bindings).sort();
  const isBoolean = ({ value }: Answer['expressions'][number]): boolean => value === 'true' || value === 'false';
  if (answers.length === 1 && names.length === 0 && (expressions.length === 1 || expressions.every(isBoolean)))
    return `${indented(first.value)}\n`;
  // Beside variables, an expression that only holds says nothing.
  const told = expressions.flatMap((e, i) => (names.length > 0 && isBoolean(e) ? [] : [i]));
  const head = [...told.map((i) => expressions[i]?.text ?? ''), ...names];
  const rows = answers.map((a) => [
    ...told.map((i) => a.expressions[i]?.value ?? ''),
    ...names.map((name) => a.bindings[name] ?? ''),
  ]);
  return table(
    head.map(oneLine),
    rows.map((row) => row.map(oneLine)),
  );
}

/** Rows below a head, in the lines OPA draws. */
export function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => widthOf(row[i] ?? ''))));
  const rule = (left: string, between: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(between)}${right}\n`;
  const line = (cells: readonly string[], place: (cell: string, room: number) => string): string =>
    `│${cells.map((cell, i) => ` ${place(cell, (widths[i] ?? 0) - widthOf(cell))} `).join('│')}│\n`;
  const centred = (cell: string, room: number): string =>
    `${' '.repeat(Math.floor(room / 2))}${cell}${' '.repeat(Math.ceil(room / 2))}`;
  const left = (cell: string, room: number): string => cell + ' '.repeat(room);
  const body = rows.map((row) => line(row, left)).join('');
  return `${rule('┌', '┬', '┐')}${line(head, centred)}${rule('├', '┼', '┤')}${body}${rule('└', '┴', '┘')}`;
}

function oneLine(text: string): string {
  return displayText(text.replace(/\s*\n\s*/g, ' '));
}

/** Columns of a terminal: the wide letters of East Asia take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text)
    width += /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? 2 : 1;
  return width;
}
