/** A document against a schema, with the errors gojsonschema reports, in its order. */
import { codePoints } from '../builtins/collections.ts';
import { divide } from '../values/arithmetic.ts';
import { toJson } from '../values/json.ts';
import { compareNumbers, numberText, type RegoNumber, toBigInt } from '../values/number.ts';
import { equal, isNumber, RegoObject, typeName, type Value } from '../values/value.ts';
import type { Schema, SchemaSet } from './compile.ts';
import { type Report, type SchemaProblem, validateArray, validateObject } from './containers.ts';
import { hasFormat } from './formats.ts';

const MAX_DEPTH = 300;

export function validateDocument(set: SchemaSet, document: Value): SchemaProblem[] {
  const report: Report = { problems: [], validate };
  validate(set, set.root, document, '(Root)', report, 0);
  return report.problems;
}

/** Adds what is wrong to the report; true when nothing is. */
export function validate(
  set: SchemaSet,
  schema: Schema,
  v: Value,
  field: string,
  report: Report,
  depth: number,
): boolean {
  set.step(1);
  const before = report.problems.length;
  const add = (type: string, desc: string): void => {
    report.problems.push({ desc, error: `${field}: ${desc}`, field, type });
  };
  if (depth > MAX_DEPTH) {
    add('depth', 'nesting of the schema is too deep');
    return false;
  }
  if (schema.always !== undefined) {
    if (!schema.always) add('false', 'False always fails validation');
    return schema.always;
  }
  if (schema.ref !== undefined) return validate(set, set.resolve(schema.ref), v, field, report, depth + 1);
  if (!hasType(schema.types, v)) {
    const expected = schema.types.length === 1 ? schema.types[0] : `[${schema.types.join(',')}]`;
    add('invalid_type', `Invalid type. Expected: ${expected}, given: ${schemaType(v)}`);
    return false;
  }
  combine(set, schema, v, field, report, depth, add);
  validateCommon(schema, v, field, add);
  if (Array.isArray(v)) validateArray(set, schema, v, field, report, depth, add);
  else if (v instanceof RegoObject) validateObject(set, schema, v, field, report, depth, add);
  else if (typeof v === 'string') validateString(schema, v, add);
  else if (isNumber(v)) validateNumber(schema.source, v, add);
  return report.problems.length === before;
}

type Add = (type: string, desc: string) => void;

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
function combine(
  set: SchemaSet,
  schema: Schema,
  v: Value,
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const { source } = schema;
  const check = (s: Value): SchemaProblem[] => {
    const inner: Report = { problems: [], validate };
    validate(set, set.at(s), v, field, inner, depth + 1);
    return inner.problems;
  };
  const closest = (tried: SchemaProblem[][]): SchemaProblem[] =>
    tried.reduce((best, p) => (p.length < best.length ? p : best), tried[0] ?? []);
  const listOf = (key: string): readonly Value[] | undefined => source.get(key) as readonly Value[] | undefined;
  const any = listOf('anyOf');
  if (any !== undefined && any.length > 0) {
    const tried = any.map(check);
    if (tried.every((p) => p.length > 0)) {
      add('number_any_of', 'Must validate at least one schema (anyOf)');
      report.problems.push(...closest(tried));
    }
  }
  const one = listOf('oneOf');
  if (one !== undefined && one.length > 0) {
    const tried = one.map(check);
    const valid = tried.filter((p) => p.length === 0).length;
    if (valid !== 1) add('number_one_of', 'Must validate one and only one schema (oneOf)');
    if (valid === 0) report.problems.push(...closest(tried));
  }
  const all = listOf('allOf');
  if (all !== undefined && all.length > 0) {
    const tried = all.map(check);
    for (const problems of tried) report.problems.push(...problems);
    if (tried.some((p) => p.length > 0)) add('number_all_of', 'Must validate all the schemas (allOf)');
  }
  const not = source.get('not');
  if (not !== undefined && check(not).length === 0) add('number_not', 'Must not validate the schema (not)');
  const condition = source.get('if');
  if (condition === undefined) return;
  const holds = check(condition).length === 0;
  const branch = source.get(holds ? 'then' : 'else');
  const problems = branch === undefined ? [] : check(branch);
  if (problems.length === 0) return;
  if (holds) add('condition_then', 'Must validate "then" as "if" was valid');
  else add('condition_else', 'Must validate "else" as "if" was not valid');
  report.problems.push(...problems);
}

function validateCommon(schema: Schema, v: Value, field: string, add: Add): void {
  const constant = schema.source.get('const');
  if (constant !== undefined && !equal(constant, v)) add('const', `${field} does not match: ${toJson(constant)}`);
  const values = schema.source.get('enum') as readonly Value[] | undefined;
  if (values !== undefined && values.length > 0 && !values.some((e) => equal(e, v))) {
    add('enum', `${field} must be one of the following: ${values.map(toJson).join(', ')}`);
  }
  const format = schema.source.get('format');
  if (typeof format === 'string' && typeof v === 'string' && !hasFormat(format, v)) {
    add('format', `Does not match format '${format}'`);
  }
}

function validateString(schema: Schema, v: string, add: Add): void {
  const length = codePoints(v);
  const minimum = schema.source.get('minLength') as RegoNumber | undefined;
  const maximum = schema.source.get('maxLength') as RegoNumber | undefined;
  if (minimum !== undefined && compareNumbers(length, minimum) < 0) {
    add('string_gte', `String length must be greater than or equal to ${numberText(minimum)}`);
  }
  if (maximum !== undefined && compareNumbers(length, maximum) > 0) {
    add('string_lte', `String length must be less than or equal to ${numberText(maximum)}`);
  }
  const pattern = schema.source.get('pattern');
  if (typeof pattern === 'string' && !schema.patterns.get(pattern)?.test(v))
    add('pattern', `Does not match pattern '${pattern}'`);
}

/** In draft 4 the exclusive limits are booleans beside the inclusive ones, later they are numbers. */
function validateNumber(s: RegoObject, v: RegoNumber, add: Add): void {
  const multiple = s.get('multipleOf') as RegoNumber | undefined;
  if (multiple !== undefined) {
    const quotient = divide(v, multiple);
    if (quotient === undefined || toBigInt(quotient) === undefined)
      add('multiple_of', `Must be a multiple of ${numberText(multiple)}`);
  }
  const limit = (key: string, exclusiveKey: string): [RegoNumber | undefined, RegoNumber | undefined] => {
    const inclusive = s.get(key) as RegoNumber | undefined;
    const exclusive = s.get(exclusiveKey);
    if (exclusive === true) return [undefined, inclusive];
    return [inclusive, isNumber(exclusive) ? exclusive : undefined];
  };
  const [maximum, below] = limit('maximum', 'exclusiveMaximum');
  if (maximum !== undefined && compareNumbers(v, maximum) > 0) {
    add('number_lte', `Must be less than or equal to ${numberText(maximum)}`);
  }
  if (below !== undefined && compareNumbers(v, below) >= 0) add('number_lt', `Must be less than ${numberText(below)}`);
  const [minimum, above] = limit('minimum', 'exclusiveMinimum');
  if (minimum !== undefined && compareNumbers(v, minimum) < 0) {
    add('number_gte', `Must be greater than or equal to ${numberText(minimum)}`);
  }
  if (above !== undefined && compareNumbers(v, above) <= 0)
    add('number_gt', `Must be greater than ${numberText(above)}`);
}
