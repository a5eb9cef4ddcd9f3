/** The tests of the points of docs/hooks.md once more, all of them, with the newest git that is here in front of the PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { source } from './support.ts';
import { newGit } from './tools.ts';

const found = newGit();
const points = 31;
/** They take this git by themselves. */
const already = ['test/hooks/git-config.test.ts', 'test/hooks/newer-git.test.ts'];
const files = globSync('test/**/*.test.ts', { cwd: source })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !already.includes(file))
  .filter((file) => /['"`]point \d+:/.test(readFileSync(path.join(source, file), 'utf8')))
  .sort();

const usual = spawnSync('git', ['version'], { encoding: 'utf8' }).stdout;
const skip = 'skip' in found ? found.skip : usual === versionOf(found.folder) && `all tests ran with ${usual.trim()}`;
const passed = new Set<number>();

for (const file of files) {
  test(`with a newer git: ${file}`, { skip }, () => {
    assert.ok('folder' in found);
    // A child that is told it belongs to this run would not print TAP.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const words = ['--test-name-pattern=^point ', '--test-reporter=tap', file];
    const { status, stdout } = spawnSync(process.execPath, ['--test', ...words], {
      cwd: source,
      env: { ...env, PATH: `${found.folder}${path.delimiter}${env['PATH']}` },
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    assert.equal(status, 0, stdout.slice(-4000));
    for (const [, point, skipped] of stdout.matchAll(/^\s*ok \d+ - point (\d+):.*?(# SKIP.*)?$/gm))
      if (!skipped) passed.add(Number(point));
  });
}

test('with a newer git every point has been tried', { skip }, () => {
  const all = Array.from({ length: points }, (_, at) => at + 1);
  assert.deepEqual(
    all.filter((point) => !passed.has(point)),
    [],
  );
});

function versionOf(folder: string): string {
  return spawnSync(path.join(folder, 'git'), ['version'], { encoding: 'utf8' }).stdout;
}
