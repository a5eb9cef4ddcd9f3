/** The memory of known blobs: nothing stale, forged or torn lets an object pass that nobody has looked at. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeCollected } from '../../agent/gate/check.ts';
import { type Known, keepKnown } from '../../agent/known/known.ts';
import { learn } from '../../agent/known/learn.ts';
import { blockOf, readBlocks, recordMaker } from '../../agent/known/records.ts';
import { documentFromBytes } from '../../agent/model/document.ts';
import { textRules } from '../../agent/rules/registry.ts';
import { sandbox } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';

const key = Buffer.alloc(32, 7);
const records = Array.from({ length: 5 }, (_, index) => recordMaker(key)([String(index)]));
const box = sandbox();
let files = 0;
const file = () => box.at(`known-${++files}`);

function blob(path: string, text: string, options: { partial?: boolean; kind?: 'symlink' } = {}) {
  const bytes = Buffer.from(text);
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return documentFromBytes(path, bytes, { oid, ...options });
}
const place = ({ oid, path, kind }: ReturnType<typeof blob>) => ({ oid: oid as string, path, kind });

test('a record is an HMAC', () => {
  const right = createHmac('sha256', key).update('a\0b').digest().toString('latin1', 0, 16);
  assert.equal(recordMaker(key)(['a', 'b']), right);
});

test('blocks are read back, and what follows a damaged one is found', () => {
  const bytes = Buffer.concat([
    blockOf(key, records.slice(0, 2)),
    Buffer.from('rubbish'),
    blockOf(key, records.slice(2)),
  ]);
  assert.deepEqual(readBlocks(key, bytes), { records, damaged: 1 });
});

test('no truncation and no changed bit makes a record that was not written', () => {
  const bytes = Buffer.concat([blockOf(key, records.slice(0, 3)), blockOf(key, records.slice(3))]);
  const written = new Set(records);
  for (let length = 0; length < bytes.length; length++) {
    const read = readBlocks(key, bytes.subarray(0, length));
    assert.ok(read.records.every((one) => written.has(one)));
    assert.ok(read.records.length < records.length);
  }
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    const read = readBlocks(key, changed);
    assert.ok(read.damaged > 0, `bit ${bit}`);
    assert.ok(read.records.every((one) => written.has(one)));
  }
  assert.deepEqual(readBlocks(Buffer.alloc(32, 8), bytes).records, []);
});

test('a blob is known by its content, path, kind and rules, and in another process', () => {
  const name = file();
  const known = keepKnown(name, key, 'rules 1');
  const one = blob('a.ts', 'export {};\n');
  known.add(one);
  known.flush();
  assert.equal(statSync(name).mode & 0o777, 0o600);
  const bytes = readFileSync(name);
  for (const word of ['a.ts', 'export', one.oid as string, 'rules']) assert.ok(!bytes.includes(word), word);
  const again = (rules: string, secret = key) => {
    const other = keepKnown(name, secret, rules);
    other.refresh();
    return other;
  };
  assert.ok(again('rules 1').has(place(one)));
  assert.ok(!again('rules 2').has(place(one)), 'other rules');
  assert.ok(!again('rules 1', Buffer.alloc(32)).has(place(one)), 'another key');
  for (const other of [blob('b.ts', 'export {};\n'), blob('a.ts', 'other\n'), { ...one, kind: 'symlink' as const }])
    assert.ok(!again('rules 1').has(place(other)));
});

test('what was cut, or is not what its id says, is not remembered', () => {
  const known = keepKnown(file(), key, 'r');
  const cut = { ...blob('a.bin', 'head'), partial: true };
  const poisoned = { ...blob('a.ts', 'clean\n'), oid: blob('a.ts', 'something else\n').oid as string };
  for (const document of [cut, poisoned, documentFromBytes('a.ts', Buffer.from('no id'))]) known.add(document);
  assert.equal(known.counts().records, 0);
});

test('a file that others can write, or a link, is not read; damage is counted and mended', () => {
  const name = file();
  const one = blob('a.ts', 'a\n');
  const first = keepKnown(name, key, 'r');
  first.add(one);
  first.flush();
  const open = (path: string) => {
    const known = keepKnown(path, key, 'r');
    known.refresh();
    return known;
  };
  chmodSync(name, 0o666);
  assert.ok(!open(name).has(place(one)));
  chmodSync(name, 0o600);
  const link = file();
  symlinkSync(name, link);
  assert.ok(!open(link).has(place(one)));
  writeFileSync(name, readFileSync(name).subarray(0, -1));
  const torn = open(name);
  assert.deepEqual(torn.counts(), { records: 0, damaged: 1 });
  torn.add(one);
  torn.flush();
  assert.deepEqual(open(name).counts(), { records: 1, damaged: 0 });
});

test('it stays bounded, and several writers lose nothing of each other', () => {
  const name = file();
  const open = () => keepKnown(name, key, 'r', 100);
  const [a, b] = [open(), open()];
  const add = (known: Known, from: number, to: number) => {
    for (let index = from; index < to; index++) known.add(blob('a.ts', String(index)));
    known.flush();
  };
  add(a, 0, 10);
  add(b, 10, 20);
  add(a, 20, 30);
  const all = open();
  all.refresh();
  assert.deepEqual(all.counts(), { records: 30, damaged: 0 });
  for (let from = 30; from < 1000; from += 120) add(a, from, from + 120);
  assert.ok(statSync(name).size <= 150 * 16 + 1000, `${statSync(name).size} bytes`);
  assert.ok(a.counts().records <= 100);
  assert.ok(a.has(place(blob('a.ts', '1109'))));
});

test('no rule on secrets is optional: what is known does not depend on what a repository has switched on', async () => {
  for (const { meta } of await textRules()) assert.ok(meta.category !== 'secret' || !meta.optional, meta.id);
});

/** In two parts, so that this file suppresses nothing itself. */
const ignore = ['pregate', 'ignore'].join('-');

test('only what nothing was said about is learnt', async () => {
  const repo = box.repository();
  repo.commit('README.md', '# a\n');
  const secret = `TOKEN=${generateSecret('github-token', 3)}`;
  repo.write('clean.ts', 'export {};\n');
  repo.write('dirty.env', `${secret}\n`);
  repo.write('allowed.env', `${secret} # ${ignore} github-token -- a test until 2999-01-01\n`);
  repo.write('idle.ts', `// ${ignore} github-token -- nothing is here\n`);
  repo.write('large.bin', Buffer.alloc(33_000_000, 'a'));
  repo.git('add', '-A');
  const collected = await repo.collect({ kind: 'staged' });
  const learnt: string[] = [];
  const known = { add: ({ path }: { path: string }) => learnt.push(path) } as unknown as Known;
  learn(known, await judgeCollected(collected, { cwd: repo.dir, env: repo.env, gates: ['commit'] }));
  assert.deepEqual(learnt, ['clean.ts']);
  learnt.length = 0;
  const broken = { ...collected, problems: [{ code: 'x', message: 'x', fatal: true }] };
  learn(known, await judgeCollected(broken, { cwd: repo.dir, env: repo.env, gates: ['commit'] }));
  assert.deepEqual(learnt, [], 'what could not be checked teaches nothing');
});
