/** References into what cannot be there, and functions that are named without being called. */
import type { Position, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { goQuote, regoText, type Value } from '../values/value.ts';
import { describeTerm, shownName } from './describe.ts';
import { type Env, scalarOf, type TypeNode, typeOf, typeOfVar } from './type-env.ts';
import { showType } from './type-text.ts';
import {
  ANY,
  fieldKey,
  fieldsOf,
  isEmpty,
  keysOf,
  or,
  STRING,
  select,
  type Type,
  typeOfValue,
  unionOf,
  valuesOf,
} from './types.ts';
import { unifies, unifyTerm } from './unify.ts';

type Ref = Term & { kind: 'ref' };

/** What is wrong with a reference; its variables learn the types of the keys they stand for. */
export function refFailure(env: Env, t: Ref): RegoFailure | undefined {
  const { head } = t;
  if (head.kind === 'var' && head.name === 'input') {
    const { input } = env.check;
    return input === undefined ? belowType(env, ANY, t, 0) : belowNode(env, input, t, 0);
  }
  if (head.kind === 'var' && head.name === 'data') {
    const node = env.check.root.children.get(fieldKey(head.name));
    return node === undefined ? belowType(env, ANY, t, 0) : belowNode(env, node, t, 0);
  }
  const type = typeOf(env, head);
  // What is asked for its parts, and nothing else is known of, may be anything.
  if (type === undefined) unifyTerm(env, head, ANY, false);
  return belowType(env, type ?? ANY, t, 0);
}

function belowNode(env: Env, node: TypeNode, t: Ref, at: number): RegoFailure | undefined {
  if (node.type?.kind === 'function') return uncalled(t, at, node.type);
  if (node.type !== undefined) return belowType(env, node.type, t, at);
  const key = t.path[at];
  if (key === undefined) return undefined;
  const scalar = scalarOf(key);
  // Packages have texts for keys.
  if (at < 2 && isWritten(key) && typeof scalar !== 'string')
    return invalid(t, at, typeOf(env, key), STRING, keysBelow(node));
  if (key.kind === 'var') {
    // Base data may stand beside the rules, under other texts.
    const keys = or(unionOf(keysBelow(node).map((one) => typeOfValue(one))), STRING);
    const known = typeOfVar(env, key.name);
    if (known === undefined && keys !== undefined) env.vars.set(key.name, keys);
    else if (known !== undefined && !unifies(keys, known)) return invalid(t, at, known, keys, keysBelow(node));
  }
  const child = scalar === undefined ? undefined : node.children.get(fieldKey(scalar));
  return child === undefined ? belowType(env, ANY, t, at + 1) : belowNode(env, child, t, at + 1);
}

/** Whether the key stands there as it is; what is computed gets a variable. */
function isWritten({ kind }: Term): boolean {
  return kind === 'const' || kind === 'array' || kind === 'object' || kind === 'set';
}

function keysBelow(node: TypeNode): Value[] {
  return [...node.children.values()].map(({ key }) => key);
}

function belowType(env: Env, from: Type, t: Ref, start: number): RegoFailure | undefined {
  let type: Type | undefined = from;
  for (let at = start; at < t.path.length; at++) {
    const keys = keysOf(type);
    if (keys === undefined) return unsupported(t, at, type);
    const scalar = scalarOf(t.path[at] as Term);
    if (scalar !== undefined) {
      const child = select(type, scalar);
      if (child === undefined)
        return invalid(t, at, undefined, type !== undefined && isEmpty(type) ? undefined : keys, oneOf(type));
      type = child;
      continue;
    }
    const wrong = wrongKey(env, t, at, type, keys);
    if (wrong !== undefined) return wrong;
    type = valuesOf(type);
  }
  return undefined;
}

/** A key that only evaluation knows must fit the keys there are; one of which nothing is known yet gets their type. */
function wrongKey(env: Env, t: Ref, at: number, type: Type | undefined, keys: Type): RegoFailure | undefined {
  const key = t.path[at] as Term;
  if (isWritten(key)) {
    return unifyTerm(env, key, keys, false) ? undefined : invalid(t, at, typeOf(env, key), keys, []);
  }
  const known = key.kind === 'var' ? typeOfVar(env, key.name) : typeOf(env, key);
  if (known !== undefined) return unifies(known, keys) ? undefined : invalid(t, at, known, keys, oneOf(type));
  if (key.kind === 'var') env.vars.set(key.name, keys);
  else env.terms.set(key, keys);
  return undefined;
}

/** Keys that are known one by one. */
function oneOf(t: Type | undefined): Value[] {
  if (t?.kind === 'any') return t.types.flatMap(oneOf);
  return t?.kind === 'object' ? fieldsOf(t).map(({ key }) => key) : [];
}

/** As it is written up to a place, variables by the names they have in the text. */
function written(t: Ref, end = t.path.length): string {
  const head = t.head.kind === 'var' ? { ...t.head, name: shownName(t.head.name) } : t.head;
  return describeTerm({ ...t, head, path: t.path.slice(0, end) });
}

/** Where OPA reports what is wrong with a reference. */
function placeOf(t: Ref): Position {
  return t.head.kind === 'var' ? t.head.pos : t.pos;
}

function uncalled(t: Ref, at: number, type: Type): RegoFailure {
  const name = written(t);
  const details = [name, '^'.repeat([...written(t, at)].length), `have: ${showType(type)}`];
  return new RegoFailure('rego_type_error', `function ${name} used as reference, not called`, placeOf(t), details);
}

function unsupported(t: Ref, at: number, type: Type | undefined): RegoFailure {
  const lines = [written(t), '^'.repeat([...written(t, at)].length), `have: ${showType(type)}`];
  return new RegoFailure('rego_type_error', `undefined ref: ${written(t)}`, placeOf(t), lines);
}

function invalid(t: Ref, at: number, have: Type | undefined, want: Type | undefined, keys: Value[]): RegoFailure {
  const pad = ' '.repeat([...written(t, at)].length + 1);
  const given = t.path[at] as Term;
  const mine = have === undefined ? `have: ${describeTerm(given)}` : `have (type): ${showType(have)}`;
  const shown = [...new Set(keys.map((key) => (typeof key === 'string' ? goQuote(key) : regoText(key))))].sort();
  const wanted =
    keys.length > 0 || want === undefined ? `want (one of): [${shown.join(' ')}]` : `want (type): ${showType(want)}`;
  const lines = [written(t), `${pad}^`, pad + mine, pad + wanted];
  return new RegoFailure('rego_type_error', `undefined ref: ${written(t)}`, placeOf(t), lines);
}
