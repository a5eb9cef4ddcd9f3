/** A place in a YAML text, and errors that name it as Go's yaml.v3 does. */

export class Mark {
  readonly at: number;
  readonly line: number;
  readonly column: number;

  constructor(at: number, line: number, column: number) {
    this.at = at;
    this.line = line;
    this.column = column;
  }
}

export class YamlError extends Error {
  /** An error of the scanner: lines are counted from the one where what is read began, else from the one it is in. */
  static scanning(problem: string, mark: Mark, context: Mark): YamlError {
    const line = context.line > 0 ? context.line + 1 : mark.line > 0 ? mark.line + 1 : 0;
    return YamlError.at(line, problem);
  }

  /** An error of the parser, which counts lines from zero, and does not show that one. */
  static parsing(problem: string, mark: Mark, context?: Mark): YamlError {
    return YamlError.at(context !== undefined && context.line > 0 ? context.line : mark.line, problem);
  }

  static at(line: number, problem: string): YamlError {
    return new YamlError(`yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`);
  }
}

const BREAK = /[\n\r\u0085\u2028\u2029]/;

export class Cursor {
  readonly #text: string;
  mark = new Mark(0, 0, 0);

  constructor(text: string) {
    this.#text = text;
  }

  /** Empty at the end. */
  char(ahead = 0): string {
    return this.#text.charAt(this.mark.at + ahead);
  }

  startsWith(part: string): boolean {
    return this.#text.startsWith(part, this.mark.at);
  }

  skip(count = 1): void {
    const { at, line, column } = this.mark;
    this.mark = new Mark(at + count, line, column + count);
  }

  read(): string {
    const char = this.char();
    this.skip();
    return char;
  }

  /** Reads a break: CR, LF, both, and NEL are one new line, the others stay as they are. Nothing at the end. */
  readLine(): string {
    const char = this.char();
    if (char === '') return '';
    const size = char === '\r' && this.char(1) === '\n' ? 2 : 1;
    this.mark = new Mark(this.mark.at + size, this.mark.line + 1, 0);
    return char === '\u2028' || char === '\u2029' ? char : '\n';
  }

  /** The end of the text stands on a line of its own. */
  forceLine(): void {
    if (this.mark.column > 0) this.mark = new Mark(this.mark.at, this.mark.line + 1, 0);
  }

  isBlank(ahead = 0): boolean {
    const char = this.char(ahead);
    return char === ' ' || char === '\t';
  }

  isBreak(ahead = 0): boolean {
    return BREAK.test(this.char(ahead));
  }

  isBreakEnd(ahead = 0): boolean {
    return this.char(ahead) === '' || this.isBreak(ahead);
  }

  isBlankEnd(ahead = 0): boolean {
    return this.isBlank(ahead) || this.isBreakEnd(ahead);
  }

  atDocumentMark(): boolean {
    return (this.startsWith('---') || this.startsWith('...')) && this.isBlankEnd(3);
  }

  /** The word of letters, digits, dashes and underscores here. */
  word(): string {
    let word = '';
    while (/[0-9A-Za-z_-]/.test(this.char())) word += this.read();
    return word;
  }

  blanks(): void {
    while (this.isBlank()) this.skip();
  }
}
