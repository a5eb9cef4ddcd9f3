/** Files of a remote's branches, as the daemon reads and keeps them, beside what git says of the same names. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readRemoteRef } from '../../agent/daemon/head.ts';
import { remoteFilesFirst, type Seen } from '../../agent/daemon/remote-files.ts';
import { type ObjectReader, openObjects } from '../../agent/git/objects.ts';
import { openGit } from '../../agent/git/run.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();

/** A reader that counts what is left to git. */
function counting(reader: ObjectReader): ObjectReader & { names: string[] } {
  const names: string[] = [];
  return {
    names,
    read(name, limits) {
      names.push(name);
      return reader.read(name, limits);
    },
    close: () => reader.close(),
  };
}

test('every name is what git says it is, however the refs are kept', async (t) => {
  const repo = box.repository('names');
  repo.commit('.pregate/exceptions.jsonl', 'first\n');
  const first = repo.git('rev-parse', 'HEAD').trim();
  repo.commit('.pregate/exceptions.jsonl', 'second\n');
  const second = repo.git('rev-parse', 'HEAD').trim();
  const dir = path.join(repo.dir, '.git');
  const git = openGit(repo.dir, box.env);
  const names = ['HEAD', 'main', 'master', 'a/b', 'none'].map((name) => `refs/remotes/origin/${name}`);
  const states: Record<string, () => void> = {
    'no remote': () => {},
    'loose refs': () => repo.git('update-ref', 'refs/remotes/origin/main', first),
    'a branch with a slash': () => repo.git('update-ref', 'refs/remotes/origin/a/b', second),
    'a symbolic ref': () => repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'),
    'packed refs': () => repo.git('pack-refs', '--all'),
    'loose over packed': () => repo.git('update-ref', 'refs/remotes/origin/main', second),
    'a symbolic ref to nothing': () => repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone'),
    'a chain': () => {
      repo.git('symbolic-ref', 'refs/remotes/origin/second', 'refs/remotes/origin/main');
      repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/second');
    },
    'a symbolic ref out of the remotes': () => repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/main'),
    'a tag that is called like a branch of the remote': () =>
      repo.git('update-ref', 'refs/tags/refs/remotes/origin/master', first),
    'the same, packed': () => repo.git('pack-refs', '--all'),
    'a ref that is no id': () => writeFileSync(path.join(dir, 'refs/remotes/origin/main'), 'no id\n'),
    'a ref that is a folder': () => {
      rmSync(path.join(dir, 'refs/remotes/origin/main'));
      mkdirSync(path.join(dir, 'refs/remotes/origin/main'));
    },
    'a link': () => {
      rmSync(path.join(dir, 'refs/remotes/origin/main'), { recursive: true });
      symlinkSync('master', path.join(dir, 'refs/remotes/origin/main'));
    },
  };
  const seen: Seen = new Map();
  for (const [state, make] of Object.entries(states)) {
    make();
    // A reader of git's own keeps packed refs for a while; each state is asked of a new one.
    const [theirs, inner] = [openObjects(git), openObjects(git)];
    t.after(() => [theirs.close(), inner.close()]);
    const ours = remoteFilesFirst(inner, dir, seen);
    for (const name of names) {
      for (const file of ['.pregate/exceptions.jsonl', '.pregate/none', '']) {
        const [right, said] = await Promise.all([theirs.read(`${name}:${file}`), ours.read(`${name}:${file}`)]);
        assert.deepEqual(said?.oid, right?.oid, `${state}: ${name}:${file}`);
        assert.deepEqual(said?.bytes, right?.bytes, `${state}: ${name}:${file}`);
      }
    }
  }
});

test('git is asked once for each commit, and not at all for a branch that is not there', async (t) => {
  const repo = box.repository('asked');
  repo.commit('a.txt', 'a\n');
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const dir = path.join(repo.dir, '.git');
  const inner = counting(openObjects(openGit(repo.dir, box.env)));
  t.after(() => inner.close());
  const ours = remoteFilesFirst(inner, dir, new Map());
  const all = () =>
    Promise.all(['HEAD', 'main', 'master'].map((name) => ours.read(`refs/remotes/origin/${name}:a.txt`)));
  const first = await all();
  assert.deepEqual(
    first.map((one) => one?.bytes.toString()),
    [undefined, 'a\n', undefined],
  );
  assert.equal(inner.names.length, 1, inner.names.join());
  assert.deepEqual(await all(), first);
  assert.equal(inner.names.length, 1, 'kept');
  repo.commit('a.txt', 'b\n');
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  assert.equal((await all())[1]?.bytes.toString(), 'b\n', 'the branch has moved');
  // Names that are no branch of a remote are left alone.
  await ours.read('HEAD:a.txt');
  assert.equal(inner.names.at(-1), 'HEAD:a.txt');
  for (const name of ['refs/heads/main', 'refs/remotes/../heads/main', 'refs/remotes/origin/main~1', ''])
    assert.equal(readRemoteRef(dir, name), undefined, name);
});
