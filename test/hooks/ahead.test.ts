/** What the shell asks git while Node is starting: the same questions, the same answers, and none that is cut off. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { defaultConfig } from '../../agent/config.ts';
import { configNames } from '../../agent/gate/collect/config.ts';
import { protectedNames } from '../../agent/gate/collect/exceptions.ts';
import type { RepoInfo } from '../../agent/gate/types.ts';
import { parseAnswers, readAhead } from '../../agent/git/ahead.ts';
import { readGitConfig } from '../../agent/git/config-list.ts';
import { gitEnvironment, gitExecutable } from '../../agent/git/environment.ts';
import { namesAhead } from '../../agent/git/known-objects.ts';
import { openObjects } from '../../agent/git/objects.ts';
import { findPlace } from '../../agent/git/place.ts';
import { hardening, openGit, runGit } from '../../agent/git/run.ts';
import { stateFolder, writeRuntime } from '../../agent/state.ts';
import { installBundle } from '../../hooks/bundle.ts';
import { sandbox } from '../git/support.ts';
import { script, source } from './support.ts';

const box = sandbox();
const build = box.at('build');
const heard = box.at('heard');
mkdirSync(build);
// A stand-in for the built program: it writes down what the shell hands over.
writeFileSync(
  path.join(build, 'pregate.cjs'),
  `const fs = require('fs');
process.once('exit', (code) => process.env.SILENT || fs.writeSync(1, code + '\\n'));
if (process.env.NOT_NOW) process.exit(3);
fs.writeFileSync(${JSON.stringify(heard)}, fs.readFileSync(0));
fs.writeFileSync(${JSON.stringify(`${heard}.git`)}, process.env.PREGATE_AHEAD ?? 'nothing');
`,
);
writeFileSync(path.join(build, 'hook.cjs'), '');
copyFileSync(path.join(source, 'hooks/dispatch'), path.join(build, 'dispatch'));
installBundle(build, box.env);
writeRuntime({ executable: process.execPath, electron: false }, box.env);
const dispatch = path.join(stateFolder(box.env), 'hooks/dispatch');
const text = readFileSync(path.join(source, 'hooks/dispatch'), 'utf8').replaceAll('\\\n', ' ').replace(/ +/g, ' ');

const repo = box.repository('ahead');
repo.commit('one.txt', 'one\n');
repo.git('config', 'pregate.strange', 'ends with a line feed\n');
repo.git('config', 'pregate.empty', '');
for (const name of ['two.txt', 'a "name"\nof two lines', 'umlaut ü']) repo.write(name, 'two\n');
repo.git('add', '-A');
const index = { ...box.env, GIT_INDEX_FILE: '.git/index', PREGATE_DAEMON: 'off' };

function ask(words: readonly string[], env: NodeJS.ProcessEnv = index) {
  rmSync(heard, { force: true });
  const result = spawnSync(dispatch, words, { cwd: repo.dir, env, input: '', encoding: 'utf8', timeout: 60_000 });
  return { code: result.status, err: result.stderr };
}

test('points 2 and 3: what git says to the shell is what it says to us', async () => {
  const hostile = { GIT_EXTERNAL_DIFF: 'false', GIT_TRACE: '1', GIT_GLOB_PATHSPECS: '1', GIT_ICASE_PATHSPECS: '1' };
  assert.deepEqual(ask(['pre-commit'], { ...index, ...hostile }), { code: 0, err: '' });
  const executable = readFileSync(`${heard}.git`, 'utf8');
  assert.equal(executable, gitExecutable(index, repo.dir));
  const bytes = readFileSync(heard);
  const git = openGit(repo.dir, index);
  const ahead = readAhead(Promise.resolve(bytes), executable, repo.dir);
  const words = /diff-index .* --(?=\)$)/m.exec(text)?.[0].split(' ') ?? [];
  assert.deepEqual(
    await ahead.diff(git, ['nothing']),
    await runGit(git, [...words.slice(0, -2), '-z', ...words.slice(-2)]),
  );
  assert.deepEqual(await ahead.place(git), await findPlace(git));
  assert.deepEqual(await ahead.config(git), await readGitConfig(git));
  assert.deepEqual(await ahead.seal(), readFileSync(path.join(repo.dir, '.git/index')).subarray(-20));
  // Of another folder or another git nothing is known.
  const elsewhere = openGit(path.dirname(repo.dir), index);
  assert.equal((await ahead.diff(elsewhere, words)).code, 128);
  assert.equal((await readAhead(Promise.resolve(bytes), '/other/git', repo.dir).diff(git, ['nothing'])).code, 1);
});

test('what is cut off anywhere, or goes on, is no answer', () => {
  for (const words of [['pre-commit'], ['commit-msg', 'file']]) {
    assert.equal(ask(words).code, 0);
    const bytes = readFileSync(heard);
    const objects = [...(parseAnswers(bytes)?.objects ?? [])];
    assert.ok(objects.length >= namesAhead.length);
    const first = bytes.indexOf(':pregate.yaml missing');
    for (let length = 0; length < first; length++)
      assert.equal(parseAnswers(bytes.subarray(0, length)), undefined, `${words[0]} ${length}`);
    // Of objects those before the cut are told, each of them whole.
    for (let length = first; length < bytes.length; length++) {
      const told = [...(parseAnswers(bytes.subarray(0, length))?.objects ?? assert.fail())];
      assert.deepEqual(told, objects.slice(0, told.length));
    }
    assert.deepEqual([...(parseAnswers(Buffer.concat([bytes, Buffer.from('\0\n')]))?.objects ?? [])], objects);
  }
  assert.equal(parseAnswers(readFileSync(heard))?.seal, undefined);
  // An index without a hash tells nothing about what it was.
  ask(['pre-commit']);
  assert.equal(parseAnswers(readFileSync(heard).fill(0, 0, 20)), undefined);
});

test('objects that the shell has read are what git would hand over, and the others are asked for', async () => {
  repo.commit('pregate.yaml', 'exclude: []\n');
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repo.write('one.txt', `${'two '.repeat(40_000)}\n`);
  repo.write('pregate.yaml', 'exclude: [a]\n');
  repo.write(`${'f'.repeat(40)} with a space`, 'three\n');
  repo.git('add', '-A');
  assert.equal(ask(['pre-commit']).code, 0);
  const git = openGit(repo.dir, index);
  const none = { read: async () => undefined, close: () => undefined };
  const ahead = (at: string) =>
    readAhead(Promise.resolve(readFileSync(heard)), git.executable, at).before({ ...git, cwd: repo.dir }, none);
  const objects = openObjects(git);
  const changed = repo.git('diff-index', '--cached', '--raw', '--no-abbrev', 'HEAD').match(/\b[0-9a-f]{40}\b/g) ?? [];
  const ids = changed.filter((id) => !/^[0f]+$/.test(id));
  assert.ok(ids.length >= 5);
  for (const name of [...namesAhead, ...ids])
    assert.deepEqual(await ahead(repo.dir).read(name), await objects.read(name));
  objects.close();
  assert.equal((await ahead(repo.dir).read(':pregate.yaml'))?.bytes.toString(), 'exclude: [a]\n');
  // What is larger than was asked for, was not read or belongs to another folder is left to git.
  assert.equal(await ahead(repo.dir).read(ids[0] as string, { full: 2, edge: 1 }), undefined);
  assert.equal(await ahead(repo.dir).read(repo.git('rev-parse', 'HEAD')), undefined);
  assert.equal(await ahead('/elsewhere').read(':pregate.yaml'), undefined);
});

test('the names in the shell are those that a commit asks for', () => {
  const own = [...configNames, defaultConfig.baseline].map((name) => `:${name}`);
  const tracked = protectedNames({ scope: 'staged', repo: { remote: { name: 'origin' } } as RepoInfo });
  assert.deepEqual(namesAhead, [...own, ...tracked.map((name) => `${name}:.pregate/exceptions.jsonl`)]);
});

test('a program that says no verdict has given none', () => {
  const { code, err } = ask(['pre-commit'], { ...index, SILENT: '1' });
  assert.equal(code, 3);
  assert.match(err, /ended without a verdict/);
  assert.equal(ask(['pre-commit'], { ...index, SILENT: '', NOT_NOW: '1' }).code, 3);
});

test('a failure of git is met again by who asks', async () => {
  const none = path.join(box.at('home'), 'none');
  mkdirSync(none);
  const result = spawnSync(dispatch, ['pre-commit'], { cwd: none, env: index, input: '' });
  assert.equal(result.status, 0);
  const git = openGit(none, index);
  const ahead = readAhead(Promise.resolve(readFileSync(heard)), git.executable, none);
  const diff = await ahead.diff(git, ['diff-index', 'HEAD']);
  assert.ok(diff.code === 128 && diff.stderr !== '');
  await assert.rejects(ahead.place(git), { message: /not in a git repository/ });
});

test('the options, questions and variables in the shell are those of the sources', () => {
  assert.ok(text.includes(` ${hardening.join(' ')}`));
  const questions = ['agent/git/place.ts', 'agent/git/config-list.ts', 'agent/gate/collect/staged.ts'].map((file) => {
    const code = readFileSync(path.join(source, file), 'utf8');
    const list = /\[\s*('(?:rev-parse|config|diff-index)',[^\]]*)\]/.exec(code)?.[1] ?? '';
    const asked = list
      .replace(/\btree\b/, "'HEAD'")
      .match(/'[^']+'/g)
      ?.map((word) => word.slice(1, -1));
    // A shell cannot keep NUL: see `zeroEnded`.
    return asked?.filter((word, _, { 0: command }) => command !== 'diff-index' || word !== '-z').join(' ') ?? '?';
  });
  for (const question of questions) assert.match(text, new RegExp(`"\\$@" (-c core.quotePath=true )?${question}`));
  const given = { GIT_EXTERNAL_DIFF: 'x', GIT_TRACE: 'x' };
  for (const [name, value] of Object.entries(gitEnvironment(given)))
    assert.ok(text.includes(` ${name}=${value || "''"}`), name);
  const code = readFileSync(path.join(source, 'agent/git/environment.ts'), 'utf8');
  const unwanted = /const unwanted = new Set\(\[([^\]]*)/.exec(code)?.[1]?.match(/GIT_\w+/g) ?? [];
  assert.ok(unwanted.length > 5);
  for (const name of [...unwanted, 'GIT_TRACE']) assert.match(text, new RegExp(`unset [^\\n]*\\b${name}\\b`));
});

test('point 26: a git that hangs there does not keep the hook from ending', async () => {
  const folder = box.at('slow');
  script(path.join(folder, 'git'), '#!/bin/sh\nexec sleep 90\n');
  for (const name of ['sh', 'env']) symlinkSync(`/bin/${name}`, path.join(folder, name));
  // Until the hook ends and not until its pipes close: the git that hangs holds them, and git waits for the hook alone.
  const env = { ...index, PATH: folder, NOT_NOW: '1' };
  const child = spawn(dispatch, ['pre-commit'], {
    cwd: repo.dir,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 60_000,
  });
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk));
  const [code] = await once(child, 'exit');
  child.stderr?.destroy();
  assert.deepEqual({ code, err }, { code: 3, err: '' });
});

test('without an index that git names, and for other hooks, nothing is asked ahead', () => {
  const { GIT_INDEX_FILE: _, ...without } = index;
  for (const [words, env] of [
    [['pre-commit'], without],
    [['post-commit'], index],
    [['pre-commit'], { ...index, MSYSTEM: 'MINGW64' }],
  ] as const) {
    assert.equal(ask(words, { ...env, PREGATE_AHEAD: '/forged/git' }).code, 0);
    assert.equal(readFileSync(`${heard}.git`, 'utf8'), 'nothing', words[0]);
  }
});
