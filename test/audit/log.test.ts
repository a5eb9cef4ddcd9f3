import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { after, describe, it } from 'node:test';
import { openCheckpoint } from '../../agent/audit/checkpoint.ts';
import type { AuditEvent } from '../../agent/audit/events.ts';
import { checkpointNow, checkpointsOf, foldSpool, logFolder, logKey, originOf, record } from '../../agent/audit/log.ts';
import { spool, spoolFolder } from '../../agent/audit/spool.ts';
import { readEntries, verifyLog } from '../../agent/audit/verify.ts';
import { none } from './counts.ts';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
});

/** A state folder and a repository of its own. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-audit-'));
  folders.push(folder);
  const env = { PREGATE_STATE_DIR: join(folder, 'state'), HOME: folder };
  const repository = join(folder, 'repository');
  return { folder, env, state: env.PREGATE_STATE_DIR, repository, log: () => logFolder(repository, env) };
}

const skip = (rule: string): AuditEvent => ({ event: 'skip', rule, reason: 'a test' });

describe('the audit log', () => {
  it('numbers, dates and chains what happened, and is whole', async () => {
    const { env, repository, log } = place();
    for (let index = 0; index < 5; index++) await record(repository, skip(`rule-${index}`), env);
    const entries = readEntries(log());
    assert.deepEqual(
      entries.map((entry) => [entry.seq, entry.event === 'skip' ? entry.rule : '']),
      [0, 1, 2, 3, 4].map((seq) => [seq, `rule-${seq}`]),
    );
    assert.deepEqual(verifyLog(log(), env).problems, []);
    assert.equal(statSync(join(log(), 'log.jsonl')).mode & 0o777, 0o600);
  });

  it('keeps what hooks have left until somebody has time, in the order it happened', async () => {
    const { env, state, repository, log } = place();
    for (let index = 0; index < 20; index++) spool(state, repository, skip(`rule-${index}`));
    assert.deepEqual(await foldSpool(env), { entries: 20 });
    assert.deepEqual(readdirSync(spoolFolder(state)), []);
    assert.deepEqual(
      readEntries(log()).map((entry) => entry.event === 'skip' && entry.rule),
      Array.from({ length: 20 }, (_, index) => `rule-${index}`),
    );
  });

  it('keeps the order of one millisecond, whatever the finer clock shows', async (context) => {
    const { env, state, repository, log } = place();
    const now = new Date();
    // A digit more, and the next second.
    const times = [99_999_999n, 100_000_001n, 1_999_999_999n, 2_000_000_001n];
    context.mock.method(process.hrtime, 'bigint', () => times.shift());
    for (let index = 0; index < 4; index++) spool(state, repository, skip(`rule-${index}`), now);
    context.mock.restoreAll();
    await foldSpool(env);
    const rules = readEntries(log()).map((entry) => entry.event === 'skip' && entry.rule);
    assert.deepEqual(rules, ['rule-0', 'rule-1', 'rule-2', 'rule-3']);
  });

  it('counts an event once that was written just before a crash', async () => {
    const { env, state, repository, log } = place();
    spool(state, repository, skip('once'));
    const [name] = readdirSync(spoolFolder(state)) as [string];
    const text = readFileSync(join(spoolFolder(state), name));
    await foldSpool(env);
    writeFileSync(join(spoolFolder(state), name), text);
    await foldSpool(env);
    assert.equal(readEntries(log()).length, 1);
  });

  it('keeps a torn end in a file of its own and says so in the log', async () => {
    const { env, repository, log } = place();
    await record(repository, skip('before'), env);
    const half = '{"v":1,"seq":1,"ts":"2026';
    appendFileSync(join(log(), 'log.jsonl'), half);
    await record(repository, skip('after'), env);
    assert.deepEqual(
      readEntries(log()).map((entry) => entry.event),
      ['skip', 'recovered', 'skip'],
    );
    const kept = readdirSync(log()).find((name) => name.startsWith('log.torn-')) as string;
    assert.equal(readFileSync(join(log(), kept), 'utf8'), half);
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });

  it('is whole with a torn end, and signs nothing of it', async () => {
    const { env, repository, log } = place();
    await record(repository, skip('before'), env);
    appendFileSync(join(log(), 'log.jsonl'), '{"v":1,"seq":1,"ts":"2026');
    const torn = verifyLog(log(), env);
    assert.deepEqual([torn.problems, torn.entries], [[], 1]);
    assert.match(torn.notes.join(), /^25 bytes at the end are half an entry, as a crash leaves it/);
    await checkpointNow(repository, env);
    await record(repository, skip('after'), env);
    assert.deepEqual(
      readEntries(log()).map((entry) => entry.event),
      ['skip', 'recovered', 'skip'],
    );
    const { problems, notes } = verifyLog(log(), env);
    assert.deepEqual([problems, notes], [[], []]);
  });

  it('says when another policy judges at a gate, once', async () => {
    const { env, repository, log } = place();
    const verdict = (gate: string, digest: string): AuditEvent => ({
      event: 'verdict',
      hook: 'pre-push',
      gate,
      verdict: 'pass',
      rules: [],
      policy: { name: 'p', revision: digest, digest },
      counts: none,
      ms: 1,
      by: 'cold',
    });
    await record(repository, verdict('push', '1'), env);
    for (const [gate, digest] of [
      ['commit', '2'],
      ['push', '1'],
      ['push', '3'],
      ['commit', '2'],
      ['push', '3'],
    ] as const)
      spool(env.PREGATE_STATE_DIR, repository, verdict(gate, digest));
    await foldSpool(env);
    assert.deepEqual(
      readEntries(log()).map((one) =>
        one.event === 'verdict' ? one.gate : one.event === 'policy-change' && one.policy.digest,
      ),
      ['push', 'commit', 'push', '3', 'push', 'commit', 'push'],
    );
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });

  it('keeps several lines of rubbish too', async () => {
    const { env, repository, log } = place();
    await record(repository, skip('before'), env);
    appendFileSync(join(log(), 'log.jsonl'), 'rubbish\nmore\n');
    await record(repository, skip('after'), env);
    assert.equal(readEntries(log()).length, 3);
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });

  it('has 8 processes write at once and loses nothing', async () => {
    const { env, repository, log } = place();
    const script = `
      import { record } from ${JSON.stringify(new URL('../../agent/audit/log.ts', import.meta.url).href)};
      const [, , repository, name] = process.argv;
      for (let index = 0; index < 25; index++) {
        await record(repository, { event: 'skip', rule: name + '-' + index, reason: 'a test' });
      }`;
    const writers = Array.from({ length: 8 }, (_, index) => {
      const words = ['--input-type=module', '-e', script, '-', repository, `writer-${index}`];
      const child = spawn(process.execPath, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 2] });
      return new Promise((resolve) => child.on('exit', resolve));
    });
    assert.deepEqual(await Promise.all(writers), [0, 0, 0, 0, 0, 0, 0, 0]);
    await foldSpool(env);
    const rules = readEntries(log()).map((entry) => (entry.event === 'skip' ? entry.rule : ''));
    assert.equal(new Set(rules).size, 200);
    assert.equal(rules.length, 200);
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });

  it('takes over the lock of a process that was killed', async () => {
    const { env, state, repository, log } = place();
    await record(repository, skip('first'), env);
    const dead = spawn(process.execPath, ['-e', '0']);
    await new Promise((resolve) => dead.on('exit', resolve));
    writeFileSync(join(state, 'audit', 'lock'), `${dead.pid} 1`);
    assert.deepEqual(await record(repository, skip('second'), env), { entries: 1 });
    assert.equal(readEntries(log()).length, 2);
  });

  it('takes over the lock of a process that has ended and that nobody has taken note of', async (context) => {
    if (process.platform !== 'linux') return context.skip('needs /proc');
    const { env, state, repository, log } = place();
    await record(repository, skip('first'), env);
    // The shell's child ends when it is told to, and what the shell has become by then never asks for it.
    const script = '{ read x; } <&3 & echo $!; exec sleep 60 3<&-';
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    try {
      const [pid] = await once(parent.stdout as Readable, 'data');
      const program = () => readFileSync(`/proc/${parent.pid}/cmdline`, 'latin1').split('\0')[0];
      while (program() !== 'sleep') await new Promise((resolve) => setTimeout(resolve, 5));
      (parent.stdio[3] as Writable).end();
      const stat = () =>
        readFileSync(`/proc/${Number(pid)}/stat`, 'latin1')
          .split(') ')[1]
          ?.split(' ') ?? [];
      while (stat()[0] !== 'Z') await new Promise((resolve) => setTimeout(resolve, 5));
      writeFileSync(join(state, 'audit', 'lock'), `${Number(pid)} ${stat()[19]}`);
      assert.deepEqual(await record(repository, skip('second'), env), { entries: 1 });
      assert.equal(readEntries(log()).length, 2);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  it('says that the state folder cannot be written, and does not throw', async () => {
    const { folder, repository } = place();
    writeFileSync(join(folder, 'file'), '');
    const result = await record(repository, skip('lost'), { PREGATE_STATE_DIR: join(folder, 'file', 'state') });
    assert.match(result.problem ?? '', /audit log has a gap/);
  });

  it('says that entries wait when the log cannot be written, and writes them later', async () => {
    const { env, state, repository, log } = place();
    await record(repository, skip('first'), env);
    const path = join(log(), 'log.jsonl');
    const before = readFileSync(path);
    rmSync(path);
    // A folder in its place refuses every write, also those of root.
    const { mkdirSync } = await import('node:fs');
    mkdirSync(path);
    spool(state, repository, skip('second'));
    const refused = await foldSpool(env);
    assert.match(refused.problem ?? '', /Entries that wait in the state folder are kept/);
    assert.equal(readdirSync(spoolFolder(state)).length, 1);
    rmSync(path, { recursive: true });
    writeFileSync(path, before);
    assert.deepEqual(await foldSpool(env), { entries: 1 });
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });

  it('begins a new file when the old one has grown large, and the chain goes on', async () => {
    const { env, repository, log } = place();
    await record(repository, skip('first'), env);
    const long = 'x'.repeat(200_000);
    for (let index = 0; index < 53; index++) await record(repository, { event: 'skip', rule: 'r', reason: long }, env);
    await record(repository, skip('last'), env);
    assert.ok(readdirSync(log()).some((name) => name === 'log-000000000000.jsonl'));
    assert.equal(readEntries(log()).length, 55);
    assert.deepEqual(verifyLog(log(), env).problems, []);
  });
});

describe('checkpoints of a log', () => {
  async function filled() {
    const here = place();
    for (let index = 0; index < 4; index++) await record(here.repository, skip(`rule-${index}`), here.env);
    const note = (await checkpointNow(here.repository, here.env)) as string;
    return { ...here, note, path: join(here.log(), 'log.jsonl') };
  }

  it('are signed when asked, once for each size', async () => {
    const { env, repository, log, note } = await filled();
    assert.equal(openCheckpoint(note, logKey(env), originOf(log(), env))?.size, 4);
    await checkpointNow(repository, env);
    assert.equal(checkpointsOf(log()).length, 1);
  });

  it('are not lost behind one that a crash has torn', async () => {
    const { env, repository, log } = await filled();
    const file = join(log(), 'checkpoints.jsonl');
    appendFileSync(file, '{"size":4,"no');
    await record(repository, skip('more'), env);
    await checkpointNow(repository, env);
    assert.deepEqual(
      checkpointsOf(log()).map(({ size }) => size),
      [4, 5],
    );
    const { problems, notes } = verifyLog(log(), env);
    assert.deepEqual(problems, []);
    assert.match(notes.join(), /^1 line of the checkpoints cannot be read, as a crash leaves it/);
  });

  it('tell that the end was cut off', async () => {
    const { env, log, path } = await filled();
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n').slice(0, 3).join('\n')}\n`);
    assert.match(verifyLog(log(), env).problems.join(), /4 entries were signed and 3 are here/);
  });

  it('tell that an entry was changed', async () => {
    const { env, log, path } = await filled();
    writeFileSync(path, readFileSync(path, 'utf8').replace('rule-1', 'rule-9'));
    const problems = verifyLog(log(), env).problems.join('\n');
    assert.match(problems, /line 3 does not follow the line before it/);
    assert.match(problems, /the log was rewritten/);
  });

  it('tell that a log was built again from the start', async () => {
    const { env, repository, log, path } = await filled();
    rmSync(path);
    rmSync(join(log(), 'tree.json'));
    for (let index = 0; index < 4; index++) await record(repository, skip(`other-${index}`), env);
    assert.match(verifyLog(log(), env).problems.join(), /not those that were signed/);
  });
});
