import { HclError } from './types.ts';

const deepest = 200;

/**
 * Walks over a text of HCL. Whether a line end is white space or ends something depends on what is open, so a reader
 * says so with `lines`: `false` inside of brackets and `${…}`.
 */
export class Cursor {
  readonly text: string;
  at = 0;
  /** The end of the last thing read, without the white space behind it. */
  end = 0;
  private readonly lines: boolean[] = [true];

  constructor(text: string) {
    this.text = text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  /** True where a line end is no white space. */
  get lineEndsCount(): boolean {
    return this.lines.at(-1) ?? true;
  }

  /** Runs `read` where line ends mean something, or do not. */
  within<T>(lines: boolean, read: () => T): T {
    if (this.lines.length > deepest) throw new HclError('it nests too deeply', this.at);
    this.lines.push(lines);
    try {
      return read();
    } finally {
      this.lines.pop();
    }
  }

  /** Passes white space and comments. A comment of one line does not take its line end along. */
  skip(): void {
    const space = this.lines.at(-1)
      ? /(?:[ \t]+|\r(?!\n)|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*?(?=\r?\n|$))*/y
      : /(?:[ \t\r\n]+|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
    space.lastIndex = this.at;
    this.at += space.exec(this.text)?.[0].length ?? 0;
  }

  /** Takes what `pattern` (sticky) finds here, behind white space. */
  take(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    this.end = this.at;
    return found;
  }

  /** True when `text` stands here, behind white space; nothing is taken. */
  sees(text: string): boolean {
    this.skip();
    return this.text.startsWith(text, this.at);
  }

  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    this.end = this.at;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) this.fail(`expected ${text}`);
  }

  name(): string | undefined {
    return this.take(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy);
  }

  /** Takes a word such as `for`, but not the beginning of a longer name. */
  word(word: string): boolean {
    const before = { at: this.at, end: this.end };
    if (this.name() === word) return true;
    this.at = before.at;
    this.end = before.end;
    return false;
  }

  /** Passes line ends, and says whether there was one or the text ends here. */
  lineEnd(): boolean {
    this.skip();
    if (this.at >= this.text.length) return true;
    return this.take(/\r?\n/y) !== undefined;
  }

  fail(message: string): never {
    throw new HclError(message, this.at);
  }
}
