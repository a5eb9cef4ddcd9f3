/** The types of rules: each is checked after those it uses, and what it makes is merged into what others make in its place. */
import type { Expr, Term } from '../ast.ts';
import type { RegoFailure } from '../errors.ts';
import { compareStrings, type Value } from '../values/value.ts';
import { checkBody } from './check.ts';
import type { Program } from './program.ts';
import { inputNode, type SchemaAnnotations, schemaAnnotations, withSchemas } from './schemas.ts';
import { type CompiledRule, type Group, headTerms } from './tree.ts';
import { type Check, type Env, newEnv, newNode, scalarOf, type TypeNode, typeOf } from './type-env.ts';
import { ANY, fieldKey, isEmpty, objectOf, or, type Type, typeOfValue } from './types.ts';

/** Checks every rule; `groups` has each group after those its rules use. What is known of the rules stays in the program. */
export function checkTypes(program: Program, groups: readonly Group[], errors: RegoFailure[]): void {
  const root = newNode('');
  const check: Check = { program, errors, root, functions: new Map() };
  root.children.set(fieldKey('data'), newNode('data'));
  program.types = root;
  const input = inputNode(program);
  if (input !== undefined) {
    root.children.set(fieldKey('input'), input);
    check.input = input;
  }
  const annotations = schemaAnnotations(program);
  for (const group of groups) {
    for (const rule of group.rules) checkWithElse(check, rule, annotations);
    for (const rule of group.defaults) checkWithElse(check, rule, annotations);
  }
  errors.sort(byPlace);
}

/** In the order of the text, within a file; errors at one place by what they say. */
export function byPlace(one: RegoFailure, other: RegoFailure): number {
  const [a, b] = [one.position, other.position];
  if (a === undefined || b === undefined || a.file !== b.file) return 0;
  return a.offset - b.offset || compareStrings(one.message, other.message);
}

/** Checks a query's body. */
export function checkQueryTypes(program: Program, body: Expr[], errors: RegoFailure[]): void {
  const root = program.types ?? newNode('');
  const input = root.children.get(fieldKey('input'));
  checkBody(newEnv({ program, errors, root, functions: new Map(), ...(input ? { input } : {}) }), body);
}

function checkWithElse(check: Check, rule: CompiledRule, annotations: SchemaAnnotations | undefined): void {
  for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) checkRule(check, at, annotations);
}

function checkRule(check: Check, rule: CompiledRule, annotations: SchemaAnnotations | undefined): void {
  const { length } = check.errors;
  const env = newEnv(annotations === undefined ? check : withSchemas(check, annotations, rule));
  checkBody(env, rule.body, headTerms(rule.keys, rule.member, rule.value));
  const path: Value[] = ['data', ...rule.fixed];
  let at = 0;
  for (; at < rule.keys.length; at++) {
    const key = scalarOf(rule.keys[at] as Term);
    if (key === undefined) break;
    path.push(key);
  }
  if (check.errors.length > length) {
    // Who uses the rule is not to blame.
    const node = nodeAt(check.root, path);
    if (at === rule.keys.length) node.type = ANY;
    return;
  }
  const type = nested(env, rule.keys, at, madeBy(env, rule));
  if (type !== undefined) insert(check.root, path, type);
}

function madeBy(env: Env, rule: CompiledRule): Type | undefined {
  if (rule.args !== undefined) {
    const args = rule.args.map((arg) => argumentType(env, arg));
    return { kind: 'function', args, result: rule.value && typeOf(env, rule.value) };
  }
  if (rule.member === undefined) return rule.value && typeOf(env, rule.value);
  const of = typeOf(env, rule.member);
  return of && { kind: 'set', of };
}

/** Arguments that the body says nothing about may be anything. */
function argumentType(env: Env, t: Term): Type | undefined {
  markUnused(env, t);
  return typeOf(env, t);
}

function markUnused(env: Env, t: Term): void {
  if (t.kind === 'var') {
    if (typeOf(env, t) === undefined) env.vars.set(t.name, ANY);
  } else if (t.kind === 'array') for (const item of t.items) markUnused(env, item);
  else if (t.kind === 'object') for (const [, value] of t.entries) markUnused(env, value);
}

/** Keys of the head that follow its constant path lead through objects. */
function nested(env: Env, keys: readonly Term[], at: number, type: Type | undefined): Type | undefined {
  let made = type;
  for (let i = keys.length - 1; i >= at && made !== undefined; i--) {
    const key = typeOf(env, keys[i] as Term);
    made = key && objectOf(key, made);
  }
  return made;
}

function nodeAt(root: TypeNode, path: readonly Value[]): TypeNode {
  let node = root;
  for (const key of path) node = childOf(node, key);
  return node;
}

function childOf(node: TypeNode, key: Value): TypeNode {
  const name = fieldKey(key);
  let child = node.children.get(name);
  if (child === undefined) {
    child = newNode(key);
    node.children.set(name, child);
  }
  return child;
}

function insert(root: TypeNode, path: readonly Value[], type: Type): void {
  let node = root;
  for (let i = 0; i < path.length; i++) {
    node = childOf(node, path[i] as Value);
    if (node.type?.kind === 'object' && i + 1 < path.length) node.type = withPath(node.type, path.slice(i + 1), type);
  }
  node.type = merge(node.type, type);
  if (type.kind !== 'object' || node.children.size === 0) return;
  for (const [below, leaf] of leaves(node, [])) {
    if (node.type?.kind === 'object') node.type = withPath(node.type, below, leaf);
  }
}

/** Every rule below a node, by its path from there. */
function leaves(node: TypeNode, path: readonly Value[]): [Value[], Type][] {
  return [...node.children.values()].flatMap((child): [Value[], Type][] => {
    const below = [...path, child.key];
    return child.type === undefined ? leaves(child, below) : [[below, child.type]];
  });
}

/** The object's type where one more rule stands below it. */
function withPath(object: Type & { kind: 'object' }, path: readonly Value[], type: Type): Type {
  const [first, ...rest] = path;
  const key = first === undefined ? ANY : typeOfValue(first);
  let below: Type | undefined = type;
  for (const one of rest.reverse()) below = objectOf(typeOfValue(one), below);
  return {
    kind: 'object',
    fields: object.fields,
    key: or(object.key, key),
    of: object.of === undefined ? below : merge(object.of, below),
  };
}

/** The type of what rules of one place make together: objects without known keys and sets are merged. */
function merge(a: Type | undefined, b: Type | undefined): Type | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.kind === 'any' && b.kind !== 'any') return merge(b, a);
  if (isEmpty(a) || isEmpty(b)) return or(a, b);
  if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', of: or(a.of, b.of) };
  if (a.kind !== 'object' || a.fields.size > 0) return or(a, b);
  if (b.kind === 'object' && b.fields.size === 0) return objectOf(or(a.key, b.key), merge(a.of, b.of));
  if (b.kind !== 'any') return or(a, b);
  const other = b.types.findIndex((t) => t.kind === 'object' && t.fields.size === 0 && !isEmpty(t));
  const object = b.types[other];
  if (object?.kind !== 'object') return or(a, b);
  const joined = objectOf(or(object.key, a.key), or(object.of, a.of));
  return { kind: 'any', types: b.types.map((t, i) => (i === other ? joined : t)) };
}
