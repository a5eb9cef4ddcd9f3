/** The tree that an index would become is the one git writes: in every version of the format, with long names, and of any size. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { indexTree } from '../../agent/git/index-tree.ts';
import { sandbox } from './support.ts';

const box = sandbox();

test('is read from an index of 60,000 files, in versions 2, 3 and 4, with and without the end of entries', () => {
  const repo = box.repository('large');
  repo.write('a', 'a\n');
  repo.git('add', 'a');
  const blob = repo.git('rev-parse', ':a');
  // Longer than the twelve bits that the length of a name has.
  const long = `${'deep/'.repeat(820)}end`;
  const names = Array.from({ length: 60_000 }, (_, at) => `folder-${at % 300}/file-${'x'.repeat(at % 17)}${at}`);
  const input = [long, ...names].map((name) => `100644 ${blob}\t${name}\n`).join('');
  execFileSync('git', ['update-index', '--index-info'], { cwd: repo.dir, env: repo.env, input });
  const tree = repo.git('write-tree');
  const file = path.join(repo.dir, '.git/index');
  const seal = () => readFileSync(file).subarray(-20);
  for (const version of ['2', '4']) {
    for (const marked of ['false', 'true']) {
      repo.git('config', 'index.recordEndOfIndexEntries', marked);
      repo.git('update-index', '--index-version', version, '--force-write-index');
      assert.equal(repo.git('write-tree'), tree);
      assert.equal(indexTree(file, 20), tree, `version ${version}, marked ${marked}`);
    }
  }
  assert.equal(indexTree(file, 20, seal()), tree);
  assert.equal(indexTree(file, 20, Buffer.alloc(20, 1)), undefined);
  // An entry that is only meant to be added makes the index version 3 and is in no tree: git then leaves the root open.
  repo.git('update-index', '--index-version', '2');
  repo.git('config', 'index.recordEndOfIndexEntries', 'false');
  repo.write('meant', 'x');
  repo.git('add', '--intent-to-add', 'meant');
  assert.equal(repo.git('write-tree'), tree);
  assert.equal(readFileSync(file).readUInt32BE(4), 3);
  assert.equal(indexTree(file, 20), undefined);
  truncateSync(file, 1_000_000);
  assert.equal(indexTree(file, 20), undefined);
  truncateSync(file, 0);
  assert.equal(indexTree(file, 20), undefined);
});
