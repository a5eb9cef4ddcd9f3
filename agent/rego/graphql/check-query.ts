/** Rules for queries (GraphQL October 2021 §5) against a schema. Throws `GraphqlError` at the first that is broken. */

import { checkMerge } from './check-merge.ts';
import { isSubtype } from './check-schema.ts';
import { checkValue } from './check-values.ts';
import { checkFragments, checkVariables } from './check-variables.ts';
import type { Node } from './cursor.ts';
import { baseName, fail, list, names, type Schema, typeText } from './types.ts';

export interface QueryCheck {
  schema: Schema;
  fragments: Map<string, Node>;
}

const COMPOSITE = ['OBJECT', 'INTERFACE', 'UNION'];

export function checkQuery(schema: Schema, document: Node): void {
  const fragments = new Map<string, Node>();
  for (const f of list(document, 'Fragments')) {
    if (fragments.has(String(f.Name))) fail(schema.places, f, `There can be only one fragment named "${f.Name}".`);
    fragments.set(String(f.Name), f);
  }
  const q: QueryCheck = { schema, fragments };
  checkNames(q, document);
  for (const f of fragments.values()) {
    const type = conditionType(q, f, `Fragment "${f.Name}"`);
    checkDirectives(q, list(f, 'Directives'), 'FRAGMENT_DEFINITION');
    checkSelections(q, list(f, 'SelectionSet'), type);
  }
  for (const o of list(document, 'Operations')) checkOperation(q, o);
  checkFragments(q, document);
  for (const o of list(document, 'Operations')) checkVariables(q, o);
}

function checkNames(q: QueryCheck, document: Node): void {
  const operations = list(document, 'Operations');
  const seen = new Set<unknown>();
  for (const o of operations) {
    if (o.Name === '' && operations.length > 1) {
      fail(q.schema.places, o, 'This anonymous operation must be the only defined operation.');
    }
    if (seen.has(o.Name)) fail(q.schema.places, o, `There can be only one operation named "${o.Name}".`);
    seen.add(o.Name);
  }
}

function checkOperation(q: QueryCheck, o: Node): void {
  const root = q.schema.roots.get(String(o.Operation));
  if (root === undefined) fail(q.schema.places, o, `Schema does not support operation type "${o.Operation}"`);
  checkDirectives(q, list(o, 'Directives'), String(o.Operation).toUpperCase());
  if (o.Operation === 'subscription' && list(o, 'SelectionSet').length > 1) {
    const name = o.Name === '' ? 'Anonymous Subscription' : `Subscription "${o.Name}"`;
    fail(q.schema.places, list(o, 'SelectionSet')[1] as Node, `${name} must select only one top level field.`);
  }
  checkSelections(q, list(o, 'SelectionSet'), q.schema.types.get(root) as Node);
}

function checkSelections(q: QueryCheck, selections: Node[], parent: Node): void {
  checkMerge(q, selections, parent);
  for (const s of selections) {
    if (s.Alias !== undefined) checkField(q, s, parent);
    else if (s.TypeCondition === undefined) checkSpread(q, s, parent);
    else {
      const type = s.TypeCondition === '' ? parent : conditionType(q, s, 'Fragment');
      checkPossible(q, s, parent, type);
      checkDirectives(q, list(s, 'Directives'), 'INLINE_FRAGMENT');
      checkSelections(q, list(s, 'SelectionSet'), type);
    }
  }
}

function checkSpread(q: QueryCheck, s: Node, parent: Node): void {
  const fragment = q.fragments.get(String(s.Name));
  if (fragment === undefined) fail(q.schema.places, s, `Unknown fragment "${s.Name}".`);
  checkPossible(q, s, parent, conditionType(q, fragment, `Fragment "${s.Name}"`));
  checkDirectives(q, list(s, 'Directives'), 'FRAGMENT_SPREAD');
}

function conditionType(q: QueryCheck, node: Node, what: string): Node {
  const name = String(node.TypeCondition);
  const type = q.schema.types.get(name);
  if (type === undefined) fail(q.schema.places, node, `Unknown type "${name}".`);
  if (!COMPOSITE.includes(String(type.Kind))) {
    fail(q.schema.places, node, `${what} cannot condition on non composite type "${name}".`);
  }
  return type;
}

/** A fragment must be able to apply: some object type belongs to both sides. */
function checkPossible(q: QueryCheck, at: Node, parent: Node, type: Node): void {
  const both = objectsOf(q.schema, parent).some((name) => objectsOf(q.schema, type).includes(name));
  if (both) return;
  const message = `Fragment cannot be spread here as objects of type "${parent.Name}" can never be of type "${type.Name}".`;
  fail(q.schema.places, at, message);
}

function objectsOf(s: Schema, type: Node): string[] {
  if (type.Kind === 'OBJECT') return [String(type.Name)];
  const found: string[] = [];
  for (const t of s.types.values()) {
    if (t.Kind === 'OBJECT' && isSubtype(s, String(t.Name), String(type.Name))) found.push(String(t.Name));
  }
  return found;
}

export function fieldOf(q: QueryCheck, parent: Node, name: string): Node | undefined {
  const meta = (type: string, nonNull: boolean, args: Node[] = []): Node => ({
    Name: name,
    Type: { NamedType: type, NonNull: nonNull },
    Arguments: args,
  });
  if (name === '__typename' && COMPOSITE.includes(String(parent.Kind))) return meta('String', true);
  if (parent.Name === q.schema.roots.get('query')) {
    if (name === '__schema') return meta('__Schema', true);
    if (name === '__type')
      return meta('__Type', false, [{ Name: 'name', Type: { NamedType: 'String', NonNull: true } }]);
  }
  return list(parent, 'Fields').find((f) => f.Name === name);
}

function checkField(q: QueryCheck, s: Node, parent: Node): void {
  const field = fieldOf(q, parent, String(s.Name));
  if (field === undefined) fail(q.schema.places, s, `Cannot query field "${s.Name}" on type "${parent.Name}".`);
  checkDirectives(q, list(s, 'Directives'), 'FIELD');
  checkArguments(q, s, list(field, 'Arguments'), `Field "${s.Name}"`, `field "${parent.Name}.${s.Name}"`);
  const type = q.schema.types.get(baseName(field.Type as Node)) as Node;
  const selections = list(s, 'SelectionSet');
  const leaf = !COMPOSITE.includes(String(type?.Kind));
  const text = typeText(field.Type as Node);
  if (leaf && selections.length > 0) {
    fail(q.schema.places, s, `Field "${s.Name}" must not have a selection since type "${text}" has no subfields.`);
  }
  if (!leaf && selections.length === 0) {
    fail(
      q.schema.places,
      s,
      `Field "${s.Name}" of type "${text}" must have a selection of subfields. Did you mean "${s.Name} { ... }"?`,
    );
  }
  if (!leaf) checkSelections(q, selections, type);
}

function checkArguments(q: QueryCheck, at: Node, known: Node[], what: string, place: string): void {
  const given = list(at, 'Arguments');
  const seen = new Set<unknown>();
  for (const arg of given) {
    const definition = known.find((k) => k.Name === arg.Name);
    if (definition === undefined) fail(q.schema.places, at, `Unknown argument "${arg.Name}" on ${place}.`);
    if (seen.has(arg.Name)) fail(q.schema.places, arg, `There can be only one argument named "${arg.Name}".`);
    seen.add(arg.Name);
    checkValue(q.schema, arg.Value as Node, definition.Type as Node);
  }
  for (const arg of known) {
    const type = arg.Type as Node;
    if (type.NonNull !== true || arg.DefaultValue !== undefined || given.some((g) => g.Name === arg.Name)) continue;
    const message = `${what} argument "${arg.Name}" of type "${typeText(type)}" is required, but it was not provided.`;
    fail(q.schema.places, at, message);
  }
}

export function checkDirectives(q: QueryCheck, directives: Node[], location: string): void {
  const seen = new Set<unknown>();
  for (const d of directives) {
    const definition = q.schema.directives.get(String(d.Name));
    if (definition === undefined) fail(q.schema.places, d, `Unknown directive "@${d.Name}".`);
    if (!names(definition, 'Locations').includes(location)) {
      fail(q.schema.places, d, `Directive "@${d.Name}" may not be used on ${location}.`);
    }
    if (seen.has(d.Name) && definition.IsRepeatable !== true) {
      fail(q.schema.places, d, `The directive "@${d.Name}" can only be used once at this location.`);
    }
    seen.add(d.Name);
    checkArguments(q, d, list(definition, 'Arguments'), `Directive "@${d.Name}"`, `directive "@${d.Name}"`);
  }
}
