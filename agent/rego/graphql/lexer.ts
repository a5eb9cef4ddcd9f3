/** GraphQL's tokens (https://spec.graphql.org/October2021/#sec-Language), with the names gqlparser's messages use. */

export interface Token {
  kind: string;
  value: string;
  line: number;
  column: number;
}

export class GraphqlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, at: { line: number; column: number }) {
    super(message);
    this.line = at.line;
    this.column = at.column;
  }
}

const PUNCTUATION = ['...', '!', '$', '&', '(', ')', ':', '=', '@', '[', ']', '{', '}', '|'];
const NAME = /[_A-Za-z][_0-9A-Za-z]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;

/** The last token is the end, or `<Invalid>` at the character that begins no token or may not stand within one. */
export function lexGraphql(text: string): Token[] {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const s: State = { text, at: begin, line: 1, lineStart: begin, tokens: [] };
  for (skipIgnored(s); s.at < text.length; skipIgnored(s)) {
    const read = readToken(text, s.at);
    if (read.bad !== undefined) {
      moveTo(s, read.bad);
      push(s, '<Invalid>', '');
      return s.tokens;
    }
    push(s, read.kind, read.value, read.place);
    moveTo(s, read.end);
  }
  push(s, '<EOF>', '');
  return s.tokens;
}

interface State {
  text: string;
  at: number;
  line: number;
  /** Columns are counted from here. */
  lineStart: number;
  tokens: Token[];
}

function push({ tokens, line, lineStart, at }: State, kind: string, value: string, place = at): void {
  tokens.push({ kind, value, line, column: place - lineStart + 1 });
}

/** Past blanks, commas, comments and line breaks, which mean nothing between tokens. */
function skipIgnored(s: State): void {
  for (; s.at < s.text.length; s.at++) {
    const c = s.text[s.at];
    if (isBreak(c)) {
      s.line++;
      s.lineStart = s.at + 1;
      // After CR LF gqlparser counts columns from the LF.
      if (c === '\r' && s.text[s.at + 1] === '\n') s.at++;
    } else if (c === '#') {
      while (s.at + 1 < s.text.length && !isBreak(s.text[s.at + 1])) s.at++;
    } else if (c !== ' ' && c !== '\t' && c !== ',') return;
  }
}

function isBreak(c: string | undefined): boolean {
  return c === '\n' || c === '\r';
}

/** Moves over (a part of) a token. Only blocks of text have lines, and in them gqlparser counts line feeds alone. */
function moveTo(s: State, end: number): void {
  for (; s.at < end; s.at++) {
    if (s.text[s.at] !== '\n') continue;
    s.line++;
    s.lineStart = s.at + 1;
  }
}

/** A token from its `place` to its `end`, or the place of the character that spoils it. */
type Read = { kind: string; value: string; place: number; end: number; bad?: undefined } | { bad: number };

function readToken(text: string, at: number): Read {
  if (text.startsWith('"""', at)) return readBlock(text, at);
  return text[at] === '"' ? readString(text, at) : shortToken(text, at);
}

function shortToken(text: string, at: number): Read {
  const mark = PUNCTUATION.find((p) => text.startsWith(p, at));
  if (mark !== undefined) return { kind: mark, value: '', place: at, end: at + mark.length };
  NAME.lastIndex = at;
  const name = NAME.exec(text);
  if (name !== null) return { kind: 'Name', value: name[0], place: at, end: NAME.lastIndex };
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  if (number === null) return { bad: text[at] === '-' ? at + 1 : at };
  const end = NUMBER.lastIndex;
  if (/^-?0$/.test(number[0]) && /[0-9]/.test(text.charAt(end))) return { bad: end };
  if (text[end] === '.' && number[1] === undefined && number[2] === undefined) return { bad: end + 1 };
  if (/[eE]/.test(text.charAt(end)) && number[2] === undefined)
    return { bad: end + (/[+-]/.test(text.charAt(end + 1)) ? 2 : 1) };
  const kind = number[1] === undefined && number[2] === undefined ? 'Int' : 'Float';
  return { kind, value: number[0], place: at, end };
}

function readBlock(text: string, at: number): Read {
  const end = blockEnd(text, at);
  if (end >= text.length) return { bad: end };
  const raw = text.slice(at + 3, end).replaceAll('\\"""', '"""');
  return { kind: 'BlockString', value: dedent(raw), place: at, end: end + 3 };
}

/** The place of the closing quotes; the end of the text where there are none. */
function blockEnd(text: string, from: number): number {
  for (let end = text.indexOf('"""', from + 3); end >= 0; end = text.indexOf('"""', end + 3)) {
    if (text[end - 1] !== '\\') return end;
  }
  return text.length;
}

const PART = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|[^"\\\n]/y;

function readString(text: string, from: number): Read {
  let end = from + 1;
  for (PART.lastIndex = end; PART.test(text); PART.lastIndex = end) end = PART.lastIndex;
  if (text[end] === '\\') return { bad: end + 1 };
  if (text[end] !== '"') return { bad: end };
  const raw = text.slice(from + 1, end).replace(/[\u0000-\u001f]/g, (c) => JSON.stringify(c).slice(1, -1));
  // gqlparser counts from the first character inside the quotes.
  return { kind: 'String', value: JSON.parse(`"${raw}"`) as string, place: from + 1, end: end + 1 };
}

/** Takes the common indent off, and blank lines at both ends. */
function dedent(raw: string): string {
  const lines = raw.split(/\r\n|\n|\r/);
  const indents = lines
    .slice(1)
    .filter((l) => l.trim() !== '')
    .map((l) => l.length - l.trimStart().length);
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  const cut = lines.map((l, i) => (i === 0 ? l : l.slice(common)));
  while (cut.length > 0 && (cut[0] as string).trim() === '') cut.shift();
  while (cut.length > 0 && (cut.at(-1) as string).trim() === '') cut.pop();
  return cut.join('\n');
}
