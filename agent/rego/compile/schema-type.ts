/** Types from JSON Schemas, as far as OPA takes them from there: kinds, properties, items, `$ref`, `anyOf` and `allOf`. */
import { ANY, arrayOf, bounded, type Field, fieldKey, NUMBER, objectOf, or, STRING, type Type } from './types.ts';

type Schema = Record<string, unknown>;

/** Schemas that contain themselves are followed so deep. */
const MAX_DEPTH = 12;

/** The type of the documents that a schema describes. References to other documents are not followed: they may be anything. */
export function typeOfSchema(schema: unknown): Type {
  return bounded(typeAt(schema, schema, 0));
}

function typeAt(given: unknown, root: unknown, depth: number): Type {
  if (!isSchema(given) || depth > MAX_DEPTH) return ANY;
  if (typeof given['$ref'] === 'string') return typeAt(pointed(root, given['$ref']), root, depth + 1);
  const { anyOf, allOf } = given;
  if (Array.isArray(anyOf)) {
    let type = isTyped(given) ? ofKind(given, root, depth) : undefined;
    for (const one of anyOf) type = or(type, typeAt(one, root, depth + 1));
    return type ?? ANY;
  }
  if (Array.isArray(allOf)) return ofKind(merged(given, allOf, root), root, depth);
  return ofKind(given, root, depth);
}

function isSchema(given: unknown): given is Schema {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function isTyped({ type }: Schema): boolean {
  return typeof type === 'string' || Array.isArray(type);
}

/** Of several kinds the first of this order is all that OPA sees. */
function ofKind(schema: Schema, root: unknown, depth: number): Type {
  const kinds = [schema['type']].flat().filter((kind) => typeof kind === 'string');
  const { properties, items } = schema;
  const has = (kind: string): boolean => kinds.includes(kind);
  if (has('boolean')) return { kind: 'boolean' };
  if (has('string')) return STRING;
  if (has('integer') || has('number')) return NUMBER;
  const isObject = has('object') || (kinds.length === 0 && hasParts(properties));
  if (isObject) return hasParts(properties) ? ofProperties(properties, root, depth) : objectOf(ANY, ANY);
  if (!has('array') && !(kinds.length === 0 && items !== undefined)) return ANY;
  if (Array.isArray(items) && items.length > 0)
    return { kind: 'array', items: items.map((one) => typeAt(one, root, depth + 1)), of: undefined };
  return arrayOf(isSchema(items) ? typeAt(items, root, depth + 1) : ANY);
}

function hasParts(properties: unknown): properties is Schema {
  return isSchema(properties) && Object.keys(properties).length > 0;
}

function ofProperties(properties: Schema, root: unknown, depth: number): Type {
  const fields = new Map<string, Field>();
  for (const [key, one] of Object.entries(properties))
    fields.set(fieldKey(key), { key, type: typeAt(one, root, depth + 1) });
  return { kind: 'object', fields, key: undefined, of: undefined };
}

function merged(schema: Schema, parts: readonly unknown[], root: unknown): Schema {
  const made: Schema = { ...schema };
  for (const given of parts) {
    const part = isSchema(given) && typeof given['$ref'] === 'string' ? pointed(root, given['$ref']) : given;
    if (!isSchema(part)) continue;
    made['type'] ??= part['type'];
    made['items'] ??= part['items'];
    if (isSchema(part['properties'])) made['properties'] = { ...(made['properties'] as Schema), ...part['properties'] };
  }
  return made;
}

/** What a `$ref` within the document points at. */
function pointed(root: unknown, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of ref.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Schema)[key] : undefined;
  }
  return at;
}
