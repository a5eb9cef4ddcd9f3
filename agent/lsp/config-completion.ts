import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver/node';
import schema from '../../media/pregate.schema.json' with { type: 'json' };
import type { RuleMeta } from '../rules/rule.ts';

/** The part of JSON Schema (draft 7) that `media/pregate.schema.json` uses. */
interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  enumDescriptions?: readonly string[];
  examples?: readonly unknown[];
  default?: unknown;
}

/** True for the configuration file, which is completed and checked as a whole. */
export function isConfigUri(uri: string): boolean {
  return /\/pregate\.ya?ml$/.test(uri);
}

/**
 * Keys and values that may stand at a position of `pregate.yaml`, from the published schema and the rules of this build.
 * The file is usually broken while it is typed, so the place is found from the indentation and not from a tree.
 */
export function completeConfig(
  text: string,
  position: Position,
  rules: ReadonlyMap<string, RuleMeta>,
): CompletionItem[] {
  const lines = text.split(/\r\n|\r|\n/);
  const before = (lines[position.line] ?? '').slice(0, position.character);
  const value = /^( *)([\w-]+):[ \t]+[\w-]*$/.exec(before);
  const key = /^( *)[\w-]*$/.exec(before);
  const parents = parentsOf(lines, position.line, (value ?? key)?.[1]?.length ?? 0);
  const parent = parents.reduce<Schema | undefined>(childOf, schema as Schema);
  if (!parent) return [];
  if (value) return valuesOf(childOf(parent, value[2] as string));
  if (!key) return [];
  return parents.join('.') === 'rules' ? ruleKeys(rules) : keysOf(parent);
}

/** Keys above a line that enclose it, outermost first. */
function parentsOf(lines: readonly string[], line: number, indent: number): string[] {
  const parents: string[] = [];
  let inside = indent;
  for (let at = line - 1; at >= 0 && inside > 0; at--) {
    const match = /^( *)([\w-]+):/.exec(lines[at] as string);
    if (!match || (match[1] as string).length >= inside) continue;
    inside = (match[1] as string).length;
    parents.unshift(match[2] as string);
  }
  return parents;
}

function childOf(parent: Schema | undefined, key: string): Schema | undefined {
  const own = parent?.properties && Object.hasOwn(parent.properties, key) ? parent.properties[key] : undefined;
  if (own) return own;
  return typeof parent?.additionalProperties === 'object' ? parent.additionalProperties : undefined;
}

function keysOf(parent: Schema): CompletionItem[] {
  return Object.entries(parent.properties ?? {}).map(([name, child]) => ({
    label: name,
    kind: CompletionItemKind.Property,
    insertText: child.type === 'object' || child.type === 'array' ? `${name}:` : `${name}: `,
    ...(child.description ? { documentation: child.description } : {}),
  }));
}

function ruleKeys(rules: ReadonlyMap<string, RuleMeta>): CompletionItem[] {
  return [...rules.values()].map((meta) => ({
    label: meta.id,
    kind: CompletionItemKind.Property,
    detail: meta.title,
    insertText: `${meta.id}: `,
  }));
}

function valuesOf(schemaOfValue: Schema | undefined): CompletionItem[] {
  if (!schemaOfValue) return [];
  const { type, enum: values, enumDescriptions, examples, const: only, default: usual } = schemaOfValue;
  const found = values ?? (type === 'boolean' ? [true, false] : [only, usual, ...(examples ?? [])]);
  return found.flatMap((one, index) => {
    if (one === undefined || typeof one === 'object') return [];
    const documentation = enumDescriptions?.[index];
    return { label: String(one), kind: CompletionItemKind.Value, ...(documentation ? { documentation } : {}) };
  });
}
