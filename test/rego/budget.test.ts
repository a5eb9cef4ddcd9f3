import assert from 'node:assert/strict';
import test from 'node:test';
import { compileRegex } from '../../agent/rego/regex/index.ts';
import { foldCase, foldClass, unicodeRanges } from '../../agent/rego/regex/unicode.ts';
import { processorTime } from '../support/processor-time.ts';
import { evaluate, policyOf, ruleValue } from './helpers.ts';

const LOOP = 'p := count([1 | some i in numbers.range(1, 100000); some j in numbers.range(1, 100000); i == j])';

test('steps are limited', () => {
  const { errors, steps } = evaluate(LOOP, { maxSteps: 500_000 });
  assert.equal(errors[0]?.code, 'eval_budget_error');
  assert.ok(steps >= 500_000 && steps < 600_000);
});

test('the caller can stop an evaluation', () => {
  let asked = 0;
  const { errors } = evaluate(LOOP, { deadline: () => ++asked > 3 });
  assert.equal(errors[0]?.code, 'eval_cancel_error');
  assert.equal(asked, 4);
});

test('a signal cancels, before the evaluation and within it', () => {
  const controller = new AbortController();
  let asked = 0;
  const deadline = (): boolean => {
    if (++asked === 2) controller.abort();
    return false;
  };
  const within = evaluate(LOOP, { deadline, signal: controller.signal });
  assert.deepEqual([within.errors[0]?.code, within.results.length, asked], ['eval_cancel_error', 0, 2]);
  assert.equal(evaluate('p := 1', { signal: AbortSignal.abort() }).errors[0]?.code, 'eval_cancel_error');
  assert.equal(evaluate('p := 1', { signal: new AbortController().signal }).errors.length, 0);
});

test('memory is limited, however a policy makes its values', () => {
  const doubled = (make: (x: string) => string): string =>
    `p := count(x30) if {\n x0 := "abcdefgh"\n${Array.from({ length: 30 }, (_, i) => ` x${i + 1} := ${make(`x${i}`)}\n`).join('')}}`;
  const pairs = (made: string, open = '{', close = '}'): string =>
    `p := count(${open}x | some i in numbers.range(1, 2000); some j in numbers.range(1, 2000); x := ${made}${close})`;
  for (const body of [
    pairs('[i, j]'),
    pairs('{"i": i, "j": j}', '[', ']'),
    pairs('i * 2000 + j'),
    doubled((x) => `sprintf("%s%s", [${x}, ${x}])`),
    doubled((x) => `concat("", [${x}, ${x}])`),
    doubled((x) => `json.marshal([${x}, ${x}])`),
    doubled((x) => `$"{${x}}{${x}}"`),
    'p := count([y | some i in numbers.range(1, 3000); y := split(input.s, "")])',
    'p := count([y | some i in numbers.range(1, 30000); y := json.unmarshal(sprintf("[%s%d]", [input.n, i]))])',
    'q contains [i, j] if {\n some i in numbers.range(1, 2000)\n some j in numbers.range(1, 2000)\n}\np := count(q)',
    'f(i, j) := [i, j]\np if every i in numbers.range(1, 2000) {\n every j in numbers.range(1, 2000) {\n  count(f(i, j)) == 2\n }\n}',
  ]) {
    const { errors, results } = evaluate(body, {
      input: { s: 'x'.repeat(2000), n: '1,'.repeat(200) },
      maxBytes: 3_000_000,
    });
    assert.deepEqual([errors[0]?.code, results.length], ['eval_memory_error', 0], body);
  }
  // A value that holds another 2^30 times is small until it is written out.
  const nested = doubled((x) => `[${x}, ${x}]`);
  assert.equal(ruleValue(nested, { maxBytes: 3_000_000 }), 2);
  assert.equal(
    evaluate(nested.replace('count(x30)', 'x30'), { maxBytes: 3_000_000 }).errors[0]?.code,
    'eval_memory_error',
  );
});

test('a short call cannot make a large value', () => {
  const s = 'a'.repeat(50_000);
  for (const body of [
    'p := count(numbers.range(1, 1000000000000))',
    'p := net.cidr_expand("0.0.0.0/1")',
    'p := replace(replace(input.s, "a", input.s), "a", input.s)',
    'p := concat(input.s, [x | some i in numbers.range(1, 100000); x := "y"])',
    'p := bits.lsh(1, 10000000000)',
    'p := 1e1000000000 * 2',
  ]) {
    const started = processorTime();
    const { results } = evaluate(body, { input: { s } });
    assert.equal(results.length, 0, body);
    assert.ok(processorTime() - started < 2_000, body);
  }
});

test('patterns that explode elsewhere are linear', () => {
  const long = 'a'.repeat(20_000);
  const patterns: [string, string, boolean][] = [
    ['^(a+)+$', `${long}b`, false],
    ['^(a|a)*$', `${long}b`, false],
    ['(.*)(.*)(.*)(.*)x$', long, false],
    ['^(a*)*b', long, false],
    ['(a{0,20}){0,20}c', long.slice(0, 2_000), false],
    ['a+$', long, true],
  ];
  for (const [pattern, text, want] of patterns) {
    const started = processorTime();
    assert.equal(ruleValue(`p := regex.match("${pattern}", input.s)`, { input: { s: text } }), want, pattern);
    assert.ok(processorTime() - started < 2_000, `${pattern} took ${processorTime() - started} ms`);
  }
});

test('classes of Unicode are folded once, and what a pattern makes of them is charged', () => {
  const letters = unicodeRanges('L');
  assert.ok(letters !== undefined && letters.length > 500);
  assert.equal(foldClass(letters), foldClass(letters));
  for (const flags of ['', '(?i)']) {
    let work = 0;
    compileRegex(`${flags}${'\\pL'.repeat(50)}[\\pL\\x{17f}]`, (more) => {
      work += more;
    });
    assert.ok(work >= 50 * letters.length && work < 60 * letters.length, `${work} steps`);
  }
  const { errors } = evaluate('p := regex.is_valid(input.s)', {
    input: { s: `(?i)${'\\pL'.repeat(5_000)}` },
    maxSteps: 100_000,
  });
  assert.equal(errors[0]?.code, 'eval_budget_error');
  // Each letter leads to all of its other cases, in ranges of one and of many.
  const other = (low: number, high = low): string =>
    foldCase([[low, high]])
      .map(([from, to]) => `${from.toString(16)}-${to.toString(16)}`)
      .join(' ');
  assert.equal(other(0x17f), '53-53 73-73 17f-17f');
  assert.equal(other(0x3c3), '3a3-3a3 3c2-3c3');
  assert.equal(other(0x212a, 0x212b), '4b-4b 6b-6b c5-c5 e5-e5 212a-212b');
});

test('both ways of matching give the same answers', () => {
  const patterns = [
    'a|ab',
    '(a|ab)(c|bcd)(d*)',
    'a*?b',
    '(a)|(b)',
    '^a|b$',
    'x?',
    '(?i)A[b-d]+',
    '\\bfoo\\b',
    '(a*)(b?)',
    '(?m)^b',
  ];
  const texts = ['', 'abcd', 'aab', 'b', 'xABCD', 'a foo b', 'aaab', 'a\nb'];
  for (const pattern of patterns) {
    // A text long enough makes the machine take over; the match near its beginning must not change.
    const regex = compileRegex(pattern, () => {});
    for (const text of texts) {
      const short = regex.exec(text, 0);
      const native = new RegExp(
        pattern.replace(/^\(\?[a-z]\)/, ''),
        `d${/^\(\?i\)/.test(pattern) ? 'i' : ''}${/^\(\?m\)/.test(pattern) ? 'm' : ''}`,
      ).exec(text);
      assert.deepEqual(short?.slice(0, 2), native?.indices?.[0], `${pattern} on ${JSON.stringify(text)}`);
      const forced = compileRegex(`(?:(?:(?:${pattern})))(?:(?:)*)*`, () => {}).exec(text, 0);
      assert.deepEqual(forced?.slice(0, 2), native?.indices?.[0], `machine: ${pattern} on ${JSON.stringify(text)}`);
    }
  }
});

test('large inputs do not overflow the stack', () => {
  const components = Array.from({ length: 20_000 }, (_, i) => ({ name: `c${i}`, licenses: ['MIT'] }));
  const body =
    'p contains c.name if { some c in input.components; not "MIT" in c.licenses }\nq := count(input.components)';
  const policy = policyOf(body);
  assert.deepEqual(policy.eval('data.t', { input: { components } }).results[0]?.value, { p: [], q: 20_000 });
  assert.equal(policy.eval('walk(input, [_, "c19999"])', { input: { components } }).results.length, 1);
});

test('deep inputs do not overflow the stack', () => {
  const deep = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  const policy = policyOf('p if input.x == input.y\nq := input.x');
  const inputJson = `{"x": ${deep(9_000)}, "y": ${deep(9_000)}}`;
  assert.equal(policy.eval('data.t.p', { inputJson }).results[0]?.value, true);
  assert.equal(policy.eval('data.t.q', { inputJson }).errors.length, 0);
  const tooDeep = policy.eval('data.t.p', { inputJson: deep(20_000) });
  assert.equal(tooDeep.errors.length, 1);
});

test('recursion through with ends in an error', () => {
  const { errors } = evaluate('f(x) := y if { y := g(x) with g as f }\ng(x) := x\np := f(1)');
  assert.equal(errors.length, 1);
});
