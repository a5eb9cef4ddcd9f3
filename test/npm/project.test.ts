import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { registryHosts } from '../../agent/model/npm/hosts.ts';
import { settingsOf } from '../../agent/model/npm/npmrc.ts';
import { npmProjectsOf } from '../../agent/model/npm/project.ts';
import { processorTime } from '../support/processor-time.ts';

const json = (path: string, value: object) => documentFromText(path, JSON.stringify(value, null, 2));
const lock = (packages: object) => ({ lockfileVersion: 3, packages });

describe('projects', () => {
  it('are one per manifest, members under their root’s lock', () => {
    const documents = [
      json('package.json', { name: 'root', workspaces: ['packages/*', '!packages/old', 'tools/{one,two}/**'] }),
      json('package-lock.json', lock({ '': {}, 'packages/a': { dependencies: { x: '1' } } })),
      json('packages/a/package.json', { name: 'a', dependencies: { x: '1' } }),
      json('packages/old/package.json', { name: 'old' }),
      json('tools/two/deep/er/package.json', { name: 'deep' }),
      json('elsewhere/package.json', { name: 'elsewhere' }),
      json('packages/a/node_modules/x/package.json', { name: 'x' }),
    ];
    const projects = npmProjectsOf(documents, []);
    assert.deepEqual(
      projects.map(({ folder, importer, lock, locks }) => [folder, importer, lock !== undefined, locks.length]),
      [
        ['', '', true, 1],
        ['elsewhere', '', false, 0],
        ['packages/a', 'packages/a', true, 0],
        ['packages/old', '', false, 0],
        ['tools/two/deep/er', 'tools/two/deep/er', true, 0],
      ],
    );
    assert.deepEqual([...projects[2]!.memberNames].sort(), ['a', 'deep', 'root']);
    assert.deepEqual(
      projects[0]!.members.map(({ name }) => name),
      ['a', 'deep'],
    );
    assert.ok(projects[2]!.documents.includes(documents[1]!));
  });

  it('know pnpm’s workspace file, several locks and the base side', () => {
    const before = [json('package-lock.json', lock({ '': {} })), json('package.json', { name: 'root', version: '1' })];
    const documents = [
      json('package.json', { name: 'root', packageManager: 'pnpm@10.0.0', overrides: { 'a>b': '1', '@s/c@^1': '2' } }),
      json('package-lock.json', lock({ '': {} })),
      documentFromText('pnpm-lock.yaml', "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n"),
      documentFromText(
        'pnpm-workspace.yaml',
        'packages:\n- "apps/*"\n- \'libs/**\'\noverrides:\n  d: 1.0.0\nonlyBuiltDependencies:\n  - esbuild\n',
      ),
      json('apps/one/package.json', { name: 'one' }),
    ];
    const [root, member] = npmProjectsOf(documents, before);
    assert.deepEqual(
      root!.locks.map(({ kind }) => kind),
      ['pnpm', 'npm'],
    );
    assert.equal(member!.lock?.kind, 'pnpm');
    assert.deepEqual([...root!.overridden].sort(), ['@s/c', 'b', 'd']);
    assert.deepEqual([...root!.allowScripts], [['esbuild', true]]);
    assert.equal(root!.base.manifest?.version, '1');
    assert.equal(root!.base.locks[0]?.kind, 'npm');
  });

  it('of a monorepo with 3,000 members are made in no time, and hostile patterns cost nothing', () => {
    const members = Array.from({ length: 3000 }, (_, index) =>
      json(`packages/m${index}/package.json`, { name: `m${index}` }),
    );
    const patterns = ['packages/*', '{}'.repeat(100_000), `packages/${'*a'.repeat(200)}`];
    const start = processorTime();
    const projects = npmProjectsOf([json('package.json', { name: 'root', workspaces: patterns }), ...members], []);
    assert.ok(processorTime() - start < 2000, `${processorTime() - start} ms`);
    assert.equal(projects[0]!.members.length, 3000);
  });

  it('tell applications from libraries', () => {
    const library = (value: object) => npmProjectsOf([json('package.json', value)], [])[0]!.manifest!.library;
    assert.equal(library({ name: 'a', version: '1.0.0', exports: './index.js' }), true);
    assert.equal(library({ name: 'a', version: '1.0.0', exports: './index.js', private: true }), false);
    assert.equal(library({ name: 'a', version: '1.0.0', scripts: {} }), false);
    assert.equal(library({ name: 'a', version: '1.0.0', main: 'x', engines: { vscode: '^1.0.0' } }), false);
  });
});

describe('settings', () => {
  it('are read with their places', () => {
    const text = '# c\n registry = https://packages.example/npm/ \r\n@s:registry="https://other.example:8443/"\nbare\n';
    const document = documentFromText('.npmrc', text);
    assert.deepEqual(
      settingsOf(document).map(({ key, value, range }) => [key, value, text.slice(...range)]),
      [
        ['registry', 'https://packages.example/npm/', 'https://packages.example/npm/'],
        ['@s:registry', 'https://other.example:8443/', 'https://other.example:8443/'],
      ],
    );
    const hosts = registryHosts([
      document,
      documentFromText('.yarnrc.yml', 'npmScopes:\n  acme:\n    npmRegistryServer: "https://yarn.example"\n'),
      documentFromText(
        'bunfig.toml',
        '[install]\nregistry = "https://bun.example"\n[install.scopes]\na = { url = "https://scope.example/" }\n',
      ),
    ]);
    for (const host of ['packages.example', 'other.example:8443', 'yarn.example', 'bun.example', 'scope.example']) {
      assert.ok(hosts.has(host), host);
    }
  });
});
