/** `pregate policy test` and `check` beside `opa test` and `opa check`: lines, JSON, coverage, exit codes. Needs `opa` on PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import type { CoverageReport, Range } from '../../../agent/rego/coverage.ts';
import { runCli } from '../../support/cli.ts';
import { opaVersion } from './opa.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cwd = mkdtempSync(join(tmpdir(), 'pregate-opa-commands-'));
after(() => rmSync(cwd, { recursive: true }));
mkdirSync(join(cwd, 'p', 'settings'), { recursive: true });
writeFileSync(
  join(cwd, 'p', 'rules.rego'),
  `package rules

default level := "none"

level := "high" if {
	input.x > 10
	some y in [
		1,
		2,
	]
	y == 2
} else := "mid" if {
	input.x > 5
}

names contains n if {
	some n
	input.names[n]
	every z in [1, 2] {
		z > 0
		z < 10
	}
}

made := {
	"a": 1,
	"b": [v |
		some v in input.list
		v > 5
		v < 100
	],
}

f(x) := y if {
	x == 1
	y := x + 1
}

f(x) := y if {
	x == 2
	y := x - 1
}

early if input.a == 1
early if input.b == 2
gone if input.c == 3
printed if {
	print("x")
	input.a == 2
}
base if data.settings.low == 1
never(x) := x + 1
`,
);
writeFileSync(join(cwd, 'p', 'settings', 'data.json'), '{"low": 2}');
writeFileSync(
  join(cwd, 'p', 'rules_test.rego'),
  `package rules_test

import data.rules

test_level if rules.level == "mid" with input.x as 7

test_names if {
	found := rules.names with input.names as {"a": true, "b": false}
	found == {"a"}
}

test_made if rules.made.b == [] with input.list as [1, 2]

test_f if rules.f(2) == 1

test_early if rules.early with input as {"a": 1, "b": 2}

test_rest if {
	not rules.gone with input.c as 4
	not rules.printed with input.a as 1
	not rules.base
}

test_cases[note] if {
	some note, tc in {"one": {"a": 1, "b": 1}, "two": {"a": 2, "b": 2}}
	tc.a == tc.b
}
`,
);
writeFileSync(
  join(cwd, 'bad.rego'),
  `package bad

test_a if true
test_a if false
test_b[x] if some x in []
test_c[x][y] if {
	some x in ["a", "b"]
	some y in [1, 2]
	y < 2
}
test_d := 3
test_e["k"] if true
test_f[tc.name] if {
	some tc in [{"name": "p", "ok": true}, {"name": "q", "ok": false}]
	tc.ok
}
test_g if {
	print("seen", {1})
	false
}
todo_test_h if false
`,
);
writeFileSync(
  join(cwd, 'faulty.rego'),
  `package faulty\n${Array.from({ length: 12 }, (_, i) => `p${i} := x${i}\n`).join('')}`,
);

const opa = (...words: string[]): { code: number; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync('opa', words, { cwd, encoding: 'utf8' });
  return { code: status ?? -1, out: stdout, err: stderr };
};
const ours = (...words: string[]): ReturnType<typeof runCli> => runCli(['policy', ...words], { cwd, env: {} });

/** Names, outcomes and sums; what failed and why, and how long it took, each tells in its own way. */
function outcomes(out: string): string[] {
  const lines = out.split('\n');
  const end = lines.indexOf('FAILURES');
  const summary = lines.filter((line) => /^(PASS|FAIL|SKIPPED|ERROR): /.test(line));
  const told = lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => /^data\.| {2}\w+: (PASS|FAIL)$/.test(line));
  // The order depends on opa's threads, as does where skipped tests stand.
  const run: string[] = [];
  for (const line of told.filter((one) => !one.endsWith(': SKIPPED')))
    if (line.startsWith('data.')) run.push(line.replace(/ \([\d.]+.?s\)$/, ''));
    else run.push(`${run.pop()}\n${line}`);
  return [...run.sort(), ...summary];
}

function rows(ranges: readonly Range[] = []): number[] {
  const all = ranges.flatMap(({ start, end }) =>
    Array.from({ length: end.row - start.row + 1 }, (_, i) => start.row + i),
  );
  return [...new Set(all)].sort((a, b) => a - b);
}

function linesOf({ files, ...sums }: CoverageReport): unknown {
  const of = Object.entries(files).map(([name, { covered, not_covered, ...rest }]) => [
    name,
    rows(covered),
    rows(not_covered),
    rest,
  ]);
  return [sums, of];
}

if (opaVersion === undefined) test('commands beside opa', { skip: 'no opa on PATH' }, () => {});
else {
  test('test prints the outcomes opa test prints, also of cases and of rules of one name', async () => {
    for (const words of [['bad.rego', '-v'], ['bad.rego'], ['p', '-v'], ['p'], ['bad.rego', '-r', 'test_[ab]', '-v']]) {
      const [theirs, own] = [opa('test', ...words, '-p', '1'), await ours('test', ...words)];
      assert.deepEqual(outcomes(own.out), outcomes(theirs.out), words.join(' '));
      assert.equal(own.code === 0, theirs.code === 0, words.join(' '));
    }
    const plain = (out: string): unknown => {
      const listed = JSON.parse(out, (key, value) => (key === 'duration' || key === 'output' ? undefined : value));
      return (listed as { location: { row: number } }[]).sort((a, b) => a.location.row - b.location.row);
    };
    assert.deepEqual(
      plain((await ours('test', 'bad.rego', '-f', 'json')).out),
      plain(opa('test', 'bad.rego', '-f', 'json', '-p', '1').out),
    );
  });

  test('test counts the lines opa test --coverage counts, and keeps the same threshold', async () => {
    for (const [where, paths] of [
      [cwd, ['p']],
      [join(root, 'agent', 'policy'), ['default']],
    ] as [string, string[]][]) {
      const theirs = spawnSync('opa', ['test', ...paths, '--coverage'], { cwd: where, encoding: 'utf8' });
      const own = await runCli(['policy', 'test', ...paths, '--coverage'], { cwd: where, env: {} });
      assert.deepEqual(linesOf(JSON.parse(own.out)), linesOf(JSON.parse(theirs.stdout)));
      assert.equal(own.code, 0);
    }
    const { coverage } = JSON.parse(opa('test', 'p', '--coverage').out) as CoverageReport;
    for (const threshold of [Math.floor(coverage), Math.ceil(coverage)].map(String)) {
      const words = ['test', 'p', '--coverage', '--threshold', threshold];
      const [theirs, own] = [opa(...words), await ours(...words)];
      assert.equal(own.code === 0, theirs.code === 0, threshold);
      assert.equal(own.err.split('\n').at(-2), theirs.err.split('\n').at(-2));
    }
  });

  test('check reports as many errors as opa check, in its JSON, on standard error', async () => {
    for (const words of [['faulty.rego'], ['faulty.rego', '-m', '2'], ['-m', '0', 'faulty.rego'], ['p'], ['-S', 'p']]) {
      const [theirs, own] = [opa('check', '-f', 'json', ...words), await ours('check', '-f', 'json', ...words)];
      const told = (err: string): unknown => (err === '' ? '' : JSON.parse(err));
      assert.deepEqual(
        [own.code, own.out, told(own.err)],
        [theirs.code, theirs.out, told(theirs.err)],
        words.join(' '),
      );
    }
  });

  test('a profile has the lines opa eval --profile has', async () => {
    const words = [
      'eval',
      '-d',
      'p',
      '--profile',
      '--profile-limit',
      '0',
      '--profile-sort',
      'line',
      'data.rules.names with input.names as {"a": true}',
    ];
    const lines = (out: string): number[] =>
      (JSON.parse(out).profile as { location: { file: string; row: number } }[])
        .filter(({ location }) => location.file !== '')
        .map(({ location }) => location.row)
        .sort();
    assert.deepEqual(lines((await ours(...words)).out), lines(opa(...words).out));
  });
}
