/** `graph.*`: what can be reached along the edges of an adjacency object. */
import { tick } from '../eval/context.ts';
import { type RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import { type BuiltinContext, type BuiltinTable, objectArg, typeFailure } from './types.ts';

function neighbours(graph: RegoObject, node: Value): readonly Value[] {
  const edges = graph.get(node);
  if (edges instanceof RegoSet) return edges.items();
  if (Array.isArray(edges)) return edges;
  return [];
}

/** The roots, with the words OPA has here for an operand that is no list. */
function rootsArg(args: readonly Value[]): readonly Value[] {
  const roots = args[1] as Value;
  if (roots instanceof RegoSet) return roots.items();
  if (Array.isArray(roots)) return roots;
  throw typeFailure(1, '{array, set}', typeName(roots));
}

function reachable(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectArg(args, 0);
  const todo = [...rootsArg(args)];
  const reached = new RegoSet();
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    tick(context.run);
    if (reached.has(node) || graph.get(node) === undefined) continue;
    reached.add(node);
    todo.push(...neighbours(graph, node));
  }
  return reached;
}

/**
 * Paths from the roots. A path ends where no edge leads on, or where one leads to a node that was entered before below
 * the same neighbour of the root: OPA remembers nodes for each neighbour, not for each path, and so do we.
 */
function paths(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectArg(args, 0);
  const found = new RegoSet();
  for (const root of rootsArg(args)) {
    if (graph.get(root) === undefined) continue;
    const next = neighbours(graph, root);
    if (next.length === 0) found.add([root]);
    for (const node of next) follow(graph, node, [root], new RegoSet().add(root), found, context);
  }
  return found;
}

function follow(
  graph: RegoObject,
  node: Value,
  before: readonly Value[],
  reached: RegoSet,
  found: RegoSet,
  context: BuiltinContext,
): void {
  tick(context.run);
  if (graph.get(node) === undefined) {
    found.add(before);
    return;
  }
  const path = [...before, node];
  const next = neighbours(graph, node);
  if (next.length === 0) found.add(path);
  for (const to of next) {
    if (reached.has(to)) found.add(path);
    else {
      reached.add(node);
      follow(graph, to, path, reached, found, context);
    }
  }
}

const LIST = 'array|set';

export const graph: BuiltinTable = {
  'graph.reachable': { args: ['object<any,array|set>', LIST], result: 'set', run: reachable },
  'graph.reachable_paths': { args: ['object<any,array|set>', LIST], result: 'set<array>', run: paths },
};
