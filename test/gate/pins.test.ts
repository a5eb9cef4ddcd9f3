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
      /The policy here was central and would now be lax, so nothing was judged/,
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

describe('a policy that is new to a repository', () => {
  const remote = box.repository('adopting-remote', '--bare');
  const repo = box.repository('adopting');
  const here = { cwd: repo.dir, env: box.env };
  const preview = async () => {
    const result = await runCli(['preview', '--json'], here);
    const report = JSON.parse(result.out);
    return {
      code: result.code,
      policy: report.policy.name,
      codes: report.problems.map((one: { code: string }) => one.code),
    };
  };
  const names = (bundle: string) => {
    repo.write('pregate.yaml', `version: 1\npolicy:\n  bundle: ${bundle}\n`);
    repo.git('add', '-A');
  };

  it('can be committed and pushed: what counted before judges the push that brings it', async () => {
    repo.commit('a.txt', 'a\n');
    repo.git('remote', 'add', 'origin', remote.dir);
    repo.git('push', '-q', '-u', 'origin', 'HEAD');
    repo.write('gates/gate.rego', allow);
    repo.write('other/gate.rego', allow);
    names('gates');
    assert.equal((await runCli(['check', '--staged'], here)).code, 0);
    repo.git('commit', '-qm', 'A policy');
    assert.deepEqual(await preview(), { code: 0, policy: 'built-in gates', codes: ['config-not-yet'] });
    repo.git('push', '-q');
    repo.commit('b.txt', 'b\n');
    assert.equal((await preview()).policy, 'gates');
  });

  it('can replace another once that is trusted, and not before', async () => {
    repo.git('push', '-q');
    names('other');
    repo.git('commit', '-qm', 'Another policy');
    assert.deepEqual(await preview(), { code: 0, policy: 'gates', codes: [] });
    assert.equal((await runCli(['check', '--staged'], here)).code, 3);
    assert.equal((await runCli(['policy', 'trust'], here)).code, 0);
    assert.deepEqual(await preview(), { code: 0, policy: 'gates', codes: [] });
  });

  it('does not let a base drop the policy that is pinned', async () => {
    repo.git('push', '-q');
    repo.git('rm', '-q', 'pregate.yaml');
    repo.git('commit', '-qm', 'No policy');
    repo.git('push', '-q');
    repo.commit('c.txt', 'c\n');
    const { code, codes } = await preview();
    assert.equal(code, 3);
    assert.ok(codes.includes('policy-changed'));
  });
});
