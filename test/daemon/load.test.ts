/** The daemon when it has much to do: many hooks one after the other, and a push that it leaves to the hook. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { remote } from '../hooks/support.ts';
import { until } from '../support/until.ts';
import { world } from './support.ts';

const w = world();
const clean = w.staged('clean', 'TOKEN=\n');

test('fifty hooks later it still is small, and has one reader of objects', async () => {
  const { pid } = await w.start();
  for (let turn = 0; turn < 50; turn++) assert.equal(w.hook(clean, ['pre-commit']).code, 0);
  // What was thrown away may not be collected yet. A hook that came before the thread had said that it is free has got another
  // thread, with its 30 MB, which goes after a minute (pool.ts).
  await until(async () => {
    const { rss = Infinity, threads = 1 } = (await w.status()) ?? {};
    return rss <= 90e6 + threads * 30e6;
  }, 'it has no more than 120 MB, and 30 for a second thread');
  assert.equal((await w.status())?.pid, pid);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8') + threadChildren(pid);
  assert.ok(children.trim().split(/\s+/).length <= 2, children);
});

function threadChildren(pid: number): string {
  return readdirSync(`/proc/${pid}/task`)
    .filter((thread) => thread !== String(pid))
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'))
    .join(' ');
}

test('point 19: a first push of a large history goes on by itself, shows progress and finishes', async () => {
  await w.start();
  const repo = w.box.repository('large');
  remote(w.box, repo);
  // More than the daemon can judge in the two seconds after which it leaves a push to the hook, on a quiet machine too.
  const commits = 70;
  const blobs = 600;
  let input = '';
  for (let commit = 0; commit < commits; commit++) {
    input += `commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + commit} +0000\ndata 1\nx\n`;
    for (let blob = 0; blob < blobs; blob++) {
      const text = `export const v${blob} = compute(${commit}, 'name');\n`.repeat(60);
      input += `M 644 inline src/f${blob}.ts\ndata ${text.length}\n${text}\n`;
    }
  }
  assert.equal(spawnSync('git', ['fast-import', '--quiet'], { cwd: repo.dir, env: repo.env, input }).status, 0);
  const head = repo.git('rev-parse', 'main');
  const line = `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`;
  const told = w.hook(repo, ['pre-push', 'origin', repo.git('remote', 'get-url', 'origin')], {
    input: line,
    progress: true,
  });
  assert.equal(told.code, 0, told.err);
  assert.match(told.err, /^Pregate: .*\d/m);
});
