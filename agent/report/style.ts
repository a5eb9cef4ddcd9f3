import { grouped } from '../model/grouped.ts';
/** Colours and signs for terminals. A sign or a word always carries the meaning; colour only repeats it. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  blue(text: string): string;
  /** Columns to fill. */
  width: number;
}

/** A style that paints only when `color` is true (a terminal, and `NO_COLOR` unset: https://no-color.org). */
export function makeStyle(options: { color: boolean; width: number }): Style {
  const paint = (open: number, close: number) => (text: string) =>
    options.color && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    green: paint(32, 39),
    blue: paint(36, 39),
    width: options.width,
  };
}

/** Breaks text at spaces into lines of at most `width` columns; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** Below this many columns what would stand in columns stands on lines of its own. */
export const narrow = 66;

/** A head of two columns, 22 wide, and text beside it; below it where the terminal is too narrow for both. */
export function besideHead(head: string, lines: readonly string[], { width }: Style): string[] {
  if (width < narrow) return [head.trimEnd(), ...lines.map((line) => `      ${line}`)];
  return lines.map((line, index) => `${index === 0 ? head : ' '.repeat(22)}${line}`);
}

/** Columns that `besideHead` leaves for the text. */
export function roomBesideHead({ width }: Style): number {
  return width < narrow ? width - 7 : width - 24;
}

/** `1 finding`, `3 findings`. */
export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(amount)} ${amount === 1 ? singular : plural}`;
}
