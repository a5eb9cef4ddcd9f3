/**
 * The type check of bodies: operands that can never fit, sides that can never be equal, references into what is not there.
 *
 * OPA gives each call, and each reference inside another term, a variable of its own before it looks at types. Here the
 * term itself stands for that variable (`Env.terms`).
 */
import { type Expr, eachChild, NO_WITH, type Position, type Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { argumentNames } from './argument-names.ts';
import { refFailure } from './check-refs.ts';
import { eachTerm } from './patterns.ts';
import { arityOf, type Program } from './program.ts';
import { whileReplaced } from './replaced.ts';
import { type Env, newEnv, newNode, scalarOf, type TypeNode, typeOf } from './type-env.ts';
import { operandLines, sideLines } from './type-lines.ts';
import { parseType } from './type-notation.ts';
import { ANY, arrayOf, bounded, fieldKey, isOpen, keysOf, objectOf, type Type, valuesOf } from './types.ts';
import { type Types, unifies, unifySides, unifyTerm } from './unify.ts';

type Call = Term & { kind: 'call' };
type Ref = Term & { kind: 'ref' };
type Closure = Term & { body: Expr[]; head: Term };

/** Checks a body, and the terms that are evaluated after it; what its variables are stays in `env`. */
export function checkBody(env: Env, body: Expr[], heads: readonly Term[] = []): void {
  for (const e of env.check.program.ordered.get(body) ?? body) checkExpr(env, e);
  for (const t of heads) name(env, t, undefined);
}

function checkExpr(env: Env, e: Expr): void {
  if (e.with.length === 0) checkParts(env, e);
  else checkReplacing(env, e);
}

/** A function of its own, because one with a closure pays for what that captures whenever it is called. */
function checkReplacing(env: Env, e: Expr): void {
  for (const w of e.with) if (mockOf(env, w.value) === undefined) name(env, w.value, undefined);
  whileReplaced(env, e.with, () => checkParts(env, e));
}

function checkParts(env: Env, e: Expr): void {
  switch (e.kind) {
    case 'term':
      checkTermExpr(env, e.term, e);
      return;
    case 'unify':
    case 'assign':
      checkSides(env, e.left, e.right, e, e.left.pos);
      return;
    case 'some-in':
      checkElements(env, e);
      return;
    case 'every':
      name(env, e.domain, e);
      checkEvery(env, e.body);
      return;
    case 'logic':
      for (const { body } of e.operands) checkBody(newEnv(env.check, env), body);
      return;
    case 'some':
  }
}

function checkTermExpr(env: Env, t: Term, e: Expr): void {
  if (t.kind !== 'call') {
    if (t.kind === 'ref') checkRef(env, t, e);
    else name(env, t, e);
    mocksFit(env, e);
    return;
  }
  // What is wrong with a call that is an expression stands where the expression begins, its `not` included.
  const pos = t.pos === e.pos ? t.pos : e.pos;
  const [left, right] = t.args;
  if ((t.name === 'equal' || t.name === 'eq') && t.args.length === 2 && left !== undefined && right !== undefined) {
    checkSides(env, left, right, e, pos);
    return;
  }
  nameAll(env, t.args, e);
  if (mocksFit(env, e)) checkCall(env, t, undefined, pos);
}

function checkSides(env: Env, left: Term, right: Term, e: Expr, pos: Position): void {
  const before = env.check.errors.length;
  checkSide(env, left, e);
  checkSide(env, right, e);
  if (!mocksFit(env, e)) return;
  const types: Types = [typeOf(env, left), typeOf(env, right)];
  if (unifySides(env, left, right, types)) return;
  // What is not known for a mistake that has been told is no other mistake.
  if (env.check.errors.length > before && types.some(isOpen)) return;
  env.check.errors.push(matchError(types, pos));
}

function checkSide(env: Env, side: Term, e: Expr): void {
  if (side.kind === 'ref') checkRef(env, side, e);
  else name(env, side, e);
}

function matchError([left, right]: readonly (Type | undefined)[], pos: Position): RegoFailure {
  return new RegoFailure('rego_type_error', 'match error', pos, sideLines(left, right));
}

/** `some k, v in xs` asks for `xs[k]`. */
function checkElements(env: Env, e: Expr & { kind: 'some-in' }): void {
  name(env, e.domain, e);
  if (scalarOf(e.domain) !== undefined) return;
  // OPA gives a literal a variable, and what is not known yet of the literal's parts is anything from then on.
  if (partsOf(e.domain).some((part) => isOpen(typeOf(env, part)))) unifyTerm(env, e.domain, ANY, false);
  const { pos } = e.domain;
  const key: Term = e.key ?? { kind: 'var', name: `$key${pos.offset}`, pos };
  const nested = e.domain.kind === 'ref';
  const element: Ref = nested
    ? { kind: 'ref', head: (e.domain as Ref).head, path: [...(e.domain as Ref).path, key], pos }
    : { kind: 'ref', head: e.domain, path: [key], pos };
  name(env, key, e);
  const before = env.check.errors.length;
  const failure = refFailure(env, element);
  if (failure !== undefined) env.check.errors.push(failure);
  name(env, e.value, e);
  const types: Types = [typeOf(env, e.value), typeOf(env, element)];
  if (unifySides(env, e.value, element, types) || (env.check.errors.length > before && types.some(isOpen))) return;
  if (types[1] !== undefined) env.check.errors.push(matchError(types, e.pos));
}

function partsOf(t: Term): readonly Term[] {
  if (t.kind === 'object') return t.entries.flat();
  return t.kind === 'array' ? t.items : [];
}

/** In the body of `every` OPA looks at references and comprehensions only. */
function checkEvery(env: Env, body: Expr[]): void {
  const visit = (t: Term): void => {
    if (t.kind.endsWith('comprehension')) name(env, t, undefined);
    else {
      eachChild(t, visit);
      if (t.kind === 'ref') checkRef(env, t, undefined);
    }
  };
  for (const e of body) {
    // What `with` replaces is not looked at.
    eachTerm({ ...e, with: NO_WITH }, visit);
    for (const w of e.with) if (mockOf(env, w.value) === undefined) visit(w.value);
    if (e.kind === 'every') checkEvery(env, e.body);
  }
}

function checkRef(env: Env, t: Ref, e: Expr | undefined): void {
  if (t.head.kind !== 'var') name(env, t.head, e);
  nameAll(env, t.path, e);
  const failure = refFailure(env, t);
  if (failure !== undefined) env.check.errors.push(failure);
}

/** Checks what is inside a term, and gives its calls and references variables of their own. */
function name(env: Env, t: Term, e: Expr | undefined): void {
  switch (t.kind) {
    case 'const':
    case 'var':
      return;
    case 'call': {
      nameAll(env, t.args, e);
      env.terms.set(t, undefined);
      if (e === undefined || mocksFit(env, e)) checkCall(env, t, t, t.pos);
      return;
    }
    case 'ref': {
      const { length } = env.check.errors;
      checkRef(env, t, e);
      if (e !== undefined) mocksFit(env, e);
      const type = env.check.errors.length > length ? undefined : typeOf(env, t);
      env.terms.set(t, known(type));
      return;
    }
    case 'array':
    case 'set':
      nameAll(env, t.items, e);
      return;
    case 'object':
      for (let i = 0; i < t.entries.length; i++) nameAll(env, t.entries[i] as [Term, Term], e);
      return;
    case 'template':
      for (const p of t.parts) {
        if (typeof p === 'string') continue;
        checkExpr(newEnv(env.check, env), p);
        // What is written into a text may be anything, and OPA takes its variables for that from here on.
        if (p.kind === 'term' && p.term.kind === 'var' && p.with.length === 0) unifyTerm(env, p.term, ANY, true);
      }
      return;
    default:
      env.terms.set(t, typeOfClosure(env, t));
  }
}

/** Counted through: see `lookAtAll` in `unbound.ts`. */
function nameAll(env: Env, terms: readonly Term[], e: Expr | undefined): void {
  for (let i = 0; i < terms.length; i++) {
    const t = terms[i] as Term;
    if (t.kind !== 'const' && t.kind !== 'var') name(env, t, e);
  }
}

/** A variable that is equal to a rule that holds an empty set may be anything. */
function known(type: Type | undefined): Type | undefined {
  return type !== undefined && isOpen(type) ? ANY : type;
}

/** The type of a comprehension; undefined where something in it is wrong. */
function typeOfClosure(env: Env, t: Closure): Type | undefined {
  const { length } = env.check.errors;
  const inner = newEnv(env.check, env);
  checkBody(inner, t.body, t.kind === 'object-comprehension' ? [t.key, t.head] : [t.head]);
  if (env.check.errors.length > length) return undefined;
  const of = typeOf(inner, t.head);
  if (t.kind === 'object-comprehension') {
    const keys = typeOf(inner, t.key);
    // Of keys that nothing is known of nothing can be asked; an object without a type for its values is empty.
    return bounded(objectOf(keys, of ?? (keys === undefined ? ANY : undefined)));
  }
  return bounded(t.kind === 'set-comprehension' ? { kind: 'set', of } : arrayOf(of));
}

/** The lines below an error about the number of a builtin's arguments, when nothing is known of variables yet. */
export function arityLines(program: Program, t: Call, isNested: boolean): string[] {
  const env = newEnv({ program, errors: [], root: newNode(''), functions: new Map() });
  for (const arg of t.args) name(env, arg, undefined);
  const have: (Type | undefined)[] = t.args.map((arg) => (arg.kind === 'call' ? undefined : typeOf(env, arg)));
  const builtin = functionType(env, t.name as string);
  const want = builtin?.kind === 'function' ? builtin.args : [];
  return operandLines(isNested ? [...have, undefined] : have, want, argumentNames(t.name as string));
}

/** Operands, and behind them the variable that takes the result where there is one, held to the types of a function. */
function checkCall(env: Env, t: Call, taker: Term | undefined, pos: Position): void {
  const called = functionType(env, t.name as string);
  if (called?.kind !== 'function') return;
  const { args, result } = called;
  const count = taker === undefined ? t.args.length : t.args.length + 1;
  const expected = result === undefined ? args.length : args.length + 1;
  for (let i = 0; i < count && i < expected; i++) {
    const operand = t.args[i] ?? (taker as Term);
    if (unifyTerm(env, operand, i < args.length ? args[i] : result, false)) continue;
    env.check.errors.push(misfit(env, t, taker, called, pos));
    return;
  }
  if (t.name?.startsWith('internal.member_')) checkMember(env, t.args, pos);
}

type Function = Type & { kind: 'function' };

function misfit(env: Env, t: Call, taker: Term | undefined, { args, result }: Function, pos: Position): RegoFailure {
  const operands = taker === undefined ? t.args : [...t.args, taker];
  const expected = result === undefined ? args : [...args, result];
  const have = operands.map((one) => typeOf(env, one));
  const lines = operandLines(have, expected, argumentNames(t.name ?? ''));
  return new RegoFailure('rego_type_error', `${t.name}: invalid argument(s)`, pos, lines);
}

/** `x in xs` must be possible for some element, `k, v in xs` for some key as well. */
function checkMember(env: Env, args: readonly Term[], pos: Position): void {
  const types = args.map((t) => typeOf(env, t));
  const collection = types.pop();
  const value = [types.pop(), valuesOf(collection)];
  const key = [types.pop(), keysOf(collection)];
  for (const pair of [key, value]) {
    const [given, element] = pair;
    if (given === undefined || element === undefined || isOpen(given) || isOpen(element)) continue;
    if (unifies(given, element)) continue;
    env.check.errors.push(matchError(pair, pos));
    return;
  }
}

/** The type of a builtin or of a function by its full name; anything where a rule of it is wrong. */
function functionType({ check }: Env, called: string): Type | undefined {
  const { program } = check;
  if (!called.startsWith('data.')) {
    const builtin = program.builtins[called];
    return builtin === undefined || builtin.variadic ? undefined : builtinType(builtin);
  }
  const found = check.functions.get(called);
  if (found !== undefined) return found.type;
  let node: TypeNode | undefined = check.root;
  const group = program.tree.functions.get(called);
  for (const key of ['data', ...(group?.path ?? [])]) node = node?.children.get(fieldKey(key));
  if (node !== undefined) check.functions.set(called, node);
  return node?.type;
}

const types = new WeakMap<object, Type>();

function builtinType(builtin: { args: readonly string[]; result: string }): Type {
  const parsed = types.get(builtin);
  if (parsed !== undefined) return parsed;
  const made: Type = { kind: 'function', args: builtin.args.map(parseType), result: parseType(builtin.result) };
  types.set(builtin, made);
  return made;
}

/** A function that stands in for another must take as many operands, of types that can fit. */
function mocksFit(env: Env, e: Expr): boolean {
  if (e.with.length === 0) return true;
  for (const w of e.with) {
    const [target, value] = [mockOf(env, w.target), mockOf(env, w.value)];
    if (target === undefined || value === undefined || unifies(target, value)) continue;
    const lines =
      target.kind === 'function' && value.kind === 'function'
        ? operandLines(value.args, target.args, argumentNames(nameOf(w.target)))
        : [];
    env.check.errors.push(new RegoFailure('rego_type_error', `${nameOf(w.target)}: arity mismatch`, w.pos, lines));
    return false;
  }
  return true;
}

/** The type of a function that is named, not called. */
function mockOf(env: Env, t: Term): Type | undefined {
  const named = nameOf(t);
  if (named === '' || (t.kind === 'call' && t.args.length > 0)) return undefined;
  // What is printed has no value.
  if (env.check.program.builtins[named]?.variadic) return { kind: 'function', args: [], result: undefined };
  const type = functionType(env, named);
  if (type?.kind === 'function') return type;
  const arity = arityOf(env.check.program, named);
  const own = named.startsWith('data.') && arity !== undefined;
  return own ? { kind: 'function', args: new Array<Type>(arity).fill(ANY), result: ANY } : undefined;
}

function nameOf(t: Term): string {
  if (t.kind === 'call') return t.name ?? '';
  if (t.kind === 'const') return Array.isArray(t.value) ? t.value.join('.') : '';
  if (t.kind !== 'ref' || t.head.kind !== 'var') return '';
  return [t.head.name, ...t.path.map((p) => (p.kind === 'const' ? String(p.value) : '\0'))].join('.');
}
