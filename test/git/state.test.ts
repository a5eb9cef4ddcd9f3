import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  ensureState,
  installationKey,
  readLastBlock,
  readPins,
  readRuntime,
  repositoryId,
  stateFolder,
  writeLastBlock,
  writePins,
  writeRuntime,
} from '../../agent/state.ts';
import { codesOf, sandbox } from './support.ts';

const box = sandbox();

test('everything in the state folder is for this user only', () => {
  const folder = ensureState(box.env, 'a', 'b');
  assert.ok(folder.startsWith(stateFolder(box.env)));
  for (const each of [stateFolder(box.env), path.dirname(folder), folder])
    assert.equal(statSync(each).mode & 0o777, 0o700);
  chmodSync(folder, 0o755);
  ensureState(box.env, 'a', 'b');
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  installationKey(box.env);
  assert.equal(statSync(path.join(stateFolder(box.env), 'installation-key')).mode & 0o777, 0o600);
});

test('a state folder that is a link is refused', () => {
  const env = { ...box.env, XDG_STATE_HOME: box.at('linked') };
  mkdirSync(box.at('linked'));
  mkdirSync(box.at('elsewhere'));
  symlinkSync(box.at('elsewhere'), box.at('linked', 'pregate'));
  assert.throws(() => ensureState(env), { name: 'GitFailure' });
});

test('the installation key is made once', () => {
  const key = installationKey(box.env);
  assert.equal(key.length, 32);
  assert.deepEqual(installationKey(box.env), key);
  assert.notDeepEqual(installationKey({ ...box.env, XDG_STATE_HOME: box.at('second') }), key);
});

test('an unusable state folder is said and does not stop a check', async () => {
  const r = box.repository();
  r.commit('a', '1');
  writeFileSync(box.at('file'), '');
  const collected = await r.collect({ kind: 'all' }, { env: { ...box.env, XDG_STATE_HOME: box.at('file') } });
  assert.deepEqual(codesOf(collected), ['state-unusable']);
  assert.equal(collected.problems[0]?.fatal, false);
  assert.equal(collected.fingerprintKey.length, 32);
});

test('runtime, pins and the last block are found again; a damaged pin is not an absent one', () => {
  assert.equal(readRuntime({ ...box.env, XDG_STATE_HOME: box.at('none') }), undefined);
  writeRuntime({ executable: '/opt/with space/node', electron: true }, box.env);
  assert.deepEqual(readRuntime(box.env), { executable: '/opt/with space/node', electron: true });
  writeRuntime({ executable: 'relative/node', electron: false }, box.env);
  assert.deepEqual(readRuntime(box.env), { executable: '/opt/with space/node', electron: true });
  const repository = box.at('x');
  assert.deepEqual(readPins(repository, box.env), {});
  writePins(repository, { policy: { bundle: 'https://policy.example/g.tar.gz', key: 'SHA256:x' } }, box.env);
  assert.equal(readPins(repository, box.env).policy?.key, 'SHA256:x');
  writeFileSync(path.join(stateFolder(box.env), 'repositories', repositoryId(repository), 'pins.json'), '{"policy"');
  assert.throws(() => readPins(repository, box.env), { name: 'GitFailure' });
  assert.equal(readLastBlock(repository, box.env), null);
  writeLastBlock(
    repository,
    { at: '2026-01-01T00:00:00Z', hook: 'pre-push', headline: '1 secret', remote: 'origin' },
    box.env,
  );
  assert.equal(readLastBlock(repository, box.env)?.headline, '1 secret');
});

test('a key that a full disk left empty is made anew, and then stays', () => {
  const fresh = sandbox();
  writeFileSync(path.join(ensureState(fresh.env), 'installation-key'), '');
  const key = installationKey(fresh.env);
  assert.equal(key.length, 32);
  assert.deepEqual(installationKey(fresh.env), Buffer.from(key));
});
