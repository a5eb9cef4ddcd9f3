import { lineStarts, positionAt } from '../model/document.ts';
import type { Document, Range } from '../model/types.ts';

/** A comment by which a person takes a finding out, with a reason. */
export interface Directive {
  rules: readonly string[];
  reason: string;
  /** ISO date. */
  until?: string;
  /** The line, from 1, whose findings it takes out. */
  line: number;
  /** Where the comment stands, from its opening sign to its end. */
  range: Range;
  fault?: DirectiveFault;
  /** The word as it was written, where there is no directive of that name. */
  form?: string;
}

export type DirectiveFault = 'no-reason' | 'no-rule' | 'bad-date' | 'no-such-form';

const word = 'pregate-ignore';

/** Every directive there is. */
export const forms = [word, `${word}-next-line`] as const;

/** How comments begin in the languages and formats there are; the directive follows at once. */
const opening = /(?:#+|\/\/+!?|--|<!--|\/\*+|\*|;+|%+|\{#-?|\(\*|''?|REM|rem|dnl|!)[ \t]*$/;

const closing = /[ \t]*(?:-->|\*\/|-?#\}|\*\))[\s\S]*$/;

const body =
  /^(-next-line)?(?![\w-])[ \t:]*(?<rules>[a-z0-9][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z0-9][a-z0-9-]*)*)?[ \t]*(?:(?:--|—)[ \t]*(?<reason>[\s\S]*))?$/;

/** A directive of a name that does not exist; what follows it is not looked at. */
const strangeForm = /^-(?!next-line(?![\w-]))[a-z][a-z-]{0,39}(?![\w.-])/i;

const until = /(?:^|[ \t])\[?until:?[ \t]+(\S{1,20}?)\]?[ \t.]*$/i;

/** Every directive of a document, in order. Linear in its text; documents without the word cost one search. */
export function directivesIn(document: Document): Directive[] {
  const found: Directive[] = [];
  if (document.kind === 'message') return found;
  const { text } = document;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const directive = parseDirective(document, at);
    if (directive) found.push(directive);
  }
  return skipStacked(document, found);
}

/** Longest directive that is read; a line may be a megabyte long and hold the word at every tenth character. */
const longest = 500;

function parseDirective(document: Document, at: number): Directive | undefined {
  const { line } = positionAt(document, at);
  const start = lineStarts(document)[line - 1] as number;
  const before = document.text.slice(Math.max(start, at - 12), at);
  const sign = opening.exec(before);
  // Without a comment's sign it is prose about directives; directly behind a quote it is a string.
  if (!sign || /["'`]/.test(before[sign.index - 1] ?? '')) return undefined;
  if (/\.(?:md|mdx|markdown)$/i.test(document.path) && !sign[0].startsWith('<!--')) return undefined;
  const from = at + word.length;
  const after = (document.text.slice(from, from + longest).split(/[\r\n]/, 1)[0] as string).trimEnd();
  const said = after.replace(closing, '').trimEnd();
  const match = body.exec(said);
  const closer = closing.exec(after)?.[0].match(/^[ \t]*(?:-->|\*\/|-?#\}|\*\))/)?.[0].length ?? 0;
  const range: Range = [at - sign[0].length, from + said.length + closer];
  if (!match) {
    const form = strangeForm.exec(said)?.[0];
    if (form === undefined) return undefined;
    return { rules: [], reason: '', line, range, fault: 'no-such-form', form: word + form };
  }
  const { rules: names, reason: rest = '' } = match.groups as { rules?: string; reason?: string };
  const date = until.exec(rest)?.[1];
  const reason = rest.replace(until, '').trim();
  const rules = names === undefined ? [] : names.split(',').map((name) => name.trim());
  const fault = faultOf(rules, reason, date);
  return {
    rules,
    reason,
    ...(date === undefined ? {} : { until: date }),
    line: match[1] === undefined ? line : line + 1,
    range,
    ...(fault === undefined ? {} : { fault }),
  };
}

function faultOf(rules: readonly string[], reason: string, date: string | undefined): DirectiveFault | undefined {
  if (rules.length === 0) return 'no-rule';
  if (reason === '') return 'no-reason';
  return date === undefined || isDate(date) ? undefined : 'bad-date';
}

/** A day of the calendar, written `2026-03-31`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** Several directives above one line all speak of the line below the last of them. */
function skipStacked(document: Document, directives: Directive[]): Directive[] {
  const lines = new Map(directives.map((directive) => [positionAt(document, directive.range[0]).line, directive]));
  for (const directive of [...directives].reverse()) {
    const own = positionAt(document, directive.range[0]).line;
    if (directive.line === own) continue;
    const below = lines.get(directive.line);
    if (below && below.line > directive.line) directive.line = below.line;
  }
  return directives;
}
