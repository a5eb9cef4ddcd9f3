/** A pipe or a server of somebody else in the daemon's place: `docs/hostile.md`, threat 13. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { runs, world } from './support.ts';

const w = world();
const repo = w.box.repository('dirty');
repo.write('a.env', `TOKEN=${generateSecret('github-token', 13)}\n`);
repo.git('add', 'a.env');

test('threat 13: a named pipe in the place of the socket is told nothing, and does not hold the hook', async () => {
  const { pid } = await w.start();
  process.kill(pid, 'SIGKILL');
  await until(() => !runs(pid), 'the daemon ends');
  const [, socket = '', token = ''] = readFileSync(w.at('info'), 'utf8').split('\n');
  rmSync(socket, { force: true });
  execFileSync('mkfifo', ['-m', '600', socket]);
  const heard = w.box.at('heard');
  writeFileSync(heard, '');
  const listener = spawn('sh', ['-c', `exec cat <'${socket}' >'${heard}'`], { stdio: 'ignore' });
  const told = w.hook(repo, ['pre-commit'], { env: { PREGATE_DAEMON_IDLE: '1' } });
  assert.equal(told.code, 1, told.err);
  assert.match(told.err, /^Pregate stopped this commit/);
  await w.status();
  listener.kill('SIGKILL');
  await once(listener, 'exit');
  assert.equal(readFileSync(heard, 'utf8'), '');
  assert.equal(token.length, 32);
});

test('threat 13: on Windows, where anybody can make a pipe of that name, nobody is asked and nothing is started', async () => {
  await w.start();
  const [bundle, socket = '', token] = readFileSync(w.at('info'), 'utf8').split('\n');
  // Also one that the hook of the test above may still be starting.
  await w.stopAll();
  // Whoever waits under the name that the info file gives hears of each connection.
  let heard = 0;
  const squatter = createServer((connection) => {
    heard += 1;
    connection.destroy();
  });
  rmSync(socket, { force: true });
  process.umask(0o077);
  await new Promise<void>((resolve) => squatter.listen(socket, resolve));
  const info = `${bundle}\n${socket}\n${token}\n999999\n`;
  // Windows would look for the state folder elsewhere; here it is the one that the squatter knows.
  const env = { ...w.env, PREGATE_STATE_DIR: w.state };
  const ask = async (flags: string[], words: string[]): Promise<string> => {
    writeFileSync(w.at('info'), info, { mode: 0o600 });
    const child = spawn(process.execPath, [...flags, w.shipped.program, ...words], { cwd: repo.dir, env });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (out += data.toString()));
    await once(child, 'close');
    return out;
  };
  try {
    await ask([], ['daemon', 'status', '--json']);
    assert.ok(heard > 0, 'on this system the squatter is asked, and found not to be the daemon');
    heard = 0;
    const windows = ['--import', 'data:text/javascript,Object.defineProperty(process,"platform",{value:"win32"})'];
    for (const words of [
      ['daemon', 'status'],
      ['daemon', 'start'],
      ['daemon', 'stop'],
      ['hook', 'pre-commit'],
    ]) {
      await ask(windows, words);
      assert.equal(heard, 0, words.join(' '));
    }
    assert.match(await ask(windows, ['daemon', 'status']), /not available on Windows/);
    const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.ok(!stdout.split('\n').some((line) => line.includes(w.state) && line.endsWith('hook daemon')), 'started');
  } finally {
    squatter.close();
    rmSync(w.at('info'), { force: true });
  }
});
