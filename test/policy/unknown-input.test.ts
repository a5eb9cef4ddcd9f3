import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { defaultBundle } from '../../agent/policy/default.ts';
import { regoEngine } from '../../agent/policy/engine.ts';
import { unknownInput } from '../../agent/policy/unknown-input.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { bundleOfFiles } from './foreign-support.ts';

const schema = new URL('../../media/gate.input.schema.json', import.meta.url);

/** What is said of one file of the gate *push*, `path:line reads key (meant)`. */
function strange(body: string, more: { path: string; text: string }[] = []): string[] {
  const { engine, problems } = regoEngine(
    bundleOfFiles({ 'a.rego': `package pregate.push\n${body}`, ...filesOf(more) }),
  );
  assert.deepEqual(problems, []);
  return unknownInput(engine).map(({ message }) =>
    message.replace(/, which gate.input\/v1 does not have/, '').replace(/\. What needs it.*/, ''),
  );
}

function filesOf(list: { path: string; text: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ path, text }) => [path, text]));
}

it('knows every key of the schema, and finds nothing in text, comments, tests, other packages and the built-in gates', () => {
  const body =
    '# input.files\nx := "input.files"\ny := `input.files`\nz := data.input.files\nv := input[key] if some key in ["files"]\n';
  const keys = Object.keys(JSON.parse(readFileSync(schema, 'utf8')).properties);
  const all = keys.map((key) => `k_${key} := input.${key}`).join('\n');
  const more = [
    { path: 'b.rego', text: 'package pregate.push\ntest_x if x with input as {"files": []}\nw := input.files\n' },
    { path: 'c.rego', text: 'package main\nw := input.files\n' },
  ];
  assert.deepEqual(strange(`${body}${all}\n`, more), []);
  assert.deepEqual(unknownInput(regoEngine(defaultBundle()).engine), []);
});

it('follows imports, and keys of every depth, lists included', () => {
  const said = strange(
    'import input.commit as c\na := c.sha\nb := input.commits[_].signature.state\nd := input.commits.sha\n' +
      'e if some ref in input.push.ref\nf := input.settings.github.anything.at.all\ng := input.findings[0].rules\n' +
      'h if [x | x := input["sbom"].component]\n',
  );
  assert.deepEqual(said, [
    'a.rego:3 reads input.commit; did you mean input.commits',
    'a.rego:4 reads input.commits[_].signature.state; did you mean input.commits[_].signature.status',
    'a.rego:5 reads input.commits.sha; did you mean input.commits[_].sha',
    'a.rego:6 reads input.push.ref; did you mean input.push.refs',
    'a.rego:8 reads input.findings[_].rules; did you mean input.findings[_].rule',
    'a.rego:9 reads input.sbom.component; did you mean input.sbom.components',
  ]);
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
