import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fetchBundle } from '../../agent/bundles/fetch.ts';
import { readRef } from '../../agent/bundles/from-git.ts';
import { loadBundle } from '../../agent/bundles/load.ts';
import type { PolicyConfig } from '../../agent/config.ts';
import { engineFor } from '../../agent/policy/engines.ts';
import { env, folder, good, packed, policy, root } from './folder.ts';
import { serve } from './server.ts';
import type { Files } from './sign.ts';

async function load(config: PolicyConfig, at = root): Promise<{ revision: string | undefined; said: string }> {
  const { bundle, problems } = await loadBundle({ cwd: at, root: at, env, policy: config });
  return {
    revision: bundle?.source.revision,
    said: problems.map(({ code, message }) => `${code}: ${message}`).join('\n'),
  };
}

async function refused(config: PolicyConfig, words: RegExp, at = root): Promise<void> {
  const { revision, said } = await load(config, at);
  assert.equal(revision, undefined);
  assert.match(said, words);
}

describe('file:', () => {
  it('names a folder or an archive anywhere on this machine', async () => {
    const path = folder(good);
    const archive = join(root, 'a.tar.gz');
    writeFileSync(archive, packed(good));
    assert.equal((await load({ bundle: `file:${path}` })).revision, 'r7');
    assert.equal((await load({ bundle: `file://${archive}` })).revision, 'r7');
    await refused({ bundle: 'file://host/share' }, /bundle-source: .*without a host/);
    await refused({ bundle: path }, /bundle-source: .*does not lie inside/);
    await refused({ bundle: 'ftp://example.test/a' }, /bundle-source: .*no source of policy/);
  });
});

describe('git:', () => {
  const repository = join(root, 'repository');
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test'];
    const run = spawnSync('git', [...identity, ...args], { cwd: repository, env, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.trim();
  };
  const write = (files: Files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(repository, name)), { recursive: true });
      writeFileSync(join(repository, name), text);
    }
    git('add', '.');
    git('commit', '-qm', 'policy');
  };

  it('reads a folder or an archive at a tag, a remote-tracking ref or a commit, whatever is checked out', async () => {
    mkdirSync(repository);
    git('init', '-q', '-b', 'main');
    write(Object.fromEntries(Object.entries(good).map(([name, text]) => [`gates/${name}`, text])));
    writeFileSync(join(repository, 'p.tar.gz'), packed(good));
    write({});
    git('tag', '-a', 'v1', '-m', 'one');
    git('update-ref', 'refs/remotes/origin/policy', 'HEAD');
    const oid = git('rev-parse', 'HEAD');
    write({ 'gates/.manifest': '{"revision": "changed"}' });
    for (const ref of ['v1', 'refs/tags/v1', 'origin/policy', oid]) {
      assert.deepEqual(await load({ bundle: `git:${ref}:gates` }, repository), { revision: 'r7', said: '' });
    }
    assert.equal((await load({ bundle: 'git:v1:p.tar.gz' }, repository)).revision, 'r7');
    assert.equal((await load({ bundle: `git:${repository}#main:gates` }, folder({}))).revision, 'changed');
    const bare = join(root, 'bare.git');
    spawnSync('git', ['clone', '-q', '--bare', repository, bare], { env });
    assert.equal((await load({ bundle: `git:${bare}#main:gates` }, repository)).revision, 'changed');
    // Git's own switch for its tests: as if another user owned every repository.
    const strange = { ...env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const main = { ref: 'main', path: 'gates' };
    await assert.rejects(readRef(main, bare, false, strange), /another user owns it/);
    const trusted = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: bare };
    assert.ok((await readRef(main, bare, false, { ...strange, ...trusted })).length > 0);
    await refused({ bundle: `git:${bare}#nowhere:gates` }, /there is no ref nowhere/, repository);
    await refused({ bundle: 'git:nowhere:gates' }, /there is no ref nowhere/, repository);
    const inside = join(repository, 'inside.git');
    spawnSync('git', ['clone', '-q', '--bare', repository, inside], { env });
    await refused({ bundle: `git:${inside}#main:gates` }, /bundle-source: .*lies in it/, repository);
    rmSync(inside, { recursive: true });
  });

  it('takes no ref of this repository that a push could bring', async () => {
    for (const ref of ['HEAD', 'main', 'refs/heads/main', '@']) {
      await refused({ bundle: `git:${ref}:gates` }, /a push could bring its own policy/, repository);
    }
    await refused({ bundle: 'git:refs/tags/none:gates' }, /no tag|there is no ref/, repository);
    await refused({ bundle: 'git:v1:nowhere' }, /has nothing at nowhere/, repository);
    await refused({ bundle: 'git:--output=x:gates' }, /bundle-source/, repository);
    await refused({ bundle: 'git:v1:../x' }, /bundle-source/, repository);
  });
});

describe('oci:', () => {
  interface Change {
    layer?: Buffer;
    mediaType?: string;
    digest?: string;
    version?: string;
    layers?: number;
    /** Files as `conftest push` stores them: one layer each, named by its title. */
    titles?: Record<string, string>;
    /** An index around the image; 2 puts a second image into it. */
    index?: 1 | 2;
    name?: string | undefined;
  }
  function layout(change: Change = {}): { path: string; digest: string } {
    const path = folder({ 'oci-layout': JSON.stringify({ imageLayoutVersion: change.version ?? '1.0.0' }) });
    mkdirSync(join(path, 'blobs/sha256'), { recursive: true });
    const blob = (bytes: Buffer, mediaType: string) => {
      const hex = createHash('sha256').update(bytes).digest('hex');
      writeFileSync(join(path, 'blobs/sha256', hex), bytes);
      return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
    };
    const layer = blob(packed(good), change.mediaType ?? 'application/vnd.oci.image.layer.v1.tar+gzip');
    if (change.layer) writeFileSync(join(path, 'blobs/sha256', layer.digest.slice(7)), change.layer);
    const single = Object.entries(change.titles ?? {}).map(([title, text]) => ({
      ...blob(Buffer.from(text), 'application/vnd.cncf.openpolicyagent.policy.layer.v1+rego'),
      ...(title === '' ? {} : { annotations: { 'org.opencontainers.image.title': title } }),
    }));
    const packedLayers = Array.from({ length: change.layers ?? 1 }, () => ({
      ...layer,
      ...(change.digest ? { digest: change.digest } : {}),
    }));
    const layers = change.titles ? single : packedLayers;
    const config = blob(Buffer.from('{}'), 'application/vnd.oci.image.config.v1+json');
    const type = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = blob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers })), type);
    const inner = JSON.stringify({
      schemaVersion: 2,
      manifests: Array.from({ length: change.index ?? 1 }, () => manifest),
    });
    const image = change.index ? blob(Buffer.from(inner), 'application/vnd.oci.image.index.v1+json') : manifest;
    const name = 'name' in change ? change.name : 'v1';
    const named = { ...image, ...(name ? { annotations: { 'org.opencontainers.image.ref.name': name } } : {}) };
    writeFileSync(join(path, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [named] }));
    return { path, digest: manifest.digest };
  }

  it('reads the archive of an image by its tag or digest', async () => {
    const { path, digest } = layout();
    assert.deepEqual(await load({ bundle: `oci:${path}:v1` }), { revision: 'r7', said: '' });
    assert.equal((await load({ bundle: `oci:${path}@${digest}` })).revision, 'r7');
    await refused({ bundle: `oci:${path}:v2` }, /no image v2, but v1/);
    assert.equal((await load({ bundle: `oci:${path}` })).revision, 'r7', 'the only one there is');
  });

  it('reads what other tools leave: whole names, no name, an index around one image', async () => {
    const whole = layout({ name: 'registry.example.test:5000/acme/gates:v3' }).path;
    assert.equal((await load({ bundle: `oci:${whole}:v3` })).revision, 'r7');
    assert.equal((await load({ bundle: `oci:${layout({ name: undefined }).path}` })).revision, 'r7');
    assert.equal((await load({ bundle: `oci:${layout({ index: 1 }).path}:v1` })).revision, 'r7');
    await refused({ bundle: `oci:${layout({ index: 2 }).path}:v1` }, /holds 2 images; name one by its digest/);
  });

  it('reads an image with one layer for each file, whose title is its path', async () => {
    const { path } = layout({
      titles: { 'policy/gate.rego': policy, '/.manifest': '{"revision": "c1"}', 'README.md': '' },
    });
    assert.deepEqual(await load({ bundle: `oci:${path}:v1` }), { revision: 'c1', said: '' });
    await refused({ bundle: `oci:${layout({ titles: { '../gate.rego': policy } }).path}:v1` }, /is not allowed/);
    await refused({ bundle: `oci:${layout({ titles: { 'a.rego': policy, '/a.rego': policy } }).path}:v1` }, /twice/);
    await refused(
      { bundle: `oci:${layout({ titles: { 'a.rego': policy, '': '# no name' } }).path}:v1` },
      /has no title/,
    );
    await refused({ bundle: `oci:${layout({ titles: {} }).path}:v1` }, /no layers/);
    await refused(
      { bundle: `oci:${layout({ mediaType: 'application/vnd.oci.image.layer.v1.tar+zstd' }).path}:v1` },
      /with gzip/,
    );
  });

  it('holds every blob to its digest', async () => {
    const other = packed({ ...good, 'gate.rego': 'package pregate.push\n' });
    await refused({ bundle: `oci:${layout({ layer: other }).path}:v1` }, /is not what its digest says/);
    await refused(
      { bundle: `oci:${layout({ digest: 'sha256:../../../../etc/passwd' }).path}:v1` },
      /without a SHA-256 digest/,
    );
    await refused({ bundle: `oci:${layout({ version: '9' }).path}:v1` }, /no.* OCI image layout/);
    await refused({ bundle: `oci:${layout({ layers: 2 }).path}:v1` }, /2 archives, of which OPA would read the first/);
    await refused({ bundle: `oci:${folder(good)}:v1` }, /no such file/);
  });

  it('follows no link', async () => {
    const { path } = layout();
    const linked = folder({ 'oci-layout': '{"imageLayoutVersion": "1.0.0"}' });
    symlinkSync(join(path, 'index.json'), join(linked, 'index.json'));
    await refused({ bundle: `oci:${linked}:v1` }, /links are not followed/);
  });
});

describe('several bundles', () => {
  const rules: Files = { '.manifest': '{"revision": "a", "roots": ["pregate"]}', 'gate.rego': policy };
  const data: Files = {
    '.manifest': '{"revision": "b", "roots": ["acme"]}',
    'acme/data.json': '{"most": 50}',
  };
  const bundles = (...all: Files[]) => ({ bundles: all.map((files) => ({ bundle: `file:${folder(files)}` })) });

  it('judge together: a rule of one uses the data of another', async () => {
    const { bundle, problems } = await loadBundle({ cwd: root, root, env, policy: bundles(rules, data) });
    assert.deepEqual(problems, []);
    assert.ok(bundle);
    assert.deepEqual([bundle.source.revision, bundle.source.kind, bundle.source.parts?.length], ['a + b', 'mixed', 2]);
    const { engine } = engineFor(bundle);
    const result = engine?.evaluate(['data.pregate.push.deny'], { commits: new Array(51).fill({}) }, { nowNs: 0n });
    assert.deepEqual(result?.values[0], [{ rule: 'large-push', msg: 'too many' }]);
  });

  it('are fetched each for itself, data alone and rules that call another’s functions too', async () => {
    const lib: Files = {
      '.manifest': '{"roots": ["lib"]}',
      'l.rego': 'package lib\n\nmany(n) if n > data.acme.most\n',
    };
    const gate: Files = {
      '.manifest': '{"roots": ["pregate"]}',
      'g.rego': 'package pregate.push\n\ndeny contains "many" if data.lib.many(count(input.commits))\n',
    };
    const all: Record<string, Files> = {
      '/lib.tgz': lib,
      '/gate.tgz': gate,
      '/data.tgz': data,
      '/nothing.tgz': { '.manifest': '{}' },
    };
    const server = await serve((request, response) =>
      response.writeHead(200).end(packed(all[request.url ?? ''] as Files)),
    );
    const configs = ['/lib.tgz', '/gate.tgz', '/data.tgz'].map((path) => ({ bundle: server.url + path }));
    for (const config of configs)
      assert.equal((await fetchBundle(config, env, { beside: true }))?.state, 'new', config.bundle);
    const { bundle, problems } = await loadBundle({ cwd: root, root, env, policy: { bundles: configs } });
    assert.deepEqual(problems, []);
    const engine = bundle && engineFor(bundle).engine;
    const result = engine?.evaluate(['data.pregate.push.deny'], { commits: new Array(51).fill({}) }, { nowNs: 0n });
    assert.deepEqual(result?.values[0], ['many']);
    const [, , alone] = configs;
    assert.equal(
      (await fetchBundle(alone as { bundle: string }, env))?.code,
      'bundle-empty',
      'data alone judges nothing',
    );
    assert.equal(
      (await fetchBundle({ bundle: `${server.url}/nothing.tgz` }, env, { beside: true }))?.code,
      'bundle-empty',
    );
    const gateAlone = await loadBundle({
      cwd: root,
      root,
      env,
      policy: { bundles: [configs[1], configs[2]] as { bundle: string }[] },
    });
    assert.match(
      (gateAlone.bundle && engineFor(gateAlone.bundle).problems[0]?.message) ?? '',
      /undefined function data\.lib\.many/,
    );
    await refused(
      bundles(data, { '.manifest': '{"roots": ["b"]}', 'b/data.json': '{"x": 1}' }),
      /bundle-empty: .* and .* have no \.rego/,
    );
  });

  it('keep the numbers of each as they were written', async () => {
    const exact = { ...data, 'acme/data.json': '{"most": 12345678901234567890}' };
    const { bundle } = await loadBundle({ cwd: root, root, env, policy: bundles(rules, exact) });
    const engine = bundle && engineFor(bundle).engine;
    assert.equal(bundle?.dataJson, '{"acme":{"most":12345678901234567890}}');
    assert.deepEqual(engine?.evaluate(['data.pregate.push.deny'], { commits: [1] }, { nowNs: 0n }).values, [[]]);
  });

  it('may be in two versions of the language', async () => {
    const old: Files = {
      '.manifest': '{"roots": ["old"], "rego_version": 0}',
      'o.rego': 'package old\n\ndeny[msg] { msg := "no" }\n',
    };
    const { bundle } = await loadBundle({ cwd: root, root, env, policy: bundles(rules, data, old) });
    assert.ok(bundle && engineFor(bundle).engine);
  });

  it('are refused when their roots overlap, or when one of them is broken', async () => {
    await refused(
      bundles(rules, { ...data, '.manifest': '{"roots": ["acme", "pregate/push"]}' }),
      /bundle-overlap: .*\(pregate\).*\(pregate\/push\)/,
    );
    await refused(bundles(rules, { 'x.rego': 'package acme.x\n' }), /bundle-overlap: .*\(everything\)/);
    await refused(bundles(rules, { '.manifest': '[]' }), /bundle-manifest/);
    await refused(
      { bundles: [{ bundle: `file:${folder(rules)}` }, { bundle: 'http://127.0.0.1:9/x' }] },
      /bundle-not-fetched/,
    );
  });
});
