/** The tokens of YAML, as libyaml finds them behind Go's yaml.v3, with its words for what is wrong. */
import { type Cursor, Mark, YamlError } from './cursor.ts';
import { scanAnchor, scanDirective, scanTag } from './properties.ts';
import { scanBlock, scanPlain, scanQuoted } from './scalars.ts';

export type TokenType =
  | 'stream end'
  | 'version'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'block sequence'
  | 'block mapping'
  | 'block end'
  | '['
  | ']'
  | '{'
  | '}'
  | '-'
  | ','
  | '?'
  | ':'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  type: TokenType;
  start: Mark;
  value: string;
  /** Of a tag, what follows its handle; of a directive for tags, the prefix. */
  suffix: string;
  /** A scalar without quotes. */
  plain: boolean;
}

interface SimpleKey {
  possible: boolean;
  required: boolean;
  number: number;
  mark: Mark;
}

/** How deep collections may be nested. */
export const MAX_DEPTH = 1000;
const LONGEST_KEY = 1024;
/** What begins no plain scalar, `-`, `?` and `:` only where a blank follows. */
const NOT_PLAIN = /[-?:,[\]{}#&*!|>'"%@` \t\n\r\u0085\u2028\u2029]/;

export class Scanner {
  readonly #c: Cursor;
  readonly #step: (work: number) => void;
  #tokens: Token[] = [];
  #parsed = 0;
  #indent = -1;
  #indents: number[] = [];
  #flow = 0;
  #keyAllowed = true;
  #keys: SimpleKey[] = [{ possible: false, required: false, number: 0, mark: new Mark(0, 0, 0) }];
  /** Keys that are possible, by the number of their first token: a search of all levels for every token would take too long. */
  readonly #keyAt = new Map<number, SimpleKey>();

  constructor(cursor: Cursor, step: (work: number) => void) {
    this.#c = cursor;
    this.#step = step;
  }

  /** Throws `YamlError`. Two tokens more are read than are needed, so that what is wrong in them is found first. */
  peek(): Token {
    for (;;) {
      // The end is found again as often as it is asked for.
      if (this.#tokens.length > 2 && !this.#headMayBeKey()) return this.#tokens[0] as Token;
      this.#fetch();
    }
  }

  skip(): Token {
    this.peek();
    this.#parsed++;
    return this.#tokens.shift() as Token;
  }

  #headMayBeKey(): boolean {
    const key = this.#keyAt.get(this.#parsed);
    return key !== undefined && this.#isValid(key);
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line === this.#c.mark.line && key.mark.at + LONGEST_KEY >= this.#c.mark.at) return true;
    if (key.required) throw YamlError.scanning("could not find expected ':'", this.#c.mark, key.mark);
    this.#drop(key);
    return false;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const required = this.#flow === 0 && this.#indent === this.#c.mark.column;
    this.#removeKey();
    const number = this.#parsed + this.#tokens.length;
    const key = { possible: true, required, number, mark: this.#c.mark };
    this.#keys[this.#keys.length - 1] = key;
    this.#keyAt.set(number, key);
  }

  #removeKey(): void {
    const key = this.#keys.at(-1) as SimpleKey;
    if (key.possible && key.required) throw YamlError.scanning("could not find expected ':'", this.#c.mark, key.mark);
    this.#drop(key);
  }

  #drop(key: SimpleKey): void {
    if (key.possible) this.#keyAt.delete(key.number);
    key.possible = false;
  }

  #push(type: TokenType, start: Mark, value = '', suffix = '', plain = false): void {
    this.#tokens.push({ type, start, value, suffix, plain });
  }

  #roll(column: number, number: number | undefined, type: TokenType, mark: Mark): void {
    if (this.#flow > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    if (this.#indents.length > MAX_DEPTH) throw YamlError.scanning('exceeded max depth of 10000', mark, mark);
    this.#indent = column;
    const token: Token = { type, start: mark, value: '', suffix: '', plain: false };
    if (number === undefined) this.#tokens.push(token);
    else this.#tokens.splice(number - this.#parsed, 0, token);
  }

  #unroll(column: number): void {
    if (this.#flow > 0) return;
    while (this.#indent > column) {
      this.#push('block end', this.#c.mark);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #fetch(): void {
    this.#step(1);
    const c = this.#c;
    this.#toNextToken();
    this.#unroll(c.mark.column);
    const mark = c.mark;
    const char = c.char();
    const blankNext = c.isBlankEnd(1);
    if (char === '') this.#end();
    else if (mark.column === 0 && char === '%') this.#directive();
    else if (mark.column === 0 && c.atDocumentMark()) this.#documentMark(char === '-');
    else if (char === '[' || char === '{') this.#open(char);
    else if (char === ']' || char === '}') this.#close(char);
    else if (char === ',') this.#entry();
    else if (char === '-' && blankNext) this.#blockEntry();
    else if (char === '?' && (this.#flow > 0 || blankNext)) this.#key();
    else if (char === ':' && (this.#flow > 0 || blankNext)) this.#value();
    else if (char === '*' || char === '&' || char === '!') this.#property(char);
    else this.#scalar(char);
  }

  #scalar(char: string): void {
    const c = this.#c;
    const mark = c.mark;
    if ((char === '|' || char === '>') && this.#flow === 0) {
      this.#removeKey();
      this.#keyAllowed = true;
      this.#push('scalar', mark, scanBlock(c, char === '|', this.#indent));
      return;
    }
    const isQuoted = char === "'" || char === '"';
    const startsPlain =
      !NOT_PLAIN.test(char) || (char === '-' && !c.isBlank(1)) || (this.#flow === 0 && '?:'.includes(char));
    if (!isQuoted && !startsPlain) throw YamlError.scanning('found character that cannot start any token', mark, mark);
    this.#saveKey();
    this.#keyAllowed = false;
    if (isQuoted) {
      this.#push('scalar', mark, scanQuoted(c, char === "'"));
      return;
    }
    const { text, endsLine } = scanPlain(c, this.#flow > 0, this.#indent);
    if (endsLine) this.#keyAllowed = true;
    this.#push('scalar', mark, text, '', true);
  }

  #toNextToken(): void {
    const c = this.#c;
    for (;;) {
      if (c.mark.column === 0 && c.char() === '\ufeff') c.skip();
      while (c.char() === ' ' || ((this.#flow > 0 || !this.#keyAllowed) && c.char() === '\t')) c.skip();
      if (c.char() === '#') while (!c.isBreakEnd()) c.skip();
      if (!c.isBreak()) return;
      c.readLine();
      if (this.#flow === 0) this.#keyAllowed = true;
    }
  }

  #end(): void {
    this.#c.forceLine();
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#push('stream end', this.#c.mark);
  }

  #directive(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    const mark = this.#c.mark;
    const { type, value, suffix } = scanDirective(this.#c);
    this.#push(type, mark, value, suffix);
  }

  #documentMark(isStart: boolean): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#push(isStart ? 'document start' : 'document end', this.#c.mark);
    this.#c.skip(3);
  }

  #open(char: '[' | '{'): void {
    this.#saveKey();
    this.#flow++;
    if (this.#flow > MAX_DEPTH) throw YamlError.scanning('exceeded max depth of 10000', this.#c.mark, this.#c.mark);
    this.#keys.push({ possible: false, required: false, number: 0, mark: this.#c.mark });
    this.#keyAllowed = true;
    this.#one(char);
  }

  #close(char: ']' | '}'): void {
    this.#removeKey();
    if (this.#flow > 0) {
      this.#flow--;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#one(char);
  }

  #entry(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    this.#one(',');
  }

  #one(type: TokenType): void {
    this.#push(type, this.#c.mark);
    this.#c.skip();
  }

  #allowed(what: string): void {
    if (!this.#keyAllowed)
      throw YamlError.scanning(`${what} are not allowed in this context`, this.#c.mark, this.#c.mark);
  }

  #blockEntry(): void {
    if (this.#flow === 0) {
      this.#allowed('block sequence entries');
      this.#roll(this.#c.mark.column, undefined, 'block sequence', this.#c.mark);
    }
    this.#removeKey();
    this.#keyAllowed = true;
    this.#one('-');
  }

  #key(): void {
    if (this.#flow === 0) {
      this.#allowed('mapping keys');
      this.#roll(this.#c.mark.column, undefined, 'block mapping', this.#c.mark);
    }
    this.#removeKey();
    this.#keyAllowed = this.#flow === 0;
    this.#one('?');
  }

  #value(): void {
    const key = this.#keys.at(-1) as SimpleKey;
    if (this.#isValid(key)) {
      this.#tokens.splice(key.number - this.#parsed, 0, {
        type: '?',
        start: key.mark,
        value: '',
        suffix: '',
        plain: false,
      });
      this.#roll(key.mark.column, key.number, 'block mapping', key.mark);
      this.#drop(key);
      this.#keyAllowed = false;
    } else {
      if (this.#flow === 0) {
        this.#allowed('mapping values');
        this.#roll(this.#c.mark.column, undefined, 'block mapping', this.#c.mark);
      }
      this.#keyAllowed = this.#flow === 0;
    }
    this.#one(':');
  }

  #property(char: '*' | '&' | '!'): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const mark = this.#c.mark;
    if (char === '!') {
      const { handle, suffix } = scanTag(this.#c);
      this.#push('tag', mark, handle, suffix);
    } else this.#push(char === '*' ? 'alias' : 'anchor', mark, scanAnchor(this.#c));
  }
}
