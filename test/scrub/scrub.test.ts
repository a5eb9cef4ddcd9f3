import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const token = (seed: number) => generateSecret('github-token', seed * 6 + 1);

const run = (repo: Repo, ...words: string[]) => runCli(words, { cwd: repo.dir, env: box.env });

/** A repository whose first commit has been pushed. */
function pushed(name: string): Repo {
  const repo = box.repository(name);
  const remote = box.at(`${name}.git`);
  repo.git('init', '-q', '--bare', remote);
  repo.git('remote', 'add', 'origin', remote);
  repo.commit('README.md', '# here\n', 'first');
  repo.git('push', '-q', 'origin', 'main');
  return repo;
}

/** Everything that a branch holds and no remote has, as one text: content and messages. */
function everything(repo: Repo, revision = 'HEAD'): string {
  const oids = repo.git('rev-list', '--objects', revision, '--not', '--remotes').split('\n');
  return oids.map((line) => repo.git('cat-file', '-p', line.split(' ')[0] as string)).join('\n');
}

const people = (repo: Repo, revision = 'HEAD') =>
  repo.git('log', '--format=%an|%ae|%ad|%cn|%ce|%cd|%s|%p', '--date=raw', revision).replace(/\|[0-9a-f ]*$/gm, '');

describe('pregate scrub', () => {
  it('shows what would change, and changes nothing without a word', async () => {
    const repo = pushed('show');
    repo.commit('a.env', `TOKEN=${token(1)}\n`, 'env');
    const head = repo.git('rev-parse', 'HEAD');
    const shown = await run(repo, 'scrub');
    assert.equal(shown.code, 1, shown.err);
    assert.match(shown.out, /a\.env: the value becomes REMOVED_SECRET \(1 version\)/);
    assert.match(shown.out, /1 commit from [0-9a-f]{10} on gets a new id/);
    assert.match(shown.out, /--yes/);
    assert.equal(repo.git('rev-parse', 'HEAD'), head);
    assert.ok(!shown.out.includes(token(1).slice(6, 14)));
  });

  it('replaces a value in every version, in messages and in encoded forms, and keeps everything else', async () => {
    const repo = pushed('replace');
    const before = repo.git('rev-parse', 'HEAD');
    repo.git('config', 'user.name', 'Ada Örn');
    repo.commit('deep/in/a.env', `A=1\nTOKEN=${token(2)}\n`, 'env');
    repo.git('config', 'user.name', 'Bob');
    repo.commit('b.ts', 'const b = 1;\n', `Use the token\n\nIt is ${token(2)}, you know.`);
    repo.git('checkout', '-qb', 'side', 'HEAD~1');
    repo.commit('c.txt', `wide\n`, 'side');
    repo.write('c.bin', Buffer.from(`\ufeffkey=${token(2)}\r\n`, 'utf16le'));
    repo.write('d.yaml', `apiVersion: v1\nkind: Secret\ndata:\n  token: ${Buffer.from(token(2)).toString('base64')}\n`);
    repo.git('add', '-A');
    repo.git('commit', '-qm', 'encoded');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '-m', 'merge side', 'side');
    repo.git('branch', '-qD', 'side');
    repo.commit('deep/in/a.env', `A=2\nTOKEN=${token(2)}\n`, 'again');
    repo.write('untracked.txt', 'mine\n');
    const told = people(repo);
    const done = await run(repo, 'scrub', '--yes');
    assert.equal(done.code, 0, done.out + done.err);
    assert.equal(people(repo), told);
    assert.equal(repo.git('rev-parse', 'HEAD~4^{commit}').length > 0, true);
    assert.equal(repo.git('merge-base', 'HEAD', before), before);
    const now = everything(repo);
    for (const form of [token(2), Buffer.from(token(2)).toString('base64')]) assert.ok(!now.includes(form));
    assert.ok(!repo.git('cat-file', 'blob', 'HEAD:c.bin').includes(token(2).slice(4, 12).split('').join('\0')));
    assert.match(now, /It is REMOVED_SECRET, you know\./);
    assert.equal(readFileSync(path.join(repo.dir, 'deep/in/a.env'), 'utf8'), 'A=2\nTOKEN=REMOVED_SECRET\n');
    assert.equal(repo.git('status', '--porcelain'), '?? untracked.txt');
    assert.equal(repo.git('fsck', '--strict', '--no-dangling'), '');
    const [backup = ''] = repo.git('for-each-ref', '--format=%(refname)', 'refs/pregate/').split('\n');
    assert.match(backup, /^refs\/pregate\/backup\/main\/\d{8}T\d{6}Z$/);
    assert.ok(everything(repo, backup).includes(token(2)));
    assert.match((await run(repo, 'scrub')).out, /nothing to scrub/);
    const checked = await run(repo, 'check', '--outgoing');
    assert.match(checked.out, /no findings/);
  });

  it('leaves files and index alone when the tip has nothing of it', async () => {
    const repo = pushed('gone');
    repo.commit('a.env', `TOKEN=${token(3)}\n`, 'env');
    repo.commit('a.env', 'TOKEN=\n', 'gone');
    const tree = repo.git('rev-parse', 'HEAD^{tree}');
    const index = readFileSync(path.join(repo.dir, '.git/index'));
    const done = await run(repo, 'scrub', '--yes');
    assert.equal(done.code, 0, done.out + done.err);
    assert.equal(repo.git('rev-parse', 'HEAD^{tree}'), tree);
    assert.equal(repo.git('status', '--porcelain'), '');
    assert.deepEqual(repo.git('ls-files', '-s').length > 0, index.length > 0);
    assert.ok(!everything(repo).includes(token(3)));
  });

  it('takes a file away when asked, and only where it holds the secret', async () => {
    const repo = pushed('drop');
    repo.commit('keys/id', `${generateSecret('private-key', 4)}\n`, 'key');
    repo.commit('other.txt', 'x\n', 'other');
    const done = await run(repo, 'scrub', 'keys/id', '--drop-file', '--yes');
    assert.equal(done.code, 0, done.out + done.err);
    assert.equal(repo.git('ls-tree', '-r', '--name-only', 'HEAD'), 'README.md\nother.txt');
    assert.equal(repo.git('log', '--format=%s').split('\n').length, 3);
  });

  it('chooses by place and by commit', async () => {
    const repo = pushed('choose');
    repo.commit('a.env', `TOKEN=${token(4)}\n`, 'a');
    const second = repo.commit('b.env', `TOKEN=${token(5)}\n`, 'b');
    assert.equal((await run(repo, 'scrub', 'nowhere.txt')).code, 2);
    const shown = await run(repo, 'scrub', '--commit', second);
    assert.match(shown.out, /b\.env/);
    assert.doesNotMatch(shown.out, /a\.env/);
    assert.equal((await run(repo, 'scrub', 'a.env:1', '--yes')).code, 0);
    const now = everything(repo);
    assert.ok(!now.includes(token(4)));
    assert.ok(now.includes(token(5)));
  });

  it('refuses what was pushed, and says to revoke it', async () => {
    const repo = pushed('pushed');
    const first = repo.commit('a.env', `TOKEN=${token(6)}\n`, 'a');
    repo.git('push', '-q', 'origin', 'main');
    const byCommit = await run(repo, 'scrub', '--commit', first);
    assert.equal(byCommit.code, 1);
    assert.match(byCommit.err, /has been pushed.*Revoke/);
    repo.commit('b.env', `# copy\nTOKEN=${token(6)}\n`, 'copied');
    const head = repo.git('rev-parse', 'HEAD');
    const copied = await run(repo, 'scrub', '--yes');
    assert.equal(copied.code, 1);
    assert.match(copied.out, /cannot be scrubbed: a remote has it already/);
    assert.match(copied.out, /Revoke it: github\.com/);
    assert.equal(repo.git('rev-parse', 'HEAD'), head);
  });

  it('refuses uncommitted changes, a detached HEAD and a rebase under way, with what to do', async () => {
    const repo = pushed('dirty');
    repo.commit('a.env', `TOKEN=${token(7)}\n`, 'a');
    repo.write('README.md', '# changed\n');
    const dirty = await run(repo, 'scrub', '--yes');
    assert.equal(dirty.code, 1);
    assert.match(dirty.err, /git stash.*Nothing was changed/);
    repo.git('checkout', '-q', 'README.md');
    repo.git('checkout', '-q', '--detach');
    assert.match((await run(repo, 'scrub')).err, /on no branch/);
    repo.git('checkout', '-q', 'main');
    repo.write('.git/MERGE_HEAD', `${repo.git('rev-parse', 'HEAD')}\n`);
    assert.match((await run(repo, 'scrub')).err, /merge is under way/);
  });

  it('signs the new commits where git is set up to, and says when signatures would be lost', async () => {
    const repo = pushed('signed');
    const key = box.at('signing-key');
    const made = (await import('node:child_process')).spawnSync('ssh-keygen', ['-qt', 'ed25519', '-N', '', '-f', key]);
    assert.equal(made.status, 0);
    for (const [name, value] of Object.entries({ 'gpg.format': 'ssh', 'user.signingkey': `${key}.pub` }))
      repo.git('config', name, value);
    repo.write('a.env', `TOKEN=${token(8)}\n`);
    repo.git('add', '-A');
    repo.git('commit', '-qS', '-m', 'signed');
    const shown = await run(repo, 'scrub');
    assert.match(shown.out, /1 signature would be lost/);
    repo.git('config', 'commit.gpgsign', 'true');
    const told = people(repo);
    const done = await run(repo, 'scrub', '--yes');
    assert.equal(done.code, 0, done.out + done.err);
    assert.match(repo.git('cat-file', 'commit', 'HEAD'), /gpgsig -----BEGIN SSH SIGNATURE/);
    assert.equal(people(repo), told);
    repo.write('signers', `person@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);
    repo.git('config', 'gpg.ssh.allowedSignersFile', path.join(repo.dir, 'signers'));
    assert.equal(repo.git('log', '-1', '--format=%G?'), 'G');
  });

  it('names other branches and tags that keep the old commits', async () => {
    const repo = pushed('others');
    repo.commit('a.env', `TOKEN=${token(9)}\n`, 'a');
    repo.git('branch', 'copy');
    repo.git('tag', 'v1');
    const shown = await run(repo, 'scrub');
    assert.match(shown.out, /still holds it afterwards: refs\/heads\/copy/);
    assert.match(shown.out, /still holds it afterwards: refs\/tags\/v1/);
  });
});
