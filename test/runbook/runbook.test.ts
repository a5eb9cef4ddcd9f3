import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkpointNow, logFolder, originOf, record } from '../../agent/audit/log.ts';
import { spool } from '../../agent/audit/spool.ts';
import { stateFolder } from '../../agent/state-folder.ts';
import { teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

describe('pregate runbook', () => {
  it('lists its cases, and knows no others', async () => {
    const { here } = teamwork(box, 'cases');
    const { out } = await runCli(['runbook'], here);
    assert.equal(out.match(/pregate runbook [a-z-]+ /g)?.length, 6);
    assert.equal((await runCli(['runbook', 'fire'], here)).code, 2);
  });

  it('says where an unpushed secret is, and how to take it out, without saying what it is', async () => {
    const { here, repo } = teamwork(box, 'committed');
    const secret = generateSecret('github-token');
    repo.commit('b.env', `TOKEN=${secret}\n`);
    const { out, code } = await runCli(['runbook', 'secret-committed'], here);
    assert.equal(code, 0);
    assert.match(out, /^secret-committed: 1 secret in 1 of 2 commits that were not pushed/);
    assert.match(out, /1\. Rotate it first[\s\S]*b\.env:1[\s\S]*\$ pregate scrub\n/);
    assert.ok(!out.includes(secret.slice(4)));
    // From another branch it is found just as well, and the way there is told.
    repo.git('tag', 'v1');
    repo.git('switch', '-q', 'main');
    const other = await runCli(['runbook', 'secret-committed'], here);
    assert.match(other.out, /\$ git switch topic\n {3}\$ pregate scrub\n {3}\$ git switch main\n/);
    assert.match(other.out, /\$ git tag -d v1/);
    const none = await runCli(['runbook', 'secret-committed'], teamwork(box, 'clean').here);
    assert.match(none.out, /^secret-committed: no secret in the 1 commit of this clone/);
    assert.ok(!none.out.includes('pregate scrub'));
  });

  it('finds a pushed secret that a later commit removed, and the refs that still name it', async () => {
    const { here, repo } = teamwork(box, 'pushed');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    repo.git('tag', 'v1');
    repo.git('rm', '-q', 'b.env');
    repo.git('commit', '-qm', 'gone');
    repo.git('push', '-q', 'origin', 'topic', 'v1');
    repo.commit('c.env', `TOKEN=${generateSecret('github-token', 2)}\n`);
    const folder = box.at('evidence');
    const { out } = await runCli(['runbook', 'secret-pushed', '--evidence', folder], here);
    assert.match(out, /^secret-pushed: 1 secret in 1 commit of the history that was pushed; 1 was not pushed/);
    assert.match(out, /refs\/tags\/v1/);
    assert.match(out, /git -C \.\.\/pregate-rewrite\.git filter-repo --replace-text/);
    execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder });
    const evidence = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    assert.equal(evidence('findings.json').length, 1);
    // When it left, by git's own log of the remote's branch, and who names it.
    const [leaked] = evidence('commits.json');
    assert.deepEqual(
      [leaked.refs.length, leaked.reached[0].ref, leaked.reached[0].pushedHere],
      [3, 'refs/remotes/origin/topic', true],
    );
    assert.match(
      out,
      /b?[0-9a-f]{12} committed .*Z\n {7}on origin\/topic since \d{4}-\d\d-\d\d \d\d:\d\dZ, pushed from here/,
    );
    assert.equal(evidence('about.json').repository.branch, 'refs/heads/topic');
    assert.ok(!/Take it out of the files of today/.test(out), 'a later commit has removed it');
    assert.equal((await runCli(['runbook', 'secret-pushed', '--evidence', folder], here)).code, 2);
    // Named as it is seen from a folder below, and accepted although only the history has it.
    const below = { ...here, cwd: join(repo.dir, '.pregate') };
    const [, place = ''] =
      /--history (\S+) --reason/.exec((await runCli(['runbook', 'secret-pushed'], below)).out) ?? [];
    assert.equal(place, '../b.env:1');
    const accepted = await runCli(['suppress', '--history', place, '--reason', 'rotated'], below);
    assert.match(accepted.out, /^1 finding accepted/);
  });

  it('finds what a key has signed, and the line that revokes it', async () => {
    const { here, repo } = teamwork(box, 'stolen');
    await runCli(['attest', '--kind', 'svr'], here);
    const { out } = await runCli(['runbook', 'key-stolen'], { ...here, width: 120 });
    assert.match(out, /^key-stolen: SHA256:\S+ has signed 2 commits and 1 statement that are here/);
    assert.match(out, /valid-before="\d{14}Z"/);
    const other = await runCli(['runbook', 'key-stolen', 'SHA256:nobody'], here);
    assert.match(other.out, /has signed 0 commits/);
    const key = repo.git('config', 'user.signingkey');
    const byFile = await runCli(['runbook', 'key-stolen', key.replace(/\.pub$/, '')], { ...here, width: 120 });
    assert.equal(byFile.out.split('\n')[0], out.split('\n')[0]);
  });

  it('tells which commits went past the hooks, and whether they may leave', async () => {
    const { here, repo } = teamwork(box, 'bypassed');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    const commit = repo.git('rev-parse', 'HEAD');
    // As a hook leaves it, for whoever has time to enter it.
    const state = stateFolder(here.env, process.platform) as string;
    assert.equal(spool(state, join(repo.dir, '.git'), { event: 'bypass', how: 'no-verify', commit }), 'whole');
    const { out } = await runCli(['runbook', 'hook-bypassed'], here);
    assert.match(out, /1 commit past the hooks in the log; a push now would be refused/);
    assert.ok(out.includes(`${commit.slice(0, 12)}  no-verify`));
    repo.git('push', '-q', '--no-verify', 'origin', 'topic');
    const pushed = await runCli(['runbook', 'hook-bypassed'], here);
    assert.match(pushed.out, /past the hooks in the log, 1 on a remote;/);
    assert.match(pushed.out, /\d\. It was pushed: judge it where it counts/);
    // A commit of the log that was thrown away is no obstacle; the log says why a secret was not stopped.
    await record(join(repo.dir, '.git'), { event: 'bypass', how: 'no-verify', commit: '1'.repeat(40) }, here.env);
    assert.match((await runCli(['runbook', 'hook-bypassed'], here)).out, /1{12} {2}no-verify, not here any more/);
    const leak = (await runCli(['runbook', 'secret-pushed'], here)).out;
    assert.match(leak, /Take it out of the files of today\n[\s\S]*? b\.env\n/);
    assert.ok(leak.includes(`${commit.slice(0, 12)} went past the hooks (no-verify)`));
  });

  it('tells which pipelines work with a token, what the history has, and never a value', async () => {
    const { here, repo } = teamwork(box, 'token');
    const secret = generateSecret('github-token');
    const lines = ['on: push', 'jobs:', '  a:', '    steps:', '      - run: npm publish', '        env:'];
    repo.write(
      '.github/workflows/ci.yml',
      [...lines, '          NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}', ''].join('\n'),
    );
    repo.write('.gitlab-ci.yml', 'a:\n  script:\n    - curl -H "X: $DEPLOY_TOKEN" $CI_SERVER_HOST\n');
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'pipelines');
    repo.commit('b.env', `TOKEN=${secret}\n`);
    repo.git('remote', 'add', 'other', `https://me:${secret}@example.com/a/b.git`);
    const folder = box.at('evidence-token');
    const { out, code } = await runCli(['runbook', 'token-stolen', '--evidence', folder], here);
    assert.equal(code, 0);
    assert.match(out, /^token-stolen: 2 tokens named in pipelines, 1 in the history\n/);
    assert.match(out, /NPM_TOKEN:\n {7}\.github\/workflows\/ci\.yml:7\n/);
    assert.match(out, /DEPLOY_TOKEN:\n {7}\.gitlab-ci\.yml:3\n/);
    assert.match(out, /the address of the remote other holds a password/);
    const written = ['about.json', 'uses.json', 'commits.json', 'findings.json', 'runbook.json'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    assert.ok(![out, ...written].some((text) => text.includes(secret.slice(4))));
    const one = await runCli(['runbook', 'token-stolen', 'DEPLOY_TOKEN'], here);
    assert.match(one.out, /^token-stolen: 1 token named/);
    assert.match(one.out, /\$ git grep -n -F DEPLOY_TOKEN HEAD -- :\/\n/);
  });

  it('tells how a log was changed, and leaves it as it is', async () => {
    const { here, repo } = teamwork(box, 'forked');
    const commonDir = join(repo.dir, '.git');
    await record(commonDir, { event: 'skip', rule: 'a', reason: 'b' }, here.env);
    await checkpointNow(commonDir, here.env);
    const whole = await runCli(['runbook', 'log-forked'], here);
    assert.match(whole.out, /the log is whole and fits what was signed \(1 entry, 1 checkpoint\)/);
    assert.ok(!whole.out.includes('log restart'));
    const file = join(logFolder(commonDir, here.env), 'log.jsonl');
    appendFileSync(file, '{}\n');
    const before = readFileSync(file);
    const { out } = await runCli(['runbook', 'log-forked', '--json'], here);
    assert.match(JSON.parse(out).headline, /line 2 is not an entry/);
    assert.ok(existsSync(file));
    assert.deepEqual(readFileSync(file), before);
  });

  it('sees a log that was built anew by what statements say of it, and begins one with a name of its own', async () => {
    const { here, repo } = teamwork(box, 'rolled-back');
    const commonDir = join(repo.dir, '.git');
    const folder = logFolder(commonDir, here.env);
    for (const rule of ['a', 'b', 'c']) await record(commonDir, { event: 'skip', rule, reason: 'b' }, here.env);
    assert.equal((await runCli(['attest', '--kind', 'svr'], here)).code, 0);
    assert.equal((await runCli(['log', 'verify'], here)).code, 0);
    rmSync(folder, { recursive: true });
    const gone = await runCli(['log', 'verify'], here);
    assert.equal(gone.code, 1, gone.out);
    assert.match(
      gone.out,
      /[34] entries were stated to others, and the log that held them is not here: it was deleted/,
    );
    await record(commonDir, { event: 'skip', rule: 'a', reason: 'b' }, here.env);
    const rolled = await runCli(['log', 'verify'], here);
    assert.equal(rolled.code, 1);
    assert.match(rolled.out, /entries were stated to others and 1 are here: the log was rolled back/);
    const book = await runCli(['runbook', 'log-forked'], here);
    assert.match(book.out, /nothing that was signed fits what is here/);
    assert.match(book.out, /^log-forked: \d entries were stated to others[\s\S]*\$ pregate log restart --reason '/);
    assert.equal((await runCli(['log', 'restart'], here)).code, 2);
    const before = originOf(folder, here.env);
    assert.equal((await runCli(['log', 'restart', '--reason', 'rolled back'], here)).code, 0);
    assert.notEqual(originOf(folder, here.env), before);
    const whole = await runCli(['log', 'verify'], here);
    assert.equal(whole.code, 0, whole.out);
    assert.match((await runCli(['log'], here)).out, /a new log was begun after one of 1 entry: rolled back/);
    // The name of a log that was begun anew goes with its folder: another one in its place does not pass for it.
    assert.equal((await runCli(['attest', '--kind', 'svr'], here)).code, 0);
    rmSync(folder, { recursive: true });
    await record(commonDir, { event: 'skip', rule: 'a', reason: 'b' }, here.env);
    assert.match((await runCli(['log', 'verify'], here)).out, /the log that held them is not here: it was deleted/);
  });

  it('fits a terminal of 60 columns but for commands, which stay whole', async () => {
    const { here, repo } = teamwork(box, 'narrow');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    for (const name of ['secret-committed', 'key-stolen', 'token-stolen', 'hook-bypassed', 'log-forked']) {
      const { out } = await runCli(['runbook', name], { ...here, width: 60 });
      const wide = out
        .split('\n')
        .filter((line) => line.length > 60 && !line.startsWith('   $ ') && / \S+ /.test(line));
      assert.deepEqual(wide, [], name);
    }
  });
});
