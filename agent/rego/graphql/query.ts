/** Queries: operations and fragments, in the shape of gqlparser's `QueryDocument`. */
import { Cursor, type Node, parseArguments, parseDirectives, parseType, parseValue } from './cursor.ts';
import type { Token } from './lexer.ts';

/** Throws `GraphqlError`. */
export function parseQueryDocument(text: string, places: WeakMap<Node, Token>): Node {
  const c = new Cursor(text, places);
  const operations: Node[] = [];
  const fragments: Node[] = [];
  const at = c.peek();
  while (!c.is('<EOF>')) {
    if (c.is('{')) {
      const start = c.peek();
      operations.push(c.node(start, { Operation: 'query', Name: '', SelectionSet: selections(c) }));
    } else if (c.isWord('fragment')) fragments.push(fragment(c));
    else if (c.isWord('query') || c.isWord('mutation') || c.isWord('subscription')) operations.push(operation(c));
    else c.unexpected();
  }
  return c.node(at, { Operations: operations, Fragments: fragments });
}

function operation(c: Cursor): Node {
  const at = c.next();
  const name = c.is('Name') ? c.next().value : '';
  return c.node(at, {
    Operation: at.value,
    Name: name,
    VariableDefinitions: c.list('(', ')', () => variable(c), true),
    Directives: parseDirectives(c, false),
    SelectionSet: selections(c),
  });
}

function variable(c: Cursor): Node {
  const at = c.expect('$');
  const name = c.name();
  c.expect(':');
  const type = parseType(c);
  const fallback = c.skip('=') ? parseValue(c, true) : undefined;
  return c.node(at, {
    Variable: name,
    Type: type,
    DefaultValue: fallback,
    Directives: parseDirectives(c, false),
    Used: false,
  });
}

function selections(c: Cursor): Node[] {
  if (!c.is('{')) c.expect('{');
  return c.list('{', '}', () => selection(c), true);
}

function selection(c: Cursor): Node {
  const at = c.peek();
  if (c.skip('...')) return spread(c);
  const first = c.name();
  const name = c.skip(':') ? c.name() : first;
  return c.node(at, {
    Alias: first,
    Name: name,
    Arguments: parseArguments(c, false),
    Directives: parseDirectives(c, false),
    SelectionSet: c.is('{') ? selections(c) : [],
  });
}

function spread(c: Cursor): Node {
  const at = c.peek();
  if (c.is('Name') && !c.isWord('on')) {
    return c.node(at, { Name: c.next().value, Directives: parseDirectives(c, false) });
  }
  let condition = '';
  if (c.isWord('on')) {
    c.next();
    condition = c.name();
  }
  return c.node(at, { TypeCondition: condition, Directives: parseDirectives(c, false), SelectionSet: selections(c) });
}

function fragment(c: Cursor): Node {
  const at = c.next();
  if (c.isWord('on')) c.unexpected();
  const name = c.name();
  const variables = c.list('(', ')', () => variable(c), true);
  c.expectWord('on');
  const condition = c.name();
  return c.node(at, {
    Name: name,
    VariableDefinition: variables,
    TypeCondition: condition,
    Directives: parseDirectives(c, false),
    SelectionSet: selections(c),
  });
}
