/** Which tracking refs count as what a remote has. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { newGit } from '../hooks/tools.ts';
import { line, push, pushed, seen } from './outgoing-support.ts';
import { codesOf, type Repo, repo, sandbox } from './support.ts';

const box = sandbox();
const found = newGit();

/** A branch with a commit that no remote has. */
function ahead(r = pushed(box)): Repo {
  r.git('checkout', '-qb', 'feature');
  r.commit('a', 'hidden\n');
  return r;
}

async function isSent(r: Repo, codes: string[]): Promise<void> {
  const collected = await push(r, line(r, 'feature', 'refs/heads/feature'));
  assert.match(seen(collected), /hidden/);
  assert.deepEqual(codesOf(collected), codes);
}

test('point 17: a tracking ref that has no log and names a commit made here does not count, packed or not', async () => {
  const r = ahead();
  r.git('-c', 'core.logAllRefUpdates=false', 'update-ref', 'refs/remotes/origin/fake', 'HEAD');
  await isSent(r, ['tracking-ref-by-hand']);
  r.git('update-ref', 'refs/remotes/origin/fake', 'HEAD');
  r.git('pack-refs', '--all');
  rmSync(path.join(r.dir, '.git/logs/refs/remotes/origin'), { recursive: true, force: true });
  const collected = await push(r, line(r, 'feature', 'refs/heads/feature'));
  assert.match(seen(collected), /hidden/);
});

test('point 17: what the remote says in this push counts more than a tracking ref with a log that looks like git’s', async () => {
  const r = ahead();
  r.git('update-ref', '-m', 'update by push', 'refs/remotes/origin/feature', 'HEAD');
  await isSent(r, []);
  r.git('update-ref', '-d', 'refs/remotes/origin/feature');
  const old = r.git('rev-parse', 'origin/main');
  r.git('update-ref', '-m', 'fetch: fast-forward', 'refs/remotes/origin/main', 'HEAD');
  const collected = await push(r, line(r, 'feature', 'refs/heads/main', old));
  assert.match(seen(collected), /hidden/);
  assert.equal(collected.commits.length, 1);
});

test('point 17: the refs of a fresh clone have no log and count, and so do those that a push has written', async () => {
  const from = ahead();
  from.git('push', '-q', 'origin', 'feature');
  const dir = box.at(`clone-${path.basename(from.dir)}`);
  from.git('clone', '-q', `${from.dir}.git`, dir);
  const r = repo(dir, box.env);
  r.git('checkout', '-qb', 'feature', 'origin/feature');
  const collected = await push(r, line(r, 'feature', 'refs/heads/second'));
  assert.deepEqual([collected.commits, codesOf(collected)], [[], []]);
});

test('point 17: in a repository with reftables too', { skip: 'skip' in found && found.skip }, async () => {
  const searched = `${(found as { folder: string }).folder}${path.delimiter}${box.env['PATH']}`;
  const env = { ...box.env, PATH: searched, GIT_DEFAULT_REF_FORMAT: 'reftable' };
  const r = repo(box.at('tables'), env);
  repo(box.folder, env).git('init', '-q', r.dir);
  r.git('init', '-q', '--bare', box.at('tables.git'));
  r.git('remote', 'add', 'origin', box.at('tables.git'));
  r.commit('README', 'hello\n');
  r.git('push', '-q', '-u', 'origin', 'main');
  assert.equal(r.git('rev-parse', '--show-ref-format'), 'reftable');
  ahead(r);
  r.git('update-ref', 'refs/remotes/origin/fake', 'HEAD');
  await isSent(r, ['tracking-ref-by-hand']);
  r.git('update-ref', '-d', 'refs/remotes/origin/fake');
  r.git('-c', 'core.logAllRefUpdates=false', 'update-ref', 'refs/remotes/origin/other', 'HEAD');
  await isSent(r, ['tracking-ref-by-hand']);
  r.git('update-ref', '-d', 'refs/remotes/origin/other');
  r.git('push', '-q', 'origin', 'feature');
  const known = await push(r, line(r, 'feature', 'refs/heads/second'));
  assert.deepEqual([known.commits, codesOf(known)], [[], []]);
});
