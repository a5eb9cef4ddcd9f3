import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Collected } from '../../agent/gate/types.ts';
import { line, push, pushed as pushedIn, seen, zero } from './outgoing-support.ts';
import { codesOf, filesOf, sandbox, textOf } from './support.ts';

const box = sandbox();
let counter = 0;
const pushed = () => {
  counter += 1;
  return pushedIn(box);
};

test('point 18: content added and removed within the push is history, the tip is judged as a tree', async () => {
  const r = pushed();
  r.git('checkout', '-qb', 'feature');
  const bad = r.commit('config', 'planted\n', 'add');
  r.git('rm', '-q', 'config');
  r.git('commit', '-qm', 'remove');
  r.commit('README', 'hello again\n');
  const collected = await push(r, line(r, 'feature', 'refs/heads/feature'));
  assert.deepEqual(
    collected.history.map((document) => [document.path, document.text, document.commit]),
    [['config', 'planted\n', bad]],
  );
  assert.deepEqual(filesOf(collected.targets), ['README']);
  assert.equal(textOf(collected.base, 'README'), 'hello\n');
  assert.equal(collected.commits.length, 3);
  assert.equal(collected.label, '3 commits to origin/feature');
  assert.deepEqual(collected.commits[1]?.paths, ['config']);
  assert.deepEqual(collected.problems, []);
});

test('commits carry people, message, parents and whether a signature is there', async () => {
  const r = pushed();
  r.write('a', 'x');
  r.git('add', '-A');
  const env = { ...box.env, GIT_AUTHOR_DATE: '1700000000 -0330', GIT_COMMITTER_DATE: '1700000100 +0530' };
  execFileSync('git', ['commit', '-qm', 'Subject\n\nBody line\n\nReviewed-by: x'], { cwd: r.dir, env });
  const key = box.at(`key${counter}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  r.write('a', 'y');
  r.git('-c', 'gpg.format=ssh', '-c', `user.signingkey=${key}`, 'commit', '-qam', 'signed', '-S');
  const collected = await push(r, line(r, 'main', 'refs/heads/main', r.git('rev-parse', 'origin/main')));
  const [signed, plain] = collected.commits;
  assert.deepEqual(signed?.signature.present, true);
  assert.equal(signed?.signature.format, 'ssh');
  assert.equal(signed?.signature.status, 'no-key');
  assert.deepEqual(plain?.signature, { present: false, status: 'none' });
  assert.equal(plain?.author.date, '2023-11-14T18:43:20-03:30');
  assert.equal(plain?.committer.date, '2023-11-15T03:45:00+05:30');
  assert.equal(plain?.subject, 'Subject');
  assert.equal(plain?.body, 'Body line\n\nReviewed-by: x');
  assert.deepEqual(plain?.parents, [r.git('rev-parse', 'origin/main')]);
  const verified = await r.collect(
    { kind: 'outgoing' },
    { verify: async (_repo, oids) => new Map(oids.map((oid) => [oid, { present: true, status: 'good' } as const])) },
  );
  assert.deepEqual(
    verified.commits.map((commit) => commit.signature.status),
    ['good', 'none'],
  );
});

test('messages of commits and tags, and names of paths, are read', async () => {
  const r = pushed();
  const name = `dump-${'xY9'.repeat(8)}`;
  r.commit(name, 'x', 'words in the message');
  r.git('tag', '-a', 'v1', '-m', 'words in the tag');
  r.git('tag', '-a', 'v1-again', 'v1', '-m', 'words in a tag of a tag');
  const collected = await push(r, line(r, 'refs/tags/v1-again', 'refs/tags/v1-again'));
  const messages = collected.targets.filter((document) => document.kind === 'message');
  assert.deepEqual(messages.map((document) => document.text).sort(), [
    'words in a tag of a tag\n',
    'words in the message\n',
    'words in the tag\n',
  ]);
  assert.deepEqual(
    collected.targets.filter((document) => document.kind === 'path-name').map((one) => one.text),
    [name],
  );
  assert.equal(collected.push?.refs[0]?.kind, 'tag');
  assert.deepEqual(collected.push?.refs[0]?.commits, [r.git('rev-parse', 'HEAD')]);
});

test('point 15: tags on blobs and trees, and notes', async () => {
  const r = pushed();
  r.write('loose', 'a blob by itself\n');
  const blob = r.git('hash-object', '-w', 'loose');
  r.git('tag', 'blob', blob);
  r.git('tag', '-a', '-m', 'tagged blob', 'blob2', blob);
  const tree = execFileSync('git', ['mktree'], { cwd: r.dir, env: r.env, input: `100644 blob ${blob}\tinside\n` });
  r.git('tag', 'tree', tree.toString().trim());
  r.git('notes', 'add', '-m', 'a note');
  const refs = ['refs/tags/blob', 'refs/tags/blob2', 'refs/tags/tree', 'refs/notes/commits'];
  for (const ref of refs.slice(0, 3)) {
    const collected = await push(r, line(r, ref, ref));
    assert.match(seen(collected), /a blob by itself/, ref);
    assert.equal(collected.push?.refs[0]?.force, false);
  }
  const collected = await push(r, ...refs.map((ref) => line(r, ref, ref)));
  assert.match(seen(collected), /a note\n/);
  assert.match(seen(collected), /tagged blob/);
  assert.deepEqual(
    collected.push?.refs.map((ref) => ref.kind),
    ['tag', 'tag', 'tag', 'notes'],
  );
  assert.ok(!collected.problems.some((problem) => problem.fatal));
});

test('point 15: new branch, forced push, deletion, unknown old value', async () => {
  const r = pushed();
  const old = r.commit('a', '1\n');
  r.git('push', '-q');
  r.commit('a', '2\n');
  const plain = await push(r, line(r, 'main', 'refs/heads/main', old));
  assert.deepEqual(flags(plain), [{ create: false, delete: false, force: false, protected: true }]);
  r.git('reset', '-q', '--hard', 'HEAD~2');
  r.commit('a', 'rewritten\n');
  const forced = await push(r, line(r, 'main', 'refs/heads/main', old));
  assert.deepEqual(flags(forced), [{ create: false, delete: false, force: true, protected: true }]);
  const fresh = await push(r, line(r, 'HEAD', 'refs/heads/new'));
  assert.deepEqual(flags(fresh), [{ create: true, delete: false, force: false, protected: false }]);
  const unknown = await push(r, line(r, 'main', 'refs/heads/main', 'ab'.repeat(20)));
  assert.deepEqual(flags(unknown), [{ create: false, delete: false, force: null, protected: true }]);
  const gone = { localRef: '(delete)', localOid: zero, remoteRef: 'refs/heads/main', remoteOid: old };
  const deleted = await push(r, gone);
  assert.deepEqual(flags(deleted), [{ create: false, delete: true, force: false, protected: true }]);
  assert.deepEqual([deleted.commits, deleted.targets, deleted.history], [[], [], []]);
});

function flags(collected: Collected) {
  return collected.push?.refs.map(({ create, delete: deleted, force, protected: guarded }) => ({
    create,
    delete: deleted,
    force,
    protected: guarded,
  }));
}

test('several refs at once: each has its own commits, all objects are read', async () => {
  const r = pushed();
  r.git('checkout', '-qb', 'one');
  const one = r.commit('one', 'from one\n');
  r.git('checkout', '-qb', 'two', 'main');
  const two = r.commit('two', 'from two\n');
  const collected = await push(r, line(r, 'one', 'refs/heads/one'), line(r, 'two', 'refs/heads/two'));
  assert.deepEqual(
    collected.push?.refs.map((ref) => ref.commits),
    [[one], [two]],
  );
  assert.match(seen(collected), /from one/);
  assert.match(seen(collected), /from two/);
  assert.deepEqual(
    collected.skipped.map((skip) => skip.reason),
    ['other-ref'],
  );
});

test('point 18: with point 8, what a merge brings that is in neither parent', async () => {
  const r = pushed();
  r.git('checkout', '-qb', 'side');
  r.commit('side', 's\n');
  r.git('checkout', '-q', 'main');
  r.commit('main', 'm\n');
  r.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  r.write('evil', 'only in the merge\n');
  r.git('add', '-A');
  r.git('commit', '-qm', 'merge');
  const merge = r.git('rev-parse', 'HEAD');
  r.git('rm', '-q', 'evil');
  r.git('commit', '-qm', 'cover up');
  const collected = await push(r, line(r, 'main', 'refs/heads/main', r.git('rev-parse', 'origin/main')));
  assert.deepEqual(
    collected.history.map((document) => [document.path, document.commit]),
    [['evil', merge]],
  );
});

test('point 18: attributes hide nothing, and the same blob is read once', async () => {
  const r = pushed();
  r.commit('.gitattributes', '* -diff -text\n');
  r.write('a', 'same content\n');
  r.write('b', 'same content\n');
  r.git('add', '-A');
  r.git('commit', '-qm', 'two');
  r.git('rm', '-q', 'a', 'b');
  r.git('commit', '-qm', 'gone');
  const collected = await push(r, line(r, 'main', 'refs/heads/main', r.git('rev-parse', 'origin/main')));
  assert.deepEqual(
    collected.history.map((document) => document.text),
    ['same content\n'],
  );
});

test('point 17: a tracking ref written by hand does not make commits disappear', async () => {
  const r = pushed();
  r.git('checkout', '-qb', 'feature');
  r.commit('a', 'hidden\n');
  r.git('update-ref', 'refs/remotes/origin/fake', 'HEAD');
  const collected = await push(r, line(r, 'feature', 'refs/heads/feature'));
  assert.match(seen(collected), /hidden/);
  assert.deepEqual(codesOf(collected), ['tracking-ref-by-hand']);
  r.git('update-ref', '-d', 'refs/remotes/origin/fake');
  r.git('push', '-q', 'origin', 'feature');
  r.git('checkout', '-qb', 'second');
  const known = await push(r, line(r, 'second', 'refs/heads/second'));
  assert.deepEqual([known.commits, codesOf(known)], [[], []]);
});

test('point 16: what another remote has is still outgoing for this one', async () => {
  const r = pushed();
  const other = box.repository(`other${counter}.git`, '--bare');
  r.git('remote', 'add', 'private', other.dir);
  r.commit('a', 'private work\n');
  r.git('push', '-q', 'private', 'main');
  const collected = await push(r, line(r, 'main', 'refs/heads/main', r.git('rev-parse', 'origin/main')));
  assert.match(seen(collected), /private work/);
  assert.equal(collected.commits.length, 1);
});

test('point 21: replaced objects and grafts show what is really sent', async () => {
  const r = pushed();
  r.commit('a', 'really sent\n');
  const real = r.git('rev-parse', 'HEAD:a');
  r.write('c', 'clean\n');
  r.git('replace', real, r.git('hash-object', '-w', 'c'));
  const middle = r.git('rev-parse', 'HEAD');
  r.git('rm', '-q', 'a');
  r.git('commit', '-qm', 'gone');
  writeFileSync(`${r.dir}/.git/info/grafts`, `${r.git('rev-parse', 'HEAD')} ${r.git('rev-parse', 'origin/main')}\n`);
  const collected = await push(r, line(r, 'main', 'refs/heads/main', r.git('rev-parse', 'origin/main')));
  assert.ok(collected.commits.some((commit) => commit.oid === middle));
  assert.match(seen(collected), /really sent/);
});
