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

interface Translation {
  chars: string[];
  at: number;
  /** How many braces are open. */
  depth: number;
  /** A class of what is no delimiter. */
  one: string;
}

function translate(pattern: string, delimiters: string[]): string {
  const one = delimiters.length === 0 ? '.' : `[^${delimiters.map(classChar).join('')}]`;
  const t: Translation = { chars: [...pattern], at: 0, depth: 0, one };
  let out = '';
  while (t.at < t.chars.length) out += nextPart(t);
  if (t.depth > 0) throw syntaxError(t.chars, t.chars.length, 'unclosed `{`');
  return out;
}

/** Takes one part of the pattern; gives its regular expression. */
function nextPart(t: Translation): string {
  const c = t.chars[t.at++] as string;
  switch (c) {
    case '\\': {
      const escaped = t.chars[t.at++];
      if (escaped === undefined) throw syntaxError(t.chars, t.chars.length, 'trailing backslash');
      return quoteMeta(escaped);
    }
    case '*':
      if (t.chars[t.at] !== '*') return `${t.one}*`;
      t.at++;
      return '.*';
    case '?':
      return t.one;
    case '[': {
      const { source, end } = readClass(t.chars, t.at);
      t.at = end + 1;
      return source;
    }
    case '{':
      t.depth++;
      return '(?:';
    case '}':
      if (t.depth === 0) return quoteMeta(c);
      t.depth--;
      return ')';
    case ',':
      return t.depth > 0 ? '|' : c;
    default:
      return quoteMeta(c);
  }
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
