/** Arrays and objects against a schema. */
import { canonicalText, RegoObject, type Value } from '../values/value.ts';
import { add, bounds, closest, descend, type Place, tried } from './place.ts';

function below(field: string, key: string | number): string {
  return field === '(Root)' ? String(key) : `${field}.${key}`;
}

export function validateArray(place: Place, v: readonly Value[]): void {
  const { source } = place.schema;
  checkItems(place, v);
  bounds(
    place,
    v.length,
    ['minItems', 'maxItems'],
    [
      { type: 'array_min_items', desc: (n) => `Array must have at least ${n} items` },
      { type: 'array_max_items', desc: (n) => `Array must have at most ${n} items` },
    ],
  );
  if (source.get('uniqueItems') === true) reportRepeated(place, v);
  const contains = source.get('contains');
  if (contains === undefined) return;
  const tries = v.map((item, i) => tried(place, contains, item, below(place.field, i)));
  if (tries.some((p) => p.length === 0)) return;
  add(place, 'contains', 'At least one of the items must match');
  place.problems.push(...closest(tries));
}

/** `items` is one schema for all, or one for each place; then `additionalItems` is about those behind. */
function checkItems(place: Place, v: readonly Value[]): void {
  const items = place.schema.source.get('items');
  const check = (schema: Value, i: number): boolean => descend(place, schema, v[i] as Value, below(place.field, i));
  if (!Array.isArray(items)) {
    if (items !== undefined) for (let i = 0; i < v.length; i++) check(items, i);
    return;
  }
  for (let i = 0; i < Math.min(items.length, v.length); i++) check(items[i] as Value, i);
  const more = place.schema.source.get('additionalItems');
  if (more === false && v.length > items.length)
    add(place, 'array_no_additional_items', 'No additional items allowed on array');
  else if (more instanceof RegoObject) for (let i = items.length; i < v.length; i++) check(more, i);
}

function reportRepeated(place: Place, v: readonly Value[]): void {
  const seen = new Map<string, number>();
  v.forEach((item, i) => {
    const text = canonicalText(item);
    const before = seen.get(text);
    if (before !== undefined) add(place, 'unique', `array items[${before},${i}] must be unique`);
    seen.set(text, i);
  });
}

export function validateObject(place: Place, v: RegoObject): void {
  const { source } = place.schema;
  for (const name of (source.get('required') as readonly string[] | undefined) ?? []) {
    if (!v.has(name)) add(place, 'required', `${name} is required`);
  }
  bounds(
    place,
    v.size,
    ['minProperties', 'maxProperties'],
    [
      { type: 'array_min_properties', desc: (n) => `Must have at least ${n} properties` },
      { type: 'array_max_properties', desc: (n) => `Must have at most ${n} properties` },
    ],
  );
  additional(place, v);
  propertyNames(place, v);
  dependencies(place, v);
  const properties = source.get('properties');
  if (!(properties instanceof RegoObject)) return;
  for (const key of properties.keys()) {
    const value = v.get(key);
    if (value !== undefined) descend(place, properties.get(key) as Value, value, below(place.field, String(key)));
  }
}

/** Properties that no name and no pattern covers; patterns are applied on the way. */
function additional(place: Place, v: RegoObject): void {
  const properties = place.schema.source.get('properties');
  const patterns = place.schema.source.get('patternProperties');
  const rest = place.schema.source.get('additionalProperties');
  for (const key of v.keys()) {
    const name = String(key);
    const value = v.get(key) as Value;
    let covered = properties instanceof RegoObject && properties.has(key);
    if (patterns instanceof RegoObject) {
      for (const pattern of patterns.keys()) {
        if (!place.schema.patterns.get(String(pattern))?.test(name)) continue;
        covered = true;
        descend(place, patterns.get(pattern) as Value, value, below(place.field, name));
      }
    }
    if (covered || rest === undefined || rest === true) continue;
    if (rest === false) add(place, 'additional_property_not_allowed', `Additional property ${name} is not allowed`);
    else descend(place, rest, value, below(place.field, name));
  }
}

function propertyNames(place: Place, v: RegoObject): void {
  const names = place.schema.source.get('propertyNames');
  if (names === undefined) return;
  for (const key of v.keys()) {
    const problems = tried(place, names, key);
    if (problems.length === 0) continue;
    add(place, 'invalid_property_name', `Property name of "${String(key)}" does not match`);
    place.problems.push(...problems);
  }
}

function dependencies(place: Place, v: RegoObject): void {
  const all = place.schema.source.get('dependencies');
  if (!(all instanceof RegoObject)) return;
  for (const key of all.keys()) {
    if (!v.has(key)) continue;
    const needed = all.get(key) as Value;
    if (!Array.isArray(needed)) descend(place, needed, v);
    else
      for (const name of needed)
        if (!v.has(name)) add(place, 'missing_dependency', `Has a dependency on ${String(name)}`);
  }
}
