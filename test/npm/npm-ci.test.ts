/** What `lock-out-of-sync` says about npm is compared with npm itself, offline: `npm ci --dry-run` fetches nothing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { npmProjectsOf } from '../../agent/model/npm/project.ts';
import { mismatchesOf } from '../../agent/model/npm/sync.ts';
import { findNpm } from '../../agent/sbom/npm-cli.ts';

interface Manifest {
  name: string;
  version: string;
  workspaces?: string[];
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const integrity = `sha512-${'A'.repeat(86)}==`;
const root: Manifest = {
  name: 'app',
  version: '1.0.0',
  workspaces: ['packages/*'],
  dependencies: { a: '^1.0.0', b: '^1.0.0', t: '^1.0.0' },
};
const member: Manifest = { name: 'x', version: '1.0.0', dependencies: { a: '^1.1.0' } };
const lock = {
  name: 'app',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': root,
    'packages/x': member,
    'node_modules/x': { resolved: 'packages/x', link: true },
    'node_modules/a': { version: '1.2.0', integrity },
    'node_modules/b': { version: '1.0.0', integrity },
    'node_modules/t': { version: '1.0.0', integrity, resolved: 'https://packages.example/t/-/t-1.0.0.tgz' },
  },
};

const cases: Record<string, (root: Manifest, member: Manifest) => void> = {
  'as it was': () => {},
  'a dependency added': (manifest) => {
    manifest.dependencies['c'] = '^1.0.0';
  },
  'an optional one added': (manifest) => {
    manifest.optionalDependencies = { c: '^1.0.0' };
  },
  'one removed': (manifest) => {
    delete manifest.dependencies['b'];
  },
  'one moved': (manifest) => {
    delete manifest.dependencies['b'];
    manifest.devDependencies = { b: '^1.0.0' };
  },
  'a range that the locked version satisfies': (manifest) => {
    manifest.dependencies['a'] = '1.2.0';
  },
  'a range that it does not': (manifest) => {
    manifest.dependencies['a'] = '^2.0.0';
  },
  'a tag, the lock naming no tarball': (manifest) => {
    manifest.dependencies['a'] = 'latest';
  },
  'a tag, the lock naming a tarball': (manifest) => {
    manifest.dependencies['t'] = 'next';
  },
  'any version': (manifest) => {
    manifest.dependencies['a'] = '*';
  },
  'an alias of another package': (manifest) => {
    manifest.dependencies['a'] = 'npm:other@^1.0.0';
  },
  'a member’s range that it does not satisfy': (_, own) => {
    own.dependencies['a'] = '^3.0.0';
  },
  'a member’s new dependency': (_, own) => {
    own.dependencies['c'] = '^1.0.0';
  },
};

const npm = findNpm({ env: process.env, node: process.execPath });
const folder = mkdtempSync(join(tmpdir(), 'pregate-test-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

describe('npm ci', { skip: npm ? false : 'npm is not installed' }, () => {
  for (const [name, change] of Object.entries(cases)) {
    it(`agrees: ${name}`, () => {
      const manifests = structuredClone({ root, member });
      change(manifests.root, manifests.member);
      const files = {
        'package.json': JSON.stringify(manifests.root),
        'packages/x/package.json': JSON.stringify(manifests.member),
        'package-lock.json': JSON.stringify(lock),
      };
      const documents = Object.entries(files).map(([path, text]) => documentFromText(path, text));
      const ours = npmProjectsOf(documents, []).flatMap(mismatchesOf);
      assert.equal(accepted(files), !ours.some((mismatch) => mismatch.fails), JSON.stringify(ours));
    });
  }
});

function accepted(files: Record<string, string>): boolean {
  mkdirSync(join(folder, 'packages/x'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const args = [npm!.path, 'ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-update-notifier'];
  const env = { PATH: process.env['PATH'], HOME: folder, npm_config_cache: join(folder, 'cache') };
  return spawnSync(process.execPath, args, { cwd: folder, env }).status === 0;
}
