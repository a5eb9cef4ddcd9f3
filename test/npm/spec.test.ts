import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseSpec } from '../../agent/model/npm/spec.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

const kinds: Record<string, string> = {
  '1.2.3': 'exact',
  '=1.2.3': 'exact',
  'v1.2.3-rc.1+build': 'exact',
  '^1.2.3': 'range',
  '~1': 'range',
  '1.x': 'range',
  '1': 'range',
  '>=1 <2 || ^3': 'range',
  '1.0.0 - 2.0.0': 'range',
  '': 'tag',
  '*': 'tag',
  x: 'tag',
  latest: 'tag',
  'next-13': 'tag',
  'npm:other@^1.0.0': 'range',
  'npm:@scope/other@1.0.0': 'exact',
  'npm:other': 'tag',
  'npm:^1.0.0': 'range',
  'workspace:^': 'workspace',
  'catalog:': 'catalog',
  'patch:a@npm%3A1.0.0#./a.patch': 'patch',
  'file:../a': 'file',
  './a': 'file',
  '../a.tgz': 'file',
  '/opt/a': 'file',
  'link:../a': 'link',
  'https://files.example/a.tgz': 'url',
  'https://git.example/a.git': 'git',
  'git+ssh://git@git.example/a.git#v1': 'git',
  'git@git.example:a/b.git': 'git',
  'acme/tool': 'git',
  'github:acme/tool#main': 'git',
};

for (const [text, kind] of Object.entries(kinds)) {
  it(`"${text}" is ${kind}`, () => assert.equal(parseSpec(text).kind, kind));
}

it('tells how firmly a git dependency is pinned', () => {
  const pins = ['', '#main', '#v1.2.0', '#semver:^1', `#${commit}`, '#0123456', '#feature/1', `#commit=${commit}`];
  const found = pins.map((tail) => parseSpec(`github:acme/tool${tail}`).git?.pin);
  assert.deepEqual(found, ['none', 'branch', 'tag', 'semver', 'commit', 'short', 'branch', 'commit']);
  const transports = ['git://h/a.git', 'git+http://h/a.git', 'http://h/a.git', 'git@h:a.git', 'acme/tool'];
  assert.deepEqual(
    transports.map((text) => parseSpec(text).git?.transport),
    ['git', 'http', 'http', 'ssh', 'github'],
  );
});

it('keeps an alias apart from its range', () => {
  const { alias, range } = parseSpec('npm:@scope/other@^1.0.0');
  assert.deepEqual([alias, range], ['@scope/other', '^1.0.0']);
});
