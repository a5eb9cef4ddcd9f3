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
      const character = this.#text.charAt(this.#at);
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (character === ' ' || character === '\t' || character === '\r') this.#at += 1;
      else if (this.#continues(character)) this.#at = this.#text.indexOf('\n', this.#at) + 1;
      else if (character === '\n' || character === ';' || (character === '&' && two !== '&&' && !this.#power)) {
        this.#at += 1;
        list.end(character === '\n' ? '\n' : ';');
      } else if (two === '&&' || two === '||') {
        this.#at += 2;
        list.end(two);
      } else if (character === '|') {
        this.#at += 1;
        list.end('|');
      } else if (this.#isComment(list, character, two)) this.#skipComment(two);
      else if (close !== '' && character === close) {
        this.#at += 1;
        break;
      } else if (character === '{' || character === '}' || character === ')' || character === ',') {
        this.#at += 1;
        if (character === '{' || character === '}') list.end(';');
      } else if (character === '(' && !list.current) this.#group(list);
      else if (this.#power && character === '&') this.#at += 1;
      else this.#word(list);
    }
    list.end('');
    if (parent) for (const command of list.own) command.parent ??= parent;
    this.#depth -= 1;
    return list.own;
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
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (' \t\r\n;|{},)'.includes(character) || (character === '&' && this.#at > start)) break;
      const from = this.#at;
      if (character === '"' || (character === "'" && this.#power)) {
        quoted = true;
        const inner = this.#quote(character);
        out += inner;
        dynamic ||= character === '"' && /[$%]/.test(inner);
      } else if (this.#text.startsWith('${{', from)) {
        const close = this.#text.indexOf('}}', from);
        this.#at = close === -1 ? from + 3 : close + 2;
        out += this.#text.slice(from, this.#at);
        dynamic = true;
      } else if (character === '(' && this.#depth <= maxDepth) {
        this.#at += 1;
        substitutions.push({ kind: 'command', commands: this.#list(')', command) });
        out += this.#text.slice(from, this.#at);
        dynamic = true;
      } else {
        if (character === (this.#power ? '`' : '^')) this.#at += 1;
        if (character === '$' || character === '%') dynamic = true;
        out += this.#text.charAt(this.#at);
        this.#at += 1;
      }
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
