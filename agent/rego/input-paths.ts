/**
 * Which paths of the input the rules of a compiled policy read, followed through variables, loops, helper rules and the
 * arguments of functions: `some c in input.spec.containers; c.image` reads `spec.containers[_].image`. Nothing is
 * evaluated; what only evaluation knows is `undefined` in a path, and what cannot be followed is left out.
 */
import type { Expr, Term } from './ast.ts';
import type { Program } from './compile/program.ts';
import type { CompiledRule, Group, TreeNode } from './compile/tree.ts';
import { walkRule } from './compile/walk.ts';

export interface InputPath {
  path: readonly (string | undefined)[];
  /** The rule that reads it: `data.main.deny`. */
  rule: string;
  file: string;
  line: number;
}

type Key = string | undefined;
type Path = readonly Key[];

/** What a term may be a part of: itself, and where it is a collection of the policy's own, its elements. */
interface Origin {
  self: Map<string, Path>;
  items: Map<string, Path>;
}

/** Rounds after which loops of helpers are no longer followed, and how long and how many paths are kept. */
const limits = { rounds: 8, depth: 8, paths: 200 };

/** The paths that every rule reads, in the order of the rules, each once for each rule. */
export function inputPathsOf(program: Program): InputPath[] {
  const flow = new Flow(program);
  for (let round = 0; round < limits.rounds && flow.changed; round++) flow.run(undefined);
  const found = new Map<string, InputPath>();
  flow.run((path, rule, line) => {
    const name = `data.${rule.fixed.join('.')}`;
    const key = JSON.stringify([name, ...path.map((one) => one ?? null)]);
    if (path.length > 0 && !found.has(key)) found.set(key, { path, rule: name, file: rule.module.file, line });
  });
  return [...found.values()];
}

type Report = (path: Path, rule: CompiledRule, line: number) => void;

class Flow {
  changed = true;
  readonly #program: Program;
  readonly #variables = new Map<CompiledRule, Map<string, Origin>>();
  readonly #values = new Map<Group, Origin>();
  #rule: CompiledRule | undefined;
  #report: Report | undefined;

  constructor(program: Program) {
    this.#program = program;
  }

  run(report: Report | undefined): void {
    this.changed = false;
    this.#report = report;
    for (const group of this.#program.tree.groups) {
      for (const rule of [...group.rules, ...group.defaults]) this.#read(group, rule);
    }
  }

  #read(group: Group, rule: CompiledRule): void {
    this.#rule = rule;
    walkRule(rule, {
      expr: (e) => this.#expression(e),
      term: (t) => {
        if (t.kind === 'ref' || t.kind === 'call') this.#origin(t, true);
      },
    });
    const value = originAt(this.#values, group);
    for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
      if (at.member !== undefined) this.#add(value.items, this.#origin(at.member).self);
      if (at.value === undefined) continue;
      const origin = this.#origin(at.value);
      // Keys in the head make an object whose values these are.
      this.#add(at.keys.length > 0 ? value.items : value.self, origin.self);
      this.#add(value.items, origin.items);
    }
  }

  #expression(e: Expr): void {
    if (e.kind === 'unify' || e.kind === 'assign') {
      this.#bind(e.left, this.#origin(e.right));
      this.#bind(e.right, this.#origin(e.left));
    } else if (e.kind === 'some-in' || e.kind === 'every') {
      this.#bind(e.value, step(this.#origin(e.domain), undefined));
    }
  }

  #bind(pattern: Term, origin: Origin): void {
    if (pattern.kind === 'var') {
      const known = this.#variable(pattern.name);
      this.#add(known.self, origin.self);
      this.#add(known.items, origin.items);
    } else if (pattern.kind === 'array') {
      for (const item of pattern.items) this.#bind(item, step(origin, undefined));
    } else if (pattern.kind === 'object') {
      for (const [key, item] of pattern.entries) this.#bind(item, step(origin, keyOf(key)));
    }
  }

  #variable(name: string): Origin {
    const rule = this.#rule as CompiledRule;
    const known = this.#variables.get(rule) ?? new Map<string, Origin>();
    this.#variables.set(rule, known);
    return originAt(known, name);
  }

  #origin(t: Term, told = false): Origin {
    switch (t.kind) {
      case 'var':
        return t.name === 'input' ? origin([[]]) : this.#variable(t.name);
      case 'ref':
        return this.#reference(t, told);
      case 'call':
        return this.#call(t);
      case 'array':
      case 'set':
        return collection(t.items.map((item) => this.#origin(item)));
      case 'array-comprehension':
      case 'set-comprehension':
      case 'object-comprehension':
        return collection([this.#origin(t.head)]);
      default:
        return origin([]);
    }
  }

  #reference(t: Term & { kind: 'ref' }, told: boolean): Origin {
    let at: Origin;
    let rest = t.path;
    if (t.head.kind === 'var' && t.head.name === 'data') {
      const found = groupAt(this.#program.tree.root, t.path);
      if (!found) return origin([]);
      at = originAt(this.#values, found.group);
      rest = t.path.slice(found.length);
    } else at = this.#origin(t.head);
    for (const key of rest) {
      // `containers[c]` of a set gives its members their name.
      if (key.kind === 'var' && at.items.size > 0) this.#add(this.#variable(key.name).self, at.items);
      at = step(at, keyOf(key));
    }
    if (told) for (const path of at.self.values()) this.#report?.(path, this.#rule as CompiledRule, t.pos.line);
    return at;
  }

  #call(t: Term & { kind: 'call' }): Origin {
    const name = t.name ?? '';
    const group = this.#program.tree.functions.get(name);
    if (group) {
      const before = this.#rule;
      const given = t.args.map((arg) => this.#origin(arg));
      for (const rule of group.rules) {
        for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
          // Variables belong to the first rule of an `else` chain, which is the one that is walked.
          this.#rule = rule;
          for (const [index, pattern] of (at.args ?? []).entries()) this.#bind(pattern, given[index] ?? origin([]));
        }
      }
      this.#rule = before;
      return originAt(this.#values, group);
    }
    const [first, second] = t.args;
    if (!first) return origin([]);
    if (name === 'object.get' && second) return this.#got(this.#origin(first), second);
    if (name === 'walk') {
      const inside = step(this.#origin(first), undefined);
      if (second?.kind === 'array' && second.items[1]) this.#bind(second.items[1], inside);
      return collection([inside]);
    }
    return passing.has(name) ? this.#origin(first) : origin([]);
  }

  #got(from: Origin, key: Term): Origin {
    let at = from;
    for (const one of keysOf(key)) at = step(at, one);
    for (const path of at.self.values()) this.#report?.(path, this.#rule as CompiledRule, key.pos.line);
    return at;
  }

  #add(into: Map<string, Path>, from: ReadonlyMap<string, Path>): void {
    for (const [key, path] of from) {
      if (into.has(key) || into.size >= limits.paths) continue;
      into.set(key, path);
      this.changed = true;
    }
  }
}

/** Builtins whose result has the parts of their first argument. */
const passing = new Set([
  'object.remove',
  'object.union',
  'json.filter',
  'json.remove',
  'array.concat',
  'array.slice',
  'sort',
]);

function origin(paths: readonly Path[], items: readonly Path[] = []): Origin {
  const keyed = (list: readonly Path[]) => new Map(list.map((path) => [textOf(path), path]));
  return { self: keyed(paths), items: keyed(items) };
}

function collection(parts: readonly Origin[]): Origin {
  return origin(
    [],
    parts.flatMap((part) => [...part.self.values()]),
  );
}

function step(at: Origin, key: Key): Origin {
  const longer = [...at.self.values()].filter((path) => path.length < limits.depth).map((path) => [...path, key]);
  return origin([...longer, ...at.items.values()]);
}

function textOf(path: Path): string {
  return JSON.stringify(path.map((one) => one ?? null));
}

function keyOf(t: Term): Key {
  return t.kind === 'const' && typeof t.value === 'string' ? t.value : undefined;
}

/** What `object.get` is given: one key, or a path as a list. */
function keysOf(t: Term): readonly Key[] {
  if (t.kind === 'array') return t.items.map(keyOf);
  if (t.kind !== 'const' || !Array.isArray(t.value)) return [keyOf(t)];
  return t.value.map((one) => (typeof one === 'string' ? one : undefined));
}

function originAt<K>(map: Map<K, Origin>, key: K): Origin {
  const known = map.get(key) ?? origin([]);
  map.set(key, known);
  return known;
}

function groupAt(root: TreeNode, path: readonly Term[]): { group: Group; length: number } | undefined {
  let node = root;
  for (const [index, key] of path.entries()) {
    const next = node.children.get(keyOf(key) ?? '');
    if (!next) return undefined;
    if (next.group) return { group: next.group, length: index + 1 };
    node = next;
  }
  return undefined;
}
