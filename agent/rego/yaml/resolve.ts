/** Scalars of YAML to values: what a plain text means, and what tags say of it (yaml.v3's `resolve`). */
import { decodeBase64 } from '../builtins/encoding.ts';
import { formatTime } from '../time/layout.ts';
import { parseTime } from '../time/parse.ts';
import { civilOf } from '../time/zone.ts';
import { YamlError } from './cursor.ts';
import { FLOAT, INTEGER } from './numbers.ts';

export type Scalar = null | boolean | string | number | bigint;

const TIMESTAMPS = [
  '2006-1-2T15:4:5.999999999Z07:00',
  '2006-1-2t15:4:5.999999999Z07:00',
  '2006-1-2 15:4:5.999999999',
  '2006-1-2',
];

/** Whether yaml.v3 takes a text for a time, which it does after a look at its first characters. */
export function isTimestamp(text: string): boolean {
  return /^\d{4}-/.test(text) && TIMESTAMPS.some((layout) => typeof parseTime(layout, text) !== 'string');
}

const CORE = 'tag:yaml.org,2002:';
const RESOLVABLE = ['!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp'];

const WORDS = new Map<string, Scalar>();
for (const word of ['', '~', 'null', 'Null', 'NULL']) WORDS.set(word, null);
for (const word of ['true', 'True', 'TRUE']) WORDS.set(word, true);
for (const word of ['false', 'False', 'FALSE']) WORDS.set(word, false);
for (const word of ['.nan', '.NaN', '.NAN']) WORDS.set(word, Number.NaN);
for (const word of ['.inf', '.Inf', '.INF']) {
  WORDS.set(word, Number.POSITIVE_INFINITY);
  WORDS.set(`+${word}`, Number.POSITIVE_INFINITY);
  WORDS.set(`-${word}`, Number.NEGATIVE_INFINITY);
}

/** Throws `YamlError` where a tag asks for another type than the text has. `times`: a plain time is written as with a tag. */
export function resolveScalar(longTag: string, text: string, plain: boolean, times = false): Scalar {
  const tag = longTag.startsWith(CORE) ? `!!${longTag.slice(CORE.length)}` : longTag;
  if (tag === '!!binary') return binary(text);
  if (tag === '' ? !plain : !RESOLVABLE.includes(tag)) return text;
  if (tag === '!!str') return text;
  if (times && tag === '' && isTimestamp(text)) return timestamp(text);
  const value = plainValue(text);
  const found = tagOf(value);
  if (tag === '' || tag === found) return value;
  if (tag === '!!float' && found === '!!int') return Number(value);
  if (tag === '!!timestamp' && isTimestamp(text)) return timestamp(text);
  throw new YamlError(`yaml: cannot decode ${found} \`${text}\` as a ${tag}`);
}

/** The instant as Go writes it to JSON; what is plain stays as it is written. */
function timestamp(text: string): string {
  const ns = TIMESTAMPS.map((layout) => parseTime(layout, text)).find((found) => typeof found === 'bigint') as bigint;
  return formatTime(civilOf(ns, 'UTC'), '2006-01-02T15:04:05.999999999Z07:00');
}

function binary(text: string): string {
  try {
    return decodeBase64(text, 'standard', true).toString('utf8');
  } catch {
    throw new YamlError('yaml: !!binary value contains invalid base64 data');
  }
}

function tagOf(value: Scalar): string {
  if (value === null) return '!!null';
  if (typeof value === 'boolean') return '!!bool';
  if (typeof value === 'bigint') return '!!int';
  return typeof value === 'number' ? '!!float' : '!!str';
}

function plainValue(text: string): Scalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return floatOf(text) ?? text;
  if (!/^[-+0-9]/.test(text)) return text;
  const digits = text.replaceAll('_', '');
  if (INTEGER.test(digits)) {
    const whole = integerOf(digits);
    if (whole !== undefined) return whole;
  }
  return floatOf(digits) ?? text;
}

/** As `strconv.ParseInt` and `ParseUint` with base 0: what 64 bits hold. */
export function integerOf(text: string): bigint | undefined {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replace(/^0(?=[0-7])/, '0o');
  const size = BigInt(digits.toLowerCase());
  const value = negative ? -size : size;
  const isUnsigned = !/^[-+]/.test(text) && value <= 0xffffffffffffffffn;
  return isUnsigned || (value >= -0x8000000000000000n && value <= 0x7fffffffffffffffn) ? value : undefined;
}

function floatOf(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
