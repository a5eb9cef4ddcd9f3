import type { Range } from '../types.ts';
import { baseName } from './effective.ts';
import { CommandList } from './list.ts';
import type { Command, Substitution, TextView, Word } from './types.ts';

const maxDepth = 40;

/** PowerShell, as far as commands, pipes, strings and parentheses go. Linear; unknown syntax becomes words. */
export function parsePowerShell(view: TextView): Command[] {
  return new Reader(view, true).all();
}

/** `cmd.exe` batch lines: commands, pipes, `&`, `^` escapes, `rem`. */
export function parseCmd(view: TextView): Command[] {
  return new Reader(view, false).all();
}

/** A part of a word, as the shell would read it. */
interface Piece {
  text: string;
  quoted?: boolean;
  /** Only running it tells what it is. */
  dynamic: boolean;
  commands?: Command[];
}

class Reader {
  #view: TextView;
  #text: string;
  #power: boolean;
  #at = 0;
  #depth = 0;
  #commands: Command[] = [];

  constructor(view: TextView, power: boolean) {
    this.#view = view;
    this.#text = view.text;
    this.#power = power;
  }

  all(): Command[] {
    this.#list('', undefined);
    return this.#commands.filter((command) => command.words.length > 0);
  }

  #list(close: string, parent: Command | undefined): Command[] {
    const list = new CommandList(this.#commands, (start, end) => this.#range(start, end));
    this.#depth += 1;
    while (this.#at < this.#text.length) {
      if (this.#passBlank(list) || this.#passSeparator(list)) continue;
      const character = this.#text.charAt(this.#at);
      if (close !== '' && character === close) {
        this.#at += 1;
        break;
      }
      if (character === '(' && !list.current) this.#group(list);
      else if ('{}),'.includes(character)) {
        this.#at += 1;
        if (character === '{' || character === '}') list.end(';');
      } else if (this.#power && character === '&') this.#at += 1;
      else this.#word(list);
    }
    list.end('');
    if (parent) for (const command of list.own) command.parent ??= parent;
    this.#depth -= 1;
    return list.own;
  }

  /** Passes blanks, a line that goes on with the next, or a comment. */
  #passBlank(list: CommandList): boolean {
    const character = this.#text.charAt(this.#at);
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
    else if (this.#continues(character)) this.#at = this.#text.indexOf('\n', this.#at) + 1;
    else if (this.#isComment(list, character, two)) this.#skipComment(two);
    else return false;
    return true;
  }

  /** Passes what ends a command: the end of its line, a pipe, or what joins it with the next. */
  #passSeparator(list: CommandList): boolean {
    const separator = this.#separator();
    if (separator === undefined) return false;
    this.#at += separator.length;
    list.end(separator === '&' ? ';' : separator);
    return true;
  }

  #separator(): '\n' | ';' | '&' | '&&' | '||' | '|' | undefined {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === '&&' || two === '||') return two;
    const character = this.#text.charAt(this.#at);
    if (character === '\n' || character === ';' || character === '|') return character;
    // In PowerShell it calls what follows.
    return character === '&' && !this.#power ? character : undefined;
  }

  #group(list: CommandList): void {
    this.#at += 1;
    if (this.#depth > maxDepth) this.#at = this.#text.length;
    else list.group(this.#list(')', undefined));
  }

  #continues(character: string): boolean {
    if (character !== (this.#power ? '`' : '^')) return false;
    return this.#text.charAt(this.#at + 1) === '\n' || this.#text.startsWith('\r\n', this.#at + 1);
  }

  #isComment(list: CommandList, character: string, two: string): boolean {
    if (this.#power) return character === '#' || two === '<#';
    return !list.current && (two === '::' || /^@?rem\b/i.test(this.#text.slice(this.#at, this.#at + 6)));
  }

  #skipComment(two: string): void {
    const block = this.#power && two === '<#';
    const end = this.#text.indexOf(block ? '#>' : '\n', this.#at);
    this.#at = end === -1 ? this.#text.length : block ? end + 2 : end;
  }

  #word(list: CommandList): void {
    const start = this.#at;
    const command = list.open(start);
    const substitutions: Substitution[] = [];
    let out = '';
    let quoted = false;
    let dynamic = false;
    while (this.#at < this.#text.length && !this.#endsWord(start)) {
      const piece = this.#piece(command);
      out += piece.text;
      quoted ||= piece.quoted ?? false;
      dynamic ||= piece.dynamic;
      if (piece.commands) substitutions.push({ kind: 'command', commands: piece.commands });
    }
    this.#at = Math.max(this.#at, start + 1);
    const end = Math.min(this.#at, this.#text.length);
    const word: Word = { text: out, range: this.#range(start, end), start, end, quoted, dynamic, substitutions };
    list.extend(end);
    const first = command.words.length === 0;
    // `$x = command …`: what is assigned is a command of its own.
    if (this.#power && command.words.length === 1 && out === '=') {
      list.restart();
      return;
    }
    command.words.push(word);
    if (first) command.name = baseName({ ...word, text: out.replace(/^@(?=\w)/, '') });
  }

  #endsWord(start: number): boolean {
    const character = this.#text.charAt(this.#at);
    return ' \t\r\n;|{},)'.includes(character) || (character === '&' && this.#at > start);
  }

  /** A part of a word: a quoted text, an expression of the pipeline, commands in parentheses, or a single letter. */
  #piece(command: Command): Piece {
    const from = this.#at;
    const character = this.#text.charAt(from);
    if (character === '"' || (character === "'" && this.#power)) {
      const text = this.#quote(character);
      return { text, quoted: true, dynamic: character === '"' && /[$%]/.test(text) };
    }
    if (this.#text.startsWith('${{', from)) {
      const close = this.#text.indexOf('}}', from);
      this.#at = close === -1 ? from + 3 : close + 2;
      return { text: this.#text.slice(from, this.#at), dynamic: true };
    }
    if (character === '(' && this.#depth <= maxDepth) {
      this.#at += 1;
      const commands = this.#list(')', command);
      return { text: this.#text.slice(from, this.#at), dynamic: true, commands };
    }
    const escapes = character === (this.#power ? '`' : '^');
    this.#at += escapes ? 2 : 1;
    return { text: this.#text.charAt(this.#at - 1), dynamic: character === '$' || character === '%' };
  }

  #quote(mark: string): string {
    let at = this.#at + 1;
    let out = '';
    while (at < this.#text.length) {
      const character = this.#text.charAt(at);
      if (this.#power && mark === '"' && character === '`') {
        out += this.#text.charAt(at + 1);
        at += 2;
        continue;
      }
      if (character === mark) {
        if (this.#power && this.#text.charAt(at + 1) === mark) {
          out += mark;
          at += 2;
          continue;
        }
        at += 1;
        break;
      }
      if (!this.#power && character === '\n') break;
      out += character;
      at += 1;
    }
    this.#at = Math.min(at, this.#text.length);
    return out;
  }

  #range(start: number, end: number): Range {
    const from = this.#view.offsetAt(start);
    return [from, end > start ? Math.max(from, this.#view.offsetAt(end - 1) + 1) : from];
  }
}
