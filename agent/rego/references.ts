/** What the rules of a compiled policy name: leaves of the input, documents, functions, and what `with` replaces. */
import type { Term } from './ast.ts';
import type { Program } from './compile/program.ts';
import type { TreeNode } from './compile/tree.ts';
import { walkRule } from './compile/walk.ts';
import { RegoObject, type Value } from './values/value.ts';

export interface Reference {
  root: 'input' | 'data';
  /** The path below the root, names of imports resolved; `undefined` stands for a key that only evaluation knows. */
  path: readonly (string | undefined)[];
  /** `replaced`: the target of a `with`; `called`: a function of the policy. */
  kind: 'read' | 'called' | 'replaced';
  /** The rule that says so: `data.main.deny`. */
  rule: string;
  package: readonly string[];
  file: string;
  line: number;
  /** Of documents: rules or data lie there; nobody can say otherwise of paths that begin with an unknown key. */
  defined: boolean;
}

/** Every reference of every rule, in the order of the rules. What is only the beginning of a longer one is left out. */
export function referencesOf(program: Program): Reference[] {
  const found: Reference[] = [];
  for (const group of program.tree.groups) {
    for (const rule of [...group.rules, ...group.defaults]) {
      const add = (root: string, path: Reference['path'], kind: Reference['kind'], line: number) => {
        if (root !== 'input' && root !== 'data') return;
        const defined = root === 'input' || kind === 'called' || isDefined(program, path);
        const name = `data.${rule.fixed.join('.')}`;
        const { file, package: own } = rule.module;
        found.push({ root, path, kind, rule: name, package: own, file, line, defined });
      };
      walkRule(rule, {
        term: (t) => {
          if (t.kind === 'ref' && t.head.kind === 'var') add(t.head.name, t.path.map(keyOf), 'read', t.pos.line);
          else if (t.kind === 'call' && t.name?.startsWith('data.')) {
            add('data', t.name.split('.').slice(1), 'called', t.pos.line);
          }
        },
        with: ({ target, pos }) => {
          const [root = '', ...path] = target.kind === 'const' && Array.isArray(target.value) ? target.value : [];
          add(String(root), path.map(String), 'replaced', pos.line);
        },
      });
    }
  }
  return found;
}

/** Numbers are indices of a list or keys of an object: which one only evaluation knows. */
function keyOf(t: Term): string | undefined {
  return t.kind === 'const' && typeof t.value === 'string' ? t.value : undefined;
}

function isDefined({ tree, data }: Program, path: Reference['path']): boolean {
  return inRules(tree.root, path) || inData(data, path);
}

function inRules(root: TreeNode, path: Reference['path']): boolean {
  let node = root;
  for (const key of path) {
    if (node.group !== undefined) return true;
    if (key === undefined) return node.children.size > 0;
    const child = node.children.get(key);
    if (child === undefined) return false;
    node = child;
  }
  return true;
}

function inData(data: Value, path: Reference['path']): boolean {
  let at: Value | undefined = data;
  for (const key of path) {
    if (!(at instanceof RegoObject) || key === undefined) return true;
    at = at.get(key);
    if (at === undefined) return false;
  }
  return true;
}
