/**
 * JSON Schema, drafts 4, 6 and 7 (https://json-schema.org/specification-links): reading and checking a schema. The words of
 * errors are those of gojsonschema, because policies match on them.
 */
import { compileRegex, PatternError, type Regex } from '../regex/index.ts';
import { compareNumbers, type RegoNumber, toBigInt } from '../values/number.ts';
import { equal, isNumber, RegoObject as Objects, type RegoObject, type Value } from '../values/value.ts';

export class SchemaError extends Error {}

/** A schema with its patterns compiled; a schema that is `true` or `false` has only `always`. */
export interface Schema {
  always: boolean | undefined;
  ref: string | undefined;
  source: RegoObject;
  types: string[];
  patterns: Map<string, Regex>;
}

export interface SchemaSet {
  root: Schema;
  at: (v: Value) => Schema;
  resolve: (ref: string) => Schema;
  step: (work: number) => void;
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'];

/** Checks the whole schema. Throws `SchemaError`. */
export function compileSchema(document: Value, step: (work: number) => void): SchemaSet {
  const known = new Map<Value, Schema>();
  const at = (v: Value): Schema => {
    const found = known.get(v);
    if (found !== undefined) return found;
    const made = read(v, step);
    known.set(v, made);
    return made;
  };
  const resolve = (ref: string): Schema => at(resolvePointer(document, ref));
  if (typeof document !== 'boolean' && !(document instanceof Objects)) throw new SchemaError('schema is invalid');
  checkAll(document, at, resolve);
  return { root: at(document), at, resolve, step };
}

/** Only references into the same document: others would need the network. */
function resolvePointer(document: Value, ref: string): Value {
  const id = document instanceof Objects ? (document.get('$id') ?? document.get('id')) : undefined;
  const local = typeof id === 'string' && ref.startsWith(id) ? ref.slice(id.length) : ref;
  if (local !== '' && !local.startsWith('#')) throw new SchemaError(`remote reference ${ref} is not loaded`);
  let v: Value | undefined = document;
  for (const part of decodeURIComponent(local.slice(1)).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    v = v instanceof Objects ? v.get(key) : Array.isArray(v) ? v[Number(key)] : undefined;
    if (v === undefined) throw new SchemaError(`Object has no key '${key}'`);
  }
  return v as Value;
}

function read(v: Value, step: (work: number) => void): Schema {
  if (typeof v === 'boolean')
    return { always: v, ref: undefined, source: new Objects(), types: [], patterns: new Map() };
  if (!(v instanceof Objects)) throw new SchemaError('Invalid type. Expected: valid schema, given: something else');
  const ref = v.get('$ref');
  if (ref !== undefined && typeof ref !== 'string')
    throw new SchemaError('Invalid type. Expected: string, given: $ref');
  const schema: Schema = { always: undefined, ref, source: v, types: typesOf(v), patterns: new Map() };
  const pattern = v.get('pattern');
  if (pattern !== undefined) {
    if (typeof pattern !== 'string') throw new SchemaError('Invalid type. Expected: string, given: pattern');
    schema.patterns.set(pattern, regexOf(pattern, step, 'pattern must be a valid regex'));
  }
  const patterns = v.get('patternProperties');
  if (patterns instanceof Objects) {
    for (const key of patterns.keys()) {
      schema.patterns.set(String(key), regexOf(String(key), step, `Invalid regex pattern '${String(key)}'`));
    }
  }
  return schema;
}

function regexOf(source: string, step: (work: number) => void, message: string): Regex {
  try {
    return compileRegex(source, step);
  } catch (e) {
    if (e instanceof PatternError) throw new SchemaError(message);
    throw e;
  }
}

function typesOf(v: RegoObject): string[] {
  const type = v.get('type');
  if (type === undefined) return [];
  const list = Array.isArray(type) ? type : [type];
  const types: string[] = [];
  for (const t of list) {
    if (typeof t !== 'string') throw new SchemaError('Invalid type. Expected: type, given: string/Array Of Strings');
    if (!TYPES.includes(t)) {
      const valid = `[${TYPES.join(' ')}]`;
      throw new SchemaError(
        `has a primitive type that is NOT VALID -- given: /${t}/ Expected valid values are:${valid}`,
      );
    }
    if (types.includes(t)) throw new SchemaError(`${t} type is duplicated`);
    types.push(t);
  }
  return types;
}

/** Every schema inside a schema, so that a mistake is found before a document meets it. */
function checkAll(root: Value, at: (v: Value) => Schema, resolve: (ref: string) => Schema): void {
  const todo: Value[] = [root];
  for (let v = todo.pop(); v !== undefined; v = todo.pop()) {
    const schema = at(v);
    if (schema.ref !== undefined) resolve(schema.ref);
    checkKeywords(schema.source);
    todo.push(...inner(schema.source));
  }
}

function inner(s: RegoObject): Value[] {
  const found: Value[] = [];
  for (const key of ['properties', 'patternProperties', 'definitions', '$defs']) {
    const value = s.get(key);
    if (value === undefined) continue;
    if (!(value instanceof Objects))
      throw new SchemaError(`${key === 'properties' ? 'Properties' : key} must be of type object`);
    for (const k of value.keys()) found.push(value.get(k) as Value);
  }
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const value = s.get(key);
    if (value === undefined) continue;
    if (!Array.isArray(value)) throw new SchemaError(`${key} must be of an array`);
    found.push(...value);
  }
  for (const key of [
    'not',
    'if',
    'then',
    'else',
    'contains',
    'propertyNames',
    'additionalProperties',
    'additionalItems',
  ]) {
    const value = s.get(key);
    if (value !== undefined) found.push(value);
  }
  const items = s.get('items');
  if (Array.isArray(items)) found.push(...items);
  else if (items instanceof Objects || typeof items === 'boolean') found.push(items);
  else if (items !== undefined) {
    throw new SchemaError('Invalid type. Expected: Valid Schema/Array Of Schemas, given: items');
  }
  const dependencies = s.get('dependencies');
  if (dependencies === undefined) return found;
  if (!(dependencies instanceof Objects)) throw new SchemaError('dependencies must be of type object');
  for (const k of dependencies.keys()) {
    const value = dependencies.get(k) as Value;
    if (!Array.isArray(value)) found.push(value);
  }
  return found;
}

const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];

function checkKeywords(s: RegoObject): void {
  for (const key of ['minimum', 'maximum', 'multipleOf']) {
    const value = s.get(key);
    if (value !== undefined && !isNumber(value)) throw new SchemaError(`${key} must be of a Number`);
  }
  const multiple = s.get('multipleOf');
  if (multiple !== undefined && compareNumbers(multiple as RegoNumber, 0) <= 0) {
    throw new SchemaError('multipleOf must be strictly greater than 0');
  }
  for (const key of COUNTS) {
    const value = s.get(key);
    if (value === undefined) continue;
    if (!isNumber(value) || toBigInt(value) === undefined) throw new SchemaError(`${key} must be of an integer`);
    if (compareNumbers(value, 0) < 0) throw new SchemaError(`${key} must be greater than or equal to 0`);
  }
  // The numbers of items are not compared, as gojsonschema does not either.
  for (const what of ['Length', 'Properties']) {
    const [low, high] = [s.get(`min${what}`), s.get(`max${what}`)];
    if (low !== undefined && high !== undefined && compareNumbers(low as RegoNumber, high as RegoNumber) > 0) {
      throw new SchemaError(`min${what} cannot be greater than max${what}`);
    }
  }
  checkLists(s);
}

function checkLists(s: RegoObject): void {
  const required = s.get('required');
  if (required !== undefined && !Array.isArray(required)) throw new SchemaError('required must be of an array');
  for (const name of (required as readonly Value[] | undefined) ?? []) {
    if (typeof name !== 'string') throw new SchemaError('Invalid type. Expected: string, given: required');
  }
  const values = s.get('enum');
  if (values === undefined) return;
  if (!Array.isArray(values)) throw new SchemaError('enum must be of an array');
  const repeated = values.some((v: Value, i: number) => values.slice(0, i).some((w: Value) => equal(v, w)));
  if (repeated) throw new SchemaError('enum items must be unique');
}
