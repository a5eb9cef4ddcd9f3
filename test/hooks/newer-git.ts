import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { source } from './support.ts';
import { newGit } from './tools.ts';

/** It takes this git by itself. */
const already = 'test/hooks/git-config.test.ts';
const title = /['"`]point (\d+):/g;

/** Every test file that has tests of points of docs/hooks.md, and the numbers of the points. */
export const filesOfPoints: { file: string; points: Set<string> }[] = globSync('test/**/*.test.ts', { cwd: source })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file !== already)
  .map((file) => ({ file, points: pointsIn(readFileSync(path.join(source, file), 'utf8'), title) }))
  .filter(({ points }) => points.size > 0);

/**
 * The tests of points in the files that `wanted` chooses once more, with the newest git that is here in front of the PATH:
 * each point that the titles of a file name must have passed there.
 */
export function againWithNewerGit(wanted: (file: string) => boolean): void {
  const found = newGit();
  const skip = 'skip' in found ? found.skip : isUsual(found.folder) && 'the git of the PATH is the newest that is here';
  for (const { file, points } of filesOfPoints) {
    if (!wanted(file)) continue;
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
      assert.deepEqual(pointsIn(stdout, /^\s*ok \d+ - point (\d+):(?!.*# SKIP)/gm), points);
    });
  }
}

function pointsIn(text: string, named: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(named), ([, point]) => point as string).sort());
}

function isUsual(folder: string): boolean {
  const [usual, newer] = ['git', path.join(folder, 'git')].map(
    (program) => spawnSync(program, ['version'], { encoding: 'utf8' }).stdout,
  );
  return usual === newer;
}
