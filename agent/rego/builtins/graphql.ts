/** `graphql.*`: documents as gqlparser's trees, which OPA shows with empty fields left out. */
import { checkQuery } from '../graphql/check-query.ts';
import { checkSchema } from '../graphql/check-schema.ts';
import type { Node } from '../graphql/cursor.ts';
import { GraphqlError, type Token } from '../graphql/lexer.ts';
import { parseQueryDocument } from '../graphql/query.ts';
import { parseSchemaDocument } from '../graphql/schema.ts';
import { buildSchema, type Schema } from '../graphql/types.ts';
import { fromJs, toJs } from '../values/json.ts';
import { RegoObject, type Value } from '../values/value.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, oneOf, stringArg } from './types.ts';

type Places = WeakMap<Node, Token>;

/** Go reports a document's error with its place; `what` is in the words of the step that found it. */
function located<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (!(e instanceof GraphqlError)) throw e;
    if (what === 'schema')
      throw new BuiltinFailure(
        `Error in gqlparser SchemaDocument to Schema conversion: input:${e.line}:${e.column}: ${e.message}`,
      );
    throw new BuiltinFailure(`${e.message} in GraphQL ${what} at location ${e.line}:${e.column}`);
  }
}

/** A query that breaks a rule. Releases of the time of Rego v0 said where in the query string. */
function validated(context: BuiltinContext, work: () => void): void {
  try {
    work();
  } catch (e) {
    if (!(e instanceof GraphqlError)) throw e;
    const [end, where] = context.version === 'v0' ? ['', 'query string'] : ['\n', 'string'];
    const message = e.message.endsWith('.') ? e.message.slice(0, -1) : `${e.message}${end}`;
    throw new BuiltinFailure(`${message} in GraphQL ${where} at location ${e.line}:${e.column}`);
  }
}

/** An operand that is text or a tree made earlier. */
function document(
  args: readonly Value[],
  index: number,
  places: Places,
  parse: (text: string, places: Places) => Node,
): Node {
  // OPA counts every operand as the first here.
  const v = oneOf(args.slice(index), 0, ['string', 'object']);
  return typeof v === 'string' ? parse(v, places) : (toJs(v) as Node);
}

function queryDocument(args: readonly Value[], places: Places): Node {
  return document(args, 0, places, parseQueryDocument);
}

function schemaOf(args: readonly Value[], index: number, places: Places): { tree: Node; schema: Schema } {
  const tree = located('string', () => document(args, index, places, parseSchemaDocument));
  const schema = located('schema', () => {
    const built = buildSchema(tree, places);
    checkSchema(built);
    return built;
  });
  return { tree, schema };
}

/** Trees as values. Releases of the time of Rego v0 did not have the last field of values yet. */
function treeValue(tree: Node, context: BuiltinContext): Value {
  return fromJs(context.version === 'v0' ? withoutNewFields(tree) : tree);
}

function withoutNewFields(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(withoutNewFields);
  if (typeof v !== 'object' || v === null) return v;
  const kept = Object.entries(v).filter(([field]) => field !== 'ExpectedTypeHasDefault');
  return Object.fromEntries(kept.map(([field, value]) => [field, withoutNewFields(value)]));
}

function parseBoth(args: readonly Value[], context: BuiltinContext): Value {
  const places: Places = new WeakMap();
  const query = located('string', () => queryDocument(args, places));
  const { tree, schema } = schemaOf(args, 1, places);
  validated(context, () => checkQuery(schema, query));
  return [treeValue(query, context), treeValue(tree, context)];
}

function parseAndVerify(args: readonly Value[], context: BuiltinContext): Value {
  try {
    return [true, ...(parseBoth(args, context) as Value[])];
  } catch (e) {
    if (e instanceof BuiltinFailure) return [false, new RegoObject(), new RegoObject()];
    throw e;
  }
}

function accepts(work: () => unknown): Value {
  try {
    work();
    return true;
  } catch (e) {
    if (e instanceof BuiltinFailure || e instanceof GraphqlError) return false;
    throw e;
  }
}

const DOCUMENT = 'string|object';

export const graphql: BuiltinTable = {
  'graphql.parse_query': {
    args: ['string'],
    result: 'object',
    run: (args, context) => {
      const text = stringArg(args, 0);
      return treeValue(
        located('string', () => parseQueryDocument(text, new WeakMap())),
        context,
      );
    },
  },
  'graphql.parse_schema': {
    args: ['string'],
    result: 'object',
    run: (args, context) => {
      const text = stringArg(args, 0);
      return treeValue(
        located('string', () => parseSchemaDocument(text, new WeakMap())),
        context,
      );
    },
  },
  'graphql.parse': { args: [DOCUMENT, DOCUMENT], result: '[object,object]', run: parseBoth },
  'graphql.parse_and_verify': { args: [DOCUMENT, DOCUMENT], result: '[boolean,object,object]', run: parseAndVerify },
  'graphql.is_valid': {
    args: [DOCUMENT, DOCUMENT],
    result: 'boolean',
    run: (args, context) => accepts(() => parseBoth(args, context)),
  },
  'graphql.schema_is_valid': {
    args: [DOCUMENT],
    result: 'boolean',
    run: (args) => accepts(() => schemaOf(args, 0, new WeakMap())),
  },
};
