/** SSH certificates: ssh-keygen judges them, and is asked whether the committer has signed. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { documentFromBytes } from '../../agent/model/document.ts';
import { type VerifyOptions, verifyCommits } from '../../agent/sign/verify.ts';
import { teamwork } from '../attest/support.ts';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const keygen = (...words: string[]) => execFileSync('ssh-keygen', ['-q', ...words], { env: box.env });
const keyOf = (file: string) =>
  readFileSync(box.at(`${file}.pub`), 'utf8')
    .split(' ')
    .slice(0, 2)
    .join(' ');
for (const name of ['authority', 'ann', 'bob', 'late'])
  keygen('-t', 'ed25519', '-N', '', '-C', name, '-f', box.at(name));
for (const name of ['ann', 'bob']) {
  keygen('-s', box.at('authority'), '-I', name, '-n', `${name}@example.com`, box.at(`${name}.pub`));
}
keygen('-s', box.at('authority'), '-I', 'late', '-n', 'ann@example.com', '-V', '20250101:20260101', box.at('late.pub'));
const list = (options = '') => `*@example.com ${options}cert-authority ${keyOf('authority')}\n`;

/** A repository that signs with a certificate, where `text` is the list of allowed signers. */
function signing(name: string, who: string, text = list()): Repo {
  const repo = box.repository(name);
  writeFileSync(box.at(`${name}.allowed`), text);
  const settings = {
    'user.email': 'ann@example.com',
    'gpg.format': 'ssh',
    'user.signingkey': box.at(`${who}-cert.pub`),
    'commit.gpgsign': 'true',
    'gpg.ssh.allowedSignersFile': box.at(`${name}.allowed`),
  };
  for (const [key, value] of Object.entries(settings)) repo.git('config', key, value);
  return repo;
}

const statusOf = async (repo: Repo, oid: string, options: VerifyOptions = {}) =>
  (await verifyCommits({ root: repo.dir }, [oid], { env: repo.env, ...options })).get(oid);

describe('a commit signed with an SSH certificate', () => {
  it('is good when the certificate is the committer’s, as git says', async () => {
    const repo = signing('own', 'ann');
    const oid = repo.commit('a', '1');
    assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
    const info = await statusOf(repo, oid);
    assert.deepEqual([info?.status, info?.signer], ['good', 'ann@example.com']);
    const listed = execFileSync('ssh-keygen', ['-lf', box.at('ann-cert.pub')], { env: box.env, encoding: 'utf8' });
    assert.match(listed, /SHA256:/);
  });

  it('is not good when it is a colleague’s, which git takes', async () => {
    const repo = signing('others', 'bob');
    const oid = repo.commit('a', '1');
    assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
    const info = await statusOf(repo, oid);
    assert.equal(info?.status, 'wrong-principal');
    assert.match(info?.detail ?? '', /bob@example\.com's, the committer is ann@example\.com/);
  });

  it('is judged by the list that counts, and not by one of the working tree', async () => {
    const repo = signing('inside', 'ann');
    repo.write('signers', list());
    repo.git('config', 'gpg.ssh.allowedSignersFile', 'signers');
    const oid = repo.commit('a', '1');
    assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
    assert.equal((await statusOf(repo, oid))?.status, 'untrusted');
    const allowedSigners = documentFromBytes('.pregate/allowed_signers', Buffer.from(list()));
    assert.equal((await statusOf(repo, oid, { allowedSigners, baseOnly: true }))?.status, 'good');
  });

  it('is not good outside of its namespace or its time, nor by another authority, and bad when it was changed', async () => {
    const elsewhere = signing('namespace', 'ann', list('namespaces="file",'));
    assert.equal((await statusOf(elsewhere, elsewhere.commit('a', '1')))?.status, 'untrusted');
    const late = signing('ended', 'late');
    assert.equal((await statusOf(late, late.commit('a', '1')))?.status, 'untrusted');
    const strange = signing('strange', 'ann', `*@example.com cert-authority ${keyOf('bob')}\n`);
    const oid = strange.commit('a', '1');
    assert.equal((await statusOf(strange, oid))?.status, 'untrusted');
    const object = execFileSync('git', ['cat-file', 'commit', oid], { cwd: strange.dir, encoding: 'utf8' });
    const words = ['hash-object', '-t', 'commit', '-w', '--stdin'];
    const input = object.replace('change a', 'change b');
    const forged = execFileSync('git', words, { cwd: strange.dir, input }).toString().trim();
    assert.equal((await statusOf(strange, forged))?.status, 'bad');
  });

  it('has a possible date, where a team decides', async () => {
    const repo = signing('dated', 'late');
    repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'today');
    const env = { ...repo.env, GIT_COMMITTER_DATE: '2025-06-01T00:00:00Z' };
    assert.equal(repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'earlier'], { env }).code, 0);
    const oid = repo.git('rev-parse', 'HEAD');
    assert.equal((await statusOf(repo, oid))?.status, 'good', 'as git says');
    const allowedSigners = documentFromBytes('.pregate/allowed_signers', Buffer.from(list()));
    const judged = await statusOf(repo, oid, { allowedSigners, baseOnly: true });
    assert.equal(judged?.status, 'untrusted');
    assert.match(judged?.detail ?? '', /dated before its parent/);
  });
});

describe('a statement signed with an SSH certificate', () => {
  it('holds in CI when the certificate is the committer’s, and not when it is a colleague’s', async () => {
    const team = teamwork(box, 'team');
    team.repo.git('switch', '-q', 'main');
    team.repo.write('.pregate/allowed_signers', list());
    team.repo.git('commit', '-qam', 'an authority');
    team.repo.git('push', '-q', '--no-verify', 'origin', 'main');
    team.repo.git('switch', '-qc', 'certified');
    team.repo.git('config', 'user.email', 'ann@example.com');
    writeFileSync(team.signersFile, list());
    const stated = async (who: string) => {
      team.repo.git('config', 'user.signingkey', box.at(`${who}-cert.pub`));
      assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
      return runCli(['verify', '--range', 'main..certified', '--statements'], team.here);
    };
    team.repo.git('config', 'user.signingkey', box.at('ann-cert.pub'));
    team.repo.git('commit', '-q', '--allow-empty', '-m', 'by ann');
    const own = await stated('ann');
    assert.equal(own.code, 0, own.out);
    assert.match(own.out, /svr\/v0\.2 +by ann@example\.com/);
    const others = await stated('bob');
    assert.equal(others.code, 1);
    assert.match(others.out, /the key is bob@example\.com's, the committer is ann@example\.com/);
  });
});
