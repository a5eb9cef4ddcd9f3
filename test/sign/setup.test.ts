import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gitArguments } from '../../agent/sign/process.ts';
import { translate } from '../../agent/sign/test-signature.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();

/** A home of its own for each case: keys of one must not be found by another. */
function person(name: string) {
  const home = box.at(`home-${name}`);
  mkdirSync(home);
  const env: NodeJS.ProcessEnv = { ...box.env, HOME: home, GNUPGHOME: `${home}/.gnupg` };
  const repo = box.repository(`repo-${name}`);
  const here = { cwd: repo.dir, env };
  const makeKey = (file = 'id_ed25519', passphrase = '') => {
    mkdirSync(`${home}/.ssh`, { recursive: true, mode: 0o700 });
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'me', '-f', `${home}/.ssh/${file}`]);
  };
  return { home, env, repo, here, makeKey };
}

describe('pregate sign setup', () => {
  it('finds the key in ~/.ssh, and the next commit is signed and verified', async () => {
    const { here, repo, env, makeKey } = person('plain');
    makeKey();
    const before = await runCli(['sign', 'status'], here);
    assert.equal(before.code, 1);
    assert.match(before.out, /^✗ Commits here are not signed/);
    const setup = await runCli(['sign', 'setup', '--yes'], here);
    assert.equal(setup.code, 0, setup.err);
    assert.match(setup.out, /git tag --no-sign NAME/);
    execFileSync('git', ['commit', '-q', '--allow-empty', '-m', 'x'], { cwd: repo.dir, env });
    execFileSync('git', ['verify-commit', 'HEAD'], { cwd: repo.dir, env, stdio: 'pipe' });
    const after = await runCli(['sign', 'status'], here);
    assert.match(after.out, /^✓ Commits are signed as person@example\.com with SHA256:/);
    assert.equal(after.code, 0);
  });

  it('makes the change only in this repository, and adds the signer once', async () => {
    const { here, repo, env, makeKey } = person('twice');
    makeKey();
    const global = readFileSync(env['GIT_CONFIG_GLOBAL'] as string, 'utf8');
    await runCli(['sign', 'setup', '--yes'], here);
    await runCli(['sign', 'setup', '--yes'], here);
    assert.equal(readFileSync(env['GIT_CONFIG_GLOBAL'] as string, 'utf8'), global);
    const path = repo.git('config', 'gpg.ssh.allowedSignersFile');
    assert.equal(readFileSync(path, 'utf8').trim().split('\n').length, 1);
  });

  it('asks before it changes anything, and cannot ask without a terminal', async () => {
    const { here, repo, makeKey } = person('asks');
    makeKey();
    const result = await runCli(['sign', 'setup'], here);
    assert.equal(result.code, 2);
    assert.match(result.err, /add --yes/);
    assert.equal(repo.tryGit(['config', 'commit.gpgsign']).code, 1);
  });

  it('says that there is no key, and makes one when asked', async () => {
    const { here, home } = person('none');
    const none = await runCli(['sign', 'setup', '--yes'], here);
    assert.equal(none.code, 3);
    assert.match(none.err, /no usable key was found/);
    const made = await runCli(['sign', 'setup', '--make', '--no-passphrase', '--yes'], here);
    assert.equal(made.code, 0, made.err);
    assert.ok(existsSync(`${home}/.ssh/id_ed25519_signing`));
    const again = await runCli(['sign', 'setup', '--make', '--no-passphrase', '--yes'], here);
    assert.match(again.err, /exists already; nothing was made/);
  });

  it('takes the key that is named by either half of its file, wherever it lies', async () => {
    const { here, env, repo } = person('named');
    const file = box.at('keys-of-named');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file], { env });
    for (const named of [file, `${file}.pub`]) {
      const setup = await runCli(['sign', 'setup', '--key', named, '--yes'], here);
      assert.equal(setup.code, 0, setup.err);
      assert.equal(repo.git('config', 'user.signingkey').trim(), `${file}.pub`);
    }
    rmSync(file);
    const half = await runCli(['sign', 'setup', '--key', file, '--yes'], here);
    assert.match(half.err, /no usable key was found that is called .*nothing was changed/, 'it could not sign');
  });

  it('prefers what the agent holds', async () => {
    const { here, env, home, repo, makeKey } = person('agent');
    makeKey();
    const socket = `${home}/agent`;
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { env, stdio: 'ignore' });
    try {
      while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 10));
      const withAgent = { ...env, SSH_AUTH_SOCK: socket };
      execFileSync('ssh-add', ['-q', `${home}/.ssh/id_ed25519`], { env: withAgent });
      const setup = await runCli(['sign', 'setup', '--yes'], { ...here, env: withAgent });
      assert.equal(setup.code, 0, setup.err);
      assert.match(repo.git('config', 'user.signingkey'), /^key::ssh-ed25519 /);
      const gone = await runCli(['sign', 'status'], here);
      assert.equal(gone.code, 1);
      assert.match(gone.out, /the agent does not hold the key/);
    } finally {
      agent.kill();
    }
  });

  it('keeps a signer that somebody chose', async () => {
    const { here, repo, makeKey } = person('chosen');
    makeKey();
    repo.git('config', 'gpg.format', 'ssh');
    repo.git('config', 'gpg.ssh.program', '/opt/1Password/op-ssh-sign');
    const result = await runCli(['sign', 'setup', '--yes'], here);
    assert.match(result.out, /Your signer is kept: \/opt\/1Password\/op-ssh-sign/);
    assert.match(result.out, /commit\.gpgsign is not set\.\n {2}git config commit\.gpgsign true\n/);
    assert.equal(repo.tryGit(['config', 'user.signingkey']).code, 1);
  });

  it('keeps one that only the environment names, or whose format is not set yet', async () => {
    const { here, repo, env, makeKey } = person('elsewhere');
    makeKey();
    const program = box.at('bin-elsewhere');
    writeFileSync(program, `#!/bin/sh\necho called >>'${program}.calls'\nexec ssh-keygen "$@"\n`, { mode: 0o755 });
    const given = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'gpg.ssh.program', GIT_CONFIG_VALUE_0: program };
    const other = await runCli(['sign', 'setup', '--yes'], { ...here, env: { ...env, ...given } });
    assert.equal(other.code, 1);
    assert.match(
      other.out,
      /^Your signer is kept: \S+bin-elsewhere\. Git calls it[\s\S]* git config gpg\.format ssh\n/,
    );
    assert.equal(repo.tryGit(['config', '--local', 'commit.gpgsign']).code, 1);
    const settings = [`'gpg.ssh.program'='${program}'`, "'gpg.format'='ssh'", "'commit.gpgsign'='true'"];
    const key = `'user.signingkey'='${env['HOME']}/.ssh/id_ed25519.pub'`;
    const typed = { ...env, GIT_CONFIG_PARAMETERS: [...settings, key].join(' ') };
    const kept = await runCli(['sign', 'setup', '--yes'], { ...here, env: typed });
    assert.match(kept.out, /^Your signer is kept: \S+bin-elsewhere/);
    assert.equal(repo.tryGit(['config', '--local', 'commit.gpgsign']).code, 1);
    // Statements are signed by it too, since it is the user's own word and not the repository's.
    repo.commit('a', '1');
    rmSync(`${program}.calls`, { force: true });
    const attest = await runCli(['attest', '--kind', 'svr'], { ...here, env: typed });
    assert.equal(attest.code, 0, attest.err);
    assert.ok(existsSync(`${program}.calls`));
  });

  it('finds a gpg key, and names a locked ssh key as the reason', async () => {
    const { here, repo, env, makeKey } = person('locked');
    makeKey('id_ed25519', 'secret words');
    await runCli(['sign', 'setup', '--yes'], here);
    const result = await runCli(['sign', 'status'], { ...here, env: { ...env, SSH_ASKPASS_REQUIRE: 'never' } });
    assert.equal(result.code, 1);
    assert.match(result.out, /passphrase/);
    assert.equal(repo.git('config', 'commit.gpgsign'), 'true');
  });
});

describe('pregate sign fix', () => {
  it('signs unpushed commits again and leaves published ones alone', async () => {
    const { here, repo, env, makeKey } = person('fix');
    makeKey();
    execFileSync('git', ['init', '-q', '--bare', box.at('fix.git')], { env });
    repo.commit('a', '1');
    repo.git('remote', 'add', 'origin', box.at('fix.git'));
    repo.git('push', '-q', '-u', 'origin', 'main');
    repo.commit('b', '2');
    repo.commit('c', '3');
    await runCli(['sign', 'setup', '--yes'], here);
    const fixed = await runCli(['sign', 'fix'], here);
    assert.equal(fixed.code, 0, fixed.err);
    assert.match(fixed.out, /2 commits? signed again/);
    const verified = await runCli(['verify', '--range', 'origin/main..HEAD'], here);
    assert.equal(verified.code, 0, verified.out);
    assert.match(verified.out, /^✓ 2 of 2 commits verified {3}/);
    const published = await runCli(['sign', 'fix', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'], here);
    assert.equal(published.code, 3);
    const again = await runCli(['sign', 'fix'], here);
    assert.match(again.out, /2 commits, each with a good signature; nothing was changed/);
  });

  it('keeps merges as they were solved, dates, uncommitted work and what is signed already', async () => {
    const { here, repo, env, makeKey } = person('merge');
    makeKey();
    execFileSync('git', ['init', '-q', '--bare', box.at('merge.git')], { env });
    repo.commit('a', '1');
    repo.git('remote', 'add', 'origin', box.at('merge.git'));
    repo.git('push', '-q', '-u', 'origin', 'main');
    await runCli(['sign', 'setup', '--yes'], here);
    repo.git('commit', '-qS', '--allow-empty', '-m', 'signed already');
    const kept = repo.git('rev-parse', 'HEAD');
    repo.git('switch', '-qc', 'side');
    repo.write('a', 'side\n');
    repo.git('commit', '-q', '--no-gpg-sign', '-am', 'side');
    repo.git('switch', '-q', 'main');
    repo.write('a', 'main\n');
    // Somebody else committed it; a signature vouches for the committer, so it becomes ours.
    repo.tryGit(['commit', '-q', '--no-gpg-sign', '-am', 'main'], {
      env: { ...env, GIT_COMMITTER_EMAIL: 'bob@example.com', GIT_COMMITTER_DATE: '@1700000000 +0100' },
    });
    repo.tryGit(['merge', 'side']);
    repo.write('a', 'solved by hand\n');
    repo.git('add', 'a');
    repo.git('commit', '-q', '--no-gpg-sign', '-m', 'merge');
    repo.git('tag', '--no-sign', 'v1');
    const shape = () => repo.git('log', '--format=%T %an %ae %at %ct %s', 'origin/main..HEAD');
    const before = shape();
    repo.write('a', 'not committed\n');
    const fixed = await runCli(['sign', 'fix'], here);
    assert.equal(fixed.code, 0, fixed.err);
    assert.match(fixed.out, /^3 commits? signed again/);
    assert.match(fixed.out, /refs\/tags\/v1 names an old commit still/);
    assert.equal(shape(), before);
    assert.equal(repo.git('merge-base', 'HEAD', kept), kept);
    assert.equal(repo.git('rev-list', '--merges', '--count', 'HEAD'), '1');
    assert.equal(readFileSync(`${repo.dir}/a`, 'utf8'), 'not committed\n');
    const verified = await runCli(['verify', '--range', 'origin/main..HEAD'], here);
    assert.match(verified.out, /^✓ 4 of 4 commits verified {3}/);
  });

  it("asks before a colleague's signature goes that cannot be verified here, and not before one's own", async () => {
    const { here, repo, env, makeKey } = person('colleague');
    makeKey();
    makeKey('theirs');
    execFileSync('git', ['init', '-q', '--bare', box.at('colleague.git')], { env });
    repo.commit('a', '1');
    repo.git('remote', 'add', 'origin', box.at('colleague.git'));
    repo.git('push', '-q', '-u', 'origin', 'main');
    await runCli(['sign', 'setup', '--yes'], here);
    const signed = (email: string, key: string) =>
      repo.tryGit(['-c', `user.signingKey=${key}`, 'commit', '-qS', '--allow-empty', '-m', email], {
        env: { ...env, GIT_COMMITTER_EMAIL: email },
      });
    assert.equal(signed('bob@example.com', `${env['HOME']}/.ssh/theirs`).code, 0);
    const theirs = repo.git('rev-parse', 'HEAD');
    const asked = await runCli(['sign', 'fix'], here);
    assert.equal(asked.code, 2, asked.out);
    assert.match(asked.out, /^1 commit signed by bob@example\.com, whose signature is lost/);
    assert.match(asked.err, /add --yes/);
    assert.equal(repo.git('rev-parse', 'HEAD'), theirs);
    assert.equal((await runCli(['sign', 'fix', '--yes'], here)).code, 0);
    // My own, before there is a list of signers.
    assert.equal(signed('person@example.com', `${env['HOME']}/.ssh/theirs`).code, 0);
    const own = await runCli(['sign', 'fix'], here);
    assert.equal(own.code, 0, own.err);
    assert.match(own.out, /^1 commits? signed again/);
  });

  it('names branches of either side of a merge, and leaves a commit alone that cannot be read whole', async () => {
    const { here, repo, env, makeKey } = person('sides');
    makeKey();
    execFileSync('git', ['init', '-q', '--bare', box.at('sides.git')], { env });
    repo.commit('a', '1');
    repo.git('remote', 'add', 'origin', box.at('sides.git'));
    repo.git('push', '-q', '-u', 'origin', 'main');
    repo.git('switch', '-qc', 'side');
    repo.commit('b', '2');
    repo.git('switch', '-q', 'main');
    repo.git('tag', '--no-sign', 'start');
    repo.commit('c', '3');
    repo.git('tag', '--no-sign', 'mine');
    repo.git('merge', '-q', '--no-edit', 'side');
    await runCli(['sign', 'setup', '--yes'], here);
    const fixed = await runCli(['sign', 'fix'], here);
    assert.match(fixed.out, /^3 commits? signed again/);
    for (const name of ['refs/heads/side', 'refs/tags/mine'])
      assert.ok(fixed.out.includes(`${name} names an old`), name);
    assert.ok(!fixed.out.includes('refs/tags/start'));
    repo.write('message', 'a line of a message\n'.repeat(300_000));
    repo.git('commit', '-q', '--no-gpg-sign', '--allow-empty', '-F', 'message');
    const head = repo.git('rev-parse', 'HEAD');
    const large = await runCli(['sign', 'fix'], here);
    assert.equal(large.code, 3, large.out);
    assert.match(large.err, /too large to be written anew\. Nothing was changed\. \[sign-fix\]/);
    assert.equal(repo.git('rev-parse', 'HEAD'), head);
  });
});

describe('what the person typed', () => {
  it('is found from inside a hook, with a shell in between', () => {
    const { repo, env } = person('typed');
    repo.write(
      '.git/hooks/pre-commit',
      `#!/bin/sh\nsh -c '"${process.execPath}" "${import.meta.dirname}/../support/print-git-words.ts"; :' >&2\n`,
    );
    execFileSync('chmod', ['+x', `${repo.dir}/.git/hooks/pre-commit`]);
    const result = repo.tryGit(['commit', '--allow-empty', '--no-gpg-sign', '-m', 'a message'], { env });
    assert.match(result.output, /\["commit","--allow-empty","--no-gpg-sign","-m","a message"\]/);
    assert.ok(Array.isArray(gitArguments(process.pid)) || gitArguments(process.pid) === undefined);
  });
});

it("translates git's messages", () => {
  assert.match(
    translate('error: No private key found for "/x"?\nfatal: failed to write commit object').reason,
    /agent/,
  );
  assert.match(translate('incorrect passphrase supplied to decrypt private key').reason, /passphrase/);
  const missing = translate('error: cannot run op-ssh-sign: No such file or directory');
  assert.match(`${missing.reason} ${missing.remedy}`, /not installed git config --show-origin/);
});

it('names what git and ssh-keygen say of files, settings and versions, as they say it', async () => {
  const { here, repo, home, makeKey } = person('said');
  makeKey();
  assert.equal((await runCli(['sign', 'setup', '--yes'], here)).code, 0);
  const status = async () => (await runCli(['sign', 'status'], here)).out;
  chmodSync(`${home}/.ssh/id_ed25519`, 0o644);
  assert.match(await status(), /others can read the private key.*\n {2}chmod 600 \S+\/\.ssh\/id_ed25519\n/);
  chmodSync(`${home}/.ssh/id_ed25519`, 0o600);
  const old = `${home}/ssh-keygen`;
  writeFileSync(old, '#!/bin/sh\necho "unknown option -- Y" >&2\necho "usage: ssh-keygen [-q]" >&2\nexit 1\n', {
    mode: 0o755,
  });
  repo.git('config', 'gpg.ssh.program', old);
  assert.match(await status(), /this ssh-keygen is too old to sign/);
  repo.git('config', '--unset', 'gpg.ssh.program');
  repo.git('config', 'gpg.format', 'shh');
  assert.match(await status(), /gpg\.format is none that git knows\.\n {2}git config gpg\.format ssh/);
});
