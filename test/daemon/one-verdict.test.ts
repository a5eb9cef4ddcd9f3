/** The daemon, a hook on its own and the command line say the same, to the letter, about the same commit and push. */
import assert from 'node:assert/strict';
import { symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Repo } from '../git/support.ts';
import { remote } from '../hooks/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { world } from './support.ts';

const w = world();
let made = 0;

function repository(): Repo {
  const repo = w.box.repository(`r${++made}`);
  repo.commit('README.md', '# Example\n');
  return repo;
}

const secret = (seed: number) => generateSecret('github-token', seed);

/** Both ways of one hook; the daemon must have answered itself. */
async function same(repo: Repo, words: string[], options: { env?: NodeJS.ProcessEnv; input?: string } = {}) {
  for (let tries = 1; ; tries++) {
    const before = await w.start();
    const warm = w.hook(repo, words, options);
    const after = await w.status();
    assert.equal(after?.served, before.served + 1, `asked about ${words.join(' ')}`);
    // On a machine that is busy elsewhere it may leave one to the hook itself.
    if (after?.cold !== before.cold && tries < 10) continue;
    assert.equal(after?.cold, before.cold, `answered ${words.join(' ')}`);
    assert.deepEqual(warm, w.hook(repo, words, { ...options, warm: false }), words.join(' '));
    return warm;
  }
}

interface Case {
  name: string;
  code: number;
  make: (repo: Repo) => NodeJS.ProcessEnv | undefined;
}

const workflow =
  'on: pull_request_target\njobs:\n  go:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: acme/x@v1\n';

const commits: Case[] = [
  { name: 'nothing staged', code: 0, make: () => undefined },
  {
    name: 'plain sources',
    code: 0,
    make(repo) {
      for (let file = 0; file < 10; file++) repo.write(`src/${file}.ts`, `export const a = ${file};\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'a secret that the working tree no longer has',
    code: 1,
    make(repo) {
      repo.write('deploy.env', `TOKEN=${secret(1)}\n`);
      repo.git('add', '-A');
      repo.write('deploy.env', 'TOKEN=\n');
      return undefined;
    },
  },
  {
    name: 'secrets in names, links and bytes that are no text',
    code: 1,
    make(repo) {
      repo.write(`keys/${secret(2)}.txt`, 'x\n');
      symlinkSync(`/srv/${secret(3)}`, path.join(repo.dir, 'link'));
      writeFileSync(
        path.join(repo.dir, 'blob.bin'),
        Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(` ${secret(4)} `)]),
      );
      repo.write('utf16.txt', Buffer.from(`\ufeffTOKEN=${secret(5)}\n`, 'utf16le'));
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'names that are no UTF-8, with line feeds and quotes',
    code: 1,
    make(repo) {
      writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/caf`), Buffer.from([0xe9])]), `${secret(6)}\n`);
      repo.write('a\n"b"\t$(x)', `${secret(7)}\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'pipelines, locks and container files',
    code: 0,
    make(repo) {
      repo.commit('.github/workflows/old.yml', workflow);
      repo.write('.github/workflows/new.yml', workflow);
      repo.write('package.json', '{"name":"a","dependencies":{"left-pad":"^1.0.0"}}\n');
      repo.write('Dockerfile', 'FROM node:22\nRUN curl https://example.com/x.sh | sh\n');
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'configuration and baseline that are committed already, and one that is staged',
    code: 1,
    make(repo) {
      repo.commit('pregate.yaml', 'version: 1\nexclude:\n  - fixtures/**\n');
      repo.write('fixtures/a.env', `TOKEN=${secret(8)}\n`);
      repo.write('b.env', `TOKEN=${secret(9)}\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'a configuration that cannot be read',
    code: 3,
    make(repo) {
      repo.write('pregate.yaml', 'version: 1\nexclude: {\n');
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'the configuration taken away',
    code: 1,
    make(repo) {
      repo.commit('pregate.yaml', 'version: 1\nexclude:\n  - "**"\n');
      repo.git('rm', '-q', 'pregate.yaml');
      repo.write('c.env', `TOKEN=${secret(10)}\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'a conflict',
    code: 1,
    make(repo) {
      repo.write('a.ts', `${'<'.repeat(7)} HEAD\na\n${'='.repeat(7)}\nb\n${'>'.repeat(7)} other\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'another index than the usual one',
    code: 1,
    make(repo) {
      const env = { GIT_INDEX_FILE: path.join(repo.dir, '.git/other-index') };
      repo.write('d.env', `TOKEN=${secret(11)}\n`);
      repo.tryGit(['read-tree', 'HEAD'], { env });
      repo.tryGit(['add', 'd.env'], { env });
      return env;
    },
  },
  {
    name: 'signatures that are due',
    code: 1,
    make(repo) {
      repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
      repo.write('e.txt', 'e\n');
      repo.git('add', '-A');
      return undefined;
    },
  },
  {
    name: 'a merge that is being concluded',
    code: 1,
    make(repo) {
      repo.git('switch', '-qc', 'side');
      repo.commit('shared.txt', 'side\n');
      repo.git('switch', '-q', 'main');
      repo.commit('shared.txt', 'main\n');
      repo.tryGit(['merge', 'side']);
      repo.write('shared.txt', `both ${secret(12)}\n`);
      repo.git('add', '-A');
      return undefined;
    },
  },
];

for (const { name, code, make } of commits) {
  test(`pre-commit: ${name}`, async () => {
    const repo = repository();
    const env = { GIT_INDEX_FILE: '.git/index', ...make(repo) };
    // `git commit` leaves the index saying which tree it would become; other programs, and some of these cases, do not.
    if (made % 3 > 0) repo.tryGit(['write-tree'], { env });
    const told = await same(repo, ['pre-commit'], { env });
    assert.equal(told.code, code, told.err);
    const check = w.shipped.run(['check', '--staged', '--json'], { cwd: repo.dir, env: { ...w.env, ...env } });
    const blocks = (JSON.parse(check.out) as { findings: { blocks: string[]; rule: string }[] }).findings.filter(
      (one) => one.blocks.includes('commit'),
    );
    for (const { rule } of blocks.slice(0, 4)) assert.match(told.err, new RegExp(rule));
    if (code === 0) assert.deepEqual(blocks, []);
  });
}

test('pre-commit: before the first commit, in a linked worktree, with a detached HEAD and with packed refs', async () => {
  const first = w.box.repository('unborn');
  first.write('a.env', `TOKEN=${secret(20)}\n`);
  first.git('add', '-A');
  assert.equal((await same(first, ['pre-commit'])).code, 1);

  const repo = repository();
  const dir = w.box.at('linked');
  repo.git('worktree', 'add', '-q', dir);
  const linked = { ...repo, dir };
  writeFileSync(path.join(dir, 'a.env'), `TOKEN=${secret(21)}\n`);
  repo.git('-C', dir, 'add', '-A');
  assert.equal((await same(linked, ['pre-commit'])).code, 1);

  repo.write('b.env', `TOKEN=${secret(22)}\n`);
  repo.git('add', '-A');
  repo.git('pack-refs', '--all');
  assert.equal((await same(repo, ['pre-commit'])).code, 1);
  repo.git('switch', '-q', '--detach');
  assert.equal((await same(repo, ['pre-commit'])).code, 1);
});

test('a setting that changes between two commits counts at once', async () => {
  const repo = repository();
  repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
  repo.write('a.txt', 'a\n');
  repo.git('add', '-A');
  assert.equal((await same(repo, ['pre-commit'])).code, 1);
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'user.signingkey', 'ssh-ed25519 AAAA');
  repo.git('config', 'commit.gpgsign', 'true');
  assert.equal((await same(repo, ['pre-commit'])).code, 0);
  repo.git('config', 'commit.gpgsign', 'false');
  assert.equal((await same(repo, ['pre-commit'])).code, 1);
});

test('commit-msg: a message with and without a secret', async () => {
  const repo = repository();
  for (const [text, code] of [
    ['a plain message\n', 0],
    [`use ${secret(30)}\n\n# comment\n`, 1],
  ] as const) {
    writeFileSync(path.join(repo.dir, '.git/COMMIT_EDITMSG'), text);
    assert.equal((await same(repo, ['commit-msg', '.git/COMMIT_EDITMSG'], { env: { GIT_EDITOR: ':' } })).code, code);
  }
});

test('pre-push: new branches, tags, deletions, a secret that was added and removed again', async () => {
  const repo = repository();
  remote(w.box, repo);
  const url = repo.git('remote', 'get-url', 'origin');
  const zero = '0'.repeat(40);
  const push = (input: string) => same(repo, ['pre-push', 'origin', url], { input });
  const line = (ref: string, remoteOid = zero) => `${ref} ${repo.git('rev-parse', ref)} ${ref} ${remoteOid}\n`;
  assert.equal((await push(line('refs/heads/main'))).code, 0);
  repo.git('push', '-q', 'origin', 'main');
  const base = repo.git('rev-parse', 'HEAD');
  repo.commit('x.env', `TOKEN=${secret(40)}\n`);
  repo.commit('x.env', 'TOKEN=\n');
  assert.equal((await push(line('refs/heads/main', base))).code, 1);
  repo.git('tag', '-a', 'v1', '-m', `release ${secret(41)}`, base);
  assert.equal((await push(line('refs/tags/v1'))).code, 1);
  assert.equal((await push(`(delete) ${zero} refs/heads/old ${base}\n`)).code, 0);
  repo.git('branch', 'clean', base);
  assert.equal((await push(`${line('refs/heads/clean')}${line('refs/heads/main', base)}`)).code, 1);
});

test('a push of nothing asks nobody', async () => {
  const repo = repository();
  const before = await w.start();
  assert.deepEqual(w.hook(repo, ['pre-push', 'origin', 'x']), { code: 0, err: '' });
  assert.equal((await w.status())?.served, before.served);
});
