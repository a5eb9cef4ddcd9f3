import type { Range } from '../../../model/types.ts';
import type { Cursor } from './cursor.ts';
import type { Expression, Part } from './types.ts';

/** A template before its directives are nested. */
type Token =
  | { kind: 'text'; text: string }
  | { kind: 'value'; value: Expression }
  | { kind: 'if'; test: Range }
  | { kind: 'for'; names: string[]; list: Range }
  | { kind: 'else' | 'endif' | 'endfor' };

type ReadExpression = (cursor: Cursor) => Expression;

/** `"…"`, behind its opening quote. */
export function quotedParts(cursor: Cursor, expression: ReadExpression): Part[] {
  const tokens: Token[] = [];
  const state = { trim: false };
  while (cursor.text[cursor.at] !== '"') {
    const text = rawText(cursor, /(?:[^"\\\r\n$%]+|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*/y);
    if (text !== '') tokens.push({ kind: 'text', text: trimmed(unescaped(text, cursor), state) });
    if (cursor.text[cursor.at] === '"') break;
    sequence(cursor, tokens, state, expression);
  }
  cursor.at++;
  cursor.end = cursor.at;
  return nested(tokens, cursor);
}

/** `<<NAME` or `<<-NAME`, behind the line end that follows the name. */
export function heredocParts(cursor: Cursor, marker: string, flush: boolean, expression: ReadExpression): Part[] {
  const tokens: Token[] = [];
  const state = { trim: false };
  let lineBegins = true;
  for (;;) {
    const line = /[^\n]*/y;
    line.lastIndex = cursor.at;
    const whole = line.exec(cursor.text)?.[0] ?? '';
    if (lineBegins && whole.trim() === marker && cursor.at + whole.length < cursor.text.length) {
      cursor.at += whole.trimEnd().length;
      cursor.end = cursor.at;
      break;
    }
    const text = rawText(cursor, /(?:[^\n$%]+|\$\$\{|%%\{|[$%](?!\{))*\n?/y);
    lineBegins = text.endsWith('\n');
    if (text !== '')
      tokens.push({
        kind: 'text',
        text: trimmed(
          text.replace(/\$\$\{|%%\{/g, (one) => one.slice(1)),
          state,
        ),
      });
    if (cursor.at >= cursor.text.length) cursor.fail('the here-document does not end');
    if (!lineBegins) sequence(cursor, tokens, state, expression);
  }
  if (flush) flushed(tokens);
  return nested(tokens, cursor);
}

function rawText(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

/** Reads `${…}` or `%{…}`; a `~` takes the white space of the text beside it away. */
function sequence(cursor: Cursor, tokens: Token[], state: { trim: boolean }, expression: ReadExpression): void {
  const opening = cursor.text.slice(cursor.at, cursor.at + 2);
  if (opening !== '${' && opening !== '%{') cursor.fail('the text does not end');
  cursor.at += 2;
  if (cursor.text[cursor.at] === '~') {
    cursor.at++;
    const last = tokens.at(-1);
    if (last?.kind === 'text') last.text = last.text.trimEnd();
  }
  cursor.within(false, () => {
    tokens.push(opening === '${' ? { kind: 'value', value: expression(cursor) } : directive(cursor, expression));
    state.trim = cursor.takes('~');
    cursor.expect('}');
  });
}

function directive(cursor: Cursor, expression: ReadExpression): Token {
  const word = cursor.name();
  if (word === 'else' || word === 'endif' || word === 'endfor') return { kind: word };
  if (word === 'if') return { kind: 'if', test: expression(cursor).range };
  if (word !== 'for') return cursor.fail('it is no directive of a template');
  const names = forNames(cursor);
  return { kind: 'for', names, list: expression(cursor).range };
}

/** `k, v in` of a `for`. */
export function forNames(cursor: Cursor): string[] {
  const name = () => cursor.name() ?? cursor.fail('expected a name');
  const names = [name()];
  if (cursor.takes(',')) names.push(name());
  if (!cursor.word('in')) cursor.fail('expected in');
  return names;
}

function trimmed(text: string, state: { trim: boolean }): string {
  const out = state.trim ? text.trimStart() : text;
  state.trim = false;
  return out;
}

/** Takes the indentation that all lines share away; blank lines neither count nor change. */
function flushed(tokens: Token[]): void {
  let begins = true;
  let least = Number.POSITIVE_INFINITY;
  const lines: (Token & { kind: 'text' })[] = [];
  for (const token of tokens) {
    const isText = token.kind === 'text';
    if (begins && !(isText && token.text.trim() === '' && token.text.endsWith('\n'))) {
      least = Math.min(least, isText ? token.text.length - token.text.trimStart().length : 0);
      if (isText) lines.push(token);
    }
    begins = isText && token.text.endsWith('\n');
  }
  for (const line of lines) line.text = line.text.slice(least);
}

function nested(tokens: readonly Token[], cursor: Cursor): Part[] {
  let at = 0;
  const until = (...ends: Token['kind'][]): Part[] => {
    const parts: Part[] = [];
    for (;;) {
      const token = tokens[at];
      if (!token || ends.includes(token.kind)) return parts;
      at++;
      if (token.kind === 'text' || token.kind === 'value') parts.push(token);
      else if (token.kind === 'for') parts.push({ ...token, body: closed('endfor', until('endfor')) });
      else if (token.kind === 'if') {
        const yes = until('else', 'endif');
        const no = tokens[at]?.kind === 'else' ? rest() : [];
        parts.push({ ...token, yes, no: closed('endif', no) });
      } else cursor.fail(`${token.kind} without a beginning`);
    }
  };
  const rest = () => {
    at++;
    return until('endif');
  };
  const closed = (kind: Token['kind'], parts: Part[]): Part[] => {
    if (tokens[at++]?.kind !== kind) cursor.fail(`${kind} is missing`);
    return parts;
  };
  return until();
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What stands between quotes, with its escapes read. */
export function unescaped(text: string, cursor: Cursor): string {
  return text.replace(
    /\$\$\{|%%\{|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([\s\S]|$)/g,
    (whole, short?: string, long?: string, one?: string) => {
      const code = short ?? long;
      if (code !== undefined) return codePoint(Number.parseInt(code, 16), cursor);
      if (one === undefined) return whole.slice(1);
      return escapes[one] ?? cursor.fail(`\\${one} is no escape`);
    },
  );
}

function codePoint(code: number, cursor: Cursor): string {
  return code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
    ? String.fromCodePoint(code)
    : cursor.fail('an escape names no character');
}
