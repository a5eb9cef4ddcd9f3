import type { ShellParser } from './shell.ts';
import type { Command, Substitution, Word } from './types.ts';

/** Reads one word: quotes, escapes, variables, substitutions, pipeline expressions. */
export class WordReader {
  #parser: ShellParser;
  #command: Command;
  #text: string;
  #out = '';
  #quoted = false;
  #dynamic = false;
  #substitutions: Substitution[] = [];

  constructor(parser: ShellParser, command: Command) {
    this.#parser = parser;
    this.#command = command;
    this.#text = parser.text;
  }

  /** The word at the cursor; undefined when none begins here. */
  read(): Word | undefined {
    const parser = this.#parser;
    const start = parser.at;
    while (parser.at < parser.end && this.#part(start));
    if (parser.at === start) return undefined;
    return {
      text: this.#out,
      range: parser.toRange(start, parser.at),
      start: parser.place(start),
      end: parser.place(parser.at),
      quoted: this.#quoted,
      dynamic: this.#dynamic,
      substitutions: this.#substitutions,
    };
  }

  /** Reads the next part; false where the word ends. */
  #part(start: number): boolean {
    const parser = this.#parser;
    const code = this.#text.charCodeAt(parser.at);
    if (code <= 32 || code === 59 || code === 41) return false;
    if (code === 38 || code === 124) return this.#testOperator(start);
    if (code === 40) return this.#array(start);
    if (code === 60 || code === 62) return this.#process(start);
    if (code === 39) this.#single();
    else if (code === 34) this.#double();
    else if (code === 96) return this.#backtick();
    else if (code === 36) this.#dollar(false);
    else if (code === 92) this.#escape();
    else {
      this.#out += this.#text.charAt(parser.at);
      parser.at += 1;
    }
    return true;
  }

  /** `&&`, `||` inside `[[ … ]]`; everywhere else they end the word. */
  #testOperator(start: number): boolean {
    const words = this.#command.words;
    if (words[0]?.text !== '[[' || words.at(-1)?.text === ']]' || this.#parser.at !== start) return false;
    this.#out += this.#text.slice(start, start + 2);
    this.#parser.at += 2;
    return false;
  }

  /** `a=(…)`: the values of an array; a parenthesis anywhere else ends the word. */
  #array(start: number): boolean {
    const parser = this.#parser;
    const inTest = this.#command.words[0]?.text === '[[';
    if (parser.at === start && !inTest) return false;
    if (!inTest && !this.#out.endsWith('=')) return false;
    parser.at += 1;
    if (inTest) {
      this.#out += '(';
      return true;
    }
    const kept = parser.commands.length;
    parser.nested(')', undefined);
    parser.commands.length = kept;
    this.#dynamic = true;
    return true;
  }

  #process(start: number): boolean {
    const parser = this.#parser;
    if (this.#text.charCodeAt(parser.at + 1) !== 40) {
      if (this.#command.words[0]?.text !== '[[' || parser.at !== start) return false;
      this.#out += this.#text.charAt(parser.at);
      parser.at += 1;
      return true;
    }
    const from = parser.at;
    parser.at += 2;
    this.#substitutions.push({ kind: 'process', commands: parser.nested(')', this.#command) });
    this.#keep(from);
    return true;
  }

  #single(): void {
    const parser = this.#parser;
    const close = this.#text.indexOf("'", parser.at + 1);
    const end = close === -1 || close >= parser.end ? parser.end : close;
    this.#out += this.#text.slice(parser.at + 1, end);
    this.#quoted = true;
    parser.at = Math.min(end + 1, parser.end);
  }

  #double(): void {
    const parser = this.#parser;
    this.#quoted = true;
    parser.at += 1;
    while (parser.at < parser.end) {
      const code = this.#text.charCodeAt(parser.at);
      if (code === 34) {
        parser.at += 1;
        return;
      }
      if (code === 92) this.#escapeInDouble();
      else if (code === 36) this.#dollar(true);
      else if (code === 96) {
        if (!this.#backtick()) return;
      } else {
        this.#out += this.#text.charAt(parser.at);
        parser.at += 1;
      }
    }
  }

  #escape(): void {
    const parser = this.#parser;
    const next = this.#text.charAt(parser.at + 1);
    if (next !== '\n') this.#out += next;
    this.#quoted = this.#quoted || next !== '\n';
    parser.at = Math.min(parser.at + 2, parser.end);
  }

  #escapeInDouble(): void {
    const next = this.#text.charAt(this.#parser.at + 1);
    if (next !== '\n') this.#out += '"$`\\'.includes(next) ? next : `\\${next}`;
    this.#parser.at = Math.min(this.#parser.at + 2, this.#parser.end);
  }

  /** Backticks nest only with escapes, so inside them the next one closes. */
  #backtick(): boolean {
    const parser = this.#parser;
    if (parser.backtick) return false;
    const from = parser.at;
    parser.at += 1;
    parser.backtick = true;
    const commands = parser.nested('`', this.#command);
    parser.backtick = false;
    this.#substitutions.push({ kind: 'command', commands });
    this.#keep(from);
    return true;
  }

  #dollar(inDouble: boolean): void {
    const parser = this.#parser;
    const from = parser.at;
    const next = this.#text.charAt(from + 1);
    if (next === '(') {
      this.#substitution(from);
    } else if (next === '{') {
      if (this.#text.charAt(from + 2) === '{') this.#expression(from);
      else this.#parameter(from);
    } else if (next === "'" && !inDouble) {
      this.#ansi(from);
    } else if (next === '"' && !inDouble) {
      parser.at += 1;
    } else {
      const name = /[A-Za-z_]/.test(next)
        ? variableEnd(this.#text, from + 1, parser.end)
        : from + (/[\d@*#?$!-]/.test(next) ? 2 : 1);
      parser.at = Math.min(name, parser.end);
      if (name === from + 1) this.#out += '$';
      else this.#keep(from);
    }
  }

  #substitution(from: number): void {
    const parser = this.#parser;
    const arithmetic = this.#text.charAt(from + 2) === '(';
    parser.at = from + 2;
    const kept = parser.commands.length;
    // Backticks inside `$(…)` are new ones.
    const backtick = parser.backtick;
    parser.backtick = false;
    const commands = parser.nested(')', this.#command);
    parser.backtick = backtick;
    if (arithmetic) parser.commands.length = kept;
    else this.#substitutions.push({ kind: 'command', commands });
    this.#keep(from);
  }

  #expression(from: number): void {
    const parser = this.#parser;
    const close = parser.closed ? -1 : this.#text.indexOf('}}', from + 3);
    // No closing marks from here on: looking again at every opening one would be quadratic.
    if (close === -1) parser.closed = true;
    parser.at = close === -1 || close + 2 > parser.end ? from + 3 : close + 2;
    this.#keep(from);
  }

  /** `${name…}`: to the brace that closes it, through quotes and substitutions. */
  #parameter(from: number): void {
    const parser = this.#parser;
    parser.at = from + 2;
    let depth = 1;
    while (parser.at < parser.end && depth > 0) {
      const code = this.#text.charCodeAt(parser.at);
      if (code === 92) parser.at += 2;
      else if (code === 36 && this.#text.charAt(parser.at + 1) === '(') {
        parser.at += 2;
        this.#substitutions.push({ kind: 'command', commands: parser.nested(')', this.#command) });
      } else {
        if (code === 123 && this.#text.charCodeAt(parser.at - 1) === 36) depth += 1;
        else if (code === 125) depth -= 1;
        parser.at += 1;
      }
    }
    parser.at = Math.min(parser.at, parser.end);
    this.#keep(from);
  }

  #ansi(from: number): void {
    const parser = this.#parser;
    let at = from + 2;
    while (at < parser.end && this.#text.charAt(at) !== "'") at += this.#text.charAt(at) === '\\' ? 2 : 1;
    this.#out += this.#text.slice(from + 2, at);
    this.#quoted = true;
    parser.at = Math.min(at + 1, parser.end);
  }

  /** Keeps the source of a part that only the run can tell. */
  #keep(from: number): void {
    this.#dynamic = true;
    this.#out += this.#text.slice(from, this.#parser.at);
  }
}

function variableEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\w/.test(text.charAt(at))) at += 1;
  return at;
}
