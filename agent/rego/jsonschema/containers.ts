/** Arrays and objects against a schema. */
import { compareNumbers, numberText, type RegoNumber } from '../values/number.ts';
import { canonicalText, RegoObject, type Value } from '../values/value.ts';
import type { Schema, SchemaSet } from './compile.ts';

export interface SchemaProblem {
  desc: string;
  error: string;
  field: string;
  type: string;
}

export interface Report {
  problems: SchemaProblem[];
  /** Given along, so that this file does not import the one that imports it. */
  validate: (set: SchemaSet, schema: Schema, v: Value, field: string, report: Report, depth: number) => boolean;
}

type Add = (type: string, desc: string) => void;

function below(field: string, key: string | number): string {
  return field === '(Root)' ? String(key) : `${field}.${key}`;
}

export function validateArray(
  set: SchemaSet,
  schema: Schema,
  v: readonly Value[],
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const items = schema.source.get('items');
  const check = (s: Value, i: number, into: Report = report): boolean =>
    report.validate(set, set.at(s), v[i] as Value, below(field, i), into, depth + 1);
  if (Array.isArray(items)) {
    for (let i = 0; i < Math.min(items.length, v.length); i++) check(items[i] as Value, i);
    const more = schema.source.get('additionalItems');
    if (more === false && v.length > items.length)
      add('array_no_additional_items', 'No additional items allowed on array');
    else if (more instanceof RegoObject) for (let i = items.length; i < v.length; i++) check(more, i);
  } else if (items !== undefined) for (let i = 0; i < v.length; i++) check(items, i);
  const minimum = schema.source.get('minItems') as RegoNumber | undefined;
  const maximum = schema.source.get('maxItems') as RegoNumber | undefined;
  if (minimum !== undefined && compareNumbers(v.length, minimum) < 0) {
    add('array_min_items', `Array must have at least ${numberText(minimum)} items`);
  }
  if (maximum !== undefined && compareNumbers(v.length, maximum) > 0) {
    add('array_max_items', `Array must have at most ${numberText(maximum)} items`);
  }
  if (schema.source.get('uniqueItems') === true) reportRepeated(v, add);
  const contains = schema.source.get('contains');
  if (contains === undefined) return;
  const tries = v.map((_, i) => {
    const inner: Report = { problems: [], validate: report.validate };
    check(contains, i, inner);
    return inner.problems;
  });
  if (tries.some((p) => p.length === 0)) return;
  add('contains', 'At least one of the items must match');
  report.problems.push(...tries.reduce((best, p) => (p.length < best.length ? p : best), tries[0] ?? []));
}

function reportRepeated(v: readonly Value[], add: Add): void {
  const seen = new Map<string, number>();
  v.forEach((item, i) => {
    const text = canonicalText(item);
    const before = seen.get(text);
    if (before !== undefined) add('unique', `array items[${before},${i}] must be unique`);
    seen.set(text, i);
  });
}

export function validateObject(
  set: SchemaSet,
  schema: Schema,
  v: RegoObject,
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const { source } = schema;
  for (const name of (source.get('required') as readonly string[] | undefined) ?? []) {
    if (!v.has(name)) report.problems.push(atParent(field, 'required', `${name} is required`));
  }
  sizes(source, v, add);
  additional(set, schema, v, field, report, depth, add);
  propertyNames(set, schema, v, field, report, depth, add);
  dependencies(set, schema, v, field, report, depth, add);
  const properties = source.get('properties');
  if (properties instanceof RegoObject) {
    for (const key of properties.keys()) {
      const value = v.get(key);
      if (value === undefined) continue;
      report.validate(set, set.at(properties.get(key) as Value), value, below(field, String(key)), report, depth + 1);
    }
  }
}

function atParent(field: string, type: string, desc: string): SchemaProblem {
  return { desc, error: `${field}: ${desc}`, field, type };
}

function sizes(source: RegoObject, v: RegoObject, add: Add): void {
  const minimum = source.get('minProperties') as RegoNumber | undefined;
  const maximum = source.get('maxProperties') as RegoNumber | undefined;
  if (minimum !== undefined && compareNumbers(v.size, minimum) < 0) {
    add('array_min_properties', `Must have at least ${numberText(minimum)} properties`);
  }
  if (maximum !== undefined && compareNumbers(v.size, maximum) > 0) {
    add('array_max_properties', `Must have at most ${numberText(maximum)} properties`);
  }
}

/** Properties that no name and no pattern covers; patterns are applied on the way. */
function additional(
  set: SchemaSet,
  schema: Schema,
  v: RegoObject,
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const properties = schema.source.get('properties');
  const patterns = schema.source.get('patternProperties');
  const rest = schema.source.get('additionalProperties');
  for (const key of v.keys()) {
    const name = String(key);
    const value = v.get(key) as Value;
    let covered = properties instanceof RegoObject && properties.has(key);
    if (patterns instanceof RegoObject) {
      for (const pattern of patterns.keys()) {
        if (!schema.patterns.get(String(pattern))?.test(name)) continue;
        covered = true;
        report.validate(set, set.at(patterns.get(pattern) as Value), value, below(field, name), report, depth + 1);
      }
    }
    if (covered || rest === undefined || rest === true) continue;
    if (rest === false) add('additional_property_not_allowed', `Additional property ${name} is not allowed`);
    else report.validate(set, set.at(rest), value, below(field, name), report, depth + 1);
  }
}

function propertyNames(
  set: SchemaSet,
  schema: Schema,
  v: RegoObject,
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const names = schema.source.get('propertyNames');
  if (names === undefined) return;
  for (const key of v.keys()) {
    const inner: Report = { problems: [], validate: report.validate };
    report.validate(set, set.at(names), key, field, inner, depth + 1);
    if (inner.problems.length === 0) continue;
    add('invalid_property_name', `Property name of "${String(key)}" does not match`);
    report.problems.push(...inner.problems);
  }
}

function dependencies(
  set: SchemaSet,
  schema: Schema,
  v: RegoObject,
  field: string,
  report: Report,
  depth: number,
  add: Add,
): void {
  const all = schema.source.get('dependencies');
  if (!(all instanceof RegoObject)) return;
  for (const key of all.keys()) {
    if (!v.has(key)) continue;
    const needed = all.get(key) as Value;
    if (!Array.isArray(needed)) report.validate(set, set.at(needed), v, field, report, depth + 1);
    else for (const name of needed) if (!v.has(name)) add('missing_dependency', `Has a dependency on ${String(name)}`);
  }
}
