import type { Range } from '../types.ts';
import type { Flag, Instruction, LogicalText } from './types.ts';

interface Piece {
  /** Place in the joined text. */
  index: number;
  /** Place in the document. */
  offset: number;
}

/** Text joined from pieces of the document. */
export class JoinedText implements LogicalText {
  text = '';
  #pieces: Piece[] = [];
  #end = 0;

  add(piece: string, offset: number): void {
    this.#pieces.push({ index: this.text.length, offset });
    this.text += piece;
    this.#end = offset + piece.length;
  }

  offsetAt(index: number): number {
    if (index >= this.text.length) return this.#end;
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle] as Piece).index <= index) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    return piece ? piece.offset + Math.max(0, index) - piece.index : 0;
  }

  /** The same text from `start` on. */
  from(start: number): JoinedText {
    const rest = new JoinedText();
    for (let at = 0; at < this.#pieces.length; at++) {
      const piece = this.#pieces[at] as Piece;
      const end = this.#pieces[at + 1]?.index ?? this.text.length;
      const skip = Math.max(0, start - piece.index);
      if (piece.index + skip < end) rest.add(this.text.slice(piece.index + skip, end), piece.offset + skip);
    }
    if (rest.text === '') rest.#end = this.#end;
    return rest;
  }
}

/** Splits a container file into instructions, after https://docs.docker.com/reference/dockerfile/. */
export function readInstructions(text: string): {
  instructions: Instruction[];
  syntax?: { text: string; range: Range };
} {
  const directives = readDirectives(text);
  const instructions: Instruction[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const line = new JoinedText();
    at = logicalLine(text, at, directives.escape, line);
    const match = /^([A-Za-z]+)(?:[ \t]+|$)/.exec(line.text);
    if (!match?.[1]) continue;
    const keywordStart = line.offsetAt(0);
    const rest = line.from(match[0].length);
    const { flags, length } = readFlags(rest);
    const instruction: Instruction = {
      keyword: match[1].toUpperCase(),
      range: [keywordStart, trimEnd(text, Math.max(start, at))],
      keywordRange: [keywordStart, keywordStart + match[1].length],
      arguments: rest.from(length),
      flags,
      heredocs: [],
    };
    const exec = execForm(instruction.arguments.text);
    if (exec) instruction.execForm = exec;
    if (/^(?:RUN|COPY|ADD)$/.test(instruction.keyword) && !exec) {
      at = readHeredocs(text, at, instruction);
      instruction.range = [keywordStart, trimEnd(text, at)];
    }
    instructions.push(instruction);
  }
  return { instructions, ...(directives.syntax ? { syntax: directives.syntax } : {}) };
}

/** `# syntax=…` and `# escape=…` count only in the comments at the very top. */
function readDirectives(text: string): { escape: string; syntax?: { text: string; range: Range } } {
  let mark = '\\';
  let syntax: { text: string; range: Range } | undefined;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    const match = /^#[ \t]*([a-zA-Z]+)[ \t]*=[ \t]*(\S+)[ \t]*\r?$/.exec(line);
    if (!match?.[1] || !match[2]) break;
    const start = at + line.indexOf(match[2], line.indexOf('='));
    const name = match[1].toLowerCase();
    if (name === 'syntax') syntax = { text: match[2], range: [start, start + match[2].length] };
    if (name === 'escape' && match[2] === '`') mark = '`';
    at = end + 1;
  }
  return { escape: mark, ...(syntax ? { syntax } : {}) };
}

/** Reads one instruction's lines into `into`; gives the offset after them. */
function logicalLine(text: string, from: number, mark: string, into: JoinedText): number {
  let at = from;
  while (at < text.length) {
    const end = lineEnd(text, at);
    const start = at;
    let content = start;
    if (at === 0 && text.charCodeAt(0) === 0xfeff) content += 1;
    while (content < end && ' \t\r'.includes(text.charAt(content))) content += 1;
    at = end + 1;
    // Comments and empty lines between continued lines belong to nobody.
    if (text.charAt(content) === '#' || content === end) {
      if (into.text === '') return at;
      continue;
    }
    let stop = end;
    while (stop > content && ' \t\r'.includes(text.charAt(stop - 1))) stop -= 1;
    const goesOn = text.charAt(stop - 1) === mark;
    // The indentation of what goes on is part of it.
    const begin = into.text === '' ? content : start;
    into.add(text.slice(begin, goesOn ? stop - 1 : stop), begin);
    if (!goesOn) return at;
  }
  return text.length;
}

function readFlags(rest: JoinedText): { flags: Flag[]; length: number } {
  const flags: Flag[] = [];
  const pattern = /[ \t]*--([a-z][a-z-]*)(?:=("[^"]*"|\S*))?(?=\s|$)/y;
  let length = 0;
  for (let match = pattern.exec(rest.text); match; match = pattern.exec(rest.text)) {
    const value = match[2] ?? '';
    const end = match.index + match[0].length;
    const start = match.index + match[0].indexOf('--');
    flags.push({
      name: match[1] as string,
      value: value.replace(/^"(.*)"$/, '$1'),
      range: [rest.offsetAt(start), rest.offsetAt(end - 1) + 1],
      valueRange:
        value === ''
          ? [rest.offsetAt(end), rest.offsetAt(end)]
          : [rest.offsetAt(end - value.length), rest.offsetAt(end - 1) + 1],
    });
    length = end;
  }
  while (' \t'.includes(rest.text.charAt(length)) && length < rest.text.length) length += 1;
  return { flags, length };
}

/** The words of `["a", "b"]`; undefined for anything else. */
export function execForm(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function readHeredocs(text: string, from: number, instruction: Instruction): number {
  let at = from;
  for (const match of instruction.arguments.text.matchAll(/(?<![<\w])<<(-?)(["']?)([A-Za-z_]\w*)\2(?=\s|$|[;|&>)])/g)) {
    const name = match[3] as string;
    const start = at;
    let bodyEnd = text.length;
    while (at < text.length) {
      const end = lineEnd(text, at);
      const line = text.slice(at, end).replace(/\r$/, '');
      const lineStart = at;
      at = end + 1;
      if ((match[1] ? line.replace(/^\t+/, '') : line) === name) {
        bodyEnd = lineStart;
        break;
      }
    }
    bodyEnd = Math.min(bodyEnd, text.length);
    instruction.heredocs.push({ name, range: [start, bodyEnd], text: text.slice(start, bodyEnd) });
  }
  return Math.min(at, text.length);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function trimEnd(text: string, at: number): number {
  let end = Math.min(at, text.length);
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}
