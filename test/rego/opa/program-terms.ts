/** Terms and expressions of random modules; see programs.ts. */

import { inner, newVar, pick, type Scope } from './program-scope.ts';
import { literals } from './programs.ts';

/** What is declared has to be used, or the compiler refuses the module, which is a test of its own. */
export function used(s: Scope, value: string): string {
  return s.random(12) === 0 ? '' : `\n  ${value} != []`;
}

/** Something that is true or false, or undefined. */
export function simple(s: Scope): string {
  const { random } = s;
  switch (random(10)) {
    case 0:
    case 1:
      return `${expr(s, 1)} ${pick(random, ['==', '!=', '<', '<=', '>', '>='])} ${expr(s, 1)}`;
    case 2:
      return `${expr(s, 1)} in ${collection(s)}`;
    case 3:
      return `${atom(s)}, ${atom(s)} in ${collection(s)}`;
    case 4:
      return `${pick(random, ['is_number', 'is_string', 'is_array', 'is_object', 'is_set'])}(${expr(s, 1)})`;
    case 5:
      return `count(${collection(s)}) > ${random(3)}`;
    case 6:
      return `startswith(${atom(s)}, "t")`;
    case 7: {
      const name = callable(s);
      return name === undefined ? atom(s) : call(s, name);
    }
    case 8:
      return `${collection(s)}[_] == ${atom(s)}`;
    default:
      return expr(s, 1);
  }
}

export function callable(s: Scope): string | undefined {
  const known = s.rules.filter((r) => r.kind === 'function1' || r.kind === 'function2');
  return known.length === 0 ? undefined : pick(s.random, known).name;
}

export function call(s: Scope, name: string): string {
  const two = s.rules.find((r) => r.name === name)?.kind === 'function2';
  return two ? `${name}(${atom(s)}, ${atom(s)})` : `${name}(${atom(s)})`;
}

export function pattern(s: Scope): string {
  const one = (): string => {
    switch (s.random(5)) {
      case 0:
        return '_';
      case 1:
        return constant(s);
      default: {
        const v = newVar(s);
        s.vars.push(v);
        return v;
      }
    }
  };
  return pick(s.random, [
    () => `[${one()}, ${one()}]`,
    () => `{"k": ${one()}, "n": ${one()}}`,
    () => `[${one()}, {"z": ${one()}}]`,
    () => `{"id": ${one()}, "v": ${one()}}`,
    () => one(),
    () => `[[${one()}, ${one()}], ${one()}]`,
  ])();
}

export function constant(s: Scope): string {
  return pick(s.random, [
    '1',
    '2',
    '0',
    '-1',
    '2.5',
    '"x"',
    '"k"',
    '"text"',
    'true',
    'false',
    'null',
    '[1, 2]',
    '{"k": "v"}',
    '{1, "a"}',
    'set()',
    '[]',
    '{}',
    '"v"',
    '[[1, 2], [3, 4]]',
    '{"k": 1, "n": [2]}',
    '{"a": {"b": 1}}',
  ]);
}

export function keyExpr(s: Scope): string {
  return s.random(3) === 0 || s.vars.length === 0
    ? pick(s.random, ['"k"', '"b"', '1', 'true', '[1]', '"x"'])
    : pick(s.random, s.vars);
}

export function plainCollection(s: Scope): string {
  return pick(s.random, [
    'input.c',
    'input.d',
    'input.g',
    'input.d.n',
    'input.m',
    'input.t',
    'data.base.l',
    'data.base.o',
    'input.none',
    'input.n',
  ]);
}

export function collection(s: Scope): string {
  const known = s.rules.filter((r) => r.kind === 'set' || r.kind === 'object');
  if (known.length > 0 && s.random(4) === 0) return pick(s.random, known).name;
  if (s.random(3) > 0) return plainCollection(s);
  return pick(s.random, [
    '{1, 2, "a"}',
    '["x", "y"]',
    '{"p": 1, "q": [2]}',
    '[[1, 2], [2, 3]]',
    'set()',
    '{[1, 2], {"k": 1}}',
    'numbers.range(1, 3)',
    'object.keys(input.t)',
    'input.t[_]',
    'input.m[_]',
  ]);
}

export function atom(s: Scope): string {
  const { random } = s;
  if (s.vars.length > 0 && random(2) === 0) return pick(random, s.vars);
  const values = s.rules.filter((r) => r.kind !== 'function1' && r.kind !== 'function2');
  if (values.length > 0 && random(4) === 0) return pick(random, values).name;
  if (random(4) === 0) return constant(s);
  return pick(
    random,
    [
      'input.a',
      'input.b',
      'input.c',
      'input.d',
      'input.e',
      'input.f',
      'input.g',
      'input.h',
      'input.none',
      'input.d.n[1].z',
      'input.c[1]',
      'input["if"].some',
      'data.base.n',
      'data.base.o.x',
      'input.m[0]',
      'data.base.l[_]',
      'input.d[_]',
      'input.if.some',
    ].slice(0, s.v0 ? 17 : 18),
  );
}

export function comprehension(s: Scope, depth: number): string {
  const t = inner(s);
  const body = literals(t).join('\n    ');
  const head = (text: string): string => (/ [|&] /.test(text) ? `(${text})` : text);
  switch (s.random(3)) {
    case 0:
      return `[${head(expr(t, depth))} |\n    ${body}\n  ]`;
    case 1:
      return `{${head(expr(t, depth))} |\n    ${body}\n  }`;
    default:
      return `{${keyExpr(t)}: ${head(expr(t, depth))} |\n    ${body}\n  }`;
  }
}

export function expr(s: Scope, depth: number): string {
  if (depth <= 0) return atom(s);
  const { random } = s;
  const deeper = (): string => expr(s, depth - 1);
  switch (random(18)) {
    case 0:
      return `[${deeper()}, ${deeper()}]`;
    case 1:
      return `{"k": ${deeper()}, "n": ${deeper()}}`;
    case 2:
      return `{${deeper()}, ${deeper()}}`;
    case 3:
      return `${atom(s)} ${pick(random, ['+', '-', '*', '/', '%'])} ${atom(s)}`;
    case 4:
      return `${atom(s)} ${pick(random, ['|', '&', '-'])} ${atom(s)}`;
    case 5:
    case 6:
      return comprehension(s, depth - 1);
    case 7:
      return s.v0 ? `sprintf("%v", [${atom(s)}])` : `$"<{${atom(s)}}|{${atom(s)}}>"`;
    case 8:
      return `object.get(${atom(s)}, ${keyExpr(s)}, ${deeper()})`;
    case 9:
      return `count(${collection(s)})`;
    case 10: {
      const name = callable(s);
      return name === undefined ? atom(s) : call(s, name);
    }
    case 11:
      return `sprintf("%v|%s", [${deeper()}, ${atom(s)}])`;
    case 12: {
      const from = collection(s);
      return /[)\]_]$/.test(from) || /^[[{]/.test(from) ? atom(s) : `${from}[${keyExpr(s)}]`;
    }
    case 13:
      return `{${atom(s)}: ${deeper()}}`;
    case 14:
      return `(${atom(s)} ${pick(random, ['==', '<', '!='])} ${atom(s)})`;
    default:
      return atom(s);
  }
}
