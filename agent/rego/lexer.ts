/** Text to tokens. All tokens are made at once, so that the parser can go back to any of them by number. */
import { type Position, RegoFailure } from './errors.ts';

export type TokenType =
  | 'ident'
  | 'number'
  | 'string'
  | 'template-start'
  | 'template-text'
  | 'template-open'
  | 'template-close'
  | 'template-end'
  | 'punct'
  | 'end';

/** A token is its own position, so that the many terms of a large policy need no object for theirs. */
export interface Token extends Position {
  type: TokenType;
  /** The punctuation or name; for strings and template texts the value with escapes resolved. */
  text: string;
  end: number;
  /** White space or a comment stands before the token; `a [x]` is not a reference. */
  spaced: boolean;
}

export interface Comment {
  text: string;
  line: number;
  column: number;
  offset: number;
}

export interface Lexed {
  tokens: Token[];
  comments: Comment[];
}

const TWO = new Set([':=', '==', '!=', '<=', '>=']);
const ONE = '=<>+-*/%&|()[]{},;:.';
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** Throws `RegoFailure` with `rego_parse_error` at the first character that begins no token. */
export function lex(file: string, text: string): Lexed {
  return new Lexer(file, text).run();
}

/** What the lexer is inside of: a template's text ends at its own delimiter, an expression in it at the closing brace. */
interface Frame {
  delimiter: '"' | '`';
  braces: number;
}

class Lexer {
  readonly #file: string;
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #comments: Comment[] = [];
  readonly #frames: Frame[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #spaced = false;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  run(): Lexed {
    while (this.#skip()) this.#token();
    if (this.#frames.length > 0) this.#fail('non-terminated string', this.#at);
    this.#push('end', '', this.#at, this.#at);
    return { tokens: this.#tokens, comments: this.#comments };
  }

  /** Moves over white space and comments; false at the end of the text. */
  #skip(): boolean {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (c === 10) this.#newline();
      else if (c === 32 || c === 9 || c === 13) {
        this.#at++;
        this.#spaced = true;
      } else if (c === 35) this.#comment();
      else return this.#at < this.#text.length;
    }
  }

  #newline(): void {
    this.#at++;
    this.#line++;
    this.#lineStart = this.#at;
    this.#spaced = true;
  }

  #comment(): void {
    let end = this.#text.indexOf('\n', this.#at);
    if (end < 0) end = this.#text.length;
    const text = this.#text.slice(this.#at + 1, end).replace(/\r$/, '');
    this.#comments.push({ text, line: this.#line, column: this.#at - this.#lineStart + 1, offset: this.#at });
    this.#at = end;
    this.#spaced = true;
  }

  #token(): void {
    const start = this.#at;
    const c = this.#text.charCodeAt(start);
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95) {
      IDENT.lastIndex = start;
      const name = IDENT.exec(this.#text)?.[0] ?? '';
      this.#at += name.length;
      this.#push('ident', name, start, this.#at);
      return;
    }
    if (c >= 48 && c <= 57) {
      this.#number(start);
      return;
    }
    if (c === 34) {
      this.#string(start);
      return;
    }
    if (c === 96) {
      this.#raw(start);
      return;
    }
    if (c === 36) {
      this.#templateStart(start);
      return;
    }
    this.#punctuation(start);
  }

  #punctuation(start: number): void {
    const two = this.#text.slice(start, start + 2);
    const text = TWO.has(two) ? two : two.charAt(0);
    if (!ONE.includes(text.charAt(0)) && !TWO.has(text)) this.#fail(`illegal token`, start);
    this.#at += text.length;
    const frame = this.#frames.at(-1);
    if (frame !== undefined && text === '{') frame.braces++;
    if (frame !== undefined && text === '}' && --frame.braces === 0) {
      this.#push('template-close', '}', start, this.#at);
      this.#templateText(frame);
      return;
    }
    this.#push('punct', text, start, this.#at);
  }

  #number(start: number): void {
    NUMBER.lastIndex = start;
    const text = NUMBER.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    if (this.#text.charAt(this.#at) === '.') this.#fail('expected fraction', start);
    if (/[A-Za-z0-9_]/.test(this.#text.charAt(this.#at))) this.#fail('illegal number format', start);
    this.#push('number', text, start, this.#at);
  }

  #string(start: number): void {
    let end = start + 1;
    for (;;) {
      const c = this.#text.charCodeAt(end);
      if (Number.isNaN(c) || c === 10) this.#fail('non-terminated string', start);
      if (c === 34) break;
      end += c === 92 ? 2 : 1;
    }
    this.#at = end + 1;
    this.#push('string', this.#unescape(this.#text.slice(start + 1, end), start), start, this.#at);
  }

  #raw(start: number): void {
    const end = this.#text.indexOf('`', start + 1);
    if (end < 0) this.#fail('non-terminated string', start);
    this.#at = end + 1;
    const text = this.#text.slice(start + 1, end);
    this.#push('string', text, start, this.#at);
    this.#countLines(start, end);
  }

  #templateStart(start: number): void {
    const delimiter = this.#text.charAt(start + 1);
    if (delimiter !== '"' && delimiter !== '`') this.#fail('illegal token', start);
    this.#at = start + 2;
    this.#push('template-start', delimiter, start, this.#at);
    const frame: Frame = { delimiter: delimiter as '"' | '`', braces: 0 };
    this.#frames.push(frame);
    this.#templateText(frame);
  }

  /** Reads template text up to the next `{` or the end of the template. */
  #templateText(frame: Frame): void {
    const start = this.#at;
    let end = start;
    for (;;) {
      const c = this.#text.charAt(end);
      if (c === '' || (c === '\n' && frame.delimiter === '"')) this.#fail('non-terminated string', start);
      if (c === frame.delimiter || c === '{') break;
      end += c === '\\' && (frame.delimiter === '"' || this.#text.charAt(end + 1) === '{') ? 2 : 1;
    }
    const raw = this.#text.slice(start, end);
    const text = frame.delimiter === '"' ? this.#unescape(raw, start) : raw.replaceAll('\\{', '{');
    if (raw !== '') this.#push('template-text', text, start, end);
    this.#countLines(start, end);
    this.#at = end + 1;
    if (this.#text.charAt(end) === '{') {
      frame.braces = 1;
      this.#push('template-open', '{', end, end + 1);
      return;
    }
    this.#frames.pop();
    this.#push('template-end', frame.delimiter, end, end + 1);
  }

  #countLines(start: number, end: number): void {
    for (let i = this.#text.indexOf('\n', start); i >= 0 && i < end; i = this.#text.indexOf('\n', i + 1)) {
      this.#line++;
      this.#lineStart = i + 1;
    }
  }

  #unescape(raw: string, start: number): string {
    if (!raw.includes('\\')) return raw;
    const json = this.#frames.length > 0 || raw.includes('\\{') ? raw.replace(/\\([{}])|\\[\s\S]/g, keepBrace) : raw;
    try {
      return JSON.parse(`"${json.replaceAll('\t', '\\t')}"`) as string;
    } catch {
      return this.#fail('illegal string escape sequence', start);
    }
  }

  #push(type: TokenType, text: string, offset: number, end: number): void {
    const column = offset - this.#lineStart + 1;
    this.#tokens.push({ type, text, end, file: this.#file, line: this.#line, column, offset, spaced: this.#spaced });
    this.#spaced = false;
  }

  #fail(message: string, offset: number): never {
    const position: Position = { file: this.#file, line: this.#line, column: offset - this.#lineStart + 1, offset };
    throw new RegoFailure('rego_parse_error', message, position);
  }
}

function keepBrace(whole: string, brace: string | undefined): string {
  return brace ?? whole;
}
