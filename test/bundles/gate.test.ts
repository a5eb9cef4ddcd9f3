/** A policy that cannot be used closes the gate, each time with its own reason, in a preview as in a real push. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { fetchBundle } from '../../agent/bundles/fetch.ts';
import { runHook } from '../../agent/cli/hook.ts';
import { withoutProgress } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { configure, env, folder, good, packed, root } from './folder.ts';
import { bundleService, serve } from './server.ts';
import { type Files, signatureOf } from './sign.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const signed = (files: Files): Files => ({
  ...files,
  '.signatures.json': signatureOf(files, { alg: 'ES256', key: privateKey, scope: 'write' }),
});
const quiet: Files = { ...good, 'gate.rego': 'package pregate.push\n\ndeny contains "no" if input.nothing\n' };

let count = 0;

/** A repository whose protected base and tip are judged by a policy; `yaml` stands below `policy:`. */
function repository(yaml: string): { cwd: string; oid: string } {
  const cwd = join(root, `gate${count++}`);
  mkdirSync(cwd);
  const git = (...args: string[]) => {
    const run = spawnSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args], {
      cwd,
      env,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.trim();
  };
  git('init', '-q', '-b', 'main');
  writeFileSync(join(cwd, 'pregate.yaml'), `version: 1\npolicy:\n${yaml.replace(/^/gm, '  ')}\n`);
  git('add', '.');
  git('commit', '-qm', 'One');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('remote', 'add', 'origin', 'https://example.test/a.git');
  writeFileSync(join(cwd, 'a.txt'), 'hello\n');
  git('add', '.');
  git('commit', '-qm', 'Two');
  return { cwd, oid: git('rev-parse', 'HEAD') };
}

interface Verdict {
  preview: number;
  codes: string[];
  hook: number;
  said: string;
}

async function verdict({ cwd, oid }: { cwd: string; oid: string }): Promise<Verdict> {
  const { code, out } = await runCli(['preview', '--json', '--gate', 'push'], { cwd, env });
  const report = JSON.parse(out) as {
    problems: { code: string; fatal: boolean }[];
    gates: { gate: string; answer: string }[];
  };
  const codes = report.problems.filter((problem) => problem.fatal).map((problem) => problem.code);
  if (code === 3)
    assert.ok(
      report.gates.every((gate) => gate.answer === 'depends'),
      'no gate passes',
    );
  let said = '';
  const line = `refs/heads/main ${oid} refs/heads/main ${'0'.repeat(40)}\n`;
  const io = { cwd, env, stdin: Readable.from([line]), err: (text: string) => (said += text) };
  const hook = await runHook('pre-push', ['origin', 'https://example.test/a.git'], io as never);
  return { preview: code, codes, hook, said: withoutProgress(said) };
}

const keyYaml = `key: |\n${pem.trim().replace(/^/gm, '  ')}`;

describe('a policy that can be used', () => {
  it('lets a push through that it has nothing against, signed and fetched', async () => {
    const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(signed(quiet)) })));
    const repo = repository(`bundle: ${server.url}/a.tar.gz\nscope: write\nmax-age: 1h\n${keyYaml}`);
    const fetched = await runCli(['policy', 'fetch'], { cwd: repo.cwd, env });
    assert.match(fetched.out, /✓ .*fetched \(revision r7\).*signature good \(ES256/);
    const requests = server.requests.length;
    assert.deepEqual(await verdict(repo), { preview: 0, codes: [], hook: 0, said: '' });
    assert.equal(server.requests.length, requests, 'neither preview nor hook ask the network');
    const { out } = await runCli(['preview'], { cwd: repo.cwd, env });
    assert.match(out, /r7.*signature good.*own Rego engine/s);
  });
});

describe('the gate closes with a reason of its own', () => {
  const stale = async (): Promise<string> => {
    const server = await serve(bundleService(() => ({ etag: '"1"', body: packed(quiet) })));
    await fetchBundle({ bundle: `${server.url}/s.tar.gz` }, env, { now: new Date(Date.now() - 7_200_000) });
    return `bundle: ${server.url}/s.tar.gz\nmax-age: 1h`;
  };
  const at =
    (files: Files, more = '') =>
    async () =>
      `bundle: file:${folder(files)}\n${more}`;
  const cases: [string, () => Promise<string>][] = [
    ['bundle-not-fetched', async () => 'bundle: http://127.0.0.1:9/never.tar.gz'],
    ['bundle-stale', stale],
    ['bundle-unverified', at({ ...signed(quiet), 'gate.rego': 'package pregate.push\n' }, `scope: write\n${keyYaml}`)],
    ['bundle-unverified', at(signed(quiet), `scope: read\n${keyYaml}`)],
    ['bundle-unsigned', at(quiet, keyYaml)],
    ['bundle-signed', at(signed(quiet))],
    ['bundle-key', at(signed(quiet), 'key: nobody')],
    ['bundle-source', async () => 'bundle: ftp://example.test/a'],
    ['bundle-unreadable', async () => 'bundle: file:/nowhere/at/all'],
    ['bundle-roots', at({ ...quiet, 'x.rego': 'package elsewhere\n' })],
    ['policy-compile', at({ ...quiet, 'gate.rego': 'package pregate.push\n\ndeny contains x if true\n' })],
    ['policy-compile', at({ ...quiet, 'policy.wasm': 'no' })],
    ['bundle-overlap', async () => `bundles:\n  - bundle: file:${folder(quiet)}\n  - bundle: file:${folder(quiet)}`],
  ];
  for (const [code, yaml] of cases) {
    it(`${code}`, async () => {
      configure('');
      const { preview, codes, hook, said } = await verdict(repository(await yaml()));
      assert.equal(codes[0], code);
      assert.deepEqual([preview, hook], [3, 3]);
      assert.match(said, /^Pregate could not check this push: /m);
      assert.match(said, /Nothing was sent\. No policy judged it\./);
      // One line to act on, in the hook as in the preview: the command in the message, or what the code asks for.
      const plain = said.replace(/\s+/g, ' ');
      const [line = ''] = new RegExp(`[^ ].*?\\[${code}\\](.*?)It stopped`).exec(plain) ?? [];
      assert.match(line, /pregate (policy|preview)|Mend|Name|Ask who|Add it|Look at/);
      assert.ok(!said.includes('policy-missing'), 'the consequence is no second reason');
    });
  }

  it('says what to do with rules in the older language', async () => {
    const yaml = await at({ 'gate.rego': 'package pregate.push\n\ndeny[msg] { msg := "no"; input.nothing }\n' })();
    const { codes, said } = await verdict(repository(yaml));
    assert.equal(codes[0], 'policy-compile');
    assert.match(said.replace(/\s+/g, ' '), /Rego v0: say so in its \.manifest/);
  });

  it('policy fetch asks what pregate.yaml says as it lies there, staged or not, and names code and way out', async () => {
    const server = await serve((_, response) => response.writeHead(503).end());
    const cwd = join(root, 'unstaged');
    mkdirSync(cwd);
    spawnSync('git', ['init', '-q'], { cwd, env });
    writeFileSync(join(cwd, 'pregate.yaml'), `version: 1\npolicy:\n  bundle: ${server.url}/a.tar.gz\n`);
    const { code, out } = await runCli(['policy', 'fetch'], { cwd, env });
    assert.equal(code, 3);
    assert.match(out, /not fetched: .* answers 503 \[bundle-fetch\]\n {2}Mend what the line names/);
    assert.equal(server.requests.length, 1);
  });

  it('policy fetch of a configured address takes its own key, and keeps a verified copy from an unsigned answer', async () => {
    const second = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const files: Files = { 'data.json': '{"b": 1}', '.manifest': '{"revision": "r8", "roots": ["b"]}' };
    const body = packed({
      ...files,
      '.signatures.json': signatureOf(files, { alg: 'ES256', key: second.privateKey, scope: 'write' }),
    });
    let answer = { etag: '"1"', body };
    const server = await serve(bundleService(() => answer));
    const b = `${server.url}/b.tar.gz`;
    const other = second.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const entry = (address: string, key: string, more = '') =>
      `bundle: ${address}\nscope: write\n${more}key: |\n${key.trim().replace(/^/gm, '  ')}`
        .replace(/^/gm, '    ')
        .replace('    ', '  - ');
    const yaml = `bundles:\n${entry(`${server.url}/a.tar.gz`, pem)}\n${entry(b, other, 'max-age: 1s\n')}`;
    const { cwd } = repository(yaml);
    const fetch = (address: string) => runCli(['policy', 'fetch', address], { cwd, env });
    const first = await fetch(b);
    assert.match(first.out, /✓ .*fetched \(revision r8\).*signature good \(ES256/);
    answer = { etag: '"2"', body: packed(files) };
    const unsigned = await fetch(`${b.replace('http:', 'HTTP:')}#x`);
    assert.equal(unsigned.code, 3);
    assert.match(unsigned.out, /not renewed: .*\(revision r8\).*\[bundle-unsigned\]/s);
    answer = { etag: '"3"', body: packed(quiet) };
    assert.match((await fetch(`${server.url}/c.tar.gz`)).out, /✓ .*fetched/, 'what no policy names need not be signed');
    writeFileSync(join(cwd, 'pregate.yaml'), `version: 1\npolicy:\n  bundle: ${b}\n`);
    const requests = server.requests.length;
    const changed = await fetch(b);
    assert.deepEqual([changed.code, server.requests.length], [3, requests], 'another policy than is trusted here');
    assert.match(changed.err, /\[policy-changed\]/);
  });

  it('policy-changed, when the key or the scope is another than before, until the user says that it is meant', async () => {
    const bundle = folder(signed(quiet));
    const repo = repository(`bundle: file:${bundle}\nscope: write\n${keyYaml}`);
    assert.equal((await verdict(repo)).hook, 0);
    writeFileSync(join(repo.cwd, 'pregate.yaml'), `version: 1\npolicy:\n  bundle: file:${folder(quiet)}\n`);
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...args], { cwd: repo.cwd, env });
    git('commit', '-qam', 'Weaken');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    const oid = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: repo.cwd, env, encoding: 'utf8' }).stdout.trim();
    const changed = await verdict({ ...repo, oid });
    assert.deepEqual([changed.codes[0], changed.preview, changed.hook], ['policy-changed', 3, 3]);
    assert.equal((await runCli(['policy', 'fetch'], { cwd: repo.cwd, env })).code, 3, 'nor is anybody asked');
    assert.equal((await runCli(['policy', 'trust'], { cwd: repo.cwd, env })).code, 0);
    assert.equal((await verdict({ ...repo, oid })).hook, 0);
    rmSync(dirname(join(bundle, 'x')), { recursive: true });
  });
});
