import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const deny = 'package pregate.commit\n\ndeny contains {"rule": "never", "msg": "nothing may be committed"}\n';
const allow = 'package pregate.commit\n\ndeny contains {"rule": "never", "msg": "no"} if input.stage == "nowhere"\n';

describe('the policy of a repository is pinned at first use', () => {
  const repo = box.repository('pinned');
  const here = { cwd: repo.dir, env: box.env };
  const check = async () => {
    const result = await runCli(['check', '--staged', '--json'], here);
    return { code: result.code, problems: JSON.parse(result.out).problems as { code: string; message: string }[] };
  };
  const useBundle = (name: string) => repo.write('pregate.yaml', `version: 1\npolicy:\n  bundle: ${name}\n`);

  it('judges by the first policy it meets', async () => {
    repo.write('central/gate.rego', deny);
    repo.write('lax/gate.rego', allow);
    useBundle('central');
    repo.write('a.txt', 'a\n');
    repo.git('add', '-A');
    assert.equal((await check()).code, 1);
  });

  it('closes the gate when the configuration names another one, in a commit or by leaving it out', async () => {
    useBundle('lax');
    repo.git('add', '-A');
    const other = await check();
    assert.equal(other.code, 3);
    assert.match(
      other.problems[0]?.message ?? '',
      /judged by the policy central until now, and pregate\.yaml names lax/,
    );
    repo.git('rm', '-q', '-f', 'pregate.yaml');
    assert.equal((await check()).code, 3);
  });

  it('goes on once a person has said that the change is meant', async () => {
    useBundle('lax');
    repo.git('add', '-A');
    const trusted = await runCli(['policy', 'trust'], here);
    assert.equal(trusted.code, 0, trusted.err);
    assert.notEqual((await check()).code, 1);
    assert.ok(!(await check()).problems.some((problem) => problem.code === 'policy-changed'));
  });

  it('does not hold a policy that was named on the command line against it', async () => {
    const result = await runCli(['check', '--staged', '--bundle', 'central'], here);
    assert.equal(result.code, 1);
  });
});
