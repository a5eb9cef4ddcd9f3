import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ensureState, readRuntime, stateFolder, writeRuntime } from '../../agent/state.ts';
import { currentBundle, installBundle, runningBundle } from '../../hooks/bundle.ts';
import { sandbox } from '../git/support.ts';
import { recorder, script, source } from './support.ts';

const box = sandbox();
const build = recorder(box);
installBundle(build.folder, box.env);
const dispatch = path.join(stateFolder(box.env), 'hooks/dispatch');
const runtime = path.join(stateFolder(box.env), 'runtime');
/** Enough of a PATH for the script itself; no node is in it. */
const bare = box.at('bare-path');
mkdirSync(bare);
for (const name of ['sh', 'env']) symlinkSync(`/bin/${name}`, path.join(bare, name));

function run(env: NodeJS.ProcessEnv = {}, options: { input?: string; cwd?: string } = {}) {
  build.calls();
  const result = spawnSync(dispatch, ['pre-push', 'origin', 'a b'], {
    env: { HOME: box.at('home'), PATH: bare, ...env },
    cwd: options.cwd ?? box.at('home'),
    input: options.input ?? 'refs/heads/a 1 refs/heads/a 0\n',
    encoding: 'utf8',
  });
  return { code: result.status, err: result.stderr, calls: build.calls() };
}

/** A stand-in for a runtime that tells who it is and then runs the real one. */
function runtimeAt(file: string, name: string): string {
  script(
    file,
    `#!/bin/sh\necho "${name} $ELECTRON_RUN_AS_NODE" >>'${box.at('who')}'\nexec '${process.execPath}' "$@"\n`,
  );
  return file;
}

function who(): string {
  const file = box.at('who');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  rmSync(file, { force: true });
  return text.split('\n').filter(Boolean).at(-1)?.trim() ?? '';
}

test('it is short, and POSIX', () => {
  const text = readFileSync(path.join(source, 'hooks/dispatch'), 'utf8');
  assert.ok(text.split('\n').length <= 295);
  for (const shell of ['dash', 'bash']) {
    const check = spawnSync(shell, ['-n', path.join(source, 'hooks/dispatch')], { encoding: 'utf8' });
    if (check.error === undefined) assert.equal(check.stderr, '', shell);
  }
});

test('point 24: a, the remembered program runs the hook with arguments and input as they are', () => {
  writeRuntime({ executable: process.execPath, electron: false }, box.env);
  const { code, calls } = run({}, { input: 'one\ntwo\n' });
  assert.equal(code, 0);
  assert.deepEqual(
    calls.map((call) => [call.args, call.input]),
    [[['hook', 'pre-push', 'origin', 'a b'], 'one\ntwo\n']],
  );
  writeRuntime({ executable: runtimeAt(box.at('with space/code'), 'remembered'), electron: true }, box.env);
  assert.equal(run().code, 0);
  assert.equal(who(), 'remembered 1');
});

test("point 24: b, c, d, VS Code's program, then node on the PATH, then the folders of version managers", () => {
  rmSync(runtime);
  const env = { VSCODE_GIT_ASKPASS_NODE: runtimeAt(box.at('vscode/code'), 'vscode') };
  assert.equal(run(env).code, 0);
  assert.equal(who(), 'vscode 1');
  runtimeAt(box.at('tools/node'), 'path');
  assert.equal(run({ PATH: `${box.at('tools')}:${bare}` }).code, 0);
  assert.equal(who(), 'path');
  for (const folder of ['.volta/bin', '.nvm/versions/node/v22.1.0/bin']) {
    runtimeAt(box.at('home', folder, 'node'), folder);
    assert.equal(run().code, 0);
    assert.equal(who(), folder);
    rmSync(box.at('home', folder, 'node'));
  }
});

test('threat 5: folders that a repository can fill are not searched, and an old node is passed over', () => {
  const evil = box.at('evil');
  const here = box.at('home/project');
  for (const folder of [path.join(here, 'node_modules/.bin'), path.join(here, 'bin'), box.at('x/node_modules/.bin')]) {
    script(path.join(folder, 'node'), `#!/bin/sh\n: >'${evil}'\n`);
  }
  script(box.at('old/node'), '#!/bin/sh\nexit 1\n');
  const PATH = [
    'node_modules/.bin',
    'bin',
    `${here}/bin`,
    box.at('x/node_modules/.bin'),
    '',
    '.',
    box.at('old'),
    box.at('tools'),
    bare,
  ].join(':');
  assert.equal(run({ PATH }, { cwd: here }).code, 0);
  assert.equal(who(), 'path');
  assert.equal(existsSync(evil), false);
});

test('point 24: e, without any program it fails closed and says how to repair it', () => {
  const text = readFileSync(dispatch, 'utf8');
  // The folders of the whole system are taken out, since a node may well be there.
  script(dispatch, text.replace('/opt/homebrew/bin /usr/local/bin /usr/bin', ''));
  const none = run();
  script(dispatch, text, 0o700);
  assert.equal(none.code, 3);
  assert.match(
    none.err,
    /^Pregate could not check this: no Node\.js 20 or newer was found\. It stopped for that reason\.\n.*pregate init\n$/,
  );
});

test('a lost or damaged bundle fails closed', () => {
  writeRuntime({ executable: process.execPath, electron: false }, box.env);
  const current = path.join(stateFolder(box.env), 'hooks/current');
  const hash = readFileSync(current);
  for (const text of ['', 'ff00\n', '../../x\n', '*\n', undefined]) {
    if (text === undefined) rmSync(current);
    else writeFileSync(current, text);
    const { code, err, calls } = run();
    assert.deepEqual([code, calls.length], [3, 0], JSON.stringify(text));
    assert.match(err, /bundle is missing/);
  }
  writeFileSync(current, hash);
  assert.equal(run().code, 0);
});

test('threat 19: what the environment says to Node does not reach the hook', () => {
  const evil = box.at('evil.cjs');
  writeFileSync(evil, `require('fs').writeFileSync(${JSON.stringify(box.at('ran'))}, '')`);
  const { code, calls } = run({ NODE_OPTIONS: `--require ${evil}`, NODE_PATH: box.folder, NODE_EXTRA_CA_CERTS: evil });
  assert.equal(code, 0);
  assert.equal(calls[0]?.nodeOptions, undefined);
  assert.equal(existsSync(box.at('ran')), false);
});

test("the exit code of the hook is the exit code of git's hook", () => {
  for (const code of [1, 2, 3]) {
    build.answer(code);
    assert.equal(run().code, code);
  }
  build.answer(0);
});

test('a new build takes the place of the old one for every repository, and the same build changes nothing', () => {
  const first = currentBundle(box.env);
  assert.equal(installBundle(build.folder, box.env).hash, first);
  const other = box.at('other-build');
  mkdirSync(other);
  for (const name of ['pregate.cjs', 'hook.cjs', 'dispatch'])
    copyFileSync(path.join(build.folder, name), path.join(other, name));
  writeFileSync(path.join(other, 'hook.cjs'), '// newer');
  const second = installBundle(other, box.env).hash;
  assert.notEqual(second, first);
  assert.equal(currentBundle(box.env), second);
  assert.ok(existsSync(path.join(stateFolder(box.env), 'hooks', first as string)), 'a hook may still be running it');
  assert.equal(runningBundle(path.join(other, 'pregate.cjs')), other);
  assert.throws(() => runningBundle(box.at('home')), { name: 'GitFailure' });
});

test('only this user can write what the hooks run', () => {
  chmodSync(stateFolder(box.env), 0o777);
  ensureState(box.env);
  assert.equal(readRuntime(box.env)?.executable, process.execPath);
  const stat = spawnSync('find', [stateFolder(box.env), '-perm', '/077', '-not', '-type', 'l'], { encoding: 'utf8' });
  assert.equal(
    stat.stdout
      .split('\n')
      .filter((line) => /hooks\/(dispatch|current)$|hooks$/.test(line))
      .join(),
    '',
  );
});
