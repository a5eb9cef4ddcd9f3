/** What keeps a cold hook cheap, as far as it does not depend on the machine's speed: what it loads, and its code cache. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { writeRuntime } from '../../agent/state.ts';
import { installBundle } from '../../hooks/bundle.ts';
import { sandbox } from '../git/support.ts';
import { product } from './support.ts';

const box = sandbox();
const shipped = product(box);
const state = box.at('cold-state');
const repo = box.repository('cold');
repo.write('src/a.ts', 'export const one = 1;\n');
repo.git('add', '-A');
repo.git('commit', '-qm', 'first');
repo.write('src/a.ts', 'export const two = 2;\n');
repo.git('add', '-A');
// As `git commit` does before it runs the hook: the index then says which tree it would become.
repo.git('write-tree');

const recorder = box.at('modules.cjs');
const listed = box.at('modules.txt');
writeFileSync(
  recorder,
  `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(listed)}, process.moduleLoadList.join('\\n')));`,
);

function preCommit(): string[] {
  const words = ['--require', recorder, shipped.program, 'hook', 'pre-commit'];
  const env = { ...box.env, PREGATE_STATE_DIR: state };
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: repo.dir, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return readFileSync(listed, 'utf8').split('\n');
}

/** Through the stub that git calls, whose shell asks git: Node is a script that notes what was loaded. */
function throughShell(): string[] {
  const node = box.at('node-that-lists');
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' --require '${recorder}' "$@"\n`, { mode: 0o755 });
  writeRuntime({ executable: node, electron: false }, { ...box.env, PREGATE_STATE_DIR: state });
  installBundle(path.dirname(shipped.program), { ...box.env, PREGATE_STATE_DIR: state });
  const env = { ...box.env, GIT_INDEX_FILE: '.git/index' };
  const dispatch = path.join(state, 'hooks/dispatch');
  const { status, stderr } = spawnSync(dispatch, ['pre-commit'], { cwd: repo.dir, env, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  return readFileSync(listed, 'utf8').split('\n');
}

const caches = () => readdirSync(path.join(state, 'code')).sort();
const written = () => caches().map((name) => statSync(path.join(state, 'code', name)).mtimeMs);

test('a commit of plain sources loads no more than it needs', () => {
  // The first run makes the installation's key.
  preCommit();
  const modules = preCommit();
  assert.ok(modules.includes('NativeModule child_process'), 'the list of modules was read');
  for (const name of ['crypto', 'zlib', 'worker_threads', 'perf_hooks', 'fs/promises', 'readline']) {
    assert.ok(!modules.includes(`NativeModule ${name}`), `${name} was loaded`);
  }
  const parts = caches()
    .map((name) => name.slice(0, name.indexOf('.cjs')))
    .sort();
  assert.deepEqual(parts, ['hook', 'hook-policy', 'hook-text']);
});

test('where the shell has asked git, Node starts no process and makes no stream', () => {
  for (let run = 0; run < 2; run++) {
    const modules = throughShell();
    assert.ok(modules.includes('NativeModule vm'), 'the list of modules was read');
    if (process.platform !== 'linux') continue;
    for (const name of ['child_process', 'net', 'stream'])
      assert.ok(!modules.includes(`NativeModule ${name}`), `${name} was loaded`);
  }
});

function evaluated(...query: string[]): string {
  const words = ['--require', recorder, shipped.program, 'policy', 'eval', '-f', 'values', ...query];
  const env = { ...box.env, PREGATE_STATE_DIR: box.at('eval-state') };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: repo.dir, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.stringify(JSON.parse(stdout));
}

/** The bundles of which the last evaluations kept code. */
function loaded(): (string | undefined)[] {
  return readdirSync(path.join(box.at('eval-state'), 'code')).map((name) => name.split('.cjs-')[0]);
}

test('an answer of policy eval makes no stream and looks for no secrets', () => {
  writeFileSync(box.at('p.rego'), 'package p\n\ndeny contains "the first commit is not signed"\n');
  assert.equal(evaluated('-d', box.at('p.rego'), 'data.p.deny'), '[["the first commit is not signed"]]');
  const modules = readFileSync(listed, 'utf8').split('\n');
  assert.ok(modules.includes('NativeModule vm'), 'the list of modules was read');
  for (const name of process.platform === 'win32' ? [] : ['net', 'tty', 'perf_hooks', 'internal/fs/promises'])
    assert.ok(!modules.includes(`NativeModule ${name}`), `${name} was loaded`);
  assert.deepEqual(loaded(), ['policy']);
});

test('builtins that few policies call lie in a part, whose values are those of the main file', () => {
  // A set and an object that the part makes are told apart by classes of the main file, and its refusals are caught there.
  const query = `[graph.reachable({"a": ["b"], "b": []}, ["a"]) == {"a", "b"}, yaml.unmarshal("k: 1") == {"k": 1},
    {r | r := semver.compare("1.0.0", "2.0.0")}, {r | r := time.parse_rfc3339_ns("no time")}]`;
  assert.equal(evaluated('-d', box.at('p.rego'), query), '[[true,true,[-1],[]]]');
  const parts = loaded();
  assert.deepEqual([parts.includes('policy-builtins'), parts.includes('policy-shield')], [true, false]);
});

test('the code cache is written once, and again after a day', () => {
  const before = written();
  preCommit();
  assert.deepEqual(written(), before);
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const name of caches()) utimesSync(path.join(state, 'code', name), yesterday, yesterday);
  preCommit();
  assert.ok(written().every((time) => time > yesterday.getTime() + 3_600_000));
});

test('without the words of this very build nothing passes', () => {
  const words = path.join(
    state,
    'hooks',
    readFileSync(path.join(state, 'hooks/current'), 'utf8').trim(),
    'hook-words.bin',
  );
  const right = readFileSync(words);
  const stopped = () => {
    const env = { ...box.env, GIT_INDEX_FILE: '.git/index' };
    return spawnSync(path.join(state, 'hooks/dispatch'), ['pre-commit'], { cwd: repo.dir, env, encoding: 'utf8' });
  };
  assert.equal(stopped().status, 0);
  for (const wrong of [right.subarray(0, 1000), Buffer.from(right).fill(0, 0, 16)]) {
    writeFileSync(words, wrong);
    const { status, stderr } = stopped();
    assert.equal(status, 3, stderr);
  }
  rmSync(words);
  assert.equal(stopped().status, 3);
});
