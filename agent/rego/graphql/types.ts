/** A schema put together: types by name with their extensions, directives, roots, and what is wrong with them. */
import type { Node } from './cursor.ts';
import { GraphqlError, type Token } from './lexer.ts';
import { PRELUDE } from './prelude.ts';
import { parseSchemaDocument } from './schema.ts';

export interface Schema {
  types: Map<string, Node>;
  directives: Map<string, Node>;
  roots: Map<string, string>;
  places: WeakMap<Node, Token>;
  /** What every schema has. */
  own: ReadonlySet<Node>;
}

export function list(node: Node | undefined, field: string): Node[] {
  const value = node?.[field];
  return Array.isArray(value) ? (value as Node[]) : [];
}

export function names(node: Node | undefined, field: string): string[] {
  const value = node?.[field];
  return Array.isArray(value) ? (value as string[]) : [];
}

export function baseName(type: Node): string {
  return type.Elem === undefined ? String(type.NamedType) : baseName(type.Elem as Node);
}

export function typeText(type: Node): string {
  const inside = type.Elem === undefined ? String(type.NamedType) : `[${typeText(type.Elem as Node)}]`;
  return inside + (type.NonNull === true ? '!' : '');
}

export function fail(places: WeakMap<Node, Token>, at: Node, message: string): never {
  throw new GraphqlError(message, places.get(at) ?? { line: 0, column: 0 });
}

/** Builds and validates. Throws `GraphqlError` at the first thing that is wrong. */
export function buildSchema(document: Node, places: WeakMap<Node, Token>): Schema {
  const own = new Set<Node>();
  const schema: Schema = { types: new Map(), directives: new Map(), roots: new Map(), places, own };
  const prelude = parseSchemaDocument(PRELUDE, places);
  for (const d of list(prelude, 'Definitions')) addType(schema, d);
  for (const type of schema.types.values()) if (String(type.Name).startsWith('__')) own.add(type);
  for (const d of list(document, 'Definitions')) addType(schema, d);
  for (const d of [...list(prelude, 'Directives'), ...list(document, 'Directives')]) addDirective(schema, d);
  for (const e of list(document, 'Extensions')) extend(schema, e);
  setRoots(schema, document);
  return schema;
}

function addType(schema: Schema, definition: Node): void {
  const name = String(definition.Name);
  if (schema.types.has(name)) fail(schema.places, definition, `Cannot redeclare type ${name}.`);
  schema.types.set(name, { ...definition });
  schema.places.set(schema.types.get(name) as Node, schema.places.get(definition) as Token);
}

function addDirective(schema: Schema, definition: Node): void {
  const name = String(definition.Name);
  if (
    schema.directives.has(name) &&
    !['defer', 'deprecated', 'include', 'skip', 'specifiedBy', 'oneOf'].includes(name)
  ) {
    fail(schema.places, definition, `Cannot redeclare directive ${name}.`);
  }
  schema.directives.set(name, definition);
}

/** Extending a type that is not there makes it. */
function extend(schema: Schema, extension: Node): void {
  const name = String(extension.Name);
  const base = schema.types.get(name);
  if (base === undefined) {
    addType(schema, extension);
    return;
  }
  if (base.Kind !== extension.Kind) {
    fail(
      schema.places,
      extension,
      `Cannot extend type ${name} because the base type is a ${base.Kind}, not ${extension.Kind}.`,
    );
  }
  for (const field of ['Directives', 'Interfaces', 'Fields', 'EnumValues', 'Types']) {
    const more = extension[field];
    if (Array.isArray(more)) base[field] = [...((base[field] as unknown[] | undefined) ?? []), ...more];
  }
}

function setRoots(schema: Schema, document: Node): void {
  const given = list(document, 'Schema');
  if (given.length > 1)
    fail(
      schema.places,
      given[1] as Node,
      'Cannot have multiple schema entry points, consider schema extensions instead.',
    );
  for (const definition of [...given, ...list(document, 'SchemaExtension')]) {
    const here = new Set<unknown>();
    for (const root of list(definition, 'OperationTypes')) {
      const type = String(root.Type);
      if (here.has(root.Operation))
        fail(schema.places, root, `There can be only one ${root.Operation} type in schema.`);
      here.add(root.Operation);
      if (!schema.types.has(type)) {
        fail(schema.places, root, `Schema root ${root.Operation} refers to a type ${type} that does not exist.`);
      }
      schema.roots.set(String(root.Operation), type);
    }
  }
  if (given.length > 0) return;
  for (const [operation, type] of [
    ['query', 'Query'],
    ['mutation', 'Mutation'],
    ['subscription', 'Subscription'],
  ] as const) {
    if (!schema.roots.has(operation) && schema.types.has(type)) schema.roots.set(operation, type);
  }
}
