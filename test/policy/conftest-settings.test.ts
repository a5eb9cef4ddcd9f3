/** `conftest.toml` beside the rules: what it says about asking them holds here as it does for conftest, which is asked too. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { decisionOf, type Files, gateIn, planOf } from './foreign-support.ts';

const installed = spawnSync('conftest', ['--version']).status === 0;
const rules: Files = {
  'policy/main.rego': 'package main\n\ndeny contains "in main" if input.kind == "Pod"\n',
  'policy/team.rego': 'package team.web\n\nwarn contains "in team.web" if input.kind == "Pod"\n',
  'policy/both.rego':
    'package pairs\n\ndeny contains "a pair" if {\n\tsome i, a in input\n\tsome j, b in input\n\ti < j\n\ta.contents.kind == b.contents.kind\n}\n',
};
const pods: Files = { 'a.yaml': 'apiVersion: v1\nkind: Pod\n', 'b.yaml': 'apiVersion: v1\nkind: Pod\n' };

/** What refuses a push of two pods, each message once; warnings are marked. */
function said(toml: string): string[] {
  const gate = gateIn(decisionOf({ ...rules, 'conftest.toml': toml }, pods), 'push');
  const told = gate.reasons.filter((one) => one.effect === 'deny' || one.effect === 'warn' || one.effect === 'depends');
  return [...new Set(told.map((one) => `${one.effect === 'deny' ? '' : `${one.effect} `}${one.message}`))].sort();
}

/** The same from conftest itself, and whether it ends with an error. */
function byConftest(toml: string): { messages: string[]; refused: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-conftest-toml-'));
  for (const [path, text] of Object.entries({ ...rules, ...pods, 'conftest.toml': toml })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const run = spawnSync('conftest', ['test', '-o', 'json', '.'], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  const results = JSON.parse(run.stdout) as { failures?: { msg: string }[]; warnings?: { msg: string }[] }[];
  const messages = results.flatMap(({ failures = [], warnings = [] }) =>
    [...failures, ...warnings].map(({ msg }) => msg),
  );
  return { messages: [...new Set(messages)].sort(), refused: run.status !== 0 };
}

describe('conftest.toml', () => {
  const cases: [toml: string, expected: string[]][] = [
    ['', ['in main']],
    ['namespace = "main"\n', ['in main']],
    ['namespace = ["team.*"]\n', ['warn in team.web']],
    ['namespace = ["team.*"]\nfail-on-warn = true\n', ['in team.web']],
    ['namespace = ["main", "team.web"]\n', ['in main', 'warn in team.web']],
    ['namespace = ["pairs"]\ncombine = true\n', ['a pair']],
    ['namespace = ["pairs"]\ncombine = true\nignore = "^b\\\\."\n', []],
    ['ignore = "(?i)[AB]\\\\.y"\n', []],
    ['parser = "yaml"\n', ['in main']],
  ];
  for (const [toml, expected] of cases)
    it(JSON.stringify(toml), () => {
      assert.deepEqual(said(toml), expected);
      if (!installed) return;
      const { messages, refused } = byConftest(toml);
      assert.deepEqual(messages, expected.map((one) => one.replace(/^warn /, '')).sort());
      assert.equal(
        refused,
        expected.some((one) => !one.startsWith('warn ')),
      );
    });

  it('lets all namespaces be asked', () => {
    const { told } = planOf({ ...rules, 'conftest.toml': 'all-namespaces = true\n' });
    assert.equal(told.filter((one) => one.includes('as conftest.toml says (all namespaces)')).length, 3);
  });

  it('closes the gate where it cannot be read or asks nothing, and names what is not followed', () => {
    const problems = (toml: string) =>
      planOf({ ...rules, 'conftest.toml': toml })
        .problems.map(({ message }) => message)
        .join('\n');
    assert.match(problems('namespace = ['), /conftest\.toml is no readable TOML, so nothing was judged/);
    assert.match(problems('namespace = [1]\n'), /namespace in conftest\.toml must be texts or patterns/);
    assert.match(problems('combine = "yes"\n'), /combine in conftest\.toml must be true or false/);
    assert.match(problems('ignore = "("\n'), /ignore in conftest\.toml must be a regular expression of Go/);
    assert.match(problems('parser = "cue"\n'), /parser in conftest\.toml names none that is understood here/);
    assert.match(problems('namespace = ["elsewhere"]\n'), /asks elsewhere, where no rule answers/);
    const { told } = planOf({ ...rules, 'conftest.toml': 'policy = "policy"\ndata = ["d"]\n' });
    assert.match(told.join('\n'), /as conftest\.toml says \(main, whose data is not followed here\)/);
  });
});
