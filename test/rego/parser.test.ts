import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, parseModule } from '../../agent/rego/index.ts';
import { processorTime } from '../support/processor-time.ts';
import { errorsOf, evaluate, ruleValue } from './helpers.ts';

test('an error has its place', () => {
  const { errors } = compile([{ path: 'a/b.rego', text: 'package t\n\np := [1, 2\n' }]);
  // What is missing is reported once more as the value of the rule.
  assert.equal(errors.length, 2);
  const [e] = errors;
  assert.equal(e?.code, 'rego_parse_error');
  assert.deepEqual([e?.path, e?.line], ['a/b.rego', 4]);
  const text = 'package t\np := 1\nq := $$\n';
  const [second] = compile([{ path: 'x.rego', text }]).errors;
  assert.deepEqual([second?.line, second?.column, second?.offset], [3, 6, text.indexOf('$$')]);
});

test('parsing goes on after an error', () => {
  const module = parseModule('t.rego', 'package t\np := [\nq := 1\nr := )\ns := 2\n', 'v1');
  assert.deepEqual([...new Set(module.errors.map((e) => e.line))], [3, 4]);
  assert.ok(module.rules.some((r) => r.head.ref[0]?.kind === 'var' && r.head.ref[0].name === 's'));
});

test('v1 wants if and contains, v0 does not know them', () => {
  assert.match(errorsOf('p { true }')[0] ?? '', /`if` keyword is required/);
  assert.match(errorsOf('p["x"] { true }')[0] ?? '', /`if` keyword is required/);
  assert.deepEqual(errorsOf('p { true }', 'v0'), []);
  assert.equal(errorsOf('p if true', 'v0').length > 0, true);
  assert.deepEqual(errorsOf('import rego.v1\np if true', 'v0'), []);
  assert.deepEqual(errorsOf('import future.keywords.if\np if true', 'v0'), []);
  assert.deepEqual(errorsOf('if := 1\ncontains := 2\nin := 3\nevery := 4', 'v0'), []);
});

test('bodies may be chained', () => {
  assert.equal(ruleValue('p { false } { true }', { version: 'v0' }), true);
  assert.equal(ruleValue('p if { false } { true }'), true);
});

test('in v0, one key in brackets is a set', () => {
  assert.deepEqual(ruleValue('p[x] { x := ["b", "a"][_] }', { version: 'v0' }), ['a', 'b']);
  assert.deepEqual(ruleValue('import future.keywords.if\np[x] if { x := "a" }', { version: 'v0' }), { a: true });
  assert.deepEqual(ruleValue('p[x] = y { x := "a"; y := 1 }', { version: 'v0' }), { a: 1 });
});

test('operators bind as in OPA', () => {
  assert.equal(ruleValue('p := 1 + 2 * 3 - 4 / 2'), 5);
  assert.deepEqual(ruleValue('p := {1, 2} | {3} & {3, 4} - {4}'), [1, 2, 3]);
  assert.equal(ruleValue('p := 7 % 4 == 3'), true);
  assert.deepEqual(ruleValue('p := [1 in [1], 2 in [1] == true, -1, 1 -1]'), [true, false, -1, 0]);
});

test('comprehensions and unions with a bar are told apart', () => {
  assert.deepEqual(ruleValue('p := {x | some x in [2, 1]}'), [1, 2]);
  assert.deepEqual(ruleValue('a := {1}\np := {a | {2}}'), [[1]]);
  assert.deepEqual(ruleValue('p := [({1} | {2}), {3} | {4} | {3}]'), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(ruleValue('p := {k: v | some k, v in ["x"]}'), { '0': 'x' });
  assert.deepEqual(ruleValue('p := {"a": {1} | {2}}'), { a: [1] });
});

test('template strings', () => {
  const input = { u: 'bob', n: 1.5 };
  assert.equal(
    ruleValue('p := $"hi {input.u}: {input.n + 1} {input.none} \\{x}"', { input }),
    'hi bob: 2.5 <undefined> {x}',
  );
  assert.equal(ruleValue('p := $`raw {$"{input.u}!"} "q"`', { input }), 'raw bob! "q"');
  assert.match(errorsOf('p := $"{}"').join(), /invalid template-string expression/);
});

test('strings', () => {
  assert.equal(ruleValue('p := "\\u00e9\\n\\t\\\\"'), 'é\n\t\\');
  assert.equal(ruleValue('p := `a\\n\nb`'), 'a\\n\nb');
  assert.match(errorsOf('p := "a').join(), /non-terminated string/);
  assert.match(errorsOf('p := "\\x"').join(), /illegal escape sequence/);
});

test('keywords may be names after a dot and of rules', () => {
  assert.equal(ruleValue('if.in := 1\np := data.t.if.in + {"every": 2}.every'), 3);
});

test('deep and large literals of constants', () => {
  for (const depth of [1_000, 20_000]) {
    assert.equal(ruleValue(`p := count(${'['.repeat(depth)}${']'.repeat(depth)})`), 1, `depth ${depth}`);
  }
  const wide = Array.from({ length: 20_000 }, (_, i) => `{"n": ${i}}`).join(',');
  assert.equal(ruleValue(`p := count([${wide}])`), 20_000);
  assert.equal(ruleValue(`p := count([${'input.x,'.repeat(20_000)}])`, { input: { x: 1 } }), 20_000);
});

test('nesting that is no constant ends in an error, in linear time', () => {
  const nest = (depth: number): string => `p := ${'['.repeat(depth)}input.x${']'.repeat(depth)}`;
  assert.ok(evaluate(nest(200), { input: { x: 1 } }).results.length === 1);
  const started = processorTime();
  assert.match(errorsOf(nest(5_000)).join(), /max recursion depth/);
  assert.match(errorsOf(`p := ${'[x | '.repeat(200)}`).join(), /rego_parse_error/);
  assert.ok(processorTime() - started < 2_000);
});

test('annotations', () => {
  const text = [
    '# METADATA',
    '# description: of the package',
    'package t',
    '# METADATA',
    '# title: T',
    '# authors:',
    '# - Ann <ann@example.com>',
    '# custom: {severity: high}',
    'p if true',
    'q := rego.metadata.chain()',
  ].join('\n');
  const { policy, errors } = compile([{ path: 't.rego', text }]);
  assert.deepEqual(errors, []);
  const rule = policy?.rules().find((r) => r.path === 'data.t.p');
  assert.deepEqual(rule?.annotations, {
    scope: 'rule',
    title: 'T',
    authors: [{ name: 'Ann', email: 'ann@example.com' }],
    custom: { severity: 'high' },
  });
  assert.equal(rule?.line, 9);
  assert.deepEqual(policy?.eval('data.t.q').results[0]?.value, [
    { path: ['t', 'q'] },
    { path: ['t'], annotations: { scope: 'package', description: 'of the package' } },
  ]);
  assert.match(errorsOf('# METADATA\n# scope: nope\np := 1').join(), /invalid scope/);
  assert.match(errorsOf('# METADATA\n# a: [\np := 1').join(), /yaml/);
  assert.match(
    errorsOf('# METADATA\n# a: 1\n# a: 2\np := 1').join(),
    /line 2: mapping key "a" already defined at line 1/,
  );
});

test('METADATA is the YAML that OPA reads', () => {
  const custom = '{enforce: on, a: 0o17, c: 1:30, y: no, d: 2026-01-02, e: "2026-01-02", 1: 017, z: {title: 0x10}}';
  const text = `# METADATA\n# title: 0o17\n# description: off\n# entrypoint: yes\n# custom: ${custom}\np := rego.metadata.chain()[1].annotations`;
  const read = {
    enforce: 'on',
    a: 15,
    c: '1:30',
    y: 'no',
    d: '2026-01-02T00:00:00Z',
    e: '2026-01-02',
    1: 15,
    z: { title: 16 },
  };
  const want = { scope: 'document', title: '0o17', description: 'off', entrypoint: true, custom: read };
  assert.deepEqual(ruleValue(text), want);
});
