/** Terms of random modules that are of the type that is asked for, so that most modules compile; see typed-programs.ts. */
import type { Random } from './program-scope.ts';
import { body } from './typed-bodies.ts';

export interface Rule {
  name: string;
  kind: 'value' | 'set' | 'object' | 'deep' | 'function';
  arity?: number;
}

export interface Scope {
  random: Random;
  vars: string[];
  rules: Rule[];
  fresh: { n: number };
  v0: boolean;
  module: string;
  /** Where nothing may iterate: under `not`, in templates, as the value of `with`. */
  still?: boolean;
}

export function pick<T>(s: Scope, list: readonly T[]): T {
  return list[s.random(list.length)] as T;
}

export function inner(s: Scope): Scope {
  return { ...s, vars: [...s.vars] };
}

export function newVar(s: Scope): string {
  const name = `${pick(s, ['x', 'y', 'k', 'v', 'z'])}${s.fresh.n++}`;
  s.vars.push(name);
  return name;
}

export const NUMBERS = ['0', '1', '2', '3', '-1', '2.5', '10', '1e3', '0.1', '-0', '1.0', '100000000000000000000'];
export const TEXTS = ['"a"', '"x"', '"k"', '""', '"text"', '"é"', '"a/b"', '"\\u0000"', '"p"', '"id"', '`r\\w`'];
const FIELDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'm', 't', 'n'];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

/** One of the texts, or of the first of them where nothing may be nested. */
function choose(s: Scope, depth: number, flat: readonly string[], nested: readonly (() => string)[]): string {
  return depth <= 0 || s.random(3) === 0 ? pick(s, flat) : pick(s, nested)();
}

function number(s: Scope, depth: number): string {
  const deeper = (): string => number(s, depth - 1);
  return choose(
    s,
    depth,
    [...NUMBERS, 'input.a', 'input.f', 'data.base.n', 'input.c[0]', 'input.d.n[0]'],
    [
      () => `(${deeper()} ${pick(s, ['+', '-', '*', '/', '%'])} ${deeper()})`,
      () => `count(${collection(s, depth - 1)})`,
      () => `${pick(s, ['sum', 'max', 'min', 'product'])}([${deeper()}, ${deeper()}])`,
      () => `${pick(s, ['round', 'abs', 'ceil'])}(${deeper()})`,
      () => `indexof(${text(s, depth - 1)}, ${text(s, depth - 1)})`,
    ],
  );
}

export function text(s: Scope, depth: number): string {
  const deeper = (): string => text(s, depth - 1);
  const still = { ...s, still: true };
  return choose(
    s,
    depth,
    [...TEXTS, 'input.b', 'data.base.s', 'input.d.k', 'input.m[0].id'],
    [
      () => `sprintf("%v-%d", [${any(s, depth - 1)}, ${number(s, depth - 1)}])`,
      () => (s.v0 ? `lower(${deeper()})` : `$"{${any(still, depth - 1)}}:{${any(still, depth - 1)}}"`),
      () => `concat("|", ${pick(s, ['input.t.x', '["a", "b"]', '{"b", "a"}'])})`,
      () => `${pick(s, ['json.marshal', 'type_name'])}(${any(s, depth - 1)})`,
      () => `substring(${deeper()}, 1, ${pick(s, ['-1', '1', '2'])})`,
      () => `trim(${deeper()}, ${deeper()})`,
    ],
  );
}

export function array(s: Scope, depth: number): string {
  const deeper = (): string => array(s, depth - 1);
  return choose(
    s,
    depth,
    ['input.c', 'input.g', 'input.m', 'input.n', 'data.base.l', 'input.d.n', '[]', '[1, 2, 3]', '[{"a": 1}, {"a": 2}]'],
    [
      () => `[${any(s, depth - 1)}, ${any(s, depth - 1)}]`,
      () => comprehension(s, depth - 1, (head) => `[${head}`, ']'),
      () => `array.concat(${deeper()}, ${deeper()})`,
      () => `sort(${s.random(2) === 0 ? deeper() : set(s, depth - 1)})`,
      () => `array.slice(${deeper()}, ${pick(s, ['0', '1', '-1'])}, ${pick(s, ['1', '2', '5'])})`,
      () => `split(${text(s, depth - 1)}, ${text(s, 0)})`,
    ],
  );
}

function set(s: Scope, depth: number): string {
  const deeper = (): string => set(s, depth - 1);
  const known = s.rules.filter(({ kind }) => kind === 'set').map(({ name }) => name);
  return choose(
    s,
    depth,
    [...known, 'set()', '{1, 2, 3}', '{"a", "b"}', '{[1], {"k": 1}}', '{null, true}', '{{1}, {2, 3}}'],
    [
      () => `{${any(s, depth - 1)}, ${any(s, depth - 1)}}`,
      () => comprehension(s, depth - 1, (head) => `{${head}`, '}'),
      () => `(${deeper()} ${pick(s, ['|', '&', '-'])} ${deeper()})`,
      () => `${pick(s, ['union', 'intersection'])}({${deeper()}, ${deeper()}})`,
    ],
  );
}

function object(s: Scope, depth: number): string {
  const deeper = (): string => object(s, depth - 1);
  const known = s.rules.filter(({ kind }) => kind === 'object' || kind === 'deep').map(({ name }) => name);
  const path = (): string => pick(s, ['k', 'x', 'n/0', 'n/-', 'zz']);
  return choose(
    s,
    depth,
    [...known, '{}', 'input.d', 'input.t', 'data.base.o', '{"a": {"b": 1}}', '{1: 2, [1]: 3, null: 4}', '{{1}: 2}'],
    [
      () => `{${key(s)}: ${any(s, depth - 1)}, "zz": ${any(s, depth - 1)}}`,
      () => comprehension(s, depth - 1, (head, inside) => `{${key(inside)}: ${head}`, '}'),
      () => `object.union(${deeper()}, ${deeper()})`,
      () => `object.${pick(s, ['remove', 'filter'])}(${deeper()}, ${pick(s, ['["k"]', '{"x", "a"}', '["zz"]'])})`,
      () => `json.patch(${deeper()}, [{"op": "${pick(s, ['add', 'remove'])}", "path": "/${path()}", "value": 1}])`,
      () => `json.${pick(s, ['filter', 'remove'])}(${deeper()}, [${pick(s, ['"k"', '"n/0"', '["n", "1"]'])}])`,
    ],
  );
}

export function collection(s: Scope, depth: number): string {
  return pick(s, [array, set, object])(s, depth);
}

function comprehension(s: Scope, depth: number, head: (value: string, s: Scope) => string, end: string): string {
  const t = inner(s);
  const literals = body(t, 1 + s.random(2)).join('; ');
  const value = any(t, Math.max(0, depth));
  return `${head(/^\w.* [|&] /.test(value) ? `(${value})` : value, t)} | ${literals}${end}`;
}

export function key(s: Scope): string {
  if (s.vars.length > 0 && s.random(2) === 0) return pick(s, s.vars);
  return pick(s, ['"k"', '"x"', '"a"', '1', '0', 'true', 'null', '"zz"', '2.5', '"a b"']);
}

/** A reference into the input, base data or a rule, with a key or two that may iterate. */
export function ref(s: Scope): string {
  const rules = s.rules.filter(({ kind }) => kind !== 'function');
  const places = ['input', 'input.d', 'input.t', 'input.m', 'data.base', 'data.base.o', 'input.n'];
  const rule = rules.length > 0 && s.random(2) === 0 ? pick(s, rules) : undefined;
  let made = rule?.name ?? pick(s, places);
  for (let more = rule?.kind === 'value' ? s.random(2) : 1 + s.random(2); more > 0; more--) {
    const keys =
      s.vars.length > 0 && s.random(2) === 0 ? s.vars : ['"k"', '"x"', '"a"', '1', '0', 'input.b', 'input.a'];
    made += `[${!s.still && s.random(4) === 0 ? '_' : pick(s, keys)}]`;
  }
  return made;
}

export function call(s: Scope, depth: number): string | undefined {
  const known = s.rules.filter(({ kind }) => kind === 'function');
  if (known.length === 0) return undefined;
  const { name, arity = 1 } = pick(s, known);
  return `${name}(${Array.from({ length: arity }, () => any(s, depth - 1)).join(', ')})`;
}

/** Of a type that the compiler cannot know. */
export function loose(s: Scope): string {
  if (s.vars.length > 0 && s.random(2) === 0) return pick(s, s.vars);
  return pick(s, [
    `input.${pick(s, FIELDS)}`,
    `object.get(${object(s, 0)}, ${key(s)}, ${any(s, 0)})`,
    `data.base.l[${s.random(3)}]`,
  ]);
}

export function any(s: Scope, depth: number): string {
  if (s.vars.length > 0 && s.random(3) === 0) return pick(s, s.vars);
  return pick(s, [
    () => number(s, depth),
    () => text(s, depth),
    () => array(s, depth),
    () => set(s, depth),
    () => object(s, depth),
    () => pick(s, ['true', 'false', 'null', 'input.h', 'input.e']),
    () => ref(s),
    () => call(s, depth) ?? 'input.a',
    () => `(${loose(s)} ${pick(s, COMPARISONS)} ${depth > 0 ? any(s, 0) : loose(s)})`,
    () => `input.${pick(s, FIELDS)}`,
  ])();
}
