/** Options, formats and exit codes of `policy eval`, `test`, `check` and `bench` beside those of `opa`. Needs `opa` on PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after } from 'node:test';
import { parseJson, toJson } from '../../../agent/rego/index.ts';
import { runCli } from '../../support/cli.ts';
import { opaVersion } from './opa.ts';

const cwd = mkdtempSync(join(tmpdir(), 'pregate-opa-flags-'));
after(() => rmSync(cwd, { recursive: true }));
const FILES = {
  'p/a.rego':
    'package a\n\nallow if input.x == 1\ndeny contains k if some k, v in input.items\nerr := 1 / 0\nlvl := data.cfg.lvl\n',
  'p/a_test.rego':
    'package a_test\nimport data.a\ntest_ok if a.allow with input as {"x": 1}\ntest_no if a.allow with input as {"x": 2}\ntodo_test_later if false\n',
  'p/cfg/data.json': '{"lvl": 3}',
  'old/o.rego': 'package old\np[x] { x := 1 }\n',
  'bad.rego': 'package bad\np if x\n',
  'in.json': '{"x": 1, "items": {"u": 2, "w": 1}}',
  'in.yaml': 'x: 1\nitems:\n  u: 2\n',
};
for (const [name, text] of Object.entries(FILES)) {
  mkdirSync(join(cwd, dirname(name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}

/** The same standard output and exit code. */
const SAME = [
  ...['json', 'pretty', 'values', 'bindings', 'raw', 'discard'].flatMap((format) => [
    `eval -d p -i in.json -f ${format} data.a.deny`,
    `eval -d p -i in.json -f ${format} data.a.deny[x]`,
    `eval -f ${format} data.nope`,
    `eval -f ${format} [1,2][i]`,
  ]),
  'eval -d p -I data.a.allow',
  'eval -d p --stdin-input data.a.allow',
  'eval -d p -i in.yaml data.a.allow',
  'eval --data=p --input=in.json --format=raw data.a.allow',
  'eval -dp -iin.json -fraw data.a.allow',
  'eval --fail -d p -i in.json data.a.allow',
  'eval --fail -d p -i in.json data.a.nope',
  'eval --fail-defined -d p -i in.json data.a.allow',
  'eval --fail-defined -d p -i in.json data.a.nope',
  'eval --fail false',
  'eval --fail-defined false',
  'eval -d p -i in.json data.a.err',
  'eval -d old --v0-compatible data.old',
  'eval -d p --v1-compatible -i in.json data.a.allow',
  'eval -d old --v0-compatible --v1-compatible data.old',
  'eval -d p -i in.json --package a allow',
  'eval -d p -i in.json --import data.a a.allow',
  'eval -d foo.bar:p/cfg data.foo.bar',
  'eval -d foo.bar:p/cfg/data.json data.foo.bar',
  'eval -d p --ignore *_test.rego -i in.json data.a.allow',
  'eval -b p -i in.json data.a.lvl',
  'eval -d p --timeout 1s -i in.json data.a.allow',
  'eval -t rego -d p data.a.lvl',
  'eval 12345678901234567890.10',
  'test p -f json -r ok',
  'test p -r ok -z',
  'check p',
  'check p -S --v1-compatible',
  'check old --v0-compatible',
  'check old',
  'check bad.rego -f json',
  'check -b p',
];

/** Another exit code on purpose: opa's, ours, and why. Standard output is the same. */
const CODES: [words: string, opa: number, ours: number, why: string][] = [
  ['eval', 1, 2, 'wrong usage is 2'],
  ['eval 1 2', 1, 2, 'wrong usage is 2'],
  ['eval --nosuch 1', 1, 2, 'wrong usage is 2'],
  ['test p --nosuch', 1, 2, 'wrong usage is 2'],
  ['check --nosuch p', 1, 2, 'wrong usage is 2'],
  ['bench --nosuch 1', 1, 2, 'wrong usage is 2'],
  ['eval -f wrong 1', 1, 2, 'wrong usage is 2'],
  ['eval -f raw x', 2, 3, 'nothing could be evaluated'],
  ['eval -f raw -d bad.rego data.bad', 2, 3, 'nothing could be evaluated'],
  ['bench -d bad.rego data.bad', 1, 3, 'nothing could be evaluated'],
  ['test bad.rego', 1, 3, 'nothing could be evaluated'],
  ['test p -r nothing', 0, 3, 'a run without tests is no success'],
  ['check', 1, 2, 'wrong usage is 2'],
  ['check p/cfg', 0, 2, 'nothing was checked'],
];

/** What opa has and we have not is told in one line. */
const REFUSED = ['--partial', '--unknowns=input', '--instrument', '--optimize=1', '--disable-indexing'];

const opa = (words: readonly string[]): { code: number; out: string } => {
  const { status, stdout } = spawnSync('opa', words, { cwd, encoding: 'utf8', input: FILES['in.json'] });
  return { code: status ?? -1, out: meaning(stdout) };
};

async function ours(words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, out, err } = await runCli(['policy', ...words], { cwd, env: {}, input: FILES['in.json'] });
  return { code, out: meaning(out), err };
}

/** JSON by what it says; how long a test took differs each time. */
function meaning(out: string): string {
  const plain = out.replaceAll(/\([\d.]+.?s\)/g, '(…)').replaceAll(/("duration":\s*)\d+/g, '$10');
  try {
    // Not with JavaScript's numbers, to which 20 digits are as good as 16.
    return toJson(parseJson(plain));
  } catch {
    return plain;
  }
}

if (opaVersion === undefined) test('options beside those of opa', { skip: 'no opa on PATH' }, () => {});
else {
  test('calls print what opa prints and exit as it does', async () => {
    for (const line of SAME) {
      const words = line.split(' ');
      const { code, out } = await ours(words);
      assert.deepEqual({ code, out }, opa(words), line);
    }
  });

  test('exit codes differ where that is meant', async () => {
    for (const [line, theirs, own, why] of CODES) {
      const words = line.split(' ');
      const [a, b] = [opa(words), await ours(words)];
      assert.deepEqual([a.code, b.code], [theirs, own], `${line}: ${why}`);
      assert.equal(b.out, a.out, line);
      assert.match(b.err, /\S/, line);
    }
  });

  test('an option that is not here is refused with one line that says why', async () => {
    for (const option of REFUSED) {
      const { code, out, err } = await ours(['eval', option, '1']);
      assert.deepEqual([code, out], [2, ''], option);
      assert.match(err, /^pregate: --[\w-]+ is not here: .+ \(pregate policy eval --help\) \[usage\]\n$/, option);
    }
  });
}
