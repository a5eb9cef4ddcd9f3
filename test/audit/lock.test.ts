import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { withLock } from '../../agent/audit/lock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'pregate-lock-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

let number = 0;
const lockFile = () => path.join(folder, `lock-${number++}`);
const onProc = existsSync('/proc/self/stat') ? false : 'only where there is /proc';

/** What `lock.ts` writes into a lock of this process. */
async function ownName(): Promise<string> {
  const file = lockFile();
  return (await withLock(file, () => readFileSync(file, 'utf8'))) as string;
}

/** A process that has ended and whose parent, which lives on, never asks how: number and start, as a lock names them. */
async function zombie(): Promise<string> {
  // The child ends only once the shell, which would ask for its status, has become another program.
  const child = '(while grep -qx sh /proc/$$/comm; do sleep 0.01; done) >/dev/null';
  const words = ['-c', `${child} & echo $!; exec sleep 60`];
  const parent = spawn('/bin/sh', words, { argv0: 'sh', stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(parent);
  const pid = Number(await new Promise((resolve) => parent.stdout?.once('data', (text) => resolve(String(text)))));
  for (;;) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return `${pid} ${fields[19]}`;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the lock of the log', () => {
  it('is taken over from a process that has ended but was not waited for', { skip: onProc }, async () => {
    const file = lockFile();
    writeFileSync(file, await zombie());
    assert.equal(await withLock(file, () => 'taken'), 'taken');
    assert.equal(existsSync(file), false);
  });

  it('is taken over when the one who was taking it over has ended too', { skip: onProc }, async () => {
    const file = lockFile();
    writeFileSync(file, '999999999 1');
    writeFileSync(`${file}.steal`, await zombie());
    assert.equal(await withLock(file, () => 'taken'), 'taken');
    assert.equal(existsSync(`${file}.steal`), false);
  });

  it('lets the process go on with other work while somebody else takes it over', async () => {
    const file = lockFile();
    writeFileSync(file, '999999999 1');
    writeFileSync(`${file}.steal`, await ownName());
    let others = false;
    setTimeout(() => {
      others = true;
      rmSync(`${file}.steal`);
    }, 30);
    assert.equal(await withLock(file, () => others), true);
  });

  it('is not taken from a process that lives, and is taken when it has ended', { skip: onProc }, async () => {
    const file = lockFile();
    writeFileSync(file, await ownName());
    let released = false;
    setTimeout(() => {
      released = true;
      rmSync(file);
    }, 50);
    assert.equal(await withLock(file, () => released), true);
  });

  it('is taken over when it has no name for a second, whatever date its file has', async () => {
    for (const date of [new Date(0), new Date(Date.now() + 1e11)]) {
      const file = lockFile();
      writeFileSync(file, '');
      utimesSync(file, date, date);
      assert.equal(await withLock(file, () => 'taken'), 'taken');
    }
  });

  it('goes to one after the other in one process too, and is released when the work fails', async () => {
    const file = lockFile();
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
    await assert.rejects(async () => withLock(file, () => Promise.reject(new Error('the work'))), /the work/);
    assert.equal(existsSync(file), false);
  });
});
