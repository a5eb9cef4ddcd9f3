import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkpointNow, logFolder, record } from '../../agent/audit/log.ts';
import { teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

describe('pregate runbook', () => {
  it('lists its cases, and knows no others', async () => {
    const { here } = teamwork(box, 'cases');
    const { out } = await runCli(['runbook'], here);
    assert.equal(out.match(/pregate runbook [a-z-]+ /g)?.length, 5);
    assert.equal((await runCli(['runbook', 'fire'], here)).code, 2);
  });

  it('says where an unpushed secret is, and how to take it out, without saying what it is', async () => {
    const { here, repo } = teamwork(box, 'committed');
    const secret = generateSecret('github-token');
    repo.commit('b.env', `TOKEN=${secret}\n`);
    const { out, code } = await runCli(['runbook', 'secret-committed'], here);
    assert.equal(code, 0);
    assert.match(out, /^secret-committed: 1 secret in 2 commits that were not pushed/);
    assert.match(out, /1\. Rotate it first[\s\S]*b\.env:1[\s\S]*\$ pregate scrub/);
    assert.ok(!out.includes(secret.slice(4)));
  });

  it('finds a pushed secret that a later commit removed, and the refs that still name it', async () => {
    const { here, repo } = teamwork(box, 'pushed');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    repo.git('tag', 'v1');
    repo.git('rm', '-q', 'b.env');
    repo.git('commit', '-qm', 'gone');
    const folder = box.at('evidence');
    const { out } = await runCli(['runbook', 'secret-pushed', '--evidence', folder], here);
    assert.match(out, /1 secret in 1 commit of the history/);
    assert.match(out, /refs\/tags\/v1/);
    assert.match(out, /git -C \.\.\/pregate-rewrite\.git filter-repo --replace-text/);
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder });
    assert.equal(JSON.parse(readFileSync(join(folder, 'findings.json'), 'utf8')).length, 1);
    assert.equal((await runCli(['runbook', 'secret-pushed', '--evidence', folder], here)).code, 2);
  });

  it('finds what a key has signed, and the line that revokes it', async () => {
    const { here } = teamwork(box, 'stolen');
    await runCli(['attest', '--kind', 'svr'], here);
    const { out } = await runCli(['runbook', 'key-stolen'], here);
    assert.match(out, /^key-stolen: SHA256:\S+ has signed 2 commits and 1 statement that are here/);
    assert.match(out, /valid-before="\d{14}Z"/);
    const other = await runCli(['runbook', 'key-stolen', 'SHA256:nobody'], here);
    assert.match(other.out, /has signed 0 commits/);
  });

  it('tells which commits went past the hooks, and whether they may leave', async () => {
    const { here, repo } = teamwork(box, 'bypassed');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    const commit = repo.git('rev-parse', 'HEAD');
    await record(join(repo.dir, '.git'), { event: 'bypass', how: 'no-verify', commit }, here.env);
    const { out } = await runCli(['runbook', 'hook-bypassed'], here);
    assert.match(out, /1 commit past the hooks in the log; a push now would be refused/);
    assert.ok(out.includes(`no-verify ${commit.slice(0, 12)}`));
  });

  it('tells how a log was changed, and leaves it as it is', async () => {
    const { here, repo } = teamwork(box, 'forked');
    const commonDir = join(repo.dir, '.git');
    await record(commonDir, { event: 'skip', rule: 'a', reason: 'b' }, here.env);
    await checkpointNow(commonDir, here.env);
    const whole = await runCli(['runbook', 'log-forked'], here);
    assert.match(whole.out, /is whole and fits its 1 checkpoints/);
    const file = join(logFolder(commonDir, here.env), 'log.jsonl');
    appendFileSync(file, '{}\n');
    const before = readFileSync(file);
    const { out } = await runCli(['runbook', 'log-forked', '--json'], here);
    assert.match(JSON.parse(out).headline, /line 2 is not an entry/);
    assert.ok(existsSync(file));
    assert.deepEqual(readFileSync(file), before);
  });
});
