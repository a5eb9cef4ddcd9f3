import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { codes } from '../../agent/cli/codes.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const root = join(import.meta.dirname, '../..');

describe('errors of the terminal', () => {
  it('end in a code that explain knows, and say what was not done', async () => {
    const { dir: cwd } = box.repository('codes');
    const options = { cwd, env: box.env };
    for (const [words, code] of [
      [['chek'], 'usage'],
      [['check', '--stagde'], 'usage'],
      [['scrub', 'nothing'], undefined],
      [['suppress', 'a:1', '--reason', 'x'], undefined],
      [['log', 'send'], undefined],
      [['policy', 'check', 'nowhere'], 'policy-sources'],
      [['policy', 'test', 'nowhere'], 'policy-sources'],
      [['daemon', 'start'], 'daemon-off'],
      [['sign', 'fix'], 'sign-fix'],
    ] as const) {
      const { err, code: exit } = await runCli(words, options);
      assert.ok(exit > 0, words.join(' '));
      const found = /^pregate: .+ \[([a-z-]+)\]$/m.exec(err)?.[1] ?? '';
      assert.ok(codes.includes(found), `${words.join(' ')}: ${err}`);
      if (code) assert.equal(found, code);
      const told = await runCli(['explain', found], options);
      assert.equal(told.code, 0);
      assert.match(told.out, new RegExp(`^${found}\\n {4}\\S.{20,}`));
    }
  });

  it('has words for every code that the sources print', () => {
    const printed = new Set<string>();
    for (const file of globSync('agent/{cli,gate,git,model,attest,sign,scrub,sbom,bundles,forge}/**/*.ts', {
      cwd: root,
    })) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, code] of text.matchAll(/ \[([a-z]+(?:-[a-z]+)*)\](?:\\n|\$\{detail\}|`;)/g))
        printed.add(code as string);
      for (const [, code] of text.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)*)',?\s+(?:\/\/.*\s+)?message/g))
        printed.add(code as string);
    }
    assert.ok(printed.size > 40, `${printed.size} codes were found in the sources`);
    assert.deepEqual(
      [...printed].filter((code) => !codes.includes(code)),
      [],
    );
  });

  it('has words for every code with which a policy closes a gate, and for those that the page lists', () => {
    const words = new Set(codes);
    const named = new Set<string>();
    for (const file of globSync('agent/{bundles,policy,engines,gate}/**/*.ts', { cwd: root })) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, code] of text.matchAll(/'((?:bundle|policy|engine|cross-check)-[a-z-]+)'/g))
        named.add(code as string);
    }
    const page = readFileSync(join(root, 'docs/bundles.md'), 'utf8').split('## When the gate closes')[1] ?? '';
    for (const row of page.split('\n').filter((line) => line.startsWith('| `')))
      for (const [, code] of (row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)) named.add(code as string);
    assert.ok(named.size > 25, [...named].join(' '));
    assert.deepEqual(
      [...named].filter((code) => !words.has(code)),
      [],
    );
    const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
    assert.deepEqual(twice, []);
  });

  it('does not take a misspelt code for a rule', async () => {
    const { dir: cwd } = box.repository('codes-near');
    const { code, err } = await runCli(['explain', 'git-faild'], { cwd, env: box.env });
    assert.equal(code, 2);
    assert.match(err, /did you mean git-failed\?/);
  });
});
