import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { documentFromBytes } from '../../agent/model/document.ts';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();

describe('pregate sign badge', () => {
  const save = (name: string, value: unknown) => {
    writeFileSync(box.at(name), JSON.stringify(value));
    return box.at(name);
  };

  it('says what it rests on as long as the forge’s lists are not known', async () => {
    const { here, repo } = teamwork(box, 'unknown');
    repo.git('remote', 'set-url', 'origin', 'git@github.com:acme/app.git');
    const { out, code } = await runCli(['sign', 'badge'], here);
    assert.equal(code, 0);
    assert.match(
      out,
      /^GitHub will show Verified beside [0-9a-f]{7} if SHA256:\S+ is registered there as a signing key and person@example\.com is verified there\n$/,
    );
  });

  it('is certain with them, for GitHub’s and GitLab’s answers', async () => {
    const { here, repo } = teamwork(box, 'known');
    const key = readFileSync(repo.git('config', 'user.signingkey'), 'utf8').trim();
    const hub = [
      save('hub-keys.json', [{ id: 1, key, title: 'laptop' }]),
      save('hub-mail.json', [{ email: 'person@example.com', verified: true }]),
    ];
    assert.match(
      (await runCli(['sign', 'badge', '--forge', hub.join(',')], here)).out,
      /will show Verified .*, because SHA256/,
    );
    const lab = [
      save('lab-keys.json', [{ key, usage_type: 'auth' }]),
      save('lab-mail.json', [{ email: 'Person@example.com', confirmed_at: '2026-01-01' }]),
    ];
    const auth = await runCli(['sign', 'badge', '--forge', lab.join(',')], here);
    assert.equal(auth.code, 1);
    assert.match(auth.out, /will show Unverified .*, because SHA256:\S+ is not registered there as a signing key/);
  });

  it('sees an address that is not verified, and a commit that is not signed', async () => {
    const { here, repo } = teamwork(box, 'address');
    const mail = save('mail.json', [{ email: 'person@example.com', verified: false }]);
    assert.match((await runCli(['sign', 'badge', '--forge', mail], here)).out, /no verified address/);
    repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'plain');
    assert.match((await runCli(['sign', 'badge'], here)).out, /will show no badge .*, because it is not signed/);
    assert.equal((await runCli(['sign', 'badge', 'nowhere'], here)).code, 3);
    assert.equal((await runCli(['sign', 'badge', '--forge', '/nowhere'], here)).code, 2);
  });
});

describe('the date of a signed commit', () => {
  const dated = (repo: ReturnType<typeof teamwork>['repo'], date: string) => {
    repo.tryGit(['commit', '-q', '--allow-empty', '-m', date], { env: { ...repo.env, GIT_COMMITTER_DATE: date } });
    return repo.git('rev-parse', 'HEAD');
  };

  it('may not lie in the future, nor before a parent’s once the key is no longer valid', async () => {
    const { here, repo, signersFile } = teamwork(box, 'dates');
    const [principal = '', ...key] = readFileSync(signersFile, 'utf8').trim().split(' ');
    const allowedSigners = documentFromBytes(
      '.pregate/allowed_signers',
      Buffer.from(`${principal} valid-before="20260101Z" ${key.join(' ')}\n`),
    );
    const early = dated(repo, '2025-06-01T00:00:00Z');
    const fine = dated(repo, '2025-07-01T00:00:00Z');
    const future = dated(repo, '2099-01-01T00:00:00Z');
    const options = { env: here.env, allowedSigners, baseOnly: true };
    const statuses = await verifyCommits({ root: repo.dir }, [early, fine, future], options);
    // The first has a parent of today: it was made after the key had ended, with a date before that.
    assert.deepEqual([statuses.get(early)?.status, statuses.get(fine)?.status], ['untrusted', 'good']);
    assert.match(statuses.get(early)?.detail ?? '', /dated before its parent/);
    assert.notEqual(statuses.get(future)?.status, 'good');
  });
});

describe('signers that take the place of ssh-keygen', () => {
  /** Stands in for a password manager's program: the same words, the work done by ssh-keygen, and a line in a diary. */
  function standIn(name: string, body: string): string {
    const program = box.at(name);
    writeFileSync(program, `#!/bin/sh\n${body}\n`);
    chmodSync(program, 0o755);
    return program;
  }

  it('sign commits and statements when this user has set them up, and are kept', async () => {
    const { here, repo } = teamwork(box, 'manager');
    const diary = box.at('diary');
    const program = standIn('op-ssh-sign', `echo "$@" >> '${diary}'\nexec ssh-keygen "$@"`);
    repo.git('config', '--global', 'gpg.ssh.program', program);
    try {
      repo.git('commit', '-q', '--allow-empty', '-m', 'by the manager');
      assert.match((await runCli(['sign', 'setup', '--yes'], here)).out, /Your signer is kept/);
      assert.equal((await runCli(['attest', '--kind', 'svr'], here)).code, 0);
      assert.match(readFileSync(diary, 'utf8'), /-n git[\s\S]*-n attest@pregate/);
    } finally {
      repo.git('config', '--global', '--unset', 'gpg.ssh.program');
    }
  });

  it('are named when they cannot be run, and nothing is changed', async () => {
    const { here, repo } = teamwork(box, 'broken-manager');
    repo.git('config', 'gpg.ssh.program', standIn('locked', 'echo "agent refused operation" >&2; exit 1'));
    const { out, code } = await runCli(['sign', 'status'], here);
    assert.equal(code, 1);
    assert.match(out, /the agent does not hold the key/);
  });
});
