/** What the daemon answers, keeps and writes holds no piece of a secret: hooks and the editor ask it about hundreds of them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { found, needlesOf } from '../product/needles.ts';
import { secretRepository } from '../product/secret-repository.ts';
import { filesBelow, startServer } from '../product/support.ts';
import { world } from './support.ts';

const w = world();
const { repo, planted } = secretRepository(w.box, 'secrets');
const needles = needlesOf(planted);

/** Says what leaked where, by name: a test that fails must not print a value either. */
function assertClean(what: string, text: string): void {
  const hits = [...found(needles, text)].map(([name, at]) => `${name} (offset ${at})`);
  assert.deepEqual(hits, [], `${what} holds pieces of values`);
}

const none = '0'.repeat(40);
const id = (name: string) => repo.git('rev-parse', name);
const pushed = ['topic', 'v1'].map((name) => {
  const ref = `refs/${name === 'v1' ? 'tags' : 'heads'}/${name}`;
  return `${ref} ${id(name)} ${ref} ${none}\n`;
});

test('hooks that the daemon answers print no piece of a secret', async () => {
  repo.write('.git/COMMIT_EDITMSG', `Add ${planted[0]?.value}\n`);
  const before = await w.start();
  const hooks: [words: string[], code: number, input?: string][] = [
    [['pre-commit'], 1],
    [['commit-msg', '.git/COMMIT_EDITMSG'], 1],
    [['post-commit'], 0],
    [['pre-push', 'origin', repo.git('config', 'remote.origin.url')], 1, pushed.join('')],
    // Asked again it answers from what it keeps.
    [['pre-commit'], 1],
    [['pre-push', 'origin', repo.git('config', 'remote.origin.url')], 1, pushed.join('')],
  ];
  for (const [words, code, input = ''] of hooks) {
    const said = w.hook(repo, words, { input, progress: true });
    assertClean(words[0] as string, said.err);
    assert.equal(said.code, code, words.join(' '));
  }
  const after = await w.status();
  assert.ok(after && after.served - before.served >= hooks.length - 1, 'it was asked');
  assert.ok(after.cold - before.cold < after.served - before.served, 'it answered');
});

test('a configuration it cannot use is quoted without a piece of a secret', async () => {
  const own = w.box.repository('bad configuration');
  own.write('pregate.yaml', `version: 1\n${planted[0]?.value}: true\n`);
  own.write('a.txt', 'a\n');
  own.git('add', '-A');
  await w.start();
  const said = w.hook(own, ['pre-commit'], { progress: true });
  assert.notEqual(said.code, 0);
  assert.match(said.err, /pregate\.yaml/);
  assertClean('the hook', said.err);
});

test('what the editor gets through the daemon holds no piece of a secret', async () => {
  await w.start();
  const server = await startServer(w.shipped, repo.dir, w.env);
  try {
    await server.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    for (const name of ['state', 'check', 'lastBlock']) await server.connection.sendRequest(`pregate/${name}`, {});
  } finally {
    await server.close();
  }
  assert.ok(server.traffic().length > 10_000);
  assertClean('the traffic', server.traffic());
});

test('neither its status, its arguments nor anything it keeps on disk holds a piece of a secret', async () => {
  const { pid } = await w.start();
  for (const words of [['status'], ['status', '--json']]) {
    const run = w.shipped.run(['daemon', ...words], { cwd: repo.dir, env: w.env });
    assert.equal(run.code, 0, run.err);
    assertClean('the status', run.out + run.err);
  }
  const own = `/proc/${pid}/cmdline`;
  if (existsSync(own)) assertClean('its arguments', readFileSync(own, 'latin1'));
  // It writes what it keeps when it ends.
  w.stop();
  const kept = filesBelow(w.state);
  assert.ok(kept.some(({ file }) => file.includes('/known/')) && kept.some(({ file }) => /audit|log/.test(file)));
  for (const { file, bytes } of kept) {
    const text = bytes.toString('latin1');
    // Our own program, and a key that shares its head with every PEM file: six characters of anything stand there by chance.
    const ours = /\/(?:code|bundles|hooks)\//.test(file) || file.endsWith('/audit-key');
    if (ours) assert.ok(!planted.some(({ value }) => text.includes(value)), path.relative(w.state, file));
    else assertClean(path.relative(w.state, file), text);
  }
});
