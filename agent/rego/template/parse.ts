/** Go's text/template (https://pkg.go.dev/text/template) as `strings.render_template` needs it: text to a tree. */

export type Argument =
  | { kind: 'field'; path: string[] }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'constant'; value: string | number | boolean | null }
  | { kind: 'function'; name: string }
  | { kind: 'pipeline'; pipeline: Command[]; path: string[] };

/** A function or value with operands; the result of the command before it comes last. */
export type Command = Argument[];

export interface Action {
  declare: string[];
  pipeline: Command[];
}

export interface TemplateBranch {
  kind: 'if' | 'with' | 'range';
  action: Action;
  body: TemplateNode[];
  otherwise: TemplateNode[];
}

export type TemplateNode =
  | { kind: 'text'; text: string }
  | { kind: 'action'; action: Action }
  | TemplateBranch
  | { kind: 'break' | 'continue' };

export class TemplateError extends Error {}

const TAG = /\{\{(- )?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|[^"`}]|\}(?!\}))*)\}\}/g;
const TOKEN =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|:=|[|(),=]|\$?[A-Za-z_]\w*(?:\.\w+)*|\$(?:\.\w+)*|(?:\.\w+)+|\.|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

interface Piece {
  text: string;
  tag: string | undefined;
}

export function parseTemplate(source: string): TemplateNode[] {
  const pieces = split(source);
  const reader = { pieces, at: 0 };
  const nodes = block(reader, []);
  if (reader.at < pieces.length) throw new TemplateError('unexpected {{end}}');
  return nodes;
}

/** Text and tags in turn; `{{- ` and ` -}}` take white space away. */
function split(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  for (const match of source.matchAll(TAG)) {
    let text = source.slice(at, match.index);
    if (trim) text = text.trimStart();
    if (match[1] !== undefined) text = text.trimEnd();
    let tag = match[2] as string;
    trim = / -$/.test(tag);
    if (trim) tag = tag.slice(0, -2);
    pieces.push({ text, tag: undefined }, { text: '', tag: tag.trim() });
    at = match.index + match[0].length;
  }
  const rest = source.slice(at);
  if (rest.includes('{{')) throw new TemplateError('unclosed action');
  pieces.push({ text: trim ? rest.trimStart() : rest, tag: undefined });
  return pieces;
}

interface Reader {
  pieces: Piece[];
  at: number;
}

/** Nodes up to one of the tags that end a block, which is left for the caller. */
function block(r: Reader, ends: string[]): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (; r.at < r.pieces.length; r.at++) {
    const { text, tag } = r.pieces[r.at] as Piece;
    if (tag === undefined) {
      if (text !== '') nodes.push({ kind: 'text', text });
      continue;
    }
    if (tag === '' || tag.startsWith('/*')) continue;
    const word = /^\w+/.exec(tag)?.[0] ?? '';
    if (word === 'end' || word === 'else') {
      if (!ends.includes(word)) throw new TemplateError(`unexpected {{${word}}}`);
      return nodes;
    }
    if (word === 'if' || word === 'with' || word === 'range') nodes.push(branch(r, word, tag.slice(word.length)));
    else if (word === 'break' || word === 'continue') nodes.push({ kind: word });
    else if (word === 'define' || word === 'template' || word === 'block')
      throw new TemplateError(`{{${word}}} is not supported`);
    else nodes.push({ kind: 'action', action: parseAction(tag) });
  }
  if (ends.length > 0) throw new TemplateError('unexpected EOF');
  return nodes;
}

function branch(r: Reader, kind: 'if' | 'with' | 'range', condition: string): TemplateBranch {
  const action = parseAction(condition);
  r.at++;
  const body = block(r, ['else', 'end']);
  const tag = (r.pieces[r.at] as Piece).tag as string;
  if (tag === 'end') return { kind, action, body, otherwise: [] };
  const chained = /^else\s+(if|with)\b/.exec(tag);
  if (chained !== null) {
    const otherwise = [branch(r, chained[1] as 'if', tag.slice(chained[0].length))];
    return { kind, action, body, otherwise };
  }
  r.at++;
  const otherwise = block(r, ['end']);
  return { kind, action, body, otherwise };
}

function parseAction(text: string): Action {
  const tokens = tokenize(text);
  const declare: string[] = [];
  const assign = tokens.findIndex((t) => t === ':=' || t === '=');
  if (assign > 0) {
    declare.push(
      ...tokens
        .slice(0, assign)
        .filter((t) => t !== ',')
        .map((t) => t.slice(1)),
    );
    tokens.splice(0, assign + 1);
  }
  const state = { tokens, at: 0 };
  const pipeline = parsePipeline(state, undefined);
  return { declare, pipeline };
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new TemplateError(`unexpected ${JSON.stringify(text.charAt(at))} in command`);
    if (match[0].trim() !== '') tokens.push(match[0]);
  }
  return tokens;
}

function parsePipeline(s: { tokens: string[]; at: number }, close: string | undefined): Command[] {
  const commands: Command[] = [[]];
  for (; s.at < s.tokens.length; s.at++) {
    const token = s.tokens[s.at] as string;
    if (token === close) {
      s.at++;
      break;
    }
    if (token === '|') commands.push([]);
    else if (token === '(') {
      s.at++;
      const pipeline = parsePipeline(s, ')');
      const after = s.tokens[s.at];
      const path = after?.startsWith('.') && after.length > 1 ? after.slice(1).split('.') : [];
      if (path.length === 0) s.at--;
      commands.at(-1)?.push({ kind: 'pipeline', pipeline, path });
    } else commands.at(-1)?.push(argument(token));
  }
  if (commands.some((c) => c.length === 0)) throw new TemplateError('missing value for command');
  return commands;
}

function argument(token: string): Argument {
  if (token === '.') return { kind: 'field', path: [] };
  if (token.startsWith('.')) return { kind: 'field', path: token.slice(1).split('.') };
  if (token.startsWith('$')) {
    const [name = '', ...path] = token.slice(1).split('.');
    return { kind: 'variable', name, path };
  }
  if (token.startsWith('`')) return { kind: 'constant', value: token.slice(1, -1) };
  if (token.startsWith('"')) return { kind: 'constant', value: JSON.parse(token) as string };
  if (token === 'true' || token === 'false') return { kind: 'constant', value: token === 'true' };
  if (token === 'nil') return { kind: 'constant', value: null };
  if (/^-?\d/.test(token)) return { kind: 'constant', value: Number(token) };
  return { kind: 'function', name: token };
}
