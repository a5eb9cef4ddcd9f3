import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readBundle } from '../../agent/bundles/load.ts';
import { eventOf, recorderOf } from '../../agent/decision-log/event.ts';
import { applyMask, type Maskable, maskRules } from '../../agent/decision-log/mask.ts';
import { appendEvents, readLog } from '../../agent/decision-log/store.ts';
import { engineFor } from '../../agent/policy/engines.ts';
import { substitute } from '../../agent/policy/unknown.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';
import { answers, until } from '../support/until.ts';
import { configure, env, folder, good, root } from './folder.ts';
import { serve } from './server.ts';
import type { Files } from './sign.ts';

const opa = spawnSync('opa', ['version']).status === 0;
const loose: Files = { 'gate.rego': good['gate.rego'] as string, 'acme/data.json': good['acme/data.json'] as string };
const masking = (body: string): Files => ({ ...loose, 'mask.rego': `package system.log\n\n${body}\n` });
const input = {
  commits: Array.from({ length: 51 }, () => ({ body: 'words' })),
  actor: { email: 'ada@example.test' },
  list: [1, 2, 3],
};

async function eventFor(files: Files, value: unknown = input): Promise<Maskable | undefined> {
  const { bundle } = await readBundle(folder(files), 'central');
  const engine = bundle && engineFor(bundle).engine;
  assert.ok(bundle && engine);
  let tick = 0;
  const recorder = recorderOf(engine, () => tick++);
  recorder.engine.evaluate(['data.pregate.push.deny', 'data.pregate.push.warn'], value, { nowNs: 5n });
  const supposed = substitute({ ...(value as object), reviews: { state: 'unknown' } }, ['/reviews/state'], 'best');
  recorder.engine.evaluate(['data.pregate.push.deny'], supposed, { nowNs: 5n });
  const [one, ...more] = recorder.recorded();
  assert.deepEqual(more, [], 'the best and the worst case are no decisions');
  assert.ok(one);
  const context = {
    source: bundle.source,
    version: '1.2.3',
    id: 'here',
    uuid: () => 'u-1',
    timestamp: '2026-11-28T00:00:00.000Z',
  };
  return eventOf(one, engine, context);
}

describe('the event of a decision', () => {
  it('has the fields of OPA’s, and says that it is simulated', async () => {
    assert.deepEqual(await eventFor({ ...good }, { commits: new Array(51).fill({}) }), {
      labels: { id: 'here', version: '1.2.3', app: 'pregate', simulated: 'true', engine: 'own Rego engine' },
      decision_id: 'u-1',
      bundles: { central: { revision: 'r7' } },
      path: 'pregate/push',
      input: { commits: new Array(51).fill({}) },
      result: { deny: [{ rule: 'large-push', msg: 'too many' }] },
      timestamp: '2026-11-28T00:00:00.000Z',
      metrics: { timer_rego_query_eval_ns: 1_000_000 },
      nd_builtin_cache: { 'time.now_ns': { '[]': 5 } },
    });
  });

  it('is masked by data.system.log.mask, in all its forms', async () => {
    const event = await eventFor(
      masking(`mask contains "/input/actor/email"
mask contains "/input/nowhere/x"
mask contains {"op": "remove", "path": "/input/list/1"}
mask contains {"op": "upsert", "path": "/input/commits/0/body", "value": "***"}
mask contains {"op": "upsert", "path": "/input/new/made", "value": {"a": 1}}
mask contains "/result/deny" if input.path == "pregate/push"`),
    );
    const {
      actor,
      list,
      commits,
      new: made,
    } = (event?.['input'] ?? {}) as Record<string, unknown[]> & { actor: unknown; new: unknown };
    assert.deepEqual([actor, list, made, event?.['result']], [{}, [1, 3], { made: { a: 1 } }, {}]);
    assert.deepEqual(commits?.slice(0, 2), [{ body: '***' }, { body: 'words' }]);
    assert.deepEqual(event?.erased?.sort(), ['/input/actor/email', '/input/list/1', '/result/deny']);
    assert.deepEqual(event?.masked?.sort(), ['/input/commits/0/body', '/input/new/made']);
    assert.equal(input.actor.email, 'ada@example.test', 'what the gate judged is not touched');
  });

  it('is not written when the policy drops it, or when its mask cannot be had', async () => {
    assert.equal(await eventFor(masking('drop if input.path == "pregate/push"')), undefined);
    assert.ok(await eventFor(masking('drop if input.path == "pregate/commit"')));
    for (const body of [
      'mask contains "/labels/id"',
      'mask contains 1',
      'mask contains {"op": "swap", "path": "/input"}',
      'mask := "all"',
      'mask contains "input"',
    ]) {
      assert.equal(await eventFor(masking(body)), undefined, body);
    }
    assert.equal(await eventFor(masking('mask := 1\nmask := 2')), undefined);
  });

  it('leaves a huge input out, and says so', async () => {
    const event = await eventFor(loose, { commits: [], text: 'x'.repeat(1_100_000) });
    assert.deepEqual([event?.['input'], event?.erased], [undefined, ['/input']]);
  });

  it('is masked as the real opa masks it', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const files = masking(`mask contains "/input/actor/email"
mask contains "/input/nowhere/x"
mask contains {"op": "upsert", "path": "/input/commits/0/body", "value": "***"}
mask contains {"op": "upsert", "path": "/input/new/made", "value": {"a": 1}}`);
    const theirs = await opaEvent(folder(files));
    const ours = await eventFor(files);
    assert.deepEqual(ours?.['input'], theirs['input']);
    assert.deepEqual(
      [ours?.erased?.sort(), ours?.masked?.sort()],
      [(theirs.erased ?? []).sort(), (theirs.masked ?? []).sort()],
    );
    for (const field of ['labels', 'decision_id', 'path', 'input', 'result', 'timestamp', 'metrics'])
      assert.ok(field in theirs && field in (ours ?? {}), field);
  });
});

it('a rule that cannot be applied changes nothing and is not reported', () => {
  const rules = maskRules([
    { op: 'upsert', path: '/input/text/x', value: 1 },
    '/input/list/9',
    '/result/x',
    '/input/__proto__/y',
  ]);
  assert.ok(rules);
  assert.deepEqual(applyMask({ input: { text: 'x', list: [1] }, result: null }, rules), {
    input: { text: 'x', list: [1] },
    result: null,
  });
});

describe('the decision log of this user', () => {
  it('takes lines from many processes at once, in one file that nobody else reads', async () => {
    const here = { ...env, PREGATE_STATE_DIR: join(root, 'many') };
    const script = `import { appendEvents } from ${JSON.stringify(new URL('../../agent/decision-log/store.ts', import.meta.url).href)};
      for (let i = 0; i < 50; i++) appendEvents([JSON.stringify({ n: process.pid + ':' + i, text: 'x'.repeat(20000) })], process.env);`;
    const runs = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { env: here, stdio: 'ignore' }),
    );
    await Promise.all(runs.map((run) => new Promise((resolve) => run.on('exit', resolve))));
    const files = readLog(here);
    assert.equal(
      files.reduce((sum, file) => sum + file.damaged, 0),
      0,
    );
    const seen = new Set(files.flatMap((file) => file.events.map((event) => event['n'])));
    assert.equal(seen.size, 200);
    assert.equal(statSync(join(root, 'many/decisions/decisions.jsonl')).mode & 0o077, 0);
  });

  it('is closed at 10 MB, and the five newest files are kept', () => {
    const here = { ...env, PREGATE_STATE_DIR: join(root, 'rotated') };
    const line = JSON.stringify({ text: 'x'.repeat(1_000_000) });
    for (let file = 0; file < 7; file++) appendEvents(new Array(11).fill(line), here);
    assert.equal(readdirSync(join(root, 'rotated/decisions')).length, 5);
  });

  it('says how many lines are cut, and reads the others', async () => {
    const here = { ...env, PREGATE_STATE_DIR: join(root, 'cut') };
    appendEvents(
      [
        '{"path": "pregate/push", "timestamp": "2026-11-28T10:00:00.000Z", "result": {"deny": [1]}, "decision_id": "abcdefgh"}',
      ],
      here,
    );
    appendFileSync(join(root, 'cut/decisions/decisions.jsonl'), '{"half": ');
    const { out, err, code } = await runCli(['policy', 'log'], { cwd: root, env: here });
    assert.match(out, /2026-11-28 10:00:00 {2}push +deny: 1 /);
    assert.match(err, /1 lines? of the decision log cannot be read/);
    assert.equal(code, 0);
  });
});

describe('a preview with a central policy', () => {
  const cwd = join(root, 'judged-repository');
  const here = { ...env, PREGATE_STATE_DIR: join(root, 'logged') };
  const token = generateSecret('github-token');

  it('is logged with its decision and without any secret', async () => {
    mkdirSync(cwd);
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args], { cwd, env: here });
    git('init', '-q', '-b', 'main');
    writeFileSync(join(cwd, 'a.txt'), `token = "${token}"\n`);
    git('add', '.');
    git('commit', '-qm', `Add ${token}`);
    configure('');
    const policy = folder({
      'gate.rego':
        'package pregate.push\n\ndeny contains sprintf("%v", [input]) if true\n\nwarn contains "w" if true\n',
    });
    const preview = await runCli(['preview', '--all', '--bundle', policy], { cwd, env: here });
    assert.equal(preview.code, 1, preview.err + preview.out);
    const { out } = await runCli(['policy', 'log', '--json'], { cwd, env: here });
    const [event] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Maskable);
    assert.equal(event?.['path'], 'pregate/push');
    assert.deepEqual(Object.keys(event?.['result'] as object).sort(), ['deny', 'warn']);
    assert.match(JSON.stringify(event?.['labels']), /"simulated":"true"/);
    assert.ok(!out.includes(token), 'no secret in the log');
  });

  it('says what rollout made of each rule, and logs what a foreign policy said of each file, not what we said', async () => {
    const before = readLog(here).flatMap((file) => file.events).length;
    const shadowed = folder({
      'gate.rego':
        'package pregate.push\n\n# METADATA\n# custom:\n#   rule: quiet\n#   rollout:\n#     level: shadow\ndeny contains {"rule": "quiet", "msg": "m"} if true\n',
    });
    await runCli(['preview', '--all', '--bundle', shadowed], { cwd, env: here });
    for (const kind of ['Pod', 'Service']) writeFileSync(join(cwd, `${kind}.yaml`), `apiVersion: v1\nkind: ${kind}\n`);
    spawnSync('git', ['add', '.'], { cwd, env: here });
    const foreign = folder({
      'main.rego':
        'package main\n\ndeny contains msg if {\n\tinput.kind == "Pod"\n\tmsg := data.conftest.file.name\n}\n',
      'mask.rego': 'package system.log\n\nmask contains "/input/spec"\n',
    });
    const { code } = await runCli(['preview', '--all', '--bundle', foreign], { cwd, env: here });
    assert.equal(code, 1);
    const events = readLog(here)
      .flatMap((file) => file.events)
      .slice(before) as Maskable[];
    assert.deepEqual(events[0]?.['custom'], {
      gate: {
        gate: 'push',
        answer: 'allow',
        exactness: 'exact',
        rules: [{ rule: 'push/quiet', effect: 'note', level: 'shadow', would: 'deny' }],
      },
    });
    assert.deepEqual(
      events.slice(1).map((event) => [event['path'], event['input'], event['result']]),
      [
        ['main', { apiVersion: 'v1', kind: 'Pod' }, { deny: ['Pod.yaml'] }],
        ['main', { apiVersion: 'v1', kind: 'Service' }, { deny: [] }],
      ],
    );
  });

  it('is not logged when the user says so, nor with the built-in gates', async () => {
    const before = readLog(here).flatMap((file) => file.events).length;
    await runCli(['preview', '--all'], { cwd, env: here });
    configure('decision-log: { local: false }\n');
    await runCli(['preview', '--all', '--bundle', folder(loose)], { cwd, env: here });
    assert.equal(readLog(here).flatMap((file) => file.events).length, before);
  });

  it('is sent when asked, compressed, once, and again when the service has failed', async () => {
    configure('');
    await runCli(['preview', '--all', '--bundle', folder(loose)], { cwd, env: here });
    const all = readLog(here).flatMap((file) => file.events).length;
    let status = 503;
    const server = await serve((_, response) => response.writeHead(status).end());
    configure(`decision-log: { url: "${server.url}" }\n`);
    const failed = await runCli(['policy', 'log', '--upload'], { cwd, env: here });
    assert.deepEqual([failed.code, /answers 503/.test(failed.err)], [3, true]);
    status = 204;
    const sent = await runCli(['policy', 'log', '--upload'], { cwd, env: here });
    assert.match(sent.out, new RegExp(`^${all} decisions sent`));
    const request = server.requests.at(-1);
    assert.deepEqual([request?.method, request?.url, request?.headers['content-encoding']], ['POST', '/logs', 'gzip']);
    const body = gunzipSync(server.bodies.at(-1) ?? '').toString();
    assert.equal((JSON.parse(body) as unknown[]).length, all);
    assert.ok(!body.includes(token));
    const again = await runCli(['policy', 'log', '--upload'], { cwd, env: here });
    assert.match(again.out, /Everything was sent before/);
    configure('');
    const nowhere = await runCli(['policy', 'log', '--upload'], { cwd, env: here });
    assert.deepEqual([nowhere.code, /nothing was sent/.test(nowhere.err)], [2, true]);
  });
});

/** The event that a real OPA server writes for the same question. */
async function opaEvent(bundle: string): Promise<Maskable> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address() as { port: number };
      probe.close(() => resolve(address.port));
    });
  });
  const server = spawn(
    'opa',
    [
      'run',
      '--server',
      '--addr',
      `127.0.0.1:${port}`,
      '--set',
      'decision_logs.console=true',
      '--log-format',
      'json',
      bundle,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(`${url}/health`);
    await fetch(`${url}/v1/data/pregate/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input }),
    });
    // Only whole lines: the last one may still be coming.
    const logged = () =>
      text
        .split('\n')
        .slice(0, -1)
        .find((one) => one.includes('"decision_id"') && one.includes('"pregate/push"'));
    await until(() => logged() !== undefined, 'opa logs a decision');
    return JSON.parse(logged() as string) as Maskable;
  } finally {
    server.kill();
  }
}
