/**
 * Numbers as Rego knows them: JSON numbers of any size, kept with their exact text.
 *
 * A JavaScript number stands for the decimal value of its shortest text, so it is used whenever that text is the one
 * that was written; everything else (long integers, `1.0`, `1e3`) is a `BigNum`.
 */

/** A number whose text is not the shortest text of a JavaScript number. */
export class BigNum {
  readonly text: string;
  #decimal: Decimal | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get decimal(): Decimal {
    this.#decimal ??= parseDecimal(this.text);
    return this.#decimal;
  }
}

export type RegoNumber = number | BigNum;

/** `digits × 10^exponent`, with no trailing zero in `digits`. */
export interface Decimal {
  digits: bigint;
  exponent: number;
}

/** Exponents beyond this are compared, but never expanded: a short text must not become gigabytes of digits. */
export const MAX_EXPONENT = 20_000;

const SHORT_INTEGER = /^-?[1-9][0-9]{0,14}$/;

/** Reads JSON number text. The text is kept when JavaScript would write the number differently. */
export function numberFromText(text: string): RegoNumber {
  if (text === '0' || SHORT_INTEGER.test(text)) return Number(text);
  const n = Number(text);
  // A long integer would be read back as the double's exact value, not as what was written.
  if (Number.isInteger(n) && !Number.isSafeInteger(n)) return new BigNum(text);
  // Go writes exponents in another way, so a number with one keeps its text.
  return String(n) === text && Number.isFinite(n) && !text.includes('e') ? n : new BigNum(text);
}

export function numberText(n: RegoNumber): string {
  if (typeof n !== 'number') return n.text;
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return String(n);
  return exponentOfGo(String(n));
}

export function numberFromBigInt(n: bigint): RegoNumber {
  if (n >= -9007199254740991n && n <= 9007199254740991n) return Number(n);
  return new BigNum(n.toString());
}

/** True when the number is written as an integer (`1`, not `1.0` or `1e0`), which is what decides integer arithmetic. */
export function isIntegerText(n: RegoNumber): boolean {
  return typeof n === 'number' ? Number.isInteger(n) && Math.abs(n) < 1e21 : /^-?[0-9]+$/.test(n.text);
}

/** The value as an integer, or undefined when it has a fraction or is too large to write out. */
export function toBigInt(n: RegoNumber): bigint | undefined {
  if (typeof n === 'number') return Number.isInteger(n) && Math.abs(n) < 1e21 ? BigInt(n) : bigIntOf(decimalOf(n));
  return bigIntOf(n.decimal);
}

/** The nearest double; used where a builtin works on doubles anyway. */
export function toDouble(n: RegoNumber): number {
  return typeof n === 'number' ? n : Number(n.text);
}

export function compareNumbers(a: RegoNumber, b: RegoNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return compareDecimals(decimalOf(a), decimalOf(b));
}

export function decimalOf(n: RegoNumber): Decimal {
  return typeof n === 'number' ? parseDecimal(String(n)) : n.decimal;
}

/** A key equal for equal numbers: the number itself when a JavaScript number has that exact value, else text. */
export function numberKey(n: RegoNumber): number | string {
  if (typeof n === 'number') return n + 0;
  const d = n.decimal;
  const near = Number(n.text);
  if (Number.isFinite(near) && compareDecimals(parseDecimal(String(near)), d) === 0) return near + 0;
  return `${d.digits}e${d.exponent}`;
}

/** Go writes exponents with two digits at least: `1e-7` becomes `1e-07`. */
export function exponentOfGo(text: string): string {
  return text.replace(/e([+-]?)(\d)$/, (_, sign: string, digit: string) => `e${sign === '' ? '+' : sign}0${digit}`);
}

function bigIntOf(d: Decimal): bigint | undefined {
  if (d.exponent < 0 || d.exponent > MAX_EXPONENT) return undefined;
  return d.digits * 10n ** BigInt(d.exponent);
}

function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return { digits: 0n, exponent: 0 };
  const fraction = match[3] ?? '';
  let written = `${match[2]}${fraction}`.replace(/^0+/, '');
  let exponent = Number(match[4] ?? '0') - fraction.length;
  const end = written.length;
  let kept = end;
  while (kept > 0 && written.charCodeAt(kept - 1) === 48) kept--;
  if (kept === 0) return { digits: 0n, exponent: 0 };
  exponent += end - kept;
  written = written.slice(0, kept);
  const digits = BigInt(written);
  return { digits: match[1] === '-' ? -digits : digits, exponent };
}

function compareDecimals(a: Decimal, b: Decimal): number {
  const signA = a.digits < 0n ? -1 : a.digits > 0n ? 1 : 0;
  const signB = b.digits < 0n ? -1 : b.digits > 0n ? 1 : 0;
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  const x = (signA < 0 ? -a.digits : a.digits).toString();
  const y = (signA < 0 ? -b.digits : b.digits).toString();
  const sizeX = x.length + a.exponent;
  const sizeY = y.length + b.exponent;
  if (sizeX !== sizeY) return sizeX < sizeY ? -signA : signA;
  const width = Math.max(x.length, y.length);
  const padX = x.padEnd(width, '0');
  const padY = y.padEnd(width, '0');
  return padX === padY ? 0 : padX < padY ? -signA : signA;
}
