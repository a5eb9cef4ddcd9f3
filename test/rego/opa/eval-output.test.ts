/** `pregate policy eval` prints what `opa eval` prints, in every format. Runs where `opa` is on PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import test from 'node:test';
import { runCli } from '../../support/cli.ts';
import { opaVersion } from './opa.ts';

const INPUT = '{"a": [5, 6], "x": 3, "no": false}';
const QUERIES = [
  '1; 2; "s"',
  'x := input.a[y]; z = {y | y := 1}',
  'true; true',
  '1 == 1; [1]',
  'x := 1; [x]; 3',
  'b := 2; a := 1; [a]',
  '[true, 1][_]',
  'some x; x = "é日本"',
  'x := {"k": "a\\nb"}',
  'x := 1.0; x == 1.0',
  'not input.nope; 1',
  '  input.x with input.x as 4; y :=   input.x',
  'input.no with input.x as 1',
  'input.no with input.x as 1; 2',
  'input.x with input.x as [7, 8][_]',
  'input.a[i] with input.a as [9]; i >= 0',
  'false; 1',
  '1; false',
  'input.nope',
  '[true, false, 3][_]',
  '[true, false][i] with input.x as 1',
  '[false, false][_]',
  'input.a[_] == 7',
  'count(input.a) == 4',
  'count([1 | input.a[_] > 5]) == 4',
  'input',
  'plus(1, 2, x)',
  'some v in input.a; v > 5',
  'x := 12345678901234567890; x',
];

if (opaVersion === undefined) test('policy eval beside opa eval', { skip: 'no opa on PATH' }, () => {});
else {
  test('policy eval prints what opa eval prints', async () => {
    const wrong: string[] = [];
    // Go escapes `<`, `>` and `&` in JSON, which means the same.
    const meaning = (format: string, out: string): string =>
      format === 'json' ? JSON.stringify(JSON.parse(out)) : out;
    for (const format of ['pretty', 'json', 'raw'])
      for (const query of QUERIES) {
        const words = ['eval', '--stdin-input', '--format', format, query];
        const opa = spawnSync('opa', words, { input: INPUT, encoding: 'utf8' });
        const ours = await runCli(['policy', ...words], { cwd: tmpdir(), env: {}, input: INPUT });
        if (meaning(format, opa.stdout) !== meaning(format, ours.out) || opa.status !== ours.code)
          wrong.push(`${format} ${query}\nopa ${opa.status} ${opa.stdout}\nours ${ours.code} ${ours.out}${ours.err}`);
      }
    assert.deepEqual(wrong, []);
  });
}
