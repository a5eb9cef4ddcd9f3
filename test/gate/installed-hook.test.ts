import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { dist } from '../../bench/row.ts';
import { sandbox } from '../git/support.ts';
import { send, sendThroughHook } from './ask.ts';
import { nextPush } from './pushes.ts';
import { truthOf } from './truth.ts';
import { makeWorld } from './world.ts';

const box = sandbox();

test('the installed hook, as built, stops exactly the pushes that the server would refuse', () => {
  const world = makeWorld(box, 91);
  for (const { dir } of world.clones) {
    execFileSync(process.execPath, [`${dist}/pregate.cjs`, 'init', '--yes'], {
      cwd: dir,
      env: world.env,
      stdio: 'pipe',
    });
  }
  let stopped = 0;
  for (let step = 1; step <= 14; step++) {
    const push = nextPush(world);
    const truth = truthOf(world, push.updates);
    const local = sendThroughHook(world, push);
    const where = `step ${step}: ${push.story.join('; ')}; planted ${truth.join(', ')}\n${local.said}`;
    assert.equal(local.refused, truth.length > 0, where);
    if (!local.refused) continue;
    stopped++;
    assert.equal(local.sent, false, `nothing may have left this machine; ${where}`);
    assert.match(local.said, /^Pregate stopped this push: /, where);
    assert.equal(send(world, push).refused, true, where);
  }
  assert.ok(stopped >= 3 && stopped <= 11, `${stopped} of 14 were stopped`);
});
