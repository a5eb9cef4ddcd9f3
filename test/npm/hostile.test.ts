/** Locks are written by strangers: names of built-in properties, depth, size and shape must not matter. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromBytes, documentFromText } from '../../agent/model/document.ts';
import { lockOf } from '../../agent/model/npm/lock.ts';
import { manifestOf } from '../../agent/model/npm/manifest.ts';
import { npmProjectsOf } from '../../agent/model/npm/project.ts';
import { mismatchesOf } from '../../agent/model/npm/sync.ts';
import { componentsOfLock } from '../../agent/model/sbom/from-lock.ts';
import { npmKey, purlKey } from '../../agent/model/sbom/purl.ts';
import { processorTime } from '../support/processor-time.ts';

describe('a hostile lockfile', () => {
  it('may use the names of built-in properties', () => {
    const packages =
      '{"":{"dependencies":{"constructor":"1.0.0","__proto__":"1.0.0","toString":"1.0.0"}},' +
      '"node_modules/constructor":{"version":"1.0.0"},"node_modules/__proto__":{"version":"1.0.0"}}';
    const text = `{"lockfileVersion":3,"packages":${packages}}`;
    const manifest = '{"dependencies":{"constructor":"1.0.0","__proto__":"1.0.0","toString":"1.0.0","valueOf":"1"}}';
    const documents = [documentFromText('package-lock.json', text), documentFromText('package.json', manifest)];
    const [project] = npmProjectsOf(documents, []);
    assert.deepEqual(
      mismatchesOf(project!).map(({ kind, name }) => [kind, name]),
      [
        ['missing', 'toString'],
        ['missing', 'valueOf'],
      ],
    );
    assert.equal(Object.hasOwn(Object.prototype, 'version'), false);
  });

  it('may have any shape of values', () => {
    const wild =
      '[null,1,"x",[],{},{"version":1},{"version":"1.0.0","integrity":[],"dependencies":[1],"license":[{"type":1}]}]';
    for (const [index, value] of (JSON.parse(wild) as unknown[]).entries()) {
      const text = JSON.stringify({ lockfileVersion: 3, packages: { '': value, 'node_modules/a': value } });
      const lock = lockOf(documentFromText('package-lock.json', text))!;
      assert.equal(lock.problem, undefined, String(index));
      componentsOfLock(lock).edges();
      for (const entry of lock.entries) lock.fieldRangeOf(entry, 'integrity');
    }
    const bun = '{"workspaces":{"":1,"a":[]},"packages":{"a":[],"b":[1],"c":["c"],"d":null,"e":["@"]}}';
    assert.equal(lockOf(documentFromText('bun.lock', bun))!.problem, undefined);
    for (const json of ['{"dependencies":[]}', '{"dependencies":{"a":{}},"workspaces":1,"overrides":"x"}']) {
      assert.ok(manifestOf(documentFromText('package.json', json)).manifest);
    }
  });

  it('may not be nested deeper than a path can be long', () => {
    const nested = (depth: number) =>
      `{"lockfileVersion":1,"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`;
    assert.equal(lockOf(documentFromText('package-lock.json', nested(200)))!.entries.length, 200);
    assert.match(lockOf(documentFromText('package-lock.json', nested(20_000)))!.problem!.message, /too long/);
    const path = '/node_modules/a'.repeat(50_000).slice(1);
    const flat = JSON.stringify({ lockfileVersion: 3, packages: { [path]: { dependencies: { b: '1' } } } });
    assert.match(lockOf(documentFromText('package-lock.json', flat))!.problem!.message, /too long/);
    const bun = JSON.stringify({ workspaces: {}, packages: { [path]: ['a@1.0.0'] } });
    assert.match(lockOf(documentFromText('bun.lock', bun))!.problem!.message, /too long/);
  });

  it('with one line of a megabyte takes no time', () => {
    const start = processorTime();
    for (const path of ['yarn.lock', 'pnpm-lock.yaml']) {
      for (const filler of ['"', "'", '\\', '{', ': ', '- ', '? ', ' ', ',']) {
        const text = `# yarn lockfile v1\nlockfileVersion: 9\npackages:\n  ${filler.repeat(1_000_000)}`;
        lockOf(documentFromText(path, text));
      }
    }
    assert.ok(processorTime() - start < 3000, `${processorTime() - start} ms`);
  });

  it('of 60 MB is read once and its places only where asked for', () => {
    const one = (index: number) =>
      `"node_modules/package-${index}":{"version":"1.0.0","resolved":"https://packages.example/package-${index}/-/package-${index}-1.0.0.tgz","integrity":"sha512-${String(index).padStart(86, 'A')}==","license":"MIT","dependencies":{"package-${index + 1}":"^1.0.0"},"engines":{"node":">=18.0.0","npm":">=9.0.0 and some more text to make it long enough to count"}}`;
    const count = 150_000;
    const entries = Array.from({ length: count }, (_, index) => one(index));
    const bytes = Buffer.from(`{"lockfileVersion":3,"packages":{"":{},${entries.join(',')}}}`);
    entries.length = 0;
    assert.ok(bytes.length > 55_000_000, String(bytes.length));
    const lock = lockOf(documentFromBytes('package-lock.json', bytes))!;
    assert.equal(lock.entries.length, count);
    const last = lock.entries.at(-1)!;
    assert.equal(lock.document.text.slice(...lock.rangeOf(last)), `"node_modules/package-${count - 1}"`);
  });
});

describe('a purl', () => {
  it('of any name is well-formed and gives its key back', () => {
    for (const name of ['a', '@scope/a', 'a b', 'a?b#c', '\ud800', 'ä', '@a/b/c']) {
      assert.match(npmKey(name), /^pkg:npm\/[\w.%/:!~*'()-]+$/);
    }
    assert.equal(purlKey('pkg:npm/%40scope/a@1.0.0?download_url=x@y#z'), 'pkg:npm/%40scope/a');
    assert.equal(purlKey('pkg:npm/a'), 'pkg:npm/a');
  });
});
