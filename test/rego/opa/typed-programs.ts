/** Random modules most of which compile: rules of every shape, with bodies that use each other. */
import { generator } from './program-scope.ts';
import { block, pattern } from './typed-bodies.ts';
import { any, inner, key, NUMBERS, newVar, pick, type Rule, type Scope, TEXTS } from './typed-terms.ts';

/** The module of package `t.<name>`; the same seed gives the same module. Its rules are `r0`, `r1`, … */
export function typedModule(seed: number, name: string, v0: boolean): string {
  const random = generator(seed);
  const s: Scope = { random, vars: [], rules: [], fresh: { n: 0 }, v0, module: name };
  const rules = Array.from({ length: 3 + random(5) }, (_, i) => rule(s, `r${i}`));
  // What stands first may use what comes after it.
  if (random(4) === 0) rules.reverse();
  const imports = v0 ? 'import future.keywords.every\nimport future.keywords.in\n' : '';
  return `package t.${name}\n${imports}\n${rules.join('\n\n')}\n`;
}

function rule(s: Scope, name: string): string {
  const kinds: ((s: Scope, name: string) => [Rule, string])[] = [
    (t, n) => [{ name: n, kind: 'value' }, `${n} := ${any({ ...t, still: true }, 2)}`],
    chain,
    chain,
    members,
    entries,
    entries,
    s.v0 ? members : nested,
    s.v0 ? members : dotted,
    (t, n) => [{ name: n, kind: 'value' }, `${n}${iff(t)} ${block(inner(t))}`],
    (t, n) => [{ name: n, kind: 'value' }, several(t, (u) => headed(u, () => `${n} := ${any(u, 0)}`))],
    functions,
    functions,
    method,
  ];
  const [known, text] = pick(s, kinds)(s, name);
  s.rules.push(known);
  return text;
}

function iff(s: Scope): string {
  return s.v0 ? '' : ' if';
}

/** The body first: the head may use its variables. */
function headed(s: Scope, head: () => string): string {
  const written = block(s);
  return `${head()}${iff(s)} ${written}`;
}

function several(s: Scope, one: (s: Scope) => string): string {
  return Array.from({ length: 1 + s.random(3) }, () => one(inner(s))).join('\n\n');
}

function ground(s: Scope): string {
  return pick(s, [...NUMBERS, ...TEXTS, 'true', 'false', 'null', '[1, "a"]', '{"k": [1]}', '{1, 2}', '{}', 'set()']);
}

function otherwise(s: Scope): string {
  return Array.from({ length: s.random(3) }, () => {
    const t = inner(s);
    return ` else := ${headed(t, () => any(t, 1))}`;
  }).join('');
}

function chain(s: Scope, name: string): [Rule, string] {
  const first = s.random(2) === 0 ? `default ${name} := ${ground(s)}\n\n` : '';
  const t = inner(s);
  return [{ name, kind: 'value' }, `${first}${headed(t, () => `${name} := ${any(t, 1)}`)}${otherwise(s)}`];
}

function members(s: Scope, name: string): [Rule, string] {
  const head = (t: Scope): string => (s.v0 ? `${name}[${any(t, 1)}]` : `${name} contains ${any(t, 1)}`);
  return [{ name, kind: 'set' }, several(s, (t) => headed(t, () => head(t)))];
}

function entries(s: Scope, name: string): [Rule, string] {
  return [{ name, kind: 'object' }, several(s, (t) => headed(t, () => `${name}[${key(t)}] := ${any(t, 1)}`))];
}

function nested(s: Scope, name: string): [Rule, string] {
  const isSet = s.random(2) === 0;
  const head = (t: Scope): string =>
    isSet ? `${name}[${key(t)}].l contains ${any(t, 1)}` : `${name}[${key(t)}][${key(t)}] := ${any(t, 1)}`;
  return [{ name, kind: 'deep' }, several(s, (t) => headed(t, () => head(t)))];
}

function dotted(s: Scope, name: string): [Rule, string] {
  const head = (t: Scope): string =>
    pick(t, [
      () => `${name}.a.b${t.fresh.n++} := ${any(t, 1)}`,
      () => `${name}.a[${key(t)}] := ${any(t, 1)}`,
      () => `${name}.c.d contains ${any(t, 1)}`,
      () => `${name}.e[${key(t)}].f := ${any(t, 1)}`,
    ])();
  return [{ name, kind: 'deep' }, several(s, (t) => headed(t, () => head(t)))];
}

function functions(s: Scope, name: string): [Rule, string] {
  const arity = 1 + s.random(2);
  const blanks = Array.from({ length: arity }, () => '_').join(', ');
  const fallback = s.random(3) === 0 ? `default ${name}(${blanks}) := ${ground(s)}\n\n` : '';
  const one = (t: Scope): string => {
    const args = Array.from({ length: arity }, () => (t.random(3) > 0 ? newVar(t) : pattern(t))).join(', ');
    const rest = inner(t);
    return `${headed(t, () => `${name}(${args}) := ${any(t, 1)}`)}${t.random(3) === 0 ? otherwise(rest) : ''}`;
  };
  return [{ name, kind: 'function', arity }, `${fallback}${several(s, one)}`];
}

function method(s: Scope, name: string): [Rule, string] {
  const t = inner(s);
  const argument = newVar(t);
  const full = `${name}.f.g`;
  return [{ name: full, kind: 'function', arity: 1 }, headed(t, () => `${full}(${argument}) := ${any(t, 1)}`)];
}
