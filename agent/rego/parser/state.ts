/** The parser's cursor over the tokens, and what keywords are switched on. */
import type { Position } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { lex, positionOf, type Tokens, textOf } from '../lexer.ts';
import { isPunctuation, isWord, KIND, keywordBit, keywordBits, nameOfKind } from '../tokens.ts';

export type RegoVersion = 'v0' | 'v1';

const ALWAYS = ['as', 'default', 'else', 'false', 'import', 'not', 'null', 'package', 'some', 'true', 'with'];
/** Keywords of `rego.v1`, and those that are for `rego.v2` only. */
export const FUTURE = ['in', 'every', 'contains', 'if'];
export const LATER = ['and', 'or', 'not'];
const ALWAYS_BITS = keywordBits(ALWAYS);
export const FUTURE_BITS = keywordBits(FUTURE);
export const LATER_BITS = keywordBits(['and', 'or']);

/** How deep terms may nest. A literal of constants only is read with a loop and has no such limit. */
const MAX_NESTING = 400;

export interface State {
  file: string;
  text: string;
  tokens: Tokens;
  /** Kinds of the tokens, which are asked for most. */
  kinds: Uint8Array;
  at: number;
  version: RegoVersion;
  /** The keywords that are switched on, as bits. */
  keywords: number;
  /** `not` takes a body, as in `rego.v2`. */
  notBody: boolean;
  wildcards: number;
  nesting: number;
  /** Above zero while elements of a list are read, where a comma ends the element. */
  listDepth: number;
  /** Why the first thing that looked like a comprehension was none; it explains a later failure better. */
  comprehensionFailure: RegoFailure | undefined;
  /** The token of that failure. */
  comprehensionFailureAt: number;
  /** White space where a name has to follow directly; a token of its own to OPA. */
  gap: Position | undefined;
  /** Where the right side of the last infix operator begins. */
  operandAt: number;
  /** Tokens at which a literal of constants was tried in vain. */
  notConstant: Set<number>;
  /** The same for `|` that begins no comprehension's body. */
  notComprehension: Set<number>;
  /** And for `(` that holds a term, and no operators of `rego.v2`. */
  notLogic: Set<number>;
  /** The position that was made last, and its token: terms that begin at the same place share it. */
  made: Position | undefined;
  madeAt: number;
  names: Map<string, string>;
}

export function newState(file: string, text: string, version: RegoVersion): State {
  const tokens = lex(file, text);
  return {
    file,
    text,
    tokens,
    kinds: tokens.kinds,
    at: 0,
    version,
    keywords: version === 'v1' ? ALWAYS_BITS | FUTURE_BITS : ALWAYS_BITS,
    notBody: false,
    wildcards: 0,
    nesting: 0,
    listDepth: 0,
    comprehensionFailure: undefined,
    comprehensionFailureAt: 0,
    gap: undefined,
    operandAt: -1,
    notConstant: new Set(),
    notComprehension: new Set(),
    notLogic: new Set(),
    made: undefined,
    madeAt: -1,
    names: new Map(),
  };
}

/** The kind of the current token. */
export function peek(s: State): number {
  return s.kinds[s.at] as number;
}

/** The text of the current token, or of one further on. */
export function text(s: State, distance = 0): string {
  return textOf(s.tokens, Math.min(s.at + distance, s.tokens.count - 1));
}

/** The name at the current token, the same string each time the module uses it. */
export function name(s: State): string {
  const written = textOf(s.tokens, s.at);
  const known = s.names.get(written);
  if (known !== undefined) return known;
  s.names.set(written, written);
  return written;
}

/** Moves on and answers the number of the token that was the current one. */
export function next(s: State): number {
  return s.kinds[s.at] === KIND.end ? s.at : s.at++;
}

export function is(s: State, kind: number): boolean {
  return s.kinds[s.at] === kind;
}

/** White space or a comment stands before the current token, or before one further on. */
export function isSpaced(s: State, distance = 0): boolean {
  return s.tokens.spaced[Math.min(s.at + distance, s.tokens.count - 1)] === 1;
}

export function line(s: State): number {
  return s.tokens.lines[s.at] as number;
}

/** True when the current token is this keyword, is switched on, and does not begin a reference such as `if.x`. */
export function isKeyword(s: State, kind: number): boolean {
  return s.kinds[s.at] === kind && isSwitchedOn(s, kind) && !beginsRef(s);
}

/** Whether a kind of token is a keyword in this module. */
export function isSwitchedOn(s: State, kind: number): boolean {
  return (s.keywords & keywordBit(kind)) !== 0;
}

/** Whether a kind of token is a keyword in every module. */
export function isAlwaysKeyword(kind: number): boolean {
  return (ALWAYS_BITS & keywordBit(kind)) !== 0;
}

/** Keywords that `[ may follow directly. */
const BEFORE_BRACKET = keywordBits(['in', 'some', 'not', 'if']);

function beginsRef(s: State): boolean {
  const after = s.kinds[s.at + 1];
  if (after === KIND['.']) return s.tokens.spaced[s.at + 1] === 0;
  if (after !== KIND['['] || s.tokens.spaced[s.at + 1] !== 0) return false;
  return s.version === 'v1' && (BEFORE_BRACKET & keywordBit(peek(s))) === 0;
}

export function accept(s: State, kind: number): boolean {
  if (s.kinds[s.at] !== kind) return false;
  s.at++;
  return true;
}

export function acceptKeyword(s: State, kind: number): boolean {
  if (!isKeyword(s, kind)) return false;
  s.at++;
  return true;
}

export function expect(s: State, kind: number, why: string): void {
  if (s.kinds[s.at] !== kind) fail(s, why);
  next(s);
}

/** Where the current token begins. */
export function position(s: State): Position {
  if (s.madeAt === s.at && s.made !== undefined) return s.made;
  s.madeAt = s.at;
  s.made = positionOf(s.tokens, s.at);
  return s.made;
}

export function lastEnd(s: State): number {
  return s.at === 0 ? 0 : (s.tokens.ends[s.at - 1] as number);
}

export function lastLine(s: State): number {
  return s.at === 0 ? 0 : (s.tokens.lines[s.at - 1] as number);
}

/** Names the token the parser stands at, or another one, and what is wrong with it, if there is more to say. */
export function fail(s: State, why = '', token = s.at): never {
  throw unexpected(s, why, token);
}

/** What OPA says of the same place when the larger thing that began there cannot be read either. */
export function unexpectedAgain(s: State, why: string, token = s.at): RegoFailure {
  if (s.gap !== undefined) return gapError(s.gap, why);
  if (s.kinds[token] !== KIND.illegal) return unexpected(s, why, token);
  const isNumber = s.tokens.values.get(token)?.startsWith('unexpected');
  const message = isNumber ? `unexpected number token: ${why}` : 'illegal token';
  return new RegoFailure('rego_parse_error', message, positionOf(s.tokens, token));
}

/** Refuses white space directly after the token that was read last. */
export function failAtGap(s: State, why: string): never {
  const offset = lastEnd(s);
  const isNewLine = s.text[offset] === '\n' || offset >= s.text.length;
  const before = positionOf(s.tokens, s.at - 1);
  s.gap = isNewLine
    ? { ...before, line: before.line + 1, column: 0, offset }
    : { ...before, column: before.column + offset - before.offset, offset };
  throw gapError(s.gap, why);
}

function gapError(pos: Position, why: string): RegoFailure {
  return new RegoFailure('rego_parse_error', `unexpected whitespace token: ${why}`, pos);
}

export function unexpected(s: State, why: string, token = s.at): RegoFailure {
  const at = positionOf(s.tokens, token);
  const error = (message: string, pos = at): RegoFailure => new RegoFailure('rego_parse_error', message, pos);
  const kind = s.kinds[token];
  if (kind === KIND.illegal) {
    const problem = error(s.tokens.values.get(token) ?? 'illegal token');
    if (!/^(?:unexpected|illegal token)/.test(problem.message)) problem.also.push(error('illegal token'));
    return problem;
  }
  // OPA counts the columns of the end from zero.
  const pos = kind === KIND.end ? { ...at, column: at.column - 1 } : at;
  return error(`unexpected ${describe(s, token)}${why === '' ? '' : `: ${why}`}`, pos);
}

/** The position of a token as errors show it: OPA counts the columns of the end from zero. */
export function errorPosition(s: State): Position {
  const at = position(s);
  return peek(s) === KIND.end ? { ...at, column: at.column - 1 } : at;
}

export function failAt(message: string, pos: Position): never {
  throw new RegoFailure('rego_parse_error', message, pos);
}

/** Whoever catches a failure puts the depth back to what it was. */
export function enter(s: State): void {
  if (++s.nesting > MAX_NESTING) failAt('max recursion depth of terms exceeded', position(s));
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

function describe(s: State, token: number): string {
  const kind = s.kinds[token] as number;
  if (kind === KIND.end) return 'eof token';
  if (isWord(kind)) return isSwitchedOn(s, kind) ? `${textOf(s.tokens, token)} keyword` : 'identifier token';
  if (kind === KIND['template-close']) return '} token';
  if (!isPunctuation(kind)) return `${nameOfKind(kind)} token`;
  const written = textOf(s.tokens, token);
  return `${OPERATORS[written] ?? written} token`;
}

/** OPA's names for the tokens that it does not show as written. */
const OPERATORS: Readonly<Record<string, string>> = {
  ...{ '=': 'eq', ':=': 'assign', '==': 'equal', '!=': 'neq', '<': 'lt', '>': 'gt', '<=': 'lte', '>=': 'gte' },
  ...{ '|': 'or', '&': 'and', '+': 'plus', '-': 'minus', '*': 'mul', '/': 'div', '%': 'rem' },
};
