/**
 * Text to tokens. All tokens are made at once, so that the parser can go back to any of them by number; they are kept in
 * columns of numbers, because a large policy has hundreds of thousands.
 */
import { type Position, RegoFailure } from './errors.ts';
import { isPunctuation, KIND, nameOfKind, punctuationKind, wordKind } from './tokens.ts';

export interface Comment {
  text: string;
  line: number;
  column: number;
  offset: number;
}

/** The tokens of a text; the last is of the kind `end`. */
export interface Tokens {
  file: string;
  text: string;
  count: number;
  kinds: Uint8Array;
  /** Offsets of the first character, and of the one after the last. */
  starts: Int32Array;
  ends: Int32Array;
  lines: Int32Array;
  /** 1: white space or a comment stands before the token; `a [x]` is not a reference. */
  spaced: Uint8Array;
  /** Texts of strings and templates with escapes resolved, where they differ from what is written. */
  values: Map<number, string>;
  /** Offsets at which lines begin, by the number of the line. */
  lineStarts: number[];
  comments: Comment[];
  /** Strings as written whose escapes mean nothing. */
  bad: Map<number, string>;
}

/** The punctuation or name; for strings and template texts the value with escapes resolved. */
export function textOf(tokens: Tokens, at: number): string {
  const kind = tokens.kinds[at] as number;
  if (isPunctuation(kind)) return nameOfKind(kind);
  const value = tokens.values.get(at);
  if (value !== undefined) return value;
  const quotes = kind === KIND.string ? 1 : 0;
  return tokens.text.slice((tokens.starts[at] as number) + quotes, (tokens.ends[at] as number) - quotes);
}

export function positionOf(tokens: Tokens, at: number): Position {
  const line = tokens.lines[at] as number;
  const offset = tokens.starts[at] as number;
  return { file: tokens.file, line, column: offset - (tokens.lineStarts[line] as number) + 1, offset };
}

const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** What begins no token ends the tokens as one that is illegal, whose value says what is wrong. */
export function lex(file: string, text: string): Tokens {
  return new Lexer(file, text).run();
}

/** What the lexer is inside of: a template's text ends at its own delimiter, an expression in it at the closing brace. */
interface Frame {
  delimiter: '"' | '`';
  braces: number;
}

class Lexer {
  readonly #text: string;
  readonly #tokens: Tokens;
  readonly #frames: Frame[] = [];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #spaced = 0;

  constructor(file: string, text: string) {
    this.#text = text;
    const room = (text.length >> 2) + 16;
    this.#tokens = {
      file,
      text,
      count: 0,
      kinds: new Uint8Array(room),
      starts: new Int32Array(room),
      ends: new Int32Array(room),
      lines: new Int32Array(room),
      spaced: new Uint8Array(room),
      values: new Map(),
      lineStarts: [0, 0],
      comments: [],
      bad: new Map(),
    };
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  run(): Tokens {
    try {
      while (this.#skip()) this.#token();
      if (this.#frames.length > 0) this.#fail('non-terminated string', this.#at);
    } catch (e) {
      if (!(e instanceof RegoFailure) || e.position === undefined) throw e;
      this.#push(KIND.illegal, e.position.offset, e.position.offset, e.message);
      this.#at = this.#text.length;
    }
    this.#push(KIND.end, this.#at, this.#at);
    return this.#tokens;
  }

  /** Moves over white space and comments; false at the end of the text. */
  #skip(): boolean {
    const text = this.#text;
    for (;;) {
      const c = text.charCodeAt(this.#at);
      if (c === 10) {
        this.#at++;
        this.#newline(this.#at);
        this.#spaced = 1;
      } else if (c === 32 || c === 9 || c === 13) {
        this.#at++;
        this.#spaced = 1;
      } else if (c === 35) this.#comment();
      else return this.#at < text.length;
    }
  }

  #newline(start: number): void {
    this.#line++;
    this.#lineStart = start;
    this.#tokens.lineStarts.push(start);
  }

  #comment(): void {
    let end = this.#text.indexOf('\n', this.#at);
    if (end < 0) end = this.#text.length;
    const last = this.#text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    const text = this.#text.slice(this.#at + 1, last);
    this.#tokens.comments.push({ text, line: this.#line, column: this.#at - this.#lineStart + 1, offset: this.#at });
    this.#at = end;
    this.#spaced = 1;
  }

  #token(): void {
    const start = this.#at;
    const c = this.#text.charCodeAt(start);
    if (isNameStart(c)) this.#word(start);
    else if (isDigit(c) || (c === 46 && this.#isFraction(start))) this.#number(start);
    else if (c === 34) this.#string(start);
    else if (c === 96) this.#raw(start);
    else if (c === 36) this.#templateStart(start);
    else this.#punctuation(start);
  }

  #word(start: number): void {
    const text = this.#text;
    let end = start + 1;
    for (let c = text.charCodeAt(end); isNameStart(c) || isDigit(c); c = text.charCodeAt(end)) end++;
    this.#at = end;
    this.#push(wordKind(text, start, end), start, end);
  }

  #punctuation(start: number): void {
    const kind = punctuationKind(this.#text, start);
    if (kind === undefined) this.#fail(this.#text[start] === '!' ? 'illegal ! character' : 'illegal token', start);
    this.#at += nameOfKind(kind).length;
    const frame = this.#frames.at(-1);
    if (frame !== undefined && kind === KIND['{']) frame.braces++;
    if (frame !== undefined && kind === KIND['}'] && --frame.braces === 0) {
      this.#push(KIND['template-close'], start, this.#at);
      this.#templateText(frame);
      return;
    }
    this.#push(kind, start, this.#at);
  }

  /** `.5` is a number where no name or bracket stands directly before it. */
  #isFraction(start: number): boolean {
    // Nearly every dot is followed by a name, and is done with here.
    return isDigit(this.#text.charCodeAt(start + 1)) && !/[\w"`)\]}]/.test(this.#text[start - 1] ?? ' ');
  }

  #number(start: number): void {
    if (this.#text.charCodeAt(start) === 46) {
      this.#at += /^\.[0-9]+(?:[eE][+-]?[0-9]+)?/.exec(this.#text.slice(start, start + 400))?.[0].length ?? 1;
      this.#push(KIND.number, start, this.#at, `0${this.#text.slice(start, this.#at)}`);
      return;
    }
    if (this.#plainNumber(start)) return;
    NUMBER.lastIndex = start;
    this.#at += NUMBER.exec(this.#text)?.[0].length ?? 0;
    const after = this.#text.slice(this.#at, this.#at + 1);
    const isWhole = !/[.eE]/.test(this.#text.slice(start, this.#at));
    if (after === '.' && (isWhole || !/[\w]/.test(this.#text[this.#at + 1] ?? '')))
      this.#fail('expected fraction', start);
    // A zero in front belongs to the number, which the parser then refuses.
    if (/[0-9]/.test(after)) this.#at += /^[0-9.eE+-]*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
    else if (/[eE]/.test(after)) this.#fail('expected exponent', start);
    else if (/[A-Za-z_]/.test(after)) this.#fail('illegal number format', start);
    if (/^0[0-9]/.test(this.#text.slice(start, start + 2)))
      this.#fail('unexpected number token: expected number without leading zero', start);
    this.#push(KIND.number, start, this.#at);
  }

  /** A number of digits only, as most are; false where there is more to look at. */
  #plainNumber(start: number): boolean {
    const text = this.#text;
    let end = start + 1;
    let c = text.charCodeAt(end);
    while (isDigit(c)) c = text.charCodeAt(++end);
    if (c === 46 || isNameStart(c) || (end > start + 1 && text.charCodeAt(start) === 48)) return false;
    this.#at = end;
    this.#push(KIND.number, start, end);
    return true;
  }

  #string(start: number): void {
    let end = start + 1;
    let escaped = false;
    for (;;) {
      const c = this.#text.charCodeAt(end);
      if (Number.isNaN(c) || c === 10) this.#fail('non-terminated string', start);
      if (c === 34) break;
      if (c === 92) escaped = true;
      end += c === 92 ? 2 + this.#hexDigits(end + 1) : 1;
    }
    this.#at = end + 1;
    const raw = this.#text.slice(start + 1, end);
    if (escaped && /\\u(?![0-9a-fA-F]{4})/.test(raw.replaceAll('\\\\', ''))) {
      this.#tokens.bad.set(this.#tokens.count, `"${raw}"`);
      escaped = false;
    }
    this.#push(KIND.string, start, this.#at, escaped ? this.#unescape(raw, start) : undefined);
  }

  /** How much of `uXXXX` is read without a look at what it is: what is no digit is still taken, once. */
  #hexDigits(at: number): number {
    if (this.#text[at] !== 'u') return 0;
    const digits = /^[0-9a-fA-F]{0,4}/.exec(this.#text.slice(at + 1, at + 5))?.[0].length ?? 0;
    const next = this.#text[at + 1 + digits];
    return digits === 4 || next === '\n' || next === undefined ? digits : digits + 1;
  }

  #raw(start: number): void {
    const end = this.#text.indexOf('`', start + 1);
    if (end < 0) this.#fail('non-terminated string', start);
    this.#at = end + 1;
    this.#push(KIND.string, start, this.#at);
    this.#countLines(start, end);
  }

  #templateStart(start: number): void {
    const delimiter = this.#text.charAt(start + 1);
    if (delimiter !== '"' && delimiter !== '`') this.#fail('illegal $ character', start);
    this.#at = start + 2;
    this.#push(KIND['template-start'], start, this.#at, delimiter);
    const frame: Frame = { delimiter, braces: 0 };
    this.#frames.push(frame);
    const { count } = this.#tokens;
    try {
      this.#templateText(frame);
    } catch (e) {
      if (!(e instanceof RegoFailure) || delimiter !== '"') throw e;
      // To OPA all of it is one token, up to the first brace.
      this.#tokens.count = count - 1;
      this.#fail(e.message, start);
    }
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
    if (raw !== '') this.#push(KIND['template-text'], start, end, text);
    this.#countLines(start, end);
    this.#at = end + 1;
    if (this.#text.charAt(end) === '{') {
      frame.braces = 1;
      this.#push(KIND['template-open'], end, end + 1);
      return;
    }
    this.#frames.pop();
    this.#push(KIND['template-end'], end, end + 1);
  }

  #countLines(start: number, end: number): void {
    for (let i = this.#text.indexOf('\n', start); i >= 0 && i < end; i = this.#text.indexOf('\n', i + 1)) {
      this.#newline(i + 1);
    }
  }

  #unescape(raw: string, start: number): string {
    if (!raw.includes('\\')) return raw;
    const json = this.#frames.length > 0 || raw.includes('\\{') ? raw.replace(/\\([{}])|\\[\s\S]/g, keepBrace) : raw;
    try {
      // Half of a surrogate pair is no character: Go puts the replacement character in its place.
      return (JSON.parse(`"${json.replaceAll('\t', '\\t')}"`) as string).toWellFormed();
    } catch {
      return this.#fail('illegal escape sequence', start);
    }
  }

  #push(kind: number, start: number, end: number, value?: string): void {
    const t = this.#tokens;
    if (t.count === t.kinds.length) grow(t);
    const at = t.count++;
    t.kinds[at] = kind;
    t.starts[at] = start;
    t.ends[at] = end;
    t.lines[at] = this.#line;
    t.spaced[at] = this.#spaced;
    if (value !== undefined) t.values.set(at, value);
    this.#spaced = 0;
  }

  #fail(message: string, offset: number): never {
    const column = offset - this.#lineStart + 1;
    throw new RegoFailure('rego_parse_error', message, { file: this.#tokens.file, line: this.#line, column, offset });
  }
}

function grow(t: Tokens): void {
  const room = t.kinds.length * 2;
  const bytes = (old: Uint8Array): Uint8Array => {
    const grown = new Uint8Array(room);
    grown.set(old);
    return grown;
  };
  const numbers = (old: Int32Array): Int32Array => {
    const grown = new Int32Array(room);
    grown.set(old);
    return grown;
  };
  Object.assign(t, { kinds: bytes(t.kinds), spaced: bytes(t.spaced) });
  Object.assign(t, { starts: numbers(t.starts), ends: numbers(t.ends), lines: numbers(t.lines) });
}

function isNameStart(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function keepBrace(whole: string, brace: string | undefined): string {
  return brace ?? whole;
}
