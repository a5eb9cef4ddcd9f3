/** Agent security 12 to 16 and 19: whatever stands where the daemon should be, no unchecked commit passes. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';
import { describeDaemon } from '../../agent/cli/daemon.ts';
import { installBundle } from '../../hooks/bundle.ts';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { runs, world } from './support.ts';

const w = world();
const dirty = w.staged('dirty', `TOKEN=${generateSecret('github-token', 71)}\n`);
const clean = w.staged('clean', 'TOKEN=\n');
const isRoot = process.getuid?.() === 0;

const info = () => readFileSync(w.at('info'), 'utf8').split('\n') as [string, string, string, string];
const refused = /^(Pregate's daemon did not answer.*\n)?Pregate stopped this commit: 1 secret in deploy\.env\n/;

/** Both commits are judged as without a daemon, and nobody but the hook itself has answered. */
function checksItself(why: string): void {
  const no = w.hook(dirty, ['pre-commit']);
  assert.equal(no.code, 1, `${why}: ${no.err}`);
  assert.match(no.err, refused, why);
  assert.equal(w.hook(clean, ['pre-commit']).code, 0, why);
}

test('threat 15: a stopped daemon is given five seconds, said, ended and replaced', async () => {
  const { pid } = await w.start();
  process.kill(pid, 'SIGSTOP');
  assert.match(
    describeDaemon(undefined, w.env),
    /^Process \d+ does not answer; the next hook puts another in its place\.$/,
  );
  const told = w.hook(dirty, ['pre-commit']);
  assert.equal(told.code, 1);
  assert.match(told.err, /^Pregate's daemon did not answer within 5 s; this is checked without it\.\nPregate stopped/);
  await until(() => !runs(pid), 'the stopped daemon ends');
  const next = await w.start();
  assert.notEqual(next.pid, pid);
  assert.deepEqual(w.hook(clean, ['pre-commit']), { code: 0, err: '' });
});

test('point 29: a killed daemon leaves a socket that nobody minds', async () => {
  const { pid } = await w.start();
  process.kill(pid, 'SIGKILL');
  await until(() => !runs(pid), 'the daemon ends');
  assert.ok(existsSync(w.at('socket')));
  checksItself('a socket without a daemon');
  await until(async () => (await w.status()) !== null, 'the hook has started another');
});

/**
 * Another program listens in the daemon's place. `tell` sets what it sends to each request, and checks that it was asked. A
 * hook that got no answer it believes starts a daemon, which takes the name; the impostor takes it back at once.
 */
async function impostor(work: (tell: (reply: string, check: () => void) => void) => void): Promise<void> {
  const info = readFileSync(w.at('info'));
  // A daemon that a hook has started meanwhile would be asked at its door, and nobody at the socket.
  writeFileSync(w.at('door-shut'), readFileSync(path.join(w.state, 'hooks/current'), 'utf8').trim());
  const file = w.box.at('lie.js');
  const asked = w.box.at('asked');
  const source = `
    const net = require('net');
    const fs = require('fs');
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      const chunks = [];
      socket.on('error', () => {});
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('end', () => {
        fs.appendFileSync(${JSON.stringify(asked)}, '.');
        const [, token, nonce, bundle] = Buffer.concat(chunks).toString('latin1').split('\\0');
        const send = (text) => socket.end(text);
        eval(fs.readFileSync(${JSON.stringify(file)}, 'utf8'));
      });
    });
    const name = ${JSON.stringify(w.at('socket'))};
    process.umask(0o077);
    let mine;
    const numberOf = () => fs.statSync(name, { throwIfNoEntry: false })?.ino;
    const take = () => {
      fs.rmSync(name, { force: true });
      server.listen(name);
    };
    server.on('error', () => setTimeout(take, 5));
    server.on('listening', () => {
      if (mine === undefined) console.log('ready');
      mine = numberOf();
    });
    setInterval(() => server.listening && numberOf() !== mine && server.close(take), 5);
    take();
    setTimeout(() => process.exit(), 120000);`;
  writeFileSync(file, '');
  writeFileSync(asked, '');
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => assert.fail('the impostor ended before it listened')),
  ]);
  try {
    work((reply, check) => {
      writeFileSync(file, reply);
      const before = readFileSync(asked).length;
      // A daemon that ended because its name was taken takes its information along, and the hook asks nobody.
      for (let tries = 0; tries < 10 && readFileSync(asked).length === before; tries++) {
        writeFileSync(w.at('info'), info, { mode: 0o600 });
        check();
      }
      assert.ok(readFileSync(asked).length > before, `the impostor was asked, and answered ${reply}`);
    });
  } finally {
    child.kill('SIGKILL');
    rmSync(w.at('door-shut'));
  }
}

const tree = "'0'.repeat(40)";
const lies: Record<string, string> = {
  'zero for everything': "send('0')",
  nothing: "send('')",
  'the request itself': 'send(Buffer.concat(chunks))',
  'another magic': `send(\`pregate2 \${token} \${nonce} \${bundle} \${${tree}} 0\\n\`)`,
  'a wrong secret': `send(\`pregate1 \${'0'.repeat(32)} \${nonce} \${bundle} \${${tree}} 0\\n\`)`,
  'an old number': `send(\`pregate1 \${token} 00000000-0000-4000-8000-000000000000 \${bundle} \${${tree}} 0\\n\`)`,
  'another build': `send(\`pregate1 \${token} \${nonce} \${'f'.repeat(32)} \${${tree}} 0\\n\`)`,
  'a tree that is none': 'send(`pregate1 ${token} ${nonce} ${bundle} HEAD 0\\n`)',
  'no tree': 'send(`pregate1 ${token} ${nonce} ${bundle} 0\\n`)',
  'no code': `send(\`pregate1 \${token} \${nonce} \${bundle} \${${tree}}\\n\`)`,
  'a code that is none': `send(\`pregate1 \${token} \${nonce} \${bundle} \${${tree}} 00\\n\`)`,
  'half an answer': 'socket.write(`pregate1 ${token} ${nonce}`); socket.destroy()',
};
test('threat 15: an impostor is not believed, whatever it answers', async () => {
  const { pid } = await w.start();
  // Kept alive as a process without its socket, it would see that and end; it is stopped first, for the info to stay.
  process.kill(pid, 'SIGKILL');
  await impostor((tell) => {
    for (const [what, reply] of Object.entries(lies)) tell(reply, () => checksItself(what));
  });
});

test('threat 15: an impostor that never stops talking is ended like one that is silent', async () => {
  const { pid } = await w.start();
  process.kill(pid, 'SIGKILL');
  let told = '';
  await impostor((tell) => {
    tell("const more = () => socket.write('x'.repeat(2000)); more(); setInterval(more, 50)", () => {
      const { code, err } = w.hook(dirty, ['pre-commit']);
      assert.equal(code, 1);
      told = err;
    });
  });
  assert.match(told, /^Pregate's daemon did not answer within 5 s/);
});

test('threat 12: a folder, an info file or a socket that is a link is not followed', async () => {
  for (const name of ['info', 'socket']) {
    await w.start();
    renameSync(w.at(name), w.at(`${name}.real`));
    symlinkSync(w.at(`${name}.real`), w.at(name));
    const before = served(w.at(name === 'socket' ? 'socket.real' : 'socket'));
    checksItself(`${name} is a link`);
    assert.equal(served(w.at(name === 'socket' ? 'socket.real' : 'socket')), before, name);
    // Also one that the hook may still be starting, which would write a file of that name.
    await w.stopAll();
    for (const file of [name, `${name}.real`]) rmSync(w.at(file), { force: true });
  }
  await w.start();
  renameSync(path.join(w.state, 'daemon'), path.join(w.state, 'elsewhere'));
  symlinkSync(path.join(w.state, 'elsewhere'), path.join(w.state, 'daemon'));
  checksItself('the folder is a link');
  rmSync(path.join(w.state, 'daemon'));
  renameSync(path.join(w.state, 'elsewhere'), path.join(w.state, 'daemon'));
  w.stop();
});

/** Only that the socket is there: who answered is seen by the next status. */
function served(socket: string): boolean {
  return existsSync(socket);
}

test('threat 12: what belongs to another user is not asked', {
  skip: isRoot ? false : 'only root can give files away',
}, async () => {
  for (const name of ['info', 'socket', '.']) {
    const { served: before, pid } = await w.start();
    chownSync(w.at(name), 65534, 65534);
    checksItself(`${name} belongs to somebody else`);
    try {
      chownSync(w.at(name), 0, 0);
    } catch (error) {
      // The daemon that the hook has started may be putting its own file there at this moment.
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT');
    }
    // The hook may have put another daemon there, which then answers.
    const now = await w.status();
    if (now?.pid === pid) assert.equal(now.served, before, name);
  }
});

test('threat 12: a folder that others can write to: the daemon does not answer, and the hook closes the folder', async () => {
  await w.start();
  chmodSync(w.at('.'), 0o777);
  // It is told at once that there is no answer, and does not wait for one.
  assert.match(w.hook(dirty, ['pre-commit']).err, /^Pregate stopped this commit/);
  chmodSync(w.at('.'), 0o777);
  checksItself('an open folder');
  await w.start();
  assert.equal(lstatSync(w.at('.')).mode & 0o777, 0o700);
  for (const name of ['info', 'socket']) assert.equal(lstatSync(w.at(name)).mode & 0o077, 0, name);
});

test('threat 14: with threat 12, who does not know the secret, or speaks another language, gets nothing', async () => {
  const { pid } = await w.start();
  const [bundle, socket, token] = info();
  const right = ['pregate1', token, 'n1', bundle, 'status', '0', '/', '0', 'end', ''];
  const changed = (at: number, value: string) => right.map((one, index) => (index === at ? value : one)).join('\0');
  assert.match(await say(socket, right.join('\0')), /^pregate1 /);
  for (const words of [
    changed(1, '0'.repeat(32)),
    changed(1, ''),
    changed(3, 'f'.repeat(32)),
    changed(2, '../../x'),
    changed(6, 'relative'),
    changed(7, '99'),
    right.slice(0, 5).join('\0'),
    'GET / HTTP/1.1\r\nOrigin: http://example.com\r\n\r\n',
    'action=get\ntimeout=900\n',
    '',
    '\0'.repeat(1000),
  ]) {
    assert.equal(await say(socket, words), '', JSON.stringify(words).slice(0, 60));
  }
  assert.equal((await w.status())?.pid, pid);
});

function say(socket: string, words: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const client = connect(socket);
    client.on('data', (chunk) => (text += chunk));
    client.on('error', () => resolve(text));
    client.on('close', () => resolve(text));
    client.end(words);
  });
}

test('threat 12: a state folder whose path is longer than a socket name may be', async () => {
  const env = { ...w.env, PREGATE_STATE_DIR: w.box.at('x'.repeat(80), 'y'.repeat(80)) };
  installBundle(w.shipped.folder, env);
  const words = (what: string) => w.shipped.run(['daemon', what, '--json'], { cwd: dirty.dir, env });
  const start = w.shipped.run(['daemon', 'start'], { cwd: dirty.dir, env });
  assert.match(start.out, /^Running/, start.err);
  const told = spawnSync(path.join(env.PREGATE_STATE_DIR, 'hooks/dispatch'), ['pre-commit'], {
    cwd: dirty.dir,
    env,
    encoding: 'utf8',
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  assert.equal(told.status, 1, told.stderr);
  assert.equal((JSON.parse(words('status').out) as { status: { served: number } }).status.served, 1);
  assert.match(w.shipped.run(['daemon', 'stop'], { cwd: dirty.dir, env }).out, /^Stopped/);
});

test('threat 19: what the environment says to Node and to the loader reaches neither hook nor daemon', async () => {
  w.stop();
  const ran = w.box.at('ran');
  const evil = w.box.at('evil.cjs');
  writeFileSync(evil, `require('fs').writeFileSync(${JSON.stringify(ran)}, '')`);
  const env = {
    NODE_OPTIONS: `--require ${evil}`,
    NODE_PATH: w.box.folder,
    NODE_EXTRA_CA_CERTS: evil,
    LD_AUDIT: w.box.at('none.so'),
    GIT_SSH_COMMAND: evil,
    SECRET_OF_THIS_SHELL: 'yes',
  };
  assert.equal(w.hook(dirty, ['pre-commit'], { env }).code, 1);
  await until(async () => (await w.status()) !== null, 'the hook has started a daemon');
  const [, , , pid] = info();
  const given = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map((one) => one.split('=')[0]);
  for (const name of Object.keys(env)) assert.ok(!given.includes(name), name);
  assert.ok(given.length < 16, given.join(' '));
  assert.equal(w.hook(dirty, ['pre-commit'], { env }).code, 1);
  assert.equal(existsSync(ran), false);
});

test('point 28: the daemon has a session of its own and no stream of the hook that started it', async () => {
  w.stop();
  assert.equal(w.hook(clean, ['pre-commit']).code, 0);
  await until(async () => (await w.status()) !== null, 'the hook has started a daemon');
  const pid = info()[3];
  for (const stream of ['0', '1', '2']) assert.equal(readlinkSync(`/proc/${pid}/fd/${stream}`), '/dev/null');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  assert.equal(stat?.[3], pid, 'its session is its own');
});

test('another build takes the place of the daemon', async () => {
  const { pid, bundle } = await w.start();
  const other = w.box.at('other-build');
  mkdirSync(other);
  for (const name of readdirSync(w.shipped.folder))
    copyFileSync(path.join(w.shipped.folder, name), path.join(other, name));
  writeFileSync(
    path.join(other, 'hook-yaml.cjs'),
    `${readFileSync(path.join(other, 'hook-yaml.cjs'), 'utf8')}\n// newer`,
  );
  installBundle(other, w.env);
  checksItself('the daemon is of another build');
  await until(async () => ((await w.status())?.bundle ?? bundle) !== bundle, 'a daemon of the new build');
  await until(() => !runs(pid), 'the old daemon ends');
  installBundle(w.shipped.folder, w.env);
});

test('switched off it is not started, and the doctor says so', async () => {
  await w.stopAll();
  for (const env of [{ PREGATE_DAEMON: 'off' }, {}]) {
    if (!('PREGATE_DAEMON' in env)) w.shipped.run(['daemon', 'off'], { cwd: clean.dir, env: w.env });
    assert.equal(w.hook(clean, ['pre-commit'], { env }).code, 0);
    const doctor = w.shipped.run(['doctor'], { cwd: clean.dir, env: { ...w.env, ...env } });
    assert.match(doctor.out, /daemon +Off \((PREGATE_DAEMON=off|pregate daemon off)\)/);
    assert.match(w.shipped.run(['daemon', 'start'], { cwd: clean.dir, env: { ...w.env, ...env } }).err, /is off/);
  }
  assert.equal(await w.status(), null);
  w.shipped.run(['daemon', 'on'], { cwd: clean.dir, env: w.env });
  assert.equal(w.hook(clean, ['pre-commit']).code, 0);
  await until(async () => (await w.status()) !== null, 'switched on it starts');
});

test('it ends when nobody asks, and when its folder goes', async () => {
  w.stop();
  const short = { ...w.env, PREGATE_DAEMON_IDLE: '1' };
  w.shipped.run(['daemon', 'start'], { cwd: clean.dir, env: short });
  const pid = Number(info()[3]);
  await until(() => !runs(pid), 'the idle daemon ends');
  assert.equal(existsSync(w.at('socket')), false);
  const { pid: second } = await w.start();
  rmSync(w.at('.'), { recursive: true });
  await until(() => !runs(second), 'the daemon without a folder ends');
});

after(() => rmSync(w.box.at('ran'), { force: true }));
