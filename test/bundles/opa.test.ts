import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readBundle } from '../../agent/bundles/load.ts';
import { crossCheckWithOpa } from '../../agent/engines/opa-program.ts';
import { opaServer, type RemoteEngine } from '../../agent/engines/opa-server.ts';
import { engineFor } from '../../agent/policy/engines.ts';
import { runCli } from '../support/cli.ts';
import { answers } from '../support/until.ts';
import { configure, env, folder, good, policy, root } from './folder.ts';
import { serve } from './server.ts';

const opa = spawnSync('opa', ['version']).status === 0;
const input = { commits: new Array(51).fill({}) };
const deny = ['data.pregate.push.deny'];

async function asked(remote: RemoteEngine, value: unknown) {
  assert.ok(remote.engine, remote.problems[0]?.message);
  let result = remote.engine.evaluate(deny, value, { nowNs: 0n });
  while (remote.pending()) {
    await remote.settle();
    result = remote.engine.evaluate(deny, value, { nowNs: 0n });
  }
  return result;
}

/** A repository with one outgoing file, and the user's environment for the command line. */
function repository(name: string): string {
  const path = join(root, name);
  mkdirSync(path);
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args], { cwd: path, env });
  git('init', '-q', '-b', 'main');
  writeFileSync(join(path, 'a.txt'), 'hello\n');
  git('add', '.');
  git('commit', '-qm', 'One');
  return path;
}

describe('a server that speaks the Data API', () => {
  const user = { keys: {}, services: [] };

  it('is asked for what its policies name, once for each question, with its answer taken as it is', async () => {
    const server = await serve((request, response) => {
      const body =
        request.method === 'GET'
          ? { result: [{ id: 'gate.rego', raw: policy }] }
          : { result: [{ rule: 'large-push', msg: 'too many' }] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const remote = await opaServer(server.url, user, env);
    assert.ok(remote.engine?.rules().some((rule) => rule.path === deny[0]));
    assert.deepEqual((await asked(remote, input)).values, [[{ rule: 'large-push', msg: 'too many' }]]);
    await asked(remote, input);
    const posts = server.requests.filter((request) => request.method === 'POST');
    assert.deepEqual(
      posts.map((request) => request.url),
      ['/v1/data/pregate/push/deny'],
    );
    assert.deepEqual(JSON.parse(server.bodies.at(-1)?.toString() ?? ''), { input });
  });

  it('that fails, refuses or cannot be reached closes the gate', async () => {
    const server = await serve((request, response) => {
      const status = request.method === 'GET' ? 200 : 500;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ result: [{ id: 'g', raw: policy }], code: 'internal_error', message: 'no' }));
    });
    const { values, problems } = await asked(await opaServer(server.url, user, env), input);
    assert.deepEqual([values, problems[0]?.code, problems[0]?.fatal], [[undefined], 'engine-unreachable', true]);
    const said = async (status: number, body: string) => {
      const other = await serve((_, response) => response.writeHead(status).end(body));
      return (await opaServer(other.url, user, env)).problems[0]?.message ?? '';
    };
    assert.match(
      await said(401, '{"code": "unauthorized"}'),
      /answers 401; name a token for it in your own configuration/,
    );
    assert.match(await said(200, '<html>'), /answers 200 with something that is no JSON, so it is no OPA/);
    const gone = await opaServer('http://127.0.0.1:9', user, env);
    assert.deepEqual(
      [gone.engine, gone.problems[0]?.code, gone.problems[0]?.fatal],
      [undefined, 'engine-unreachable', true],
    );
  });
});

describe('the real opa as server', () => {
  let server: ChildProcess | undefined;
  let url = '';
  before(async () => {
    if (!opa) return;
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn('opa', ['run', '--server', '--addr', `127.0.0.1:${port}`, '--bundle', folder(good)], {
      stdio: 'ignore',
    });
    await answers(`${url}/health`);
  });
  after(() => void server?.kill());

  it('decides as our own engine does on the same bundle', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const { bundle } = await readBundle(folder(good), 'own');
    const own = bundle && engineFor(bundle).engine;
    const remote = await opaServer(url, { keys: {}, services: [] }, env);
    for (const value of [input, { commits: [] }, {}]) {
      assert.deepEqual((await asked(remote, value)).values, own?.evaluate(deny, value, { nowNs: 0n }).values);
    }
  });

  it('answers preview when the user names it, and the report says so', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const cwd = repository('served');
    configure(`opa: { url: "${url}" }\n`);
    const { out, code } = await runCli(['preview', '--engine', 'opa-server', '--gate', 'push', '--json'], { cwd, env });
    const report = JSON.parse(out) as { policy: { engine: string }; gates: { gate: string; answer: string }[] };
    assert.match(report.policy.engine, /^OPA server 127\.0\.0\.1/);
    assert.equal(report.gates.find((gate) => gate.gate === 'push')?.answer, 'allow');
    assert.equal(code, 0);
  });
});

it('without an address of the user’s own no server is asked, and nothing passes', async () => {
  configure('');
  const { out, code } = await runCli(['preview', '--engine', 'opa-server'], { cwd: repository('nowhere'), env });
  assert.equal(code, 3);
  assert.match(out, /needs opa\.url in your own configuration/);
});

describe('opa beside our own engine', () => {
  const checked = async (PATH: string, files = good) => {
    const { bundle } = await readBundle(folder(files), 'own');
    assert.ok(bundle);
    const { engine } = engineFor(bundle);
    assert.ok(engine);
    return crossCheckWithOpa(engine, bundle, { root: join(root, 'judged'), env: { ...env, PATH } });
  };

  it('agrees, at the same instant, with the network closed', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const text = `${policy}\nwarn contains time.now_ns() if true\n\nwarn contains http.send({"method": "get", "url": "http://127.0.0.1:9/"}).status_code if true\n`;
    const check = await checked(process.env['PATH'] ?? '', { ...good, 'gate.rego': text });
    assert.match(check.engine?.name ?? '', /checked with opa \d/);
    for (const value of [input, {}, undefined]) {
      const { values, problems } =
        check.engine?.evaluate([...deny, 'data.pregate.push.warn'], value, { nowNs: 42n }) ?? {};
      assert.deepEqual(problems, []);
      assert.deepEqual(values?.[1], [42]);
    }
    check.close();
  });

  it('that answers differently, or not at all, closes the gate', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    const program = (answer: string) => {
      const lines = [
        '#!/bin/sh',
        'case "$1" in',
        'version) echo "Version: 9.9.9";;',
        'capabilities) echo "{}";;',
        `*) ${answer};;`,
        'esac',
      ];
      writeFileSync(join(bin, 'opa'), `${lines.join('\n')}\n`);
      chmodSync(join(bin, 'opa'), 0o755);
    };
    if (process.platform === 'win32') return;
    const saying = async (answer: string) => {
      program(answer);
      const check = await checked([bin, '/usr/bin', '/bin'].join(delimiter));
      const result = check.engine?.evaluate(deny, input, { nowNs: 0n });
      check.close();
      return result?.problems.map(({ code, message, fatal }) => `${code} ${fatal} ${message}`).join('\n') ?? '';
    };
    const other = JSON.stringify({ result: [{ expressions: [{ value: [[[]]] }] }] });
    assert.match(
      await saying(`echo '${other}'`),
      /^engine-difference true opa answers data\.pregate\.push\.deny differently: 0 elements, ours 1 elements/,
    );
    assert.match(await saying('exit 2'), /^engine-difference true opa gives up/);
    // One that hangs is waited for once.
    program('echo asked >> "$0.log"; exec sleep 20');
    const { bundle } = await readBundle(folder(good), 'good');
    const { engine } = engineFor(bundle as never);
    const slow = {
      root: join(root, 'judged'),
      env: { ...env, PATH: [bin, '/usr/bin', '/bin'].join(delimiter) },
      // Long enough for its first line on a busy machine.
      timeout: 3_000,
    };
    const hanging = crossCheckWithOpa(engine as never, bundle as never, slow);
    for (let round = 0; round < 3; round++) {
      const { problems } = hanging.engine?.evaluate(deny, input, { nowNs: 0n }) ?? { problems: [] };
      assert.match(problems[0]?.message ?? '', /did not answer within 3 s/);
    }
    hanging.close();
    assert.equal(readFileSync(join(bin, 'opa.log'), 'utf8').trim().split('\n').length, 1);
    program('exit 1');
    writeFileSync(join(bin, 'opa'), '#!/bin/sh\n[ "$1" = version ] && echo "Version: 0.30.0"\n');
    const old = crossCheckWithOpa(engine as never, bundle as never, slow);
    assert.match(old.problems[0]?.message ?? '', /is opa 0\.30\.0, .* too old to compare with/);
  });

  it('is asked about the built-in gates too, and says what it was not asked about', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const cwd = repository('checked');
    const foreign = folder({ 'a.rego': 'package main\n\ndeny contains "no" if input.kind == "Pod"\n' });
    for (const bundle of [[], ['--bundle', foreign]]) {
      const { out, code } = await runCli(['preview', '--verify-with', 'opa', '--json', ...bundle], { cwd, env });
      const report = JSON.parse(out) as { policy: { engine: string }; problems: { code: string; message: string }[] };
      const differences = report.problems.filter((problem) => problem.code === 'engine-difference');
      assert.deepEqual(differences, []);
      assert.match(report.policy.engine, /checked with opa/);
      if (bundle.length === 0) assert.equal(code, 0);
      assert.ok(!report.problems.some((problem) => problem.code === 'cross-check-partial'));
    }
  });

  it('is asked about every file that a foreign policy judges, and a difference closes the gate', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const cwd = repository('foreign');
    writeFileSync(join(cwd, 'a.yaml'), 'apiVersion: v1\nkind: Pod\n');
    spawnSync('git', ['add', '.'], { cwd, env });
    const words = ['preview', '--staged', '--verify-with', 'opa', '--json', '--bundle'];
    const bundle = folder({
      'a.rego': 'package main\n\ndeny contains data.conftest.file.name if input.kind == "Pod"\n',
    });
    const agreed = JSON.parse((await runCli([...words, bundle], { cwd, env })).out) as {
      problems: { code: string }[];
      gates: { gate: string; answer: string }[];
    };
    assert.deepEqual(agreed.problems, []);
    assert.equal(agreed.gates.find((gate) => gate.gate === 'push')?.answer, 'deny');
    // What another engine says of a file is held against ours, whichever is right.
    const real = spawnSync('sh', ['-c', 'command -v opa'], { encoding: 'utf8' }).stdout.trim();
    const bin = join(root, 'other-opa');
    mkdirSync(bin);
    const script = `#!/bin/sh\ncase "$*" in\n*data.main.deny*) echo '{"result": [{"expressions": [{"value": [[[]]]}]}]}';;\n*) exec '${real}' "$@";;\nesac\n`;
    writeFileSync(join(bin, 'opa'), script, { mode: 0o755 });
    const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
    const other = await runCli([...words, bundle], { cwd, env: { ...env, PATH: path } });
    assert.match(other.out, /engine-difference/);
  });

  it('that is missing, or lies in the judged repository, is not run and nothing passes', async () => {
    const planted = join(root, 'judged/node_modules/.bin');
    mkdirSync(planted, { recursive: true });
    writeFileSync(join(planted, 'opa'), '#!/bin/sh\necho "Version: 1.0.0"\n', { mode: 0o755 });
    for (const PATH of ['', planted, 'node_modules/.bin']) {
      const check = await checked(PATH);
      assert.deepEqual(
        [check.engine, check.problems[0]?.code, check.problems[0]?.fatal],
        [undefined, 'cross-check-missing', true],
      );
    }
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
