import assert from 'node:assert/strict';
import test from 'node:test';
import { compile } from '../../agent/rego/index.ts';
import { errorsOf } from './helpers.ts';

/** Bodies with everything OPA 1.22 says about their types. */
const REFUSED: [body: string, ...errors: string[]][] = [
  ['p := {1, 2}["a"]', 'undefined ref: {1, 2}.a'],
  ['p := union({1})', 'union: invalid argument(s)'],
  ['f(x) := x + 1\np := f("a")', 'data.t.f: invalid argument(s)'],
  ['f(x) := 1 if x == "a"\np := f(1)', 'data.t.f: invalid argument(s)'],
  ['f([a, b]) := a + b\np := f([1, "a"])', 'data.t.f: invalid argument(s)'],
  ['p if { some {"k": v} in [1]; v }', 'match error'],
  ['p if { some "a", x in [1]; x }', 'undefined ref: [1].a'],
  ['p if { some k, x in [1]; k == "a"; x }', 'match error'],
  ['p if { x := {"a": 1, "b": "x"}; y := x[z]; y == null; z }', 'match error'],
  ['p if { every x in [y | y := 1; y.foo] { x } }', 'undefined ref: y.foo'],
  ['p if { x := [startswith(1, "a"), 2]; x }', 'startswith: invalid argument(s)'],
  ['q[x] := y if { some x, y in {"a": 1} }\np := q[1]', 'undefined ref: data.t.q[1]'],
  ['q contains 1\nq contains "a"\np := q[{1}]', 'undefined ref: data.t.q[{1}]'],
  ['default q := 1\nq := "a" if input.x\np if q == null', 'match error'],
  ['p if { walk(1, [k, v]); k.a; v }', 'undefined ref: k.a'],
  ['p if { x := count([1]) with count as f }\nf(x, y) := 1', 'count: arity mismatch', 'count: arity mismatch'],
  ['p if input.x with count as abs', 'count: arity mismatch'],
  ['p := json.patch({}, [{"op": 1, "path": "a"}])', 'json.patch: invalid argument(s)'],
  ['p if { q.b with data.t.q as {"a": 1} }\nq := "a"', 'undefined ref: data.t.q.b'],
  ['p if { q.b; input.x with data.t.q as input.y }\nq := "a"', 'undefined ref: data.t.q.b'],
  ['p if set() == set()', 'match error'],
  ['f(x) := x if { y := {x: x | input.a}; some k in y; k }', 'undefined ref: y[_]'],
  ['p if { x := set(); x[1] }', 'undefined ref: x[1]'],
  ['p if { input.d[1] with input.d.k as 1 }', 'undefined ref: input.d[1]'],
  ['p if { every x in [1] { x with input as q[x] } }\nq := true', 'undefined ref: data.t.q[x]'],
];

/** Bodies that look wrong and are not refused. */
const ACCEPTED = [
  'p if { some x in 5; x }',
  'f(x) := x\nf(x) := "b" if x == "a"\np := f(1)',
  'f(x) if { x.a == "b"; x.c[_] == 1 }\np if f(input)',
  'f(x) := y if { some y in x; y.a.b == 1 }\np := f([{"a": {"b": 1}}])',
  'f([x, {"a": y}]) := x.b + y[0]\np := f(input)',
  'p if { {"k": 1} == {true: "a" | input.x} }',
  'p if { data.x.y[i]; i + 1 }',
  'q[3] := ["a"]\nn := 4\np := q[n - 1][_]',
  'q.a.b := 1\np if { q[i][j]; j + 1 }',
  'f(x) := x\np if { every x in input.xs { count(x) > 0 with count as f } }',
  'default q := 1\nq := "a" if input.x\np if q == "b"',
  'q := {"a": [1, 2]} if input.x\nq := {"b": 1} if input.y\np := q.b',
  'p := json.patch({}, [{"op": "add", "path": ["a"], "value": 1}])',
  'q.a[x] := 1 if some x in ["b"]\nq.c := "x"\np if q[_].b == 1',
  'p if { x := 1 with data.t.q as [1] }\nq := "a"',
  // What `with` puts in the place of a rule may be of another type.
  'p if { q.a == 1 with data.t.q as {"a": 1} }\nq := "a"',
  'p if { x := [1 | startswith(q.b, "a")] with data.t.q as input.x; x }\nq := {"b": 1}',
  'p if { some x in q.b with data.t.q as input.x; x }\nq := {"b": 1}',
  'f(x) := x if { some k, v in {x: x, "a": input.y}; k == 1; v == 2 }\np := f(1)',
  'f(x) := x if { some k in {x | input.a}; k }',
  'f(x) := x if { some k in [x | input.a]; k }',
  'p if { data.d[input.x] with data.d.k as 1 }',
  // What holds an empty set may be anything.
  'p if startswith(q, "a")\nq := {"b": set()}',
];

test('what can never have a value is refused for its types', () => {
  for (const [body, ...errors] of REFUSED) {
    assert.deepEqual(
      errorsOf(body),
      errors.map((e) => `rego_type_error: ${e}`),
      body,
    );
  }
});

test('what can have a value compiles', () => {
  for (const body of ACCEPTED) assert.deepEqual(errorsOf(body), [], body);
});

test('an error names the types that were found and wanted', () => {
  const details = (body: string): readonly string[] =>
    compile([{ path: 't.rego', text: `package t\n${body}` }]).errors[0]?.details ?? [];
  assert.deepEqual(details('p if { x := {"a": {"b": 1}}; x.a.c }'), [
    'x.a.c',
    '    ^',
    '    have: "c"',
    '    want (one of): ["b"]',
  ]);
  assert.deepEqual(details('p if { [1, "a"] == ["a", input.x] }'), [
    'left  : array<number, string>',
    'right : array<string, any>',
    'hint  : both sides are arrays but their types differ, so they can never be equal (see https://www.openpolicyagent.org/docs/errors/rego-type-error/match-error)',
  ]);
  // A long line leaves out what fits, and shows of objects what differs.
  const long = 'z'.repeat(70);
  assert.deepEqual(
    details(`p if { x := {"${long}": 1, "b": {"c": 1, "d": 2}}; x == {"${long}": 1, "b": {"c": 1, "d": "x"}} }`).slice(
      0,
      2,
    ),
    ['left  : object<b: object<d: number, ...>, ...>', 'right : object<b: object<d: string, ...>, ...>'],
  );
  assert.deepEqual(details('p if glob.match(1, 1, "a")'), [
    'have: (number, number, string)',
    'want: (pattern: string, delimiters: any<null, array[string]>, match: string, result: boolean)',
  ]);
  assert.deepEqual(details('p if { x := []; x[0] }').slice(2), ['  have: 0', '  want (one of): []']);
  assert.deepEqual(details('p := concat(1, ["a"])'), [
    'have: (number, array<string>, ???)',
    'want: (delimiter: string, collection: any<...>, output: string)',
  ]);
  assert.deepEqual(details('p if { x := split("a", "b"); x[0].y }'), ['x[0].y', '^^^^', 'have: string']);
});
