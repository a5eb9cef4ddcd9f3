/** Types from JSON Schemas, as far as OPA takes them from there: kinds, properties, items, `$ref`, `anyOf` and `allOf`. */
import { ANY, arrayOf, bounded, type Field, fieldKey, NUMBER, objectOf, oneOf, STRING, type Type } from './types.ts';

type Schema = Record<string, unknown>;

/** Schemas that contain themselves are followed so deep. */
const MAX_DEPTH = 12;

/** Schemas of more parts than this describe anything: their type would have too many parts to be looked into. */
const MAX_PARTS = 5000;

interface Walk {
  root: unknown;
  /** Parts looked at, those of allOf and of references among them. */
  parts: number;
  /** The types of a schema by the depth it was met at: one that contains itself is met many times at each. */
  known: Map<Schema, (Type | undefined)[]>;
}

/** A schema in METADATA is asked about for every rule. */
const types = new WeakMap<Schema, Type>();

/** The type of the documents that a schema describes. References to other documents are not followed: they may be anything. */
export function typeOfSchema(schema: unknown): Type {
  if (!isSchema(schema)) return ANY;
  const before = types.get(schema);
  if (before !== undefined) return before;
  const walk: Walk = { root: schema, parts: 0, known: new Map() };
  const found = bounded(typeAt(schema, walk, 0));
  const type = walk.parts > MAX_PARTS ? ANY : found;
  types.set(schema, type);
  return type;
}

function typeAt(given: unknown, walk: Walk, depth: number): Type {
  walk.parts++;
  if (!isSchema(given) || depth > MAX_DEPTH || walk.parts > MAX_PARTS) return ANY;
  const known = walk.known.get(given) ?? [];
  walk.known.set(given, known);
  const type = known[depth] ?? typeOf(given, walk, depth);
  known[depth] = type;
  return type;
}

function typeOf(given: Schema, walk: Walk, depth: number): Type {
  if (typeof given['$ref'] === 'string') return typeAt(pointed(walk, given['$ref']), walk, depth + 1);
  const { anyOf, allOf } = given;
  if (Array.isArray(anyOf)) {
    const own = isTyped(given) ? [ofKind(given, walk, depth)] : [];
    const all = [...own, ...anyOf.map((one) => typeAt(one, walk, depth + 1))];
    return all.length === 0 ? ANY : oneOf(all);
  }
  if (Array.isArray(allOf)) return ofKind(merged(given, allOf, walk), walk, depth);
  return ofKind(given, walk, depth);
}

function isSchema(given: unknown): given is Schema {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function isTyped({ type }: Schema): boolean {
  return typeof type === 'string' || Array.isArray(type);
}

/** Of several kinds the first of this order is all that OPA sees. */
function ofKind(schema: Schema, walk: Walk, depth: number): Type {
  const kinds = [schema['type']].flat().filter((kind) => typeof kind === 'string');
  const { properties, items } = schema;
  const has = (kind: string): boolean => kinds.includes(kind);
  if (has('boolean')) return { kind: 'boolean' };
  if (has('string')) return STRING;
  if (has('integer') || has('number')) return NUMBER;
  const isObject = has('object') || (kinds.length === 0 && hasParts(properties));
  if (isObject) return hasParts(properties) ? ofProperties(properties, walk, depth) : objectOf(ANY, ANY);
  if (!has('array') && !(kinds.length === 0 && items !== undefined)) return ANY;
  if (Array.isArray(items) && items.length > 0)
    return { kind: 'array', items: items.map((one) => typeAt(one, walk, depth + 1)), of: undefined };
  return arrayOf(isSchema(items) ? typeAt(items, walk, depth + 1) : ANY);
}

function hasParts(properties: unknown): properties is Schema {
  return isSchema(properties) && Object.keys(properties).length > 0;
}

function ofProperties(properties: Schema, walk: Walk, depth: number): Type {
  const fields = new Map<string, Field>();
  for (const [key, one] of Object.entries(properties))
    fields.set(fieldKey(key), { key, type: typeAt(one, walk, depth + 1) });
  return { kind: 'object', fields, key: undefined, of: undefined };
}

function merged(schema: Schema, parts: readonly unknown[], walk: Walk): Schema {
  const made: Schema = { ...schema };
  const properties = new Map(entriesOf(schema));
  for (const given of parts) {
    walk.parts++;
    if (walk.parts > MAX_PARTS) break;
    const part = isSchema(given) && typeof given['$ref'] === 'string' ? pointed(walk, given['$ref']) : given;
    if (!isSchema(part)) continue;
    made['type'] ??= part['type'];
    made['items'] ??= part['items'];
    const more = entriesOf(part);
    walk.parts += more.length;
    for (const [key, one] of more) properties.set(key, one);
  }
  if (properties.size > 0) made['properties'] = Object.fromEntries(properties);
  return made;
}

function entriesOf({ properties }: Schema): [string, unknown][] {
  return isSchema(properties) ? Object.entries(properties) : [];
}

/** What a `$ref` within the document points at; undefined for nothing and for what is no reference. */
function pointed(walk: Walk, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined;
  let at = walk.root;
  for (const part of ref.split('/').slice(1)) {
    walk.parts++;
    const key = decoded(part)?.replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = key !== undefined && typeof at === 'object' && at !== null && Object.hasOwn(at, key);
    if (!isThere) return undefined;
    at = (at as Schema)[key];
  }
  return at;
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
