import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readRuntime, stateFolder, writeRuntime } from '../../agent/state.ts';
import { planInstall } from '../../hooks/install.ts';
import { removeInstall } from '../../hooks/remove.ts';
import { hooksReport } from '../../hooks/status.ts';
import { repo } from '../git/support.ts';
import { install, recorded, remote, script, snapshot } from './support.ts';

const { box, build, fresh } = recorded();

const objects = (name: string) => /^\.git\/(objects|logs|index|COMMIT_EDITMSG|refs|HEAD|ORIG_HEAD)/.test(name);

test("plain: the hooks run with git's arguments, input and index, and stop git", async () => {
  const r = fresh();
  remote(box, r);
  const before = snapshot(r.dir, objects);
  await install(r, build.folder);
  assert.deepEqual((await hooksReport(r.dir, r.env)).healthy, true);
  r.write('a', '1');
  r.git('add', 'a');
  assert.equal(r.tryGit(['commit', '-qam', 'x']).code, 0);
  const [commit, message, after] = build.calls();
  assert.deepEqual(commit?.args, ['hook', 'pre-commit']);
  assert.match(commit?.index ?? '', /index\.lock$/);
  assert.deepEqual(message?.args, ['hook', 'commit-msg', '.git/COMMIT_EDITMSG']);
  assert.deepEqual(after?.args, ['hook', 'post-commit']);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'main']).code, 0);
  const [push] = build.calls();
  assert.deepEqual(push?.args.slice(0, 3), ['hook', 'pre-push', 'origin']);
  assert.match(push?.input ?? '', new RegExp(`^refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main 0+\n$`));
  build.answer(1);
  r.write('a', '2');
  const stopped = r.tryGit(['commit', '-qam', 'y']);
  assert.equal(stopped.code, 1);
  assert.match(stopped.output, /^Pregate stopped this/);
  assert.equal(r.git('log', '--oneline').split('\n').length, 2);
  build.answer(0);
  await removeInstall(r.dir, r.env);
  r.git('reset', '-q', '--hard');
  rmSync(path.join(r.dir, 'a'));
  assert.deepEqual(snapshot(r.dir, objects), before);
});

test('users who share a repository run their own Pregate, and nothing out of the home of who installed it', {
  skip: process.getuid?.() === 0 ? false : 'only root can give files away',
}, async () => {
  const r = fresh();
  await install(r, build.folder);
  const stub = path.join(r.dir, '.git/hooks/pre-commit');
  const before = readFileSync(stub);
  const theirs = path.join(stateFolder(r.env), 'hooks/dispatch');
  const kept = readFileSync(theirs);
  script(theirs, `touch ${box.at('ran-theirs')}; exit 0`);
  chownSync(theirs, 65534, 65534);
  const second = repo(r.dir, { ...r.env, XDG_STATE_HOME: box.at('second/state') });
  second.write('a', '1');
  second.git('add', 'a');
  const without = second.tryGit(['commit', '-qm', 'x']);
  assert.match(without.output, /^Pregate could not check this: it is not installed for this user/);
  await install(second, build.folder);
  assert.deepEqual(readFileSync(stub), before);
  assert.equal((await hooksReport(second.dir, second.env)).healthy, true);
  build.calls();
  build.answer(1);
  assert.match(second.tryGit(['commit', '-qm', 'x']).output, /^Pregate stopped this/);
  assert.equal(build.calls().length, 1);
  assert.ok(!existsSync(box.at('ran-theirs')));
  build.answer(0);
  writeFileSync(theirs, kept);
  chownSync(theirs, 0, 0);
});

test('merges run pre-merge-commit, and a refused one is not made', async () => {
  const r = fresh();
  r.git('checkout', '-qb', 'side');
  r.commit('side', '1');
  r.git('checkout', '-q', 'main');
  r.commit('main', '1');
  await install(r, build.folder);
  build.answer(1);
  assert.notEqual(r.tryGit(['merge', '-q', '--no-edit', 'side']).code, 0);
  assert.deepEqual(
    build.calls().map((call) => call.args),
    [['hook', 'pre-merge-commit']],
  );
});

test('point 22: hooks that are there stay, are called with the same input, and come back byte for byte', async () => {
  const r = fresh();
  remote(box, r);
  const hooks = path.join(r.dir, '.git/hooks');
  const out = `${r.dir}-old`;
  const odd = Buffer.from('#!/bin/sh\n# caf\xe9 without a final line feed\n', 'latin1');
  script(path.join(hooks, 'pre-commit'), '');
  writeFileSync(
    path.join(hooks, 'pre-commit'),
    Buffer.concat([odd, Buffer.from(`echo "commit $# $GIT_INDEX_FILE" >>'${out}'`)]),
  );
  script(path.join(hooks, 'pre-push'), `#!/bin/sh\necho "push $1" >>'${out}'\ncat >>'${out}'\n`, 0o700);
  script(box.at('linked-hook'), `#!/bin/sh\necho "msg $1" >>'${out}'\n`);
  symlinkSync(box.at('linked-hook'), path.join(hooks, 'commit-msg'));
  script(path.join(hooks, 'pre-merge-commit'), '#!/bin/sh\nexit 1\n', 0o644);
  const before = snapshot(hooks);
  const plan = await install(r, build.folder);
  assert.equal(plan.actions.filter((action) => action.kind === 'keep').length, 4);
  r.write('a', '1');
  r.git('add', 'a');
  assert.equal(r.tryGit(['commit', '-qm', 'x']).code, 0);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'main']).code, 0);
  const line = `refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main ${'0'.repeat(40)}\n`;
  assert.equal(readFileSync(out, 'utf8'), `commit 0 .git/index\nmsg .git/COMMIT_EDITMSG\npush origin\n${line}`);
  assert.equal(build.calls().at(-1)?.input, line);
  await removeInstall(r.dir, r.env);
  assert.deepEqual(snapshot(hooks), before);
});

test('a kept hook that fails stops git, ours that fails stops the kept push hook', async () => {
  const r = fresh();
  remote(box, r);
  const out = `${r.dir}-ran`;
  script(path.join(r.dir, '.git/hooks/pre-commit'), '#!/bin/sh\nexit 7\n');
  script(path.join(r.dir, '.git/hooks/pre-push'), `#!/bin/sh\ntouch '${out}'\n`);
  await install(r, build.folder);
  r.write('a', '1');
  r.git('add', 'a');
  assert.equal(r.tryGit(['commit', '-qm', 'x']).code, 1);
  assert.deepEqual(build.calls(), []);
  build.answer(1);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'main']).code, 1);
  assert.equal(existsSync(out), false);
});

test('removal restores bytes, modes and links; what was changed since loses only our lines', async () => {
  const r = fresh();
  const hooks = path.join(r.dir, '.git/hooks');
  script(path.join(hooks, 'pre-commit'), '#!/bin/sh\nexit 0', 0o755);
  symlinkSync('../../first', path.join(hooks, 'commit-msg'));
  script(path.join(hooks, 'pre-push'), '#!/bin/sh\nexit 1\n', 0o644);
  const before = snapshot(hooks);
  await install(r, build.folder);
  await install(r, build.folder);
  assert.deepEqual((await removeInstall(r.dir, r.env)).changed, []);
  assert.deepEqual(snapshot(hooks), before);
  await install(r, build.folder);
  appendFileSync(path.join(hooks, 'pre-merge-commit'), 'echo added by hand\n');
  const removal = await removeInstall(r.dir, r.env);
  assert.deepEqual(removal.changed, [path.join(hooks, 'pre-merge-commit')]);
  assert.equal(readFileSync(path.join(hooks, 'pre-merge-commit'), 'utf8'), '#!/bin/sh\necho added by hand\n');
  rmSync(path.join(hooks, 'pre-merge-commit'));
  assert.deepEqual(snapshot(hooks), before);
});

test('removal works when the state folder was lost', async () => {
  const r = fresh();
  const hooks = path.join(r.dir, '.git/hooks');
  script(path.join(hooks, 'pre-commit'), '#!/bin/sh\nexit 0\n');
  const before = snapshot(hooks);
  await install(r, build.folder);
  rmSync(stateFolder(r.env), { recursive: true });
  r.write('a', '1');
  r.git('add', 'a');
  const stopped = r.tryGit(['commit', '-qm', 'x']);
  assert.equal(stopped.code, 1);
  assert.match(stopped.output, /not installed for this user\. It stopped for that reason\.\n.*pregate init/);
  await removeInstall(r.dir, r.env);
  assert.deepEqual(snapshot(hooks), before);
});

test('point 23: worktrees use the same hooks, those of a bare repository too', async () => {
  const r = fresh();
  await install(r, build.folder);
  const linked = `${r.dir}-wt`;
  r.git('worktree', 'add', '-q', linked);
  isHooked(linked);
  assert.deepEqual((await planInstall({ cwd: linked, env: box.env, bundle: build.folder })).actions, []);
  const bare = repo(box.at('bare.git'), { ...box.env, GIT_DIR: box.at('bare.git') });
  r.git('clone', '-q', '--bare', r.dir, bare.dir);
  const plan = await install(bare, build.folder);
  assert.match(plan.notices.map((notice) => notice.message).join(), /worktrees of it/);
  // Made after the installation, as in `git clone --bare` and a worktree for each branch.
  const tree = `${r.dir}-bare-wt`;
  bare.git('worktree', 'add', '-q', '-b', 'topic', tree);
  isHooked(tree);
});

/** A commit there calls the hooks of a commit, and nothing else. */
function isHooked(folder: string): void {
  const w = repo(folder, box.env);
  w.write('a', '1');
  w.git('add', 'a');
  build.calls();
  assert.equal(w.tryGit(['commit', '-qm', 'x']).code, 0);
  const calls = build.calls();
  assert.deepEqual(
    calls.map((call) => [call.cwd, call.args[1]]),
    ['pre-commit', 'commit-msg', 'post-commit'].map((name) => [folder, name]),
  );
}

test('core.hooksPath: a folder of the repository, of all repositories, and none', async () => {
  const r = fresh();
  r.git('config', 'core.hooksPath', '.githooks');
  script(path.join(r.dir, '.githooks/pre-commit'), '#!/bin/sh\nexit 0\n');
  const plan = await install(r, build.folder);
  assert.equal(plan.place.shared, true);
  const stub = readFileSync(path.join(r.dir, '.githooks/pre-commit'), 'utf8');
  assert.ok(!stub.includes(box.folder), 'a shared file names no place of this machine');
  r.write('a', '1');
  r.git('add', 'a');
  assert.equal(r.tryGit(['commit', '-qm', 'x']).code, 0);
  assert.equal(build.calls().length, 3);
  const env = { ...r.env, XDG_STATE_HOME: box.at('stranger') };
  assert.match(r.tryGit(['commit', '-qm', 'y', '--allow-empty'], { env }).output, /not installed for this user/);

  const global = fresh();
  const config = `${r.dir}-global`;
  writeFileSync(
    config,
    `${readFileSync(box.env['GIT_CONFIG_GLOBAL'] as string, 'utf8')}[core]\n\thooksPath = ${box.at('everyone')}\n`,
  );
  const everyone = { ...box.env, GIT_CONFIG_GLOBAL: config };
  const options = { cwd: global.dir, env: everyone, bundle: build.folder };
  assert.ok((await planInstall(options)).notices.some((notice) => notice.fatal));
  await assert.rejects(install(global, build.folder, everyone), /core\.hooksPath/);
  assert.ok(!(await planInstall({ ...options, allRepositories: true })).notices.some((notice) => notice.fatal));
  global.git('config', 'core.hooksPath', '/dev/null');
  await assert.rejects(install(global, build.folder), /Hooks are turned off/);
});

test('point 22: the report says what git does not: empty, not executable, CRLF, missing, foreign', async () => {
  const r = fresh();
  await install(r, build.folder);
  const hooks = path.join(r.dir, '.git/hooks');
  writeFileSync(path.join(hooks, 'pre-commit'), '');
  chmodSync(path.join(hooks, 'commit-msg'), 0o644);
  rmSync(path.join(hooks, 'pre-push'));
  const merge = path.join(hooks, 'pre-merge-commit');
  writeFileSync(merge, readFileSync(merge, 'utf8').replaceAll('\n', '\r\n'));
  const report = await hooksReport(r.dir, r.env);
  assert.deepEqual(
    report.hooks.map((hook) => [hook.hook, hook.state]),
    [
      ['pre-commit', 'empty'],
      ['pre-merge-commit', 'bad-line-ends'],
      ['commit-msg', 'not-executable'],
      ['post-commit', 'active'],
      ['applypatch-msg', 'active'],
      ['pre-applypatch', 'active'],
      ['pre-push', 'missing'],
    ],
  );
  script(path.join(hooks, 'pre-push'), '#!/bin/sh\n');
  assert.equal((await hooksReport(r.dir, r.env)).hooks.at(-1)?.state, 'foreign');
  assert.equal(report.healthy, false);
});

test('point 22: a hooks folder that was moved, and a runtime that is gone, are seen', async () => {
  const r = fresh();
  await install(r, build.folder);
  assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  r.git('config', 'core.hooksPath', box.at('elsewhere'));
  const moved = await hooksReport(r.dir, r.env);
  assert.deepEqual([moved.healthy, moved.hooks[0]?.state], [false, 'missing']);
  r.git('config', '--unset', 'core.hooksPath');
  const was = readRuntime(r.env);
  writeRuntime({ executable: box.at('gone/node'), electron: false }, r.env);
  const gone = await hooksReport(r.dir, r.env);
  assert.equal(gone.healthy, false);
  assert.match(gone.problems.join(), /gone\/node, which runs the hooks, is gone: pregate init/);
  writeRuntime(was ?? { executable: process.execPath, electron: false }, r.env);
});

test('a place that is taken is not overwritten', async () => {
  const r = fresh();
  const hooks = path.join(r.dir, '.git/hooks');
  script(path.join(hooks, 'pre-commit'), '#!/bin/sh\n');
  script(path.join(hooks, 'pre-commit.before-pregate'), 'precious');
  mkdirSync(path.join(hooks, 'pre-push'));
  const before = snapshot(hooks);
  await assert.rejects(install(r, build.folder), /exists already|is not a file/);
  assert.deepEqual(snapshot(hooks), before);
});
