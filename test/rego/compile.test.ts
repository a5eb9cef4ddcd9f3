import assert from 'node:assert/strict';
import test from 'node:test';
import { compile } from '../../agent/rego/index.ts';
import { errorsOf } from './helpers.ts';

/** Module bodies with the first error OPA 1.22 reports for them. */
const ERRORS: [string, string][] = [
  ['p if { x == 1 }', 'rego_unsafe_var_error: var x is unsafe'],
  ['p if { not x }', 'rego_unsafe_var_error: var x is unsafe'],
  ['p if { not input.xs[_] == 5 }', 'rego_unsafe_var_error: var _ is unsafe'],
  ['p if { {x | x := y} == set() }', 'rego_unsafe_var_error: var y is unsafe'],
  ['p contains x if input.y', 'rego_unsafe_var_error: var x is unsafe'],
  ['p := x if { some x }', 'rego_unsafe_var_error: var x is unsafe'],
  ['p if p', 'rego_recursion_error: rule data.t.p is recursive: data.t.p -> data.t.p'],
  [
    'p if q\nq if r\nr if p',
    'rego_recursion_error: rule data.t.p is recursive: data.t.p -> data.t.q -> data.t.r -> data.t.p',
  ],
  ['p := data.t', 'rego_recursion_error: rule data.t.p is recursive: data.t.p -> data.t.p'],
  ['f(x) := g(x)\ng(x) := f(x)', 'rego_recursion_error: rule data.t.f is recursive: data.t.f -> data.t.g -> data.t.f'],
  ['p := x if { x := 1; x := 2 }', 'rego_compile_error: var x assigned above'],
  ['p if { x := y; y := 1 }', 'rego_compile_error: var y referenced above'],
  ['p if { input := 1 }', 'rego_compile_error: variables must not shadow input (use a different variable name)'],
  ['p if { some x; true }', 'rego_compile_error: declared var x unused'],
  ['p if { every x in [1] { true } }', 'rego_compile_error: declared var x unused'],
  ['p if { every x in input.xs { x := 1 } }', 'rego_compile_error: var x declared above'],
  ['f(x) := x\np := f(1, 2, 3)', 'rego_type_error: function data.t.f has arity 1, got 3 arguments'],
  ['p := count()', 'rego_type_error: count: arity mismatch'],
  ['p := foo(1)', 'rego_type_error: undefined function foo'],
  ['p := foo.bar(x)', 'rego_type_error: undefined function foo.bar'],
  ['p := count(1)', 'rego_type_error: count: invalid argument(s)'],
  ['p := 1 + "a"', 'rego_type_error: plus: invalid argument(s)'],
  ['p if { q == 2 }\nq := 1 + "a"', 'rego_type_error: plus: invalid argument(s)'],
  ['p if "a" == 1', 'rego_type_error: match error'],
  ['p if { x := "a"; x == 1 }', 'rego_type_error: match error'],
  ['p if { x := {"a": 1}; x.b }', 'rego_type_error: undefined ref: x.b'],
  ['q := {"a": 1}\np := q.b', 'rego_type_error: undefined ref: data.t.q.b'],
  ['f(x) := 1\np := f', 'rego_type_error: function data.t.f used as reference, not called'],
  ['f(x) := x\nf(x, y) := y', 'rego_type_error: conflicting rules data.t.f found'],
  ['p := 1\np contains 2', 'rego_type_error: conflicting rules data.t.p found'],
  ['default p := 1\ndefault p := 2', 'rego_type_error: multiple default rules data.t.p found at t.rego:2, t.rego:3'],
  ['p.q := 1\np.q.r := 2', 'rego_type_error: rule data.t.p.q conflicts with:\n  rule data.t.p.q.r at t.rego:3'],
  ['default p := input.x', 'rego_parse_error: illegal default rule (value cannot contain ref)'],
  [
    'p if true with foo as 1',
    'rego_type_error: with keyword target must reference existing input, data, or a function',
  ],
  ['import data.a\nimport data.b.a\np := 1', 'rego_compile_error: import must not shadow import data.a'],
  [
    'import foo.bar\np := 1',
    'rego_parse_error: unexpected import path, must begin with one of: {data, future, input, rego}, got: foo ' +
      '(hint: if this is unexpected, try updating OPA)',
  ],
  ['p := any([true])', 'rego_type_error: deprecated built-in function calls in expression: any'],
];

for (const [body, want] of ERRORS) {
  test(`compile error: ${body.replaceAll('\n', '; ')}`, () => {
    assert.ok(errorsOf(body).includes(want), `${want}\n  got ${errorsOf(body).join('\n      ')}`);
  });
}

test('what looks wrong but is not', () => {
  for (const body of [
    'p if { some i; input.xs[i] }',
    'p if { x = y; y = 3 }',
    'p if { [x, 1] = [2, y]; x > y }',
    'p if { not f(2) }\nf(1) := 1',
    'p if { count(input.xs, n); n > 1 }',
    'a := 1\np := a if { a := 2 }',
    'p := x if { x := [y | y := input.xs[_]] }\nq := [y | y := 1]',
    'p if { every k, v in input.o { k != v } }',
    'p := v if { v := input.x } else := 1 if { v := 2; v > 1 }',
    'f([x, {"y": y}]) := x + y',
    'p if { x := 1 + input.y; x == 2 }',
    'p := max([1, "a"]) + 1',
    'p := object.get(input, "a", {}).b.c',
    'p if { json.unmarshal(input.s).a == 1 }',
    'p := y if { y := input.x with input.x as "a" with data.b as 3 }',
    'p if { x := input.a; x == 1 } else if { x := "b"; x == "b" }',
  ]) {
    assert.deepEqual(errorsOf(body), [], body);
  }
});

test('errors carry file, line, column and offset', () => {
  const text = 'package t\n\np if {\n  input.a\n  zz == 1\n}\n';
  const { errors } = compile([{ path: 'dir/a.rego', text }]);
  assert.deepEqual(errors, [
    {
      code: 'rego_unsafe_var_error',
      message: 'var zz is unsafe',
      path: 'dir/a.rego',
      line: 5,
      column: 3,
      offset: text.indexOf('zz'),
    },
  ]);
});

test('a rule and a package cannot share a name', () => {
  const modules = [
    { path: 'a.rego', text: 'package a\nb := 1' },
    { path: 'b.rego', text: 'package a.b\nc := 1' },
  ];
  const codes = compile(modules).errors.map((e) => e.code);
  assert.ok(codes.includes('rego_type_error'));
});

test('strict mode finds unused imports', () => {
  const modules = [{ path: 'a.rego', text: 'package a\nimport data.b\nimport data.c\np := c' }];
  assert.deepEqual(compile(modules).errors, []);
  assert.deepEqual(
    compile(modules, { strict: true }).errors.map((e) => e.message),
    ['import data.b unused'],
  );
});

test('versions may be mixed by file, and the policy says what it holds', () => {
  const { policy, errors } = compile([
    { path: 'a.rego', text: 'package a\np { data.b.q }', version: 'v0' },
    { path: 'b.rego', text: 'package b\nq if startswith(input.x, "y")' },
  ]);
  assert.deepEqual(errors, []);
  assert.equal(policy?.eval('data.a.p', { input: { x: 'yes' } }).results[0]?.value, true);
  assert.deepEqual(policy?.packages(), ['data.a', 'data.b']);
  assert.deepEqual(
    policy?.rules().map((r) => `${r.path} ${r.file}:${r.line}`),
    ['data.a.p a.rego:2', 'data.b.q b.rego:2'],
  );
  assert.deepEqual(policy?.builtinsUsed(), ['startswith']);
});

test('compiling never throws', () => {
  for (const text of [
    '',
    'package',
    '\u0000',
    'package t\np := {',
    `package t\np := ${'1 + '.repeat(5_000)}1`,
    '{"a":1}',
  ]) {
    const { policy, errors } = compile([{ path: 'x.rego', text }]);
    assert.equal(policy, undefined);
    assert.ok(errors.length > 0);
  }
  assert.ok(compile([], { dataJson: '{"a":' }).errors.length > 0);
});

test('what iterates over rules with constant keys is not held to their types', () => {
  const text = 'package t\na if "s" in r\nr[true] := 1 if input.x\n';
  assert.deepEqual(compile([{ path: 't.rego', text }]).errors, []);
});
