/** Schemas: type system definitions and extensions, in the shape of gqlparser's `SchemaDocument`. */
import { Cursor, type Node, parseDirectives, parseType, parseValue } from './cursor.ts';
import type { Token } from './lexer.ts';

const LOCATIONS = [
  'QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA',
  'SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION',
].flatMap((line) => line.split(' '));

/** Throws `GraphqlError`. */
export function parseSchemaDocument(text: string, places: WeakMap<Node, Token>): Node {
  const c = new Cursor(text, places);
  const document: Record<string, Node[]> = {};
  const add = (list: string, node: Node): void => {
    document[list] = [...(document[list] ?? []), node];
  };
  const start = c.peek();
  while (!c.is('<EOF>')) {
    const described = c.is('String') || c.is('BlockString');
    const at = c.peek();
    const description = described ? c.next().value : '';
    if (!c.is('Name')) c.unexpected();
    if (c.isWord('extend')) {
      if (described) c.unexpected(at);
      c.next();
      if (c.isWord('schema')) add('SchemaExtension', schema(c, '', true));
      else add('Extensions', definition(c, '', true));
    } else if (c.isWord('schema')) add('Schema', schema(c, description, false));
    else if (c.isWord('directive')) add('Directives', directive(c, description));
    else add('Definitions', definition(c, description, false));
  }
  return c.node(start, document);
}

function schema(c: Cursor, description: string, extension: boolean): Node {
  c.next();
  const at = c.peek();
  const directives = parseDirectives(c, true);
  const types = c.list(
    '{',
    '}',
    () => {
      const operation = c.expect('Name');
      if (!['query', 'mutation', 'subscription'].includes(operation.value)) c.unexpected(operation);
      c.expect(':');
      return c.node(operation, { Operation: operation.value, Type: c.name() });
    },
    true,
  );
  if (extension && directives.length === 0 && types.length === 0) c.unexpected();
  return c.node(at, { Description: description, Directives: directives, OperationTypes: types });
}

function directive(c: Cursor, description: string): Node {
  c.next();
  c.expect('@');
  const at = c.peek();
  const name = c.name();
  const args = c.list('(', ')', () => inputValue(c), true);
  const repeatable = c.isWord('repeatable');
  if (repeatable) c.next();
  c.expectWord('on');
  c.skip('|');
  const locations: string[] = [];
  do {
    const location = c.expect('Name');
    if (!LOCATIONS.includes(location.value)) c.unexpected(location);
    locations.push(location.value);
  } while (c.skip('|'));
  return c.node(at, {
    Description: description,
    Name: name,
    Arguments: args,
    Locations: locations,
    IsRepeatable: repeatable,
  });
}

const KINDS: Record<string, string> = {
  scalar: 'SCALAR',
  type: 'OBJECT',
  interface: 'INTERFACE',
  union: 'UNION',
  enum: 'ENUM',
  input: 'INPUT_OBJECT',
};

function definition(c: Cursor, description: string, extension: boolean): Node {
  const word = c.peek();
  const kind = word.kind === 'Name' ? KINDS[word.value] : undefined;
  if (kind === undefined) c.unexpected();
  c.next();
  const at = c.peek();
  const name = c.name();
  const interfaces = kind === 'OBJECT' || kind === 'INTERFACE' ? implemented(c) : [];
  const directives = parseDirectives(c, true);
  const fields =
    kind === 'OBJECT' || kind === 'INTERFACE'
      ? c.list('{', '}', () => field(c), true)
      : kind === 'INPUT_OBJECT'
        ? c.list('{', '}', () => inputValue(c), true)
        : [];
  const values = kind === 'ENUM' ? c.list('{', '}', () => enumValue(c), true) : [];
  const types = kind === 'UNION' ? members(c) : [];
  const nothing = [interfaces, directives, fields, values, types].every((l) => l.length === 0);
  if (extension && nothing) c.unexpected();
  return c.node(at, {
    Kind: kind,
    Description: description,
    Name: name,
    Interfaces: interfaces,
    Directives: directives,
    Fields: fields,
    EnumValues: values,
    Types: types,
    BuiltIn: false,
  });
}

function implemented(c: Cursor): string[] {
  if (!c.isWord('implements')) return [];
  c.next();
  c.skip('&');
  const names = [c.name()];
  while (c.skip('&')) names.push(c.name());
  return names;
}

function members(c: Cursor): string[] {
  if (!c.skip('=')) return [];
  c.skip('|');
  const names = [c.name()];
  while (c.skip('|')) names.push(c.name());
  return names;
}

function describe(c: Cursor): string {
  return c.is('String') || c.is('BlockString') ? c.next().value : '';
}

function field(c: Cursor): Node {
  const description = describe(c);
  const at = c.expect('Name');
  const args = c.list('(', ')', () => inputValue(c), true);
  c.expect(':');
  const type = parseType(c);
  return c.node(at, {
    Description: description,
    Name: at.value,
    Arguments: args,
    Type: type,
    Directives: parseDirectives(c, true),
  });
}

function inputValue(c: Cursor): Node {
  const description = describe(c);
  const at = c.expect('Name');
  c.expect(':');
  const type = parseType(c);
  const fallback = c.skip('=') ? parseValue(c, true) : undefined;
  return c.node(at, {
    Description: description,
    Name: at.value,
    DefaultValue: fallback,
    Type: type,
    Directives: parseDirectives(c, true),
  });
}

function enumValue(c: Cursor): Node {
  const description = describe(c);
  const at = c.expect('Name');
  return c.node(at, { Description: description, Name: at.value, Directives: parseDirectives(c, true) });
}
