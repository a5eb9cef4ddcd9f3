/** What `npm test` prints of one file: nothing of what passed, the reason of what was skipped, the story of what failed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';

const reporter = new URL('reporter.ts', import.meta.url).href;

function report(body: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-reporter-'));
  try {
    const file = join(folder, 'a.test.mjs');
    writeFileSync(file, `import { describe, it } from 'node:test';\n${body}`);
    const { NODE_TEST_CONTEXT: _, VERBOSE: __, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], { env });
    return stdout.toString('utf8').replaceAll(folder, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('is silent about what passes, and counts no suite', () => {
  assert.equal(
    report("describe('s', () => { it('a', () => {}); it('b', () => {}); });"),
    '2 passed, 0 failed, 0 skipped\n',
  );
});

it('gives the reason of a test that was skipped', () => {
  const text = report("it('a', { skip: 'no network' }, () => {}); it('b', { skip: true }, () => {});");
  assert.equal(text, 'skipped a: no network\nskipped b\n0 passed, 0 failed, 2 skipped\n');
});

it('tells the story of a failure once, and shows what the test printed', () => {
  const text = report(
    "describe('s', () => { it('a', () => { console.log('seen'); throw new Error('broken'); }); });\n" +
      "it('outer', async (t) => { await t.test('inner', () => { throw new Error('within'); }); });",
  );
  assert.match(text, /^seen\n/m);
  assert.match(text, /✗ a\n {2}\/a\.test\.mjs:2\n {4}Error: broken\n {4} {4}at/);
  assert.match(text, /✗ inner\n/);
  assert.doesNotMatch(text, /✗ (?:s|outer)\n/);
  assert.match(text, /\n0 passed, 2 failed, 0 skipped\n$/);
});

it('counts a file that cannot be loaded', () => {
  assert.match(report("throw new Error('at once');"), /✗ .*\n(?:.*\n)*0 passed, 1 failed, 0 skipped\n$/);
});
