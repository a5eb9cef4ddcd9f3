/** `pregate ci`: the same judgement on a server, where nothing of the client counts, and in a pipeline. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';
import { product } from './support.ts';

const box = sandbox();
const shipped = product(box);

/** A bare repository whose pre-receive is Pregate as shipped, and a clone that has no hooks at all. */
function server(name: string, ...options: string[]) {
  const bare = box.at(`${name}.git`);
  const env = { ...box.env };
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare], { env });
  const words = [process.execPath, shipped.program, 'ci', '--pre-receive', ...options]
    .map((word) => `'${word}'`)
    .join(' ');
  mkdirSync(path.join(bare, 'hooks'), { recursive: true });
  const hook = path.join(bare, 'hooks/pre-receive');
  writeFileSync(hook, `#!/bin/sh\nPREGATE_STATE_DIR='${box.at(`server-${name}`)}' exec ${words}\n`);
  chmodSync(hook, 0o755);
  const repo = box.repository(name);
  repo.git('remote', 'add', 'origin', bare);
  return { bare, repo, push: (...refs: string[]) => repo.tryGit(['push', '-q', 'origin', ...refs]) };
}

describe('pregate ci --pre-receive', () => {
  it('takes a clean push in silence and refuses a secret, also one that a later commit removes', () => {
    const { repo, push } = server('plain');
    repo.commit('a.txt', 'one\n');
    assert.deepEqual(push('main'), { code: 0, output: '' });
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    repo.git('rm', '-q', 'b.env');
    repo.git('commit', '-qm', 'remove it');
    const refused = push('main');
    assert.notEqual(refused.code, 0);
    assert.match(refused.output, /Pregate stopped this push: 1 secret in b\.env/);
    assert.match(refused.output, /Nothing was accepted\. Enforced/);
    assert.doesNotMatch(refused.output, /Nothing was sent/);
  });

  it('looks at new objects only: what the server has under another name is not sent again', () => {
    const { bare, repo, push } = server('known');
    repo.commit('a.env', `TOKEN=${generateSecret('github-token')}\n`);
    // It was there before the gate was.
    execFileSync('git', ['fetch', '-q', repo.dir, '+main:refs/heads/old'], { cwd: bare, env: box.env });
    repo.git('switch', '-qc', 'topic');
    repo.git('rm', '-q', 'a.env');
    repo.commit('b.txt', 'two\n');
    assert.equal(push('topic').code, 0);
  });

  it('refuses a moved tag, and secrets in the message of a tag and of a commit', () => {
    const { repo, push } = server('tags');
    repo.commit('a.txt', 'one\n');
    repo.git('tag', 'v1');
    assert.equal(push('main', 'v1').code, 0);
    repo.commit('a.txt', 'two\n');
    repo.git('tag', '-f', 'v1');
    assert.notEqual(push('+v1').code, 0);
    repo.git('tag', '-m', `see ${generateSecret('github-token')}`, 'v2');
    assert.notEqual(push('v2').code, 0);
    repo.git('commit', '-q', '--allow-empty', '-m', `see ${generateSecret('github-token', 2)}`);
    assert.notEqual(push('main').code, 0);
  });

  it('is not told what to think by the push: its own configuration and suppressions do not count', () => {
    const { repo, push } = server('weakened');
    repo.commit('a.txt', 'one\n');
    assert.equal(push('main').code, 0);
    repo.write('pregate.yaml', 'version: 1\nexclude: ["**"]\n');
    repo.commit('b.env', `TOKEN=${generateSecret('github-token')} # ${'pregate'}-ignore github-token -- mine\n`);
    assert.match(push('main').output, /Pregate stopped this push/);
  });

  it('verifies signatures by the list of the base alone', () => {
    const { bare, repo, push } = server('signed');
    const team = teamwork(box, 'signed-team');
    const signers = team.repo.git('show', 'main:.pregate/allowed_signers');
    for (const key of ['gpg.format', 'user.signingkey', 'commit.gpgsign', 'gpg.ssh.allowedSignersFile']) {
      repo.git('config', key, team.repo.git('config', key));
    }
    repo.write('.pregate/allowed_signers', `${signers}\n`);
    repo.git('add', '-A');
    repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
    execFileSync('git', ['fetch', '-q', repo.dir, '+main:main'], { cwd: bare, env: box.env });
    repo.commit('a.txt', 'signed\n');
    assert.deepEqual(push('main'), { code: 0, output: '' });
    repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'unsigned');
    assert.match(push('main').output, /not signed/);
  });

  it('refuses what it cannot understand, and a push when it cannot check', async () => {
    const { bare } = server('strange');
    const env = { ...box.env, GIT_DIR: bare };
    const strange = await runCli(['ci', '--pre-receive'], { cwd: bare, env, input: 'main\n' });
    assert.equal(strange.code, 3);
    assert.match(strange.err, /^Pregate could not check this push, so it was refused/);
    const missing = `${'0'.repeat(40)} ${'1'.repeat(40)} refs/heads/x\n`;
    assert.equal((await runCli(['ci', '--pre-receive'], { cwd: bare, env, input: missing })).code, 3);
    assert.equal((await runCli(['ci', '--pre-receive'], { cwd: bare, env, input: '' })).code, 0);
  });
});

describe('pregate ci --range', () => {
  it('ignores what this user has pinned and trusts, and answers as the server does', async () => {
    const { here, repo } = teamwork(box, 'range');
    assert.equal((await runCli(['ci', '--range', 'origin/main..topic'], here)).code, 0);
    repo.commit('c.env', `TOKEN=${generateSecret('github-token')}\n`);
    const { code, out } = await runCli(['ci', '--range', 'origin/main..topic'], here);
    assert.equal(code, 1);
    assert.match(out, /c\.env:1/);
    const json = await runCli(['ci', '--range', 'origin/main..topic', '--json'], here);
    assert.equal(JSON.parse(json.out).findings.length, 1);
  });

  it('enforces the gates that were asked, and refuses wrong words', async () => {
    const { here } = teamwork(box, 'words-ci');
    assert.equal((await runCli(['ci', '--range', 'origin/main..topic', '--gate', 'pull'], here)).code, 2);
    assert.equal((await runCli(['ci'], here)).code, 2);
    assert.equal((await runCli(['ci', '--range', 'main'], here)).code, 2);
    const nowhere = await runCli(['ci', '--range', 'main..nowhere'], here);
    assert.equal(nowhere.code, 3);
    assert.equal(nowhere.out.match(/\[bad-revision\]/g)?.length, 1, nowhere.out);
  });
});
