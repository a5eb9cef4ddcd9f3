/** Scalars of YAML: blocks, quoted texts and plain ones. */
import { type Cursor, type Mark, YamlError } from './cursor.ts';

/** A block behind `|` (`literal`) or `>`, within an indent. */
export function scanBlock(c: Cursor, literal: boolean, around: number): string {
  const start = c.mark;
  c.skip();
  const { chomp, increment } = blockHeader(c, start);
  c.blanks();
  if (c.char() === '#') while (!c.isBreakEnd()) c.skip();
  if (!c.isBreakEnd()) throw YamlError.scanning('did not find expected comment or line break', c.mark, start);
  if (c.isBreak()) c.readLine();
  let indent = increment === 0 ? 0 : Math.max(0, around) + increment;
  const breaks = (): string => {
    const found = blockBreaks(c, indent, around, start);
    indent = found.indent;
    return found.breaks;
  };
  let text = '';
  let leading = '';
  let trailing = breaks();
  let leadingBlank = false;
  while (c.mark.column === indent && c.char() !== '') {
    const blank = c.isBlank();
    const folds = !literal && !leadingBlank && !blank && leading === '\n';
    if (!folds) text += leading;
    else if (trailing === '') text += ' ';
    text += trailing;
    leadingBlank = blank;
    while (!c.isBreakEnd()) text += c.read();
    leading = c.readLine();
    trailing = breaks();
  }
  if (chomp !== '-') text += leading;
  return chomp === '+' ? text + trailing : text;
}

function blockHeader(c: Cursor, start: Mark): { chomp: string; increment: number } {
  let chomp = '';
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const char = c.char();
    if (chomp === '' && (char === '+' || char === '-')) chomp = c.read();
    else if (increment === 0 && /[0-9]/.test(char)) {
      if (char === '0') throw YamlError.scanning('found an indentation indicator equal to 0', c.mark, start);
      increment = Number(c.read());
    } else break;
  }
  return { chomp, increment };
}

/** Empty lines; an indent that is not known yet is that of the deepest of them. */
function blockBreaks(c: Cursor, known: number, around: number, start: Mark): { breaks: string; indent: number } {
  let breaks = '';
  let deepest = 0;
  for (;;) {
    while ((known === 0 || c.mark.column < known) && c.char() === ' ') c.skip();
    deepest = Math.max(deepest, c.mark.column);
    if ((known === 0 || c.mark.column < known) && c.char() === '\t')
      throw YamlError.scanning('found a tab character where an indentation space is expected', c.mark, start);
    if (!c.isBreak()) break;
    breaks += c.readLine();
  }
  return { breaks, indent: known === 0 ? Math.max(deepest, around + 1, 1) : known };
}

const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_SIZES: Record<string, number> = { x: 2, u: 4, U: 8 };

/** Blanks and breaks between words, which are folded. */
class Gap {
  #spaces = '';
  #leading = '';
  #trailing = '';
  isLine = false;

  /** Reads them; `inLine` is asked before each blank at the beginning of a line. */
  read(c: Cursor, inLine?: () => void): void {
    while (c.isBlank() || c.isBreak()) {
      if (c.isBlank()) {
        if (this.isLine) inLine?.();
        if (this.isLine) c.skip();
        else this.#spaces += c.read();
      } else if (this.isLine) this.#trailing += c.readLine();
      else {
        this.#spaces = '';
        this.#leading = c.readLine();
        this.isLine = true;
      }
    }
  }

  /** What stands for the gap, which is empty from then on. */
  take(): string {
    const text = !this.isLine
      ? this.#spaces
      : this.#leading === '\n'
        ? this.#trailing || ' '
        : this.#leading + this.#trailing;
    this.#spaces = '';
    this.#leading = '';
    this.#trailing = '';
    this.isLine = false;
    return text;
  }
}

export function scanQuoted(c: Cursor, single: boolean): string {
  const start = c.mark;
  const quote = c.read();
  let text = '';
  for (;;) {
    if (c.mark.column === 0 && c.atDocumentMark())
      throw YamlError.scanning('found unexpected document indicator', c.mark, start);
    if (c.char() === '') throw YamlError.scanning('found unexpected end of stream', c.mark, start);
    const gap = new Gap();
    while (!c.isBlankEnd() && !gap.isLine) {
      if (single && c.startsWith("''")) {
        text += "'";
        c.skip(2);
      } else if (c.char() === quote) break;
      else if (!single && c.char() === '\\' && c.isBreak(1)) {
        c.skip();
        c.readLine();
        gap.isLine = true;
      } else if (!single && c.char() === '\\') text += readEscape(c, start);
      else text += c.read();
    }
    if (!gap.isLine && c.char() === quote) break;
    gap.read(c);
    text += gap.take();
  }
  c.skip();
  return text;
}

function readEscape(c: Cursor, start: Mark): string {
  const letter = c.char(1);
  const size = HEX_SIZES[letter];
  if (size === undefined) {
    const known = ESCAPES[letter];
    if (known === undefined || letter === '') throw YamlError.scanning('found unknown escape character', c.mark, start);
    c.skip(2);
    return known;
  }
  c.skip(2);
  let digits = '';
  for (let i = 0; i < size; i++) digits += c.char(i);
  if (!new RegExp(`^[0-9a-fA-F]{${size}}$`).test(digits))
    throw YamlError.scanning('did not find expected hexdecimal number', c.mark, start);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    throw YamlError.scanning('found invalid Unicode character escape code', c.mark, start);
  c.skip(size);
  return String.fromCodePoint(code);
}

/** A text without quotes, and whether breaks follow it. */
export function scanPlain(c: Cursor, inFlow: boolean, around: number): { text: string; endsLine: boolean } {
  const start = c.mark;
  const indent = around + 1;
  const gap = new Gap();
  let text = '';
  for (;;) {
    if ((c.mark.column === 0 && c.atDocumentMark()) || c.char() === '#') break;
    while (!c.isBlankEnd()) {
      if ((c.char() === ':' && c.isBlankEnd(1)) || (inFlow && /[,?[\]{}]/.test(c.char()))) break;
      text += gap.take() + c.read();
    }
    if (!c.isBlank() && !c.isBreak()) break;
    gap.read(c, () => {
      if (c.mark.column < indent && c.char() === '\t')
        throw YamlError.scanning('found a tab character that violates indentation', c.mark, start);
    });
    if (!inFlow && c.mark.column < indent) break;
  }
  return { text, endsLine: gap.isLine };
}
