/** A document against a schema, with the errors gojsonschema reports, in its order. */
import { codePoints } from '../builtins/collections.ts';
import { divide } from '../values/arithmetic.ts';
import { toJson } from '../values/json.ts';
import { compareNumbers, numberText, type RegoNumber, toBigInt } from '../values/number.ts';
import { equal, isNumber, RegoObject, typeName, type Value } from '../values/value.ts';
import type { SchemaSet } from './compile.ts';
import { validateArray, validateObject } from './containers.ts';
import { hasFormat } from './formats.ts';
import { add, bounds, closest, type Place, type SchemaProblem, tried } from './place.ts';

const MAX_DEPTH = 300;

export function validateDocument(set: SchemaSet, document: Value): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  validate({ set, schema: set.root, field: '(Root)', depth: 0, problems, validate }, document);
  return problems;
}

/** Adds what is wrong to the place's problems; true when nothing is. */
function validate(place: Place, v: Value): boolean {
  const { set, schema, problems } = place;
  set.step(1);
  const before = problems.length;
  if (place.depth > MAX_DEPTH) {
    add(place, 'depth', 'nesting of the schema is too deep');
    return false;
  }
  if (schema.always !== undefined) {
    if (!schema.always) add(place, 'false', 'False always fails validation');
    return schema.always;
  }
  if (schema.ref !== undefined)
    return validate({ ...place, schema: set.resolve(schema.ref), depth: place.depth + 1 }, v);
  if (!hasType(schema.types, v)) {
    const expected = schema.types.length === 1 ? schema.types[0] : `[${schema.types.join(',')}]`;
    add(place, 'invalid_type', `Invalid type. Expected: ${expected}, given: ${schemaType(v)}`);
    return false;
  }
  combine(place, v);
  validateCommon(place, v);
  if (Array.isArray(v)) validateArray(place, v);
  else if (v instanceof RegoObject) validateObject(place, v);
  else if (typeof v === 'string') validateString(place, v);
  else if (isNumber(v)) validateNumber(place, v);
  return problems.length === before;
}

function schemaType(v: Value): string {
  const type = typeName(v);
  if (type === 'set') return 'array';
  return type === 'number' && toBigInt(v as RegoNumber) !== undefined ? 'integer' : type;
}

function hasType(types: string[], v: Value): boolean {
  if (types.length === 0) return true;
  const type = schemaType(v);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** `anyOf` and `oneOf` report the errors of the alternative that came closest. */
function combine(place: Place, v: Value): void {
  const { source } = place.schema;
  const tries = (key: string): SchemaProblem[][] =>
    ((source.get(key) as readonly Value[] | undefined) ?? []).map((schema) => tried(place, schema, v));
  const any = tries('anyOf');
  if (any.length > 0 && any.every(fails)) {
    add(place, 'number_any_of', 'Must validate at least one schema (anyOf)');
    place.problems.push(...closest(any));
  }
  const one = tries('oneOf');
  const valid = one.filter((problems) => !fails(problems)).length;
  if (one.length > 0 && valid !== 1) add(place, 'number_one_of', 'Must validate one and only one schema (oneOf)');
  if (valid === 0) place.problems.push(...closest(one));
  const all = tries('allOf');
  place.problems.push(...all.flat());
  if (all.some(fails)) add(place, 'number_all_of', 'Must validate all the schemas (allOf)');
  const not = source.get('not');
  if (not !== undefined && !fails(tried(place, not, v))) add(place, 'number_not', 'Must not validate the schema (not)');
  const condition = source.get('if');
  if (condition !== undefined) validateBranch(place, v, fails(tried(place, condition, v)) ? 'else' : 'then');
}

function fails(problems: readonly SchemaProblem[]): boolean {
  return problems.length > 0;
}

/** What `if` leads to, where the schema has it. */
function validateBranch(place: Place, v: Value, branch: 'then' | 'else'): void {
  const schema = place.schema.source.get(branch);
  const problems = schema === undefined ? [] : tried(place, schema, v);
  if (!fails(problems)) return;
  if (branch === 'then') add(place, 'condition_then', 'Must validate "then" as "if" was valid');
  else add(place, 'condition_else', 'Must validate "else" as "if" was not valid');
  place.problems.push(...problems);
}

function validateCommon(place: Place, v: Value): void {
  const { schema, field } = place;
  const constant = schema.source.get('const');
  if (constant !== undefined && !equal(constant, v))
    add(place, 'const', `${field} does not match: ${toJson(constant)}`);
  const values = schema.source.get('enum') as readonly Value[] | undefined;
  if (values !== undefined && values.length > 0 && !values.some((e) => equal(e, v))) {
    add(place, 'enum', `${field} must be one of the following: ${values.map(toJson).join(', ')}`);
  }
  const format = schema.source.get('format');
  if (typeof format === 'string' && typeof v === 'string' && !hasFormat(format, v)) {
    add(place, 'format', `Does not match format '${format}'`);
  }
}

function validateString(place: Place, v: string): void {
  const { schema } = place;
  bounds(
    place,
    codePoints(v),
    ['minLength', 'maxLength'],
    [
      { type: 'string_gte', desc: (n) => `String length must be greater than or equal to ${n}` },
      { type: 'string_lte', desc: (n) => `String length must be less than or equal to ${n}` },
    ],
  );
  const pattern = schema.source.get('pattern');
  if (typeof pattern === 'string' && !schema.patterns.get(pattern)?.test(v))
    add(place, 'pattern', `Does not match pattern '${pattern}'`);
}

/** In draft 4 the exclusive limits are booleans beside the inclusive ones, later they are numbers. */
function validateNumber(place: Place, v: RegoNumber): void {
  const s = place.schema.source;
  const multiple = s.get('multipleOf') as RegoNumber | undefined;
  if (multiple !== undefined) {
    const quotient = divide(v, multiple);
    if (quotient === undefined || toBigInt(quotient) === undefined)
      add(place, 'multiple_of', `Must be a multiple of ${numberText(multiple)}`);
  }
  const limit = (key: string, exclusiveKey: string): [RegoNumber | undefined, RegoNumber | undefined] => {
    const inclusive = s.get(key) as RegoNumber | undefined;
    const exclusive = s.get(exclusiveKey);
    if (exclusive === true) return [undefined, inclusive];
    return [inclusive, isNumber(exclusive) ? exclusive : undefined];
  };
  const [maximum, below] = limit('maximum', 'exclusiveMaximum');
  if (maximum !== undefined && compareNumbers(v, maximum) > 0) {
    add(place, 'number_lte', `Must be less than or equal to ${numberText(maximum)}`);
  }
  if (below !== undefined && compareNumbers(v, below) >= 0)
    add(place, 'number_lt', `Must be less than ${numberText(below)}`);
  const [minimum, above] = limit('minimum', 'exclusiveMinimum');
  if (minimum !== undefined && compareNumbers(v, minimum) < 0) {
    add(place, 'number_gte', `Must be greater than or equal to ${numberText(minimum)}`);
  }
  if (above !== undefined && compareNumbers(v, above) <= 0)
    add(place, 'number_gt', `Must be greater than ${numberText(above)}`);
}
