/** Bodies of random modules: conditions, iterations, patterns and `with`; see typed-programs.ts. */
import {
  any,
  array,
  call,
  collection,
  inner,
  key,
  loose,
  NUMBERS,
  newVar,
  pick,
  ref,
  type Scope,
  TEXTS,
  text,
} from './typed-terms.ts';

export function body(s: Scope, count: number): string[] {
  return Array.from({ length: count }, () => literal(s)).flat();
}

export function block(s: Scope): string {
  return `{\n  ${body(s, 1 + s.random(3)).join('\n  ')}\n}`;
}

export function pattern(s: Scope): string {
  const one = (): string =>
    pick(s, [() => '_', () => pick(s, NUMBERS), () => pick(s, TEXTS), () => newVar(s), () => newVar(s)])();
  return pick(s, [
    () => `[${one()}, ${one()}]`,
    () => `{"k": ${one()}, "n": ${one()}}`,
    () => `{"id": ${one()}, "v": ${one()}}`,
    () => `[${one()}, {"z": ${one()}}]`,
    () => `[[${one()}, ${one()}], ${one()}]`,
    one,
  ])();
}

/** One or two `with`, of the input, data, rules, functions and builtins. */
function replaced(scope: Scope): string {
  const s = { ...scope, still: true };
  const documents = s.rules.filter(({ kind }) => kind !== 'function' && kind !== 'deep');
  const functions = s.rules.filter(({ kind, arity }) => kind === 'function' && arity === 1);
  const rule = documents.length > 0 ? `data.t.${s.module}.${pick(s, documents).name}` : 'data.new';
  const own = functions.length > 0 ? pick(s, functions).name : 'upper';
  const one = (): string =>
    pick(s, [
      () => `input as ${any(s, 0)}`,
      () => `input.${pick(s, ['a', 'd.k', 'm'])} as ${any(s, 0)}`,
      () => `data.base${pick(s, ['', '.o.x', '.n'])} as ${any(s, 0)}`,
      () => `${rule} as ${any(s, 0)}`,
      () => `count as ${pick(s, ['5', '"c"', 'sum', '[1]'])}`,
      () => `type_name as ${pick(s, ['"q"', 'upper', 'json.marshal', own])}`,
      () => `json.marshal as ${own}`,
      () => `${own} as ${pick(s, ['7', 'json.marshal', '{"r": 1}'])}`,
    ])();
  return ` with ${one()}${s.random(3) === 0 ? ` with ${one()}` : ''}`;
}

function condition(s: Scope): string {
  return pick(s, [
    () => `${loose(s)} ${pick(s, ['==', '!=', '<', '<=', '>', '>='])} ${any(s, 1)}`,
    () => `${loose(s)} in ${collection(s, 1)}`,
    () => `is_${pick(s, ['number', 'string', 'array', 'object', 'set', 'boolean', 'null'])}(${any(s, 1)})`,
    () => `count(${collection(s, 1)}) ${pick(s, ['>', '>=', '<'])} ${s.random(3)}`,
    () => `${pick(s, ['startswith', 'contains', 'endswith'])}(${text(s, 1)}, ${text(s, 0)})`,
    () => call(s, 1) ?? 'input.b',
    () => ref(s),
    () => `${ref(s)} = ${loose(s)}`,
    () => pick(s, ['input.a', 'input.d.k', 'input.b']),
  ])();
}

function negated(s: Scope): string {
  return `not ${condition({ ...inner(s), still: true })}`;
}

function iteration(s: Scope): string[] {
  const from = collection(s, 1);
  const first = newVar(s);
  return [s.random(2) === 0 ? `some ${first} in ${from}` : `some ${first}, ${newVar(s)} in ${from}`];
}

function universal(s: Scope): string[] {
  const from = collection(s, 1);
  const t = inner(s);
  const names = s.random(2) === 0 ? newVar(t) : `${newVar(t)}, ${newVar(t)}`;
  return [`every ${names} in ${from} { ${body(t, 1 + s.random(2)).join('; ')}; [${names}] != 1 }`];
}

/** Of a document, with a variable for its key. */
function looked(s: Scope): string[] {
  const rules = s.rules.filter(({ kind }) => kind !== 'function' && kind !== 'value');
  const places = ['input.c', 'input.d', 'input.m', 'input.t', 'data.base.l', 'data.base.o', 'data.base'];
  const from = rules.length > 0 && s.random(2) === 0 ? pick(s, rules).name : pick(s, places);
  const [k, v] = [newVar(s), newVar(s)];
  return [`some ${k}, ${v}`, `${v} = ${from}[${k}]`];
}

function literal(s: Scope): string[] {
  return pick(s, [
    iteration,
    iteration,
    looked,
    looked,
    universal,
    () => {
      const value = any(s, 2);
      return [`${newVar(s)} := ${value}`];
    },
    () => {
      const value = `${any(s, 1)}${replaced(s)}`;
      return [`${newVar(s)} := ${value}`];
    },
    () => {
      const value = loose(s);
      return [`${pattern(s)} = ${value}`];
    },
    () => {
      const from = pick(s, ['input.d', 'input.t', 'data.base.o', 'input.m', array(s, 1)]);
      return [`walk(${from}, [${newVar(s)}, ${newVar(s)}])`];
    },
    () => [`${condition(s)}${replaced(s)}`],
    () => [negated(s)],
    () => [`${negated(s)}${replaced(s)}`],
    () => [`object.get({}, ${key(s)}, ${loose(s)}) != ${any(s, 0)}`],
    () => [condition(s)],
    () => [condition(s)],
  ])(s);
}
