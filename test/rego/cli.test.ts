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
    assert.equal((await run('eval', '-d', 'policy', '-i', 'input.json', 'data.app.deny')).out, '[\n  "80"\n]\n');
    assert.equal((await run('eval', '-d', 'policy', 'data.settings.exact')).out, '12345678901234567890\n');
    assert.equal((await run('eval', '-d', 'policy', '-f', 'raw', 'data.app.name')).out, 'app\n');
    const json = JSON.parse((await run('eval', '-d', 'policy', '-f', 'json', 'x := data.app.name')).out);
    assert.deepEqual(json.result[0].bindings, { x: 'app' });
    assert.deepEqual(JSON.parse((await run('eval', '-d', 'policy', '-f', 'bindings', 'x := 1; y := [{}]')).out), {
      x: 1,
      y: [{}],
    });
    // As `opa eval` prints them.
    assert.equal((await run('eval', '-f', 'values', '1; 2 > 1')).out, '[\n  1,\n  true\n]\n');
    assert.equal((await run('eval', 'input.x with input.x as 3')).out, '3\n');
    assert.equal((await run('eval', 'x := 1')).out, '┌───┐\n│ x │\n├───┤\n│ 1 │\n└───┘\n');
    assert.equal((await run('eval', '-I', '-i', 'input.json', 'input')).code, 2);
    assert.equal((await run('eval', '-f', 'values', '[1, 2][_]')).out, '[\n  1\n]\n[\n  2\n]\n');
    assert.equal((await run('eval', '-f', 'discard', 'true')).out, '{\n  "result": "discarded"\n}\n');
    assert.equal((await run('eval', '-f', 'discard', 'input.none')).out, '{}\n');
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

  it('test names the failing expression, selects by pattern and measures coverage', async () => {
    const all = await run('test', 'policy');
    assert.equal(all.code, 1);
    assert.match(
      all.out,
      /app_test\.rego:6 +data\.app_test\.test_high +fail\n +policy\/app_test\.rego:8 +found == \{"9000"\} +\{found: \[\]\}/,
    );
    assert.match(all.out, /1 of 2 tests pass/);
    assert.equal((await run('test', 'policy', '-r', 'low')).code, 0);
    const low = await run('test', 'policy', '-r', 'low', '--threshold', '90');
    assert.equal(low.code, 1);
    assert.match(low.out, /app\.rego +\d+\.\d % +not reached: 9/);
    assert.equal((await run('test', 'policy', '-r', 'nothing')).code, 3);
    const listed = await run('test', 'policy', '-f', 'json');
    const [first, second] = JSON.parse(listed.out);
    assert.deepEqual(
      [listed.code, first.name, first.fail, second.package, second.fail, second.location],
      [1, 'test_low', undefined, 'data.app_test', true, { file: 'policy/app_test.rego', row: 6, col: 1 }],
    );
    assert.equal((await run('test', 'policy', '-f', 'xml')).code, 2);
  });

  it('check shows the line, and knows v0', async () => {
    const { code, err } = await run('check', 'broken.rego');
    assert.equal(code, 1);
    assert.match(err, /broken\.rego:3:6: rego_unsafe_var_error: var x is unsafe\n {2}p := x\n {7}\^/);
    assert.equal((await run('check', 'old.rego')).code, 1);
    assert.equal((await run('check', '--v0-compatible', 'old.rego')).code, 0);
    assert.equal((await run('check', 'policy')).code, 0);
    assert.deepEqual(await run('check', '-f', 'json', 'policy'), { code: 0, out: '', err: '' });
    assert.equal(JSON.parse((await run('check', '-f', 'json', 'broken.rego')).out).errors.length, 1);
    assert.equal((await run('check', 'nowhere')).code, 3);
  });

  it('bench prints a table of latencies', async () => {
    const { code, out } = await run('bench', '-d', 'policy', '-i', 'input.json', '--count', '3', 'data.app.deny');
    assert.equal(code, 0);
    assert.match(out, /^parse and compile +\d+\.\d{3} ms\n[\s\S]*evaluations +3\n[\s\S]*p99 +\d/);
    assert.equal((await run('bench', '-d', 'broken.rego', 'data.b.p')).code, 3);
  });
});
