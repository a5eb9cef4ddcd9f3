/** Points of docs/hooks.md that are about the whole hook: real git, the shipped build, no daemon. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureState, writeRuntime } from '../../agent/state.ts';
import { installBundle } from '../../hooks/bundle.ts';
import { type Repo, sandbox, withoutProgress } from '../git/support.ts';
import { product } from '../product/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { install, remote, script, snapshot } from './support.ts';

const box = sandbox();
const shipped = product(box);
const token = generateSecret('github-token', 31);
let counter = 0;

async function hooked(): Promise<Repo> {
  const r = box.repository(`r${++counter}`);
  r.commit('README', 'hello\n');
  await install(r, shipped.folder);
  return r;
}

/** Everything git could have written but its objects and logs, and all of the working tree. */
const filesOf = (r: Repo) => snapshot(r.dir, (name) => /^\.git\/(objects|logs|COMMIT_EDITMSG|refs|hooks)/.test(name));

test('point 9: a commit of nothing, and one before there is any, passes', async () => {
  const r = await hooked();
  assert.deepEqual(r.tryGit(['commit', '-q', '--allow-empty', '-m', 'nothing']), { code: 0, output: '' });
  const first = box.repository(`first${counter}`);
  await install(first, shipped.folder);
  assert.deepEqual(first.tryGit(['commit', '-q', '--allow-empty', '-m', 'first']), { code: 0, output: '' });
});

test('point 12: of two commits at once each has its own verdict', async () => {
  const r = await hooked();
  const hook = path.join(r.dir, '.git/hooks/pre-commit');
  // The first commit waits after its check, as it would for a slower hook.
  const ours = readFileSync(hook, 'utf8').replace('. "$pregate"', '"$pregate" "$@" || exit $?');
  script(
    hook,
    `${ours}\n[ -z "\${SLOW-}" ] || { : >'${r.dir}/../waits'; while [ ! -e '${r.dir}/../go' ]; do sleep 0.1; done; }\n`,
  );
  r.write('a.ts', 'export const a = 1;\n');
  r.git('add', 'a.ts');
  const first = spawn('git', ['commit', '-qm', 'a'], { cwd: r.dir, env: { ...r.env, SLOW: '1' } });
  let said = '';
  first.stderr.on('data', (chunk: Buffer) => (said += chunk));
  const ended = new Promise((resolve) => first.once('close', resolve));
  for (let tries = 0; !existsSync(box.at('waits')); tries++) {
    assert.ok(tries < 600, 'the first commit waits');
    await sleep(100);
  }
  r.write('b.env', `TOKEN=${token}\n`);
  r.git('add', 'b.env');
  assert.equal(r.tryGit(['commit', '-qm', 'b']).code, 1, 'the second is refused');
  writeFileSync(box.at('go'), '');
  await ended;
  assert.match(said, /^Pregate: commit [0-9a-f]{7} would have been stopped: 1 secret in b\.env/m);
});

test('point 13: a check changes neither the index nor a file, whether it passes or refuses', async () => {
  const r = await hooked();
  r.write('staged.ts', 'export const a = 1;\n');
  r.git('add', '-A');
  r.write('staged.ts', 'export const a = 2;\n');
  r.write('untracked', 'x\n');
  const run = (name: string) =>
    spawnSync(path.join(r.dir, '.git/hooks', name), [], { cwd: r.dir, env: r.env, encoding: 'utf8' });
  const before = filesOf(r);
  assert.equal(run('pre-commit').status, 0);
  assert.deepEqual(filesOf(r), before);
  r.write('bad.env', `TOKEN=${token}\n`);
  r.git('add', 'bad.env');
  const refused = filesOf(r);
  assert.equal(run('pre-commit').status, 1);
  assert.deepEqual(filesOf(r), refused);
});

test('point 25: the dispatcher starts git and the runtime, and no other program', () => {
  const r = box.repository(`bare${++counter}`);
  r.commit('README', 'hello\n');
  r.write('bad.env', `TOKEN=${token}\n`);
  r.git('add', '-A');
  installBundle(shipped.folder, box.env);
  writeRuntime({ executable: process.execPath, electron: false }, box.env);
  // Starting a program takes 20 to 50 ms under MSYS; here there is none to start.
  const bin = box.at('bin');
  mkdirSync(bin);
  const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
  symlinkSync(git, path.join(bin, 'git'));
  const told = spawnSync(path.join(ensureState(box.env), 'hooks/dispatch'), ['pre-commit'], {
    cwd: r.dir,
    env: { ...box.env, PATH: bin },
    encoding: 'utf8',
  });
  assert.equal(told.status, 1);
  assert.match(withoutProgress(told.stderr), /^Pregate stopped this commit/);
});

test('point 27: nothing on stdout, the verdict in the first line, no more than a dialog shows, no colour', async () => {
  const r = await hooked();
  for (let file = 0; file < 9; file++) r.write(`f${file}.env`, `TOKEN=${generateSecret('github-token', 40 + file)}\n`);
  r.git('add', '-A');
  const told = spawnSync('git', ['commit', '-qm', 'x'], {
    cwd: r.dir,
    env: { ...r.env, FORCE_COLOR: '1' },
    encoding: 'utf8',
  });
  assert.equal(told.status, 1);
  assert.equal(told.stdout, '');
  const lines = told.stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !/^Pregate: [a-z ]+ [\d,]+/.test(line));
  assert.match(lines[0] ?? '', /^Pregate stopped this commit: 9 secrets in f0\.env and 8 other places$/);
  assert.ok(lines.length <= 20, `${lines.length} lines`);
  assert.doesNotMatch(told.stderr, /[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test('point 30: what is skipped on purpose is said, logged with its reason, and judged at the push', async () => {
  const r = await hooked();
  remote(box, r);
  r.write('a.env', `TOKEN=${token}\n`);
  r.git('add', '-A');
  const commit = (skip: string) => r.tryGit(['commit', '-qm', 'x'], { env: { PREGATE_SKIP: skip } });
  for (const skip of ['', 'github-token', 'github-token:', ': why', 'jwt: another rule', '*: all'])
    assert.equal(commit(skip).code, 1, JSON.stringify(skip));
  const made = commit('github-token: it was revoked an hour ago');
  assert.equal(made.code, 0, made.output);
  assert.match(made.output, /^Pregate lets this commit pass, as PREGATE_SKIP says: 1 secret in a\.env\n/);
  assert.doesNotMatch(made.output, /would have been stopped|not checked/);
  const push = r.tryGit(['push', '-q', 'origin', 'main'], { env: { PREGATE_SKIP: 'github-token: once more' } });
  assert.equal(push.code, 1);
  assert.match(push.output, /^Pregate stopped this push: 1 secret in a\.env/m);
  const log = shipped.run(['log', 'show'], { cwd: r.dir });
  assert.match(log.out, /github-token skipped: it was revoked an hour ago/);
  assert.match(log.out, /a commit went past the hooks \(skipped\)/);
});

test('point 30: PREGATE_SKIP lets nothing through that could not be checked', async () => {
  const r = await hooked();
  r.write('a.env', `TOKEN=${token}\n`);
  r.write('b.txt', 'its blob will be gone\n');
  r.git('add', '-A');
  const oid = r.git('rev-parse', ':b.txt');
  rmSync(path.join(r.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  const made = r.tryGit(['commit', '-qm', 'x'], { env: { PREGATE_SKIP: 'github-token: it was revoked an hour ago' } });
  assert.match(made.output, /^Pregate stopped this commit: 1 secret in a\.env/m);
  assert.doesNotMatch(made.output, /lets this commit pass/);
});
