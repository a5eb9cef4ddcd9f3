/** `glob.match` and `glob.quote_meta`: patterns of github.com/gobwas/glob, translated to regular expressions. */
import type { Value } from '../values/value.ts';
import { quoteMeta, regexOf } from './regex.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, oneOf, stringArg, stringsOf } from './types.ts';

function match(args: readonly Value[], context: BuiltinContext): Value {
  const pattern = stringArg(args, 0);
  const delimiters = delimitersOf(args);
  const text = stringArg(args, 2);
  return regexOf(`(?s)^(?:${translate(pattern, delimiters)})$`, context).test(text);
}

/** Null means none at all, an empty list means the dot. */
function delimitersOf(args: readonly Value[]): string[] {
  if (oneOf(args, 1, ['array', 'null']) === null) return [];
  const given = stringsOf(args, 1);
  for (const d of given) {
    if ([...d].length === 1) continue;
    throw new BuiltinFailure('operand 2 must be array of runes but got array containing string', 'eval_type_error');
  }
  return given.length === 0 ? ['.'] : given;
}

function translate(pattern: string, delimiters: string[]): string {
  const one = delimiters.length === 0 ? '.' : `[^${delimiters.map(classChar).join('')}]`;
  let out = '';
  let depth = 0;
  const chars = [...pattern];
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] as string;
    if (c === '\\') {
      const escaped = chars[++i];
      if (escaped === undefined) throw syntaxError(chars, i, 'trailing backslash');
      out += quoteMeta(escaped);
    } else if (c === '*') {
      const many = chars[i + 1] === '*';
      if (many) i++;
      out += many ? '.*' : `${one}*`;
    } else if (c === '?') out += one;
    else if (c === '[') {
      const read = readClass(chars, i + 1);
      out += read.source;
      i = read.end;
    } else if (c === '{') {
      depth++;
      out += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      out += ')';
    } else out += c === ',' && depth > 0 ? '|' : quoteMeta(c);
  }
  if (depth > 0) throw syntaxError(chars, chars.length, 'unclosed `{`');
  return out;
}

/** Places count bytes. */
function syntaxError(chars: string[], at: number, what: string): BuiltinFailure {
  return new BuiltinFailure(`glob: syntax error at ${Buffer.byteLength(chars.slice(0, at).join(''))}: ${what}`);
}

/** A class is one range or a list of characters, after `!` their complement. `end` is the place of its bracket. */
function readClass(chars: string[], from: number): { source: string; end: number } {
  const open = (): BuiltinFailure => syntaxError(chars, chars.length, 'unexpected end of input');
  let i = from;
  const negated = chars[i] === '!';
  if (negated) i++;
  const start = negated ? '[^' : '[';
  const [low, , high, close] = chars.slice(i, i + 4);
  if (low === undefined) throw open();
  if (chars[i + 1] === '-') {
    if (high === undefined || close === undefined) throw open();
    if (close !== ']') throw syntaxError(chars, i + 4, 'expected close range character');
    if (high < low) throw syntaxError(chars, i + 4, 'range hi character is less than lo');
    return { source: `${start}${classChar(low)}-${classChar(high)}]`, end: i + 3 };
  }
  const list: string[] = [];
  for (; chars[i] !== ']'; i++) {
    if (chars[i] === '\\') i++;
    if (chars[i] === undefined) throw open();
    list.push(classChar(chars[i] as string));
  }
  if (list.length === 0) throw syntaxError(chars, i + 1, 'could not parse range');
  return { source: `${start}${list.join('')}]`, end: i };
}

function classChar(c: string): string {
  return `\\x{${(c.codePointAt(0) as number).toString(16)}}`;
}

export const glob: BuiltinTable = {
  'glob.match': { args: ['string', 'null|array<string>', 'string'], result: 'boolean', run: match },
  'glob.quote_meta': {
    args: ['string'],
    result: 'string',
    run: (args) => stringArg(args, 0).replace(/[*?\\[\]{}]/g, '\\$&'),
  },
};
