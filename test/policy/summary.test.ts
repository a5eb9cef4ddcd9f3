import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Collected } from '../../agent/gate/types.ts';
import type { Gate } from '../../agent/policy/types.ts';
import { collectedOf, commitOf, file, gateOf } from './support.ts';

const workflow = file(
  '.github/workflows/ci.yml',
  'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: make\n',
);
const release = file(
  '.github/workflows/release.yml',
  'on: push\npermissions:\n  id-token: write\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: npx @cyclonedx/cyclonedx-npm -o sbom.json\n      - run: npm publish\n',
);
const manifest = file('k8s/cm.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
const readme = file('README.md', '# A\n');

describe('the line of a gate that passes', () => {
  const lines = (parts: Partial<Collected>, ...asked: Gate[]) =>
    asked.map((gate) => gateOf(gate, collectedOf(parts)).summary);

  it('counts what the change touches, not what the repository has', () => {
    const context = [workflow, release, manifest];
    for (const scope of ['outgoing', 'staged', 'range'] as const) {
      assert.deepEqual(lines({ scope, targets: [readme], context }, 'build', 'publish', 'deploy'), [
        'this change touches no pipeline',
        'this change touches no release step',
        'no manifest in this change',
      ]);
      assert.deepEqual(lines({ scope, targets: [workflow], context: [release, manifest] }, 'build', 'publish'), [
        '1 pipeline passes',
        'this change touches no release step',
      ]);
    }
  });

  it('counts the whole repository where all of it was judged', () => {
    const targets = [workflow, release, manifest, readme];
    assert.deepEqual(lines({ scope: 'all', targets }, 'build', 'publish', 'deploy'), [
      '2 pipelines pass',
      '1 release step passes',
      '1 manifest passes',
    ]);
    assert.deepEqual(lines({ scope: 'all', targets: [readme] }, 'build', 'deploy'), [
      'no pipelines in this repository',
      'no manifests in this repository',
    ]);
    assert.deepEqual(lines({ scope: 'paths', targets: [readme], context: [workflow] }, 'build'), [
      'no pipeline in these files',
    ]);
  });

  it('separates thousands', () => {
    const change = { status: 'A', size: 1, mode: '100644', binary: false, lfs: false, submodule: false } as const;
    const changes = Array.from({ length: 40_002 }, (_, index) => ({ ...change, path: `${index}.txt` }));
    const parts = { changes: changes as unknown as Collected['changes'], commits: [commitOf('1', 'good')] };
    assert.deepEqual(lines(parts, 'push'), ['1 commit and 40,002 files pass']);
  });

  it('says why it is an approximation', () => {
    const skipped = [{ path: 'big.bin', reason: 'too-large', detail: 'big.bin is 60 MB', partial: true }] as const;
    const parts = { skipped: [...skipped] as Collected['skipped'], commits: [commitOf('1', 'good')] };
    assert.deepEqual(lines(parts, 'push'), ['1 commit and 0 files pass; not looked at: big.bin is 60 MB']);
  });
});
