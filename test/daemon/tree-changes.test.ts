/** What the daemon reads of git's objects itself is what git says about them. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { looseFirst, looseObject } from '../../agent/daemon/loose.ts';
import { treeChanges } from '../../agent/daemon/tree-changes.ts';
import { openObjects } from '../../agent/git/objects.ts';
import { parseRawDiff } from '../../agent/git/raw.ts';
import { gitOutput, openGit } from '../../agent/git/run.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();

test('the difference of two trees is what diff-index says: names, folders in the place of files, links, modes, packed and loose', async (t) => {
  const repo = box.repository('trees');
  const file = (name: string) => path.join(repo.dir, name);
  for (const name of ['a', 'b.c', 'b/d', 'b/e/f', 'gone/x', 'kind', 'mode', 'swap/in', 'zone'])
    repo.write(name, `${name}\n`);
  repo.write('first', '1\n');
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  repo.git('gc', '-q');
  const git = openGit(repo.dir, repo.env);
  const objects = openObjects(git);
  t.after(() => objects.close());
  const reader = looseFirst(objects, file('.git/objects'));
  const changes = [
    () => repo.write('b/d', 'other\n'),
    () => repo.write('new/deep/folder/x', 'x\n'),
    () => writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/b/caf`), Buffer.from([0xe9])]), 'latin\n'),
    () => rmSync(file('gone'), { recursive: true }),
    () => chmodSync(file('mode'), 0o755),
    () => {
      rmSync(file('kind'));
      symlinkSync('/etc/passwd', file('kind'));
    },
    () => {
      rmSync(file('swap'), { recursive: true });
      repo.write('swap', 'a file in the place of a folder\n');
      rmSync(file('a'));
      mkdirSync(file('a'));
      repo.write('a/inside', 'a folder in the place of a file\n');
    },
    () => repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`),
    () => repo.write('b.c', 'between b and b/\n'),
  ];
  for (const change of changes) {
    change();
    repo.git('add', '-A', ':!module');
    const tree = repo.git('write-tree');
    const options = ['--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
    const expected = parseRawDiff(await gitOutput(git, ['diff-index', ...options, 'HEAD', '--']));
    assert.ok(expected.length > 0);
    assert.deepEqual(await treeChanges(reader, repo.git('rev-parse', 'HEAD^{tree}'), tree), expected);
  }
  assert.deepEqual((await treeChanges(reader, null, repo.git('rev-parse', 'HEAD^{tree}')))?.length, 10);
  assert.equal(await treeChanges(reader, repo.git('rev-parse', 'HEAD^{tree}'), 'e'.repeat(40)), undefined);
  // Git writes two entries of one name from an index with collapsed folders; what shows one of them only must not judge it.
  const twice = (...oids: string[]) => {
    const entry = (oid: string) => Buffer.concat([Buffer.from('100644 a\0'), Buffer.from(oid, 'hex')]);
    writeFileSync(file('tree'), Buffer.concat(oids.map(entry)));
    return repo.git('hash-object', '-w', '-t', 'tree', '--literally', 'tree');
  };
  const blob = repo.git('rev-parse', 'HEAD:first');
  assert.equal((await treeChanges(reader, null, twice(blob)))?.length, 1);
  assert.equal(await treeChanges(reader, null, twice(blob, repo.git('rev-parse', 'HEAD:zone'))), undefined);
});

test('an object in a file of its own is read as cat-file reads it; what is packed, large or no object is left to git', async (t) => {
  const repo = box.repository('loose');
  repo.write('pregate.yaml', 'version: 1\n');
  repo.write('.pregate/baseline.jsonl', '{}\n');
  repo.write('large', `${'x'.repeat(4_100_000)}\n`);
  repo.write('first', '1\n');
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  const objects = openObjects(openGit(repo.dir, repo.env));
  t.after(() => objects.close());
  const folder = path.join(repo.dir, '.git/objects');
  const reader = looseFirst(objects, folder);
  const head = repo.git('rev-parse', 'HEAD');
  const tree = repo.git('rev-parse', 'HEAD^{tree}');
  const names = [
    head,
    tree,
    `${tree}:pregate.yaml`,
    `${tree}:.pregate/baseline.jsonl`,
    `${tree}:.pregate`,
    `${tree}:no`,
    `${tree}:first/no`,
  ];
  for (const name of [...names, `${head}:first`, `${tree}:large`, 'HEAD:first', 'a'.repeat(40)]) {
    const [ours, theirs] = [await reader.read(name), await objects.read(name)];
    assert.deepEqual(ours, theirs, name);
    assert.deepEqual(
      await reader.read(name, { full: 4, edge: 1 }),
      await objects.read(name, { full: 4, edge: 1 }),
      name,
    );
  }
  const oid = repo.git('rev-parse', 'HEAD:first');
  assert.equal(looseObject(folder, oid)?.bytes.toString(), '1\n');
  assert.equal(looseObject(folder, repo.git('rev-parse', 'HEAD:large')), undefined);
  const place = path.join(folder, oid.slice(0, 2), oid.slice(2));
  for (const damage of [Buffer.alloc(0), Buffer.from('no zlib')]) {
    rmSync(place);
    writeFileSync(place, damage);
    assert.equal(looseObject(folder, oid), undefined);
  }
  rmSync(place);
  symlinkSync('/etc/passwd', place);
  assert.equal(looseObject(folder, oid), undefined);
});
