import type { Range } from '../model/types.ts';

/** What of a language has to be known to tell code, comments and strings apart. All expressions are sticky. */
export interface Syntax {
  /** A whole comment. */
  comment: RegExp;
  /** What opens a string, with the groups `prefix` and `quote`. */
  open: RegExp;
  /** What holds quotes and opens no string: literals of characters, regular expressions, escapes outside of strings. */
  skip?: RegExp;
  /** What announces a here-document that begins on the next line, with the groups `quote` and `word`. */
  heredoc?: RegExp;
  form(prefix: string, quote: string): Form;
}

/** How one kind of string is written. */
export interface Form {
  /** What closes it; the quote itself when left out. */
  close?: string;
  /** What does not close it although the quote stands in it; sticky. */
  escape?: RegExp;
  /** It may hold line breaks. */
  multi?: boolean;
  /** What opens code in it, and the bracket that ends that code; sticky. */
  fill?: RegExp;
  fillEnd?: string;
}

/** Where a value stands. */
export interface Where {
  kind: 'code' | 'comment' | 'string' | 'heredoc';
  /** Of a string: with its prefix and quotes, and what is between them. Elsewhere the value itself. */
  outer: Range;
  inner: Range;
  prefix: string;
  quote: string;
  /** Values are filled in here. */
  fills: boolean;
  /** Offsets of the brackets that are open around it, the outermost first. */
  brackets: number[];
}

export const backslash = /\\[\s\S]/y;
const closers: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
/** Code in strings in code…: nobody writes more, and a file that does must not exhaust the stack. */
const DEPTH = 40;

/** Tells where a value stands in a text. Undefined where that cannot be told: then nothing may be changed. */
export function whereIs(text: string, value: Range, syntax: Syntax): Where | undefined {
  return new Scanner(text, value, syntax).run();
}

class Scanner {
  private found: Where | undefined;
  private brackets: number[] = [];
  private pending: { word: string; fills: boolean }[] = [];

  private readonly text: string;
  private readonly value: Range;
  private readonly syntax: Syntax;

  constructor(text: string, value: Range, syntax: Syntax) {
    this.text = text;
    this.value = value;
    this.syntax = syntax;
  }

  run(): Where | undefined {
    const end = this.code(0, undefined, 0);
    return end === undefined ? undefined : this.found;
  }

  /** Reads code up to the closing bracket that ends it, or to the value. Undefined where it is nested too deep. */
  private code(start: number, closer: string | undefined, depth: number): number | undefined {
    if (depth > DEPTH) return undefined;
    const { text, value, syntax } = this;
    const floor = this.brackets.length;
    let at = start;
    while (at < text.length && !this.found) {
      if (at >= value[0] && !this.opensHere(at)) {
        this.note('code', value, value);
        return at;
      }
      const past = this.comment(at) ?? this.skipped(at) ?? this.announced(at);
      const opened = past === undefined ? match(syntax.open, text, at) : undefined;
      if (past !== undefined) at = past;
      else if (opened?.groups) {
        const next = this.string(at, opened, depth);
        if (next === undefined) return undefined;
        at = next;
      } else if (text[at] === '\n' && this.pending.length > 0) at = this.heredocs(at + 1);
      else if (this.bracket(at++, closer, floor)) return at;
    }
    if (!this.found) this.note('code', value, value);
    return at;
  }

  /** The end of a comment that begins here; a value in one is found. */
  private comment(at: number): number | undefined {
    const comment = match(this.syntax.comment, this.text, at);
    if (!comment) return undefined;
    const end = at + comment[0].length;
    if (end > this.value[0]) this.note('comment', this.value, this.value);
    return end;
  }

  /** The end of what holds quotes and opens no string, as long as the value does not stand in it. */
  private skipped(at: number): number | undefined {
    const skipped = match(this.syntax.skip, this.text, at);
    const end = at + (skipped?.[0].length ?? 0);
    return skipped && end <= this.value[0] ? end : undefined;
  }

  /** The end of what announces a here-document, which begins on the next line. */
  private announced(at: number): number | undefined {
    const heredoc = match(this.syntax.heredoc, this.text, at);
    if (!heredoc?.groups) return undefined;
    const { quote = '', word = '' } = heredoc.groups;
    this.pending.push({ word, fills: quote === '' || quote === '"' });
    return at + heredoc[0].length;
  }

  /** Keeps count of the brackets; true for the one that ends this code. */
  private bracket(at: number, closer: string | undefined, floor: number): boolean {
    const character = this.text[at] as string;
    if ('([{'.includes(character)) this.brackets.push(at);
    else if (closers[character]) {
      if (character === closer && this.brackets.length <= floor) return true;
      if (this.brackets.length > floor) this.brackets.pop();
    }
    return false;
  }

  /** A quote that stands within the range of the value belongs to it only when nothing opens before. */
  private opensHere(at: number): boolean {
    return at === this.value[0] && match(this.syntax.open, this.text, at) !== undefined;
  }

  /** Reads a string, with the code in it. Undefined where that is nested too deep. */
  private string(start: number, opened: RegExpExecArray, depth: number): number | undefined {
    const { text, value } = this;
    const { prefix = '', quote = '' } = opened.groups as Record<string, string>;
    const form = this.syntax.form(prefix, quote);
    const close = form.close ?? quote;
    const content = start + opened[0].length;
    const end = this.stringEnd(content, close, form, depth);
    if (end === undefined) return undefined;
    const { at, closed } = end;
    const next = closed ? at + close.length : at;
    if (this.found || value[0] < content || value[0] >= next) return next;
    // An unfinished string has no end to speak of.
    if (!closed || at >= text.length || value[1] > at) this.note('code', value, value);
    else this.note('string', [start, next], [content, at], prefix, quote, form.fill !== undefined);
    return next;
  }

  /** Where the content of a string ends. A line break in one that may hold none leaves it open: the next line begins anew. */
  private stringEnd(
    content: number,
    close: string,
    form: Form,
    depth: number,
  ): { at: number; closed: boolean } | undefined {
    const { text } = this;
    let at = content;
    while (at < text.length && !this.found) {
      const escaped = match(form.escape, text, at);
      const fill = escaped ? undefined : match(form.fill, text, at);
      if (escaped) at += escaped[0].length;
      else if (text.startsWith(close, at)) break;
      else if (text[at] === '\n' && !form.multi) return { at, closed: false };
      else if (fill) {
        const next = this.code(at + fill[0].length, form.fillEnd ?? '}', depth + 1);
        if (next === undefined) return undefined;
        at = next;
      } else at++;
    }
    return { at, closed: true };
  }

  /** Reads the announced here-documents, each up to the line that is its word. */
  private heredocs(start: number): number {
    const { text, value } = this;
    let at = start;
    for (const { word, fills } of this.pending.splice(0)) {
      const end = new RegExp(`^[ \\t]*${word.replace(/\W/g, '\\$&')}\\b`, 'm');
      const rest = end.exec(text.slice(at));
      const stop = rest ? at + rest.index : text.length;
      if (!this.found && value[0] >= at && value[0] < stop) {
        this.note('heredoc', [at, stop], [at, stop], '', fills ? '"' : "'", fills);
      }
      at = rest ? stop + rest[0].length : stop;
    }
    return at;
  }

  private note(kind: Where['kind'], outer: Range, inner: Range, prefix = '', quote = '', fills = false): void {
    this.found = { kind, outer, inner, prefix, quote, fills, brackets: [...this.brackets] };
  }
}

function match(expression: RegExp | undefined, text: string, at: number): RegExpExecArray | undefined {
  if (!expression) return undefined;
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
