/** Random Rego modules over the whole language. The same seed gives the same module on every machine. */

import { generator, inner, type Known, newVar, pick, type Scope } from './program-scope.ts';
import {
  callable,
  collection,
  comprehension,
  constant,
  expr,
  keyExpr,
  pattern,
  plainCollection,
  simple,
  used,
} from './program-terms.ts';

export const INPUT = {
  a: 1,
  b: 'text',
  c: [1, 2, 3],
  d: { k: 'v', n: [1, { z: true }] },
  e: null,
  f: 2.5,
  g: [],
  h: false,
  m: [
    { id: 'x', v: 1 },
    { id: 'y', v: 2 },
    { id: 'x', v: 3 },
  ],
  t: { x: ['p', 'q'], y: ['q'] },
  if: { some: 1 },
  n: [
    [1, 2],
    [3, 4],
  ],
};
export const DATA = { base: { l: [1, 'a', null], o: { x: { y: 1 }, z: [2, 3] }, s: 'text', n: 3 } };

export function randomModule(seed: number, name: string, v0 = false): string {
  const random = generator(seed);
  const scope: Scope = { random, vars: [], rules: [], fresh: { n: 0 }, v0 };
  const imports = pick(
    random,
    ['', '', 'import input.d as inp', 'import data.base', `import data.t.${name} as me`, 'import input.m as _m'].slice(
      0,
      5,
    ),
  );
  if (imports.includes('inp')) scope.vars.push('inp');
  if (imports === 'import data.base') scope.vars.push('base.o', 'base.l');
  const future = v0 ? '\nimport future.keywords.every\nimport future.keywords.in' : '';
  const rules = Array.from({ length: 2 + random(5) }, (_, i) => rule(scope, `r${i}`));
  return `package t.${name}\n${imports}${future}\n\n${rules.join('\n\n')}\n`;
}

function rule(scope: Scope, name: string): string {
  const s = inner(scope);
  const word = scope.v0 ? '' : ' if';
  const body = (more = s): string => `{\n  ${literals(more).join('\n  ')}\n}`;
  const add = (kind: Known['kind'], text: string): string => {
    scope.rules.push({ name, kind });
    return text;
  };
  const contains = (key: string): string => (scope.v0 ? `[${key}]` : ` contains ${key}`);
  switch (scope.random(14)) {
    case 0:
      return add('value', `${name} := ${expr(s, 2)}`);
    case 1: {
      const b = body();
      return add('value', `${name} := ${expr(s, 1)}${word} ${b}`);
    }
    case 2: {
      const b = body();
      return add('set', `${name}${contains(expr(s, 1))}${word} ${b}`);
    }
    case 3: {
      const b = body();
      return add('object', `${name}[${keyExpr(s)}] := ${expr(s, 1)}${word} ${b}`);
    }
    case 4: {
      const b = body();
      const first = `default ${name} := ${constant(s)}\n\n${name} := ${expr(s, 1)}${word} ${b}`;
      const t = inner(scope);
      const c = body(t);
      return add('value', `${first} else := ${expr(t, 1)}${word} ${c}`);
    }
    case 5: {
      s.vars.push('p', 'q');
      const b = body();
      const value = expr(s, 1);
      const t = inner(scope);
      const pattern = pick(s.random, ['[p, q]', '{"k": p, "n": q}', 'p', '"x"', '1', '[p, _]', '[[p, q], _]']);
      for (const v of ['p', 'q']) if (pattern.includes(v)) t.vars.push(v);
      const c = body(t);
      const second = s.random(2) === 0 ? `\n\n${name}(${pattern}, _) := ${expr(t, 1)}${word} ${c}` : '';
      const fallback = s.random(4) === 0 && !scope.v0 ? `default ${name}(_, _) := ${constant(s)}\n\n` : '';
      return add('function2', `${fallback}${name}(p, q) := ${value}${word} ${b}${second}`);
    }
    case 6: {
      s.vars.push('p');
      const b = body();
      return add('function1', `${name}(p) := ${expr(s, 1)}${word} ${b}`);
    }
    case 7: {
      const b = body();
      const t = inner(scope);
      const c = body(t);
      return add(
        'object',
        `${name}.a.b := ${expr(s, 1)}${word} ${b}\n\n${name}.a[${keyExpr(t)}] := ${expr(t, 1)}${word} ${c}`,
      );
    }
    case 8: {
      const b = body();
      return add(
        'object',
        scope.v0 ? `${name}[${keyExpr(s)}] = 1 ${b}` : `${name}[${keyExpr(s)}].l contains ${expr(s, 1)} if ${b}`,
      );
    }
    case 9: {
      const b = body();
      return add(
        'object',
        scope.v0
          ? `${name}.q[${keyExpr(s)}] = 2 ${b}`
          : `${name}[${keyExpr(s)}][${keyExpr(s)}] := ${expr(s, 1)} if ${b}`,
      );
    }
    case 10: {
      const b = body();
      return add('value', `${name}${word} ${b}`);
    }
    case 11: {
      const b = body();
      const t = inner(scope);
      return add(
        'set',
        `${name}${contains(expr(s, 1))}${word} ${b}\n\n${name}${contains(expr(t, 1))}${scope.v0 ? ' { true }' : ''}`,
      );
    }
    case 12: {
      const b = body();
      return add('value', `${name} = ${pattern(s)}${word} ${b}`);
    }
    default: {
      const b = body();
      const t = inner(scope);
      const c = body(t);
      return add('value', `${name} := ${expr(s, 0)}${word} ${b}\n\n${name} := ${expr(t, 0)}${word} ${c}`);
    }
  }
}

export function literals(s: Scope): string[] {
  const list: string[] = [];
  for (let i = 1 + s.random(3); i > 0; i--) list.push(literal(s));
  return list;
}

function literal(s: Scope): string {
  const { random } = s;
  switch (random(22)) {
    case 0:
    case 1: {
      const from = collection(s);
      const v = newVar(s);
      s.vars.push(v);
      return `some ${v} in ${from}${used(s, v)}`;
    }
    case 2:
    case 3: {
      const from = collection(s);
      const [k, v] = [newVar(s), newVar(s)];
      s.vars.push(k, v);
      return `some ${k}, ${v} in ${from}${used(s, `[${k}, ${v}]`)}`;
    }
    case 4: {
      const from = expr(s, 2);
      const v = newVar(s);
      s.vars.push(v);
      return `${v} := ${from}`;
    }
    case 5: {
      const from = collection(s);
      const t = inner(s);
      const [k, v] = [newVar(t), newVar(t)];
      t.vars.push(k, v);
      return `every ${k}, ${v} in ${from} {\n    ${literals(t).join('\n    ')}\n    [${k}, ${v}] != 1\n  }`;
    }
    case 6:
      // OPA lets a wildcard inside a nested call iterate outside of the negation; we refuse it as unsafe (docs/rego.md).
      return `not ${simple(s).replaceAll('[_]', '[0]')}`;
    case 7: {
      const from = expr(s, 1);
      return `${pattern(s)} = ${from}`;
    }
    case 8: {
      const from = plainCollection(s);
      const v = newVar(s);
      const k = random(3) === 0 ? '_' : newVar(s);
      s.vars.push(v);
      if (k !== '_') s.vars.push(k);
      return `${k === '_' ? `some ${v}` : `some ${k}, ${v}`}\n  ${from}[${k}] = ${v}`;
    }
    case 9:
      return `${simple(s)} with input.a as ${expr(s, 1)}`;
    case 10:
      return `${simple(s)} with data.base.n as ${constant(s)} with input as ${constant(s)}`;
    case 11:
      return `${simple(s)} with count as ${pick(random, ['5', 'mocked', 'abs'])}`.replace('mocked', callable(s) ?? '7');
    case 12: {
      const known = s.rules.filter((r) => r.kind === 'value' || r.kind === 'set');
      const one = known.length > 0 ? pick(random, known).name : 'input.a';
      return `${one === 'input.a' ? simple(s) : one} with input.c as ${constant(s)}`;
    }
    case 13: {
      const [p, v] = [newVar(s), newVar(s)];
      s.vars.push(p, v);
      return `walk(${pick(random, ['input.d', 'input.t', 'data.base.o'])}, [${p}, ${v}])`;
    }
    case 14: {
      const known = s.rules.filter((r) => r.kind === 'set' || r.kind === 'object');
      if (known.length === 0) return simple(s);
      const v = newVar(s);
      const one = pick(random, known);
      s.vars.push(v);
      return `some ${v}\n  ${one.name}[${v}]`;
    }
    case 15: {
      const t = { ...inner(s), rules: [] };
      return `not ${comprehension(t, 1)}`
        .replace(/^not/, pick(random, ['', 'not', 'count']))
        .replace(/^count(.*)$/s, 'count($1) > 1')
        .trim();
    }
    case 16:
      // Something unsafe, unknown or reserved now and then.
      return random(6) === 0
        ? pick(random, [
            'nobody > 1',
            'x := x + 1',
            'unknown(1)',
            'count(1, 2, 3)',
            'count("a", 1, 2)',
            'startswith(1, "a")',
            'input := 1',
            'some zz',
            'r0 := 1',
            '"a" + 1',
            'f := 1; f := 2',
          ])
        : simple(s);
    default:
      return simple(s);
  }
}
