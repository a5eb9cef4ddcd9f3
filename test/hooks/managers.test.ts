import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { removeInstall } from '../../hooks/remove.ts';
import { hooksReport } from '../../hooks/status.ts';
import { type Repo, repo } from '../git/support.ts';
import { install, recorded, remote, script, snapshot, source } from './support.ts';
import { framework, lefthook } from './tools.ts';

const { box, build, fresh: plain } = recorded();

function fresh(): Repo {
  const r = plain();
  remote(box, r);
  return r;
}

const untouched = (name: string) =>
  /^\.git\/(objects|logs|index|COMMIT_EDITMSG|refs|HEAD|config|info)/.test(name) || name.startsWith('node_modules');

function pushLine(r: Repo): string {
  return `refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main ${'0'.repeat(40)}\n`;
}

/** A commit and a push that pass, and with which each of our hooks was run once, as git runs it. */
function commitAndPush(r: Repo, env: NodeJS.ProcessEnv = {}): void {
  r.write('a', '1');
  r.git('add', 'a');
  for (const words of [
    ['commit', '-qm', 'x'],
    ['push', '-q', 'origin', 'main'],
  ]) {
    const { code, output } = r.tryGit(words, { env });
    assert.equal(code, 0, output);
  }
  assert.deepEqual(
    build.calls().map((call) => [call.args.slice(1), call.input]),
    [
      [['pre-commit'], ''],
      [['commit-msg', '.git/COMMIT_EDITMSG'], ''],
      [['post-commit'], ''],
      [['pre-push', 'origin', r.git('remote', 'get-url', 'origin')], pushLine(r)],
    ],
  );
}

/** husky's own program sets core.hooksPath and writes `.husky/_`. */
function husky(r: Repo): void {
  const bin = path.join(source, 'node_modules/husky/bin.js');
  execFileSync(process.execPath, [bin], { cwd: r.dir, env: { ...r.env, HUSKY: '' }, stdio: 'pipe' });
}

test('point 22: husky, our lines go first, its scripts still run with their input, and come back byte for byte', async () => {
  const r = fresh();
  const out = `${r.dir}-husky`;
  r.write('package.json', '{"devDependencies":{"husky":"9"}}');
  husky(r);
  script(path.join(r.dir, '.husky/pre-commit'), `echo "theirs $GIT_INDEX_FILE" >>'${out}'\n`, 0o644);
  script(
    path.join(r.dir, '.husky/pre-push'),
    `#!/bin/sh\nwhile read -r a b c d; do echo "$a $b $c $d" >>'${out}'; done\nexit 0`,
    0o755,
  );
  const before = snapshot(r.dir, untouched);
  const plan = await install(r, build.folder);
  assert.equal(plan.place.manager, 'husky');
  assert.ok(!readFileSync(path.join(r.dir, '.husky/pre-push'), 'utf8').includes(box.at('state')));
  assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  commitAndPush(r);
  assert.equal(readFileSync(out, 'utf8'), `theirs .git/index\n${pushLine(r)}`);
  build.answer(1);
  assert.match(r.tryGit(['commit', '-qm', 'y', '--allow-empty']).output, /^Pregate stopped this/);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'HEAD:other']).code, 1);
  await removeInstall(r.dir, r.env);
  assert.deepEqual(
    snapshot(r.dir, (name) => untouched(name) || name === 'a'),
    { ...before },
  );
});

test('husky that is not active yet: the plain hooks serve until it is', async () => {
  const r = fresh();
  r.write('package.json', '{"devDependencies":{"husky":"9"}}');
  script(path.join(r.dir, '.husky/pre-commit'), 'true\n');
  const before = snapshot(r.dir, untouched);
  await install(r, build.folder);
  r.commit('a', '1');
  assert.deepEqual(
    build.calls().map((call) => call.args[1]),
    ['pre-commit', 'commit-msg', 'post-commit'],
  );
  husky(r);
  r.commit('b', '1');
  assert.deepEqual(
    build.calls().map((call) => call.args[1]),
    ['pre-commit', 'commit-msg', 'post-commit'],
  );
  r.git('config', '--unset', 'core.hooksPath');
  execFileSync('rm', ['-r', path.join(r.dir, '.husky/_')]);
  await removeInstall(r.dir, r.env);
  assert.deepEqual(
    snapshot(r.dir, (name) => untouched(name) || ['a', 'b'].includes(name)),
    before,
  );
});

test('point 23: husky runs nothing in a new worktree, and that is seen', async () => {
  const r = fresh();
  r.write('package.json', '{"devDependencies":{"husky":"9"}}');
  husky(r);
  await install(r, build.folder);
  r.commit('package.json', '{"devDependencies":{"husky":"9"} }');
  build.calls();
  const linked = `${r.dir}-husky-worktree`;
  r.git('worktree', 'add', '-q', linked);
  const w = repo(linked, box.env);
  w.commit('a', '1');
  assert.deepEqual(build.calls(), [], 'git found no hook to run');
  const report = await hooksReport(linked, box.env);
  assert.equal(report.healthy, false);
  assert.ok(report.hooks.every((one) => one.state === 'missing'));
});

test('husky: a script that is a link is left alone', async () => {
  const r = fresh();
  husky(r);
  symlinkSync('/etc/hostname', path.join(r.dir, '.husky/pre-commit'));
  await assert.rejects(install(r, build.folder), /left alone/);
  assert.equal(existsSync(path.join(r.dir, '.husky/pre-push')), false);
});

const hawk = lefthook();

test('point 22: lefthook, our commands are added, theirs still run with their input', {
  skip: 'skip' in hawk && hawk.skip,
}, async () => {
  const r = fresh();
  const program = (hawk as { program: string }).program;
  const env = { LEFTHOOK_BIN: program };
  const out = `${r.dir}-lefthook`;
  const own = `# theirs\npre-commit:\n  commands:\n    theirs:\n      run: echo theirs >>'${out}'\npre-push:\n  commands:\n    theirs:\n      use_stdin: true\n      run: cat >>'${out}'\n`;
  r.write('lefthook.yml', own);
  const local = `# local words\npre-commit:\n  commands:\n    mine:   # why\n      run: "true"\noutput: false`;
  r.write('lefthook-local.yml', local);
  const plan = await install(r, build.folder);
  assert.equal(plan.place.manager, 'lefthook');
  execFileSync(program, ['install'], { cwd: r.dir, env: r.env, stdio: 'pipe' });
  assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  commitAndPush(r, env);
  assert.equal(readFileSync(out, 'utf8'), `theirs\n${pushLine(r)}`);
  build.answer(1);
  r.write('a', '2');
  assert.equal(r.tryGit(['commit', '-qam', 'y'], { env }).code, 1);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'HEAD:other'], { env }).code, 1);
  await removeInstall(r.dir, r.env);
  assert.equal(readFileSync(path.join(r.dir, 'lefthook.yml'), 'utf8'), own);
  assert.equal(readFileSync(path.join(r.dir, 'lefthook-local.yml'), 'utf8'), local);
});

test('point 23: lefthook, a worktree without its local file has our hooks, and so has LEFTHOOK=0', {
  skip: 'skip' in hawk && hawk.skip,
}, async () => {
  const r = fresh();
  const { program } = hawk as { program: string };
  const env = { LEFTHOOK_BIN: program };
  const out = `${r.dir}-lefthook`;
  r.write('lefthook.yml', `pre-commit:\n  commands:\n    theirs:\n      run: echo theirs >>'${out}'\n`);
  const sync = () => execFileSync(program, ['install'], { cwd: r.dir, env: r.env, stdio: 'pipe' });
  sync();
  r.commit('lefthook.yml', readFileSync(path.join(r.dir, 'lefthook.yml'), 'utf8'));
  const before = snapshot(r.dir, untouched);
  await install(r, build.folder);
  // Nobody needs "lefthook install" for the hooks that only we want.
  assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  assert.equal(r.git('status', '--porcelain'), '', 'a file with a path of this machine is not offered to git');
  writeFileSync(out, '');
  commitAndPush(r, env);
  assert.equal(readFileSync(out, 'utf8'), 'theirs\n');
  const linked = `${r.dir}-lefthook-worktree`;
  r.git('worktree', 'add', '-q', linked);
  const w = repo(linked, box.env);
  const asked = (more: NodeJS.ProcessEnv) => {
    const { code, output } = w.tryGit(['commit', '-q', '--allow-empty', '-m', 'x'], { env: { ...env, ...more } });
    assert.equal(code, 0, output);
    return build.calls().map((call) => call.args[1]);
  };
  const all = ['pre-commit', 'commit-msg', 'post-commit'];
  assert.deepEqual(asked({}), all);
  assert.deepEqual(asked({ LEFTHOOK: '0' }), all);
  // A number of somebody else's process is no answer.
  assert.deepEqual(asked({ PREGATE_AROUND: 'pre-commit 1' }), all);
  assert.equal((await hooksReport(linked, box.env)).healthy, true);
  build.answer(1);
  assert.equal(w.tryGit(['commit', '-q', '--allow-empty', '-m', 'y'], { env }).code, 1);
  build.answer(0);
  build.calls();
  // lefthook writes its stubs anew; the commands of the local file go on, once each.
  sync();
  assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
  r.write('a', '3');
  r.git('add', 'a');
  assert.equal(r.tryGit(['commit', '-qm', 'z'], { env }).code, 0);
  assert.deepEqual(
    build
      .calls()
      .map((call) => call.args[1])
      .sort(),
    [...all].sort(),
  );
  await install(r, build.folder);
  await removeInstall(r.dir, r.env);
  // Of ours nothing stays; lefthook keeps the stubs that it has made for hooks of our commands.
  const left = snapshot(r.dir, (name) => untouched(name) || name === 'a');
  for (const [name, content] of Object.entries(before)) {
    if (!name.endsWith('lefthook.checksum')) assert.equal(left[name], content, name);
  }
  for (const name of Object.keys(left)) {
    const text = Buffer.from(left[name]?.split(' ')[1] ?? '', 'base64').toString('latin1');
    assert.ok(!text.includes('pregate:begin') && !/\.old$|lefthook-local/.test(name), name);
  }
});

test('lefthook: what cannot be edited safely is not edited', async () => {
  const r = fresh();
  r.write('lefthook.yml', 'pre-commit:\n  commands: {}\n');
  for (const text of [
    'pre-commit: {commands: {a: {run: x}}}\n',
    'pre-commit:\n  commands: {a: {run: x}}\n',
    'pre-commit: [\n',
  ]) {
    r.write('lefthook-local.yml', text);
    await assert.rejects(install(r, build.folder), /was not changed/, text);
    assert.equal(readFileSync(path.join(r.dir, 'lefthook-local.yml'), 'utf8'), text);
  }
  for (const text of ['', '# only words\n', 'pre-push:\n    jobs:\n      - run: x\n', 'a: 1', 'commit-msg:\n']) {
    r.write('lefthook-local.yml', text);
    await install(r, build.folder);
    await install(r, build.folder);
    await removeInstall(r.dir, r.env);
    assert.equal(readFileSync(path.join(r.dir, 'lefthook-local.yml'), 'utf8'), text, JSON.stringify(text));
  }
});

const python = framework();

test('point 22: the pre-commit framework, its hook stays and calls ours, in any order of installation', {
  skip: 'skip' in python && python.skip,
}, async () => {
  for (const order of ['theirs first', 'ours first']) {
    const r = fresh();
    const program = (python as { program: string }).program;
    const out = `${r.dir}-framework`;
    const hook = (stage: string) =>
      `      - {id: ${stage}, name: ${stage}, language: system, entry: sh -c 'echo ${stage} >>${out}', stages: [${stage}], always_run: true, pass_filenames: false}\n`;
    r.commit(
      '.pre-commit-config.yaml',
      `repos:\n  - repo: local\n    hooks:\n${hook('pre-commit')}${hook('pre-push')}`,
    );
    const theirs = () =>
      execFileSync(program, ['install', '-t', 'pre-commit', '-t', 'pre-push'], {
        cwd: r.dir,
        env: r.env,
        stdio: 'pipe',
      });
    if (order === 'theirs first') theirs();
    const before = snapshot(path.join(r.dir, '.git/hooks'));
    const plan = await install(r, build.folder);
    assert.equal(plan.place.manager, 'pre-commit');
    if (order === 'ours first') theirs();
    assert.equal((await hooksReport(r.dir, r.env)).healthy, true);
    commitAndPush(r);
    assert.equal(readFileSync(out, 'utf8'), 'pre-commit\npre-push\n');
    build.answer(1);
    assert.equal(r.tryGit(['push', '-q', 'origin', 'HEAD:other']).code, 1);
    await removeInstall(r.dir, r.env);
    if (order === 'theirs first') assert.deepEqual(snapshot(path.join(r.dir, '.git/hooks')), before);
    else assert.equal(existsSync(path.join(r.dir, '.git/hooks/pre-push.legacy')), false);
  }
});
