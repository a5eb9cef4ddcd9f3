/** Strings. Positions count code points, as Go's runes. */
import { charge } from '../eval/context.ts';
import { isNewerLetter } from '../regex/unicode.ts';
import { TemplateError } from '../template/parse.ts';
import { renderTemplate } from '../template/render.ts';
import { truncate } from '../values/arithmetic.ts';
import { decodeJson, JsonError } from '../values/json.ts';
import { isIntegerText, numberText, toBigInt } from '../values/number.ts';
import { regoText, type Value } from '../values/value.ts';
import { formatGo } from './format.ts';
import {
  arrayArg,
  type Builtin,
  type BuiltinContext,
  BuiltinFailure,
  type BuiltinTable,
  intArg,
  numberArg,
  objectArg,
  oneOf,
  stringArg,
  stringsOf,
} from './types.ts';

/** Longest string a builtin makes, in UTF-16 units. */
const MAX_STRING = 100_000_000;

function text1(work: (s: string) => Value): Builtin {
  return { args: ['string'], result: 'string', run: (args) => work(stringArg(args, 0)) };
}

function text2(result: string, work: (a: string, b: string) => Value): Builtin {
  return { args: ['string', 'string'], result, run: (args) => work(stringArg(args, 0), stringArg(args, 1)) };
}

function isAscii(s: string): boolean {
  return /^[\0-\x7f]*$/.test(s);
}

function substring(args: readonly Value[]): Value {
  const base = stringArg(args, 0);
  const offset = intArg(args, 1);
  const length = intArg(args, 2);
  if (offset < 0) throw new BuiltinFailure('negative offset');
  const chars = isAscii(base) ? undefined : [...base];
  const size = chars?.length ?? base.length;
  if (offset >= size) return '';
  const end = length < 0 ? size : Math.min(size, offset + length);
  return chars === undefined ? base.slice(offset, end) : chars.slice(offset, end).join('');
}

/** Go maps one code point to one; `ß` has no capital letter there. */
function mapCase(s: string, map: (c: string) => string): string {
  if (isAscii(s)) return map(s);
  return [...s].map((c) => mapRune(c, map)).join('');
}

/** The dotted capital I is the one letter whose small form JavaScript writes with two code points and Go with one. */
function mapRune(c: string, map: (c: string) => string): string {
  const mapped = map(c);
  if (c === '\u0130') return mapped === c ? c : 'i';
  const isNewer = mapped !== c && (isNewerLetter(c) || isNewerLetter(mapped));
  return [...mapped].length === 1 && !isNewer ? mapped : c;
}

function indexOf(s: string, search: string): Value {
  if (search === '') throw new BuiltinFailure('empty search character');
  const at = s.indexOf(search);
  return at <= 0 ? at : [...s.slice(0, at)].length;
}

function indexOfAll(s: string, search: string): Value {
  if (search === '') throw new BuiltinFailure('empty search character');
  const found: Value[] = [];
  for (let at = s.indexOf(search); at >= 0; at = s.indexOf(search, at + 1)) found.push([...s.slice(0, at)].length);
  return found;
}

function splitText(s: string, separator: string): string[] {
  return separator === '' ? [...s] : s.split(separator);
}

/** The first `n` parts, or the last ones when `n` is negative. */
function splitN(args: readonly Value[]): Value {
  const parts = splitText(stringArg(args, 0), stringArg(args, 1));
  const n = intArg(args, 2);
  if (n === 0) return [];
  return n > 0 ? parts.slice(0, n) : parts.slice(n);
}

function replaceAll(args: readonly Value[], context: BuiltinContext): Value {
  const s = stringArg(args, 0);
  const old = stringArg(args, 1);
  const by = stringArg(args, 2);
  const size = (s.length * (by.length + 1)) / Math.max(1, old.length);
  if (size > MAX_STRING) throw new BuiltinFailure('the result is too long');
  charge(context.run, size >> 6);
  if (old !== '') return s.split(old).join(by);
  // Go puts the new text between all bytes when the old one is empty.
  return by === '' ? s : by + [...s].flatMap(bytesApart).join(by) + (s === '' ? '' : by);
}

/** What is seen of a character whose bytes are taken apart: only ASCII has one byte, which stays readable. */
function bytesApart(c: string): string[] {
  const size = Buffer.byteLength(c);
  return size === 1 ? [c] : Array.from({ length: size }, () => '\ufffd');
}

/** Go's `strings.NewReplacer`: at each place the first pattern that fits, in order of the patterns. */
function replaceMany(args: readonly Value[]): Value {
  const patterns = objectArg(args, 0);
  const s = stringArg(args, 1);
  const pairs = [...patterns.entries()].map(([old, by]): [string, string] => {
    if (typeof old !== 'string') throw typeFailureOf('operand 1 non-string key found in pattern object');
    if (typeof by !== 'string') throw typeFailureOf('operand 1 non-string value found in pattern object');
    return [old, by];
  });
  let out = '';
  let replacedEmpty = -1;
  for (let at = 0; at <= s.length; ) {
    const pair = pairs.find(([old]) => s.startsWith(old, at) && (old !== '' || replacedEmpty !== at));
    if (pair !== undefined) {
      out += pair[1];
      if (pair[0] === '') replacedEmpty = at;
      else {
        at += pair[0].length;
        continue;
      }
    }
    if (at === s.length) break;
    const char = String.fromCodePoint(s.codePointAt(at) as number);
    // An empty pattern fits before every byte of the character.
    out += replacedEmpty === at && pair?.[1] ? bytesApart(char).join(pair[1]) : char;
    at += char.length;
  }
  return out;
}

function typeFailureOf(message: string): BuiltinFailure {
  return new BuiltinFailure(message, 'eval_type_error');
}

function anyMatch(test: (s: string, part: string) => boolean): Builtin {
  const list = 'string|array<string>|set<string>';
  return {
    args: [list, list],
    result: 'boolean',
    run: (args) => {
      const strings = oneOrMany(args, 0);
      const parts = oneOrMany(args, 1);
      return strings.some((s) => parts.some((p) => test(s, p)));
    },
  };
}

function oneOrMany(args: readonly Value[], index: number): string[] {
  const v = oneOf(args, index, ['string', 'set', 'array']);
  return typeof v === 'string' ? [v] : stringsOf(args, index);
}

function trimStart(s: string, cut: string): string {
  const set = new Set(cut);
  const chars = [...s];
  let at = 0;
  while (at < chars.length && set.has(chars[at] as string)) at++;
  return chars.slice(at).join('');
}

function trimEnd(s: string, cut: string): string {
  const set = new Set(cut);
  const chars = [...s];
  let end = chars.length;
  while (end > 0 && set.has(chars[end - 1] as string)) end--;
  return chars.slice(0, end).join('');
}

function formatInt(args: readonly Value[]): Value {
  const n = numberArg(args, 0);
  const base = numberText(numberArg(args, 1));
  if (!['2', '8', '10', '16'].includes(base)) throw typeFailureOf('operand 2 must be one of {2, 8, 10, 16}');
  return ((isIntegerText(n) ? toBigInt(n) : truncate(n)) ?? 0n).toString(Number(base));
}

function concat(args: readonly Value[], context: BuiltinContext): Value {
  const separator = stringArg(args, 0);
  const parts = stringsOf(args, 1);
  const size = parts.reduce((sum, p) => sum + p.length + separator.length, 0);
  if (size > MAX_STRING) throw new BuiltinFailure('the result is too long');
  charge(context.run, size >> 6);
  return parts.join(separator);
}

function sprintf(args: readonly Value[], context: BuiltinContext): Value {
  return formatGo(stringArg(args, 0), arrayArg(args, 1), (cells) => charge(context.run, cells));
}

function renderText(args: readonly Value[], context: BuiltinContext): Value {
  try {
    const template = stringArg(args, 0);
    const values = objectArg(args, 1);
    // The values reach the template as the JSON that their text is; with a set or a control character it is none.
    return renderTemplate(template, decodeJson(regoText(values)), (cells) => charge(context.run, cells));
  } catch (e) {
    if (e instanceof TemplateError || e instanceof JsonError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);

function trimSpace(s: string): string {
  let end = s.length;
  const space = new RegExp(SPACE);
  while (end > 0 && space.test(s.charAt(end - 1))) end--;
  return s.slice(0, end).replace(LEADING, '');
}

export const strings: BuiltinTable = {
  concat: { args: ['string', 'array<string>|set<string>'], result: 'string', run: concat },
  contains: text2('boolean', (s, part) => s.includes(part)),
  startswith: text2('boolean', (s, part) => s.startsWith(part)),
  endswith: text2('boolean', (s, part) => s.endsWith(part)),
  indexof: text2('number', indexOf),
  indexof_n: text2('array<number>', indexOfAll),
  lower: text1((s) => mapCase(s, (c) => c.toLowerCase())),
  upper: text1((s) => mapCase(s, (c) => c.toUpperCase())),
  split: text2('array<string>', splitText),
  'strings.split_n': { args: ['string', 'string', 'number'], result: 'array<string>', run: splitN },
  replace: { args: ['string', 'string', 'string'], result: 'string', run: replaceAll },
  'strings.replace_n': { args: ['object<string,string>', 'string'], result: 'string', run: replaceMany },
  'strings.reverse': text1((s) => [...s].reverse().join('')),
  'strings.count': text2('number', (s, part) => (part === '' ? [...s].length + 1 : s.split(part).length - 1)),
  'strings.any_prefix_match': anyMatch((s, part) => s.startsWith(part)),
  'strings.any_suffix_match': anyMatch((s, part) => s.endsWith(part)),
  substring: { args: ['string', 'number', 'number'], result: 'string', run: substring },
  trim: text2('string', (s, cut) => trimEnd(trimStart(s, cut), cut)),
  trim_left: text2('string', trimStart),
  trim_right: text2('string', trimEnd),
  trim_prefix: text2('string', (s, p) => (s.startsWith(p) ? s.slice(p.length) : s)),
  trim_suffix: text2('string', (s, p) => (p !== '' && s.endsWith(p) ? s.slice(0, -p.length) : s)),
  trim_space: text1(trimSpace),
  format_int: { args: ['number', 'number'], result: 'string', run: formatInt },
  'strings.render_template': { args: ['string', 'object<string,any>'], result: 'string', run: renderText },
  sprintf: { args: ['string', 'array'], result: 'string', run: sprintf },
};
