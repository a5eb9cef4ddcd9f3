/** Rules by their place under `data`: a tree of packages and rules, and the groups of rules that make one document. */
import type { Annotations, Expr, Module, Position, Rule, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { compareStrings } from '../values/value.ts';
import type { Mentions } from './resolver.ts';

/** A rule whose names are resolved. The ordered bodies are in the compiler's map. */
export interface CompiledRule {
  source: Rule;
  module: Module;
  /** Full constant path under `data`. */
  fixed: string[];
  /** What follows the constant path in the head; keys of the object the rule contributes to. */
  keys: Term[];
  args: Term[] | undefined;
  member: Term | undefined;
  value: Term | undefined;
  body: Expr[];
  else: CompiledRule | undefined;
  pos: Position;
  /** Of the rule with all its `else` rules. */
  mentions: Mentions;
}

/** What a rule's head evaluates after its body. */
export function headTerms(keys: readonly Term[], member: Term | undefined, value: Term | undefined): Term[] {
  const terms = keys.slice();
  if (member !== undefined) terms.push(member);
  if (value !== undefined) terms.push(value);
  return terms;
}

export interface Group {
  id: number;
  path: string[];
  kind: 'complete' | 'partial' | 'function';
  rules: CompiledRule[];
  defaults: CompiledRule[];
  arity: number;
}

export interface TreeNode {
  path: string[];
  children: Map<string, TreeNode>;
  group: Group | undefined;
}

export interface RuleTree {
  root: TreeNode;
  groups: Group[];
  functions: Map<string, Group>;
  /** Annotations of packages and documents, by path. */
  packages: Map<string, { path: string[]; annotations: Annotations[] }>;
}

export function buildTree(rules: CompiledRule[], packages: string[][], errors: RegoFailure[]): RuleTree {
  const tree: RuleTree = { root: newNode([]), groups: [], functions: new Map(), packages: new Map() };
  for (const path of packages) nodeAt(tree.root, path);
  const at = new Map<TreeNode, CompiledRule[]>();
  for (const rule of rules) {
    if (rule.args !== undefined) addFunction(tree, rule);
    else {
      const node = nodeAt(tree.root, rule.fixed);
      const list = at.get(node);
      if (list === undefined) at.set(node, [rule]);
      else list.push(rule);
    }
  }
  settle(tree, tree.root, at, errors);
  const packagePaths = new Set(packages.map((p) => p.join('\0')));
  conflicts(tree.root, packagePaths, errors);
  for (const group of tree.groups) checkGroup(group, tree, errors);
  sortChildren(tree.root);
  return tree;
}

/** Documents are evaluated in the order of their names, which decides which error a strict query reports. */
function sortChildren(node: TreeNode): void {
  const entries = [...node.children].sort((a, b) => compareStrings(a[0], b[0]));
  node.children.clear();
  for (const [name, child] of entries) {
    node.children.set(name, child);
    sortChildren(child);
  }
}

function newNode(path: string[]): TreeNode {
  return { path, children: new Map(), group: undefined };
}

function nodeAt(root: TreeNode, path: string[]): TreeNode {
  let node = root;
  for (const key of path) {
    let child = node.children.get(key);
    if (child === undefined) {
      child = newNode([...node.path, key]);
      node.children.set(key, child);
    }
    node = child;
  }
  return node;
}

function addFunction(tree: RuleTree, rule: CompiledRule): void {
  const name = `data.${rule.fixed.join('.')}`;
  nodeAt(tree.root, rule.fixed.slice(0, -1));
  let group = tree.functions.get(name);
  if (group === undefined) {
    group = newGroup(tree, rule.fixed, 'function');
    group.arity = rule.args?.length ?? 0;
    tree.functions.set(name, group);
  }
  (rule.source.default ? group.defaults : group.rules).push(rule);
}

function newGroup(tree: RuleTree, path: string[], kind: Group['kind']): Group {
  const group: Group = { id: tree.groups.length, path, kind, rules: [], defaults: [], arity: 0 };
  tree.groups.push(group);
  return group;
}

/** Makes the group of each node. A rule with keys in its head swallows everything below its node. */
function settle(tree: RuleTree, node: TreeNode, at: Map<TreeNode, CompiledRule[]>, errors: RegoFailure[]): void {
  const own = at.get(node) ?? [];
  if (own.some((r) => r.keys.length > 0)) {
    const all = [...own];
    for (const child of node.children.values()) collect(child, at, all, node.path.length);
    node.children.clear();
    const group = newGroup(tree, node.path, 'partial');
    fill(group, all, node);
    if (own.some((r) => r.keys.length === 0 && !r.source.default)) errors.push(conflicting(group));
    return;
  }
  if (own.length > 0) {
    const partial = own.some((r) => r.member !== undefined);
    const group = newGroup(tree, node.path, partial ? 'partial' : 'complete');
    fill(group, own, node);
    const mixed = own.some((r) => (r.member === undefined) === partial);
    if (mixed) errors.push(conflicting(group));
  }
  for (const child of node.children.values()) settle(tree, child, at, errors);
}

function collect(node: TreeNode, at: Map<TreeNode, CompiledRule[]>, into: CompiledRule[], depth: number): void {
  for (const rule of at.get(node) ?? []) {
    const lifted = rule.fixed.slice(depth).map((value): Term => ({ kind: 'const', value, pos: rule.pos }));
    into.push({ ...rule, keys: [...lifted, ...rule.keys], fixed: rule.fixed.slice(0, depth) });
  }
  for (const child of node.children.values()) collect(child, at, into, depth);
}

function fill(group: Group, rules: CompiledRule[], node: TreeNode): void {
  for (const rule of rules) (rule.source.default ? group.defaults : group.rules).push(rule);
  node.group = group;
}

function conflicts(node: TreeNode, packages: Set<string>, errors: RegoFailure[]): void {
  const group = node.group;
  if (group !== undefined && packages.has(node.path.join('\0'))) {
    const pos = (group.rules[0] ?? group.defaults[0])?.pos;
    const name = node.path.join('.');
    errors.push(new RegoFailure('rego_type_error', `package ${name} conflicts with rule ${node.path.at(-1)}`, pos));
  } else if (group !== undefined && node.children.size > 0) {
    const below = [...node.children.values()].flatMap(rulesBelow);
    const message = `rule data.${node.path.join('.')} conflicts with:${below.join('')}`;
    errors.push(new RegoFailure('rego_type_error', message, (group.rules[0] ?? group.defaults[0])?.pos));
  }
  for (const child of node.children.values()) conflicts(child, packages, errors);
}

/** The group whose first rule stands before the other's. */
function earlier(a: Group, b: Group): Group {
  const [x, y] = [a.rules[0]?.pos, b.rules[0]?.pos];
  return x !== undefined && y !== undefined && x.file === y.file && y.offset < x.offset ? b : a;
}

/** Every rule below a node with its place. */
function rulesBelow(node: TreeNode): string[] {
  const { group } = node;
  const own = group === undefined ? [] : [...group.rules, ...group.defaults];
  const name = `data.${node.path.join('.')}`;
  const shown = own.map(({ pos }) => `\n  rule ${name} at ${pos.file}:${pos.line}`);
  return [...shown, ...[...node.children.values()].flatMap(rulesBelow)];
}

function conflicting(group: Group): RegoFailure {
  const name = `data.${group.path.join('.')}`;
  return new RegoFailure('rego_type_error', `conflicting rules ${name} found`, group.rules[0]?.pos);
}

function checkGroup(group: Group, tree: RuleTree, errors: RegoFailure[]): void {
  const name = `data.${group.path.join('.')}`;
  if (group.kind !== 'partial' && group.defaults.length > 1) {
    const places = group.defaults.map(({ pos }) => `${pos.file}:${pos.line}`).join(', ');
    const [first] = group.defaults as [CompiledRule];
    // OPA points at the module.
    const at = { file: first.pos.file, line: 1, column: 1, offset: 0 };
    errors.push(new RegoFailure('rego_type_error', `multiple default rules ${name} found at ${places}`, at));
  }
  if (group.kind !== 'function') {
    const other = tree.functions.get(name);
    if (other !== undefined) errors.push(conflicting(earlier(group, other)));
    return;
  }
  for (const rule of [...group.rules, ...group.defaults]) {
    if (rule.args?.length !== group.arity) {
      errors.push(conflicting(group));
      return;
    }
  }
}
