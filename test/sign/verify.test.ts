import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { splitCommit } from '../../agent/sign/commit-object.ts';
import { verifySshsig } from '../../agent/sign/sshsig.ts';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { type Repo, type Sandbox, sandbox } from '../git/support.ts';

const box = sandbox();

/** Makes a key pair with the real ssh-keygen and returns the path of the private key. */
function makeKey(name: string, ...type: string[]): string {
  const path = box.at(name);
  const words = type.length > 0 ? type : ['-t', 'ed25519'];
  execFileSync('ssh-keygen', ['-q', '-N', '', '-C', name, ...words, '-f', path], { env: box.env });
  return path;
}

function publicKey(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
}

/** A repository that signs with `key`, and whose allowed signers are `lines`. */
function signing(sandboxOf: Sandbox, name: string, key: string, lines: string[]): Repo {
  const repo = sandboxOf.repository(name);
  const allowed = sandboxOf.at(`${name}.allowed`);
  writeFileSync(allowed, `${lines.join('\n')}\n`);
  for (const [setting, value] of [
    ['gpg.format', 'ssh'],
    ['user.signingkey', `${key}.pub`],
    ['commit.gpgsign', 'true'],
    ['gpg.ssh.allowedSignersFile', allowed],
  ] as const) {
    repo.git('config', setting, value);
  }
  return repo;
}

async function statusOf(repo: Repo, oid: string) {
  const info = (await verifyCommits({ root: repo.dir }, [oid], { env: repo.env })).get(oid);
  assert.ok(info);
  return info;
}

const email = 'dev@example.com';

describe('SSH signatures of real git commits', () => {
  for (const type of [
    ['-t', 'ed25519'],
    ['-t', 'rsa', '-b', '2048'],
    ['-t', 'rsa', '-b', '3072'],
    ['-t', 'ecdsa', '-b', '256'],
    ['-t', 'ecdsa', '-b', '384'],
    ['-t', 'ecdsa', '-b', '521'],
  ]) {
    it(`accepts ${type.join(' ')}, as git does`, async () => {
      const name = type.join('').replace(/-/g, '');
      const key = makeKey(name, ...type);
      const repo = signing(box, `repo-${name}`, key, [`* ${publicKey(key)}`]);
      const oid = repo.commit('a', 'x');
      assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
      const info = await statusOf(repo, oid);
      assert.equal(info.status, 'good');
      const listed = execFileSync('ssh-keygen', ['-lf', `${key}.pub`], { env: box.env, encoding: 'utf8' });
      assert.equal(info.key, listed.split(' ')[1]);
    });
  }

  it('tells a commit of Ann signed by Bob, which git calls good', async () => {
    const key = makeKey('bob');
    const repo = signing(box, 'repo-bob', key, [`bob@example.com ${publicKey(key)}`]);
    const oid = repo.commit('a', 'x');
    assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
    const info = await statusOf(repo, oid);
    assert.equal(info.status, 'wrong-principal');
    assert.match(info.detail ?? '', /bob@example\.com/);
  });

  it('does not know a key that is not listed, and says when there is no list', async () => {
    const key = makeKey('stranger');
    const repo = signing(box, 'repo-stranger', key, []);
    const oid = repo.commit('a', 'x');
    assert.equal((await statusOf(repo, oid)).status, 'untrusted');
    repo.git('config', '--unset', 'gpg.ssh.allowedSignersFile');
    assert.match((await statusOf(repo, oid)).detail ?? '', /no allowed-signers file/);
  });

  it('does not trust an allowed-signers file of the working tree', async () => {
    const key = makeKey('insider');
    const repo = signing(box, 'repo-insider', key, []);
    repo.write('allowed_signers', `* ${publicKey(key)}\n`);
    repo.git('config', 'gpg.ssh.allowedSignersFile', 'allowed_signers');
    const oid = repo.commit('a', 'x');
    assert.equal((await statusOf(repo, oid)).status, 'untrusted');
  });

  it('judges valid-before by the date of the commit, and namespaces', async () => {
    const key = makeKey('old');
    const repo = signing(box, 'repo-old', key, [`* valid-before="20200101Z" ${publicKey(key)}`]);
    assert.equal((await statusOf(repo, repo.commit('a', 'x'))).status, 'expired');
    const other = signing(box, 'repo-namespace', key, [`* namespaces="file" ${publicKey(key)}`]);
    assert.equal((await statusOf(other, other.commit('a', 'x'))).status, 'untrusted');
  });

  it('says none for an unsigned commit', async () => {
    const repo = box.repository('repo-unsigned');
    assert.deepEqual(await statusOf(repo, repo.commit('a', 'x')), { present: false, status: 'none' });
  });
});

describe('mutants of a signed commit', () => {
  it('never calls one good that git calls bad (1,000, seeded)', async () => {
    const key = makeKey('mutants');
    const repo = signing(box, 'repo-mutants', key, [`* ${publicKey(key)}`]);
    const oid = repo.commit('a', 'x');
    const original = execFileSync('git', ['cat-file', 'commit', oid], { cwd: repo.dir, env: repo.env });
    const next = generator(20261123);
    let good = 0;
    for (let count = 0; count < 1000; count++) {
      const mutant = mutate(original, next);
      if (mutant.equals(original)) continue;
      const { payload, signature } = splitCommit(mutant);
      if (signature === undefined) continue;
      const result = verifySshsig(signature, payload, 'git');
      if (result.status !== 'good') continue;
      good++;
      // The rare survivor must be one that git accepts too: written as an object and asked.
      const id = execFileSync('git', ['hash-object', '-t', 'commit', '--literally', '-w', '--stdin'], {
        cwd: repo.dir,
        env: repo.env,
        input: mutant,
        encoding: 'utf8',
      }).trim();
      assert.equal(repo.tryGit(['verify-commit', id]).code, 0, `mutant ${count} is good here and bad for git`);
    }
    assert.ok(good < 20, `${good} of 1000 mutants were called good`);
  });
});

describe('OpenPGP', () => {
  it('verifies with the real gpg, and binds the signer to the committer', async () => {
    const home = box.at('gnupg');
    execFileSync('mkdir', ['-m', '700', home]);
    const env = { ...box.env, GNUPGHOME: home };
    const made = execFileSync(
      'sh',
      [
        '-c',
        'gpg --batch --passphrase "" --quick-gen-key "Dev <dev@example.com>" ed25519 sign 2>&1; gpg --batch --list-secret-keys --with-colons',
      ],
      { env, encoding: 'utf8' },
    );
    const id = /^sec:.*$/m.exec(made)?.[0].split(':')[4];
    assert.ok(id, made);
    const repo = box.repository('repo-gpg');
    const gpgRepo = { ...repo, env: { ...repo.env, GNUPGHOME: home } };
    repo.git('config', 'user.signingkey', id);
    repo.git('config', 'user.email', email);
    const commit = (...words: string[]) => {
      execFileSync('git', ['commit', '-q', '--allow-empty', '-S', '-m', 'x', ...words], {
        cwd: repo.dir,
        env: gpgRepo.env,
      });
      return repo.git('rev-parse', 'HEAD');
    };
    const info = await statusOf(gpgRepo, commit());
    assert.equal(info.status, 'good');
    assert.equal(info.format, 'openpgp');
    repo.git('config', 'user.email', 'somebody@example.com');
    assert.equal((await statusOf(gpgRepo, commit())).status, 'wrong-principal');
    execFileSync('gpgconf', ['--kill', 'gpg-agent'], { env });
  });
});

/** One byte changed, taken out, doubled, or two neighbours swapped: most often inside the signature. */
function mutate(bytes: Buffer, next: (bound: number) => number): Buffer {
  const start = next(4) === 0 ? 0 : bytes.indexOf('gpgsig');
  const end = start === 0 ? bytes.length : bytes.indexOf('-----END');
  const at = start + next(end - start);
  const copy = Buffer.from(bytes);
  switch (next(5)) {
    case 0:
      copy[at] = (copy[at] as number) ^ (1 << next(8));
      return copy;
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + 1), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(' '), bytes.subarray(at)]);
    default:
      copy[at] = bytes[at + 1] as number;
      copy[at + 1] = bytes[at] as number;
      return copy;
  }
}

/** Park and Miller's generator: the same thousand mutants in every run. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
}
