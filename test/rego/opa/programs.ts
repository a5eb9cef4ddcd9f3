/** Random Rego modules over the whole language. The same seed gives the same module on every machine. */

export type Random = (bound: number) => number;

export function generator(seed: number): Random {
  let state = BigInt(seed + 1) * 2862933555777941757n;
  return (n) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(n));
  };
}

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

/** What a module's generator knows: the variables bound so far, and the rules that may be used. */
interface Scope {
  random: Random;
  vars: string[];
  rules: Known[];
  /** Number of the next new variable. */
  fresh: { n: number };
  v0: boolean;
}

interface Known {
  name: string;
  kind: 'value' | 'set' | 'object' | 'function1' | 'function2';
}

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

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

function inner(scope: Scope): Scope {
  return { ...scope, vars: [...scope.vars] };
}

function newVar(scope: Scope): string {
  return pick(scope.random, ['x', 'y', 'z', 'k', 'v']) + scope.fresh.n++;
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

function literals(s: Scope): string[] {
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

/** What is declared has to be used, or the compiler refuses the module, which is a test of its own. */
function used(s: Scope, value: string): string {
  return s.random(12) === 0 ? '' : `\n  ${value} != []`;
}

/** Something that is true or false, or undefined. */
function simple(s: Scope): string {
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

function callable(s: Scope): string | undefined {
  const known = s.rules.filter((r) => r.kind === 'function1' || r.kind === 'function2');
  return known.length === 0 ? undefined : pick(s.random, known).name;
}

function call(s: Scope, name: string): string {
  const two = s.rules.find((r) => r.name === name)?.kind === 'function2';
  return two ? `${name}(${atom(s)}, ${atom(s)})` : `${name}(${atom(s)})`;
}

function pattern(s: Scope): string {
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

function constant(s: Scope): string {
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

function keyExpr(s: Scope): string {
  return s.random(3) === 0 || s.vars.length === 0
    ? pick(s.random, ['"k"', '"b"', '1', 'true', '[1]', '"x"'])
    : pick(s.random, s.vars);
}

function plainCollection(s: Scope): string {
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

function collection(s: Scope): string {
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

function atom(s: Scope): string {
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

function comprehension(s: Scope, depth: number): string {
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

function expr(s: Scope, depth: number): string {
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
