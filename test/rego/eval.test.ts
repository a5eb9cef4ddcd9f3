import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, type TraceEvent, toJson } from '../../agent/rego/index.ts';
import { evaluate, policyOf, ruleValue } from './helpers.ts';

const input = { a: 1, xs: [1, 2, 3], o: { k: [1, 2], j: [3] }, u: 'bob' };

test('queries bind variables and answer the value of their last term', () => {
  const policy = policyOf('p contains x if some x in input.xs\nq := false');
  assert.deepEqual(policy.eval('x = data.t.p[_]; x > 1', { input }).results, [
    { value: true, bindings: { x: 2 } },
    { value: true, bindings: { x: 3 } },
  ]);
  assert.deepEqual(policy.eval('data.t.q', { input }).results, [{ value: false, bindings: {} }]);
  assert.deepEqual(policy.eval('data.t.nope', { input }).results, []);
  assert.deepEqual(policy.eval('data.t', { input }).results[0]?.value, { p: [1, 2, 3], q: false });
  assert.equal(policy.eval('data.t.p[', { input }).errors[0]?.code, 'rego_parse_error');
  assert.equal(policy.eval('x > 1', { input }).errors[0]?.code, 'rego_unsafe_var_error');
});

test('a policy answers many queries and inputs without mixing them up', () => {
  const policy = policyOf('p := input.n * 2');
  for (let n = 0; n < 5; n++) assert.equal(policy.eval('data.t.p', { input: { n } }).results[0]?.value, n * 2);
});

test('else, default and conflicts', () => {
  const f = 'f(x) := "neg" if x < 0\nelse := "zero" if x == 0\nelse := "pos"\n';
  assert.deepEqual(ruleValue(`${f}p := [f(-1), f(0), f(1)]`), ['neg', 'zero', 'pos']);
  assert.deepEqual(ruleValue('default f(_) := 0\nf(x) := 1 if x > 5\np := [f(1), f(9)]'), [0, 1]);
  assert.equal(ruleValue('default p := false\np if input.nope'), false);
  for (const body of [
    'p := 1 if input.a\np := 2 if input.a',
    'p := input.xs[_]',
    'f(x) := 1 if x\nf(x) := 2 if x\np := f(true)',
    'p[k] := v if { k := "r"; v := input.xs[_] }',
    'p := {"k": v | some v in input.xs}',
  ]) {
    assert.equal(evaluate(body, { input }).errors[0]?.code, 'eval_conflict_error', body);
  }
  assert.equal(ruleValue('p := 1 if input.a\np := 1 if true', { input }), 1);
});

test('partial rules, keys in heads, and what they have in common', () => {
  assert.deepEqual(ruleValue('p[x].y := i if some i, x in ["a","b"]\np.c.y := 9'), {
    a: { y: 0 },
    b: { y: 1 },
    c: { y: 9 },
  });
  assert.deepEqual(ruleValue('p[x] contains y if { some x in ["a"]; some y in [1, 2] }'), { a: [1, 2] });
  assert.deepEqual(ruleValue('p.a.b := 1\np.a.c contains 2'), { a: { b: 1, c: [2] } });
  assert.deepEqual(ruleValue('p[i] := input.xs[i]', { input }), { '0': 1, '1': 2, '2': 3 });
});

test('base data is looked up by paths of texts, as in OPA', () => {
  const data = { l: [5, 6], o: { 1: 'one' } };
  assert.deepEqual(ruleValue('p := [data.l["1"], data.l["0"], data.o[1]]', { data }), [6, 5, 'one']);
  assert.deepEqual(ruleValue('p := [v | k := ["1", "x", "7", "-1", "1.5"][_]; v := data.l[k]]', { data }), [6]);
  assert.deepEqual(ruleValue('p := [i | data.l[i] == data.l["1"]]', { data }), [1]);
  // Values are no base data.
  assert.equal(ruleValue('p := x["1"] if x := data.l', { data }), undefined);
  assert.equal(ruleValue('q := object.get({}, 0, [5, 6])\np := q["1"]', { data }), undefined);
  assert.equal(ruleValue('p := x if x := data.l["1"] with data.l as [7, 8]', { data }), undefined);
  assert.equal(ruleValue('p := input.l["1"]', { input: data }), undefined);
});

test('base data and rules are one document', () => {
  const data = { t: { base: 1 }, other: { x: [10, 20] } };
  assert.deepEqual(policyOf('p := data.t.base + 1', { data }).eval('data.t').results[0]?.value, { base: 1, p: 2 });
  assert.deepEqual(ruleValue('p := [x | x := data.other.x[_]]', { data }), [10, 20]);
  const scan = policyOf('q := 1', { data }).eval('data[k]; k != "t"').results;
  assert.deepEqual(
    scan.map((r) => r.bindings.k),
    ['other'],
  );
});

test('with replaces input, data and functions, here and below', () => {
  assert.deepEqual(ruleValue('p := [x | x := q with input as {"a": 7}]\nq := input.a', { input }), [7]);
  assert.deepEqual(ruleValue('p := [x, y] if { x := q with data.t.r as 5; y := q }\nq := r + 1\nr := 1'), [6, 2]);
  assert.equal(ruleValue('p := x if { x := q with count as 5 }\nq := count([1])'), 5);
  assert.equal(ruleValue('p := x if { x := q with f as g }\nq := f(2)\nf(x) := x\ng(x) := x * 10'), 20);
  assert.equal(ruleValue('p := x if { x := q with count as mock }\nq := count([1])\nmock(x) := count(x) + 100'), 101);
  assert.equal(ruleValue('p := x if { x := q with time.now_ns as 5 }\nq := time.now_ns()'), 5);
  assert.equal(ruleValue('p if { not q with input.zzz as 1 }\nq if input.zzz', { input }), undefined);
});

test('some, every, in and unification', () => {
  assert.deepEqual(ruleValue('p := [v | some ["k", v] in [["k", 1], ["j", 2]]]'), [1]);
  assert.deepEqual(ruleValue('p contains k if { some k, {"y": _} in {"a": {"y": 1}, "b": {"z": 1}} }'), ['a']);
  assert.equal(ruleValue('p if { every x in input.xs { x > 0 } }', { input }), true);
  assert.equal(ruleValue('p if { every x in input.xs { x > 1 } }', { input }), undefined);
  assert.equal(ruleValue('p if { every x in [] { x } }'), true);
  assert.equal(ruleValue('p if { every x in input.nope { x } }', { input }), undefined);
  assert.deepEqual(ruleValue('p := [x, y] if { [x, 1] = [2, y] }'), [2, 1]);
  assert.equal(ruleValue('p := y if { {"k": [_, y]} = {"k": input.o.k} }', { input }), 2);
});

test('not is true for what is undefined, but its operands must be defined', () => {
  const table: [string, true | undefined][] = [
    ['p if not input.zzz', true],
    ['p if not input.zzz.y == 1', true],
    ['p if not startswith(input.zzz, "a")', undefined],
    ['p if not input.zzz > 1', undefined],
    ['p if not count(input.zzz) == 1', undefined],
    ['p if not f(2)\nf(1) := 1', true],
    ['p if not f(f(2))\nf(1) := 1', undefined],
    ['p if not "a" in input.zzz', undefined],
    ['p if not input.o[input.zzz]', undefined],
    ['p if not input.xs == [9]', true],
  ];
  for (const [body, want] of table) assert.equal(ruleValue(body, { input }), want, body);
});

test('errors of builtins are undefined, or errors when asked for', () => {
  assert.equal(ruleValue('p if 1 / input.zero', { input: { zero: 0 } }), undefined);
  assert.equal(ruleValue('p if not 1 / input.zero', { input: { zero: 0 } }), true);
  assert.equal(ruleValue('p := x if { x := 1 / input.zero } else := "else"', { input: { zero: 0 } }), 'else');
  const strict = evaluate('p := 1 / input.zero', { input: { zero: 0 }, strictBuiltinErrors: true });
  assert.deepEqual(strict.errors, [
    { code: 'eval_builtin_error', message: 'div: divide by zero', path: 't.rego', line: 2, column: 6, offset: 15 },
  ]);
});

test('time comes from the caller only', () => {
  assert.equal(ruleValue('p := time.now_ns()', { nowNs: 1_700_000_000_000_000_000n }), 1_700_000_000_000_000_000);
  assert.equal(ruleValue('p := time.now_ns()'), undefined);
  assert.deepEqual(ruleValue('p := opa.runtime().env', { env: { A: 'b' } }), { A: 'b' });
});

test('network builtins are off unless provided', () => {
  const text = 'package t\np := http.send({"method": "get", "url": "https://x.example"}).status';
  const off = compile([{ path: 't.rego', text }]).policy?.eval('data.t.p', { strictBuiltinErrors: true });
  assert.match(off?.errors[0]?.message ?? '', /needs the network/);
  const providers = { 'http.send': () => 7 };
  const on = compile([{ path: 't.rego', text: 'package t\np := http.send({"method": "get", "url": "u"})' }], {
    providers,
  });
  assert.equal(on.policy?.eval('data.t.p').results[0]?.value, 7);
});

test('random values repeat with the seed', () => {
  const policy = policyOf('p := [uuid.rfc4122("k"), rand.intn("n", 1000000)]');
  const of = (seed: string): string => JSON.stringify(policy.eval('data.t.p', { seed }).results);
  assert.equal(of('a'), of('a'));
  assert.notEqual(of('a'), of('b'));
});

test('print collects lines', () => {
  const result = evaluate('p if { print("x", input.zzz, [1, "a"], {2}) }', { input });
  assert.deepEqual(result.prints, ['x <undefined> [1, "a"] {2}']);
});

test('reads names the leaves of the input', () => {
  const policy = policyOf(
    'p if { input.a == 1; some x in input.xs; x > 2 }\nq := count(input.o.k)\nr := {"o": input.o}\ns if input["a/b"]\nt if every i, x in input.xs { x > i }',
  );
  const reads = (rule: string, i: unknown = input): string[] | undefined =>
    policy.eval(`data.t.${rule}`, { input: i, reads: true }).reads;
  assert.deepEqual(reads('q'), ['/o/k']);
  assert.deepEqual(reads('r'), ['/o']);
  assert.deepEqual(reads('s'), ['/a~1b']);
  assert.deepEqual(reads('p'), ['/a', '/xs/0', '/xs/1', '/xs/2']);
  assert.deepEqual(reads('t'), ['/xs/0', '/xs/1', '/xs/2']);
  assert.equal(policy.eval('data.t.p', { input }).reads, undefined);
});

test('coverage and trace follow the lines', () => {
  const policy = policyOf('p if {\n  input.a == 1\n  input.u > "f"\n}\nq := 1');
  const { coverage } = policy.eval('data.t.p', { input: { a: 1, u: 'eve' }, coverage: true });
  const at = (row: number, col: number, end: number): object => ({ start: { row, col }, end: { row, col: end } });
  const covered = [at(3, 3, 15), at(4, 3, 16)];
  const file = {
    covered,
    not_covered: [at(2, 1, 2), at(6, 1, 7)],
    covered_lines: 2,
    not_covered_lines: 2,
    coverage: 50,
  };
  assert.deepEqual(coverage?.files['t.rego'], file);
  // OPA's index knows that the rule cannot hold, and does not enter it.
  assert.equal(policy.eval('data.t.p', { input: { a: 2, u: 'eve' }, coverage: true }).coverage?.covered_lines, 0);
  const events: TraceEvent[] = [];
  policy.eval('data.t.p', { input: { a: 1, u: 'eve' }, trace: (e) => events.push(e) });
  assert.deepEqual(
    events.map((e) => [e.op, e.text, e.line]),
    [
      ['enter', 'data.t.p', 2],
      ['eval', 'input.a == 1', 3],
      ['eval', 'input.u > "f"', 4],
      ['fail', 'input.u > "f"', 4],
    ],
  );
});

test('trace shows the values of variables', () => {
  const policy = policyOf('p if { some x in input.xs; x > 2 }');
  const seen: unknown[] = [];
  policy.eval('data.t.p', { input, trace: (e) => e.op === 'eval' && e.text === 'x > 2' && seen.push(e.locals().x) });
  assert.deepEqual(seen, [1, 2, 3]);
});

test('exact numbers pass through', () => {
  const policy = policyOf('p := input.n + 1');
  const exact = policy.evalExact('data.t.p = x', { inputJson: '{"n": 12345678901234567890}' });
  const x = exact.results[0]?.bindings.get('x');
  assert.ok(x !== undefined);
  assert.equal(toJson(x), '12345678901234567891');
});

test('a head with a collection for a key promises nothing without its body', () => {
  assert.deepEqual(ruleValue('p[[1]].l contains x if { false; x := 1 }'), {});
  assert.deepEqual(ruleValue('p[[1]].l := 1 if { false }'), {});
  assert.deepEqual(ruleValue('p[1].l contains x if { false; x := 1 }'), { 1: { l: [] } });
});
