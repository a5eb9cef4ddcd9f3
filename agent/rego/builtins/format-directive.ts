/** A directive of Go's `fmt` (https://pkg.go.dev/fmt), read: `%[flags][width][.precision][[operand]]verb`. */
import type { Value } from '../values/value.ts';

export interface Flags {
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
}

/** Where a format is read, and which of its operands is next. */
export interface FormatReader {
  format: string;
  args: readonly Value[];
  at: number;
  used: number;
  /** An operand was named by its number: then those left over are no mistake. */
  reordered: boolean;
}

export interface Directive {
  flags: Flags;
  /** Empty where the format ends before one. */
  verb: string;
  /** An operand was named that is not there. */
  badIndex: boolean;
  /** What Go writes before the operand about a width or precision that is none. */
  complaints: string;
}

/** A `*` beyond this is refused by Go, and digits are not read on. */
const MAX_SIZE = 1_000_000;

const FLAGS: Record<string, 'minus' | 'plus' | 'sharp' | 'space' | 'zero'> = {
  '-': 'minus',
  '+': 'plus',
  '#': 'sharp',
  ' ': 'space',
  '0': 'zero',
};

/** Reads from behind the percent sign to behind the verb. A `*` and a number in brackets move on to other operands. */
export function readDirective(r: FormatReader): Directive {
  const flags = readFlags(r);
  const directive: Directive = { flags, verb: '', badIndex: false, complaints: '' };
  readWidth(r, directive);
  readPrecision(r, directive);
  readIndex(r, directive);
  // Zeros behind a number would change it.
  if (flags.minus) flags.zero = false;
  directive.verb = r.at < r.format.length ? String.fromCodePoint(r.format.codePointAt(r.at) as number) : '';
  r.at += directive.verb.length;
  return directive;
}

function readFlags(r: FormatReader): Flags {
  const flags: Flags = {
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
  };
  for (; ; r.at++) {
    const flag = FLAGS[r.format.charAt(r.at)];
    if (flag === undefined) return flags;
    flags[flag] = true;
  }
}

function readWidth(r: FormatReader, directive: Directive): void {
  const width = readSize(r, directive);
  if (width === undefined) return;
  if (width === 'bad') {
    directive.complaints += '%!(BADWIDTH)';
    return;
  }
  if (width < 0) directive.flags.minus = true;
  directive.flags.width = Math.abs(width);
}

function readPrecision(r: FormatReader, directive: Directive): void {
  if (r.format[r.at] !== '.') return;
  r.at++;
  const precision = readSize(r, directive) ?? 0;
  if (precision === 'bad' || precision < 0) directive.complaints += '%!(BADPREC)';
  else directive.flags.precision = precision;
}

/** Digits, or `*` for an operand that holds the number. */
function readSize(r: FormatReader, directive: Directive): number | 'bad' | undefined {
  readIndex(r, directive);
  if (r.format[r.at] === '*') {
    r.at++;
    const n = r.args[r.used++];
    return typeof n === 'number' && Number.isInteger(n) && Math.abs(n) <= MAX_SIZE ? n : 'bad';
  }
  return readDigits(r);
}

/** Go stops at a number that is too large, and takes the rest of the format with it: no verb is left. */
function readDigits(r: FormatReader): number | undefined {
  const begin = r.at;
  let n = 0;
  for (; /\d/.test(r.format.charAt(r.at)); r.at++) {
    if (n > MAX_SIZE) {
      r.at = r.format.length;
      return undefined;
    }
    n = n * 10 + Number(r.format[r.at]);
  }
  return r.at > begin ? n : undefined;
}

/** `[3]`: the third operand is next. */
function readIndex(r: FormatReader, directive: Directive): void {
  if (r.format[r.at] !== '[') return;
  const close = r.format.indexOf(']', r.at);
  const n = Number(r.format.slice(r.at + 1, close));
  if (close < 0 || !Number.isInteger(n) || n < 1 || n > r.args.length) directive.badIndex = true;
  else r.used = n - 1;
  r.reordered = true;
  r.at = close < 0 ? r.at + 1 : close + 1;
}
