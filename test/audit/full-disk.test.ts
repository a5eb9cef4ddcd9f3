/** A disk without room for a byte: hooks decide as ever, and the log says afterwards what it could not take. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { makeReady, writeReady } from '../../agent/system/ready-file.ts';
import { sandbox } from '../git/support.ts';
import { product } from '../product/support.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const shipped = product(box);

test('9: what a full disk has no room for is said, counted, and entered when there is room again', {
  skip: process.platform === 'win32' && 'no limits of a shell',
}, () => {
  const repo = box.repository();
  repo.commit('README.md', 'hello\n');
  const pregate = (...words: string[]) => shipped.run(words, { cwd: repo.dir });
  assert.equal(pregate('init', '--yes').code, 0);
  for (const hook of ['pre-commit', 'commit-msg', 'post-commit']) {
    const stub = path.join(repo.dir, '.git/hooks', hook);
    writeFileSync(stub, readFileSync(stub, 'utf8').replace('#!/bin/sh\n', '#!/bin/sh\nulimit -f 0\n'));
  }
  repo.write('a.env', `token = "${generateSecret('github-token', 1)}"\n`);
  repo.git('add', '-A');
  const refused = repo.tryGit(['commit', '-qm', 'x']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.output, /^Pregate stopped this commit: 1 secret/);
  assert.match(refused.output, /^The audit log has no room for this verdict; an entry will say so when there is/m);
  repo.write('a.env', 'fine\n');
  repo.git('add', '-A');
  const passed = repo.tryGit(['commit', '-qm', 'x']);
  assert.equal(passed.code, 0);
  assert.match(passed.output, /the audit log has a gap: pregate doctor$/m);
  const { entries } = JSON.parse(pregate('log', '--json').out) as { entries: { event: string; why?: string }[] };
  assert.deepEqual(
    entries.flatMap(({ event, why }) => (event === 'audit-unavailable' ? [why] : [])),
    ['pre-commit-refused', 'pre-commit-pass', 'commit-msg-pass'].map((what) => `no room for ${what}`),
  );
  assert.match(pregate('log').out, /the log could not be written: no room for pre-commit-refused/);
  const verified = pregate('log', 'verify');
  assert.equal(verified.code, 0, verified.out + verified.err);
});

test('9: a file that was made ready, and whose folder is of no use any more, takes nothing down with it', () => {
  const folder = path.join(box.folder, 'spool');
  mkdirSync(folder);
  makeReady([folder]);
  renameSync(folder, `${folder}-gone`);
  writeFileSync(folder, '');
  assert.equal(writeReady(folder, 'name.json', '{}'), false);
});
