/** The seeded small part of `npm run torture`: the same scenarios, a few commits each. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scenarios } from '../../scripts/torture/scenarios.ts';
import { tortureWorld } from '../../scripts/torture/world.ts';

const counts: Record<string, number> = { kill: 8, parallel: 6, disk: 4, clock: 4, home: 4 };
const skip = process.platform !== 'linux' ? 'needs /proc' : false;

test('something is built', () =>
  assert.ok(existsSync(fileURLToPath(new URL('../../dist/pregate.cjs', import.meta.url)))));

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`9: ${name}: no unchecked object passes, no file changes, no log entry is lost`, { skip }, async (context) => {
    const world = tortureWorld(20_260);
    try {
      const { wrong, counts: seen, skipped } = await scenario.run(world, counts[name] ?? 4);
      if (skipped) return context.skip(skipped);
      assert.deepEqual(wrong, []);
      assert.ok((seen['commits tried'] ?? 0) >= (counts[name] ?? 4), 'commits were tried');
      assert.ok((seen['not made'] ?? 0) > 0, 'some were refused');
    } finally {
      world.close();
    }
  });
}

test('a leak would be seen: a secret that is pushed past every hook is found in the remote', { skip }, () => {
  const world = tortureWorld(7);
  try {
    world.git(world.repo, '-c', 'core.hooksPath=/dev/null', 'commit', '-q', '--allow-empty', '-m', world.plant());
    world.git(world.repo, '-c', 'core.hooksPath=/dev/null', 'push', '-q', 'origin', 'main');
    assert.equal(world.leaked(world.remote).length, 1);
  } finally {
    world.close();
  }
});
