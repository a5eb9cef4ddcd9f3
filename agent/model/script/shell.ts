import type { Range } from '../types.ts';
import { baseName, effective } from './effective.ts';
import { CommandList } from './list.ts';
import type { Command, TextView, Word } from './types.ts';
import { WordReader } from './words.ts';

const maxDepth = 40;

/**
 * Reads POSIX shell and bash (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html) into simple
 * commands. It is tolerant and linear: it moves forward only, and what it does not understand becomes a word.
 * Pipeline expressions (`${{ … }}`) are one dynamic part of a word, whatever they hold.
 */
export function parseShell(view: TextView): Command[] {
  const parser = new ShellParser(
    view.text,
    (start, end) => rangeOf(view, start, end),
    (index) => index,
    0,
  );
  parser.list('');
  return parser.commands.filter((command) => command.words.length > 0 || command.assignments.length > 0);
}

const keywords = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'do',
  'done',
  'while',
  'until',
  '!',
  '{',
  '}',
  'esac',
  'coproc',
]);
const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash']);

class ShellParser {
  text: string;
  at = 0;
  end: number;
  commands: Command[] = [];
  /** Inside backticks, where the next one closes. */
  backtick = false;
  /** No `}}` stands after the cursor. */
  closed = false;
  /** Places of this text in the script's view: they differ inside the string of `sh -c`. */
  place: (index: number) => number;
  #viewRange: (start: number, end: number) => Range;
  #depth: number;
  #pending: { command: Command; delimiter: string; stripTabs: boolean; expands: boolean }[] = [];

  constructor(
    text: string,
    viewRange: (start: number, end: number) => Range,
    place: (index: number) => number,
    depth: number,
  ) {
    this.text = text;
    this.end = text.length;
    this.place = place;
    this.#viewRange = viewRange;
    this.#depth = depth;
  }

  /** The document's range of a piece of this text. */
  toRange(start: number, end: number): Range {
    return this.#viewRange(this.place(start), this.place(end));
  }

  /** Reads a list up to `close`, which is left behind. Gives the commands of this list, nested ones left out. */
  list(close: '' | ')' | '`'): Command[] {
    const list = new CommandList(this.commands, (start, end) => this.toRange(start, end));
    list.onEnd = (command) => this.#innerScript(command);
    this.#depth += 1;
    while (this.at < this.end) {
      const code = this.text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13) this.at += 1;
      else if (code === 92 && this.#continuation()) continue;
      else if (code === 10) {
        this.at += 1;
        list.end('\n');
        this.#heredocs();
      } else if (code === 35) this.#comment();
      else if (close === '`' && code === 96) break;
      else if (code === 41) {
        if (close === ')') break;
        // The pattern of a `case` branch.
        this.at += 1;
        list.drop();
      } else if (!this.#operator(list, code)) this.#word(list);
    }
    if (this.at < this.end) this.at += 1;
    list.end('');
    this.#depth -= 1;
    return list.own;
  }

  /** `$(…)`, backticks and `<(…)`: called by the word reader with the cursor after the opening mark. */
  nested(close: ')' | '`', parent: Command | undefined): Command[] {
    if (this.#depth > maxDepth) {
      this.at = this.end;
      return [];
    }
    const own = this.list(close);
    if (parent) for (const command of own) command.parent ??= parent;
    return own;
  }

  #operator(list: CommandList, code: number): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (list.inTest()) return false;
    if (code === 59) {
      this.at += next === 59 || next === 38 ? 2 : 1;
      list.end(';');
      return true;
    }
    if (code === 38) {
      if (next === 62) return this.#redirect(list);
      this.at += next === 38 ? 2 : 1;
      list.end(next === 38 ? '&&' : '&');
      return true;
    }
    if (code === 124) {
      this.at += next === 124 || next === 38 ? 2 : 1;
      list.end(next === 124 ? '||' : '|');
      return true;
    }
    if (code === 40) {
      this.#parenthesis(list, next);
      return true;
    }
    if ((code === 60 || code === 62) && next !== 40) return this.#redirect(list);
    if (code >= 48 && code <= 57 && (next === 60 || next === 62)) return this.#redirect(list);
    return false;
  }

  /** A subshell, an arithmetic command, or the `()` of a function. */
  #parenthesis(list: CommandList, next: number): void {
    this.at += 1;
    if (list.current && list.current.words.length > 0) {
      while (this.text.charCodeAt(this.at) === 32) this.at += 1;
      if (this.text.charCodeAt(this.at) === 41) this.at += 1;
      list.drop();
      return;
    }
    const kept = this.commands.length;
    const own = this.nested(')', undefined);
    if (next === 40) this.commands.length = kept;
    else list.group(own);
  }

  #redirect(list: CommandList): boolean {
    const start = this.at;
    let descriptor: number | undefined;
    if (this.text.charCodeAt(this.at) <= 57 && this.text.charCodeAt(this.at) >= 48) {
      descriptor = Number(this.text.charAt(this.at++));
    }
    const operator = redirectOperator(this.text, this.at);
    this.at += operator.length;
    while (this.text.charCodeAt(this.at) === 32 || this.text.charCodeAt(this.at) === 9) this.at += 1;
    const command = list.open(start);
    const target = this.#read(command);
    if (!target) return true;
    list.extend(this.at);
    if (operator === '<<' || operator === '<<-') {
      const delimiter = target.text;
      this.#pending.push({ command, delimiter, stripTabs: operator === '<<-', expands: !target.quoted });
    } else command.redirects.push({ operator, ...(descriptor === undefined ? {} : { descriptor }), target });
    return true;
  }

  #word(list: CommandList): void {
    const command = list.open(this.at);
    const start = this.at;
    const first = command.words.length === 0;
    const word = this.#read(command);
    if (!word) {
      this.at = Math.max(this.at, start + 1);
      return;
    }
    if (first && !word.quoted && keywords.has(word.text)) {
      list.restart();
      return;
    }
    if (word.text === '{' && command.words[0]?.text === 'function') {
      list.drop();
      return;
    }
    list.extend(this.at);
    if (first && assign(command, word, this, start)) {
      return;
    }
    command.words.push(word);
    if (first) command.name = baseName(word);
  }

  #read(command: Command): Word | undefined {
    return new WordReader(this, command).read();
  }

  #continuation(): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    if (next === 10) this.at += 2;
    else if (next === 13 && this.text.charCodeAt(this.at + 2) === 10) this.at += 3;
    else return false;
    return true;
  }

  #comment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 || end > this.end ? this.end : end;
  }

  #heredocs(): void {
    for (const { command, delimiter, stripTabs, expands } of this.#pending.splice(0)) {
      const start = this.at;
      let bodyEnd = this.end;
      while (this.at < this.end) {
        const newline = this.text.indexOf('\n', this.at);
        const lineEnd = newline === -1 || newline > this.end ? this.end : newline;
        const line = this.text.slice(this.at, lineEnd).replace(/\r$/, '');
        const lineStart = this.at;
        this.at = Math.min(lineEnd + 1, this.end);
        if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) {
          bodyEnd = lineStart;
          break;
        }
        if (lineEnd === this.end) this.at = this.end;
      }
      command.heredocs.push({ start: this.place(start), end: this.place(bodyEnd), expands });
      const fed = effective(command);
      if (fed && shells.has(fed.name) && !fed.args.some((word) => !word.text.startsWith('-'))) {
        this.inner(this.text.slice(start, bodyEnd), command, (index) => this.place(start + index));
      }
    }
  }

  /** Reads text that a shell will be given, such as the string of `sh -c`. */
  inner(text: string, parent: Command, place: (index: number) => number): void {
    if (this.#depth > maxDepth) return;
    const parser = new ShellParser(text, this.#viewRange, place, this.#depth + 1);
    for (const command of parser.list('')) command.parent ??= parent;
    this.commands.push(...parser.commands);
  }

  /** `sh -c '…'` and `eval '…'`: the string is a script of its own. */
  #innerScript(command: Command): void {
    const run = effective(command);
    if (!run) return;
    const body = run.name === 'eval' ? run.args[0] : shells.has(run.name) ? commandString(run.args) : undefined;
    if (!body?.quoted || body.substitutions.length > 0) return;
    const exact = body.end - body.start - 2 === body.text.length;
    const place = (index: number) => (exact ? body.start + 1 + index : index === 0 ? body.start : body.end);
    this.inner(body.text, command, place);
  }
}

export type { ShellParser };

/** The string after `-c`, `-lc`, `-euxc`. */
function commandString(args: Word[]): Word | undefined {
  for (let at = 0; at < args.length; at++) {
    const text = (args[at] as Word).text;
    if (/^-[a-zA-Z]{0,20}c[a-zA-Z]{0,20}$/.test(text)) return args[at + 1];
    if (text === '-o' || text === '+o') at += 1;
    else if (!text.startsWith('-') && !text.startsWith('+')) return undefined;
  }
  return undefined;
}

function redirectOperator(text: string, at: number): string {
  for (const operator of ['<<<', '<<-', '&>>', '<<', '>>', '>&', '<&', '&>', '>|', '<>']) {
    if (text.startsWith(operator, at)) return operator;
  }
  return text.charAt(at);
}

function assign(command: Command, word: Word, parser: ShellParser, at: number): boolean {
  const match = /^([A-Za-z_]\w*)(?:\[[^\]=]*\])?\+?=/.exec(word.text);
  if (!match) return false;
  // A quoted name is a word, not an assignment.
  if (!parser.text.startsWith(match[0], at)) return false;
  const start = at + match[0].length;
  const range = parser.toRange(start, parser.at);
  const value: Word = { ...word, text: word.text.slice(match[0].length), start: parser.place(start), range };
  command.assignments.push({ name: match[1] as string, value });
  return true;
}

function rangeOf(view: TextView, start: number, end: number): Range {
  const from = view.offsetAt(start);
  return [from, end > start ? Math.max(from, view.offsetAt(end - 1) + 1) : from];
}
