import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, ruleValue } from './helpers.ts';

const nested = (depth: number, inner = ''): string => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
const READ = 'p := yaml.unmarshal(input)';

function failureOf(text: string): string | undefined {
  assert.equal(ruleValue('p := yaml.is_valid(input)', { input: text }), false);
  return evaluate(READ, { input: text, strictBuiltinErrors: true }).errors[0]?.message;
}

test('a merge takes mappings alone from behind an alias', () => {
  assert.match(failureOf('<<: &s [ {<<: *s} ]') ?? '', /map merge requires map or sequence of maps as the value$/);
  assert.match(failureOf('a: &s [{b: 1}]\nc: {<<: *s}') ?? '', /map merge requires map/);
  assert.match(failureOf('a: &m {<<: [*m]}') ?? '', /anchor 'm' value contains itself/);
  const text = 'a: &m {b: 1}\nc: {<<: *m}\nd: {<<: [*m, {e: 2}]}';
  assert.deepEqual(ruleValue(READ, { input: text }), { a: { b: 1 }, c: { b: 1 }, d: { b: 1, e: 2 } });
});

test('aliases nest no deeper than text does', () => {
  assert.match(failureOf(nested(1001)) ?? '', /exceeded max depth of 10000$/);
  assert.equal(ruleValue('p := count(json.marshal(yaml.unmarshal(input)))', { input: nested(1000) }), 2000);
  const chain = Array.from({ length: 12 }, (_, i) => `- &a${i} ${nested(900, i > 0 ? `*a${i - 1}` : '')}\n`).join('');
  assert.match(failureOf(chain) ?? '', /exceeded max depth of 10000$/);
  // The same depth again, one beside the other, is no nesting.
  assert.equal(ruleValue('p := count(yaml.unmarshal(input))', { input: `- &a ${nested(900)}\n- *a\n- *a\n` }), 3);
});

test('parsing is charged and asks for the deadline, before anything is decoded', () => {
  const flow = nested(900, `${'a,'.repeat(20_000)}a`);
  const { errors, steps } = evaluate(READ, { input: flow, strictBuiltinErrors: true });
  assert.deepEqual(errors, []);
  const tokens = 2 * 900 + 2 * 20_000 + 1;
  assert.ok(steps > tokens + 20_000 && steps < 2 * tokens, `${steps} steps`);
  let asked = 0;
  const unclosed = flow.slice(0, -1);
  assert.equal(
    evaluate(READ, { input: unclosed, deadline: () => ++asked > 1000 }).errors[0]?.code,
    'eval_cancel_error',
  );
  assert.equal(evaluate(READ, { input: unclosed, maxSteps: 20_000 }).errors[0]?.code, 'eval_budget_error');
});

test('keys are found within and around nested collections', () => {
  const text = `{${nested(3)}: {[a]: b}}`;
  assert.match(failureOf(text) ?? '', /invalid map key/);
  const value = '{a: [b: c, "d": {e: f}, {g: h}: ], i: [[j: k]]}'.replace('{g: h}: ', '{g: h}');
  assert.deepEqual(ruleValue(READ, { input: `x: ${value}\ny: 1` }), {
    x: { a: [{ b: 'c' }, { d: { e: 'f' } }, { g: 'h' }], i: [[{ j: 'k' }]] },
    y: 1,
  });
});

test('writing is charged before it begins', () => {
  const write = 'p := count(yaml.marshal(input))';
  assert.equal(evaluate(write, { input: 'a'.repeat(200_000), maxSteps: 10_000 }).errors[0]?.code, 'eval_budget_error');
  // Long runs that a search from each of their characters would take the square of.
  const run = 200_000;
  assert.equal(ruleValue(write, { input: `\u0085${' '.repeat(run)}x` }), 5);
  assert.equal(ruleValue(write, { input: `a${' '.repeat(run)}\u007e\u0085` }), run + 6);
  assert.equal(ruleValue(write, { input: `a${'\u2028'.repeat(run)}` }), run + 4);
});

test('breaks of other scripts are folded and indented as OPA does', () => {
  const write = 'p := yaml.marshal(input)';
  const input = ['a  \u0085 \u0085  b \u0085c', 'a\u2028\u2029b\u2028'];
  assert.equal(ruleValue(write, { input }), `- |-\n  a\n  b c\n- 'a\u2028\u2029  b\u2028'\n`);
});
