import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { defaultBundle } from '../../agent/policy/default.ts';
import { inputKeys, unknownInput } from '../../agent/policy/unknown-input.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const schema = new URL('../../media/gate.input.schema.json', import.meta.url);

it('knows the keys of the schema, and no others', () => {
  assert.deepEqual([...inputKeys].sort(), Object.keys(JSON.parse(readFileSync(schema, 'utf8')).properties).sort());
});

it('finds nothing in text, comments, tests, other packages and the built-in gates', () => {
  const body = '# input.files\nx := "input.files"\ny := `input.files`\nz := data.input.files\n';
  const modules = [
    { path: 'a.rego', text: `package pregate.push\n${body}` },
    { path: 'b.rego', text: 'package pregate.push\ntest_x if deny with input as {"files": []}\nw := input.files\n' },
    { path: 'c.rego', text: 'package main\nw := input.files\n' },
  ];
  assert.deepEqual(unknownInput([...modules, ...defaultBundle().modules]), []);
});

it('a policy that reads what is never there passes, and that is said', async () => {
  const box = sandbox();
  const repo = box.repository();
  repo.commit('a.txt', 'a\n');
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repo.commit('b.sql', 'b\n');
  const rule = 'package pregate.push\n\ndeny contains {"rule": "sql", "msg": "sql"} if some file in input.change\n';
  repo.write('policy/push.rego', rule);
  const { code, out } = await runCli(['preview', '--bundle', 'policy'], { cwd: repo.dir, env: box.env });
  assert.equal(code, 0, out);
  assert.match(
    out.replace(/\s+/g, ' '),
    /push\.rego:3 reads input\.change, .* did you mean input\.changes\. What needs it never fires/,
  );
});
