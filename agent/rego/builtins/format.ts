/** Go's `fmt.Sprintf` for what `sprintf` passes it: integers, floats, strings, and anything else as Rego text. */
import { isIntegerText, numberText, type RegoNumber, toBigInt, toDouble } from '../values/number.ts';
import { escapeCode, goQuote, isNumber, regoText, type Value } from '../values/value.ts';
import { type Directive, type Flags, type FormatReader, readDirective } from './format-directive.ts';

/** An operand as Go sees it. */
type Operand =
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: RegoNumber }
  | { kind: 'string'; value: string };

/** `charge` is told the size of what is made, so that a width cannot exhaust memory. */
export function formatGo(format: string, args: readonly Value[], charge: (cells: number) => void): string {
  const reader: FormatReader = { format, args, at: 0, used: 0, reordered: false };
  const out: string[] = [];
  for (let percent = format.indexOf('%'); percent >= 0; percent = format.indexOf('%', reader.at)) {
    out.push(format.slice(reader.at, percent));
    reader.at = percent + 1;
    const directive = readDirective(reader);
    const { width = 0, precision = 0 } = directive.flags;
    charge(Math.ceil(Math.max(width, precision) / 64));
    out.push(directive.complaints, answerTo(directive, reader));
  }
  out.push(format.slice(reader.at));
  if (!reader.reordered && reader.used < args.length) out.push(`%!(EXTRA ${extraOperands(reader)})`);
  return out.join('');
}

/** What stands in the text for a directive: its operand, or what is wrong with it. */
function answerTo({ verb, flags, badIndex }: Directive, reader: FormatReader): string {
  if (verb === '') return '%!(NOVERB)';
  if (verb === '%') return '%';
  if (badIndex) return `%!${verb}(BADINDEX)`;
  if (reader.used >= reader.args.length) return `%!${verb}(MISSING)`;
  return formatOperand(operandOf(reader.args[reader.used++] as Value), verb, flags);
}

/** Operands no directive took, with their types. */
function extraOperands({ args, used }: FormatReader): string {
  const extra = args.slice(used).map(operandOf);
  return extra.map((operand) => `${goType(operand)}=${plain(operand)}`).join(', ');
}

function operandOf(v: Value): Operand {
  if (isNumber(v)) {
    // What no double can hold is text.
    if (!Number.isFinite(toDouble(v)) && !isIntegerText(v)) return { kind: 'string', value: numberText(v) };
    const whole = isIntegerText(v) ? toBigInt(v) : undefined;
    return whole === undefined ? { kind: 'float', value: v } : { kind: 'int', value: whole };
  }
  return { kind: 'string', value: typeof v === 'string' ? v : regoText(v) };
}

function goType(o: Operand): string {
  if (o.kind === 'string') return 'string';
  if (o.kind === 'float') return 'float64';
  return isBig(o) ? '*big.Int' : 'int64';
}

/** Beyond what Go's `int64` holds, its `big.Int` formats the number, with verbs and words of its own. */
function isBig(o: Operand): boolean {
  return o.kind === 'int' && BigInt.asIntN(64, o.value) !== o.value;
}

function plain(o: Operand): string {
  if (o.kind === 'string') return o.value;
  if (o.kind === 'int') return o.value.toString();
  const shown = generalFloat(o.value, undefined);
  return Object.is(toDouble(o.value), -0) ? `-${shown}` : shown;
}

/** The fields of Go's `big.Int`, which a verb without a meaning shows. */
function bigFields(n: bigint): string {
  const words: bigint[] = [];
  for (let left = n < 0n ? -n : n; left > 0n; left >>= 64n) words.push(BigInt.asUintN(64, left));
  return `&{${n < 0n} [${words.join(' ')}]}`;
}

function formatOperand(o: Operand, verb: string, flags: Flags): string {
  if (verb === 'T') return pad(goType(o), flags);
  const shown = formatKnown(o, verb, flags);
  if (verb === 'w' && o.kind === 'int' && isBig(o)) return `%!w(*big.Int=${bigFields(o.value)})`;
  if (shown === undefined && isBig(o)) return `%!${verb}(big.Int=${plain(o)})`;
  return (
    shown ?? `%!${verb}(${goType(o)}=${formatDefault(o, o.kind === 'string' ? { ...flags, sharp: false } : flags)})`
  );
}

/** Undefined when the verb does not fit the operand. */
function formatKnown(o: Operand, verb: string, flags: Flags): string | undefined {
  // With %v, `+` and `#` ask for another representation, which numbers do not have.
  if (verb === 'v')
    return formatDefault(o, o.kind === 'string' ? flags : { ...flags, plus: flags.plus && isBig(o), sharp: false });
  if (o.kind === 'string') return formatString(o.value, verb, flags);
  // Go's own integers know no %s, its big ones do.
  if (isBig(o) && 'cqU'.includes(verb)) return undefined;
  if (o.kind === 'int') return formatInteger(o.value, verb === 's' && isBig(o) ? 'd' : verb, flags);
  return formatFloat(o.value, verb, flags);
}

function formatDefault(o: Operand, flags: Flags): string {
  if (o.kind === 'string')
    return flags.sharp ? pad(goQuote(o.value), flags) : (formatString(o.value, 's', flags) ?? '');
  if (o.kind === 'int') return formatInteger(o.value, 'd', { ...flags, sharp: false }) ?? '';
  return formatFloat(o.value, 'g', flags) ?? '';
}

function formatString(s: string, verb: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? s : [...s].slice(0, flags.precision).join('');
  if (verb === 's') return pad(cut, flags);
  if (verb === 'q')
    return pad(
      flags.sharp && !UNQUOTABLE.test(cut) ? `\`${cut}\`` : flags.plus ? asciiQuote(cut) : goQuote(cut),
      flags,
    );
  if (verb === 'x' || verb === 'X') {
    const bytes = [...new TextEncoder().encode(s).slice(0, flags.precision)].map((b) =>
      b.toString(16).padStart(2, '0'),
    );
    const hex = (flags.sharp && bytes.length > 0 ? '0x' : '') + bytes.join(flags.space ? ' ' : '');
    return pad(verb === 'X' ? hex.toUpperCase() : hex, flags);
  }
  return undefined;
}

/** What Go does not put between backquotes. */
const UNQUOTABLE = /[\x00-\x08\x0a-\x1f`\x7f\ufeff]/;

function asciiQuote(text: string): string {
  return goQuote(text).replace(/[^\x00-\x7f]/gu, escapeCode);
}

const BASES: Record<string, [number, string]> = {
  d: [10, ''],
  b: [2, '0b'],
  o: [8, '0'],
  O: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
};

function formatInteger(n: bigint, verb: string, flags: Flags): string | undefined {
  const base = BASES[verb];
  if (base === undefined) return formatRune(n, verb, flags);
  const negative = n < 0n;
  let digits = (negative ? -n : n).toString(base[0]);
  if (verb === 'X') digits = digits.toUpperCase();
  if (flags.precision !== undefined)
    digits = digits === '0' && flags.precision === 0 ? '' : digits.padStart(flags.precision, '0');
  const prefix = verb === 'O' || (flags.sharp && !(verb === 'o' && digits.startsWith('0'))) ? base[1] : '';
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (flags.zero && flags.width !== undefined && flags.precision === undefined) {
    digits = digits.padStart(flags.width - sign.length, '0');
  }
  return pad(sign + prefix + digits, { ...flags, zero: false });
}

function formatRune(n: bigint, verb: string, flags: Flags): string | undefined {
  const code = n >= 0n && n <= 0x10ffffn && !(n >= 0xd800n && n <= 0xdfffn) ? Number(n) : 0xfffd;
  if (verb === 'c') return pad(String.fromCodePoint(code), flags);
  if (verb === 'q') {
    const char = String.fromCodePoint(code);
    const quoted = (flags.plus ? asciiQuote(char) : goQuote(char)).slice(1, -1).replace('\\"', '"');
    return pad(char === "'" ? "'\\''" : `'${quoted}'`, flags);
  }
  if (verb === 'U') {
    const hex = BigInt.asUintN(64, n).toString(16).toUpperCase();
    const shown =
      flags.sharp && n >= 0n && n <= 0x10ffffn && isPrintable(code) ? ` '${String.fromCodePoint(code)}'` : '';
    return pad(`U+${hex.padStart(Math.max(4, flags.precision ?? 0), '0')}${shown}`, { ...flags, zero: false });
  }
  return undefined;
}

function isPrintable(code: number): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(String.fromCodePoint(code));
}

function formatFloat(n: RegoNumber, verb: string, flags: Flags): string | undefined {
  let body: string;
  const d = toDouble(n);
  const size = Math.abs(d);
  switch (verb) {
    case 'f':
    case 'F':
      body = fixed(n, flags.precision ?? 6);
      break;
    case 'e':
    case 'E':
      body = goExponent(exponential(size, flags.precision ?? 6));
      break;
    case 'g':
    case 'G':
      body = generalFloat(n, flags.precision).replace(/^-/, '');
      break;
    case 'x':
    case 'X':
    case 'b':
      body = binaryFloat(size, verb, flags.precision);
      break;
    default:
      return undefined;
  }
  if (flags.sharp && verb !== 'b') body = withPoint(body, verb, flags.precision);
  if (verb === 'E' || verb === 'G' || verb === 'X') body = body.toUpperCase();
  const sign = d < 0 || Object.is(d, -0) ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (flags.zero && flags.width !== undefined) body = body.padStart(flags.width - sign.length, '0');
  return pad(sign + body, { ...flags, zero: false });
}

/** `%x`: the mantissa in hexadecimal, with a binary exponent; `%b`: mantissa and exponent as whole numbers. */
function binaryFloat(size: number, verb: string, precision: number | undefined): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  const raw = bits.getBigUint64(0);
  let exponent = Number(raw >> 52n);
  let mantissa = raw & ((1n << 52n) - 1n);
  if (exponent === 0) exponent++;
  else mantissa |= 1n << 52n;
  const signed = (n: number): string => (n < 0 ? '-' : '+');
  if (verb === 'b') return `${mantissa}p${signed(exponent - 1075)}${Math.abs(exponent - 1075)}`;
  exponent -= 1023;
  if (mantissa === 0n) exponent = 0;
  else for (; mantissa < 1n << 52n; exponent--) mantissa <<= 1n;
  let digits = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, '0');
  let lead = mantissa >> 52n;
  if (precision === undefined) digits = digits.replace(/0+$/, '');
  else if (precision >= 13) digits = digits.padEnd(precision, '0');
  else {
    const unit = 1n << BigInt(52 - 4 * precision);
    const rest = mantissa % unit;
    let kept = mantissa / unit;
    if (rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n)) kept++;
    lead = kept >> BigInt(4 * precision);
    if (lead > 1n) {
      lead = 1n;
      exponent++;
    }
    const low = kept & ((1n << BigInt(4 * precision)) - 1n);
    digits = precision === 0 ? '' : low.toString(16).padStart(precision, '0');
  }
  const fraction = digits === '' ? '' : `.${digits}`;
  return `0x${lead}${fraction}p${signed(exponent)}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `#`: there is a decimal point, and `%g` keeps the zeros up to its precision. */
function withPoint(body: string, verb: string, precision: number | undefined): string {
  const cut = /[ep]/i.exec(body.startsWith('0x') ? body.replace(/e/gi, '0') : body)?.index ?? body.length;
  let number = body.slice(0, cut);
  let digits = 'gGx'.includes(verb) ? (precision ?? 6) : 0;
  digits -= number.replace(/^0x/, 'x').replace('.', '').replace(/^0+/, '').length;
  if (!number.includes('.')) {
    if (number === '0') digits--;
    number += '.';
  }
  return number + '0'.repeat(Math.max(0, digits)) + body.slice(cut);
}

function fixed(n: RegoNumber, precision: number): string {
  return Math.abs(toDouble(n)) < 1e21
    ? evenTie(
        Math.abs(toDouble(n)).toFixed(Math.min(100, precision)),
        Math.abs(toDouble(n)).toFixed(Math.min(100, precision + 30)),
      )
    : BigInt(Math.round(Math.abs(toDouble(n)))).toString() +
        (precision > 0 ? `.${'0'.repeat(Math.min(100, precision))}` : '');
}

function exponential(d: number, precision: number): string {
  const rounded = d.toExponential(Math.min(100, precision));
  const longer = d.toExponential(Math.min(100, precision + 30));
  const [a, b] = [rounded.indexOf('e'), longer.indexOf('e')];
  if (rounded.slice(a) !== longer.slice(b)) return rounded;
  return evenTie(rounded.slice(0, a), longer.slice(0, b)) + rounded.slice(a);
}

/** Go rounds what lies in the middle to the even digit, JavaScript up; `longer` shows the digits behind. */
function evenTie(rounded: string, longer: string): string {
  const kept = rounded.includes('.') ? longer.slice(0, rounded.length) : (longer.split('.')[0] as string);
  const behind = longer.slice(kept.length).replace('.', '');
  const isTie = /^50*$/.test(behind) && '02468'.includes(kept.at(-1) as string);
  return isTie && kept.length === rounded.length ? kept : rounded;
}

/** `%g`: shortest digits, with an exponent when it is below -4 or at least 6 (or the precision). */
function generalFloat(n: RegoNumber, precision: number | undefined): string {
  const d = toDouble(n);
  if (precision === undefined) {
    const exponent = d === 0 ? 0 : Math.floor(Math.log10(Math.abs(d)));
    if (exponent < -4 || exponent >= 6) return goExponent(d.toExponential());
    const text = String(d);
    return text.includes('e') ? decimalText(d) : text;
  }
  const digits = precision === 0 ? 1 : Math.min(100, precision);
  const exact = exponential(d, digits - 1);
  const exponent = Number(exact.slice(exact.indexOf('e') + 1));
  if (exponent < -4 || exponent >= digits) return goExponent(exact.replace(/\.?0+e/, 'e'));
  const text = d.toPrecision(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function decimalText(d: number): string {
  return d.toFixed(20).replace(/0+$/, '');
}

function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function pad(s: string, flags: Flags): string {
  if (flags.width === undefined) return s;
  const missing = flags.width - [...s].length;
  if (missing <= 0) return s;
  if (flags.minus) return s + ' '.repeat(missing);
  return (flags.zero ? '0' : ' ').repeat(missing) + s;
}
