/** Points of hooks and their installation with both gits; `test/git/newer-git.test.ts` has those of reading and the daemon. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { againWithNewerGit, filesOfPoints } from './newer-git.ts';

againWithNewerGit((file) => /^test\/(hooks|product)\//.test(file));

test('every point has a test that is tried with both gits', () => {
  const tried = new Set(filesOfPoints.flatMap(({ points }) => [...points]));
  const all = Array.from({ length: 31 }, (_, at) => `${at + 1}`);
  assert.deepEqual(
    all.filter((point) => !tried.has(point)),
    [],
  );
});
