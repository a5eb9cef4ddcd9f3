import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DependencySet } from '../../agent/model/sbom/component.ts';
import { type Change, diffDependencies } from '../../agent/model/sbom/diff.ts';
import { componentsOfCycloneDx } from '../../agent/model/sbom/from-cyclonedx.ts';
import { componentsOfLock } from '../../agent/model/sbom/from-lock.ts';
import { previewOf, sbomOf } from '../../agent/sbom/index.ts';
import { stateOf } from '../../agent/sbom/state.ts';
import { processorTime } from '../support/processor-time.ts';
import { cli, integrity, type LockPackage, project, snapshot } from './support.ts';

const root = { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' }, devDependencies: { tool: '^1.0.0' } };
const usual: Record<string, LockPackage> = {
  'node_modules/a': {
    version: '1.0.0',
    integrity: integrity('a1'),
    resolved: 'https://packages.example/a/-/a-1.0.0.tgz',
    license: 'MIT',
    dependencies: { b: '^1.0.0' },
  },
  'node_modules/b': { version: '1.0.0', integrity: integrity('b1'), license: 'MIT' },
  'node_modules/tool': { version: '1.0.0', integrity: integrity('t1'), license: 'MIT', dev: true },
};

function setOf(packages: Record<string, LockPackage>, manifest: object = root) {
  const state = stateOf(snapshot(manifest, { '': manifest, ...packages }));
  return componentsOfLock(state.lock!, [state.manifest!]);
}

function changes(packages: Record<string, LockPackage | undefined>, manifest: object = root): Change[] {
  const merged = Object.entries({ ...usual, ...packages }).filter(([, entry]) => entry !== undefined);
  return diffDependencies(setOf(usual), setOf(Object.fromEntries(merged) as Record<string, LockPackage>, manifest));
}

const brief = (list: readonly Change[]) =>
  list.map(({ class: kind, name, before, after, via }) => [kind, name, before, after, via.join('>')]);

describe('a diff of dependencies', () => {
  it('says nothing for equal sets, another order or another root version', () => {
    assert.deepEqual(changes({}), []);
    const reversed = Object.fromEntries(Object.entries(usual).reverse());
    assert.deepEqual(diffDependencies(setOf(usual), setOf(reversed, { ...root, version: '2.0.0' })), []);
  });

  it('puts changed content first', () => {
    const list = changes({
      'node_modules/b': { ...usual['node_modules/b'], integrity: integrity('other') },
      'node_modules/tool': { ...usual['node_modules/tool'], version: '1.0.1', integrity: integrity('t2') },
    });
    assert.deepEqual(brief(list), [
      ['hash-changed', 'b', '1.0.0', '1.0.0', 'a'],
      ['updated', 'tool', '1.0.0', '1.0.1', ''],
    ]);
    assert.equal(list[1]!.step, 'patch');
  });

  it('does not call a stronger hash, or one that is gone, changed content', () => {
    const sha1 = { ...usual['node_modules/b'], integrity: `sha1-${Buffer.alloc(20).toString('base64')}` };
    assert.deepEqual(changes({ 'node_modules/b': sha1 }), []);
    const { integrity: _, ...bare } = usual['node_modules/b']!;
    assert.deepEqual(changes({ 'node_modules/b': bare }), []);
  });

  it('sees another source', () => {
    const moved = { ...usual['node_modules/a'], resolved: 'https://evil.example/a/-/a-1.0.0.tgz' };
    assert.deepEqual(
      changes({ 'node_modules/a': moved }).map(({ class: kind, from, to }) => [kind, from, to]),
      [['source-changed', 'registry packages.example', 'registry evil.example']],
    );
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const git = { version: '1.1.0', resolved: `git+https://git.example/a.git#${commit}`, license: 'MIT' };
    assert.deepEqual(
      changes({ 'node_modules/a': git, 'node_modules/b': undefined }).map(({ class: kind, to }) => [kind, to]),
      [
        ['source-changed', 'git git.example 0123456'],
        ['updated', undefined],
        ['removed', undefined],
      ],
    );
  });

  it('names new scripts, new packages and who brings them', () => {
    const list = changes(
      {
        'node_modules/a': { ...usual['node_modules/a'], dependencies: { b: '^1.0.0', c: '^1.0.0' } },
        'node_modules/c': { version: '1.0.0', hasInstallScript: true, dependencies: { d: '^1.0.0' } },
        'node_modules/d': { version: '1.0.0' },
        'node_modules/left-pad': { version: '1.3.0', license: 'WTFPL' },
      },
      { ...root, dependencies: { a: '^1.0.0', 'left-pad': '^1.0.0' } },
    );
    assert.deepEqual(brief(list), [
      ['install-script-added', 'c', undefined, '1.0.0', 'a'],
      ['direct-added', 'left-pad', undefined, '1.3.0', ''],
      ['transitive-added', 'c', undefined, '1.0.0', 'a'],
      ['transitive-added', 'd', undefined, '1.0.0', 'a>c'],
    ]);
  });

  it('sees downgrades, licences, scopes and what is gone', () => {
    const list = changes({
      'node_modules/a': { ...usual['node_modules/a'], version: '0.9.0', dependencies: {} },
      'node_modules/b': undefined,
      'node_modules/tool': { ...usual['node_modules/tool'], license: 'BUSL-1.1', dev: false },
    });
    assert.deepEqual(brief(list), [
      ['downgraded', 'a', '1.0.0', '0.9.0', ''],
      ['licence-changed', 'tool', '1.0.0', '1.0.0', ''],
      ['scope-changed', 'tool', '1.0.0', '1.0.0', ''],
      ['removed', 'b', '1.0.0', undefined, ''],
    ]);
    assert.deepEqual(
      [list[1]!.from, list[1]!.to, list[2]!.from, list[2]!.to],
      ['MIT', 'BUSL-1.1', 'development', 'production'],
    );
  });

  it('compares several versions of one package by their places, not by their order', () => {
    const two = {
      ...usual,
      'node_modules/b': { version: '2.0.0', integrity: integrity('b2') },
      'node_modules/a/node_modules/b': { version: '1.0.0', integrity: integrity('b1') },
    };
    const moved = { version: '1.0.1', integrity: integrity('b101') };
    const after = Object.fromEntries(Object.entries({ ...two, 'node_modules/a/node_modules/b': moved }).reverse());
    assert.deepEqual(brief(diffDependencies(setOf(two), setOf(after))), [['updated', 'b', '1.0.0', '1.0.1', 'a']]);
    const third = { ...two, 'node_modules/tool/node_modules/b': { version: '3.0.0', integrity: integrity('b3') } };
    assert.deepEqual(
      brief(diffDependencies(setOf(two), setOf(third))).map(([kind, , , version]) => [kind, version]),
      [['transitive-added', '3.0.0']],
    );
  });

  it('costs no more than its size, however long a chain is', () => {
    const chain: Record<string, LockPackage> = { ...usual };
    for (let index = 0; index < 20_000; index++) {
      chain[`node_modules/n${index}`] = { version: '1.0.0', dependencies: { [`n${index + 1}`]: '1.0.0' } };
    }
    chain['node_modules/a'] = { ...usual['node_modules/a'], dependencies: { b: '^1.0.0', n0: '1.0.0' } };
    const start = processorTime();
    const list = diffDependencies(setOf(usual), setOf(chain));
    assert.ok(processorTime() - start < 3000, `${processorTime() - start} ms`);
    assert.equal(list.length, 20_000);
    const last = list.find(({ name }) => name === 'n19999')!;
    assert.deepEqual([last.via[0], last.via[1], last.via.at(-1)], ['a', '…', 'n19998']);
  });

  it('leaves members of the workspace out', () => {
    const member = { ...usual, 'packages/x': { version: '1.0.0' } };
    assert.deepEqual(diffDependencies(setOf(usual), setOf(member)), []);
  });
});

describe('a lock and the CycloneDX document made from it', () => {
  it('are the same set', async () => {
    const bom = await sbomOf(project(60), { cli });
    const state = stateOf(project(60));
    const lock = componentsOfLock(state.lock!, [state.manifest!]);
    const document = componentsOfCycloneDx(bom.bom);
    assert.deepEqual(diffDependencies(lock, document), []);
    assert.deepEqual(diffDependencies(document, lock), []);
    const plain = (set: DependencySet) =>
      set.components.map(({ key, path, scope, direct }) => `${key} ${path} ${scope} ${direct}`).sort();
    assert.deepEqual(plain(document), plain(lock));
  });
});

describe('two CycloneDX documents', () => {
  it('differ in what the lockfiles know and the generator does not write', async () => {
    const change = (packages: Record<string, LockPackage>) => {
      packages['node_modules/package-3']!.hasInstallScript = true;
      packages['node_modules/package-4']!.integrity = integrity('replaced');
    };
    const [before, after] = await Promise.all([sbomOf(project(20), { cli }), sbomOf(project(20, change), { cli })]);
    assert.deepEqual(brief(diffDependencies(before.set, after.set)), [
      ['hash-changed', 'package-4', '1.4.0', '1.4.0', ''],
      ['install-script-added', 'package-3', '1.3.0', '1.3.0', ''],
    ]);
  });
});

describe('the preview', () => {
  it('has the rows of the terminal view', () => {
    const before = project(40);
    const after = project(41, (packages) => {
      packages['node_modules/package-1']!.integrity = integrity('replaced');
      packages['node_modules/package-2']!.version = '2.0.0';
      packages['node_modules/package-3']!.hasInstallScript = true;
    });
    const preview = previewOf(after, { ...before, label: 'origin/main' });
    assert.deepEqual([preview.label, preview.base, preview.complete], ['index', 'origin/main', true]);
    assert.equal(preview.counts.components, 41);
    assert.deepEqual(
      preview.rows.map(({ word, subject, detail, broughtBy }) => [word, subject, detail, broughtBy]),
      [
        ['changed hash', 'package-1 1.1.0', 'same version, different content', ''],
        ['new script', 'package-3 1.3.0', 'runs a script at install time', ''],
        ['new', '1 transitive', '', 'brought by @scope/package-0 (1)'],
        ['updated', '1', '1 major', ''],
      ],
    );
  });

  it('is never complete when one side cannot be read', () => {
    const broken = { ...project(3), lock: Buffer.from('{') };
    assert.equal(previewOf(broken).complete, false);
    assert.equal(previewOf(project(3), broken).complete, false);
  });
});
