/** Builtins that conftest and Conforma add to Rego: answered here where they can be, held against the real conftest, and else unknown. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { regoEngine } from '../../agent/policy/engine.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { bundleOf, collectedOf, gateOf, said } from './support.ts';

const box = sandbox();
const missing = spawnSync('conftest', ['--version']).error ? 'there is no conftest on PATH' : false;
if (missing) console.log(`skipped builtins of conftest beside conftest: ${missing}`);

const push = (rules: string) => {
  const { engine, problems } = regoEngine(bundleOf(`package pregate.push\n\n${rules}\n`));
  assert.deepEqual(problems, []);
  assert.ok(engine);
  return gateOf('push', collectedOf({}), { engine });
};

/** Calls, and what conftest 0.68 answers; undefined where the call is. */
const calls: [call: string, answer: unknown][] = [
  ['parse_config("yaml", "a: 1\\nb: [x]")', { a: 1, b: ['x'] }],
  ['parse_config("yaml", "a: 1\\n---\\nb: 2")', [{ a: 1 }, { b: 2 }]],
  ['parse_config("yaml", "- 1\\n---\\n- 2")', [[1], [2]]],
  ['parse_config("yaml", "- 1")', [1]],
  ['parse_config("yaml", "")', null],
  ['parse_config("json", "[1, [2]]")', [1, [2]]],
  ['parse_config("json", "[]")', []],
  ['parse_config("toml", "a = 1")', { a: 1 }],
  ['parse_config("ini", "[a]\\nb=1")', { a: { b: 1 } }],
  ['parse_config("dotenv", "A=1")', { A: '1' }],
  ['parse_config("properties", "a=1")', { a: '1' }],
  ['parse_config("xml", "<a>1</a>")', { a: '1' }],
  ['parse_config("hcl2", "a = 1")', { a: 1 }],
  ['parse_config("yaml", "a: [")', undefined],
  ['parse_config("nope", "a")', undefined],
  ['parse_config_file("../conf/one.yaml")', { q: 1 }],
  ['parse_config_file("../conf/list.yaml")', [1, 2]],
  ['parse_config_file("conf/one.yaml")', undefined],
  ['parse_config_file("../conf/none.yaml")', undefined],
  ['parse_config_file("../conf/strange.unknown")', undefined],
  [
    'parse_combined_config_files(["../conf/one.yaml", "../conf/two.toml"])',
    [
      { path: 'conf/one.yaml', contents: { q: 1 } },
      { path: 'conf/two.toml', contents: { z: 2 } },
    ],
  ],
  ['parse_combined_config_files([])', null],
];

const cwd = box.at('policies');
mkdirSync(path.join(cwd, 'policy'), { recursive: true });
mkdirSync(path.join(cwd, 'conf'));
for (const [name, text] of Object.entries({
  'conf/one.yaml': 'q: 1\n',
  'conf/list.yaml': '- 1\n- 2\n',
  'conf/two.toml': 'z = 2\n',
  'conf/strange.unknown': 'a: 1\n',
}))
  writeFileSync(path.join(cwd, name), text);
const tests = calls.map(([call, answer], index) =>
  answer === undefined
    ? `test_${index} if not ${call}\n`
    : `test_${index} if {\n\tx := ${call}\n\tjson.marshal(x) == json.marshal(${JSON.stringify(answer)})\n}\n`,
);
writeFileSync(path.join(cwd, 'policy/calls_test.rego'), `package main\n\n${tests.join('\n')}`);

describe('builtins of conftest', () => {
  it('answer as conftest does in `policy test`, with files beside the policy', async () => {
    const { out, code } = await runCli(['policy', 'test', 'policy'], { cwd, env: {} });
    assert.equal(code, 0, out);
    assert.match(out, new RegExp(`PASS: ${calls.length}/${calls.length}`));
  });

  it('have these answers in conftest itself', { skip: missing }, () => {
    const { stdout, status } = spawnSync('conftest', ['verify', '--output', 'json'], { cwd, encoding: 'utf8' });
    const results = JSON.parse(stdout) as { successes: number; failures?: unknown[] }[];
    assert.equal(status, 0, stdout);
    assert.equal(
      results.reduce((sum, { successes }) => sum + successes, 0),
      calls.length,
    );
  });

  it('read a text within a gate, where a file beside the policy is not known', () => {
    const exact = push('deny contains msg if {\n\tsome msg in parse_config("yaml", "[a, b]")\n}');
    assert.deepEqual([exact.answer, exact.exactness], ['deny', 'exact']);
    const open = push('deny contains "x" if parse_config_file("a.yaml").b');
    assert.deepEqual([open.answer, ...said(open)], ['depends', 'depends push/asks-host']);
    assert.match(open.reasons[0]?.message ?? '', /parse_config_file of conftest \(policy\.rego:3\)/);
  });

  it('with a parser that is not here are not known, rather than undefined', () => {
    const open = push('deny contains "x" if not parse_config("cue", "a: 1")');
    assert.ok(said(open).includes('depends push/asks-host'));
    assert.notEqual(open.answer, 'allow');
  });
});

describe('builtins of Conforma', () => {
  it('compile, and make the gate depend on them', () => {
    const open = push(
      'deny contains "unsigned" if {\n\tcount(ec.sigstore.verify_image(input.ref, {}).errors) > 0\n}\n\nref_ok if ec.purl.is_valid("pkg:npm/a@1")',
    );
    // The input has no `ref`, so the registry is never asked.
    assert.deepEqual([open.answer, open.exactness], ['allow', 'exact']);
    const asked = push('deny contains "missing" if not ec.oci.blob("registry.example/app@sha256:0")');
    assert.ok(said(asked).includes('depends push/asks-host'));
    assert.match(asked.reasons.map(({ message }) => message).join(), /ec\.oci\.blob of Conforma/);
  });

  it('are refused with the wrong operands, as any other', () => {
    const { engine, problems } = regoEngine(bundleOf('package pregate.push\n\ndeny contains "x" if ec.oci.blob(1)\n'));
    assert.equal(engine, undefined);
    assert.match(problems[0]?.message ?? '', /ec\.oci\.blob: invalid argument/);
  });
});
