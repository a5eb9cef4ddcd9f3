import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { applyInstall, type InstallOptions, planInstall } from '../../hooks/install.ts';
import { removeGlobal, removeInstall } from '../../hooks/remove.ts';
import { hooksReport } from '../../hooks/status.ts';
import { hookNames } from '../../hooks/stub.ts';
import { type Repo, repo, sandbox } from '../git/support.ts';
import { install as installFiles, recorder, remote, script, snapshot } from './support.ts';
import { newGit } from './tools.ts';

const box = sandbox();
const build = recorder(box);
const found = newGit();
const needed = { skip: 'skip' in found && found.skip };
const older = { ...box.env };
if ('folder' in found) {
  // Before Debian's git, which stays where it is for what only it has.
  box.env['PATH'] = `${found.folder}${path.delimiter}${box.env['PATH']}`;
}
let counter = 0;
let pushes = 0;

function fresh(): Repo {
  counter += 1;
  const r = box.repository(`r${counter}`);
  remote(box, r);
  r.commit('first', '1');
  build.answer(0);
  build.calls();
  return r;
}

async function install(r: Repo, config: 'local' | 'global', env = r.env) {
  const options: InstallOptions = { cwd: r.dir, env, bundle: build.folder, config };
  const plan = await planInstall(options);
  applyInstall(plan, options);
  return plan;
}

const configOf = (r: Repo) => path.join(r.dir, '.git/config');
const names = () => build.calls().map((call) => call.args[1]);

/** Commits and pushes, and answers which hooks of ours ran. */
function commitAndPush(r: Repo): (string | undefined)[] {
  build.calls();
  r.write('a', `${Math.random()}`);
  r.git('add', 'a');
  const first = r.tryGit(['commit', '-qm', 'x']);
  assert.equal(first.code, 0, first.output);
  pushes += 1;
  const second = r.tryGit(['push', '-q', 'origin', `HEAD:refs/heads/branch-${pushes}`]);
  assert.equal(second.code, 0, second.output);
  return names();
}
const all = ['pre-commit', 'commit-msg', 'post-commit', 'pre-push'];

test(
  "point 22: git's own configuration runs the hooks with arguments, input and index, and is restored byte for byte",
  needed,
  async () => {
    const r = fresh();
    writeFileSync(configOf(r), readFileSync(configOf(r), 'utf8').replace(/\n$/, ''));
    appendFileSync(configOf(r), '\n; caf\u00e9 without a final line feed', 'latin1');
    const out = box.at(`own-${counter}`);
    script(path.join(r.dir, '.git/hooks/pre-push'), `#!/bin/sh\ncat >>'${out}'\n`);
    const objects = (name: string) => /^\.git\/(objects|logs|index|COMMIT_EDITMSG|refs)|^a$/.test(name);
    const before = snapshot(r.dir, objects);
    const plan = await install(r, 'local');
    assert.equal(plan.place.manager, 'git-config');
    assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
    assert.deepEqual((await install(r, 'local')).actions, [], 'a second time there is nothing to do');
    r.write('a', '1');
    r.git('add', 'a');
    assert.equal(r.tryGit(['commit', '-qam', 'x']).code, 0);
    assert.equal(r.tryGit(['push', '-q', 'origin', 'main']).code, 0);
    const line = `refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main ${'0'.repeat(40)}\n`;
    const calls = build.calls();
    assert.deepEqual(
      calls.map((call) => [call.args.slice(1), call.input]),
      [
        [['pre-commit'], ''],
        [['commit-msg', '.git/COMMIT_EDITMSG'], ''],
        [['post-commit'], ''],
        [['pre-push', 'origin', r.git('remote', 'get-url', 'origin')], line],
      ],
    );
    assert.match(calls[0]?.index ?? '', /index\.lock$/);
    assert.equal(readFileSync(out, 'utf8'), line, 'the hook of the person runs too, with the same input');
    build.answer(1);
    r.write('a', '2');
    const stopped = r.tryGit(['commit', '-qam', 'y']);
    assert.equal(stopped.code, 1);
    assert.match(stopped.output, /^Pregate stopped this/);
    assert.equal(r.tryGit(['push', '-q', 'origin', 'HEAD:other']).code, 1);
    build.answer(0);
    assert.deepEqual((await removeInstall(r.dir, r.env)).changed, []);
    assert.deepEqual(snapshot(r.dir, objects), before);
  },
);

test('point 22: what git wrote into its configuration meanwhile stays, and our lines go', needed, async () => {
  const r = fresh();
  await install(r, 'local');
  r.git('config', 'remote.origin.note', 'kept');
  r.git('config', 'branch.main.description', 'kept too');
  r.git('config', 'hook.pregate-pre-push.enabled', 'true');
  await removeInstall(r.dir, r.env);
  const text = readFileSync(configOf(r), 'utf8');
  assert.ok(!/pregate:|hook "pregate/.test(text), text);
  assert.equal(r.git('config', 'remote.origin.note'), 'kept');
  assert.equal(r.git('config', 'branch.main.description'), 'kept too');
  assert.deepEqual(names(), []);
  // The record of the installation is lost, and the marks alone tell what is ours.
  await install(r, 'local');
  rmSync(box.at('state/pregate/repositories'), { recursive: true });
  await removeInstall(r.dir, r.env);
  assert.equal(readFileSync(configOf(r), 'utf8'), text);
  // Another process of git is writing the file: it is left alone.
  writeFileSync(`${configOf(r)}.lock`, '');
  await assert.rejects(install(r, 'local'), /could not be written \(EEXIST\)/);
  assert.equal(existsSync(`${configOf(r)}.lock`), true);
  assert.equal(readFileSync(configOf(r), 'utf8'), text);
});

test(
  'point 23: worktrees use the configuration, whatever husky or core.hooksPath leaves out there',
  needed,
  async () => {
    const r = fresh();
    r.git('config', 'core.hooksPath', '/dev/null');
    await install(r, 'local');
    const linked = box.at(`wt-${counter}`);
    r.git('worktree', 'add', '-q', linked);
    assert.deepEqual(commitAndPush(repo(linked, box.env)), all);
    assert.equal((await hooksReport(linked, box.env)).healthy, true);
    assert.deepEqual((await planInstall({ cwd: linked, env: box.env, bundle: build.folder })).actions, []);
  },
);

test(
  'point 23: with --global a clone of tomorrow has the hooks, and the file is a link to dotfiles that stays one',
  needed,
  async () => {
    const r = fresh();
    const dotfiles = box.at(`dotfiles-${counter}`);
    const global = box.at(`global-${counter}`);
    writeFileSync(dotfiles, readFileSync(box.env['GIT_CONFIG_GLOBAL'] as string));
    symlinkSync(dotfiles, global);
    const env = { ...box.env, GIT_CONFIG_GLOBAL: global };
    const before = snapshot(box.folder, (name) => !/^(dotfiles|global)-/.test(name));
    await install(r, 'global', env);
    const clone = box.at(`clone-${counter}`);
    execFileSync('git', ['clone', '-q', r.git('remote', 'get-url', 'origin'), clone], { env, stdio: 'pipe' });
    assert.deepEqual(commitAndPush(repo(clone, env)), all);
    const report = await hooksReport(clone, env);
    assert.deepEqual([report.healthy, report.installed], [true, true]);
    // There is nothing to add in a repository that is served already, and a repository's own block does not run twice.
    assert.deepEqual((await planInstall({ cwd: clone, env, bundle: build.folder, config: 'local' })).actions, []);
    await install(repo(r.dir, env), 'local', box.env);
    assert.deepEqual(commitAndPush(repo(r.dir, env)), all);
    await removeInstall(r.dir, env);
    assert.ok(removeGlobal(env).lines.length > 0);
    assert.deepEqual(
      snapshot(box.folder, (name) => !/^(dotfiles|global)-/.test(name)),
      before,
    );
    assert.deepEqual(commitAndPush(repo(clone, env)), []);
  },
);

test(
  "point 22: the report says when git's configuration lost a hook, switches it off, or names another program",
  needed,
  async () => {
    const r = fresh();
    await install(r, 'local');
    const states = async (env = r.env) => (await hooksReport(r.dir, env)).hooks.map((one) => one.state);
    const good = readFileSync(configOf(r));
    r.git('config', '--remove-section', 'hook.pregate-commit-msg');
    r.git('config', 'hook.pregate-pre-push.enabled', 'false');
    r.git('config', 'hook.pregate-post-commit.command', 'true');
    assert.deepEqual(await states(), ['active', 'active', 'missing', 'changed', 'active', 'active', 'disabled']);
    assert.match((await hooksReport(r.dir, r.env)).hooks.at(-1)?.detail ?? '', /unset hook\.pregate-pre-push\.enabled/);
    writeFileSync(configOf(r), good);
    r.git('config', 'hook.pre-commit.enabled', 'false');
    assert.equal((await states())[0], 'disabled');
    // Everything is gone, and the record of the installation says that it should be there.
    for (const each of hookNames) r.git('config', '--remove-section', `hook.pregate-${each}`);
    const gone = await hooksReport(r.dir, r.env);
    assert.deepEqual([gone.installed, gone.healthy], [true, false]);
    assert.ok(gone.hooks.every((one) => one.state === 'missing'));
    writeFileSync(configOf(r), good);
    assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  },
);

test('an older git is refused, and one that is used beside a newer one is told apart', async () => {
  const folder = box.at('old-git');
  mkdirSync(folder, { recursive: true });
  // Debian 12's git; where only a newer one is there, its answer about the version is all that is changed.
  const real = execFileSync('sh', ['-c', 'command -v git'], { env: older, encoding: 'utf8' }).trim();
  script(
    path.join(folder, 'git'),
    `#!/bin/sh\nfor each; do case $each in version) echo 'git version 2.53.0'; exit;; esac; done\nexec '${real}' "$@"\n`,
  );
  const env = { ...older, PATH: `${folder}${path.delimiter}${older['PATH']}` };
  const r = fresh();
  const before = readFileSync(configOf(r));
  await assert.rejects(install(r, 'local', env), /git 2\.54 and later/);
  await assert.rejects(install(r, 'global', env), /git 2\.54 and later/);
  assert.deepEqual(readFileSync(configOf(r)), before);
  if ('skip' in found) return;
  await install(r, 'local');
  assert.ok((await hooksReport(r.dir, env)).hooks.every((one) => one.state === 'not-supported'));
});

test('hooks in files run once: those of an earlier installation go when the configuration serves', needed, async () => {
  const { install: init } = await import('../../agent/cli/init.ts');
  const r = fresh();
  const hooks = path.join(r.dir, '.git/hooks');
  script(path.join(hooks, 'pre-commit'), '#!/bin/sh\nexit 0\n');
  const before = snapshot(hooks);
  const plan = await installFiles(r, build.folder);
  assert.ok(plan.notices.some((one) => one.code === 'config-possible'));
  const said = { out: '' };
  const io = {
    cwd: r.dir,
    env: r.env,
    stdin: process.stdin,
    out: (text: string) => {
      said.out += text;
    },
    err: () => undefined,
    width: 100,
    terminal: false,
    color: false,
  };
  assert.equal(await init(io, { cwd: r.dir, env: r.env, bundle: build.folder, config: 'local' }, true), 0);
  assert.match(said.out, /edit +\.git\/config +names Pregate for pre-commit/);
  assert.deepEqual(snapshot(hooks), before);
  assert.deepEqual(commitAndPush(r), all);
});
