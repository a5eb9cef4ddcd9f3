import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { product, startServer } from './support.ts';

const box = sandbox();
const shipped = product(box);

test('the bundles stand alone: nothing above them could help', () => {
  for (let folder = shipped.folder; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    assert.ok(!existsSync(path.join(folder, 'node_modules')), folder);
  }
});

test('what every commit loads stays small', () => {
  const size = (name: string) => statSync(path.join(shipped.folder, name)).size;
  assert.ok(size('hook.cjs') <= 200 * 1024, `hook.cjs has ${size('hook.cjs')} bytes`);
  assert.ok(size('pregate.cjs') <= 10 * 1024, `pregate.cjs has ${size('pregate.cjs')} bytes`);
});

test('no bundle names this machine', () => {
  const here = path.join(import.meta.dirname, '../..');
  for (const name of readdirSync(shipped.folder)) {
    assert.ok(!readFileSync(path.join(shipped.folder, name), 'utf8').includes(here), name);
  }
});

test('the bundle for Rego answers as the whole agent does', () => {
  const folder = path.join(box.folder, 'policies');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'a.rego'),
    'package a\n\nb := [input.x, yaml.unmarshal("c: 1"), io.jwt.decode("x")]\n\nd := input.x\n',
  );
  writeFileSync(path.join(folder, 'broken.txt'), 'package');
  const token = ['gh', 'p_', 'A1b2C3d4E5f6G7h8I9j0', 'K1l2M3n4O5p6Q7r8'].join('');
  writeFileSync(path.join(folder, 'input.yaml'), `x: ${token}\n`);
  const data = ['-d', path.join(folder, 'a.rego')];
  for (const words of [
    [...data, '-i', path.join(folder, 'input.yaml'), 'data.a'],
    [...data, 'data.nothing', '--fail'],
    ['data.pregate.push'],
    [...data],
    [...data, 'data.a.'],
  ]) {
    const quick = shipped.run(['policy', 'eval', ...words], { cwd: box.folder });
    // With an option before the action the loader starts the whole agent.
    const whole = shipped.run(['policy', '--at=2026-11-01', 'eval', ...words], { cwd: box.folder });
    assert.deepEqual([quick.code, quick.out, quick.err], [whole.code, whole.out, whole.err], words.join(' '));
    assert.ok(!quick.out.includes(token), 'what is printed is looked through for secrets');
  }
});

test('every command explains itself', () => {
  const overall = shipped.run(['--help'], { cwd: box.folder });
  assert.equal(overall.code, 0, overall.err);
  const names = [...overall.out.matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map((match) => match[1] as string);
  assert.ok(names.length >= 12, names.join(', '));
  for (const name of names) {
    const help = shipped.run([name, '--help'], { cwd: box.folder });
    assert.equal(help.code, 0, `${name}: ${help.err}`);
    assert.match(help.out, new RegExp(`^ {2}pregate ${name}`, 'm'), name);
    assert.ok(help.out.split('\n').length >= 4, `${name} --help says little:\n${help.out}`);
    const wrong = shipped.run([name, '--no-such-flag'], { cwd: box.folder });
    assert.equal(wrong.code, 2, `${name} --no-such-flag: ${wrong.out}${wrong.err}`);
    assert.equal(wrong.err.trim().split('\n').length, 1, wrong.err);
  }
});

/** A repository with a small npm project, a workflow, and one commit. */
function project() {
  const repo = box.repository('project');
  repo.write(
    'package.json',
    `${JSON.stringify({ name: 'small', version: '1.0.0', dependencies: { a: '1.0.0' } }, null, 2)}\n`,
  );
  const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
  const resolved = 'https://registry.example/a/-/a-1.0.0.tgz';
  const packages = {
    '': { name: 'small', version: '1.0.0', dependencies: { a: '1.0.0' } },
    'node_modules/a': { version: '1.0.0', resolved, integrity, license: 'MIT' },
  };
  const lock = { name: 'small', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  repo.write('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
  repo.write(
    '.github/workflows/ci.yml',
    'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: []\n',
  );
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  return repo;
}

const repo = project();

/** Command line, exit code, and a text that only a run that did its work prints. */
const commands: [words: string[], code: number, text: RegExp][] = [
  [['--version'], 0, /^pregate \d+\.\d+\.\d+/],
  [['check', '.'], 0, /./],
  [['check', '--all', '--json'], 0, /"schema": "pregate\.report\/v1"/],
  [['check', '--all', '--sarif'], 0, /"version": "2\.1\.0"/],
  [['check', '--all', '--markdown'], 0, /./],
  [['preview'], 0, /commit[\s\S]*push[\s\S]*build[\s\S]*publish[\s\S]*deploy/],
  [['overview'], 0, /^[✓!✗?] .*tracked files[\s\S]*Findings[\s\S]*Components/],
  [['sbom'], 0, /1 component/],
  [['sbom', '--json'], 0, /"bomFormat": ?"CycloneDX"/],
  [['sbom', 'diff'], 0, /./],
  [['verify'], 1, /not signed|none|no signature/i],
  [['policy', 'eval', 'data.pregate.push.deny'], 0, /\[/],
  [['explain', 'unpinned-uses'], 0, /unpinned-uses/],
  [['rules'], 0, /github-token[\s\S]*unpinned-uses/],
  [['hook', 'pre-commit'], 0, /^$/],
];

for (const [words, code, text] of commands) {
  test(`pregate ${words.join(' ')} works from the bundles alone`, () => {
    const run = shipped.run(words, { cwd: repo.dir });
    assert.equal(run.code, code, `${run.out}${run.err}`);
    assert.match(run.out, text, run.err);
    assert.doesNotMatch(run.err, /something broke|Cannot find module|ExperimentalWarning/);
  });
}

test('pregate sign status and doctor say what is wrong and how to mend it', () => {
  const sign = shipped.run(['sign', 'status'], { cwd: repo.dir });
  assert.equal(sign.code, 1, sign.err);
  assert.match(sign.out, /pregate sign setup/);
  const doctor = shipped.run(['doctor'], { cwd: repo.dir });
  assert.equal(doctor.code, 1, doctor.err);
  assert.match(doctor.out, /pregate init/);
});

test('pregate suppress writes the baseline, and init and its removal leave no trace', () => {
  const own = box.repository('suppressing');
  own.commit('Dockerfile', 'FROM node:22\n');
  const before = own.git('status', '--porcelain', '--ignored');
  const hooks = () => readdirSync(path.join(own.dir, '.git/hooks')).sort();
  const hooksBefore = hooks();
  assert.equal(shipped.run(['init', '--yes'], { cwd: own.dir }).code, 0);
  assert.notDeepEqual(hooks(), hooksBefore);
  assert.equal(shipped.run(['init', '--remove', '--yes'], { cwd: own.dir }).code, 0);
  assert.deepEqual(hooks(), hooksBefore);
  assert.equal(own.git('status', '--porcelain', '--ignored'), before);
  const suppressed = shipped.run(['suppress', 'Dockerfile:1', '--reason', 'only a test'], { cwd: own.dir });
  assert.equal(suppressed.code, 0, suppressed.err);
  assert.match(readFileSync(path.join(own.dir, '.pregate/baseline.jsonl'), 'utf8'), /only a test/);
});

test('the shipped language server answers initialize and ends when it is told to', async () => {
  const server = await startServer(shipped, repo.dir, box.env);
  const rules = await server.connection.sendRequest<unknown[]>('pregate/rules', {});
  await server.close();
  assert.ok(rules.length > 20);
});

test('a folder that is no repository can be checked', () => {
  const folder = box.at('plain folder');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'Dockerfile'), 'FROM node:22\n');
  const run = shipped.run(['check', folder, '--json'], { cwd: box.folder });
  assert.equal(JSON.parse(run.out).findings[0].rule, 'unpinned-images', run.err);
});

test('the bundles run on every Node that is on the PATH', () => {
  for (const node of nodes()) {
    const options = { cwd: repo.dir, env: box.env, encoding: 'utf8' } as const;
    for (const words of [['check', '--all', '--json'], ['hook', 'pre-commit'], ['sbom']]) {
      const run = spawnSync(node, [shipped.program, ...words], options);
      assert.equal(run.status, 0, `${node} pregate ${words.join(' ')}: ${run.stdout.slice(-500)}${run.stderr}`);
      assert.equal(run.stderr, '', node);
    }
  }
});

/** This Node, and others on the PATH that `engines` admits: a hook runs on whichever is there. */
function nodes(): string[] {
  const found = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'));
  const versions = new Map([[process.version, process.execPath]]);
  for (const node of found.filter((file) => existsSync(file))) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
    const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
    if (major > 20 || (major === 20 && minor >= 19)) versions.set(version, versions.get(version) ?? node);
  }
  return [...versions.values()];
}
