/** The daemon's door (`agent/daemon/door.ts`): a hook is answered without a program of git, and by nobody else. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDoor } from '../../agent/daemon/door.ts';
import { doorBytes } from '../../agent/daemon/protocol.ts';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { runs, type Told, world } from './support.ts';

const w = world();
const skip = process.platform === 'linux' ? false : 'only Linux lets the daemon open a pipe of the hook';
const dirty = w.staged('dirty', `TOKEN=${generateSecret('github-token', 77)}\n`);
const clean = w.staged('clean', 'TOKEN=\n');
const stops = /^Pregate stopped this commit: 1 secret in deploy\.env\n/;

const info = () => readFileSync(w.at('info'), 'utf8').split('\n');

/** A PATH whose `git` writes down what it is asked, and on which there is no Node. */
const counted = w.box.at('counted');
const asked = w.box.at('asked');
mkdirSync(counted);
const find = (name: string) => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
writeFileSync(path.join(counted, 'git'), `#!/bin/sh\necho "$1" >>${asked}\nexec ${find('git')} "$@"\n`);
chmodSync(path.join(counted, 'git'), 0o755);
symlinkSync(find('sleep'), path.join(counted, 'sleep'));

test('a hook at the door starts neither git nor Node, and says what one at the socket says', { skip }, async () => {
  const { served } = await w.start();
  const { code, err } = w.hook(dirty, ['pre-commit'], { env: { PATH: counted } });
  assert.equal(code, 1, err);
  assert.match(err, stops);
  assert.deepEqual(w.hook(clean, ['pre-commit'], { env: { PATH: counted } }), { code: 0, err: '' });
  assert.ok(!existsSync(asked) || !readFileSync(asked, 'utf8').includes('credential-cache'), 'git was no client');
  assert.equal((await w.status())?.served, served + 2);
  // A PATH that is longer than a pipe should carry goes to the socket, where git is the client.
  const long = `${process.env['PATH']}:${'/none'.repeat(2000)}`;
  assert.deepEqual(w.hook(dirty, ['pre-commit'], { env: { PATH: `${counted}:${long}` } }).err, err);
  assert.match(readFileSync(asked, 'utf8'), /^credential-cache$/m);
  assert.equal((await w.status())?.served, served + 3);
});

test('a door that the daemon does not hold, as in another container, is not knocked at', { skip }, async () => {
  const { served } = await w.start();
  const lines = info();
  for (const fd of ['0', '999', '']) {
    writeFileSync(w.at('info'), [...lines.slice(0, 4), fd, ''].join('\n'));
    assert.match(w.hook(dirty, ['pre-commit']).err, stops, fd);
  }
  writeFileSync(w.at('info'), lines.join('\n'));
  // Nobody listens there: whoever knocked would wait for five seconds, and say so.
  renameSync(w.at('door'), w.at('kept'));
  execFileSync('mkfifo', ['-m', '600', w.at('door')]);
  assert.match(w.hook(dirty, ['pre-commit']).err, stops);
  renameSync(w.at('kept'), w.at('door'));
  assert.equal((await w.status())?.served, served + 4, 'the socket has answered');
});

test('what comes to the door and is no hook keeps what lies in its pipes', { skip }, async (t) => {
  await w.start();
  const pid = info()[3];
  // The pipes are there and hold a request, but the door is not open in that process.
  const script = `exec 7<<A\nkeep this\nA\nexec 8<<A\nand this\nA\nexec 9</dev/null; echo ready; read -r go; read -r one <&7; echo "$one"`;
  const other = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => other.kill('SIGKILL'));
  await once(other.stdout, 'data');
  const door = openSync(w.at('door'), 'r+');
  t.after(() => closeSync(door));
  for (const line of [`${other.pid} 00000000`, 'nonsense', `${'9'.repeat(30)} x`, '1 ../../x', `${process.pid} x`])
    writeSync(door, `${line}\n`);
  assert.match(w.hook(dirty, ['pre-commit'], { env: { PATH: counted } }).err, stops, 'those after them are answered');
  other.stdin.end('go\n');
  const [said] = (await once(other.stdout, 'data')) as [Buffer];
  assert.equal(said.toString(), 'keep this\n');
  assert.ok(runs(Number(pid)));
});

/** A door of this very process, and a hook that comes to it. */
async function ownDoor(t: TestContext, name: string, answer: Parameters<typeof openDoor>[2]) {
  const folder = w.box.at(name);
  const build = readFileSync(path.join(w.state, 'hooks/current'), 'utf8').trim();
  mkdirSync(path.join(folder, 'daemon'), { recursive: true, mode: 0o700 });
  mkdirSync(path.join(folder, 'hooks', build), { recursive: true });
  for (const name of ['dispatch', 'current', `${build}/pregate.cjs`])
    writeFileSync(path.join(folder, 'hooks', name), readFileSync(path.join(w.state, 'hooks', name)), { mode: 0o755 });
  const door = openDoor(path.join(folder, 'daemon'), build, answer);
  t.after(() => door?.close());
  assert.ok(door);
  const socket = path.join(folder, 'daemon/socket');
  const { createServer } = await import('node:net');
  const server = createServer().listen(socket);
  await once(server, 'listening');
  t.after(() => server.close());
  const lines = [build, socket, '0'.repeat(32), process.pid, door.fd, ''].join('\n');
  writeFileSync(path.join(folder, 'daemon/info'), lines, { mode: 0o600 });
  const hook = spawn(path.join(folder, 'hooks/dispatch'), ['pre-commit'], { cwd: clean.dir, env: w.env });
  let err = '';
  // Decoded as a whole: a letter of two bytes may come in two pieces.
  hook.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  const [code] = (await once(hook, 'close')) as [number];
  return { code, err };
}

test('an answer that is longer than a pipe arrives whole', { skip }, async (t) => {
  const text = Array.from({ length: 1500 }, (_, index) => `${index} \\ $HOME 'é' ${'-'.repeat(80)}\n`).join('');
  const { code, err } = await ownDoor(t, 'long-answer', async () => ({ code: 1, tree: '0'.repeat(40), text }));
  assert.equal(code, 1);
  assert.ok(text.length > 100_000);
  assert.ok(err === text, err.slice(0, 300));
});

test('a pipe that a thread has written to is closed, and one that it may write to is kept', { skip }, async (t) => {
  const refused = { code: 1, tree: '0'.repeat(40), text: 'No.\n' } as const;
  let lent = { pipe: -1, ino: 0 };
  // Asked by its number alone: a list of the open files would open the folder under a number that has just become free.
  const isOpen = () => {
    try {
      return fstatSync(lent.pipe).ino === lent.ino;
    } catch {
      return false;
    }
  };
  const said = await ownDoor(t, 'written', async (request, pipe) => {
    lent = { pipe, ino: fstatSync(pipe).ino };
    writeSync(pipe, doorBytes(request, refused));
    return { ...refused, pipe: 'written' };
  });
  assert.deepEqual(said, { code: 1, err: 'No.\n' }, 'it is said once');
  assert.equal(isOpen(), false);
  const late = await ownDoor(t, 'busy', async (_, pipe) => {
    lent = { pipe, ino: fstatSync(pipe).ino };
    return { ...refused, pipe: 'busy' };
  });
  assert.deepEqual(late, { code: 1, err: 'No.\n' });
  assert.equal(isOpen(), true, 'its number must not become that of another file');
});

/**
 * What a hook says when another process holds a door of its own in the daemon's place and says `reply` to whoever comes. A
 * daemon that an earlier hook was still starting may take its place back; then the impostor was not asked, and comes again.
 */
async function besideImpostor(reply: string): Promise<Told> {
  const heard = w.box.at('heard');
  const source = `
    const fs = require('fs');
    const name = ${JSON.stringify(w.at('door'))};
    fs.rmSync(name, { force: true });
    require('child_process').execFileSync('mkfifo', ['-m', '600', name]);
    const fd = fs.openSync(name, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    const socket = new (require('net').Socket)({ fd, readable: true, writable: false });
    socket.on('data', (line) => {
      fs.writeFileSync(${JSON.stringify(heard)}, '');
      const [pid, nonce] = line.toString().trim().split(' ');
      const bytes = Buffer.alloc(65536);
      const size = fs.readSync(fs.openSync('/proc/' + pid + '/fd/7', 'r'), bytes);
      const [, token, , bundle] = bytes.toString('latin1', 0, size).split('\\0');
      const out = fs.openSync('/proc/' + pid + '/fd/8', 'w');
      const say = (text) => { try { fs.writeSync(out, text); } catch { process.exit(); } };
      ${reply}
    });
    console.log(fd);
    setTimeout(() => process.exit(), 60000);`;
  for (let tries = 1; ; tries++) {
    await w.start();
    const kept = info();
    const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [fd] = (await once(child.stdout, 'data')) as [Buffer];
    writeFileSync(w.at('info'), [...kept.slice(0, 3), child.pid, fd.toString().trim(), ''].join('\n'));
    const told = w.hook(dirty, ['pre-commit']);
    child.kill('SIGKILL');
    writeFileSync(w.at('info'), kept.join('\n'));
    w.stop();
    if (existsSync(heard)) {
      rmSync(heard);
      return told;
    }
    assert.ok(tries < 10, 'the impostor was asked');
  }
}

const tree = "'0'.repeat(40)";
const lies = {
  'nothing but an end': 'say(`end ${nonce}\\n`)',
  'a wrong secret': `say(\`pregate1 \${'0'.repeat(32)} \${nonce} \${bundle} \${${tree}} 0\\nend \${nonce}\\n\`)`,
  'an old number': `say(\`pregate1 \${token} 0-0 \${bundle} \${${tree}} 0\\nend \${nonce}\\n\`)`,
  'another build': `say(\`pregate1 \${token} \${nonce} \${'f'.repeat(32)} \${${tree}} 0\\nend \${nonce}\\n\`)`,
  'a code that is none': `say(\`pregate1 \${token} \${nonce} \${bundle} \${${tree}} 00\\nend \${nonce}\\n\`)`,
};
for (const [what, reply] of Object.entries(lies)) {
  test(`threat 15: an impostor at the door is not believed: ${what}`, { skip }, async () => {
    assert.match((await besideImpostor(reply)).err, stops, what);
  });
}

test('threat 15: an impostor at the door that talks without end, or in half a line, is ended after 5 s', {
  skip,
}, async () => {
  for (const reply of ['say("x")', 'setInterval(() => say("x".repeat(500)), 20)']) {
    const { code, err } = await besideImpostor(reply);
    assert.equal(code, 1, err);
    assert.match(err, /^Pregate's daemon did not answer within 5 s; this is checked without it\.\nPregate stopped/);
  }
});

test('where a hook’s pipes may not be opened, the next hook goes to the socket', { skip }, async () => {
  // Also one that a hook of a test above may still be starting: it has a door.
  await w.stopAll();
  const build = readFileSync(path.join(w.state, 'hooks/current'), 'utf8').trim();
  writeFileSync(w.at('door-shut'), build);
  const { pid } = await w.start();
  await until(() => info()[3] === String(pid), 'the daemon has said where it is');
  assert.equal(info()[4], '');
  assert.match(w.hook(dirty, ['pre-commit']).err, stops);
  assert.equal((await w.status())?.served, 1);
});
