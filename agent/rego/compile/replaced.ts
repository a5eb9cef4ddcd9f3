/** The types of rules while `with` replaces them. */
import type { With } from '../ast.ts';
import type { Value } from '../values/value.ts';
import { type Env, extentOf, newNode, type TypeNode, typeOf } from './type-env.ts';
import { ANY, fieldKey, isOpen, or } from './types.ts';

interface Replaced {
  node: TypeNode;
  type: TypeNode['type'];
  children: TypeNode['children'];
}

/**
 * Looks at an expression while what its `with` names may have the type of its replacement as well, as OPA does:
 * `p.a with data.t.p as {"a": 1}` is fine whatever `p` is, and beside `with input.a.b as 1` nothing stands under a number.
 */
export function whileReplaced(env: Env, withs: readonly With[], look: () => void): void {
  const { check } = env;
  const { input } = check;
  const before: Replaced[] = [];
  for (const w of withs) replace(env, w, before);
  look();
  for (const { node, type, children } of before) Object.assign(node, { type, children });
  if (input === undefined) delete check.input;
}

/** Changes the nodes on the way to the target of a `with`; as they were they are put before what was changed so far. */
function replace(env: Env, w: With, before: Replaced[]): void {
  const path = documentPath(w);
  if (path === undefined) return;
  const { check } = env;
  if (path[0] === 'input') check.input ??= newNode('input');
  let node = path[0] === 'input' ? (check.input as TypeNode) : (check.root.children.get('data') as TypeNode);
  for (const key of path.slice(1)) {
    if (node.type !== undefined) return;
    let child = node.children.get(fieldKey(key));
    if (child === undefined) {
      child = newNode(key);
      before.unshift({ node, type: node.type, children: node.children });
      node.children = new Map(node.children).set(fieldKey(key), child);
    }
    node = child;
  }
  // Functions keep their types.
  if (node.type?.kind === 'function') return;
  const value = typeOf(env, w.value);
  const known = node.type !== undefined || node.children.size > 0;
  before.unshift({ node, type: node.type, children: node.children });
  node.type = value === undefined || isOpen(value) || !known ? ANY : or(extentOf(node), value);
  node.children = new Map();
}

function documentPath({ target }: With): Value[] | undefined {
  if (target.kind !== 'const' || !Array.isArray(target.value)) return undefined;
  const [root] = target.value;
  return root === 'data' || root === 'input' ? target.value : undefined;
}
