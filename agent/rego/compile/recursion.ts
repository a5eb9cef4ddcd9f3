/** Rego forbids recursion: finds the first way from each rule back to itself. */
import type { Term, With } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { describeKey, shownName } from './describe.ts';
import type { Program } from './program.ts';
import type { Group, TreeNode } from './tree.ts';
import { walkRule } from './walk.ts';

/** Answers the groups, each after those its rules use. */
export function checkRecursion(program: Program, errors: RegoFailure[]): Group[] {
  const found: RegoFailure[] = [];
  const order = searchAll(program, mentioned, found);
  // Which way is reported depends on the order of the references in the text, which the notes of the resolver do not keep.
  if (found.length === 0) return order;
  searchAll(program, dependencies, errors);
  const place = (e: RegoFailure): number => e.position?.offset ?? 0;
  errors.sort((a, b) => (a.position?.file === b.position?.file ? place(a) - place(b) : 0));
  return order;
}

type Edges = (program: Program, group: Group) => Set<Group>;

function searchAll(program: Program, edgesOf: Edges, errors: RegoFailure[]): Group[] {
  const edges = new Map<Group, Group[]>();
  for (const group of program.tree.groups) edges.set(group, [...edgesOf(program, group)]);
  const state = new Map<Group, 'open' | 'done'>();
  const order: Group[] = [];
  for (const group of program.tree.groups) {
    if (state.has(group)) continue;
    search(group, edges, state, order, errors);
  }
  return order;
}

/** Depth first with a stack of our own: chains of rules may be longer than the call stack. */
function search(
  start: Group,
  edges: Map<Group, Group[]>,
  state: Map<Group, 'open' | 'done'>,
  order: Group[],
  errors: RegoFailure[],
): void {
  const stack: { group: Group; next: number }[] = [{ group: start, next: 0 }];
  state.set(start, 'open');
  while (stack.length > 0) {
    const top = stack.at(-1) as { group: Group; next: number };
    const to = edges.get(top.group)?.[top.next++];
    if (to === undefined) {
      state.set(top.group, 'done');
      order.push(top.group);
      stack.pop();
    } else if (state.get(to) === 'open') {
      const from = stack.findIndex((s) => s.group === to);
      report(
        stack.slice(from).map((s) => s.group),
        errors,
      );
    } else if (!state.has(to)) {
      state.set(to, 'open');
      stack.push({ group: to, next: 0 });
    }
  }
}

/** As the first rule of the group is written: `data.t.p[x]`. */
function nameOf(g: Group): string {
  const keys = g.rules[0]?.keys ?? [];
  const name = `data.${g.path.join('.')}`;
  return name + keys.map((k) => (k.kind === 'var' ? `[${shownName(k.name)}]` : describeKey(k))).join('');
}

function report(cycle: Group[], errors: RegoFailure[]): void {
  const names = cycle.map(nameOf);
  for (let i = 0; i < cycle.length; i++) {
    const round = [...names.slice(i), ...names.slice(0, i), names[i]].join(' -> ');
    const rule = cycle[i]?.rules[0] ?? cycle[i]?.defaults[0];
    errors.push(new RegoFailure('rego_recursion_error', `rule ${names[i]} is recursive: ${round}`, rule?.pos));
  }
}

/** Every group a rule of this group may evaluate. */
function mentioned(program: Program, group: Group): Set<Group> {
  const found = new Set<Group>();
  for (const rule of [...group.rules, ...group.defaults]) {
    for (const call of rule.mentions.calls) called(program, call, found);
    for (const { path } of rule.mentions.documents) documents(program, path, found);
  }
  return found;
}

function called(program: Program, call: Term & { kind: 'call' }, found: Set<Group>): void {
  const target = call.name?.startsWith('data.') ? program.tree.functions.get(call.name) : undefined;
  if (target !== undefined) found.add(target);
}

/** The same in the order of the text. */
function dependencies(program: Program, group: Group): Set<Group> {
  const found = new Set<Group>();
  const visit = (t: Term): void => {
    if (t.kind === 'call') called(program, t, found);
    if (t.kind === 'ref' && t.head.kind === 'var' && t.head.name === 'data') documents(program, t.path, found);
  };
  for (const rule of [...group.rules, ...group.defaults])
    walkRule(rule, { term: visit, with: (w) => replaced(program, w, found) });
  return found;
}

/** What `with` puts in the place of a document counts as a use of it. */
function replaced(program: Program, w: With, found: Set<Group>): void {
  const [root, ...names] = w.target.kind === 'const' ? (w.target.value as string[]) : [];
  if (root !== 'data') return;
  documents(
    program,
    names.map((value): Term => ({ kind: 'const', value, pos: w.pos })),
    found,
  );
}

function documents(program: Program, path: Term[], found: Set<Group>): void {
  step(program.tree.root, path, 0, found);
}

function step(node: TreeNode, path: Term[], at: number, found: Set<Group>): void {
  if (node.group !== undefined) found.add(node.group);
  const key = path[at];
  if (key === undefined) {
    for (const child of node.children.values()) step(child, path, at, found);
  } else if (key.kind === 'const') {
    const child = typeof key.value === 'string' ? node.children.get(key.value) : undefined;
    if (child !== undefined) step(child, path, at + 1, found);
  } else for (const child of node.children.values()) step(child, path, at + 1, found);
}
