/** What keeps a cold hook cheap, as far as it does not depend on the machine's speed: what it loads, and its code cache. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
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
  assert.deepEqual(parts, ['hook', 'hook-policy', 'hook-rest', 'hook-text']);
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
