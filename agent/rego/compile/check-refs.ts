/** References into what cannot be there, and functions that are named without being called. */
import type { Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { goQuote, regoText, type Value } from '../values/value.ts';
import { describeTerm, shownName } from './describe.ts';
import { type Env, scalarOf, type TypeNode, typeOf, typeOfVar } from './type-env.ts';
import { showType } from './type-text.ts';
import { ANY, fieldKey, fieldsOf, keysOf, STRING, select, type Type, valuesOf } from './types.ts';
import { unifies, unifyTerm } from './unify.ts';

type Ref = Term & { kind: 'ref' };

/** What is wrong with a reference; its variables learn the types of the keys they stand for. */
export function refFailure(env: Env, t: Ref): RegoFailure | undefined {
  const { head } = t;
  if (head.kind === 'var' && (head.name === 'data' || head.name === 'input')) {
    const called = typeOf(env, t);
    if (called?.kind === 'function') {
      const name = describeTerm(t);
      const details = [name, '^'.repeat(name.length), `have: ${showType(called)}`];
      return new RegoFailure('rego_type_error', `function ${name} used as reference, not called`, t.pos, details);
    }
    const node = env.check.root.children.get(fieldKey(head.name));
    return node === undefined ? belowType(env, ANY, t, 0) : belowNode(env, node, t, 0);
  }
  const type = typeOf(env, head);
  // What is asked for its parts, and nothing else is known of, may be anything.
  if (type === undefined) unifyTerm(env, head, ANY, false);
  return belowType(env, type ?? ANY, t, 0);
}

function belowNode(env: Env, node: TypeNode, t: Ref, at: number): RegoFailure | undefined {
  if (node.type !== undefined) return belowType(env, node.type, t, at);
  const key = t.path[at];
  if (key === undefined) return undefined;
  if (key.kind === 'const' && typeof key.value === 'string') {
    const child = node.children.get(fieldKey(key.value));
    // What is no rule may be base data.
    return child === undefined ? belowType(env, ANY, t, at + 1) : belowNode(env, child, t, at + 1);
  }
  // A key that is computed is held to nothing, since base data may stand there; a variable is a text where all keys are.
  const isText = [...node.children.values()].every((child) => typeof child.key === 'string');
  if (isText && key.kind === 'var' && typeOfVar(env, key.name) === undefined) env.vars.set(key.name, STRING);
  return belowType(env, ANY, t, at + 1);
}

function belowType(env: Env, from: Type, t: Ref, start: number): RegoFailure | undefined {
  let type: Type | undefined = from;
  for (let at = start; at < t.path.length; at++) {
    const keys = keysOf(type);
    if (keys === undefined) return unsupported(t, at, type);
    const key = t.path[at] as Term;
    const scalar = scalarOf(key);
    if (scalar !== undefined) {
      const child = select(type, scalar);
      if (child === undefined) return invalid(t, at, undefined, keys, oneOf(type));
      type = child;
      continue;
    }
    if (key.kind === 'var') {
      const known = typeOfVar(env, key.name);
      if (known === undefined) env.vars.set(key.name, keys);
      else if (!unifies(known, keys)) return invalid(t, at, known, keys, oneOf(type));
    } else if (key.kind === 'array' || key.kind === 'object' || key.kind === 'set' || key.kind === 'const') {
      if (!unifyTerm(env, key, keys, false)) return invalid(t, at, typeOf(env, key), keys, []);
    } else {
      const known = typeOf(env, key);
      if (known === undefined) env.terms.set(key, keys);
      else if (!unifies(known, keys)) return invalid(t, at, known, keys, oneOf(type));
    }
    type = valuesOf(type);
  }
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

function unsupported(t: Ref, at: number, type: Type | undefined): RegoFailure {
  const lines = [written(t), '^'.repeat([...written(t, at)].length), `have: ${showType(type)}`];
  return new RegoFailure('rego_type_error', `undefined ref: ${written(t)}`, t.pos, lines);
}

function invalid(t: Ref, at: number, have: Type | undefined, want: Type | undefined, keys: Value[]): RegoFailure {
  const pad = ' '.repeat([...written(t, at)].length + 1);
  const given = t.path[at] as Term;
  const mine = have === undefined ? `have: ${describeTerm(given)}` : `have (type): ${showType(have)}`;
  const shown = [...new Set(keys.map((key) => (typeof key === 'string' ? goQuote(key) : regoText(key))))].sort();
  const wanted = keys.length > 0 ? `want (one of): [${shown.join(' ')}]` : `want (type): ${showType(want)}`;
  const lines = [written(t), `${pad}^`, pad + mine, pad + wanted];
  return new RegoFailure('rego_type_error', `undefined ref: ${written(t)}`, t.pos, lines);
}
