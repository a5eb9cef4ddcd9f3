/** Variables at the places they stand in: declared, and of a type the place accepts (GraphQL October 2021 §5.8.3, §5.8.5). */
import { fieldOf, type QueryCheck } from './check-query.ts';
import type { Node } from './cursor.ts';
import { baseName, fail, list, typeText } from './types.ts';

interface Uses {
  q: QueryCheck;
  declared: ReadonlyMap<string, Node>;
  /** How messages name the operation: ` by operation "Q"`, or nothing. */
  what: string;
  fragments: Set<string>;
}

/** Throws `GraphqlError` at the first use of a variable that is not declared or does not fit. */
export function checkPositions(q: QueryCheck, o: Node, declared: ReadonlyMap<string, Node>, what: string): void {
  const u: Uses = { q, declared, what, fragments: new Set() };
  inDirectives(u, list(o, 'Directives'));
  inSelections(u, list(o, 'SelectionSet'), q.schema.types.get(q.schema.roots.get(String(o.Operation)) ?? ''));
}

function inSelections(u: Uses, selections: Node[], parent: Node | undefined): void {
  for (const s of selections) {
    inDirectives(u, list(s, 'Directives'));
    if (s.Alias !== undefined) {
      const field = parent === undefined ? undefined : fieldOf(u.q, parent, String(s.Name));
      inArguments(u, list(s, 'Arguments'), list(field, 'Arguments'));
      const type = field === undefined ? undefined : u.q.schema.types.get(baseName(field.Type as Node));
      inSelections(u, list(s, 'SelectionSet'), type);
    } else if (s.TypeCondition !== undefined) {
      const condition = s.TypeCondition === '' ? parent : u.q.schema.types.get(String(s.TypeCondition));
      inSelections(u, list(s, 'SelectionSet'), condition);
    } else inFragment(u, String(s.Name));
  }
}

function inFragment(u: Uses, name: string): void {
  const fragment = u.q.fragments.get(name);
  if (fragment === undefined || u.fragments.has(name)) return;
  u.fragments.add(name);
  inDirectives(u, list(fragment, 'Directives'));
  inSelections(u, list(fragment, 'SelectionSet'), u.q.schema.types.get(String(fragment.TypeCondition)));
}

function inDirectives(u: Uses, directives: Node[]): void {
  for (const d of directives)
    inArguments(u, list(d, 'Arguments'), list(u.q.schema.directives.get(String(d.Name)), 'Arguments'));
}

function inArguments(u: Uses, given: Node[], known: Node[]): void {
  for (const arg of given) {
    const definition = known.find((k) => k.Name === arg.Name);
    inValue(u, arg.Value as Node, definition?.Type as Node | undefined);
  }
}

function inValue(u: Uses, value: Node, type: Node | undefined): void {
  if (value.Kind === 0) {
    checkUse(u, value, type);
    return;
  }
  const named = type === undefined ? undefined : u.q.schema.types.get(String(type.NamedType));
  for (const child of list(value, 'Children')) {
    const field = list(named, 'Fields').find((f) => f.Name === child.Name);
    const inner = value.Kind === 8 ? (type?.Elem as Node | undefined) : (field?.Type as Node | undefined);
    inValue(u, child.Value as Node, inner);
  }
}

function checkUse(u: Uses, value: Node, type: Node | undefined): void {
  const name = String(value.Raw);
  const variable = u.declared.get(name);
  const { places } = u.q.schema;
  if (variable === undefined) fail(places, value, `Variable "$${name}" is not defined${u.what}.`);
  if (type === undefined) return;
  const fallback = variable.DefaultValue as Node | undefined;
  // What has a default is there, even if it may be null.
  const wanted = fallback !== undefined && fallback.Kind !== 6 ? { ...type, NonNull: false } : type;
  if (fits(variable.Type as Node, wanted)) return;
  const found = typeText(variable.Type as Node);
  fail(places, value, `Variable "$${name}" of type "${found}" used in position expecting type "${typeText(type)}".`);
}

function fits(given: Node, wanted: Node): boolean {
  if (wanted.NonNull === true && given.NonNull !== true) return false;
  if ((given.Elem === undefined) !== (wanted.Elem === undefined)) return false;
  return given.Elem === undefined
    ? given.NamedType === wanted.NamedType
    : fits(given.Elem as Node, wanted.Elem as Node);
}
