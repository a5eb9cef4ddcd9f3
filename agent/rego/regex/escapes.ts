/** What may stand behind a backslash (https://github.com/google/re2/wiki/Syntax), with Go's words for what may not. */
import { CONTROL, LAST, negate, PERL, type Ranges } from './classes.ts';
import { PatternError } from './error.ts';
import { foldClass, unicodeRanges } from './unicode.ts';

export interface ClassEscape {
  ranges: Ranges;
  /** Where reading goes on. */
  end: number;
}

/**
 * `\d`, `\pL` and the like at `start`, where the backslash stands; undefined for an escaped character. Of a class of
 * Unicode the other case of its letters belongs to it where case does not count. Throws `PatternError`.
 */
export function classEscape(source: string, start: number, anyCase: boolean): ClassEscape | undefined {
  const c = source.charAt(start + 1);
  const perl = 'dsw'.includes(c.toLowerCase()) ? PERL[c.toLowerCase()] : undefined;
  if (perl !== undefined) return { ranges: c === c.toLowerCase() ? perl : negate(perl), end: start + 2 };
  if (c !== 'p' && c !== 'P') return undefined;
  const braced = source[start + 2] === '{';
  const close = source.indexOf('}', start);
  if (braced && close < 0) throw new PatternError('invalid character class range', source.slice(start));
  const single = source.codePointAt(start + 2);
  const end = braced ? close + 1 : start + 2 + (single === undefined ? 0 : String.fromCodePoint(single).length);
  const written = braced ? source.slice(start + 3, close) : source.slice(start + 2, end);
  const inverted = written.startsWith('^');
  const ranges = unicodeRanges(inverted ? written.slice(1) : written);
  if (ranges === undefined) throw new PatternError('invalid character class range', source.slice(start, end));
  const known = anyCase ? foldClass(ranges) : ranges;
  return { ranges: (c === 'P') !== inverted ? negate(known) : known, end };
}

/** The character that is escaped at `start`, where the backslash stands. Throws `PatternError` at what is none. */
export function codeEscape(source: string, start: number): { code: number; end: number } {
  const code = source.codePointAt(start + 1);
  if (code === undefined) throw new PatternError('trailing backslash at end of expression', '');
  const char = String.fromCodePoint(code);
  const next = start + 1 + char.length;
  if (char === 'x') return hexEscape(source, start);
  OCTAL.lastIndex = start + 1;
  const octal = OCTAL.exec(source);
  if (octal !== null) return { code: Number.parseInt(octal[0], 8), end: OCTAL.lastIndex };
  const control = CONTROL[char];
  if (control === undefined && (/[A-Za-z0-9]/.test(char) || code >= 0x80)) throw invalid(source, start, next);
  return { code: control ?? code, end: next };
}

const OCTAL = /0[0-7]{0,2}|[1-7][0-7]{1,2}/y;
const HEX = /^[0-9A-Fa-f]$/;

/** `\x7F` or `\x{10FFFF}`. What Go shows of a wrong one ends with the character at which it saw that. */
function hexEscape(source: string, start: number): { code: number; end: number } {
  const after = (at: number): number => {
    const code = source.codePointAt(at);
    return code === undefined ? at : at + String.fromCodePoint(code).length;
  };
  if (source[start + 2] !== '{') {
    const middle = after(start + 2);
    const end = after(middle);
    const digits = source.slice(start + 2, end);
    if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw invalid(source, start, end);
    return { code: Number.parseInt(digits, 16), end };
  }
  let code = 0;
  let at = start + 3;
  for (; HEX.test(source.charAt(at)); at++) {
    code = code * 16 + Number.parseInt(source.charAt(at), 16);
    if (code > LAST) throw invalid(source, start, at + 1);
  }
  if (source[at] !== '}' || at === start + 3) throw invalid(source, start, after(at));
  return { code, end: at + 1 };
}

function invalid(source: string, start: number, end: number): PatternError {
  return new PatternError('invalid escape sequence', source.slice(start, end));
}
