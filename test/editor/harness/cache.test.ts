import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCacheEntry } from './cache.ts';
import { run } from './run.ts';

let cacheDir = '';

before(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'pregate-cache-'));
});

after(() => rm(cacheDir, { recursive: true, force: true }));

test('two callers at once fill an entry once', async () => {
  let fills = 0;
  const fill = async (directory: string): Promise<void> => {
    fills += 1;
    await sleep(100);
    await writeFile(join(directory, 'file'), 'content');
  };
  const entry = { cacheDir, name: 'shared', fill };
  const [first, second] = await Promise.all([ensureCacheEntry(entry), ensureCacheEntry(entry)]);
  assert.equal(first, second);
  assert.equal(fills, 1);
  assert.equal(await readFile(join(first, 'file'), 'utf8'), 'content');
});

test('a fill that fails is tried once more, then leaves neither an entry nor a temporary folder', async () => {
  let fills = 0;
  const fill = async (directory: string): Promise<void> => {
    fills += 1;
    await writeFile(join(directory, 'half'), '');
    throw new Error('the network is down');
  };
  await assert.rejects(ensureCacheEntry({ cacheDir, name: 'failing', fill }), /the network is down/);
  assert.equal(fills, 2);
  const left = (await readdir(cacheDir)).filter((name) => name.includes('failing'));
  assert.deepEqual(left, []);
});

test('the lock and the temporary folder of a killed process do not stop the next one', async () => {
  const dead = await deadProcess();
  await writeFile(join(cacheDir, 'abandoned.lock'), String(dead));
  await mkdtemp(join(cacheDir, `tmp-abandoned-${dead}-`));
  const path = await ensureCacheEntry({ cacheDir, name: 'abandoned', fill: async () => undefined });
  assert.ok(existsSync(path));
  const left = (await readdir(cacheDir)).filter((name) => name.includes('abandoned'));
  assert.deepEqual(left, ['abandoned']);
});

test('a program that does not exist is an error of one line at once', async () => {
  const started = Date.now();
  const missing = run('pregate-no-such-program', ['x'], { cwd: cacheDir, timeout: 30_000 });
  await assert.rejects(missing, /^Error: [^\n]+ENOENT$/);
  assert.ok(Date.now() - started < 25_000, 'the limit was not waited for');
});

test('a program that takes too long is killed and the error says so', async () => {
  const args = ['-e', 'setTimeout(() => {}, 60000)'];
  await assert.rejects(run(process.execPath, args, { cwd: cacheDir, timeout: 300 }), /SIGKILL \(limit/);
});

/** Returns the number of a process that has ended. */
async function deadProcess(): Promise<number> {
  return Number(await run(process.execPath, ['-p', 'process.pid'], { cwd: cacheDir, timeout: 10_000 }));
}
