import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type Repo, sandbox } from '../git/support.ts';
import { remote } from '../hooks/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { product, type Run } from './support.ts';

const box = sandbox();
const shipped = product(box);
const zero = '0'.repeat(40);

/** The first line of what a person sees, without the program's name. */
function line({ out, err }: Run): string {
  return (err || out).trim().split('\n')[0] ?? '';
}

/** It ended as it should, it said one clear thing, and nothing of its own broke. */
function assertSays(run: Run, code: number, text: RegExp): void {
  assert.equal(run.code, code, `${run.out}${run.err}`);
  assert.match(run.out + run.err, text);
  assert.doesNotMatch(run.out + run.err, /something broke|\n\s+at |undefined|\[object /);
  assert.ok(line(run).length < 300, line(run));
}

function preCommit(repo: Repo, env = repo.env): Run {
  return shipped.run(['hook', 'pre-commit'], { cwd: repo.dir, env });
}

function prePush(repo: Repo, env = repo.env): Run {
  const head = repo.git('rev-parse', 'HEAD');
  const input = `refs/heads/main ${head} refs/heads/main ${zero}\n`;
  return shipped.run(['hook', 'pre-push', 'origin', 'https://git.example/x'], { cwd: repo.dir, env, input });
}

const broken: [file: string, content: string][] = [
  ['.github/workflows/ci.yml', 'on: push\njobs:\n  a: [1, 2\n : }\n'],
  ['package.json', '{ "name": "a", "dependencies": { '],
  ['package-lock.json', '{ "lockfileVersion": 3, oops }'],
  ['Dockerfile', 'FROM\nRUN\n\\'],
  ['deploy/app.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  password: [\n\tb: }\n'],
];

for (const [file, content] of broken) {
  test(`a broken ${file} is named and breaks nothing`, () => {
    const repo = box.repository(`broken ${path.basename(file)}`);
    repo.write(file, content);
    repo.write('other.env', `TOKEN=${generateSecret('github-token', 701)}\n`);
    repo.git('add', '-A');
    const run = shipped.run(['check', '--staged', '--json'], { cwd: repo.dir });
    const report = JSON.parse(run.out) as { findings: { rule: string }[]; problems: { path?: string }[] };
    // The rest of the change is still judged, and the broken file is not passed over in silence.
    assert.equal(run.code, 1);
    assert.ok(report.findings.some((one) => one.rule === 'github-token'));
    if (file !== 'Dockerfile')
      assert.ok(
        report.problems.some((one) => one.path === file),
        JSON.stringify(report.problems),
      );
    assert.equal(preCommit(repo).code, 1);
  });
}

test('a broken pregate.yaml closes the gate and names file and line', () => {
  const repo = box.repository('broken config');
  repo.commit('a.txt', 'a\n');
  repo.write('pregate.yaml', 'version: 1\nruls:\n  x: off\n');
  repo.git('add', '-A');
  assertSays(shipped.run(['check', '--staged'], { cwd: repo.dir }), 3, /pregate\.yaml.*\bruls\b.*\brules\b/s);
  assertSays(preCommit(repo), 3, /pregate\.yaml/);
  repo.write('pregate.yaml', 'version: 1\nrules: [\n');
  repo.git('add', '-A');
  assertSays(preCommit(repo), 3, /pregate\.yaml/);
});

test('a repository without commits can commit, preview says what there is to say', () => {
  const repo = box.repository('no commits');
  repo.write('a.txt', 'a\n');
  repo.git('add', '-A');
  assertSays(preCommit(repo), 0, /^$/);
  assertSays(shipped.run(['check'], { cwd: repo.dir }), 0, /./);
  assertSays(shipped.run(['preview'], { cwd: repo.dir }), 3, /no commits yet/);
  repo.write('b.env', `TOKEN=${generateSecret('github-token', 702)}\n`);
  repo.git('add', '-A');
  assertSays(preCommit(repo), 1, /stopped this commit: 1 secret in b\.env/);
});

test('an empty repository is no error', () => {
  const repo = box.repository('empty');
  assertSays(shipped.run(['check'], { cwd: repo.dir }), 0, /./);
  assertSays(preCommit(repo), 0, /^$/);
  assertSays(shipped.run(['sbom'], { cwd: repo.dir }), 3, /no .*package\.json/);
});

test('a detached HEAD and a missing remote are said and judged all the same', () => {
  const repo = box.repository('detached');
  repo.commit('a.txt', 'a\n');
  assertSays(shipped.run(['preview'], { cwd: repo.dir }), 0, /no remote/);
  repo.git('checkout', '-q', '--detach');
  assertSays(shipped.run(['preview'], { cwd: repo.dir }), 0, /detached/);
  repo.commit('b.env', `TOKEN=${generateSecret('github-token', 703)}\n`);
  assertSays(shipped.run(['check', '--outgoing'], { cwd: repo.dir }), 1, /github-token/);
  assertSays(prePush(repo), 1, /stopped this push/);
});

test('without npm the SBOM is our own inventory and says so', () => {
  const repo = box.repository('no npm');
  const packages = { '': { name: 'a', version: '1.0.0' } };
  repo.write('package.json', '{"name":"a","version":"1.0.0"}\n');
  repo.write('package-lock.json', `${JSON.stringify({ name: 'a', version: '1.0.0', lockfileVersion: 3, packages })}\n`);
  repo.git('add', '-A');
  const bin = box.at('only git');
  mkdirSync(bin);
  writeFileSync(
    path.join(bin, 'git'),
    `#!/bin/sh\nexec ${spawnSync('sh', ['-c', 'command -v git']).stdout.toString().trim()} "$@"\n`,
  );
  chmodSync(path.join(bin, 'git'), 0o755);
  const run = shipped.run(['sbom'], { cwd: repo.dir, env: { ...box.env, PATH: bin } });
  // A Node installation carries its npm beside itself, which is then found there; both answers are clear.
  if (!/CycloneDX 1/.test(run.out)) assert.match(run.out, /npm not found/i);
  assert.doesNotMatch(run.out + run.err, /something broke/);
});

test('without git nothing is passed', () => {
  const repo = box.repository('no git');
  repo.write('a.txt', 'a\n');
  repo.git('add', '-A');
  const env = { ...box.env, PATH: box.at('nowhere') };
  assertSays(preCommit(repo, env), 3, /git was not found/);
  assertSays(shipped.run(['check', '--staged'], { cwd: repo.dir, env }), 3, /git was not found/);
});

test('without an identity git the checks work', () => {
  const repo = box.repository('no identity');
  repo.write('a.txt', 'a\n');
  repo.git('add', '-A');
  writeFileSync(box.at('empty-config'), '');
  const env = { ...box.env, GIT_CONFIG_GLOBAL: box.at('empty-config') };
  assertSays(preCommit(repo, env), 0, /^$/);
  assertSays(shipped.run(['sign', 'status'], { cwd: repo.dir, env }), 1, /./);
  assert.doesNotMatch(shipped.run(['doctor'], { cwd: repo.dir, env }).err, /something broke/);
});

test('a lock of 60 MB is not passed over in silence', () => {
  const repo = box.repository('large lock');
  const entry = (at: number) =>
    `    "node_modules/package-${at}": { "version": "1.0.${at}", "resolved": "https://registry.example/p-${at}.tgz", "license": "MIT" }`;
  const size = Math.ceil(60e6 / entry(100_000).length);
  const entries = Array.from({ length: size }, (_, at) => entry(at)).join(',\n');
  repo.write('package.json', '{"name":"a","version":"1.0.0"}\n');
  repo.write('package-lock.json', `{\n  "name": "a",\n  "lockfileVersion": 3,\n  "packages": {\n${entries}\n  }\n}\n`);
  repo.git('add', '-A');
  const run = shipped.run(['check', '--staged', '--json'], { cwd: repo.dir });
  const report = JSON.parse(run.out) as { skipped: { path: string; reason: string }[] };
  assert.ok(
    report.skipped.some((one) => one.path === 'package-lock.json' && one.reason === 'too-large'),
    line(run),
  );
  assert.ok(run.took < 20_000, `${run.took} ms`);
  const hook = preCommit(repo);
  assert.ok(hook.took < 20_000, `${hook.took} ms`);
  assertSays(shipped.run(['check', '--staged'], { cwd: repo.dir }), run.code, /package-lock\.json|1 file/);
});

test('a tree of very many files is checked, its commits in a moment', () => {
  const files = Number(process.env['PREGATE_TREE_FILES'] ?? 20_000);
  const repo = box.repository('many files');
  const stream = ['commit refs/heads/main', 'committer T <t@example.com> 1767225600 +0000', 'data 4', 'many'];
  for (let at = 0; at < files; at++) {
    const text = at === files - 7 ? `TOKEN=${generateSecret('github-token', 704)}\n` : `export const value = ${at};\n`;
    stream.push(`M 100644 inline src/${at % 100}/${at % 7}/file-${at}.ts`, `data ${text.length}`, text);
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: repo.dir, env: box.env, input: `${stream.join('\n')}\n` });
  repo.git('reset', '-q');
  remote(box, repo);
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const run = shipped.run(['check', '--all', '--json'], { cwd: repo.dir });
  const report = JSON.parse(run.out) as { findings: { rule: string }[]; counts: { documents: number } };
  assert.ok(report.findings.some((one) => one.rule === 'github-token'));
  assert.ok(report.counts.documents >= files, `${report.counts.documents} documents`);
  assert.ok(run.took < files * 2, `${files} files took ${run.took} ms`);
  repo.write('one.txt', 'one\n');
  repo.git('add', 'one.txt');
  const hook = preCommit(repo);
  assert.equal(hook.code, 0, hook.err);
  assert.ok(hook.took < 3000, `a commit of one file in ${files} took ${hook.took} ms`);
});

test('a file that changes while it is read does not break the check', async () => {
  const folder = box.at('changing');
  mkdirSync(folder);
  const file = path.join(folder, 'growing.txt');
  const other = path.join(folder, 'coming.txt');
  writeFileSync(file, 'x\n'.repeat(500_000));
  const script = `const fs = require('fs'); const end = Date.now() + 20000; process.stdout.write('go');
    const step = () => { if (Date.now() > end) return; fs.writeFileSync(${JSON.stringify(file)}, 'y\\n'.repeat(Math.random() * 900000));
    fs.writeFileSync(${JSON.stringify(other)}, 'z'); fs.rmSync(${JSON.stringify(other)}); setImmediate(step); }; step();`;
  const writer = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => writer.stdout?.once('data', resolve));
  try {
    for (let round = 0; round < 3; round++) {
      const run = shipped.run(['check', folder, '--json'], { cwd: box.folder });
      assert.ok(run.code === 0 || run.code === 3, `${run.code} ${run.err}`);
      assert.doesNotThrow(() => JSON.parse(run.out));
      assert.doesNotMatch(run.err, /something broke/);
    }
  } finally {
    writer.kill('SIGKILL');
  }
});

test('a bundle that does not compile, does not exist or says nothing closes every gate', () => {
  const repo = box.repository('bad bundle');
  repo.commit('a.txt', 'a\n');
  repo.write('policy/gate.rego', 'package pregate.commit\n\ndeny contains x if {\n');
  repo.write('empty/readme.rego', 'package nothing\n');
  repo.write('not-a-bundle.tar.gz', 'no archive\n');
  for (const [bundle, text] of [
    ['policy', /gate\.rego/],
    ['empty', /no rule/],
    ['not-a-bundle.tar.gz', /not-a-bundle\.tar\.gz/],
    ['missing', /missing/],
  ] as const) {
    assertSays(shipped.run(['preview', '--bundle', bundle], { cwd: repo.dir }), 3, text);
    assertSays(shipped.run(['check', '--all', '--bundle', bundle], { cwd: repo.dir }), 3, text);
  }
  repo.commit('pregate.yaml', 'version: 1\npolicy:\n  bundle: policy\n');
  repo.git('add', 'policy');
  repo.git('commit', '-qm', 'a policy that does not compile');
  repo.write('b.txt', 'b\n');
  repo.git('add', 'b.txt');
  assertSays(preCommit(repo), 3, /gate\.rego/);
  assertSays(prePush(repo), 3, /gate\.rego/);
});

test('a missing signing key is said before git fails, and a due signature closes the commit', () => {
  const repo = box.repository('missing key');
  repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'commit.gpgsign', 'true');
  repo.git('config', 'user.signingkey', box.at('no-such-key.pub'));
  repo.write('a.txt', 'a\n');
  repo.git('add', 'a.txt');
  const status = shipped.run(['sign', 'status'], { cwd: repo.dir });
  assertSays(status, 1, /no-such-key|key/);
  const hook = preCommit(repo);
  assert.ok(hook.code === 1 || hook.code === 3, `${hook.code} ${hook.err}`);
  assert.match(hook.err, /sign/);
});

test('a bundle that must be signed by a key nobody has closes every gate', () => {
  const repo = box.repository('bundle key');
  repo.write('policy/gate.rego', 'package pregate.commit\n\ndeny contains "no" if false\n');
  repo.write(
    'pregate.yaml',
    'version: 1\npolicy:\n  bundle: policy\n  key: SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n',
  );
  repo.git('add', '-A');
  assertSays(preCommit(repo), 3, /sign|key/);
});

test('damaged objects close the push gate', () => {
  const repo = box.repository('damaged');
  repo.commit('a.txt', 'a text of some length\n');
  const blob = repo.git('rev-parse', 'HEAD:a.txt');
  const file = path.join(repo.dir, '.git/objects', blob.slice(0, 2), blob.slice(2));
  rmSync(file);
  assertSays(prePush(repo), 3, /missing|damaged|not here/);
});

test('a path that does not exist, a range that names nothing and a folder without rights are said', () => {
  const repo = box.repository('wrong words');
  repo.commit('a.txt', 'a\n');
  const options = { cwd: repo.dir };
  const missing = shipped.run(['check', 'no-such-file'], options);
  assert.ok(missing.code === 2 || missing.code === 3, missing.out);
  assert.match(missing.out + missing.err, /no-such-file/);
  assertSays(shipped.run(['check', '--range', 'nothing..HEAD'], options), 3, /nothing/);
  assertSays(shipped.run(['check', '--range', 'HEAD'], options), 2, /--range/);
  assertSays(shipped.run(['check', '--staged', '--all'], options), 2, /exclude each other/);
  assertSays(shipped.run(['chekc'], options), 2, /did you mean check/);
  assertSays(shipped.run(['hook', 'pre-nothing'], options), 2, /pre-commit/);
  assertSays(shipped.run(['check', '--staged'], { cwd: box.folder }), 3, /repository/);
});

test('a state folder that cannot be used is said, and a gate still answers', () => {
  const repo = box.repository('no state');
  repo.write('a.env', `TOKEN=${generateSecret('github-token', 705)}\n`);
  repo.git('add', '-A');
  writeFileSync(box.at('state-is-a-file'), '');
  const env = { ...box.env, XDG_STATE_HOME: box.at('state-is-a-file') };
  const hook = preCommit(repo, env);
  assert.ok(hook.code === 1 || hook.code === 3, hook.err);
  assert.doesNotMatch(hook.err, /something broke/);
});

test('a push line that is not understood closes the gate', () => {
  const repo = box.repository('push lines');
  repo.commit('a.txt', 'a\n');
  for (const input of ['nonsense\n', `refs/heads/main ${'z'.repeat(40)} refs/heads/main ${zero}\n`, 'a b c d e\n']) {
    const run = shipped.run(['hook', 'pre-push', 'origin', 'x'], { cwd: repo.dir, input });
    assertSays(run, 3, /could not check this push/);
  }
  const nothing = shipped.run(['hook', 'pre-push', 'origin', 'x'], { cwd: repo.dir, input: '' });
  assertSays(nothing, 0, /^$/);
});

test('what is not a repository is checked as a folder', () => {
  const folder = box.at('no repository');
  mkdirSync(folder);
  appendFileSync(path.join(folder, 'a.env'), `TOKEN=${generateSecret('github-token', 706)}\n`);
  assert.ok(!existsSync(path.join(folder, '.git')));
  assertSays(shipped.run(['check'], { cwd: folder }), 1, /github-token/);
  assertSays(shipped.run(['preview'], { cwd: folder }), 3, /repository/);
});
