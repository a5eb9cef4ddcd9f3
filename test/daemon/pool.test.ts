import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { startPool } from '../../agent/daemon/pool.ts';
import type { Request } from '../../agent/daemon/protocol.ts';

const request = {
  hook: 'pre-commit',
  args: [],
  cwd: '/',
  env: {},
  pid: 0,
  payload: Buffer.alloc(0),
} as unknown as Request;
const worker = (source: string) => () =>
  new Worker(`const { parentPort } = require('worker_threads'); ${source}`, { eval: true });

test('threads that end before they answer anything are not started without end', async () => {
  let started = 0;
  const gaveUp = new Promise<void>((resolve) => {
    const start = () => {
      started++;
      return worker('process.exit(1)')();
    };
    startPool(start, resolve);
  });
  await gaveUp;
  assert.equal(started, 5);
});

test('a thread that takes too long is ended and another answers', async () => {
  const source =
    "parentPort.on('message', ({ id, request }) => { while (request.cwd === '/slow'); parentPort.postMessage({ id, answer: { code: 0, tree: '', text: '' } }); });";
  const pool = startPool(worker(source), () => assert.fail('gave up'));
  assert.equal((await pool.run(request, 20_000)).code, 0);
  assert.equal((await pool.run({ ...request, cwd: '/slow' }, 200)).code, 'cold');
  assert.equal((await pool.run(request, 20_000)).code, 0);
  assert.equal(pool.threads(), 1);
  await pool.close();
});
