/**
 * Arithmetic as Go's `math/big` does it for OPA: integers exactly, everything else as binary floats with a mantissa of
 * 64 bits, printed with the fewest digits that name the same float. So `0.1 + 0.2` is `0.3` and `1 / 3` has 20 digits.
 */
import {
  BigNum,
  type Decimal,
  decimalOf,
  MAX_EXPONENT,
  numberFromBigInt,
  numberFromText,
  numberText,
  type RegoNumber,
  toBigInt,
} from './number.ts';

/** `mantissa × 2^exponent`, mantissa of at most 64 bits with its sign. */
interface Float {
  mantissa: bigint;
  exponent: number;
  /** Zero has a sign of its own. */
  minusZero?: boolean;
}

export function add(a: RegoNumber, b: RegoNumber): RegoNumber | undefined {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const ints = bothIntegers(a, b);
  if (ints !== undefined) return numberFromBigInt(ints[0] + ints[1]);
  const floats = bothFloats(a, b);
  if (floats === undefined) return undefined;
  return fromFloat(addFloats(floats[0], floats[1]));
}

export function subtract(a: RegoNumber, b: RegoNumber): RegoNumber | undefined {
  return add(a, negate(b));
}

export function multiply(a: RegoNumber, b: RegoNumber): RegoNumber | undefined {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) && Number.isInteger(b)) {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  const ints = bothIntegers(a, b);
  if (ints !== undefined) return numberFromBigInt(ints[0] * ints[1]);
  const floats = bothFloats(a, b);
  if (floats === undefined) return undefined;
  const [x, y] = floats;
  const product = normalize(x.mantissa * y.mantissa, 1n, x.exponent + y.exponent);
  return fromFloat({ ...product, minusZero: isNegative(x) !== isNegative(y) });
}

/** The caller has checked that `b` is not zero. */
export function divide(a: RegoNumber, b: RegoNumber): RegoNumber | undefined {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    if (a % b === 0 && a !== 0) return a / b;
  }
  const floats = bothFloats(a, b);
  if (floats === undefined) return undefined;
  const [x, y] = floats;
  const quotient = normalize(x.mantissa, y.mantissa, x.exponent - y.exponent);
  return fromFloat({ ...quotient, minusZero: isNegative(x) !== isNegative(y) });
}

function isNegative(f: Float): boolean {
  return f.mantissa < 0n || f.minusZero === true;
}

export function negate(n: RegoNumber): RegoNumber {
  if (typeof n === 'number') return n === 0 ? 0 : -n;
  return numberFromText(n.text.startsWith('-') ? n.text.slice(1) : `-${n.text}`);
}

export function isZero(n: RegoNumber): boolean {
  return typeof n === 'number' ? n === 0 : n.decimal.digits === 0n;
}

/** The same value written as arithmetic would write it: `1.0` becomes `1`. */
export function canonical(n: RegoNumber): RegoNumber | undefined {
  if (typeof n === 'number' && Number.isSafeInteger(n)) return n;
  const float = toFloat(n);
  return float === undefined ? undefined : fromFloat(float);
}

/** Rounds to an integer: `round` half away from zero, `ceil` up, `floor` down. */
export function roundNumber(n: RegoNumber, mode: 'round' | 'ceil' | 'floor'): RegoNumber | undefined {
  if (typeof n === 'number' && Number.isInteger(n) && Math.abs(n) < 1e21) return n;
  const whole = truncate(n);
  if (whole === undefined) return decimalOf(n).exponent > 0 ? undefined : 0;
  const d = decimalOf(n);
  // From 2^63 on a float has no fraction.
  const isWhole = d.exponent >= 0 || d.exponent < -MAX_EXPONENT || bitLength(whole < 0n ? -whole : whole) >= 64;
  return numberFromBigInt(isWhole ? whole : roundDecimal(d, mode));
}

/** What is left of a number without its fraction, after it has been rounded to a float; undefined when it is too large. */
export function truncate(n: RegoNumber): bigint | undefined {
  const float = toFloat(n);
  if (float === undefined) return undefined;
  const { mantissa, exponent } = float;
  return exponent >= 0 ? mantissa << BigInt(exponent) : mantissa / (1n << BigInt(-exponent));
}

/** The product of a list: exact for integers, else with the 53 bits of the double in which Go keeps it. */
export function productOf(list: readonly RegoNumber[]): RegoNumber | undefined {
  const whole = list.map(toBigInt);
  if (whole.every((n) => n !== undefined)) return numberFromBigInt(whole.reduce((a: bigint, b) => a * b, 1n));
  let product: Float = { mantissa: 1n, exponent: 0 };
  for (const n of list) {
    const float = toFloat(n);
    if (float === undefined) return undefined;
    const minusZero = isNegative(product) !== isNegative(float);
    product = { ...normalize(product.mantissa * float.mantissa, 1n, product.exponent + float.exponent, 53), minusZero };
  }
  return fromFloat(product);
}

function roundDecimal(d: Decimal, mode: 'round' | 'ceil' | 'floor'): bigint {
  const unit = 10n ** BigInt(-d.exponent);
  const size = d.digits < 0n ? -d.digits : d.digits;
  const below = size / unit;
  const rest = size % unit;
  const negative = d.digits < 0n;
  if (mode === 'round') {
    const up = rest * 2n >= unit ? below + 1n : below;
    return negative ? -up : up;
  }
  // Between zero and minus one OPA forgets the sign.
  if (below === 0n && negative) return mode === 'ceil' && rest > 0n ? 1n : 0n;
  const away = rest > 0n && (mode === 'ceil') !== negative;
  const rounded = away ? below + 1n : below;
  return negative ? -rounded : rounded;
}

function bothIntegers(a: RegoNumber, b: RegoNumber): [bigint, bigint] | undefined {
  const x = toBigInt(a);
  const y = x === undefined ? undefined : toBigInt(b);
  return x === undefined || y === undefined ? undefined : [x, y];
}

function bothFloats(a: RegoNumber, b: RegoNumber): [Float, Float] | undefined {
  const x = toFloat(a);
  const y = toFloat(b);
  return x === undefined || y === undefined ? undefined : [x, y];
}

function toFloat(n: RegoNumber): Float | undefined {
  const d = decimalOf(n);
  if (Math.abs(d.exponent) > MAX_EXPONENT) return undefined;
  if (d.digits === 0n) return { mantissa: 0n, exponent: 0, minusZero: numberText(n).startsWith('-') };
  const power = 10n ** BigInt(Math.abs(d.exponent));
  return d.exponent >= 0 ? normalize(d.digits * power, 1n, 0) : normalize(d.digits, power, 0);
}

function bitLength(n: bigint): number {
  return n === 0n ? 0 : n.toString(16).length * 4 - (Math.clz32(Number.parseInt(n.toString(16)[0] ?? '0', 16)) - 28);
}

/** Rounds `numerator / denominator × 2^shift` to so many bits, halves to even. */
function normalize(numerator: bigint, denominator: bigint, shift: number, bits = 64): Float {
  const negative = numerator < 0n !== denominator < 0n;
  let top = numerator < 0n ? -numerator : numerator;
  let bottom = denominator < 0n ? -denominator : denominator;
  if (top === 0n) return { mantissa: 0n, exponent: 0 };
  let exponent = shift;
  const scale = bits - (bitLength(top) - bitLength(bottom));
  if (scale > 0) top <<= BigInt(scale);
  else bottom <<= BigInt(-scale);
  exponent -= scale;
  let quotient = top / bottom;
  let rest = top % bottom;
  if (bitLength(quotient) > bits) {
    // One bit too many: drop it, and remember it in the rest so that halves are still told apart.
    rest = (quotient & 1n) * bottom + rest;
    bottom *= 2n;
    quotient >>= 1n;
    exponent += 1;
  }
  const twice = rest * 2n;
  if (twice > bottom || (twice === bottom && (quotient & 1n) === 1n)) quotient += 1n;
  return { mantissa: negative ? -quotient : quotient, exponent };
}

function addFloats(a: Float, b: Float): Float {
  if (a.mantissa === 0n && b.mantissa === 0n)
    return { mantissa: 0n, exponent: 0, minusZero: isNegative(a) && isNegative(b) };
  const low = Math.min(a.exponent, b.exponent);
  const sum = (a.mantissa << BigInt(a.exponent - low)) + (b.mantissa << BigInt(b.exponent - low));
  return normalize(sum, 1n, low);
}

/** Shortest decimal digits that round to this float again, after the algorithm of Go's `big.Float.Text`. */
function fromFloat(f: Float): RegoNumber {
  if (f.mantissa === 0n) return f.minusZero === true ? new BigNum('-0') : 0;
  const negative = f.mantissa < 0n;
  const mantissa = negative ? -f.mantissa : f.mantissa;
  const inclusive = (mantissa & 1n) === 0n;
  const binary = f.exponent - 1;
  const fractionDigits = binary < 0 ? -binary : 0;
  const scale = binary < 0 ? 5n ** BigInt(fractionDigits) : 1n << BigInt(binary);
  const value = mantissa * 2n * scale;
  const lower = (mantissa * 2n - 1n) * scale;
  const upper = (mantissa * 2n + 1n) * scale;
  const length = value.toString().length;
  let chosen = value;
  for (let n = 1; n < length; n++) {
    const unit = 10n ** BigInt(length - n);
    const down = value - (value % unit);
    const up = down + unit;
    const downFits = inclusive ? down >= lower : down > lower;
    const upFits = inclusive ? up <= upper : up < upper;
    if (!downFits && !upFits) continue;
    if (downFits && upFits) {
      const rest = (value - down) * 2n;
      const even = (down / unit) % 2n === 0n;
      chosen = rest < unit || (rest === unit && even) ? down : up;
    } else chosen = downFits ? down : up;
    break;
  }
  return numberFromText(formatGo(chosen.toString(), fractionDigits, negative));
}

/** Writes `digits × 10^-fraction` as Go's `%g` does, or in full when it is an integer. */
function formatGo(digits: string, fraction: number, negative: boolean): string {
  const sign = negative ? '-' : '';
  const point = digits.length - fraction;
  const trimmed = digits.replace(/0+$/, '');
  if (point >= trimmed.length) return sign + trimmed.padEnd(point, '0');
  const exponent = point - 1;
  if (exponent < -4 || exponent >= 6) {
    const mantissa = trimmed.length > 1 ? `${trimmed[0]}.${trimmed.slice(1)}` : trimmed;
    const size = Math.abs(exponent).toString().padStart(2, '0');
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${trimmed}`;
  return `${sign}${trimmed.slice(0, point)}.${trimmed.slice(point)}`;
}

/** A number from a double, as Go writes doubles in JSON. */
export function numberFromDouble(n: number): RegoNumber {
  if (Number.isSafeInteger(n)) return n + 0;
  if (Number.isInteger(n)) return numberFromBigInt(BigInt(n));
  return canonical(n) ?? new BigNum(String(n));
}
