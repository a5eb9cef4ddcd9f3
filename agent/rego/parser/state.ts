/** The parser's cursor over the tokens, and what keywords are switched on. */
import type { Position } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { type Comment, lex, type Token } from '../lexer.ts';

export type RegoVersion = 'v0' | 'v1';

export const ALWAYS = ['as', 'default', 'else', 'false', 'import', 'not', 'null', 'package', 'some', 'true', 'with'];
export const FUTURE = ['in', 'every', 'contains', 'if'];

/** How deep terms may nest. A literal of constants only is read with a loop and has no such limit. */
const MAX_NESTING = 400;

export interface State {
  file: string;
  text: string;
  tokens: Token[];
  comments: Comment[];
  at: number;
  version: RegoVersion;
  keywords: Set<string>;
  wildcards: number;
  nesting: number;
  /** Above zero while elements of a list are read, where a comma ends the element. */
  listDepth: number;
  /** Why the first thing that looked like a comprehension was none; it explains a later failure better. */
  comprehensionFailure: RegoFailure | undefined;
  /** Tokens at which a literal of constants was tried in vain. */
  notConstant: Set<number>;
  /** The same for `|` that begins no comprehension's body. */
  notComprehension: Set<number>;
}

export function newState(file: string, text: string, version: RegoVersion): State {
  const { tokens, comments } = lex(file, text);
  const keywords = new Set(version === 'v1' ? [...ALWAYS, ...FUTURE] : ALWAYS);
  return {
    file,
    text,
    tokens,
    comments,
    at: 0,
    version,
    keywords,
    wildcards: 0,
    nesting: 0,
    listDepth: 0,
    comprehensionFailure: undefined,
    notConstant: new Set(),
    notComprehension: new Set(),
  };
}

export function peek(s: State): Token {
  return s.tokens[s.at] as Token;
}

export function peekAt(s: State, distance: number): Token {
  return s.tokens[Math.min(s.at + distance, s.tokens.length - 1)] as Token;
}

export function next(s: State): Token {
  const token = s.tokens[s.at] as Token;
  if (token.type !== 'end') s.at++;
  return token;
}

export function isPunct(s: State, text: string): boolean {
  const t = s.tokens[s.at] as Token;
  return t.type === 'punct' && t.text === text;
}

/** True when the current token is this keyword, is switched on, and does not begin a reference such as `if.x`. */
export function isKeyword(s: State, word: string): boolean {
  const t = s.tokens[s.at] as Token;
  return t.type === 'ident' && t.text === word && s.keywords.has(word) && !beginsRef(s);
}

function beginsRef(s: State): boolean {
  const after = s.tokens[s.at + 1];
  if (after === undefined || after.spaced || after.type !== 'punct') return false;
  if (after.text === '.') return true;
  return (
    after.text === '[' && s.version === 'v1' && !['in', 'some', 'not', 'if'].includes((s.tokens[s.at] as Token).text)
  );
}

export function accept(s: State, text: string): boolean {
  if (!isPunct(s, text)) return false;
  s.at++;
  return true;
}

export function acceptKeyword(s: State, word: string): boolean {
  if (!isKeyword(s, word)) return false;
  s.at++;
  return true;
}

export function expect(s: State, text: string, why: string): Token {
  if (!isPunct(s, text)) fail(s, why);
  return next(s);
}

export function position(s: State): Position {
  return peek(s);
}

export function lastEnd(s: State): number {
  return s.tokens[s.at - 1]?.end ?? 0;
}

export function lastLine(s: State): number {
  return s.tokens[s.at - 1]?.line ?? 0;
}

/** Names the token the parser stands at and what is wrong with it. */
export function fail(s: State, why: string, token: Token = peek(s)): never {
  throw new RegoFailure('rego_parse_error', `unexpected ${describe(s, token)}: ${why}`, token);
}

export function failAt(message: string, pos: Position): never {
  throw new RegoFailure('rego_parse_error', message, pos);
}

export function nested<T>(s: State, read: () => T): T {
  if (++s.nesting > MAX_NESTING) failAt('max recursion depth of terms exceeded', position(s));
  try {
    return read();
  } finally {
    s.nesting--;
  }
}

/** Reads tentatively: on failure goes back and answers undefined. */
export function attempt<T>(s: State, read: () => T | undefined): T | undefined {
  const at = s.at;
  const wildcards = s.wildcards;
  const nesting = s.nesting;
  const listDepth = s.listDepth;
  try {
    const result = read();
    if (result !== undefined) {
      s.listDepth = listDepth;
      return result;
    }
  } catch (e) {
    if (!(e instanceof RegoFailure)) throw e;
  }
  s.at = at;
  s.wildcards = wildcards;
  s.nesting = nesting;
  s.listDepth = listDepth;
  return undefined;
}

function describe(s: State, t: Token): string {
  if (t.type === 'end') return 'eof token';
  if (t.type === 'ident') return s.keywords.has(t.text) ? `${t.text} keyword` : 'identifier token';
  if (t.type === 'punct') return `${t.text} token`;
  return `${t.type} token`;
}
