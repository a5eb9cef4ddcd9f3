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
  const tokens: Token[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let start = at;
  const push = (kind: string, value: string, place = at): void => {
    tokens.push({ kind, value, line, column: place - start + 1 });
  };
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '\n') {
      at++;
      line++;
      start = at;
    } else if (c === '\r') {
      // After CR LF gqlparser counts columns from the LF.
      at++;
      line++;
      start = at;
      if (text[at] === '\n') at++;
    } else if (c === ' ' || c === '\t' || c === ',') at++;
    else if (c === '#') {
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
    } else if (text.startsWith('"""', at)) {
      const end = blockEnd(text, at);
      const raw = text.slice(at + 3, end);
      if (end < text.length) push('BlockString', dedent(raw.replaceAll('\\"""', '"""')));
      for (let i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) {
        line++;
        start = at + 3 + i + 1;
      }
      if (end >= text.length) return invalid(end);
      at = end + 3;
    } else {
      const read = c === '"' ? readString(text, at) : shortToken(text, at);
      if (read.bad !== undefined) return invalid(read.bad);
      // gqlparser counts from the first character inside the quotes.
      push(read.kind, read.value, c === '"' ? at + 1 : at);
      at = read.end;
    }
  }
  push('<EOF>', '');
  return tokens;

  function invalid(place: number): Token[] {
    push('<Invalid>', '', place);
    return tokens;
  }
}

type Read = { kind: string; value: string; end: number; bad?: undefined } | { bad: number };

function shortToken(text: string, at: number): Read {
  const mark = PUNCTUATION.find((p) => text.startsWith(p, at));
  if (mark !== undefined) return { kind: mark, value: '', end: at + mark.length };
  NAME.lastIndex = at;
  const name = NAME.exec(text);
  if (name !== null) return { kind: 'Name', value: name[0], end: NAME.lastIndex };
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  if (number === null) return { bad: text[at] === '-' ? at + 1 : at };
  const end = NUMBER.lastIndex;
  if (/^-?0$/.test(number[0]) && /[0-9]/.test(text.charAt(end))) return { bad: end };
  if (text[end] === '.' && number[1] === undefined && number[2] === undefined) return { bad: end + 1 };
  if (/[eE]/.test(text.charAt(end)) && number[2] === undefined)
    return { bad: end + (/[+-]/.test(text.charAt(end + 1)) ? 2 : 1) };
  return { kind: number[1] === undefined && number[2] === undefined ? 'Int' : 'Float', value: number[0], end };
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
  return { kind: 'String', value: JSON.parse(`"${raw}"`) as string, end: end + 1 };
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
