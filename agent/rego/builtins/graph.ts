/** `graph.*`: what can be reached along the edges of an adjacency object. */
import { tick } from '../eval/context.ts';
import { RegoSet, type RegoObject, typeName, type Value } from '../values/value.ts';
import { type BuiltinContext, type BuiltinTable, listArg, objectArg, typeFailure } from './types.ts';

function neighbours(graph: RegoObject, node: Value): readonly Value[] {
  const edges = graph.get(node);
  if (edges instanceof RegoSet) return edges.items();
  if (Array.isArray(edges)) return edges;
  if (edges === undefined) return [];
  throw typeFailure(0, 'one of {array, set}', typeName(edges));
}

function reachable(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectArg(args, 0);
  const todo = [...listArg(args, 1)];
  const reached = new RegoSet();
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    tick(context.run);
    if (reached.has(node) || graph.get(node) === undefined) continue;
    reached.add(node);
    todo.push(...neighbours(graph, node));
  }
  return reached;
}

/** Longest paths from the roots: a path ends where no edge leads on, or only back into it. */
function paths(args: readonly Value[], context: BuiltinContext): Value {
  const graph = objectArg(args, 0);
  const found = new RegoSet();
  const todo: Value[][] = [];
  for (const root of listArg(args, 1)) {
    if (graph.get(root) === undefined) continue;
    if (neighbours(graph, root).length === 0) found.add([root]);
    else todo.push([root]);
  }
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    tick(context.run);
    const last = path.at(-1) as Value;
    const next = graph.get(last) === undefined ? [] : neighbours(graph, last);
    const seen = path.reduce((set: RegoSet, v) => set.add(v), new RegoSet());
    let ends = next.length === 0;
    for (const node of next) {
      if (seen.has(node) || graph.get(node) === undefined) ends = true;
      else todo.push([...path, node]);
    }
    if (ends) found.add(path);
  }
  return found;
}

const LIST = 'array|set';

export const graph: BuiltinTable = {
  'graph.reachable': { args: ['object', LIST], result: 'set', run: reachable },
  'graph.reachable_paths': { args: ['object', LIST], result: 'set<array>', run: paths },
};
