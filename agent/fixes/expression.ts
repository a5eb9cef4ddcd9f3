import type { Range } from '../model/types.ts';
import { type Language, lineAfter, lineBefore, type Place, type Replacement, readTitle } from './language.ts';
import { type Syntax, type Where, whereIs } from './scan.ts';

/** What is known of a string when an expression is made for its place. */
export interface Context extends Place {
  text: string;
  where: Where;
  /** The statement up to the string, as far as it can be told, and the rest of the line. */
  before: string;
  after: string;
}

/** A language in which an expression takes the place of a string, or of a part of one. */
export interface Expression {
  files: RegExp;
  text?: RegExp;
  syntax: Syntax;
  /** The expression that gives the value. Undefined where there is none in this place. */
  make(context: Context): string | undefined;
  /** The same in a string that is filled in. Undefined where it must be joined instead. */
  fill?(context: Context): string | undefined;
  /** The operator that joins strings, or a function that writes the joining. */
  join?: string | ((parts: string[]) => string);
  /** True where only a constant may stand, or where a string means something else. */
  refuses?(context: Context): boolean;
  /** Quotes that make no plain string. */
  strange?: RegExp;
  /** Strings side by side are one string. */
  adjacent?: true;
  /** A line break right behind three quotes is no part of the string. */
  dropsFirstBreak?: true;
  /** A function may be called without parentheses. */
  commands?: true;
  more?(context: Context): { range: Range; text: string }[] | undefined;
  /** What stands around an expression that takes a whole string's place. */
  wrap?(made: string, context: Context): string;
  /** A way that is right here and comes before all others. */
  special?(context: Context): Replacement | undefined;
}

/** The language that an expression language is. */
export function languageOfExpression(language: Expression): Language {
  const { files, text } = language;
  return { files, ...(text ? { text } : {}), replace: (place) => replaceIn(language, place) };
}

function replaceIn(language: Expression, place: Place): Replacement | undefined {
  const { text } = place.document;
  const where = whereIs(text, place.value, language.syntax);
  if (!where || where.kind === 'comment' || where.kind === 'code') return undefined;
  const [start, end] = where.outer;
  const head = text.slice(Math.max(0, start - 2000), start);
  const before = head.slice(Math.max(head.lastIndexOf(';'), head.lastIndexOf('\n\n')) + 1);
  const context: Context = { ...place, text, where, before, after: lineAfter(text, end) };
  if (where.kind === 'string' && language.strange?.test(where.prefix + where.quote)) return undefined;
  const special = language.special?.(context);
  if (special) return special;
  if (language.refuses?.(context) || (language.adjacent && isAdjacent(context))) return undefined;
  const made = replacementIn(language, context);
  const more = made && (language.more ? language.more(context) : []);
  return made && more ? { ...made, title: readTitle(place.name), more, environment: place.name } : undefined;
}

function replacementIn(language: Expression, context: Context): { range: Range; text: string } | undefined {
  const { where, value, text } = context;
  const whole = where.inner[0] === value[0] && where.inner[1] === value[1];
  const wrap = language.wrap ?? ((made: string) => made);
  if (where.kind === 'string' && whole) {
    const made = language.make(context);
    return made === undefined ? undefined : { range: where.outer, text: wrap(made, context) };
  }
  if (where.fills && language.fill) {
    const filled = language.fill(context);
    if (filled !== undefined) return { range: value, text: filled };
  }
  if (where.kind === 'heredoc' || language.join === undefined) return undefined;
  const made = language.make(context);
  if (made === undefined) return undefined;
  const [open, close] = [text.slice(where.outer[0], where.inner[0]), text.slice(where.inner[1], where.outer[1])];
  const left = text.slice(where.inner[0], value[0]);
  const right = text.slice(value[1], where.inner[1]);
  // A quote beside three of them would close them.
  if (where.quote.length > 1 && (/^["']|["']$/.test(right) || /^["']|["']$/.test(left))) return undefined;
  if (where.quote.length > 1 && language.dropsFirstBreak && right.startsWith('\n')) return undefined;
  const parts = [left === '' ? '' : open + left + close, made, right === '' ? '' : open + right + close];
  const joined = typeof language.join === 'string' ? undefined : language.join(parts.filter((part) => part !== ''));
  if (joined !== undefined) return { range: where.outer, text: wrap(joined, context) };
  const sum = parts.filter((part) => part !== '').join(language.join as string);
  return { range: where.outer, text: wrap(standsAlone(language, context) ? sum : `(${sum})`, context) };
}

/** Nothing beside the string binds more strongly than what joins its parts. */
function standsAlone(language: Expression, { before, after, text, where }: Context): boolean {
  const left = before.trimEnd();
  const called = language.commands === true && /\w[ \t]+$/.test(before);
  const begins = left === '' || /(?:[=(,[{:>]|\breturn|\bin|\belse|\bthen)$/.test(left) || called;
  const rest = after.trim() === '' ? text.slice(where.outer[1]).trimStart() : after.trimStart();
  return begins && (/^(?:[,;)\]}>]|\/>)/.test(rest) || (after.trim() === '' && !/^[.%*+?[-]/.test(rest)));
}

function isAdjacent({ text, where }: Context): boolean {
  const left = text.slice(Math.max(0, where.outer[0] - 200), where.outer[0]).trimEnd();
  const right = text.slice(where.outer[1], where.outer[1] + 200).trimStart();
  return /["']$/.test(left) || /^(?:[A-Za-z]{0,2}["']|@")/.test(right);
}

/** The innermost open bracket around the string, and the text of its line before it. */
export function innermost({ text, where }: Context): { bracket: string; head: string } {
  const at = where.brackets.at(-1);
  return at === undefined ? { bracket: '', head: '' } : { bracket: text[at] as string, head: headOf(text, at) };
}

/** True where a bracket around the string is of one kind and has this before it. */
export function isWithin({ text, where }: Context, bracket: string, head: RegExp): boolean {
  return where.brackets.some((at) => text[at] === bracket && head.test(headOf(text, at)));
}

/** What stands before a bracket, up to the end of the statement before. */
function headOf(text: string, at: number): string {
  const head = text.slice(Math.max(0, at - 400), at);
  return head.slice(Math.max(head.lastIndexOf(';'), head.lastIndexOf('}')) + 1).trimEnd();
}

/** The string stands in the body of a function, as languages of C's family write one. */
export function isInFunction({ text, where }: Context): boolean {
  const at = where.brackets.find((one) => text[one] === '{');
  if (at === undefined) return false;
  return !/=$|^(?:[\s\S]*\s)?(?:struct|enum|union|class|interface)\b[^()]*$/.test(headOf(text, at));
}

/** The whole text of the line on which the string begins, up to it. */
export function onLine({ text, where }: Context): string {
  return lineBefore(text, where.outer[0]);
}
