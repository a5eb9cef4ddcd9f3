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

export function lexGraphql(text: string): Token[] {
  const tokens: Token[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let start = at;
  const push = (kind: string, value: string): void => {
    tokens.push({ kind, value, line, column: at - start + 1 });
  };
  const here = (): { line: number; column: number } => ({ line, column: at - start + 1 });
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === '\n') {
      at++;
      line++;
      start = at;
    } else if (c === ' ' || c === '\t' || c === '\r' || c === ',') at++;
    else if (c === '#') {
      while (at < text.length && text[at] !== '\n') at++;
    } else if (text.startsWith('"""', at)) {
      const end = blockEnd(text, at, here());
      const raw = text.slice(at + 3, end);
      push('BlockString', dedent(raw.replaceAll('\\"""', '"""')));
      for (let i = raw.indexOf('\n'); i >= 0; i = raw.indexOf('\n', i + 1)) {
        line++;
        start = at + 3 + i + 1;
      }
      at = end + 3;
    } else if (c === '"') {
      const end = stringEnd(text, at, here());
      const value = unescapeString(text.slice(at + 1, end), here());
      // gqlparser counts from the first character inside the quotes.
      tokens.push({ kind: 'String', value, line, column: at - start + 2 });
      at = end + 1;
    } else {
      const [kind, value] = shortToken(text, at, here());
      push(kind, kind === value ? '' : value);
      at += value.length;
    }
  }
  push('<EOF>', '');
  return tokens;
}

function shortToken(text: string, at: number, here: { line: number; column: number }): [string, string] {
  const mark = PUNCTUATION.find((p) => text.startsWith(p, at));
  if (mark !== undefined) return [mark, mark];
  NAME.lastIndex = at;
  const name = NAME.exec(text);
  if (name !== null) return ['Name', name[0]];
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text);
  if (number !== null) return [number[1] === undefined && number[2] === undefined ? 'Int' : 'Float', number[0]];
  throw new GraphqlError(`Cannot parse the unexpected character ${JSON.stringify(text.charAt(at))}.`, here);
}

function blockEnd(text: string, from: number, here: { line: number; column: number }): number {
  for (let end = text.indexOf('"""', from + 3); end >= 0; end = text.indexOf('"""', end + 3)) {
    if (text[end - 1] !== '\\') return end;
  }
  throw new GraphqlError('Unterminated string.', here);
}

function stringEnd(text: string, from: number, here: { line: number; column: number }): number {
  for (let end = from + 1; end < text.length && text[end] !== '\n'; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === '"') return end;
  }
  throw new GraphqlError('Unterminated string.', here);
}

function unescapeString(raw: string, here: { line: number; column: number }): string {
  try {
    return JSON.parse(`"${raw.replaceAll('\t', '\\t')}"`) as string;
  } catch {
    throw new GraphqlError('Invalid character escape sequence.', here);
  }
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
