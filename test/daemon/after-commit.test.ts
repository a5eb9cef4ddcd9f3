/** Hooks correctness 11 and 12: a verdict is about one tree, and a commit that has none is looked at afterwards. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeRuntime } from '../../agent/state.ts';
import type { Repo } from '../git/support.ts';
import { remote, script } from '../hooks/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { world } from './support.ts';

const w = world();
let made = 0;

function repository(env: NodeJS.ProcessEnv): Repo {
  const repo = { ...w.box.repository(`r${++made}`), env };
  const git = (args: string[]) => repo.tryGit(args, { env });
  repo.commit('README.md', '# Example\n');
  remote(w.box, repo);
  repo.git('push', '-q', 'origin', 'main');
  const installed = w.shipped.run(['init', '--yes'], { cwd: repo.dir, env });
  assert.equal(installed.code, 0, installed.err);
  return { ...repo, tryGit: git };
}

const secret = (seed: number) => `TOKEN=${generateSecret('github-token', seed)}\n`;
const marks = () => {
  try {
    return readdirSync(path.join(w.state, 'unverified'));
  } catch {
    return [];
  }
};
/** The notes of commits that were checked, without the files that the daemon makes ready for the next ones. */
const notes = () => readdirSync(path.join(w.state, 'checked')).filter((name) => !name.startsWith('ready-'));
const bypasses = (repo: Repo, env: NodeJS.ProcessEnv) => {
  const shown = w.shipped.run(['log', 'show', '--json'], { cwd: repo.dir, env });
  return shown.out.match(/"how": ?"[a-z-]+"/g) ?? [];
};

for (const warm of [true, false]) {
  const env = warm ? w.env : { ...w.env, PREGATE_DAEMON: 'off' };
  const how = warm ? 'with the daemon' : 'without the daemon';

  test(`point 11: where no verdict can be kept that is said, and not that the index changed, ${how}`, async () => {
    if (warm) await w.start();
    const repo = repository(env);
    const checked = path.join(w.state, 'checked');
    rmSync(checked, { recursive: true, force: true });
    // No folder can be made here, and nothing be written below, whoever asks.
    writeFileSync(checked, '');
    repo.write('a.ts', 'export const a = 1;\n');
    repo.git('add', 'a.ts');
    const commit = repo.tryGit(['commit', '-qm', 'a']);
    rmSync(checked);
    assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} was looked at twice, because the state folder cannot be/);
    assert.ok(!commit.output.includes('index changed'));
    assert.deepEqual(bypasses(repo, env), []);
  });

  test(`point 11: a file that is staged while the hook runs is found at once, and stopped at the push, ${how}`, async () => {
    if (warm) await w.start();
    const repo = repository(env);
    // Another hook after ours, as lint-staged would be: it stages what nobody has looked at.
    const hook = path.join(repo.dir, '.git/hooks/pre-commit');
    const ours = readFileSync(hook, 'utf8').replace('. "$pregate"', '"$pregate" "$@" || exit $?');
    script(hook, `${ours}\ncp ../late.env late.env\ngit add late.env\n`);
    writeFileSync(path.join(repo.dir, '../late.env'), secret(1));
    repo.write('a.ts', 'export const a = 1;\n');
    repo.git('add', 'a.ts');
    const commit = repo.tryGit(['commit', '-qm', 'a']);
    assert.equal(commit.code, 0, commit.output);
    assert.match(repo.git('show', '--name-only', 'HEAD'), /late\.env/);
    assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in late\.env/m);
    assert.match(commit.output, /the index changed while its hook ran/);
    assert.ok(marks().includes(repo.git('rev-parse', 'HEAD')));
    assert.ok(bypasses(repo, env).some((one) => one.includes('index-changed')));
    const push = repo.tryGit(['push', '-q', 'origin', 'main']);
    assert.notEqual(push.code, 0);
    assert.match(push.output, /Pregate stopped this push: 1 secret in late\.env/);
    repo.git('reset', '-q', '--soft', 'HEAD~1');
  });

  test(`point 11: --no-verify is seen at once, said, and the push looks again, ${how}`, () => {
    const repo = repository(env);
    repo.write('b.env', secret(2));
    repo.git('add', '-A');
    const commit = repo.tryGit(['commit', '-qnm', 'b']);
    assert.equal(commit.code, 0);
    assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in b\.env/);
    assert.match(commit.output, /its hooks were skipped \(--no-verify\)/);
    assert.notEqual(repo.tryGit(['push', '-q', 'origin', 'main']).code, 0);
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.write('c.ts', 'export const c = 1;\n');
    repo.git('add', '-A');
    const clean = repo.tryGit(['commit', '-qnm', 'c']);
    assert.match(clean.output, /^Pregate: commit [0-9a-f]{7} was not checked before it was made.*nothing would have/);
    assert.equal(repo.tryGit(['push', '-q', 'origin', 'main']).output, '');
    assert.ok(bypasses(repo, env).filter((one) => one.includes('no-verify')).length >= 2);
  });

  test(`point 12: a commit with a verdict is silent, and so are amended, picked and reverted ones that are clean, ${how}`, () => {
    const repo = repository(env);
    repo.write('d.ts', 'export const d = 1;\n');
    repo.git('add', '-A');
    const before = notes();
    assert.deepEqual(repo.tryGit(['commit', '-qm', 'd']), { code: 0, output: '' });
    const tree = repo.git('rev-parse', 'HEAD^{tree}');
    const parent = repo.git('rev-parse', 'HEAD^');
    assert.deepEqual(
      notes().filter((name) => !before.includes(name)),
      [`${parent}-${tree}`],
    );
    assert.deepEqual(repo.tryGit(['commit', '-q', '--amend', '-m', 'other words']), { code: 0, output: '' });
    assert.equal(repo.tryGit(['revert', '--no-edit', 'HEAD']).output.includes('Pregate'), false);
    assert.equal(repo.tryGit(['cherry-pick', 'HEAD~1']).output.includes('Pregate'), false);
    assert.deepEqual(
      marks().filter((one) => repo.tryGit(['cat-file', '-e', `${one}^{commit}`]).code === 0),
      [],
    );
  });

  test(`point 12: a commit of named files has a verdict, though git says no tree of its index; one behind it has none, ${how}`, () => {
    const repo = repository(env);
    repo.write('README.md', '# Named\n');
    assert.deepEqual(repo.tryGit(['commit', '-qm', 'named', '--', 'README.md']), { code: 0, output: '' });
    assert.deepEqual(bypasses(repo, env), []);
    const hook = path.join(repo.dir, '.git/hooks/pre-commit');
    const ours = readFileSync(hook, 'utf8').replace('. "$pregate"', '"$pregate" "$@" || exit $?');
    script(hook, `${ours}\ngit add late.env\n`);
    repo.write('late.env', secret(11));
    repo.write('README.md', '# Named again\n');
    const commit = repo.tryGit(['commit', '-qm', 'again', '--', 'README.md']);
    assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in late\.env/m);
    assert.ok(bypasses(repo, env).some((one) => one.includes('index-changed')));
  });

  test(`point 11: a verdict about the same tree on another parent does not count, ${how}`, () => {
    const repo = repository(env);
    repo.write('e.ts', `export const e = '${how}';\n`);
    repo.git('add', '-A');
    assert.deepEqual(repo.tryGit(['commit', '-qm', 'e']), { code: 0, output: '' });
    // The same tree once more, as the first commit of a branch without history.
    repo.git('switch', '-q', '--orphan', 'fresh');
    repo.git('read-tree', 'main');
    const orphan = repo.tryGit(['commit', '-qnm', 'again']);
    assert.match(orphan.output, /was not checked before it was made/);
  });
}

test('point 11: what is staged after git has told the shell, and before Node looks, is not taken for looked at', () => {
  const env = { ...w.env, PREGATE_DAEMON: 'off' };
  const repo = repository(env);
  const slow = w.box.at('slow-node');
  const told = w.box.at('told');
  // Node comes when everything has been said, and finds another index, whole with the tree that it would become.
  script(
    slow,
    `#!/bin/sh\n[ "$3" = pre-commit ] || exec '${process.execPath}' "$@"
cat >'${told}'\ngit add late.env\ngit write-tree >/dev/null\nexec '${process.execPath}' "$@" <'${told}'\n`,
  );
  writeRuntime({ executable: slow, electron: false }, env);
  repo.write('late.env', secret(9));
  repo.write('a.ts', 'export const a = 9;\n');
  repo.git('add', 'a.ts');
  const commit = repo.tryGit(['commit', '-qm', 'a']);
  writeRuntime({ executable: process.execPath, electron: false }, env);
  assert.equal(commit.code, 0, commit.output);
  assert.match(repo.git('show', '--name-only', 'HEAD'), /late\.env/);
  assert.match(commit.output, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in late\.env/m);
});
