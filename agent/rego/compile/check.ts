/** The type check: operands that can never fit, sides that can never be equal, references into what is not there. */
import { type Expr, eachChild, type Term } from '../ast.ts';
import type { Builtin } from '../builtins/types.ts';
import { RegoFailure } from '../errors.ts';
import { isNumber, type Value } from '../values/value.ts';
import { describeTerm, shownName } from './describe.ts';
import { eachTerm } from './patterns.ts';
import { arityOf, type Program } from './program.ts';
import type { CompiledRule, Group } from './tree.ts';
import { ANY, elementTypes, overlaps, parseType, STRING, type Type, typeOfValue, unionOf } from './types.ts';

interface Check {
  program: Program;
  errors: RegoFailure[];
  /** What is wrong with rules is kept even where the term that mentions them is only looked at for its type. */
  reported: RegoFailure[];
  /** Types of rules and of what functions answer; undefined while one is being found. */
  groups: Map<Group, Type | undefined>;
}

/** Types of variables: those of a closure are its own, and it sees those around it. */
interface Env {
  own: Map<string, Type> | undefined;
  outer: Env | undefined;
}

function newEnv(outer?: Env): Env {
  return { own: undefined, outer };
}

function typeIn(env: Env, name: string): Type | undefined {
  for (let at: Env | undefined = env; at !== undefined; at = at.outer) {
    const type = at.own?.get(name);
    if (type !== undefined) return type;
  }
  return undefined;
}

export function checkTypes(program: Program, errors: RegoFailure[]): void {
  const c: Check = { program, errors, reported: errors, groups: new Map() };
  for (const group of program.tree.groups) typeOfGroup(c, group);
}

/** Checks a query's body. */
export function checkQueryTypes(program: Program, body: Expr[], errors: RegoFailure[]): void {
  checkBody({ program, errors, reported: errors, groups: new Map() }, body, newEnv());
}

function checkBody(c: Check, body: Expr[], env: Env): void {
  for (const e of c.program.ordered.get(body) ?? body) checkExpr(c, e, env);
}

function checkExpr(c: Check, e: Expr, env: Env): void {
  if (e.with.length > 0) {
    for (const w of e.with) if (!namesFunction(c, w.value)) typeOf(c, w.value, env);
    checkMocks(c, e);
  }
  switch (e.kind) {
    case 'term':
      // What is wrong with a call that is an expression stands where the expression begins, its `not` included.
      checkTermExpr(c, e.term.kind === 'call' && e.term.pos !== e.pos ? { ...e.term, pos: e.pos } : e.term, env);
      return;
    case 'unify':
    case 'assign': {
      const right = typeOf(c, e.right, env);
      const left = typeOf(c, e.left, env);
      if (!overlaps(left, right)) fail(c, 'match error', e.left);
      learn(e.left, right, env);
      learn(e.right, left, env);
      return;
    }
    case 'some-in':
      iterate(c, e, env);
      return;
    case 'every':
      typeOf(c, e.domain, env);
      checkClosures(c, e.body, env);
      return;
    case 'logic':
      for (const { body } of e.operands) for (const b of body) checkExpr(c, b, newEnv(env));
      return;
    case 'some':
  }
}

/** In the body of `every` OPA looks at comprehensions only. */
function checkClosures(c: Check, body: Expr[], env: Env): void {
  const visit = (t: Term): void => {
    if (t.kind.endsWith('comprehension')) typeOf(c, t, newEnv(env));
    else eachChild(t, visit);
  };
  for (const e of body) {
    eachTerm(e, visit);
    if (e.kind === 'every') checkClosures(c, e.body, env);
  }
}

function iterate(c: Check, e: Expr & { kind: 'some-in' }, env: Env): void {
  const elements = elementTypes(typeOf(c, e.domain, env));
  // OPA does not hold keys to the type of their collection in every place, so none is held to it here.
  if (e.key !== undefined) learn(e.key, ANY, env);
  learn(e.value, elements?.value ?? ANY, env);
}

/** A builtin that stands in for another must take as many operands, of types that can fit. */
function checkMocks(c: Check, e: Expr): void {
  for (const w of e.with) {
    const [target, value] = [functionNamed(c, w.target), functionNamed(c, w.value)];
    if (target === undefined || value === undefined) continue;
    const same = target.length === value.length;
    if (same && target.every((type, i) => overlaps(parseType(type), parseType(value[i] as string)))) continue;
    fail(c, `${nameOf(w.target)}: arity mismatch`, w.target);
  }
}

/** Types of the operands of a function that is named, not called. */
function functionNamed(c: Check, t: Term): readonly string[] | undefined {
  const name = nameOf(t);
  const own = c.program.tree.functions.get(name);
  return own === undefined ? c.program.builtins[name]?.args : new Array<string>(own.arity).fill('any');
}

function nameOf(t: Term): string {
  if (t.kind === 'call') return t.name ?? '';
  if (t.kind === 'var') return t.name;
  return t.kind === 'ref' ? dottedName(t) : '';
}

/** `with f as g` names the function `g` without calling it. */
function namesFunction(c: Check, t: Term): boolean {
  if (t.kind === 'call') return t.args.length === 0;
  return t.kind === 'ref' && c.program.tree.functions.has(dottedName(t));
}

function dottedName(t: Term & { kind: 'ref' }): string {
  const head = t.head.kind === 'var' ? t.head.name : '';
  return [head, ...t.path.map((p) => (p.kind === 'const' ? String(p.value) : '\0'))].join('.');
}

function checkTermExpr(c: Check, t: Term, env: Env): void {
  if (t.kind !== 'call') {
    typeOf(c, t, env);
    return;
  }
  const arity = arityOf(c.program, t.name as string);
  const last = t.args.at(-1);
  const captures = arity !== undefined && t.args.length === arity + 1 && last !== undefined;
  // Only an expression that is a comparison must be able to hold; one inside a term is a value like any other.
  if ((t.name === 'equal' || t.name === 'eq') && t.args.length === 2) {
    const quiet: Check = { ...c, errors: [] };
    const [left, right] = typesOf(quiet, t.args, env) as [Type, Type];
    if (!overlaps(left, right)) fail(c, 'match error', t);
  }
  const result = typeOf(c, captures ? { ...t, args: t.args.slice(0, -1) } : t, env);
  if (!captures) return;
  if (!overlaps(typeOf(c, last, env), result)) fail(c, `${t.name}: invalid argument(s)`, t);
  learn(last, result, env);
}

function learn(t: Term, type: Type, env: Env): void {
  if (t.kind === 'var' && typeIn(env, t.name) === undefined) {
    env.own ??= new Map();
    env.own.set(t.name, type);
  }
  if (t.kind === 'array' && type.kind === 'array' && type.items?.length === t.items.length) {
    for (let i = 0; i < t.items.length; i++) learn(t.items[i] as Term, type.items[i] as Type, env);
  }
}

function fail(c: Check, message: string, at: Term): void {
  c.errors.push(new RegoFailure('rego_type_error', message, at.pos));
}

/** The type of a term; what is wrong inside it is reported on the way. */
function typeOf(c: Check, t: Term, env: Env): Type {
  switch (t.kind) {
    case 'const':
      return typeOfValue(t.value);
    case 'var':
      return typeIn(env, t.name) ?? ANY;
    case 'ref':
      return typeOfRef(c, t, env);
    case 'array':
      return { kind: 'array', items: typesOf(c, t.items, env), of: ANY };
    case 'set':
      return { kind: 'set', of: unionOf(typesOf(c, t.items, env)) };
    case 'object':
      return typeOfObject(c, t.entries, env);
    case 'array-comprehension':
      return { kind: 'array', items: undefined, of: typeOfHeads(c, t.body, [t.head], env) };
    case 'set-comprehension':
      return { kind: 'set', of: typeOfHeads(c, t.body, [t.head], env) };
    case 'object-comprehension':
      return { kind: 'object', fields: undefined, of: typeOfHeads(c, t.body, [t.key, t.head], env) };
    case 'call':
      return typeOfCall(c, t, env);
    case 'template':
      for (const p of t.parts) if (typeof p !== 'string') checkExpr(c, p, newEnv(env));
      return STRING;
  }
}

/** A loop, not a closure: each call of a function that has one pays for the variables it captures. */
function typesOf(c: Check, terms: readonly Term[], env: Env): Type[] {
  const types = new Array<Type>(terms.length);
  for (let i = 0; i < terms.length; i++) types[i] = typeOf(c, terms[i] as Term, env);
  return types;
}

/** The type of the last head, seen from inside the closure. */
function typeOfHeads(c: Check, body: Expr[], heads: Term[], outer: Env): Type {
  const env = newEnv(outer);
  checkBody(c, body, env);
  return typesOf(c, heads, env).at(-1) ?? ANY;
}

function typeOfObject(c: Check, entries: [Term, Term][], env: Env): Type {
  const fields = new Map<string, Type>();
  let exact = true;
  for (const [key, value] of entries) {
    if (key.kind !== 'const') typeOf(c, key, env);
    const type = typeOf(c, value, env);
    if (key.kind === 'const' && typeof key.value === 'string') fields.set(key.value, type);
    else exact = false;
  }
  return { kind: 'object', fields: exact ? fields : undefined, of: ANY };
}

function typeOfCall(c: Check, t: Term & { kind: 'call' }, env: Env): Type {
  const name = t.name as string;
  const args = typesOf(c, t.args, env);
  const called = c.program.tree.functions.get(name);
  if (called !== undefined) return typeOfGroup(c, called);
  const builtin = name.startsWith('data.') ? undefined : c.program.builtins[name];
  if (builtin === undefined || builtin.variadic) return ANY;
  const expected = operandTypes(builtin);
  for (let i = 0; i < expected.length; i++) {
    const given = args[i];
    if (given === undefined || overlaps(given, expected[i] as Type)) continue;
    fail(c, `${name}: invalid argument(s)`, t);
    break;
  }
  if (name.startsWith('internal.member_')) checkMember(c, t, args);
  return parseType(builtin.result);
}

const operands = new WeakMap<Builtin, readonly Type[]>();

function operandTypes(builtin: Builtin): readonly Type[] {
  const types = operands.get(builtin) ?? builtin.args.map(parseType);
  operands.set(builtin, types);
  return types;
}

/** `x in xs` must be possible for some element, `k, v in xs` for some key as well. */
function checkMember(c: Check, t: Term, args: readonly Type[]): void {
  const collection = args.at(-1) ?? ANY;
  const elements = elementTypes(collection);
  if (elements === undefined) return;
  const [key, value] = args.length === 3 ? [args[0], args[1]] : [undefined, args[0]];
  const fits = overlaps(value ?? ANY, elements.value) && (key === undefined || overlaps(key, elements.key));
  if (!fits) fail(c, 'match error', t);
}

function typeOfRef(c: Check, t: Term & { kind: 'ref' }, env: Env): Type {
  for (const p of t.path) if (p.kind !== 'const') typeOf(c, p, env);
  if (t.head.kind === 'var' && t.head.name === 'input') return ANY;
  if (t.head.kind === 'var' && t.head.name === 'data') return typeOfData(c, t, env);
  return follow(c, typeOf(c, t.head, env), t, 0, env);
}

/** Goes on with keys from a place in the path; a variable key learns its type and leads to any of the elements. */
function follow(c: Check, from: Type, t: Term & { kind: 'ref' }, start: number, env: Env): Type {
  let type = from;
  for (let i = start; i < t.path.length; i++) {
    const key = t.path[i] as Term;
    if (type.kind === 'any' || type.kind === 'or') return ANY;
    if (type.kind === 'null' || type.kind === 'boolean' || type.kind === 'number' || type.kind === 'string') {
      return undefinedRef(c, t);
    }
    if (key.kind !== 'const') {
      const elements = elementTypes(type);
      learn(key, elements?.key ?? ANY, env);
      type = elements?.value ?? ANY;
      continue;
    }
    if (type.kind === 'object') {
      const field = typeof key.value === 'string' ? type.fields?.get(key.value) : undefined;
      if (field === undefined && type.fields !== undefined && typeof key.value === 'string') return undefinedRef(c, t);
      type = field ?? type.of;
    } else if (type.kind === 'array') {
      if (typeof key.value !== 'number') return undefinedRef(c, t);
      if (type.items !== undefined && key.value >= type.items.length) return undefinedRef(c, t);
      type = type.items?.[key.value] ?? type.of;
    } else if (type.kind === 'set') type = type.of;
  }
  return type;
}

function undefinedRef(c: Check, t: Term & { kind: 'ref' }): Type {
  fail(c, `undefined ref: ${describeTerm({ ...t, head: shownHead(t.head) })}`, t);
  return ANY;
}

function shownHead(t: Term): Term {
  return t.kind === 'var' ? { ...t, name: shownName(t.name) } : t;
}

/** Only complete rules of constants have a type of their own; base data and `with` may change everything else. */
function typeOfData(c: Check, t: Term & { kind: 'ref' }, env: Env): Type {
  const called = c.program.tree.functions.get(dottedName(t));
  if (called !== undefined && called.arity > 0) {
    fail(c, `function ${dottedName(t)} used as reference, not called`, t);
    return ANY;
  }
  let node = c.program.tree.root;
  for (let i = 0; i < t.path.length; i++) {
    const p = t.path[i] as Term;
    const child = p.kind === 'const' && typeof p.value === 'string' ? node.children.get(p.value) : undefined;
    if (child === undefined) return ANY;
    node = child;
    if (node.group !== undefined) return follow(c, typeOfGroup(c, node.group), t, i + 1, env);
  }
  return ANY;
}

/** Checks the rules of a group, once, and answers the type of what they make together. */
function typeOfGroup(asked: Check, group: Group): Type {
  const known = asked.groups.get(group);
  if (known !== undefined || asked.groups.has(group)) return known ?? ANY;
  const c: Check = asked.errors === asked.reported ? asked : { ...asked, errors: asked.reported };
  c.groups.set(group, undefined);
  const values: Type[] = [];
  for (const rule of [...group.rules, ...group.defaults]) {
    for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
      const env = newEnv();
      checkBody(c, at.body, env);
      for (const t of at.keys) typeOf(c, t, env);
      const made = at.member ?? at.value;
      values.push(made === undefined ? ANY : typeOf(c, made, env));
    }
  }
  const type = typeMade(group, values);
  c.groups.set(group, type);
  return type;
}

function typeMade(group: Group, values: Type[]): Type {
  const any = values.length === 0 || values.some((t) => t.kind === 'any');
  const value: Type = any ? ANY : values.length === 1 ? (values[0] as Type) : { kind: 'or', types: values };
  if (group.kind !== 'partial') return value;
  const keyed = group.rules.some((r) => r.keys.length > 0);
  if (group.rules.some((r) => r.keys.length > 0 !== keyed)) return ANY;
  if (!keyed) return { kind: 'set', of: value };
  const deep = group.rules.some((r) => r.keys.length > 1 || r.member !== undefined);
  // OPA knows rules with constant keys one by one, and nothing about what iterates over them.
  const constant = group.rules.some((r) => r.keys.some((k) => k.kind === 'const' && !isComposite(k.value)));
  return { kind: 'object', fields: undefined, of: deep || constant ? ANY : value };
}

function isComposite(v: Value): boolean {
  return typeof v === 'object' && v !== null && !isNumber(v);
}
