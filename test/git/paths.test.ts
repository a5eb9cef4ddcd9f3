import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { collect } from '../../agent/gate/collect.ts';
import { codesOf, filesOf, sandbox, textOf } from './support.ts';

const box = sandbox();
let counter = 0;

function folder(files: Record<string, string>): string {
  counter += 1;
  const dir = box.at(`plain${counter}`);
  mkdirSync(dir);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    writeFileSync(path.join(dir, name), content);
  }
  return dir;
}

const look = (paths: string[], options: Partial<Parameters<typeof collect>[1]> = {}) =>
  collect({ kind: 'paths', paths }, { cwd: box.folder, env: box.env, ...options });

test('a folder that is no repository: everything but .git and node_modules, links as links', async () => {
  const dir = folder({ a: '1', 'sub/b': '2', 'node_modules/x/index.js': 'no', '.git-not/c': '3' });
  symlinkSync('/etc', path.join(dir, 'escape'));
  symlinkSync('sub', path.join(dir, 'inner'));
  const collected = await look([dir]);
  assert.deepEqual(filesOf(collected.targets), ['.git-not/c', 'a', 'escape', 'inner', 'sub/b']);
  assert.equal(collected.targets.find((document) => document.path === 'escape')?.kind, 'symlink');
  assert.equal(textOf(collected.targets, 'escape'), '/etc');
  assert.equal(collected.repo.git, false);
  assert.equal(collected.repo.root, dir);
  assert.deepEqual(codesOf(collected), []);
});

test('inside a repository git says what a folder holds; what is named is always read', async () => {
  const r = box.repository('ignoring');
  r.write('.gitignore', 'build/\n*.log\n');
  r.commit('src/a', 'committed');
  r.write('src/a', 'in the working tree');
  r.write('src/new', 'untracked');
  r.write('build/out', 'ignored');
  r.write('x.log', 'ignored');
  rmSync(path.join(r.dir, 'gone'), { force: true });
  const whole = await look([r.dir]);
  assert.deepEqual(filesOf(whole.targets), ['.gitignore', 'src/a', 'src/new']);
  assert.equal(textOf(whole.targets, 'src/a'), 'in the working tree');
  assert.deepEqual(filesOf((await look([path.join(r.dir, 'x.log')])).targets), ['x.log']);
  assert.deepEqual(filesOf((await look(['build'], { cwd: r.dir })).targets), ['build/out']);
  assert.deepEqual(filesOf((await look(['src'], { cwd: r.dir })).targets), ['src/a', 'src/new']);
});

test('a folder named from outside its repository is a root of its own', async () => {
  const r = box.repository('outer');
  r.commit('fixtures/one/.github/workflows/ci.yml', 'on: push\n');
  const from = await look([path.join(r.dir, 'fixtures/one')]);
  assert.deepEqual(filesOf(from.targets), ['.github/workflows/ci.yml']);
});

test('only what the index has as a submodule is called one', async () => {
  const r = box.repository('folders');
  const inner = box.repository('inner');
  inner.commit('x', '1');
  r.commit('Dockerfile', 'FROM scratch\n');
  r.commit('.github/workflows/ci.yml', 'on: push\n');
  r.commit('.github/ISSUE_TEMPLATE/bug.yml', 'name: bug\n');
  r.commit('was-a-file', '1');
  for (const named of ['Dockerfile', '.github', '.']) {
    assert.deepEqual((await look([named], { cwd: r.dir })).skipped, [], named);
  }
  rmSync(path.join(r.dir, 'was-a-file'));
  r.write('was-a-file/now', 'a folder');
  r.git('update-index', '--add', '--cacheinfo', `160000,${inner.git('rev-parse', 'HEAD')},lib/sub`);
  mkdirSync(path.join(r.dir, 'lib/sub'), { recursive: true });
  const own = path.join(r.dir, 'own');
  execFileSync('git', ['clone', '-q', inner.dir, own], { env: box.env });
  const told = async (named: string) =>
    (await look([named], { cwd: r.dir })).skipped.map((skip) => [skip.path, skip.reason]).sort();
  assert.deepEqual(await told('.'), [
    ['lib/sub', 'submodule'],
    ['own', 'nested-repository'],
  ]);
  assert.deepEqual(await told('lib'), [['lib/sub', 'submodule']]);
  assert.ok(filesOf((await look(['.'], { cwd: r.dir })).targets).includes('was-a-file/now'));
});

test('without git the files are read, and what was not is said', async () => {
  const r = box.repository('gitless');
  r.commit('a', '1');
  const collected = await look([r.dir], { env: { ...box.env, PATH: box.at('no-programs') } });
  assert.deepEqual(filesOf(collected.targets), ['a']);
  const [problem] = collected.problems;
  assert.deepEqual([problem?.code, problem?.fatal], ['git-missing', false]);
  assert.match(problem?.message ?? '', /ignore rules and history were not read/);
  assert.doesNotMatch(problem?.message ?? '', /nothing was checked/i);
});

test('git variables of another repository do not mislead', async () => {
  const r = box.repository('meant');
  r.commit('a', '1');
  const other = box.repository('other');
  const env = { ...box.env, GIT_DIR: path.join(other.dir, '.git'), GIT_INDEX_FILE: path.join(other.dir, '.git/index') };
  assert.deepEqual(filesOf((await look([r.dir], { env })).targets), ['a']);
});

test('what cannot be read is said and closes the gate; pipes do not block', {
  skip: process.platform === 'win32',
}, async () => {
  const dir = folder({ a: '1' });
  execFileSync('mkfifo', [path.join(dir, 'pipe')]);
  const collected = await look([dir]);
  assert.deepEqual(
    collected.skipped.map((skip) => [skip.path, skip.reason]),
    [['pipe', 'unreadable']],
  );
  const missing = await look(['nowhere']);
  assert.deepEqual(codesOf(missing), ['path-missing']);
  assert.equal(missing.problems[0]?.fatal, true);
  if (process.getuid?.() === 0) return;
  chmodSync(path.join(dir, 'a'), 0);
  assert.deepEqual(codesOf(await look([dir])), ['file-unreadable']);
});

test('a tracked file behind a folder that became a link is not read', async () => {
  const r = box.repository('linked');
  r.commit('sub/passwd', 'tracked');
  rmSync(path.join(r.dir, 'sub'), { recursive: true });
  symlinkSync('/etc', path.join(r.dir, 'sub'));
  const collected = await look([r.dir]);
  assert.ok(!collected.targets.some((document) => document.text.includes('root:')));
  assert.deepEqual(
    collected.skipped.map((skip) => skip.path),
    ['sub/passwd'],
  );
});

test('a large file is read at head and tail', async () => {
  const dir = folder({ big: `HEAD${'x'.repeat(10_000)}TAIL` });
  const collected = await look([dir], { limits: { fullBytes: 1000, edgeBytes: 50 } });
  const document = collected.targets[0];
  assert.deepEqual([document?.partial, document?.size, document?.bytes.length], [true, 10_008, 101]);
  assert.match(document?.text ?? '', /^HEAD[\s\S]*TAIL$/);
});

test('a file that keeps changing while it is read closes the gate', async () => {
  const dir = folder({});
  const file = path.join(dir, 'log');
  writeFileSync(file, 'x'.repeat(1000));
  const fs = await import('node:fs');
  const real = fs.default.readSync;
  // The writer runs between our two looks at the size, as a busy log would.
  fs.default.readSync = ((...args: Parameters<typeof real>) => {
    appendFileSync(file, 'more');
    return real(...args);
  }) as typeof real;
  const { syncBuiltinESMExports } = await import('node:module');
  syncBuiltinESMExports();
  try {
    assert.deepEqual(codesOf(await look([dir])), ['changed-while-read']);
  } finally {
    fs.default.readSync = real;
    syncBuiltinESMExports();
  }
});

test('too many files close the gate instead of being left out quietly', async () => {
  const dir = folder(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, 'x'])));
  const collected = await look([dir], { limits: { files: 10 } });
  assert.equal(collected.targets.length, 10);
  assert.deepEqual(codesOf(collected), ['scope-too-large']);
});

test('all: tracked files as the index has them; HEAD in a bare repository', async () => {
  const r = box.repository('tracked');
  r.commit('a', '1');
  r.write('b', 'staged');
  r.git('add', 'b');
  r.write('b', 'later');
  r.write('untracked', 'no');
  const all = await r.collect({ kind: 'all' });
  assert.deepEqual(filesOf(all.targets), ['a', 'b']);
  assert.equal(textOf(all.targets, 'b'), 'staged');
  const bare = box.at('tracked.git');
  execFileSync('git', ['clone', '-q', '--bare', r.dir, bare], { env: box.env });
  const inBare = await collect({ kind: 'all' }, { cwd: bare, env: { ...box.env, GIT_DIR: bare } });
  assert.deepEqual(filesOf(inBare.targets), ['a']);
  const unnamed = await collect({ kind: 'all' }, { cwd: bare, env: box.env });
  assert.deepEqual(codesOf(unnamed), ['bare-repository']);
  const plain = await collect({ kind: 'all' }, { cwd: folder({ x: '1' }), env: box.env });
  assert.deepEqual(filesOf(plain.targets), ['x']);
});

test('text: the files around it come as context', async () => {
  const dir = folder({ 'package.json': '{}', 'package-lock.json': '{}', 'src/a.ts': '' });
  const scope = { kind: 'text', path: 'package.json', text: '{"name":"edited"}', root: dir } as const;
  const collected = await collect(scope, { cwd: dir, env: box.env });
  assert.deepEqual([filesOf(collected.targets), filesOf(collected.context)], [['package.json'], ['package-lock.json']]);
  assert.equal(collected.targets[0]?.text, '{"name":"edited"}');
});
