/** Where a validation stands in document and schema, and how it goes on from there. */
import { compareNumbers, numberText, type RegoNumber } from '../values/number.ts';
import type { Value } from '../values/value.ts';
import type { Schema, SchemaSet } from './compile.ts';

export interface SchemaProblem {
  desc: string;
  error: string;
  field: string;
  type: string;
}

/** A part of a document, the schema it is held against, and where what is wrong is said. */
export interface Place {
  set: SchemaSet;
  schema: Schema;
  field: string;
  depth: number;
  problems: SchemaProblem[];
  /** `validate` of `validate.ts`, given along: it needs what is below here. */
  validate: (place: Place, v: Value) => boolean;
}

/** Says what is wrong at a place. */
export function add({ field, problems }: Place, type: string, desc: string): void {
  problems.push({ desc, error: `${field}: ${desc}`, field, type });
}

/** Holds a part of what stands at a place, or the same again, against a schema within the place's. */
export function descend(place: Place, schema: Value, v: Value, field = place.field): boolean {
  const { set, depth } = place;
  return place.validate({ ...place, schema: set.at(schema), field, depth: depth + 1 }, v);
}

/** What is wrong by a schema that need not hold. */
export function tried(place: Place, schema: Value, v: Value, field = place.field): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  descend({ ...place, problems }, schema, v, field);
  return problems;
}

/** Of several tries that failed the one that is told: the first with the fewest problems. */
export function closest(tries: SchemaProblem[][]): SchemaProblem[] {
  return tries.reduce((best, p) => (p.length < best.length ? p : best), tries[0] ?? []);
}

/** Two keywords that bound a number of things, and how each is told when it is broken. */
export function bounds(
  place: Place,
  size: number,
  [least, most]: readonly [string, string],
  [few, many]: readonly [Broken, Broken],
): void {
  const { source } = place.schema;
  const minimum = source.get(least) as RegoNumber | undefined;
  const maximum = source.get(most) as RegoNumber | undefined;
  if (minimum !== undefined && compareNumbers(size, minimum) < 0) add(place, few.type, few.desc(numberText(minimum)));
  if (maximum !== undefined && compareNumbers(size, maximum) > 0) add(place, many.type, many.desc(numberText(maximum)));
}

interface Broken {
  type: string;
  desc: (limit: string) => string;
}
