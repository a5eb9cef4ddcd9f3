/** `pregate policy eval|test|check|bench` on a folder that knows nothing of Pregate. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCli } from '../support/cli.ts';

const cwd = mkdtempSync(join(tmpdir(), 'pregate-rego-cli-'));
after(() => rmSync(cwd, { recursive: true }));
mkdirSync(join(cwd, 'policy', 'settings'), { recursive: true });
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
write(
  'policy/app.rego',
  'package app\n\ndeny contains msg if {\n  some p in input.ports\n  p < data.settings.lowest\n  msg := sprintf("%d", [p])\n}\n\nname := "app"\n',
);
write('policy/settings/data.json', '{"lowest": 1024, "exact": 12345678901234567890}');
write(
  'policy/app_test.rego',
  'package app_test\nimport data.app\n\ntest_low if app.deny == {"80"} with input.ports as [80]\n\ntest_high if {\n  found := app.deny with input.ports as [9000]\n  found == {"9000"}\n}\n',
);
write('input.json', '{"ports": [80, 9000]}');
write('broken.rego', 'package b\n\np := x\n');
write('old.rego', 'package old\n\np[x] { x = 1 }\n');

const run = (...words: string[]): ReturnType<typeof runCli> => runCli(['policy', ...words], { cwd, env: {} });

describe('pregate policy on any folder of Rego', () => {
  it('eval reads files and folders, data under the path of its folder, numbers exactly', async () => {
    assert.equal(
      (await run('eval', '-d', 'policy', '-i', 'input.json', '-f', 'pretty', 'data.app.deny')).out,
      '[\n  "80"\n]\n',
    );
    assert.equal(
      (await run('eval', '-d', 'policy', '-f', 'pretty', 'data.settings.exact')).out,
      '12345678901234567890\n',
    );
    assert.equal((await run('eval', '-d', 'policy', '-f', 'raw', 'data.app.name')).out, 'app\n');
    const json = JSON.parse((await run('eval', '-d', 'policy', '-f', 'json', 'x := data.app.name')).out);
    assert.deepEqual(json.result[0].bindings, { x: 'app' });
    assert.deepEqual(JSON.parse((await run('eval', '-d', 'policy', '-f', 'bindings', 'x := 1; y := [{}]')).out), {
      x: 1,
      y: [{}],
    });
    // As `opa eval` prints them.
    assert.equal((await run('eval', '-f', 'values', '1; 2 > 1')).out, '[\n  1,\n  true\n]\n');
    assert.equal((await run('eval', '-fpretty', 'input.x with input.x as 3')).out, '3\n');
    assert.equal((await run('eval', '--format=pretty', 'x := 1')).out, '┌───┐\n│ x │\n├───┤\n│ 1 │\n└───┘\n');
    assert.equal((await run('eval', '-I', '-i', 'input.json', 'input')).code, 2);
    assert.equal((await run('eval', '-f', 'values', '[1, 2][_]')).out, '[\n  1\n]\n[\n  2\n]\n');
    assert.equal((await run('eval', '-f', 'discard', 'true')).out, '{\n  "result": "discarded"\n}\n');
    assert.equal((await run('eval', '-f', 'discard', 'input.none')).out, '{}\n');
    // What is wrong with the query is shown in it.
    assert.equal(
      (await run('eval', '-f', 'pretty', 'x := 1; y')).err,
      'query:1:9: rego_unsafe_var_error: var y is unsafe\n  x := 1; y\n          ^\n',
    );
  });

  it('eval merges << in YAML of data and input, as OPA does', async () => {
    write('merged.yaml', 'base: &b {x: 1}\nuse:\n  <<: *b\n  y: 12345678901234567890\n');
    const words = ['-d', 'merged.yaml', '-i', 'merged.yaml', '-f', 'raw', '[data.use, input.use]'];
    const use = '{"x":1,"y":12345678901234567890}';
    assert.equal((await run('eval', ...words)).out.replace(/\s/g, ''), `[${use},${use}]`);
  });

  it('eval exits as asked when something is defined or not', async () => {
    assert.equal((await run('eval', '-d', 'policy', '--fail', 'data.app.none')).code, 1);
    assert.equal((await run('eval', '-d', 'policy', '--fail', 'data.app.name')).code, 0);
    assert.equal((await run('eval', '-d', 'policy', '--fail-defined', 'data.app.name')).code, 1);
  });

  it('eval explains what did not hold with its place and its values', async () => {
    const { err } = await run('eval', '-d', 'policy', '-i', 'input.json', '--explain', 'fails', 'data.app.deny');
    assert.match(err, /policy\/app\.rego:5 +fail +p < data\.settings\.lowest +\{p: 9000\}/);
    assert.equal((await run('eval', '-d', 'policy', '--explain', 'all', 'data')).code, 2);
  });

  it('eval asks within a package, with imports, from standard input, and only builtins it is allowed', async () => {
    assert.equal((await run('eval', '-d', 'policy', '-f', 'raw', '--package', 'app', 'name')).out, 'app\n');
    assert.equal((await run('eval', '-d', 'policy', '-f', 'raw', '--import', 'data.app as a', 'a.name')).out, 'app\n');
    // Each import has a root of its own, whichever is named first.
    const both = [
      'eval',
      '-d',
      'policy',
      '-i',
      'input.json',
      '-f',
      'raw',
      '--import',
      'input.ports',
      '--import',
      'data.app',
    ];
    assert.equal((await run(...both, '[ports[1], app.name]')).out, '[9000,"app"]\n');
    assert.equal((await run(...both, '[app.name, ports[1]]')).out, '["app",9000]\n');
    const asked = await runCli(['policy', 'eval', '-d', 'policy', '-f', 'raw', '--stdin'], {
      cwd,
      env: {},
      input: 'data.app.name',
    });
    assert.equal(asked.out, 'app\n');
    write('some.json', '{"builtins": [{"name": "plus"}]}');
    assert.equal(
      (await run('eval', '-d', 'input.json', '--capabilities', 'some.json', '-f', 'raw', '1 + 1')).out,
      '2\n',
    );
    assert.match(
      (await run('eval', '-d', 'input.json', '--capabilities', 'some.json', 'count([1])')).out,
      /undefined function count/,
    );
    // A builtin that a host adds is known by its declaration, and ends the evaluation when it is called, as in OPA.
    const builtins = [
      { name: 'x.y', decl: { type: 'function', args: [{ type: 'number' }], result: { type: 'string' } } },
    ];
    write('more.json', JSON.stringify({ builtins: [...builtins, { name: 'plus' }] }));
    const more = (query: string) => run('eval', '-d', 'input.json', '--capabilities', 'more.json', query);
    assert.match((await more('x.y("a")')).out, /x\.y: invalid argument\(s\)/);
    assert.match((await more('x.y(1) + 1')).out, /plus: invalid argument\(s\)/);
    const called = await more('x.y(1)');
    assert.match(called.out, /"message": "unsupported built-in: x\.y",\s+"code": "eval_internal_error"/);
    assert.equal(called.code, 3);
    assert.equal(
      (await run('eval', '-d', 'policy', '--ignore', '*_test.rego,settings', '-f', 'raw', 'count(data)')).out,
      '1\n',
    );
    assert.equal((await run('eval', '-d', 'a.b:input.json', '-f', 'raw', 'data.a.b.ports[1]')).out, '9000\n');
  });

  it('eval tells metrics and where its time goes, by line', async () => {
    const words = ['eval', '-d', 'policy', '-i', 'input.json', '--profile', 'data.app.deny'];
    const { metrics, profile } = JSON.parse((await run(...words)).out);
    assert.ok(metrics.timer_rego_query_eval_ns > 0);
    const low = profile.find((line: { location: { row: number } }) => line.location.row === 5);
    assert.deepEqual([low.location.file, low.num_eval, low.num_redo, low.num_gen_expr], ['policy/app.rego', 2, 1, 1]);
    const { out } = await run(
      ...words,
      '-f',
      'pretty',
      '--count',
      '3',
      '--profile-sort',
      'line',
      '--profile-limit',
      '1',
    );
    assert.match(out, /│ +Min +│ +Max +│ +Mean[\s\S]*timer_rego_query_eval_ns[\s\S]*policy\/app\.rego:6 │/);
    assert.equal((await run(...words, '--profile-sort', 'size')).code, 2);
  });

  it('says of what opa has and we have not that it is not here, whatever the action', async () => {
    for (const [words, says] of [
      [['eval', '--partial', '1'], /--partial is not here: there is no partial evaluation/],
      [['eval', '-p', '1'], /--partial is not here/],
      [['eval', '-t', 'wasm', '1'], /--target wasm is not here/],
      [['eval', '-f', 'source', '1'], /--format source is not here/],
      [['eval', '--verbose', '1'], /unknown option --verbose for pregate policy eval/],
      [['test', '-w', 'policy'], /--watch is not here/],
      [['check', '--explain', 'full', 'policy'], /unknown option --explain for pregate policy check/],
      [['bench', '--e2e', '1'], /--e2e is not here/],
      [['fetch', '--reason', 'x'], /unknown option --reason for pregate policy fetch/],
    ] as [string[], RegExp][]) {
      const { code, out, err } = await run(...words);
      assert.deepEqual([code, out, err.trimEnd().split('\n').length], [2, '', 1], words.join(' '));
      assert.match(err, says);
    }
  });

  it('eval stops after the time it was given', async () => {
    write(
      'loop.rego',
      'package loop\n\nn := count([1 | some a in numbers.range(1, 3000); some b in numbers.range(1, 3000); a == b])\n',
    );
    const { code, out } = await run('eval', '-d', 'loop.rego', '--timeout', '20ms', 'data.loop.n');
    assert.equal(code, 3);
    assert.equal(JSON.parse(out).errors[0].code, 'eval_cancel_error');
    assert.equal((await run('eval', '--timeout', 'soon', '1')).code, 2);
  });

  it('eval and test stop where their values take more memory than they were given', async () => {
    write('wide.rego', 'package wide\n\nn := [x | some x in numbers.range(1, 100000)]\ntest_n if count(n) == 100000\n');
    const { code, out } = await run('eval', '-d', 'wide.rego', '--max-memory', '1MB', 'data.wide.n');
    assert.equal(code, 3);
    assert.equal(JSON.parse(out).errors[0].code, 'eval_memory_error');
    assert.equal((await run('test', 'wide.rego', '--max-memory', '1mb')).code, 1);
    assert.equal((await run('test', 'wide.rego', '--max-memory', '0.5GB')).code, 0);
    assert.equal((await run('eval', '--max-memory', 'much', '1')).code, 2);
  });

  it('test prints the lines of opa test and the expression that failed, selects by pattern and measures coverage', async () => {
    const all = await run('test', 'policy');
    assert.equal(all.code, 1);
    assert.match(
      all.out,
      /^policy\/app_test\.rego:6:\ndata\.app_test\.test_high: FAIL \([\d.]+[nµm]?s\)\n +policy\/app_test\.rego:8 +found == \{"9000"\} +\{found: \[\]\}\n-{80}\nPASS: 1\/2\nFAIL: 1\/2\n$/,
    );
    assert.match((await run('test', 'policy', '--var-values')).out, /\n {4}found == \{"9000"\}\n {4}\|\n {4}\[\]\n/);
    assert.equal((await run('test', 'policy', '-r', 'low')).code, 0);
    const low = await run('test', 'policy', '-r', 'low', '--threshold', '90');
    assert.deepEqual([low.code, low.out], [1, '']);
    assert.match(
      low.err,
      /app\.rego +\d+\.\d % +not reached: 9[\s\S]*Code coverage threshold not met: got \d+\.\d\d instead of 90\.00/,
    );
    const report = JSON.parse((await run('test', 'policy', '-r', 'low', '-c', '--threshold', '9')).out);
    assert.deepEqual(report.files['policy/app.rego'].not_covered, [
      { start: { row: 9, col: 1 }, end: { row: 9, col: 14 } },
    ]);
    assert.equal((await run('test', 'policy', '-r', 'nothing')).code, 3);
    const listed = await run('test', 'policy', '-f', 'json');
    const [first, second] = JSON.parse(listed.out);
    assert.deepEqual(
      [listed.code, first.name, first.fail, second.package, second.fail, second.location],
      [1, 'test_low', undefined, 'data.app_test', true, { file: 'policy/app_test.rego', row: 6, col: 1 }],
    );
    assert.equal((await run('test', 'policy', '-f', 'xml')).code, 2);
  });

  it('test tells the cases of a parameterised test, and rules of one name, apart', async () => {
    write(
      'cases.rego',
      [
        'package cases',
        'test_sum[note] if {',
        '  some note, tc in {"one": {"a": 1, "sum": 1}, "two": {"a": 2, "sum": 3}}',
        '  tc.a == tc.sum',
        '}',
        'test_name[tc.name] if { some tc in [{"name": "x", "ok": true}, {"name": "y", "ok": false}]; tc.ok }',
        'test_twice if true',
        'test_twice if false',
        'test_none[x] if some x in []',
        'test_number := 3',
        'todo_test_later if false',
      ].join('\n'),
    );
    const { code, out } = await run('test', 'cases.rego', '-v');
    assert.equal(code, 1);
    const told = out.split('\n').filter((line) => /^(data|PASS|FAIL|SKIPPED)|^ +\w+: (PASS|FAIL)/.test(line));
    assert.deepEqual(
      told.map((line) => line.replace(/ \(.*/, '')),
      [
        'data.cases.test_sum: FAIL',
        '  one: PASS',
        '  two: FAIL',
        'data.cases.test_name: FAIL',
        '  x: PASS',
        '  y: FAIL',
        'data.cases.test_twice: PASS',
        'data.cases.test_twice#01: FAIL',
        'data.cases.test_none: PASS',
        'data.cases.test_number: FAIL',
        'data.cases.todo_test_later: SKIPPED',
        'PASS: 4/9',
        'FAIL: 4/9',
        'SKIPPED: 1/9',
      ],
    );
    const [sum] = JSON.parse((await run('test', 'cases.rego', '-f', 'json')).out);
    assert.deepEqual(sum.sub_results, { one: { name: 'one' }, two: { name: 'two', fail: true } });
    assert.equal((await run('test', 'cases.rego', '-r', 'later')).code, 1);
    assert.equal((await run('test', 'cases.rego', '-r', 'later', '-z')).code, 0);
  });

  it('check shows the line, and knows v0', async () => {
    const { code, err } = await run('check', 'broken.rego');
    assert.equal(code, 1);
    assert.match(err, /broken\.rego:3:6: rego_unsafe_var_error: var x is unsafe\n {2}p := x\n {7}\^/);
    assert.equal((await run('check', 'old.rego')).code, 1);
    assert.equal((await run('check', '--v0-compatible', 'old.rego')).code, 0);
    assert.equal((await run('check', 'policy')).code, 0);
    assert.deepEqual(await run('check', '-f', 'json', 'policy'), { code: 0, out: '', err: '' });
    const [error, ...more] = JSON.parse((await run('check', '-f', 'json', 'broken.rego')).err).errors;
    assert.deepEqual([error.location, more], [{ file: 'broken.rego', row: 3, col: 6 }, []]);
    write('many.rego', `package many\n${Array.from({ length: 12 }, (_, i) => `p${i} := x${i}\n`).join('')}`);
    assert.match(
      (await run('check', 'many.rego')).err,
      /x9 is unsafe[^$]*\nrego_compile_error: error limit reached\n$/,
    );
    assert.equal(JSON.parse((await run('check', '--json', '-m', '0', 'many.rego')).out).errors.length, 12);
    assert.equal((await run('check', 'nowhere')).code, 3);
  });

  it('bench prints the table of opa bench, JSON or a line of Go', async () => {
    const words = ['bench', '-d', 'policy', '-i', 'input.json', '--samples', '3', 'data.app.deny'];
    const { code, out } = await run(...words);
    assert.equal(code, 0);
    assert.match(out, /^┌─+┬─+┐\n│ samples +│ +3 │\n│ ns\/op +│ +\d+ │\n│ histogram_timer_rego_query_eval_ns_75% +│/);
    assert.equal(JSON.parse((await run(...words, '-f', 'json')).out).N, 3);
    assert.match(
      (await run(...words, '-f', 'gobench', '--metrics=false')).out,
      /^BenchmarkOPAEval\t +3\t +\d+ ns\/op\n$/,
    );
    assert.equal((await run('bench', '--samples', '1', 'input.none')).code, 1);
    assert.equal((await run('bench', '--samples', '1', '--fail=false', 'input.none')).code, 0);
    assert.equal((await run('bench', '-d', 'broken.rego', 'data.b.p')).code, 3);
  });
});
