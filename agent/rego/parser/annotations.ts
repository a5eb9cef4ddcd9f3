/** `# METADATA` comment blocks: YAML, read with the yaml package. */
import { parse } from 'yaml';
import type { Annotations } from '../ast.ts';
import type { RegoError } from '../errors.ts';
import type { Comment } from '../lexer.ts';

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
  return comment !== undefined && comment.line === before.line + 1 && comment.column === before.column;
}

function readFields(text: string): Record<string, unknown> | string {
  let data: unknown = plainFields(text);
  try {
    data ??= parse(text, { version: '1.1', logLevel: 'error', maxAliasCount: 50 });
  } catch (e) {
    return `yaml: ${e instanceof Error ? (e.message.split('\n')[0] ?? '') : 'cannot be read'}`;
  }
  if (data === null || data === undefined) return 'expected METADATA block, found whitespace';
  if (typeof data !== 'object' || Array.isArray(data)) return 'yaml: METADATA must be a mapping';
  const fields = { ...(data as Record<string, unknown>) };
  if (fields.scope !== undefined && !SCOPES.includes(String(fields.scope))) return `invalid scope '${fields.scope}'`;
  return normalize(fields);
}

/** Most blocks are a title and a description; those are read without the YAML parser, which is slow to start. */
function plainFields(text: string): Record<string, string> | undefined {
  const fields: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^ ?([a-z_]+): ([A-Z][A-Za-z0-9 ,.()/_-]*[a-z.)])\s*$/.exec(line);
    if (match === null || Object.hasOwn(fields, match[1] as string) || NOT_TEXT.test(match[2] as string))
      return undefined;
    fields[match[1] as string] = match[2] as string;
  }
  return fields;
}

/** Words that YAML 1.1 reads as something else. */
const NOT_TEXT = /^(?:True|False|Yes|No|On|Off|Null)$/i;

/** The short forms: an author or resource as a string, organizations as a list. */
function normalize(fields: Record<string, unknown>): Record<string, unknown> {
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
