import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

test('a thread says its answer in the pipe it is lent, and one that was given up may still do so', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pregate-pool-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  const pipe = openSync(path.join(folder, 'pipe'), constants.O_RDWR | constants.O_NONBLOCK);
  t.after(() => closeSync(pipe));
  const source = `parentPort.on('message', ({ id, request, pipe }) => {
    while (request.cwd === '/slow');
    const written = pipe !== undefined && require('fs').writeSync(pipe, 'said') === 4;
    parentPort.postMessage({ id, answer: { code: 0, tree: '', text: '' }, written });
  });`;
  const pool = startPool(worker(source), () => assert.fail('gave up'));
  t.after(() => pool.close());
  const said = Buffer.alloc(10);
  assert.deepEqual(await pool.run(request, 20_000, pipe), { code: 0, tree: '', text: '', pipe: 'written' });
  assert.equal(said.toString('latin1', 0, readSync(pipe, said)), 'said');
  assert.deepEqual(await pool.run(request, 20_000), { code: 0, tree: '', text: '' });
  const slow = { ...request, cwd: '/slow' };
  assert.equal((await pool.run(slow, 200, pipe)).pipe, 'busy');
  assert.equal((await pool.run(slow, 200)).pipe, undefined, 'it was lent none');
});
