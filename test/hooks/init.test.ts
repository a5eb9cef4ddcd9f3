import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { logFolder } from '../../agent/audit/log.ts';
import { readEntries } from '../../agent/audit/verify.ts';
import { type Io, UsageError } from '../../agent/cli/command.ts';
import { command, install } from '../../agent/cli/init.ts';
import { type Repo, sandbox } from '../git/support.ts';
import { recorder, script, snapshot } from './support.ts';

const box = sandbox();
const build = recorder(box);

function io(r: Repo): Io & { text: { out: string; err: string } } {
  const text = { out: '', err: '' };
  return {
    cwd: r.dir,
    env: r.env,
    stdin: Readable.from([]) as Io['stdin'],
    out: (more) => {
      text.out += more;
    },
    err: (more) => {
      text.err += more;
    },
    width: 100,
    terminal: false,
    color: false,
    text,
  };
}

test('it says what it found and what it will write, then installs, then takes it back', async () => {
  const r = box.repository('found');
  r.commit('package-lock.json', '{}');
  r.commit('.github/workflows/ci.yml', 'on: push\n');
  r.git('config', 'commit.gpgsign', 'true');
  r.git('config', 'gpg.format', 'ssh');
  script(path.join(r.dir, '.git/hooks/pre-commit'), '#!/bin/sh\n');
  const before = snapshot(path.join(r.dir, '.git/hooks'));
  const io1 = io(r);
  const code = await install(io1, { cwd: r.dir, env: r.env, bundle: build.folder }, true);
  assert.equal(code, 0);
  for (const line of [
    /hooks +git's own hooks folder/,
    /signer +ssh, no key named/,
    /pipelines +GitHub Actions/,
    /locks +package-lock\.json/,
    /keep +\.git\/hooks\/pre-commit\.before-pregate/,
    /new +\.git\/hooks\/pre-push/,
  ])
    assert.match(io1.text.out, line);
  assert.ok(!io1.text.out.includes('\u001b'));
  const again = io(r);
  await install(again, { cwd: r.dir, env: r.env, bundle: build.folder }, true);
  assert.match(again.text.out, /The hooks were in place;\nthey run this build now\./);
  const io2 = io(r);
  assert.equal(await command.run({ flags: { remove: true, yes: true }, positionals: [] }, io2), 0);
  assert.deepEqual(snapshot(path.join(r.dir, '.git/hooks')), before);
  // The log says when there were hooks.
  assert.deepEqual(
    readEntries(logFolder(path.join(r.dir, '.git'), r.env)).map((one) => one.event === 'hooks' && one.what),
    ['installed', 'removed'],
  );
});

test('it fits a terminal of 40 columns', async () => {
  const r = box.repository('narrow');
  const slim = { ...io(r), width: 40 };
  assert.equal(await install(slim, { cwd: r.dir, env: r.env, bundle: build.folder }, true), 0);
  const out = slim.text.out.replaceAll(r.dir, '');
  assert.match(out, /new {2}\.git\/hooks\/pre-push\n {9}runs Pregate at pre-push\n/);
  assert.deepEqual(
    out.split('\n').filter((line) => line.length > 40),
    [],
  );
});

test('without a terminal and without --yes it is wrong usage, and nothing is written', async () => {
  const r = box.repository('asking');
  const before = snapshot(r.dir);
  const asked = install(
    io(r),
    { cwd: r.dir, env: { ...r.env, XDG_STATE_HOME: box.at('unused') }, bundle: build.folder },
    false,
  );
  await assert.rejects(asked, UsageError);
  await assert.rejects(command.run({ flags: { remove: true }, positionals: [] }, io(r)), UsageError);
  assert.deepEqual(snapshot(r.dir), before);
  assert.equal(existsSync(box.at('unused')), false);
});

test('outside a repository and without a build it could not, in one line', async () => {
  const r = box.repository('nowhere');
  const outside = io({ ...r, dir: box.at('home') });
  assert.equal(await command.run({ flags: { remove: true, yes: true }, positionals: [] }, outside), 3);
  assert.match(outside.text.err, /^pregate: This folder is not in a git repository.*\n$/);
  const unbuilt = io(r);
  assert.equal(await command.run({ flags: { yes: true }, positionals: [] }, unbuilt), 3);
  assert.match(unbuilt.text.err, /^pregate: The built hook bundle was not found.*\n$/);
});
