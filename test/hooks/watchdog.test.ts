import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWatchdog } from '../../agent/cli/hook/watchdog.ts';
import type { HookIo } from '../../agent/cli/hook.ts';

const tick = 20;

function watched() {
  const ended: number[] = [];
  let said = '';
  const io = {
    err: (text: string) => {
      said += text;
    },
    exit: (code: number) => void ended.push(code),
  } as unknown as HookIo;
  return { watchdog: startWatchdog(io, 'commit', tick), ended, said: () => said };
}

test('point 26: a process that was kept from running has not stood still, one that only waits has', async () => {
  const { watchdog, ended, said } = watched();
  // Nothing runs for fifty ticks, as on a machine with too much to do; what came in meanwhile is read before the next tick.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50 * tick);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(ended, []);
  watchdog.progress({ done: 1, total: 2, label: 'reading' });
  while (ended.length === 0) await sleep(tick);
  assert.deepEqual(ended, [3]);
  assert.match(said(), /^Pregate could not check this commit: nothing moved for 8 s/m);
  watchdog.stop();
});

test('point 26: a git that works is given longer than one that hangs, and not for ever', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const { watchdog, ended, said } = watched();
  // Without any progress; on a machine with much to do it only waits for a processor, which is no hanging either.
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  try {
    const begun = performance.now();
    while (ended.length === 0) await sleep(tick);
    const seconds = Number(/nothing moved for (\d+) s/.exec(said())?.[1]);
    assert.ok(seconds >= 24 && seconds <= 64, said());
    assert.ok(performance.now() - begun < 60_000);
  } finally {
    child.kill('SIGKILL');
    watchdog.stop();
  }
});
