/** Go's text/template (https://pkg.go.dev/text/template) as `strings.render_template` needs it: text to a tree. */

export type Argument =
  | { kind: 'field'; path: string[] }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'constant'; value: string | GoNumber | boolean | null }
  | { kind: 'function'; name: string }
  | { kind: 'pipeline'; pipeline: Command[]; path: string[] };

/** A function or value with operands; the result of the command before it comes last. */
export type Command = Argument[];

export interface Action {
  declare: string[];
  /** `=`: the variable is there already. */
  assigns: boolean;
  pipeline: Command[];
}

/** A number of the template itself. Those of the values are texts to Go (`json.Number`). */
export class GoNumber {
  readonly value: number;
  readonly type: 'int' | 'float64';

  constructor(value: number, type: 'int' | 'float64') {
    this.value = value;
    this.type = type;
  }
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
  | { kind: 'template'; name: string; action: Action | undefined }
  | { kind: 'break' | 'continue' };

export interface Template {
  nodes: TemplateNode[];
  /** What `define` and `block` name. */
  defined: Map<string, TemplateNode[]>;
}

export class TemplateError extends Error {}

/** Go looks functions up while it parses. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  'and or not eq ne lt le gt ge index slice len print println printf urlquery html js'.split(' '),
);

const TAG = /\{\{(- )?((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|[^"`}]|\}(?!\}))*)\}\}/g;
const WORD = String.raw`[\p{L}\p{N}_]+`;
const TOKEN = new RegExp(
  String.raw`\s+|"(?:[^"\\\n]|\\.)*"|\x60[^\x60]*\x60|:=|[|(),=]|\$?[\p{L}_][\p{L}\p{N}_]*(?:\.${WORD})*|\$(?:\.${WORD})*|(?:\.${WORD})+|\.|[+-]?(?:0[xXbBoO][\dA-Fa-f]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`,
  'uy',
);

interface Piece {
  text: string;
  tag: string | undefined;
  comment?: string;
  line: number;
}

/** Throws `TemplateError`, with the line as Go tells it. */
export function parseTemplate(source: string): Template {
  const reader: Reader = { pieces: [], at: 0, defined: new Map(), ranges: 0 };
  try {
    reader.pieces = split(source);
    const nodes = block(reader, []);
    return { nodes, defined: reader.defined };
  } catch (e) {
    if (!(e instanceof TemplateError)) throw e;
    const last = source.split('\n').length;
    const line = reader.pieces[reader.at]?.line ?? last;
    throw new TemplateError(`template: template:${line}: ${e.message}`);
  }
}

/** Text and tags in turn; `{{- ` and ` -}}` take white space away. */
function split(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trim = false;
  let line = 1;
  for (const match of source.matchAll(TAG)) {
    line += newlines(source.slice(at, match.index));
    let text = source.slice(at, match.index);
    if (trim) text = text.trimStart();
    if (match[1] !== undefined) text = text.trimEnd();
    let tag = match[2] as string;
    trim = / -$/.test(tag);
    if (trim) tag = tag.slice(0, -2);
    pieces.push({ text, tag: undefined, line });
    // To Go a comment begins and ends at the braces.
    if (tag.startsWith('/*')) pieces.push({ text: '', tag: undefined, comment: tag, line });
    else pieces.push({ text: '', tag: tag.trim(), line });
    line += newlines(match[0]);
    at = match.index + match[0].length;
  }
  const rest = source.slice(at);
  if (rest.includes('{{')) throw new TemplateError('unclosed action');
  pieces.push({ text: trim ? rest.trimStart() : rest, tag: undefined, line });
  return pieces;
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

interface Reader {
  pieces: Piece[];
  at: number;
  defined: Map<string, TemplateNode[]>;
  /** How many `range`s are open. */
  ranges: number;
}

/** Nodes up to one of the tags that end a block, which is left for the caller. */
function block(r: Reader, ends: string[]): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (; r.at < r.pieces.length; r.at++) {
    const { text, tag, comment } = r.pieces[r.at] as Piece;
    if (tag === undefined) {
      if (comment !== undefined) checkComment(comment);
      if (text !== '') nodes.push({ kind: 'text', text });
      continue;
    }
    const word = /^\w+/.exec(tag)?.[0] ?? '';
    if (word === 'end' || word === 'else') {
      if (!ends.includes(word)) throw new TemplateError(`unexpected {{${word}}}`);
      return nodes;
    }
    if (word === 'define' && ends.length > 0) throw new TemplateError('unexpected <define> in command');
    const node = nodeOf(r, tag, word);
    if (node !== undefined) nodes.push(node);
  }
  if (ends.length > 0) throw new TemplateError('unexpected EOF');
  return nodes;
}

function checkComment(comment: string): void {
  if (comment.endsWith('*/')) return;
  throw new TemplateError(comment.includes('*/') ? 'comment ends before closing delimiter' : 'unclosed comment');
}

/** What a tag says, with the block it opens; a definition says nothing. The reader stays at the last tag of it. */
function nodeOf(r: Reader, tag: string, word: string): TemplateNode | undefined {
  switch (word) {
    case 'if':
    case 'with':
    case 'range':
      return branch(r, word, tag.slice(word.length));
    case 'break':
    case 'continue':
      if (r.ranges === 0) throw new TemplateError(`{{${word}}} outside {{range}}`);
      return { kind: word };
    case 'define':
    case 'block': {
      const { name, rest } = named(word, tag);
      r.at++;
      r.defined.set(name, block(r, ['end']));
      return word === 'block' ? { kind: 'template', name, action: parseAction(rest) } : undefined;
    }
    case 'template': {
      const { name, rest } = named(word, tag);
      return { kind: 'template', name, action: rest === '' ? undefined : parseAction(rest) };
    }
    default:
      return { kind: 'action', action: parseAction(tag) };
  }
}

/** The quoted name after `define`, `block` or `template`, and what follows it. */
function named(word: string, tag: string): { name: string; rest: string } {
  const match = /^\w+\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)\s*(.*)$/s.exec(tag);
  if (match === null) {
    const found = tag.slice(word.length).trim();
    throw new TemplateError(`unexpected ${JSON.stringify(found === '' ? '}}' : found)} in ${word} clause`);
  }
  const quoted = match[1] as string;
  const name = quoted.startsWith('`') ? quoted.slice(1, -1) : (JSON.parse(quoted) as string);
  return { name, rest: match[2] as string };
}

function branch(r: Reader, kind: 'if' | 'with' | 'range', condition: string): TemplateBranch {
  const action = parseAction(condition, kind);
  r.at++;
  if (kind === 'range') r.ranges++;
  const body = block(r, ['else', 'end']);
  if (kind === 'range') r.ranges--;
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

function parseAction(text: string, what = 'command'): Action {
  const tokens = tokenize(text);
  const declare: string[] = [];
  const assign = tokens.findIndex((t) => t === ':=' || t === '=');
  const assigns = tokens[assign] === '=';
  if (assign > 0) {
    const commas = tokens.slice(0, assign).filter((t) => t === ',').length;
    if (commas > (what === 'range' ? 1 : 0)) throw new TemplateError(`too many declarations in ${what}`);
    declare.push(
      ...tokens
        .slice(0, assign)
        .filter((t) => t !== ',')
        .map((t) => t.slice(1)),
    );
    tokens.splice(0, assign + 1);
  }
  const state = { tokens, at: 0 };
  const pipeline = parsePipeline(state, undefined, what);
  if (state.at < tokens.length) throw new TemplateError('unexpected right paren');
  return { declare, assigns, pipeline };
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

function parsePipeline(s: { tokens: string[]; at: number }, close: string | undefined, what = 'command'): Command[] {
  const commands: Command[] = [[]];
  let closed = close === undefined;
  for (; s.at < s.tokens.length; s.at++) {
    const token = s.tokens[s.at] as string;
    if (token === ')') {
      if (close === undefined) break;
      closed = true;
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
  if (!closed) throw new TemplateError('unclosed left paren');
  // Nothing may stand behind the last bar.
  if (commands.length > 1 && commands.at(-1)?.length === 0) commands.pop();
  if (commands.some((c) => c.length === 0)) throw new TemplateError(`missing value for ${what}`);
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
  if (/^[+-]?\d/.test(token)) {
    const type = /^[+-]?(?:0[xXbBoO]|\d+$)/.test(token) ? 'int' : 'float64';
    return { kind: 'constant', value: new GoNumber(Number(token), type) };
  }
  if (token === ',') throw new TemplateError('unexpected "," in command');
  if (!FUNCTION_NAMES.has(token)) throw new TemplateError(`function "${token}" not defined`);
  return { kind: 'function', name: token };
}
