import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { notesRef } from '../../agent/attest/types.ts';
import { readCheckpoint } from '../../agent/audit/checkpoint.ts';
import { logFolder, record } from '../../agent/audit/log.ts';
import { leafHash, verifyInclusion } from '../../agent/audit/merkle.ts';
import { restartLog } from '../../agent/audit/restart.ts';
import { metricsData } from '../../agent/lsp/metrics.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

/** A repository with hooks that have let one commit pass and stopped another. */
async function worked(name: string) {
  const repo = box.repository(name);
  const env = { ...box.env, PREGATE_STATE_DIR: box.at(`state-${name}`) };
  const here = { cwd: repo.dir, env };
  repo.write('a.txt', 'one\n');
  repo.git('add', '-A');
  assert.equal((await runCli(['hook', 'pre-commit'], here)).code, 0);
  const secret = generateSecret('github-token');
  repo.write('b.env', `TOKEN=${secret}\n`);
  repo.git('add', '-A');
  assert.equal((await runCli(['hook', 'pre-commit'], here)).code, 1);
  return { here, secret, repo, audit: join(env.PREGATE_STATE_DIR, 'audit') };
}

describe('pregate log', () => {
  it('shows what hooks decided, without a path or a value', async () => {
    const { here, secret } = await worked('shown');
    const { out, code } = await runCli(['log'], here);
    assert.equal(code, 0);
    assert.match(out, /0 {2}\d{4}-\d\d-\d\d \d\d:\d\dZ {2}✓ pre-commit passed/);
    assert.match(out, /1 {2}.*✗ pre-commit refused.*: github-token/);
    assert.ok(!out.includes('b.env') && !out.includes(secret));
    const only = await runCli(['log', '--event', 'bypass'], here);
    assert.match(only.out, /No entry of the log is of that kind/);
  });

  it('verifies, and refuses what it does not know', async () => {
    const { here } = await worked('verified');
    assert.match((await runCli(['log', 'verify'], here)).out, /^✓ whole: 2 entries, 0 checkpoints\n/);
    const slim = (await runCli(['log', 'verify'], { ...here, width: 40 })).out.split('\n');
    assert.deepEqual(
      slim.filter((line) => line.length > 40 && line.includes(' ')),
      [],
    );
    assert.equal((await runCli(['log', 'verfy'], here)).code, 2);
    assert.equal((await runCli(['log', '--since', 'yesterday'], here)).code, 2);
    assert.equal((await runCli(['log', '--repository', 'zzz'], here)).code, 2);
  });

  it('is called by the name of its folder, and names the others where there is none of that name', async () => {
    const { here } = await worked('named');
    const elsewhere = { ...here, cwd: box.repository('named-elsewhere').dir };
    assert.match((await runCli(['log', '--repository', 'named'], elsewhere)).out, /✗ pre-commit refused/);
    await record(join(elsewhere.cwd, '.git'), { event: 'skip', rule: 'a', reason: 'b' }, here.env);
    const all = () => runCli(['log', 'verify', '--repository', 'all'], elsewhere);
    assert.match((await all()).out, /^✓ 2 of 2 logs are whole\n\n✓ whole: /);
    const file = join(logFolder(join(elsewhere.cwd, '.git'), here.env), 'log.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seq":0', '"seq":7'));
    assert.match((await all()).out, /^✗ 1 of 2 logs are whole\n\n✗ not whole: 1 entry/);
    const wrong = await runCli(['log', '--repository', 'namd'], elsewhere);
    assert.deepEqual([wrong.code, /there is no log of "namd"; there are logs of named/.test(wrong.err)], [2, true]);
    const ours = { ...process.env };
    process.env['PREGATE_STATE_DIR'] = here.env.PREGATE_STATE_DIR;
    try {
      const { logs } = await metricsData(elsewhere.cwd, {});
      assert.deepEqual(
        logs.map(({ label, named }) => [label, named]),
        [
          ['named-elsewhere', true],
          ['named', true],
        ],
      );
    } finally {
      process.env = ours;
    }
  });

  it('proves that an entry is in the log, offline', async () => {
    const { here } = await worked('proven');
    const { out } = await runCli(['log', 'proof', '1'], here);
    const [head, note] = [out.slice(0, out.indexOf('\n\n')), out.slice(out.indexOf('\n\n') + 2)];
    const [version, extra, index, ...hashes] = head.split('\n') as [string, string, string, ...string[]];
    assert.equal(version, 'c2sp.org/tlog-proof@v1');
    const checkpoint = readCheckpoint(note);
    assert.ok(checkpoint);
    const leaf = leafHash(Buffer.from(extra.slice('extra '.length), 'base64'));
    const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
    const claim = { leaf, index: Number(index.slice('index '.length)), proof, ...checkpoint };
    assert.ok(verifyInclusion(claim));
    assert.equal((await runCli(['log', 'proof', '9'], here)).code, 2);
  });

  it('adds up to metrics and exports', async () => {
    const { here } = await worked('measured');
    const { out } = await runCli(['log', 'metrics'], here);
    assert.match(out, /^! \d of \d targets met, missed: M\d/, 'the verdict stands first');
    assert.match(out, /✓ M2 {2}Checks that got an answer +100 %/);
    assert.match(out, /\? M6 .*unknown/);
    const slim = (await runCli(['log', 'metrics'], { ...here, width: 40 })).out.split('\n').slice(1);
    assert.ok(
      slim.every((line) => line.length <= 40),
      slim.join('\n'),
    );
    const json = JSON.parse((await runCli(['log', 'metrics', '--json'], here)).out);
    assert.equal(json.metrics.length, 10);
    assert.equal(JSON.parse((await runCli(['log', 'export', '--format', 'opa'], here)).out).length, 2);
    assert.equal((await runCli(['log', 'export'], here)).code, 2);
    assert.equal((await runCli(['log', 'metrics', '--format', 'csv'], here)).code, 2);
  });

  it('is not called whole when what was stated of it cannot be read', async () => {
    const { here, repo } = await worked('unread');
    repo.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'x');
    repo.git('notes', `--ref=${notesRef}`, 'add', '-m', 'a statement', 'HEAD');
    assert.equal((await runCli(['log', 'verify'], here)).code, 0);
    const [note = ''] = repo.git('notes', `--ref=${notesRef}`, 'list').split(' ');
    rmSync(join(repo.dir, '.git/objects', note.slice(0, 2), note.slice(2)));
    const { out, err, code } = await runCli(['log', 'verify'], here);
    assert.equal(code, 3, out);
    assert.match(err, /^pregate: The note of [0-9a-f]{40} is missing .* \[note-unreadable\]$/m);
    const outside = { ...here, cwd: box.at('outside') };
    mkdirSync(outside.cwd);
    assert.equal((await runCli(['log', 'verify', '--repository', 'all'], outside)).code, 0);
  });

  it('is begun anew under another name, whatever happens meanwhile', async () => {
    const { here, audit } = await worked('anew');
    const [id = ''] = readdirSync(audit).filter((name) => /^[0-9a-f]{32}$/.test(name));
    const words = ['log', 'restart', '--reason', 'the disk was full'];
    const other = await runCli([...words, '--repository', 'all'], here);
    assert.equal(other.code, 2, other.out);
    assert.match(other.err, /takes no --repository/);
    assert.equal((await runCli(words, here)).code, 0);
    const first = readFileSync(join(audit, id, 'origin'), 'utf8');
    assert.match((await runCli(['log'], here)).out, /the disk was full/);
    // The process is killed between the two renames.
    renameSync(join(audit, id), join(audit, `${id}.before-crash`));
    mkdirSync(join(audit, `${id}.next`));
    writeFileSync(join(audit, `${id}.next`, 'origin'), '0123abcd');
    assert.equal((await runCli(['hook', 'pre-commit'], here)).code, 1);
    assert.match((await runCli(['log', 'verify'], here)).out, /^✓ .* 1 entry/);
    assert.equal(readFileSync(join(audit, id, 'origin'), 'utf8'), '0123abcd');
    assert.notEqual(first, '0123abcd');
    // What the new log says first cannot be written.
    rmSync(join(audit, 'spool'), { recursive: true });
    writeFileSync(join(audit, 'spool'), '');
    const silent = await runCli(words, here);
    assert.equal(silent.code, 3, silent.out);
    assert.match(silent.out, /^The old log, 1 entry, is kept in /);
    assert.match(silent.err, /the audit log has a gap\. pregate doctor \[audit-unavailable\]$/m);
  });

  it('is begun anew as often as asked within a second, and each old log is kept', async () => {
    const { repo, here, audit } = await worked('twice');
    const kept = [];
    for (const reason of ['one', 'two', 'three'])
      kept.push((await restartLog(join(repo.dir, '.git'), reason, here.env))?.kept ?? '');
    assert.deepEqual(
      readdirSync(audit).filter((name) => name.includes('.before-')),
      kept.map((path) => basename(path)).sort(),
    );
    assert.match((await runCli(['log'], here)).out, /three/);
  });

  it('sends OTLP only where the environment says to', async () => {
    const { here } = await worked('sent');
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        bodies.push(`${request.url} ${request.headers['x-team']} ${body}`);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      assert.equal((await runCli(['log', 'export', '--send'], here)).code, 2);
      const { port } = server.address() as { port: number };
      const env = {
        ...here.env,
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a%20b',
      };
      assert.match((await runCli(['log', 'export', '--send'], { ...here, env })).out, /was sent/);
      assert.match(bodies[0] as string, /^\/v1\/logs a b \{/);
      assert.equal((await runCli(['log', 'metrics', '--send'], here)).code, 2);
      assert.match((await runCli(['log', 'metrics', '--send'], { ...here, env })).out, /metrics were sent/);
      const [, json] = /^\/v1\/metrics a b (\{[\s\S]*)/.exec(bodies[1] as string) as RegExpExecArray;
      const { metrics } = JSON.parse(json as string).resourceMetrics[0].scopeMetrics[0];
      const latency = metrics.find((one: { name: string }) => one.name === 'pregate.m8');
      assert.ok(latency.unit === 'ms' && latency.gauge.dataPoints[0].asDouble > 0);
      assert.ok(!metrics.some((one: { name: string }) => one.name === 'pregate.m6'), 'what is unknown is left out');
    } finally {
      server.close();
    }
  });
});
