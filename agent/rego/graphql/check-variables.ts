/** Variables and the use of fragments (GraphQL October 2021 §5.5.1, §5.8). */

import { checkPositions } from './check-positions.ts';
import type { QueryCheck } from './check-query.ts';
import { checkValue } from './check-values.ts';
import type { Node } from './cursor.ts';
import { baseName, fail, list } from './types.ts';

/** Every fragment is used, and none leads back to itself. */
export function checkFragments(q: QueryCheck, document: Node): void {
  const used = new Set<string>();
  for (const o of list(document, 'Operations')) spreads(q, list(o, 'SelectionSet'), used);
  for (const f of q.fragments.values()) {
    if (!used.has(String(f.Name))) fail(q.schema.places, f, `Fragment "${f.Name}" is never used.`);
    const below = new Set<string>();
    spreads(q, list(f, 'SelectionSet'), below);
    if (below.has(String(f.Name))) fail(q.schema.places, f, `Cannot spread fragment "${f.Name}" within itself.`);
  }
}

function spreads(q: QueryCheck, selections: Node[], found: Set<string>): void {
  for (const s of selections) {
    if (s.Alias === undefined && s.TypeCondition === undefined) {
      const name = String(s.Name);
      if (found.has(name)) continue;
      found.add(name);
      spreads(q, list(q.fragments.get(name), 'SelectionSet'), found);
    } else spreads(q, list(s, 'SelectionSet'), found);
  }
}

export function checkVariables(q: QueryCheck, o: Node): void {
  const declared = new Map<string, Node>();
  const what = o.Name === '' ? '' : ` by operation "${o.Name}"`;
  for (const v of list(o, 'VariableDefinitions')) {
    if (declared.has(String(v.Variable)))
      fail(q.schema.places, v, `There can be only one variable named "$${v.Variable}".`);
    declared.set(String(v.Variable), v);
    const type = q.schema.types.get(baseName(v.Type as Node));
    if (type === undefined) fail(q.schema.places, v, `Unknown type "${baseName(v.Type as Node)}".`);
    if (!['SCALAR', 'ENUM', 'INPUT_OBJECT'].includes(String(type.Kind))) {
      fail(q.schema.places, v, `Variable "$${v.Variable}" cannot be non-input type "${type.Name}".`);
    }
    if (v.DefaultValue !== undefined) checkValue(q.schema, v.DefaultValue as Node, v.Type as Node);
  }
  const used = new Set<string>();
  const reachable = new Set<string>();
  spreads(q, list(o, 'SelectionSet'), reachable);
  for (const name of reachable) collect(q.fragments.get(name), used);
  collect(o, used);
  checkPositions(q, o, declared, what);
  for (const [name, v] of declared) {
    if (!used.has(name))
      fail(q.schema.places, v, `Variable "$${name}" is never used${what === '' ? '' : ` in operation "${o.Name}"`}.`);
  }
}

/** Names of variables anywhere in a tree; a definition of a variable is no use of it. */
function collect(root: Node | undefined, used: Set<string>): void {
  const todo: unknown[] = root === undefined ? [] : [root];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const node = at as Node;
    if (node.Kind === 0 && typeof node.Raw === 'string') used.add(node.Raw);
    for (const [field, value] of Object.entries(node)) if (field !== 'VariableDefinitions') todo.push(value);
  }
}
