/** `# METADATA` comment blocks: YAML, as yaml.v3 reads it for OPA. */
import type { Annotations } from '../ast.ts';
import type { RegoError } from '../errors.ts';
import type { Comment } from '../lexer.ts';
import { toJs } from '../values/json.ts';
import { YamlError } from '../yaml/cursor.ts';
import { readYaml } from '../yaml/read.ts';

const SCOPES = ['rule', 'document', 'package', 'subpackages'];

/** All annotation blocks of a file in order; a block that is no YAML mapping adds an error and is left out. */
export function readAnnotations(file: string, comments: Comment[], errors: RegoError[]): Annotations[] {
  const blocks: Annotations[] = [];
  for (let i = 0; i < comments.length; i++) {
    const first = comments[i] as Comment;
    if (first.text.trim() !== 'METADATA') continue;
    const lines: Comment[] = [];
    while (continues(comments[i + 1], comments[i] as Comment)) lines.push(comments[++i] as Comment);
    const pos = { file, line: first.line, column: first.column, offset: first.offset };
    const last = lines.at(-1) ?? first;
    const end = last.offset + last.text.length;
    const fields = readFields(lines.map((l) => l.text).join('\n'));
    if (typeof fields === 'string') {
      errors.push({ code: 'rego_parse_error', message: fields, path: file, line: first.line, column: first.column });
      continue;
    }
    const scope = (fields.scope as Annotations['scope'] | undefined) ?? 'rule';
    blocks.push({ scope, fields, pos, end, target: undefined });
  }
  return blocks;
}

function continues(comment: Comment | undefined, before: Comment): boolean {
  return (
    comment !== undefined &&
    comment.line === before.line + 1 &&
    comment.column === before.column &&
    comment.text.trim() !== 'METADATA'
  );
}

function readFields(text: string): Record<string, unknown> | string {
  let data: unknown = plainFields(text);
  try {
    data ??= toJs(readYaml(text, () => {}, { times: true, unique: true, texts: ['scope', 'title', 'description'] }));
  } catch (e) {
    if (e instanceof YamlError) return e.message;
    throw e;
  }
  if (data === null || data === undefined) return 'expected METADATA block, found whitespace';
  if (typeof data !== 'object' || Array.isArray(data)) return 'yaml: METADATA must be a mapping';
  const fields = { ...(data as Record<string, unknown>) };
  if (fields.scope !== undefined && !SCOPES.includes(String(fields.scope))) return `invalid scope '${fields.scope}'`;
  return normalize(fields);
}

/**
 * Most blocks are names with one line of text each, under `custom` as well; those are read without the YAML parser, which is
 * slow. What could mean anything else to YAML is left to it.
 */
function plainFields(text: string): Record<string, unknown> | undefined {
  const fields: Record<string, unknown> = {};
  let inner: Level | undefined;
  let indent: number | undefined;
  for (const line of text.split('\n')) {
    const [, spaces, name, value] = PLAIN_LINE.exec(line) ?? [];
    if (spaces === undefined || name === undefined || isNoText(name) || isNoText(value)) return undefined;
    indent ??= spaces.length;
    if (spaces.length === indent) {
      if (isEmpty(inner) || Object.hasOwn(fields, name)) return undefined;
      inner = value === undefined ? { fields: {}, indent: undefined } : undefined;
      fields[name] = value ?? inner?.fields;
      continue;
    }
    if (spaces.length < indent || inner === undefined || value === undefined) return undefined;
    inner.indent ??= spaces.length;
    if (spaces.length !== inner.indent || Object.hasOwn(inner.fields, name)) return undefined;
    inner.fields[name] = value;
  }
  return isEmpty(inner) ? undefined : fields;
}

/** Fields below another, which all stand at one indent. */
interface Level {
  fields: Record<string, unknown>;
  indent: number | undefined;
}

/** A name with nothing behind or below it is null to YAML. */
function isEmpty(level: Level | undefined): boolean {
  return level !== undefined && Object.keys(level.fields).length === 0;
}

function isNoText(word: string | undefined): boolean {
  return word !== undefined && NOT_TEXT.test(word);
}

/** A name and text that begins with a letter and holds nothing that YAML gives a meaning to. */
const PLAIN_LINE = /^( *)([a-z][a-z_]*):(?: ([A-Za-z][A-Za-z0-9 ,.()/_-]*[a-z0-9.)]))?[ \r]*$/;

/** Words that yaml.v3 reads as something else; `on`, `off`, `yes` and `no` are text to it. */
const NOT_TEXT = /^(?:true|false|null)$/i;

/** What yaml.v3 takes for a boolean where it is to be one. */
const BOOLEANS = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/;

/** The short forms: an author or resource as a string, organizations as a list. */
function normalize(fields: Record<string, unknown>): Record<string, unknown> {
  if (typeof fields.entrypoint === 'string' && BOOLEANS.test(fields.entrypoint))
    fields.entrypoint = /^(?:y|on)/i.test(fields.entrypoint);
  if (Array.isArray(fields.authors)) fields.authors = fields.authors.map(author);
  if (Array.isArray(fields.related_resources)) {
    fields.related_resources = fields.related_resources.map((r) => (typeof r === 'string' ? { ref: r } : r));
  }
  return fields;
}

/** `Name <mail>`, `<mail>` or a name. */
function author(a: unknown): unknown {
  if (typeof a !== 'string') return a;
  const mail = /<([^<>]*)>\s*$/.exec(a);
  if (mail === null) return { name: a.trim() };
  const name = a.slice(0, mail.index).trim();
  return name === '' ? { email: mail[1] } : { name, email: mail[1] };
}
