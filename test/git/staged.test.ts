import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Scope } from '../../agent/gate/types.ts';
import { codesOf, filesOf, type Repo, repo, sandbox, textOf } from './support.ts';

const helper = fileURLToPath(new URL('./hook-collect.ts', import.meta.url));
const box = sandbox();
const staged = { kind: 'staged' } as const;
let counter = 0;

function fresh(...options: string[]): Repo {
  counter += 1;
  return box.repository(`r${counter}`, ...options);
}

/** Installs a hook that collects, runs a git command, and returns what the hook saw. */
function inHook(r: Repo, args: string[], options: { hook?: string; env?: NodeJS.ProcessEnv; input?: string } = {}) {
  const out = box.at(`out-${counter}.json`);
  const hooks = r.git('rev-parse', '--path-format=absolute', '--git-path', 'hooks');
  mkdirSync(hooks, { recursive: true });
  const file = path.join(hooks, options.hook ?? 'pre-commit');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${helper}'\n`);
  chmodSync(file, 0o755);
  const result = r.tryGit(args, {
    env: { OUT: out, ...options.env },
    ...(options.input ? { input: options.input } : {}),
  });
  unlinkSync(file);
  assert.equal(result.code, 0, result.output);
  const seen = JSON.parse(readFileSync(out, 'utf8')) as {
    targets: [string, string, string][];
    problems: string[];
    changes: [string, string][];
    root: string;
  };
  return { ...seen, files: Object.fromEntries(seen.targets.map(([file, , text]) => [file, text])) };
}

test('point 1: the index is read, not the working tree', async () => {
  const r = fresh();
  r.commit('a', 'old\n');
  r.write('a', 'staged\n');
  r.git('add', 'a');
  r.write('a', 'working tree\n');
  const collected = await r.collect(staged);
  assert.equal(textOf(collected.targets, 'a'), 'staged\n');
  assert.equal(textOf(collected.base, 'a'), 'old\n');
  assert.deepEqual(collected.problems, []);
});

test('point 3: the first commit is compared with nothing, also in a SHA-256 repository', async () => {
  for (const options of [[], ['--object-format=sha256']]) {
    const r = fresh(...options);
    r.write('a', 'first\n');
    r.git('add', 'a');
    const collected = await r.collect(staged);
    assert.deepEqual(filesOf(collected.targets), ['a']);
    assert.equal(collected.repo.head, null);
    assert.deepEqual(codesOf(collected), []);
  }
});

test('point 9: an empty index with nothing to commit is no problem', async () => {
  const r = fresh();
  assert.deepEqual(codesOf(await r.collect(staged)), []);
  r.commit('a', 'x');
  const collected = await r.collect(staged);
  assert.deepEqual([collected.targets, collected.problems], [[], []]);
});

test('point 2: commit -a is judged by the index that git made for it', () => {
  const r = fresh();
  r.commit('tracked', 'old\n');
  r.write('tracked', 'new by -a\n');
  assert.equal(inHook(r, ['commit', '-qam', 'x']).files['tracked'], 'new by -a\n');
});

test('point 2: commit -- path is judged without what else is staged', () => {
  const r = fresh();
  r.commit('one', '1\n');
  r.write('other', 'staged beside\n');
  r.git('add', 'other');
  r.write('one', 'named\n');
  assert.deepEqual(inHook(r, ['commit', '-qm', 'x', '--', 'one']).files, { one: 'named\n' });
});

test('point 2: commit -p is judged by the chosen hunk', () => {
  const r = fresh();
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`);
  r.commit('file', lines.join(''));
  r.write('file', ['first\n', ...lines.slice(1, 29), 'last\n'].join(''));
  const seen = inHook(r, ['commit', '-qpm', 'x'], { input: 'y\nn\n' });
  assert.match(seen.files['file'] as string, /^first\n/);
  assert.doesNotMatch(seen.files['file'] as string, /last\n/);
});

test('point 2: a linked worktree and a commit from a subfolder', () => {
  const r = fresh();
  r.commit('a', '1\n');
  const linked = box.at(`linked-${counter}`);
  r.git('worktree', 'add', '-q', linked);
  const w = repo(linked, box.env);
  w.write('sub/b', 'in worktree\n');
  w.git('add', 'sub/b');
  w.write('a', 'by -a\n');
  const seen = inHook(w, ['-C', 'sub', 'commit', '-qam', 'x']);
  assert.deepEqual(seen.files, { a: 'by -a\n', 'sub/b': 'in worktree\n' });
  assert.equal(seen.root, linked);
});

test('amend brings what is new in the index', () => {
  const r = fresh();
  r.commit('a', '1\n');
  r.write('b', '2\n');
  r.git('add', 'b');
  assert.deepEqual(inHook(r, ['commit', '-q', '--amend', '--no-edit']).files, { b: '2\n' });
});

test('point 4: links, types, modes, deletions, renames, submodules, intent to add', async () => {
  const r = fresh();
  r.commit('file', 'content\n');
  r.commit('gone', 'bye\n');
  r.commit('moved', 'moved content\n');
  const sub = fresh();
  sub.commit('s', 's');
  r.tryGit(['submodule', 'add', '-q', sub.dir, 'sub']);
  unlinkSync(path.join(r.dir, 'file'));
  symlinkSync('/etc/passwd', path.join(r.dir, 'file'));
  r.git('rm', '-q', 'gone');
  r.git('mv', 'moved', 'elsewhere');
  r.write('later', 'not yet\n');
  r.git('add', '-N', 'later');
  r.git('add', 'file');
  const collected = await r.collect(staged);
  const link = collected.targets.find((document) => document.path === 'file');
  assert.equal(link?.kind, 'symlink');
  assert.equal(link?.text, '/etc/passwd');
  assert.deepEqual(filesOf(collected.targets), ['.gitmodules', 'elsewhere', 'file']);
  assert.deepEqual(collected.changes.map((change) => `${change.status} ${change.path}`).sort(), [
    'A .gitmodules',
    'A elsewhere',
    'A sub',
    'D gone',
    'D moved',
    'T file',
  ]);
  assert.deepEqual(
    collected.skipped.map((skip) => [skip.path, skip.reason]),
    [['sub', 'submodule']],
  );
  assert.equal(textOf(collected.base, 'gone'), 'bye\n');
});

test('point 5: path names are bytes', async () => {
  const r = fresh();
  r.commit('plain', 'x');
  const names = ['with space', 'line\nfeed', 'tab\there', 'quote"d', '-dash', ':(glob)*', 'ünï'];
  for (const name of names) r.write(name, name);
  const latin = Buffer.concat([Buffer.from(`${r.dir}/latin-`), Buffer.from([0xe9])]);
  writeFileSync(latin, 'latin');
  r.git('add', '-A');
  const collected = await r.collect(staged);
  assert.deepEqual(filesOf(collected.targets), [...names, 'latin-\udce9'].sort());
  for (const name of names) assert.equal(textOf(collected.targets, name), name);
  assert.equal(textOf(collected.targets, 'latin-\udce9'), 'latin');
});

test('point 6: attributes, encodings and line ends hide nothing', async () => {
  const r = fresh();
  r.write('.gitattributes', '* -diff\n*.crlf text eol=crlf\n');
  r.write('plain.txt', 'content\n');
  r.write('wide.txt', Buffer.from('\ufeffwide text\n', 'utf16le'));
  r.write('x.crlf', 'one\r\ntwo\r\n');
  r.git('add', '-A');
  const collected = await r.collect(staged);
  assert.equal(textOf(collected.targets, 'plain.txt'), 'content\n');
  assert.match(textOf(collected.targets, 'wide.txt') as string, /wide text/);
  assert.equal(textOf(collected.targets, 'x.crlf'), 'one\ntwo\n');
});

test('point 7: LFS pointers, binary and huge blobs are said', async () => {
  const r = fresh();
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
  r.write('movie.mp4', pointer);
  r.write('binary', Buffer.from([0, 1, 2, 3, 0, 255, 254, 7, 8]));
  r.write('huge.txt', `HEAD\n${'x'.repeat(3000)}\nTAIL\n`);
  r.git('add', '-A');
  const collected = await r.collect(staged, { limits: { fullBytes: 2000, edgeBytes: 100 } });
  const huge = collected.targets.find((document) => document.path === 'huge.txt');
  assert.equal(huge?.partial, true);
  assert.equal(huge?.size, 3011);
  assert.ok((huge?.bytes.length ?? 0) <= 201);
  assert.match(huge?.text ?? '', /^HEAD[\s\S]*TAIL\n$/);
  assert.deepEqual(collected.skipped.map((skip) => [skip.path, skip.reason, skip.partial]).sort(), [
    ['huge.txt', 'too-large', true],
    ['movie.mp4', 'lfs-content', false],
  ]);
  const changes = new Map(collected.changes.map((change) => [change.path, change]));
  assert.equal(changes.get('movie.mp4')?.lfs, true);
  assert.equal(changes.get('binary')?.binary, true);
  assert.equal(changes.get('huge.txt')?.size, 3011);
  assert.equal(collected.problems.length, 0);
});

test('a lockfile that cannot be read whole closes the gate', async () => {
  const r = fresh();
  r.write('package-lock.json', `{"x": "${'y'.repeat(5000)}"}`);
  r.git('add', '-A');
  const limits = { fullBytes: 1000, modelledBytes: 1000, edgeBytes: 100 };
  const collected = await r.collect(staged, { limits });
  assert.deepEqual(codesOf(collected), ['file-too-large']);
  assert.equal(collected.problems[0]?.fatal, true);
});

test('point 8: a merge brings only what is in neither parent', () => {
  const r = fresh();
  r.commit('base', '1\n');
  r.git('checkout', '-qb', 'side');
  r.commit('theirs', 'from the side\n');
  r.commit('both', 'side\n');
  r.git('checkout', '-q', 'main');
  r.commit('both', 'main\n');
  assert.notEqual(r.tryGit(['merge', 'side']).code, 0);
  r.write('both', 'resolved by hand\n');
  r.write('evil', 'in neither parent\n');
  r.git('add', '-A');
  assert.deepEqual(inHook(r, ['commit', '-qm', 'merge']).files, {
    both: 'resolved by hand\n',
    evil: 'in neither parent\n',
  });
});

test('point 8: pre-merge-commit, where MERGE_HEAD is not written yet', () => {
  const r = fresh();
  r.commit('base', '1\n');
  r.git('checkout', '-qb', 'side');
  r.commit('theirs', 'from the side\n');
  r.git('checkout', '-q', 'main');
  r.commit('ours', 'main\n');
  assert.deepEqual(inHook(r, ['merge', '-q', '--no-edit', 'side'], { hook: 'pre-merge-commit' }).files, {});
});

test('a conflict that is not resolved closes the gate', async () => {
  const r = fresh();
  r.commit('f', '0\n');
  r.git('checkout', '-qb', 'side');
  r.commit('f', 'side\n');
  r.git('checkout', '-q', 'main');
  r.commit('f', 'main\n');
  r.tryGit(['merge', 'side']);
  const collected = await r.collect(staged);
  assert.deepEqual(codesOf(collected), ['unmerged']);
});

test('configuration of the index judges, and a broken one closes the gate', async () => {
  const r = fresh();
  r.commit('pregate.yaml', 'version: 1\nexclude: [old/**]\n');
  r.write('pregate.yaml', 'version: 1\nexclude: [new/**]\n');
  r.git('add', '-A');
  r.write('pregate.yaml', 'version: 1\nexclude: [worktree/**]\n');
  const collected = await r.collect(staged);
  assert.deepEqual(collected.config.exclude, ['new/**']);
  r.write('pregate.yaml', 'versoin: 1\n');
  r.git('add', '-A');
  const broken = await r.collect(staged);
  assert.ok(broken.problems.some((problem) => problem.fatal));
});

test('related files come as context, with the unchanged side as base', async () => {
  const r = fresh();
  r.write('package.json', '{"name":"a"}');
  r.write('package-lock.json', '{"lockfileVersion":3}');
  r.write('src/a.ts', 'a');
  r.git('add', '-A');
  r.git('commit', '-qm', 'x');
  r.write('src/a.ts', 'b');
  r.git('add', '-A');
  assert.deepEqual(filesOf((await r.collect(staged)).context), []);
  r.write('package.json', '{"name":"b"}');
  r.git('add', '-A');
  const collected = await r.collect(staged);
  assert.deepEqual(filesOf(collected.context), ['package-lock.json']);
  assert.equal(textOf(collected.base, 'package.json'), '{"name":"a"}');
  assert.equal(textOf(collected.base, 'package-lock.json'), '{"lockfileVersion":3}');
});

test('point 21: replaced objects show what is really committed', async () => {
  const r = fresh();
  r.commit('a', 'x');
  r.write('b', 'real\n');
  r.git('add', 'b');
  const real = r.git('rev-parse', ':b');
  r.write('c', 'clean\n');
  const clean = r.git('hash-object', '-w', 'c');
  r.git('replace', real, clean);
  assert.equal(textOf((await r.collect(staged)).targets, 'b'), 'real\n');
});

test('a path name that could be a token is a document of its own', async () => {
  const r = fresh();
  const name = `notes-${'Ab1'.repeat(8)}.txt`;
  r.write(name, 'x');
  r.write('short.txt', 'x');
  r.git('add', '-A');
  const names = (await r.collect(staged)).targets.filter((document) => document.kind === 'path-name');
  assert.deepEqual(
    names.map((document) => document.text),
    [name],
  );
});

test('point 31: a repository of somebody else, no repository and no git are told apart', async () => {
  const r = fresh();
  const other = await r.collect(staged, { env: { ...box.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
  assert.deepEqual(codesOf(other), ['dubious-ownership']);
  assert.match(other.problems[0]?.message ?? '', /safe\.directory/);
  const none = await r.collect(staged, { cwd: box.at('home') });
  assert.deepEqual(codesOf(none), ['not-a-repository']);
  const missing = await r.collect(staged, { env: { ...box.env, PATH: '/nonexistent' } });
  assert.deepEqual(codesOf(missing), ['git-missing']);
  for (const collected of [other, none, missing]) assert.equal(collected.problems[0]?.fatal, true);
});

test('a damaged object closes the gate and the rest is still read', async () => {
  const r = fresh();
  r.commit('x', 'x');
  r.write('a', 'first\n');
  r.write('b', 'second\n');
  r.write('c', 'third\n');
  r.git('add', '-A');
  const oid = r.git('rev-parse', ':b');
  unlinkSync(path.join(r.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  const collected = await r.collect(staged);
  assert.deepEqual(codesOf(collected), ['object-missing']);
  assert.deepEqual(filesOf(collected.targets), ['a', 'c']);
});

test('threat 3: with threat 5, poisoned configuration and a planted git run nothing', async () => {
  const r = fresh();
  r.commit('a', 'x');
  const canary = box.at('canary');
  const script = box.at('evil.sh');
  writeFileSync(script, `#!/bin/sh\ntouch '${canary}'\n`);
  chmodSync(script, 0o755);
  for (const key of [
    'core.fsmonitor',
    'diff.external',
    'filter.x.clean',
    'core.sshCommand',
    'core.pager',
    'gpg.program',
  ]) {
    r.git('config', key, script);
  }
  r.write('.gitattributes', '* filter=x diff=y\n');
  r.git('config', 'diff.y.textconv', script);
  r.git('-c', 'core.fsmonitor=false', '-c', 'filter.x.clean=cat', 'add', '-A');
  for (const name of ['node_modules/.bin/git', 'bin/git']) {
    r.write(name, `#!/bin/sh\ntouch '${canary}'\n`);
    chmodSync(path.join(r.dir, name), 0o755);
  }
  const PATH = `node_modules/.bin:${r.dir}/node_modules/.bin:${r.dir}/bin:${box.env['PATH']}`;
  const env = { ...box.env, PATH, GIT_EXTERNAL_DIFF: script, GIT_PAGER: script };
  unlinkIfThere(canary);
  const scopes: Scope[] = [staged, { kind: 'all' }, { kind: 'paths', paths: ['.'] }, { kind: 'outgoing' }];
  for (const scope of scopes) {
    const collected = await r.collect(scope, { env });
    assert.ok(!collected.problems.some((problem) => problem.fatal), JSON.stringify(collected.problems));
  }
  assert.throws(() => readFileSync(canary));
});

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Not there yet.
  }
}
