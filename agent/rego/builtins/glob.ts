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
      if (escaped === undefined) throw new BuiltinFailure(`glob: syntax error at ${i}: trailing backslash`);
      out += quoteMeta(escaped);
    } else if (c === '*') {
      const many = chars[i + 1] === '*';
      while (chars[i + 1] === '*') i++;
      out += many ? '.*' : `${one}*`;
    } else if (c === '?') out += one;
    else if (c === '[') {
      const end = closing(chars, i + 1);
      out += classOf(chars.slice(i + 1, end));
      i = end;
    } else if (c === '{') {
      depth++;
      out += '(?:';
    } else if (c === '}' && depth > 0) {
      depth--;
      out += ')';
    } else out += c === ',' && depth > 0 ? '|' : quoteMeta(c);
  }
  if (depth > 0) throw new BuiltinFailure('unexpected end of pattern: { is not closed');
  return out;
}

function closing(chars: string[], from: number): number {
  for (let i = from; i < chars.length; i++) {
    if (chars[i] === '\\') i++;
    else if (chars[i] === ']' && i > from) return i;
  }
  throw new BuiltinFailure('unexpected end of pattern: [ is not closed');
}

function classOf(chars: string[]): string {
  const negated = chars[0] === '!';
  const rest = negated ? chars.slice(1) : chars;
  if (rest.length === 2 && rest[1] === '-') throw new BuiltinFailure('glob: syntax error: unexpected end of input');
  if (rest.length === 3 && rest[1] === '-')
    return `[${negated ? '^' : ''}${classChar(rest[0] as string)}-${classChar(rest[2] as string)}]`;
  const list = rest.filter((c, i) => c !== '\\' || rest[i - 1] === '\\').map(classChar);
  return `[${negated ? '^' : ''}${list.join('')}]`;
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
