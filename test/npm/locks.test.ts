import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { hashesOf } from '../../agent/model/npm/integrity.ts';
import { type Lock, type LockEntry, lockOf } from '../../agent/model/npm/lock.ts';

const hash = `sha512-${'A'.repeat(86)}==`;
const commit = '0123456789abcdef0123456789abcdef01234567';

function read(path: string, text: string): Lock {
  const lock = lockOf(documentFromText(path, text));
  assert.ok(lock);
  return lock;
}

function brief({ path, name, version, source }: LockEntry): string {
  return `${path} ${name}@${version ?? ''} ${source}`;
}

/** The text an entry's place covers, to show that places are right in every format. */
function shown(lock: Lock, name: string): string[] {
  const entry = lock.entries.find((each) => each.name === name)!;
  const cut = (range: readonly [number, number]) => lock.document.text.slice(...range);
  return [cut(lock.rangeOf(entry)), cut(lock.fieldRangeOf(entry, 'integrity'))];
}

describe('package-lock.json', () => {
  const text = JSON.stringify(
    {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { a: '^1.0.0', alias: 'npm:real@^2.0.0' }, workspaces: ['packages/*'] },
        'node_modules/a': { version: '1.0.0', integrity: hash, dependencies: { b: '^1.0.0' }, hasInstallScript: true },
        'node_modules/a/node_modules/b': { version: '1.5.0', inBundle: true, license: 'MIT' },
        'node_modules/alias': { name: 'real', version: '2.0.0', integrity: hash, dev: true, deprecated: 'old' },
        'node_modules/b': { version: '2.0.0', integrity: hash, os: ['linux'] },
        'node_modules/g': { version: '1.0.0', resolved: `git+ssh://git@git.example/g.git#${commit}` },
        'node_modules/t': { version: '1.0.0', resolved: 'https://files.example/t.tgz', integrity: hash },
        'node_modules/r': { version: '1.0.0', resolved: 'https://files.example/r/-/r-1.0.0.tgz', integrity: hash },
        'node_modules/x': { resolved: 'packages/x', link: true },
        'packages/x': { version: '1.0.0', dependencies: { b: '^2.0.0' } },
        'packages/x/node_modules/b': { version: '2.1.0', integrity: hash },
      },
    },
    null,
    2,
  );
  const lock = read('package-lock.json', text);

  it('gives every entry with its source', () => {
    assert.deepEqual(lock.entries.map(brief), [
      'node_modules/a a@1.0.0 registry',
      'node_modules/a/node_modules/b b@1.5.0 registry',
      'node_modules/alias real@2.0.0 registry',
      'node_modules/b b@2.0.0 registry',
      'node_modules/g g@1.0.0 git',
      'node_modules/t t@1.0.0 url',
      'node_modules/r r@1.0.0 registry',
      'node_modules/x x@ link',
      'packages/x x@1.0.0 workspace',
      'packages/x/node_modules/b b@2.1.0 registry',
    ]);
    const [a, b, real] = lock.entries as [LockEntry, LockEntry, LockEntry];
    assert.deepEqual(
      [a.hasInstallScript, b.bundled, b.licence, real.dev, real.deprecated],
      [true, true, 'MIT', true, 'old'],
    );
    assert.deepEqual(shown(lock, 'a'), ['"node_modules/a"', `"${hash}"`]);
  });

  it('finds what a name means as Node would', () => {
    const at = (path: string) => lock.entries.find((entry) => entry.path === path)!;
    assert.equal(lock.resolve(at('node_modules/a'), 'b')?.version, '1.5.0');
    assert.equal(lock.resolve(at('packages/x'), 'b')?.version, '2.1.0');
    assert.equal(lock.resolve(undefined, 'b')?.version, '2.0.0');
    assert.equal(lock.resolve(undefined, 'x')?.source, 'workspace');
    assert.deepEqual([...lock.importers!.keys()], ['', 'packages/x']);
    assert.equal(lock.importers!.get('')!.entries.get('alias')?.name, 'real');
  });

  it('of version 1 gives the same paths', () => {
    const old = JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          integrity: hash,
          requires: { b: '^1.0.0' },
          dependencies: { b: { version: '1.5.0', bundled: true } },
        },
        g: { version: `git+https://git.example/g.git#${commit}`, from: 'git+https://git.example/g.git' },
        alias: { version: 'npm:real@2.0.0', integrity: hash },
        f: { version: 'file:packages/f' },
      },
    });
    const first = read('package-lock.json', old);
    assert.deepEqual(first.entries.map(brief).sort(), [
      'node_modules/a a@1.0.0 registry',
      'node_modules/a/node_modules/b b@1.5.0 registry',
      'node_modules/alias real@2.0.0 registry',
      'node_modules/f f@ workspace',
      'node_modules/g g@ git',
    ]);
    assert.equal(
      first.resolve(
        first.entries.find(({ name }) => name === 'a'),
        'b',
      )?.version,
      '1.5.0',
    );
    assert.equal(shown(first, 'b')[0], '"b"');
  });
});

describe('pnpm-lock.yaml', () => {
  const nine = `---
lockfileVersion: '9.0'

importers:
  .:
    configDependencies: {}

packages:

  pnpm@11.0.0:
    resolution: {integrity: ${hash}}

---
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@scope/a':
        specifier: ^1.0.0
        version: 1.0.0(b@2.0.0)
      alias:
        specifier: npm:b@^2.0.0
        version: b@2.0.0
    devDependencies:
      g:
        specifier: acme/g
        version: https://codeload.git.example/acme/g/tar.gz/${commit}

  packages/x:
    dependencies:
      y:
        specifier: workspace:*
        version: link:../y

packages:

  '@scope/a@1.0.0':
    resolution: {integrity: ${hash}}
    engines: {node: '>=18'}
    deprecated: |-
      Use another one:
        b@9.9.9:
    peerDependencies:
      b: '*'

  b@2.0.0:
    resolution: {integrity: ${hash}, tarball: https://packages.example/b/-/b-2.0.0.tgz}
    cpu: [x64]

  g@https://codeload.git.example/acme/g/tar.gz/${commit}:
    resolution: {tarball: https://codeload.git.example/acme/g/tar.gz/${commit}}
    version: 1.0.0

snapshots:

  '@scope/a@1.0.0(b@2.0.0)':
    dependencies:
      b: 2.0.0

  b@2.0.0:
    optional: true

  g@https://codeload.git.example/acme/g/tar.gz/${commit}: {}
`;
  const lock = read('pnpm-lock.yaml', nine);

  it('of version 9 is read with its snapshots and its first document', () => {
    assert.equal(lock.problem, undefined);
    assert.deepEqual(
      lock.entries.map(({ name, version, source }) => `${name}@${version} ${source}`),
      ['pnpm@11.0.0 registry', '@scope/a@1.0.0 registry', 'b@2.0.0 registry', 'g@1.0.0 git'],
    );
    const root = lock.importers!.get('')!;
    assert.deepEqual(
      [...root.specs],
      [
        ['@scope/a', '^1.0.0'],
        ['alias', 'npm:b@^2.0.0'],
        ['g', 'acme/g'],
      ],
    );
    assert.deepEqual(
      [...root.entries.values()].map((entry) => entry.name),
      ['@scope/a', 'b', 'g'],
    );
    assert.equal(lock.importers!.get('packages/x')!.specs.get('y'), 'workspace:*');
    const [, a, b] = lock.entries as [LockEntry, LockEntry, LockEntry];
    assert.equal(lock.resolve(a, 'b'), b);
    assert.deepEqual([b.optional, b.conditional, b.resolved], [true, true, 'https://packages.example/b/-/b-2.0.0.tgz']);
    assert.deepEqual(shown(lock, '@scope/a'), ["'@scope/a@1.0.0'", `{integrity: ${hash}}`]);
  });

  it('of versions 5 and 6 is read too', () => {
    const five = `lockfileVersion: 5.4\n\nspecifiers:\n  a: ^1.0.0\n\ndependencies:\n  a: 1.0.0_b@2.0.0\n\npackages:\n\n  /a/1.0.0_b@2.0.0:\n    resolution: {integrity: ${hash}}\n    requiresBuild: true\n    dependencies:\n      '@s/b': 2.0.0\n    dev: false\n\n  /@s/b/2.0.0:\n    resolution: {integrity: ${hash}}\n    dev: true\n`;
    const old = read('pnpm-lock.yaml', five);
    assert.deepEqual(
      old.entries.map(({ name, version, dev, hasInstallScript }) => [name, version, dev, hasInstallScript]),
      [
        ['a', '1.0.0', false, true],
        ['@s/b', '2.0.0', true, false],
      ],
    );
    assert.equal(old.importers!.get('')!.entries.get('a'), old.entries[0]);
    assert.equal(old.resolve(old.entries[0], '@s/b'), old.entries[1]);
    const six = `lockfileVersion: '6.0'\n\ndependencies:\n  a:\n    specifier: ^1.0.0\n    version: 1.0.0(b@2.0.0)\n\npackages:\n\n  /a@1.0.0(b@2.0.0):\n    resolution: {integrity: ${hash}}\n    dev: false\n`;
    const middle = read('pnpm-lock.yaml', six);
    assert.equal(middle.importers!.get('')!.entries.get('a')?.version, '1.0.0');
  });
});

describe('yarn.lock', () => {
  it('of yarn 1 is read', () => {
    const text = `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.\r\n# yarn lockfile v1\r\n\r\n\r\n"@scope/a@^1.0.0", "@scope/a@^1.1.0":\r\n  version "1.2.0"\r\n  resolved "https://packages.example/@scope/a/-/a-1.2.0.tgz#${commit}"\r\n  integrity ${hash}\r\n  dependencies:\r\n    b ">= 1.0.0 < 2"\r\n\r\nb@*, "b@>= 1.0.0 < 2":\r\n  version "1.9.0"\r\n  resolved "https://packages.example/b/-/b-1.9.0.tgz#${commit}"\r\n\r\n"g@git+https://git.example/g.git":\r\n  version "1.0.0"\r\n  resolved "git+https://git.example/g.git#${commit}"\r\n\r\n"alias@npm:real@^1.0.0":\r\n  version "1.0.0"\r\n  integrity ${hash}\r\n`;
    const lock = read('yarn.lock', text);
    assert.equal(lock.kind, 'yarn-classic');
    assert.deepEqual(
      lock.entries.map(({ name, version, source }) => `${name}@${version} ${source}`),
      ['@scope/a@1.2.0 registry', 'b@1.9.0 registry', 'g@1.0.0 git', 'real@1.0.0 registry'],
    );
    assert.equal(lock.resolve(lock.entries[0], 'b'), lock.entries[1]);
    assert.equal(lock.descriptors!.get('@scope/a@^1.1.0'), lock.entries[0]);
    assert.deepEqual(hashesOf(lock.entries[1]!), [{ algorithm: 'sha1', hex: commit }]);
    assert.deepEqual(hashesOf(lock.entries[2]!), []);
    assert.deepEqual(shown(lock, '@scope/a'), ['"@scope/a@^1.0.0", "@scope/a@^1.1.0"', hash]);
  });

  it('of yarn 2 and later is read', () => {
    const sum = 'ab'.repeat(64);
    const text = `# This file is generated by running "yarn install" inside your project.\n\n__metadata:\n  version: 8\n  cacheKey: 10c0\n\n"a@npm:^1.0.0, a@npm:^1.1.0":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n  dependencies:\n    b: "npm:^1.0.0"\n  checksum: 10c0/${sum}\n  languageName: node\n  linkType: hard\n\n"b@npm:^1.0.0":\n  version: 1.9.0\n  resolution: "b@npm:1.9.0::__archiveUrl=https%3A%2F%2Fpackages.example%2Fb.tgz"\n  checksum: 10c0/${sum}\n\n"x@workspace:packages/x":\n  version: 0.0.0-use.local\n  resolution: "x@workspace:packages/x"\n  dependencies:\n    a: "npm:^1.0.0"\n  linkType: soft\n\n"p@patch:p@npm%3A2.0.0#~/.yarn/patches/p.patch":\n  version: 2.0.0\n  resolution: "p@patch:p@npm%3A2.0.0#~/.yarn/patches/p.patch::version=2.0.0&hash=abc"\n  checksum: 10c0/${sum}\n\n"g@https://git.example/g.git#commit=${commit}":\n  version: 1.0.0\n  resolution: "g@https://git.example/g.git#commit=${commit}"\n`;
    const lock = read('yarn.lock', text);
    assert.equal(lock.kind, 'yarn-berry');
    assert.deepEqual(
      lock.entries.map(({ name, version, source }) => `${name}@${version} ${source}`),
      ['a@1.2.0 registry', 'b@1.9.0 registry', 'x@0.0.0-use.local workspace', 'p@2.0.0 registry', 'g@1.0.0 git'],
    );
    assert.equal(lock.entries[1]!.resolved, 'https://packages.example/b.tgz');
    assert.equal(lock.resolve(lock.entries[0], 'b'), lock.entries[1]);
    assert.equal(lock.importers!.get('packages/x')!.entries.get('a'), lock.entries[0]);
    assert.deepEqual(hashesOf(lock.entries[0]!), [{ algorithm: 'yarn-10c0', hex: sum }]);
  });
});

describe('bun.lock', () => {
  it('is read with its trailing commas', () => {
    const text = `{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": { "name": "app", "dependencies": { "a": "^1.0.0", }, },\n    "packages/x": { "name": "x", "dependencies": { "b": "^1.0.0" } },\n  },\n  "packages": {\n    "a": ["a@1.0.0", "", { "dependencies": { "@s/b": "^1.0.0" } }, "${hash}"],\n    "a/@s/b": ["@s/b@1.5.0", "https://packages.example/", { "os": "linux" }, "${hash}"],\n    "b": ["b@2.0.0", "", {}, "${hash}"],\n    "x/b": ["b@1.0.0", "", {}, "${hash}"],\n    "x": ["x@workspace:packages/x"],\n    "g": ["g@github:acme/g#0123456", {}, "acme-g-0123456"],\n  }\n}\n`;
    const lock = read('bun.lock', text);
    assert.equal(lock.problem, undefined);
    assert.deepEqual(
      lock.entries.map(({ name, version, source }) => `${name}@${version ?? ''} ${source}`),
      ['a@1.0.0 registry', '@s/b@1.5.0 registry', 'b@2.0.0 registry', 'b@1.0.0 registry', 'x@ workspace', 'g@ git'],
    );
    assert.equal(lock.resolve(lock.entries[0], '@s/b'), lock.entries[1]);
    assert.equal(lock.importers!.get('packages/x')!.entries.get('b')?.version, '1.0.0');
    assert.deepEqual(shown(lock, '@s/b'), ['"a/@s/b"', `"${hash}"`]);
  });
});

describe('a lockfile that cannot be read', () => {
  const cases: Record<string, string> = {
    'package-lock.json': '{"lockfileVersion": 3, "packages": {',
    'npm-shrinkwrap.json': '"text"',
    'pnpm-lock.yaml': 'no: version\n',
    'yarn.lock': 'something else\n',
    'bun.lock': '{"packages": {}}',
  };
  for (const [path, text] of Object.entries(cases)) {
    it(`${path} closes the gate`, () => {
      const { problem, entries } = read(path, text);
      assert.deepEqual([problem?.code, problem?.fatal, entries.length], ['lock-unreadable', true, 0]);
    });
  }

  it('because of conflict markers says where they are', () => {
    const text = 'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n';
    const lock = read('yarn.lock', text);
    assert.equal(text.slice(...lock.conflict!), '<<<<<<< HEAD');
    assert.equal(read('yarn.lock', 'a\n<<<<<<< HEAD\nb\n').conflict, undefined);
  });
});
