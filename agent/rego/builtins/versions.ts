/** `semver.*` (https://semver.org, 2.0.0; a leading `v` is allowed) and `units.*`. */
import { multiply, truncate } from '../values/arithmetic.ts';
import { numberFromBigInt, numberFromText, type RegoNumber } from '../values/number.ts';
import { goQuote, type Value } from '../values/value.ts';
import { BuiltinFailure, type BuiltinTable, stringArg } from './types.ts';

interface Version {
  core: [bigint, bigint, bigint];
  pre: string[];
}

const SEMVER =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Go keeps the parts in 64 bits. */
const MAX_PART = 0x7fffffffffffffffn;

function parseVersion(text: string): Version | undefined {
  const m = text.length > 1000 ? null : SEMVER.exec(text);
  if (m === null || [m[1], m[2], m[3]].some((part) => BigInt(part as string) > MAX_PART)) return undefined;
  return {
    core: [BigInt(m[1] as string), BigInt(m[2] as string), BigInt(m[3] as string)],
    pre: m[4]?.split('.') ?? [],
  };
}

function versionArg(args: readonly Value[], index: number): Version {
  const text = stringArg(args, index);
  const version = parseVersion(text);
  if (version === undefined)
    throw new BuiltinFailure(`operand ${index + 1}: string ${goQuote(text)} is not a valid SemVer`);
  return version;
}

function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < 3; i++) {
    const x = a.core[i] as bigint;
    const y = b.core[i] as bigint;
    if (x !== y) return x < y ? -1 : 1;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return Math.sign(b.pre.length - a.pre.length);
  for (let i = 0; i < Math.min(a.pre.length, b.pre.length); i++) {
    const order = comparePre(a.pre[i] as string, b.pre[i] as string);
    if (order !== 0) return order;
  }
  return Math.sign(a.pre.length - b.pre.length);
}

function comparePre(a: string, b: string): number {
  const numberA = /^\d+$/.test(a);
  const numberB = /^\d+$/.test(b);
  if (numberA && numberB) return BigInt(a) === BigInt(b) ? 0 : BigInt(a) < BigInt(b) ? -1 : 1;
  if (numberA !== numberB) return numberA ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

const DECIMAL: Record<string, bigint> = { k: 3n, m: 6n, g: 9n, t: 12n, p: 15n, e: 18n };
const BINARY: Record<string, bigint> = { ki: 10n, mi: 20n, gi: 30n, ti: 40n, pi: 50n, ei: 60n };

interface Amount {
  amount: RegoNumber;
  top: bigint;
  bottom: bigint;
  unit: string;
}

/** OPA draws the line higher than this, but nobody means such amounts, and they take room. */
const MAX_POWER = 10_000;

/** A number, also as a fraction of integers, and the letters after it. */
function split(
  name: string,
  text: string,
  nothing: string,
  unreadable: string,
  checkUnit: (unit: string) => void,
): Amount {
  const clean = text.replaceAll('"', '');
  if (clean === '') throw new BuiltinFailure(`${name}: ${nothing}`);
  if (clean.includes(' ')) throw new BuiltinFailure(`${name}: spaces not allowed in resource strings`);
  const end = amountEnd(clean);
  const [amount, unit] = [clean.slice(0, end), clean.slice(end)];
  if (amount === '') throw new BuiltinFailure(`${name}: ${nothing}`);
  checkUnit(unit);
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(amount);
  const power = Math.abs(Number(parts?.[4] ?? '0'));
  if (parts !== null && power > MAX_POWER) throw new BuiltinFailure(`${name}: exponent too large`);
  if (parts === null || `${parts[2]}${parts[3]}` === '') throw new BuiltinFailure(`${name}: ${unreadable}`);
  const digits = BigInt(`${parts[2]}${parts[3]}`) * (parts[1] === '-' ? -1n : 1n);
  const exponent = Number(parts[4] ?? '0') - (parts[3] as string).length;
  const top = exponent > 0 ? digits * 10n ** BigInt(exponent) : digits;
  const number = numberFromText(`${digits}e${exponent}`);
  return { amount: number, top, bottom: exponent < 0 ? 10n ** BigInt(-exponent) : 1n, unit };
}

/** Where the unit begins: signs count as part of the number wherever they stand, as in OPA. */
function amountEnd(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at);
    if (/[\d.+-]/.test(c)) continue;
    if (!/[eE]/.test(c) || !/[\d+-]/.test(text.charAt(at + 1))) return at;
    if (/[+-]/.test(text.charAt(at + 1))) at++;
  }
  return text.length;
}

/** `m` is milli and `M` mega; all other units are the same in both cases. */
function parseUnits(args: readonly Value[]): Value {
  const text = stringArg(args, 0);
  const { unit, ...parts } = split(
    'units.parse',
    text,
    'no amount provided',
    'could not parse amount to a number',
    (unit) => {
      const lower = unit.toLowerCase();
      if (unit === '' || DECIMAL[lower] !== undefined || BINARY[lower] !== undefined) return;
      throw new BuiltinFailure(`units.parse: unit ${shownUnit(unit)} not recognized`);
    },
  );
  let { top, bottom } = parts;
  const lower = unit.toLowerCase();
  if (unit === 'm') {
    // OPA multiplies by the float 0.001, which is a little more than a thousandth.
    top *= 4_611_686_018_427_388n;
    bottom <<= 62n;
  }
  if (unit !== 'm' && DECIMAL[lower] !== undefined) top *= 10n ** DECIMAL[lower];
  else if (BINARY[lower] !== undefined) top <<= BINARY[lower];
  return numberFromText(top % bottom === 0n ? (top / bottom).toString() : decimals(top, bottom, 10n));
}

/** OPA keeps the case of the first byte, which cuts a character of several bytes. */
function shownUnit(unit: string): string {
  const [first = ''] = unit;
  const rest = unit.slice(first.length).toLowerCase();
  return first > '\u007f' ? '\ufffd'.repeat(Buffer.byteLength(first)) + rest : first + rest;
}

/** A fraction with a fixed number of decimals, halves away from zero, as Go's `Rat.FloatString`. */
function decimals(top: bigint, bottom: bigint, places: bigint): string {
  const negative = top < 0n;
  const scaled = ((negative ? -top : top) * 10n ** places * 2n + bottom) / (bottom * 2n);
  const text = scaled.toString().padStart(Number(places) + 1, '0');
  return `${negative ? '-' : ''}${text.slice(0, -Number(places))}.${text.slice(-Number(places))}`;
}

/** Bytes are whole: what is left of a fraction is cut off. The arithmetic is that of floats, as in OPA. */
function parseBytes(args: readonly Value[]): Value {
  const given = stringArg(args, 0).toLowerCase();
  let factor = 1n;
  const parts = split(
    'units.parse_bytes',
    given,
    'no byte amount provided',
    'could not parse byte amount to a number',
    (whole) => {
      const unit = whole.length > 1 && whole.endsWith('b') ? whole.slice(0, -1) : whole;
      factor =
        DECIMAL[unit] !== undefined ? 10n ** DECIMAL[unit] : BINARY[unit] !== undefined ? 1n << BINARY[unit] : 1n;
      if (factor === 1n && unit !== '')
        throw new BuiltinFailure(`units.parse_bytes: byte unit ${whole} not recognized`);
    },
  );
  return numberFromBigInt(truncate(multiply(parts.amount, numberFromBigInt(factor)) ?? 0) ?? 0n);
}

export const versions: BuiltinTable = {
  'semver.compare': {
    args: ['string', 'string'],
    result: 'number',
    run: (args) => {
      for (const index of [0, 1]) stringArg(args, index);
      return compareVersions(versionArg(args, 0), versionArg(args, 1));
    },
  },
  'semver.is_valid': {
    args: ['any'],
    result: 'boolean',
    run: ([v]) => typeof v === 'string' && parseVersion(v) !== undefined,
  },
  'units.parse': { args: ['string'], result: 'number', run: parseUnits },
  'units.parse_bytes': { args: ['string'], result: 'number', run: parseBytes },
};
