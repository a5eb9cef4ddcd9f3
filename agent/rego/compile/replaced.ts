/** The types of rules while `with` replaces them. */
import type { With } from '../ast.ts';
import { type Env, extentOf, type TypeNode, typeOf } from './type-env.ts';
import { ANY, fieldKey, isOpen, or } from './types.ts';

/**
 * Looks at an expression while the rules that its `with` names may have the type of their replacement as well, as OPA does:
 * `p.a with data.t.p as {"a": 1}` is fine whatever `p` is.
 */
export function whileReplaced(env: Env, withs: readonly With[], look: () => void): void {
  const before: [node: TypeNode, type: TypeNode['type'], children: TypeNode['children']][] = [];
  for (const w of withs) {
    const node = nodeOf(env, w);
    if (node === undefined) continue;
    const value = typeOf(env, w.value);
    before.unshift([node, node.type, node.children]);
    node.type = or(extentOf(node), value === undefined || isOpen(value) ? ANY : value);
    node.children = new Map();
  }
  look();
  for (const [node, type, children] of before) {
    node.type = type;
    node.children = children;
  }
}

/** The rule or package that is replaced by a value; undefined for functions, which keep their types, and for the input. */
function nodeOf(env: Env, w: With): TypeNode | undefined {
  const { target } = w;
  if (target.kind !== 'const' || !Array.isArray(target.value) || target.value[0] !== 'data') return undefined;
  let node: TypeNode | undefined = env.check.root;
  for (const key of target.value) node = node?.children.get(fieldKey(key));
  return node?.type?.kind === 'function' ? undefined : node;
}
