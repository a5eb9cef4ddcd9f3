/** Fields under one name in the answer have to be one field (GraphQL October 2021 §5.3.2). */
import { fieldOf, type QueryCheck } from './check-query.ts';
import type { Node } from './cursor.ts';
import { baseName, fail, list, typeText } from './types.ts';

interface Found {
  node: Node;
  parent: Node | undefined;
  /** The field of the schema; undefined when there is none, which is reported elsewhere. */
  field: Node | undefined;
}

/** Throws `GraphqlError` at the second of two fields that cannot be merged. */
export function checkMerge(q: QueryCheck, selections: Node[], parent: Node): void {
  const found: Found[] = [];
  collect(q, selections, parent, found, new Set());
  compareAll(q, found);
}

/** The fields of selections and of the fragments in them. */
function collect(q: QueryCheck, selections: Node[], parent: Node | undefined, into: Found[], seen: Set<string>): void {
  for (const node of selections) {
    if (node.Alias !== undefined) {
      const field = parent === undefined ? undefined : fieldOf(q, parent, String(node.Name));
      into.push({ node, parent, field });
      continue;
    }
    const spread = node.TypeCondition === undefined ? q.fragments.get(String(node.Name)) : node;
    if (spread === undefined) continue;
    if (spread !== node) {
      if (seen.has(String(node.Name))) continue;
      seen.add(String(node.Name));
    }
    const condition = String(spread.TypeCondition);
    const type = condition === '' ? parent : q.schema.types.get(condition);
    collect(q, list(spread, 'SelectionSet'), type, into, seen);
  }
}

/** The first of each name beside the others; a name is rare that is used more than once. */
function compareAll(q: QueryCheck, found: Found[]): void {
  const byName = new Map<string, Found[]>();
  for (const one of found) {
    const before = byName.get(String(one.node.Alias)) ?? [];
    for (const other of before) compareTwo(q, other, one);
    byName.set(String(one.node.Alias), [...before.slice(0, MOST_COMPARED), one]);
  }
}

/** Of a name that is used very often only so many are compared with each other: pairs grow with the square. */
const MOST_COMPARED = 50;

function compareTwo(q: QueryCheck, a: Found, b: Found): void {
  const why = conflict(q, a, b);
  if (why === undefined) return;
  const message = `Fields "${b.node.Alias}" conflict because ${why}. Use different aliases on the fields to fetch both if this was intentional.`;
  fail(q.schema.places, b.node, message);
}

function conflict(q: QueryCheck, a: Found, b: Found): string | undefined {
  if (a.field === undefined || b.field === undefined) return undefined;
  const exclusive = a.parent !== b.parent && a.parent?.Kind === 'OBJECT' && b.parent?.Kind === 'OBJECT';
  if (!exclusive) {
    if (a.node.Name !== b.node.Name) return `"${a.node.Name}" and "${b.node.Name}" are different fields`;
    if (argumentsText(a.node) !== argumentsText(b.node)) return 'they have differing arguments';
  }
  const [x, y] = [a.field.Type as Node, b.field.Type as Node];
  if (differ(q, x, y)) return `they return conflicting types "${typeText(x)}" and "${typeText(y)}"`;
  return below(q, a, b);
}

/** Conflicts among what is selected below the two fields, in the words of both levels. */
function below(q: QueryCheck, a: Found, b: Found): string | undefined {
  const [left, right] = [a, b].map(({ node, field }) => {
    const into: Found[] = [];
    const type = q.schema.types.get(baseName(field?.Type as Node));
    collect(q, list(node, 'SelectionSet'), type, into, new Set());
    return into;
  }) as [Found[], Found[]];
  for (const x of left.slice(0, MOST_COMPARED)) {
    for (const y of right.slice(0, MOST_COMPARED)) {
      const why = x.node.Alias === y.node.Alias && x.node !== y.node ? conflict(q, x, y) : undefined;
      if (why !== undefined) return `subfields "${x.node.Alias}" conflict because ${why}`;
    }
  }
  return undefined;
}

const COMPOSITE = ['OBJECT', 'INTERFACE', 'UNION'];

/** Whether answers of the two types look different. Objects may differ: what is selected of them is compared. */
function differ(q: QueryCheck, a: Node, b: Node): boolean {
  if ((a.NonNull === true) !== (b.NonNull === true)) return true;
  if ((a.Elem === undefined) !== (b.Elem === undefined)) return true;
  if (a.Elem !== undefined) return differ(q, a.Elem as Node, b.Elem as Node);
  const [x, y] = [a, b].map((t) => q.schema.types.get(String(t.NamedType))?.Kind);
  if (COMPOSITE.includes(String(x)) && COMPOSITE.includes(String(y))) return false;
  return a.NamedType !== b.NamedType;
}

function argumentsText(node: Node): string {
  return JSON.stringify(
    list(node, 'Arguments')
      .map((a) => [a.Name, a.Value])
      .sort(),
  );
}
