/** Runs CycloneDX's generator with the real npm, offline: `npm ls --package-lock-only` needs no network. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { flatten, propertyOf } from '../../agent/model/sbom/from-cyclonedx.ts';
import { type SbomResult, sbomOf, summarise } from '../../agent/sbom/index.ts';
import { bytes, cli, integrity, leftovers, project, snapshot, temporary } from './support.ts';

const codes = (result: SbomResult) => result.problems.map((problem) => problem.code);
const pair = { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' } };

describe('a document', () => {
  it('is complete, has every hash and is the same twice', async () => {
    const first = await sbomOf(project(100), { cli });
    assert.deepEqual(first.problems, []);
    assert.equal(first.kind, 'cyclonedx');
    assert.equal(first.complete, true);
    assert.equal(first.bom?.specVersion, '1.6');
    const view = summarise(first);
    assert.deepEqual(
      { ...view.counts },
      {
        components: 100,
        unique: 100,
        direct: 10,
        development: 10,
        optional: 0,
        withHash: 100,
        withLicence: 100,
        installScripts: 0,
        deprecated: 0,
        firstParty: 0,
      },
    );
    assert.equal(view.tool, 'cyclonedx-npm 6.0.1');
    const second = await sbomOf(project(100), { cli });
    assert.equal(JSON.stringify(second.bom), JSON.stringify(first.bom));
    assert.deepEqual(leftovers(), []);
  });

  it('gets hashes, scripts and deprecations from the lock when it has no addresses', async () => {
    const bare = project(12, (packages) => {
      for (const entry of Object.values(packages)) delete entry.resolved;
      packages['node_modules/package-1']!.hasInstallScript = true;
      packages['node_modules/package-2']!.deprecated = 'use another';
    });
    const result = await sbomOf(bare, { cli });
    assert.equal(result.complete, true);
    const { counts } = summarise(result);
    assert.deepEqual([counts.withHash, counts.installScripts, counts.deprecated], [12, 1, 1]);
    const component = flatten(result.bom?.components).find((each) => each.name === 'package-1');
    assert.deepEqual(component?.hashes, [
      { alg: 'SHA-512', content: Buffer.from(integrity('package-1').slice(7), 'base64').toString('hex') },
    ]);
  });

  it('marks members of the workspace, so that they match no public package', async () => {
    const root = { name: 'app', version: '1.0.0', workspaces: ['packages/*'] };
    const member = { name: 'a', version: '1.0.0', dependencies: { b: '^1.0.0' } };
    const result = await sbomOf(
      {
        ...snapshot(root, {
          '': root,
          'packages/a': member,
          'node_modules/a': { resolved: 'packages/a', link: true },
          'node_modules/b': { version: '1.0.0', integrity: integrity('b') },
        }),
        workspaceManifests: [{ path: 'packages/a/package.json', bytes: bytes({ ...member, private: true }) }],
      },
      { cli },
    );
    assert.deepEqual(result.problems, []);
    const component = flatten(result.bom?.components).find((each) => each.name === 'a');
    assert.equal(propertyOf(component, 'pregate:npm:firstParty'), 'true');
    assert.equal(propertyOf(component, 'cdx:npm:package:private'), 'true');
    assert.equal(result.set.components.find(({ name }) => name === 'b')?.direct, true);
  });

  it('reads npm’s first lockfile format', async () => {
    const lock = {
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 1,
      requires: true,
      dependencies: { a: { version: '1.2.0', integrity: integrity('a') } },
    };
    const result = await sbomOf(
      { manifest: bytes(pair), lock: bytes(lock), lockName: 'npm-shrinkwrap.json', label: 'index' },
      { cli },
    );
    assert.deepEqual(result.problems, []);
    assert.equal(summarise(result).counts.withHash, 1);
  });
});

describe('a hostile or broken project', () => {
  it('cannot change the answer by settings in the environment or in .npmrc files', async () => {
    const expected = await sbomOf(project(30), { cli });
    const folder = temporary();
    writeFileSync(join(folder.path, '.npmrc'), 'omit[]=dev\ndepth=0\nlocation=global\nprefix=/usr\n');
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const env = {
        PATH: process.env['PATH'],
        HOME: folder.path,
        NODE_ENV: 'production',
        NODE_OPTIONS: '--require ./does-not-exist.cjs',
        npm_config_omit: 'dev',
        npm_config_depth: '0',
        npm_config_location: 'global',
        npm_config_global: 'true',
        npm_config_prefix: '/usr',
        npm_config_userconfig: join(folder.path, '.npmrc'),
        BOM_REPRODUCIBLE: '',
      };
      const result = await sbomOf(project(30), { cli, env });
      assert.deepEqual(result.problems, []);
      assert.equal(JSON.stringify(result.bom), JSON.stringify(expected.bom));
    } finally {
      process.chdir(before);
      folder.remove();
    }
  });

  it('is not run with pnpm or yarn when they started us', async () => {
    const folder = temporary();
    const wrong = join(folder.path, 'pnpm.cjs');
    writeFileSync(wrong, 'process.exit(7)');
    const result = await sbomOf(project(10), { cli, env: { PATH: process.env['PATH'], npm_execpath: wrong } });
    assert.equal(result.complete, true);
    folder.remove();
  });

  it('does not stop at an engine it forbids', async () => {
    const manifest = {
      ...pair,
      devEngines: { packageManager: { name: 'pnpm', onFail: 'error' } },
      engines: { node: '1' },
    };
    const lock = { '': pair, 'node_modules/a': { version: '1.0.0', integrity: integrity('a') } };
    assert.equal((await sbomOf(snapshot(manifest, lock), { cli })).complete, true);
  });

  it('is shown as incomplete when npm finds its tree faulty', async () => {
    const root = { ...pair, dependencies: { a: '^1.0.0', b: '^1.0.0' } };
    const result = await sbomOf(
      snapshot(root, {
        '': root,
        'node_modules/a': { version: '1.0.0', integrity: integrity('a'), peerDependencies: { b: '^2.0.0' } },
        'node_modules/b': { version: '1.0.0', integrity: integrity('b') },
      }),
      { cli },
    );
    assert.equal(result.kind, 'cyclonedx');
    assert.equal(result.complete, false);
    assert.deepEqual(codes(result), ['sbom-tree']);
    assert.match(result.problems[0]!.message, /invalid: b@1\.0\.0 \.\/node_modules\/b$/);
    assert.equal(summarise(result).counts.components, 2);
  });

  it('is shown as incomplete when the manifest asks for what the lock does not hold', async () => {
    const root = { ...pair, dependencies: { a: '^1.0.0', absent: '^1.0.0' } };
    const lock = { '': pair, 'node_modules/a': { version: '1.0.0', integrity: integrity('a') } };
    const result = await sbomOf(snapshot(root, lock), { cli });
    assert.equal(result.complete, false);
    assert.ok(codes(result).includes('sbom-tree'), codes(result).join());
  });

  it('gives no document for conflict markers or a truncated lock, and says so', async () => {
    const text = Buffer.from(project(3).lock!).toString();
    const conflict = `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`;
    for (const lock of [conflict, text.slice(0, 200), '[]', '']) {
      const result = await sbomOf({ ...project(3), lock: bytes(lock) }, { cli });
      assert.equal(result.bom, undefined);
      assert.equal(result.complete, false);
      assert.ok(
        result.problems.some((problem) => problem.fatal),
        codes(result).join(),
      );
    }
  });

  it('does not pass an empty document off as the truth', async () => {
    const folder = temporary();
    const fake = join(folder.path, 'fake.cjs');
    writeFileSync(fake, `console.log(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [] }))`);
    const result = await sbomOf(project(10), { cli: fake });
    assert.deepEqual(codes(result), ['sbom-empty']);
    assert.equal(result.kind, 'inventory');
    assert.equal(result.set.components.length, 10);
    folder.remove();
  });

  it('says when components are missing', async () => {
    const folder = temporary();
    const fake = join(folder.path, 'fake.cjs');
    const one = { type: 'library', name: 'package-1', version: '1.1.0' };
    const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [one] };
    writeFileSync(fake, `console.log(${JSON.stringify(JSON.stringify(bom))})`);
    const result = await sbomOf(project(10), { cli: fake });
    assert.deepEqual(codes(result), ['sbom-count']);
    assert.equal(result.complete, false);
    folder.remove();
  });

  it('cannot have its workspace manifests written outside the private folder', async () => {
    const folder = temporary();
    const outside = join(folder.path, 'package.json');
    const paths = [outside, `../../${'../'.repeat(8)}${outside.slice(1)}`, 'node_modules/a/package.json'];
    const result = await sbomOf(
      { ...project(3), workspaceManifests: paths.map((path) => ({ path, bytes: bytes({ name: 'x' }) })) },
      { cli },
    );
    assert.equal(result.complete, true);
    assert.throws(() => writeFileSync(outside, '', { flag: 'r+' }), /ENOENT/);
    folder.remove();
  });
});

describe('without npm', () => {
  it('gives its own inventory, labelled as such', async () => {
    const folder = temporary();
    const result = await sbomOf(project(25), { cli, env: { PATH: folder.path }, node: join(folder.path, 'node') });
    assert.deepEqual(codes(result), ['npm-not-found']);
    assert.equal(result.problems[0]!.message.startsWith('CycloneDX document not made: npm not found'), true);
    assert.deepEqual([result.kind, result.bom, result.complete], ['inventory', undefined, false]);
    assert.equal(summarise(result).counts.components, 25);
    folder.remove();
  });

  it('gives an inventory of other managers’ locks', async () => {
    const lock = '# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.2.0"\n';
    const result = await sbomOf(
      { manifest: bytes(pair), lock: bytes(lock), lockName: 'yarn.lock', label: 'index' },
      { cli },
    );
    assert.deepEqual(codes(result), ['sbom-other-manager']);
    assert.deepEqual(
      result.set.components.map(({ purl, direct }) => [purl, direct]),
      [['pkg:npm/a@1.2.0', true]],
    );
  });
});
