import { lineStarts } from '../document.ts';
import type { Document, Range } from '../types.ts';

export interface Comment {
  /** Without the `#` and the white space around it. */
  text: string;
  /** From the `#` to the end of the line. */
  range: Range;
}

/**
 * The `#` comment that ends a line (from 1), or stands alone on it, in YAML and TOML.
 * A `#` inside quotes does not count; inside a block scalar every line is text, so ask only for lines of keys and
 * plain or quoted values, or use `commentAfter` with the end of a node.
 */
export function trailingComment(document: Document, line: number): Comment | undefined {
  const starts = lineStarts(document);
  const start = starts[line - 1];
  if (start === undefined) return undefined;
  const end = endOfLine(document.text, start);
  let quote = 0;
  for (let at = start; at < end; at++) {
    const code = document.text.charCodeAt(at);
    if (quote !== 0) {
      if (code === 92 && quote === 34) at += 1;
      else if (code === quote) quote = 0;
    } else if ((code === 34 || code === 39) && opensQuote(document.text, start, at)) quote = code;
    else if (code === 35 && (at === start || isSpace(document.text.charCodeAt(at - 1))))
      return commentAt(document, at, end);
  }
  return undefined;
}

/** The comment on the same line after `offset`, where only white space and closing brackets or commas stand between. */
export function commentAfter(document: Document, offset: number): Comment | undefined {
  const end = endOfLine(document.text, offset);
  let at = offset;
  while (at < end && ' \t,]}'.includes(document.text.charAt(at))) at += 1;
  return document.text.charCodeAt(at) === 35 && at < end && at > offset ? commentAt(document, at, end) : undefined;
}

function commentAt(document: Document, at: number, end: number): Comment {
  return { text: document.text.slice(at + 1, end).trim(), range: [at, end] };
}

/** A quote opens a quoted scalar only where a value may begin; an apostrophe inside a word is text. */
function opensQuote(text: string, start: number, at: number): boolean {
  return at === start || ' \t[{,:=('.includes(text.charAt(at - 1));
}

function endOfLine(text: string, from: number): number {
  let end = text.indexOf('\n', from);
  if (end === -1) end = text.length;
  return text.charCodeAt(end - 1) === 13 && end > from ? end - 1 : end;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}
