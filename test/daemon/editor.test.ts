/** The editor's agent and the hooks share one daemon, and say the same without it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer, toldByServer } from '../product/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { world } from './support.ts';

const w = world();

test('the language server and the hooks ask the same process about the index, with one verdict, and each works without it', async (t) => {
  const repo = w.box.repository('shared');
  repo.commit('README.md', '# Example\n');
  repo.write('deploy.env', `TOKEN=${generateSecret('github-token', 1)}\n`);
  repo.git('add', '-A');
  repo.git('write-tree');
  const alone = await startServer(w.shipped, repo.dir, { ...w.env, PREGATE_DAEMON: 'off' });
  t.after(() => alone.close());
  const told = await toldByServer(alone, repo.dir);
  assert.match(told.join('\n'), /^deploy\.env:1:/m);

  const { pid } = await w.start();
  assert.equal(w.hook(repo, ['pre-commit']).code, 1);
  const open = async () => {
    const server = await startServer(w.shipped, repo.dir, w.env);
    t.after(() => server.close());
    assert.deepEqual(await toldByServer(server, repo.dir), told);
    return server;
  };
  let server = await open();
  // Busy with something else, or slower than an editor waits, it leaves that one to itself, and the next one asks again.
  await until(async () => {
    if (((await w.status())?.reports ?? 0) > 0) return true;
    server = await open();
    return false;
  }, 'the editor asks the daemon');
  const status = await w.status();
  assert.equal(status?.pid, pid);
  assert.ok((status?.reports ?? 0) > 0, 'the editor has asked the daemon');
  assert.ok((status?.served ?? 0) > 0, 'the hook has asked the daemon');
  assert.equal(server.traffic().includes(generateSecret('github-token', 1)), false);

  // It goes away, and the editor still tells what is staged.
  w.stop();
  const later = await startServer(w.shipped, repo.dir, w.env);
  t.after(() => later.close());
  assert.deepEqual(await toldByServer(later, repo.dir), told);
});
