/** Hooks correctness 12: commits that git makes one after the other are looked at once, with the last, and all of them. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Repo } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { world } from './support.ts';

const w = world();
let made = 0;

/** A repository with hooks, and a branch `topic` of these files, one commit each, beside one more commit on `main`. */
function branched(env: NodeJS.ProcessEnv, files: Record<string, string>): Repo {
  const repo = { ...w.box.repository(`s${++made}`), env };
  const git = (args: string[]) => repo.tryGit(args, { env });
  repo.commit('README.md', '# Example\n');
  repo.git('switch', '-qc', 'topic');
  for (const [name, text] of Object.entries(files)) repo.commit(name, text, `Add ${name}`);
  repo.git('switch', '-q', 'main');
  repo.commit('other.ts', 'export const other = 1;\n');
  repo.git('switch', '-q', 'topic');
  const installed = w.shipped.run(['init', '--yes'], { cwd: repo.dir, env });
  assert.equal(installed.code, 0, installed.err);
  return { ...repo, tryGit: git };
}

const token = (seed: number) => `TOKEN=${generateSecret('github-token', seed)}\n`;
const plain = (name: string) => `export const ${name} = 1;\n`;
const clean = { 'a.ts': plain('a'), 'b.ts': plain('b'), 'c.ts': plain('c') };
const leaking = (seed: number) => ({ 'a.ts': plain('a'), 'late.env': token(seed), 'c.ts': plain('c') });
const bypasses = (repo: Repo) => {
  const shown = w.shipped.run(['log', 'show', '--json'], { cwd: repo.dir, env: repo.env });
  return [...shown.out.matchAll(/"how": ?"([a-z-]+)"/g)].map((match) => match[1]);
};
const isMarked = (commit: string) => existsSync(path.join(w.state, 'unverified', commit));
const answered = async () => (await w.status())?.served ?? 0;

for (const warm of [true, false]) {
  const env = warm ? w.env : { ...w.env, PREGATE_DAEMON: 'off' };
  const how = warm ? 'with the daemon' : 'without the daemon';

  test(`a rebase is looked at once and is silent when nothing is wrong, ${how}`, async () => {
    if (warm) await w.start();
    const repo = branched(env, clean);
    const before = await answered();
    assert.deepEqual(repo.tryGit(['rebase', '-q', 'main']), { code: 0, output: '' });
    if (warm) assert.equal((await answered()) - before, 1);
  });

  test(`a secret in the middle of a rebase or of several picks is told at their end, ${how}`, () => {
    const repo = branched(env, leaking(1));
    const start = repo.git('rev-parse', 'HEAD');
    const rebase = repo.tryGit(['rebase', '-q', 'main']);
    assert.equal(rebase.code, 0);
    assert.equal(rebase.output.split('Pregate:').length, 2, rebase.output);
    assert.match(
      rebase.output,
      /one of the 3 commits that git made just now would have been stopped: 1 secret in late\.env/,
    );
    assert.ok(rebase.output.includes(`git reset --keep ${start.slice(0, 12)}`));
    assert.ok(isMarked(repo.git('rev-parse', 'HEAD~1')));
    repo.git('switch', '-q', 'main');
    const picked = repo.tryGit(['cherry-pick', 'topic~3..topic']);
    assert.equal(picked.code, 0, picked.output);
    assert.equal(picked.output.split('Pregate:').length, 2, picked.output);
    assert.match(picked.output, /would have been stopped: 1 secret in late\.env/);
  });

  test(`what a person commits at a stop of a rebase is looked at there, and what was picked before with the end, ${how}`, () => {
    const repo = branched(env, leaking(2));
    repo.env['GIT_SEQUENCE_EDITOR'] = "sed -i -e '/Add a.ts/s/^pick/edit/' -e '/Add c.ts/s/^pick/edit/'";
    const stopped = repo.tryGit(['rebase', '-i', 'main']);
    assert.doesNotMatch(stopped.output, /Pregate/);
    repo.write('by-hand.env', token(3));
    repo.git('add', '-A');
    const commit = repo.tryGit(['commit', '-qnm', 'by hand']);
    assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in by-hand\.env/);
    assert.match(commit.output, /--no-verify/);
    repo.git('rm', '-qf', 'by-hand.env');
    repo.git('commit', '-q', '--amend', '--allow-empty', '-nm', 'nothing');
    const picked = repo.tryGit(['rebase', '--continue']);
    assert.match(picked.output, /would have been stopped: 1 secret in late\.env/);
    repo.write('c.ts', plain('changed'));
    repo.git('add', '-A');
    const end = repo.tryGit(['commit', '-q', '--amend', '--no-edit']);
    // It has been told a moment ago, and this commit was looked at before it was made.
    assert.equal(end.output, '');
    repo.tryGit(['rebase', '--abort']);
  });

  test(`point 11: what git skips itself, and what a hook has let pass, is no bypass, ${how}`, () => {
    const repo = branched(env, { ...clean, 'late.env': token(5) });
    const before = bypasses(repo);
    const exec = repo.tryGit([
      'rebase',
      '-q',
      'main',
      '--exec',
      'date >>made.ts; git add made.ts; git commit -qm made',
    ]);
    assert.equal(exec.output.split('Pregate:').length, 2, exec.output);
    assert.match(exec.output, /one of the \d commits that git made just now would have been stopped: 1 secret in late/);
    repo.git('reset', '-q', '--hard', 'HEAD~2');
    repo.env['GIT_SEQUENCE_EDITOR'] = 'sed -i 2s/pick/squash/';
    const squash = repo.tryGit(['rebase', '-q', '-i', '--force-rebase', 'HEAD~3']);
    assert.equal(squash.code, 0, squash.output);
    assert.doesNotMatch(squash.output, /Pregate/);
    const picked = repo.tryGit(['cherry-pick', '-e', 'topic@{1}']);
    assert.doesNotMatch(picked.output, /--no-verify|index changed/, picked.output);
    const told = bypasses(repo).slice(before.length);
    assert.deepEqual([...new Set(told)], ['unchecked']);
  });

  test(`an amended commit has a verdict, ${how}`, () => {
    const repo = branched(env, clean);
    repo.write('c.ts', plain('better'));
    repo.git('add', '-A');
    assert.deepEqual(repo.tryGit(['commit', '-q', '--amend', '--no-edit']), { code: 0, output: '' });
    const [parent, tree] = [repo.git('rev-parse', 'HEAD^'), repo.git('rev-parse', 'HEAD^{tree}')];
    assert.ok(readdirSync(path.join(w.state, 'checked')).includes(`${parent}-${tree}`));
  });
}
