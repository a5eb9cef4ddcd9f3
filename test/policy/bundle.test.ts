import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { loadBundle, readBundle } from '../../agent/bundles/load.ts';
import { readTar } from '../../agent/bundles/tar.ts';
import { regoEngine } from '../../agent/policy/engine.ts';
import { paxRecord, type TarEntry, tarOf } from './tar.ts';

const root = mkdtempSync(join(tmpdir(), 'pregate-bundle-'));
after(() => rmSync(root, { recursive: true }));

const policy = 'package acme.gate\n\ndeny contains "no" if data.acme.list[_] == input.name\n';
const good = {
  '.manifest': '{"revision": "41", "roots": ["acme"], "rego_version": 1}',
  'gate/gate.rego': policy,
  'acme/data.json': '{"list": ["a"]}',
  'acme/other/data.yaml': 'value: 1\n',
  'README.md': 'not policy',
};

let count = 0;
function folder(files: Record<string, string>): string {
  const path = join(root, `b${count++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

function archive(entries: readonly TarEntry[], pack: (bytes: Buffer) => Buffer = gzipSync): string {
  const path = join(root, `b${count++}.tar.gz`);
  writeFileSync(path, pack(tarOf(entries)));
  return path;
}

async function complaint(path: string): Promise<string> {
  const { bundle, problems } = await readBundle(path, 'test');
  assert.equal(bundle, undefined, 'a bundle with a problem must not be used');
  assert.ok(problems.every((problem) => problem.fatal));
  return problems.map((problem) => `${problem.code}: ${problem.message}`).join('\n');
}

describe('a bundle', () => {
  it('from a folder has its revision, modules and data', async () => {
    const { bundle, problems } = await readBundle(folder(good), 'central');
    assert.deepEqual(problems, []);
    assert.equal(bundle?.source.revision, '41');
    assert.equal(bundle?.source.signature, 'unsigned');
    assert.deepEqual(
      bundle?.modules.map((module) => module.path),
      ['gate/gate.rego'],
    );
    assert.deepEqual(bundle?.data, { acme: { list: ['a'], other: { value: 1 } } });
  });

  it('has the same digest as a folder and as an archive, and another when a byte differs', async () => {
    const entries = Object.entries(good).map(([name, text]) => ({ name: `/${name}`, text }));
    const first = await readBundle(folder(good), 'a');
    const second = await readBundle(archive(entries), 'b');
    const third = await readBundle(folder({ ...good, 'gate/gate.rego': `${policy}#` }), 'c');
    assert.equal(second.bundle?.source.kind, 'archive');
    assert.equal(first.bundle?.source.digest, second.bundle?.source.digest);
    assert.notEqual(first.bundle?.source.digest, third.bundle?.source.digest);
  });

  it('made by a real tar is read, long names included', async (test) => {
    const long = `${'deep/'.repeat(30)}gate.rego`;
    const path = folder({ ...good, [long]: 'package acme.deep\n' });
    const target = join(root, 'real.tar.gz');
    const made = spawnSync('tar', ['-czf', target, '-C', path, '.']);
    if (made.error) return test.skip('there is no tar program');
    const { bundle, problems } = await readBundle(target, 'real');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      bundle?.modules.map((module) => module.path),
      [long, 'gate/gate.rego'].sort(),
    );
  });

  it('names file and line when it does not compile', async () => {
    const { bundle } = await readBundle(folder({ 'a.rego': 'package a\n\ndeny contains x if true\n' }), 'broken');
    assert.ok(bundle);
    const { engine, problems } = regoEngine(bundle);
    assert.equal(engine, undefined);
    assert.match(problems[0]?.message ?? '', /^a\.rego:3: .*unsafe/);
    assert.equal(problems[0]?.fatal, true);
  });

  it('may be in the older language where its manifest says so', async () => {
    const text = 'package a\n\ndeny[msg] { msg := "no" }\n';
    const old = await readBundle(folder({ '.manifest': '{"rego_version": 0}', 'a.rego': text }), 'v0');
    assert.ok(old.bundle && regoEngine(old.bundle).engine);
    const single = '{"file_rego_versions": {"/old/*.rego": 0}}';
    const mixed = await readBundle(
      folder({ '.manifest': single, 'old/a.rego': text, 'b.rego': 'package b\n' }),
      'mixed',
    );
    assert.ok(mixed.bundle && regoEngine(mixed.bundle).engine);
    const none = await readBundle(folder({ 'a.rego': text }), 'v1');
    assert.equal(none.bundle && regoEngine(none.bundle).engine, undefined);
  });

  it('that reaches outside its roots is refused', async () => {
    assert.match(
      await complaint(folder({ ...good, 'x.rego': 'package acmeother\n' })),
      /bundle-roots: x\.rego: package acmeother/,
    );
    assert.match(await complaint(folder({ ...good, 'stray/data.json': '1' })), /bundle-roots: data stray/);
  });

  it('whose data files disagree is refused', async () => {
    assert.match(await complaint(folder({ ...good, 'acme/list/data.json': '["b"]' })), /bundle-data/);
    assert.match(await complaint(folder({ ...good, 'acme/data.json': '{' })), /bundle-data: acme\/data\.json/);
  });

  it('with parts this build cannot evaluate is refused, not read in part', async () => {
    assert.match(await complaint(folder({ ...good, 'plan.json': '{}' })), /bundle-compiled/);
    assert.match(await complaint(folder({ ...good, 'policy.wasm': '', 'x/policy.wasm': '' })), /bundle-compiled/);
    assert.match(await complaint(folder({ ...good, 'patch.json': '{}' })), /bundle-delta/);
    assert.match(await complaint(folder({ ...good, '.manifest': '[]' })), /bundle-manifest/);
    assert.match(await complaint(folder({ 'README.md': 'x' })), /bundle-empty/);
    assert.match(await complaint(join(root, 'nowhere')), /no such file/);
  });
});

describe('a hostile archive', () => {
  const file = { name: 'a.rego', text: policy };
  const cases: [string, TarEntry[], RegExp][] = [
    ['leaves its folder', [{ name: '../a.rego', text: policy }], /not allowed/],
    ['leaves it in the middle', [{ name: 'x/../../a.rego', text: policy }], /not allowed/],
    ['leaves it the way of Windows', [{ name: '..\\a.rego', text: policy }], /not allowed/],
    ['names a drive', [{ name: 'C:/a.rego', text: policy }], /not allowed/],
    [
      'leaves it by a pax header',
      [{ name: 'x', type: 'x', text: paxRecord('path', '../a.rego') }, file],
      /not allowed/,
    ],
    ['leaves it by a long name', [{ name: 'x', type: 'L', text: '../a.rego\0' }, file], /not allowed/],
    ['holds a link', [{ name: 'a.rego', type: '2', link: '/etc/passwd' }], /not a regular file/],
    ['holds a hard link', [{ name: 'a.rego', type: '1', link: 'b' }], /not a regular file/],
    ['holds a device', [{ name: 'a.rego', type: '3' }], /not a regular file/],
    ['holds one name twice', [file, file], /twice/],
    ['holds one name twice in two spellings', [file, { ...file, name: './/a.rego' }], /twice/],
    ['says a size it does not have', [{ ...file, size: 1_000_000 }], /cut off/],
    ['has a broken pax header', [{ name: 'x', type: 'x', text: '99 path=a\n' }, file], /pax header/],
  ];
  for (const [what, entries, message] of cases) {
    it(`is refused when it ${what}`, async () => assert.match(await complaint(archive(entries)), message));
  }

  it('is refused when it unpacks to more than the limit', async () => {
    assert.match(
      await complaint(archive([file], (tar) => gzipSync(Buffer.concat([tar, Buffer.alloc(70_000_000)])))),
      /larger/,
    );
  });

  it('is refused when it is damaged or something else', async () => {
    assert.match(await complaint(archive([file], (tar) => gzipSync(tar).subarray(0, 60))), /damaged/);
    assert.match(await complaint(archive([file], () => Buffer.from('PK\x03\x04'.repeat(300)))), /not a tar archive/);
    assert.match(await complaint(archive([], () => Buffer.from('hello'))), /not a tar archive/);
  });

  it('is refused when it has too many entries', () => {
    const many = tarOf(Array.from({ length: 20 }, (_, index) => ({ name: `f${index}` })));
    assert.throws(() => readTar(many, { entries: 10 }), /more than 10/);
  });

  it('never reads past its bytes, whatever is cut or flipped', () => {
    const bytes = tarOf([
      { name: 'a', type: 'x', text: paxRecord('path', 'b/c.rego') },
      file,
      { name: 'd', type: '5' },
    ]);
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ 0x55;
      for (const input of [bytes.subarray(0, at), flipped]) {
        try {
          for (const one of readTar(input)) assert.ok(!one.path.includes('..') && !one.path.startsWith('/'));
        } catch (error) {
          assert.equal((error as Error).constructor.name, 'TarError');
        }
      }
    }
  });
});

describe('what judges', () => {
  const where = { cwd: root, root };

  it('is the built-in policy where nothing is named', async () => {
    const { bundle, problems } = await loadBundle({
      cwd: join(root, 'nowhere'),
      root: join(root, 'nowhere'),
      policy: {},
    });
    assert.deepEqual(problems, []);
    assert.equal(bundle?.source.kind, 'built-in');
    assert.ok(bundle && regoEngine(bundle).engine);
  });

  it('is what a person named rather than what is configured', async () => {
    const path = folder(good);
    const { bundle } = await loadBundle({ ...where, explicit: path, policy: { bundle: 'nowhere' } });
    assert.equal(bundle?.source.revision, '41');
  });

  it('is never configured to lie outside the repository', async () => {
    const inner = join(root, 'repository');
    mkdirSync(inner);
    symlinkSync(folder(good), join(inner, 'link'));
    for (const configured of ['../b0', '/etc', 'link', 'https://policy.example.test/gates.tar.gz']) {
      const { bundle, problems } = await loadBundle({ cwd: inner, root: inner, policy: { bundle: configured } });
      assert.equal(bundle, undefined, configured);
      assert.equal(problems[0]?.fatal, true);
    }
  });

  it('is the configured bundle as the base has it, not as the change would make it', async () => {
    const repository = join(root, 'judged');
    const env = { ...process.env, HOME: root, GIT_CONFIG_GLOBAL: join(root, 'none'), GIT_CONFIG_NOSYSTEM: '1' };
    const git = (...args: string[]) => {
      const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];
      const run = spawnSync('git', [...identity, ...args], { cwd: repository, env, encoding: 'utf8' });
      assert.equal(run.status, 0, run.stderr);
      return run.stdout.trim();
    };
    mkdirSync(join(repository, 'policy/gate'), { recursive: true });
    git('init', '-q');
    writeFileSync(join(repository, 'policy/gate/gate.rego'), policy);
    writeFileSync(join(repository, 'policy.tar.gz'), gzipSync(tarOf([{ name: 'a.rego', text: policy }])));
    git('add', '.');
    git('commit', '-qm', 'one');
    const base = { commit: git('rev-parse', 'HEAD'), env };
    const weak = policy.replace('"no"', '"yes"');
    writeFileSync(join(repository, 'policy/gate/gate.rego'), weak);
    writeFileSync(join(repository, 'policy.tar.gz'), gzipSync(tarOf([{ name: 'a.rego', text: weak }])));
    const textOf = async (configured: string, more: object) => {
      const { bundle, problems } = await loadBundle({
        cwd: repository,
        root: repository,
        policy: { bundle: configured },
        ...more,
      });
      assert.deepEqual(problems, []);
      return bundle?.modules.map((module) => `${module.path} ${module.text === policy ? 'base' : 'changed'}`);
    };
    assert.deepEqual(await textOf('policy/', { base }), ['gate/gate.rego base']);
    assert.deepEqual(await textOf('./policy.tar.gz', { base }), ['a.rego base']);
    assert.deepEqual(await textOf('policy', {}), ['gate/gate.rego changed']);
    mkdirSync(join(repository, 'new'));
    writeFileSync(join(repository, 'new/a.rego'), policy);
    assert.deepEqual(await textOf('new', { base }), ['a.rego base'], 'a bundle the base does not have yet');
    const missing = await loadBundle({
      cwd: repository,
      root: repository,
      policy: { bundle: 'policy' },
      base: { ...base, commit: 'f'.repeat(40) },
    });
    assert.deepEqual([missing.bundle, missing.problems[0]?.fatal], [undefined, true]);
  });

  it('is nothing when a file of it is a link', async () => {
    const path = folder(good);
    symlinkSync(join(path, 'gate/gate.rego'), join(path, 'more.rego'));
    assert.match(await complaint(path), /links are not followed/);
    assert.ok(readdirSync(path).includes('more.rego'));
  });
});
