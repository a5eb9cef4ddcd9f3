/** What is known about the types of rules, by their paths, and of the variables of a body. */
import type { Term } from '../ast.ts';
import type { RegoFailure } from '../errors.ts';
import { BigNum } from '../values/number.ts';
import type { Value } from '../values/value.ts';
import type { Program } from './program.ts';
import {
  ANY,
  bounded,
  EMPTY_ARRAY,
  EMPTY_OBJECT,
  EMPTY_SET,
  type Field,
  fieldKey,
  or,
  STRING,
  select,
  type Type,
  typeOfValue,
  valuesOf,
} from './types.ts';

/** Rules by their paths. A node with a type is a rule; another is a package, or a rule below it. */
export interface TypeNode {
  key: Value;
  type: Type | undefined;
  children: Map<string, TypeNode>;
}

export interface Check {
  program: Program;
  errors: RegoFailure[];
  root: TypeNode;
  /** Places of the functions that were asked for. */
  functions: Map<string, TypeNode>;
  /** What a schema says of the input. */
  input?: TypeNode;
}

/** Types of a body's variables; it sees those around it. Terms that OPA gives a variable of their own are here as well. */
export interface Env {
  check: Check;
  vars: Known<string>;
  terms: Known<Term>;
  outer: Env | undefined;
}

/** How many things are looked through one by one, which for a few is quicker than a map and takes less memory. */
const FEW = 12;

/** What is known of some things by now: mostly of a few, and there is one of these for each body. */
export class Known<K extends string | Term> {
  #few: (K | Type | undefined)[] | undefined;
  #many: Map<K, Type | undefined> | undefined;

  get(key: K): Type | undefined {
    if (this.#many !== undefined) return this.#many.get(key);
    const few = this.#few;
    if (few === undefined) return undefined;
    for (let at = 0; at < few.length; at += 2) if (few[at] === key) return few[at + 1] as Type | undefined;
    return undefined;
  }

  has(key: K): boolean {
    if (this.#many !== undefined) return this.#many.has(key);
    const few = this.#few;
    if (few === undefined) return false;
    for (let at = 0; at < few.length; at += 2) if (few[at] === key) return true;
    return false;
  }

  set(key: K, type: Type | undefined): void {
    if (this.#many !== undefined) {
      this.#many.set(key, type);
      return;
    }
    this.#few ??= [];
    const few = this.#few;
    for (let at = 0; at < few.length; at += 2) {
      if (few[at] !== key) continue;
      few[at + 1] = type;
      return;
    }
    few.push(key, type);
    if (few.length <= 2 * FEW) return;
    this.#many = new Map();
    for (let at = 0; at < few.length; at += 2) this.#many.set(few[at] as K, few[at + 1] as Type | undefined);
    this.#few = undefined;
  }
}

export function newNode(key: Value): TypeNode {
  return { key, type: undefined, children: new Map() };
}

export function newEnv(check: Check, outer?: Env): Env {
  return { check, vars: new Known(), terms: new Known(), outer };
}

export function typeOfVar(env: Env, name: string): Type | undefined {
  for (let at: Env | undefined = env; at !== undefined; at = at.outer) {
    const type = at.vars.get(name);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Whether the term has been given a variable of its own. */
export function isNamed(env: Env, t: Term): boolean {
  for (let at: Env | undefined = env; at !== undefined; at = at.outer) if (at.terms.has(t)) return true;
  return false;
}

function typeOfNamed(env: Env, t: Term): Type | undefined {
  for (let at: Env | undefined = env; at !== undefined; at = at.outer) {
    const type = at.terms.get(t);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** The type of a term, as far as it is known. */
export function typeOf(env: Env, t: Term): Type | undefined {
  switch (t.kind) {
    case 'const':
      return typeOfValue(t.value);
    case 'var':
      return typeOfVar(env, t.name);
    case 'template':
      return STRING;
    case 'array': {
      const items = t.items.map((item) => typeOf(env, item));
      return items.length === 0 ? EMPTY_ARRAY : bounded({ kind: 'array', items, of: undefined });
    }
    case 'set': {
      let of: Type | undefined;
      for (const item of t.items) of = or(of, typeOf(env, item));
      return t.items.length === 0 ? EMPTY_SET : bounded({ kind: 'set', of: of ?? ANY });
    }
    case 'object':
      return typeOfObject(env, t.entries);
    case 'ref':
      return isNamed(env, t) ? typeOfNamed(env, t) : typeOfRef(env, t);
    default:
      return typeOfNamed(env, t);
  }
}

function typeOfObject(env: Env, entries: readonly [Term, Term][]): Type {
  const fields = new Map<string, Field>();
  let open: [Type | undefined, Type | undefined] | undefined;
  for (const [key, value] of entries) {
    const type = typeOf(env, value);
    if (key.kind === 'const') fields.set(fieldKey(key.value), { key: key.value, type });
    else open = [typeOf(env, key), type];
  }
  if (open === undefined && fields.size === 0) return EMPTY_OBJECT;
  return bounded({ kind: 'object', fields, key: open?.[0], of: open?.[1] });
}

type Ref = Term & { kind: 'ref' };

function typeOfRef(env: Env, t: Ref): Type | undefined {
  const { head } = t;
  if (head.kind !== 'var' || (head.name !== 'data' && head.name !== 'input')) {
    return selectPath(typeOf(env, head), t.path, 0);
  }
  const { input } = env.check;
  if (head.name === 'input') return input === undefined ? ANY : typeBelow(input, t.path, 0);
  const node = env.check.root.children.get(fieldKey(head.name));
  return node === undefined ? ANY : typeBelow(node, t.path, 0);
}

function typeBelow(node: TypeNode, path: readonly Term[], at: number): Type | undefined {
  const key = path[at];
  if (key === undefined) return extentOf(node);
  if (node.type !== undefined) {
    const child = key.kind === 'const' ? node.children.get(fieldKey(key.value)) : undefined;
    return child === undefined ? selectPath(node.type, path, at) : typeBelow(child, path, at + 1);
  }
  if (key.kind !== 'const') return selectPath(extentOf(node), path, at);
  const child = node.children.get(fieldKey(key.value));
  return child === undefined ? ANY : typeBelow(child, path, at + 1);
}

/** The type of everything below a node. Base data may stand beside the rules. */
export function extentOf(node: TypeNode): Type | undefined {
  if (node.type !== undefined) return node.type;
  const fields = new Map<string, Field>();
  for (const [key, child] of node.children) fields.set(key, { key: child.key, type: extentOf(child) });
  return { kind: 'object', fields, key: STRING, of: ANY };
}

function selectPath(from: Type | undefined, path: readonly Term[], at: number): Type | undefined {
  let type = from;
  for (let i = at; i < path.length && type !== undefined; i++) {
    const key = path[i] as Term;
    const scalar = scalarOf(key);
    type = scalar === undefined ? valuesOf(type) : select(type, scalar);
  }
  return type;
}

/** The value of a simple constant. Keys that are none lead to any of the parts. */
export function scalarOf(t: Term): Value | undefined {
  if (t.kind !== 'const') return undefined;
  const { value } = t;
  return value === null || typeof value !== 'object' || value instanceof BigNum ? value : undefined;
}
