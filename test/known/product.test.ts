/** Known blobs in the shipped hooks: a push does not read them again, and no trick makes an unchecked one known. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { world } from '../daemon/support.ts';
import type { Repo } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';

const w = world();
const folder = path.join(w.state, 'known');
const zero = '0'.repeat(40);
const secret = `TOKEN=${generateSecret('github-token', 5)}\n`;

const size = () => readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);

/** A push of everything on main to a remote that has nothing. */
const push = (repo: Repo, warm: boolean) =>
  w.hook(repo, ['pre-push', 'origin', '../none.git'], {
    input: `refs/heads/main ${repo.git('rev-parse', 'HEAD')} refs/heads/main ${zero}\n`,
    warm,
  });

/** A file of the history that HEAD does not have any more. */
function withHistory(name: string, text: string): { repo: Repo; oid: string } {
  const repo = w.box.repository(name);
  repo.commit('a.env', text);
  const oid = repo.git('rev-parse', 'HEAD:a.env');
  repo.commit('a.env', `# ${name}\n`);
  return { repo, oid };
}

/** Puts other bytes into the place of a loose object: git finds it there and cannot read it, or reads what it is not. */
function replaceObject(repo: Repo, oid: string, bytes: Uint8Array): void {
  const file = path.join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, bytes);
  chmodSync(file, 0o444);
}

const loose = (text: string) => deflateSync(`blob ${Buffer.byteLength(text)}\0${text}`);

for (const warm of [false, true]) {
  test(`point 20: a pushed blob is not read again, ${warm ? 'with' : 'without'} the daemon`, async () => {
    if (warm) await w.start();
    const { repo, oid } = withHistory(`again-${warm}`, `A=${warm}\n`);
    assert.deepEqual(push(repo, warm), { code: 0, err: '' });
    // What cannot be read could not be checked: that it passes shows that nobody has read it.
    replaceObject(repo, oid, Buffer.from('damaged'));
    assert.deepEqual(push(repo, warm), { code: 0, err: '' });
    const other = withHistory(`unread-${warm}`, `B=${warm}\n`);
    replaceObject(other.repo, other.oid, Buffer.from('damaged'));
    assert.notEqual(push(other.repo, warm).code, 0, 'one that nobody has read stops the push');
  });
}

test('point 20: what a commit has looked at is known to its push, also after the daemon has ended', async () => {
  await w.start();
  const repo = w.box.repository('committed');
  repo.commit('README.md', '# a\n');
  repo.write('b.ts', 'export const b = 1;\n');
  repo.git('add', '-A');
  const before = size();
  assert.equal(w.hook(repo, ['pre-commit']).code, 0);
  repo.git('commit', '-qm', 'b');
  const oid = repo.git('rev-parse', 'HEAD:b.ts');
  repo.commit('b.ts', 'export const b = 2;\n');
  // The daemon writes it down when nobody has asked for two seconds.
  await until(() => size() > before, 'the daemon writes down what it knows');
  w.stop();
  replaceObject(repo, oid, Buffer.from('damaged'));
  assert.deepEqual(push(repo, false), { code: 0, err: '' });
});

test('point 20: a secret is refused as often as it is pushed, whatever lies in the memory', async () => {
  const { repo } = withHistory('dirty', secret);
  // A machine that is slow for eight seconds stops a push too, with another code.
  const refused = (why: string) => assert.notEqual(push(repo, false).code, 0, why);
  refused('once');
  refused('twice');
  const [name = ''] = readdirSync(folder);
  const file = path.join(folder, name);
  const before = readFileSync(file);
  for (const bytes of [
    Buffer.concat([before.subarray(0, -3), Buffer.alloc(1000, 0xff)]),
    Buffer.from('PGK1\xff\xff'),
  ]) {
    writeFileSync(file, bytes);
    refused('damaged');
  }
  rmSync(file);
  mkdirSync(file);
  refused('a folder in its place');
  rmSync(file, { recursive: true });
  writeFileSync(file, before);
  chmodSync(file, 0o600);
  // Another installation's records are no records here.
  writeFileSync(path.join(w.state, 'installation-key'), '0'.repeat(64));
  refused('records of another installation');
  assert.ok(!filesHold(generateSecret('github-token', 5)), 'the memory holds no secret');
});

test('point 20: an object that lies under the id of another teaches nothing about the real one', async () => {
  await w.start();
  const victim = withHistory('victim', `${secret}# of the victim\n`);
  const hostile = w.box.repository('hostile');
  hostile.commit('README.md', '# a\n');
  replaceObject(hostile, victim.oid, loose('# nothing here\n'));
  hostile.git('update-index', '--add', '--cacheinfo', `100644,${victim.oid},a.env`);
  w.hook(hostile, ['pre-commit']);
  hostile.tryGit(['commit', '-qm', 'a', '--no-verify']);
  push(hostile, true);
  push(hostile, false);
  for (const warm of [true, false]) {
    const told = push(victim.repo, warm);
    assert.notEqual(told.code, 0, told.err);
  }
});

function filesHold(word: string): boolean {
  return readdirSync(folder).some((name) => readFileSync(path.join(folder, name)).includes(word));
}
