/** `and`, `or` and `not` of `rego.v2`, with the answers and the errors of OPA 1.22.4. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { compile } from '../../agent/rego/index.ts';
import { errorsOf, ruleValue } from './helpers.ts';

const VALUES: [body: string, value: unknown][] = [
  ['p if true and 1 == 1', true],
  ['p if false or 2', true],
  ['p contains x if { some x in [1, 2, 3]; x == 1 or x == 3 }', [1, 3]],
  ['p if true or false and false', true],
  ['p if (true or false) and false', undefined],
  ['p if not startswith(input.x, "a")', true],
  ['p if not {x := 1; x == 2}', true],
  ['p if { {x := 1; x == 1} and {x := 2; x == 2} }', true],
  ['p if { x := 3; {x := 1; x == 1} and x == 3 }', true],
  ['p if { {some x in [1]; x == 1} and not {false} }', true],
  ['p if {true; false} or {true}', true],
  ['p if { (input.x with input.x as 1) and true }', true],
  ['p if { input.x == 1 and input.y == 2 with input as {"x": 1, "y": 2} }', true],
  ['p if { not {data.foo[i] == i} }', true],
  ['p if { every x in [1, 2] { not {x == 3} and x > 0 } }', true],
  ['p := [x | some x in [1, 2, 3]; not (x == 1 or x == 2)]', [3]],
  ['p if false and true else := 2 if false or true', 2],
  ['f(x) if x == 1 or x == 2\np := [f(1), f(2)]', [true, true]],
  ['p if { true\nand true }', true],
  ['p := object.get({"and": {"or": 1}}, "and", 0).or', 1],
];

test('and, or and not ask whether their operands have a solution', () => {
  for (const [body, value] of VALUES) assert.deepEqual(ruleValue(`import rego.v2\n${body}`), value, body);
  assert.equal(ruleValue('import future.keywords.not\np if not {true; false}'), true);
  assert.equal(ruleValue('import future.keywords\np if true and not false'), true);
});

const REFUSED: [body: string, error: string][] = [
  ['p := 1 or 2', 'rego_parse_error: expression cannot be used for rule head'],
  ['p if x := 1 or 2', 'rego_compile_error: cannot assign vars inside implicit or operand'],
  ['p if not x := 1', 'rego_compile_error: cannot assign vars inside negated expression'],
  ['p if { x = 1 or x = 2 }', 'rego_unsafe_var_error: var x is unsafe'],
  ['p if { not data.foo[_] == 1 }', 'rego_unsafe_var_error: var _ is unsafe'],
  ['p if { some x in [1] or true }', 'rego_parse_error: unexpected or keyword: expected \\n or ; or }'],
  ['p if { true and and true }', 'rego_parse_error: unexpected and keyword'],
  ['p if not not true', 'rego_parse_error: unexpected not keyword'],
  ['and := 1', 'rego_parse_error: and keyword cannot be used for rule name'],
  ['p if { p and true }', 'rego_recursion_error: rule data.t.p is recursive: data.t.p -> data.t.p'],
  [
    'p if not {1, 2}',
    'rego_parse_error: `{...}` in an operand position must contain expression(s), got: set (hint: write `not ({1, 2})` to negate the value, or `not {{1, 2}}` for a body holding it)',
  ],
];

test('what is no operand is refused in the words of OPA', () => {
  for (const [body, error] of REFUSED) assert.deepEqual(errorsOf(`import rego.v2\n${body}`), [error], body);
  const [hint] = errorsOf('p if { 1 == 1 or 2 == 2 }');
  assert.match(hint ?? '', /hint: `import future.keywords.or` for `x or y` expressions/);
});

test('parentheses within parentheses are read in no more than square time', () => {
  const text = `package t\nimport rego.v2\np if ${'('.repeat(200)}[1 | true and true]${')'.repeat(200)} == [1]`;
  assert.deepEqual(compile([{ path: 't.rego', text }]).errors, []);
});
