import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { exportSbom, type SbomResult, sbomOf } from '../../agent/sbom/index.ts';
import { cli, project, temporary } from './support.ts';

describe('an export', () => {
  let result: SbomResult;
  before(async () => {
    result = await sbomOf(project(10), { cli });
  });

  it('is written whole, with the time of the commit, the phase and a serial number that follows from the content', () => {
    const folder = temporary();
    const options = { root: folder.path, timestamp: '2026-11-22T10:00:00Z' };
    assert.equal(exportSbom(result, 'bom.json', options), undefined);
    assert.equal(exportSbom(result, 'again.json', options), undefined);
    const text = readFileSync(join(folder.path, 'bom.json'), 'utf8');
    assert.equal(readFileSync(join(folder.path, 'again.json'), 'utf8'), text);
    const bom = JSON.parse(text);
    assert.equal(bom.metadata.timestamp, '2026-11-22T10:00:00Z');
    assert.deepEqual(bom.metadata.lifecycles, [{ phase: 'pre-build' }]);
    assert.deepEqual(bom.metadata.properties, [{ name: 'pregate:npm:enriched', value: 'true' }]);
    assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(readdirSync(folder.path).sort(), ['again.json', 'bom.json']);
    folder.remove();
  });

  it('never leaves the repository, by path or by link', () => {
    const folder = temporary();
    const root = join(folder.path, 'repository');
    const outside = join(folder.path, 'outside');
    mkdirSync(root);
    mkdirSync(outside);
    writeFileSync(join(outside, 'victim'), 'untouched');
    symlinkSync(join(outside, 'victim'), join(root, 'link.json'));
    symlinkSync(outside, join(root, 'folder'));
    for (const path of ['link.json', 'folder/new.json', '../outside/new.json', join(outside, 'new.json'), '.']) {
      assert.equal(exportSbom(result, path, { root })?.code, 'export-outside-root', path);
    }
    assert.deepEqual(readdirSync(outside), ['victim']);
    assert.equal(readFileSync(join(outside, 'victim'), 'utf8'), 'untouched');
    folder.remove();
  });

  it('replaces a dangling link instead of creating what it points to', () => {
    const folder = temporary();
    const root = join(folder.path, 'repository');
    mkdirSync(root);
    symlinkSync(join(folder.path, 'created'), join(root, 'bom.json'));
    assert.equal(exportSbom(result, 'bom.json', { root }), undefined);
    assert.equal(existsSync(join(folder.path, 'created')), false);
    folder.remove();
  });

  it('says what was not done', () => {
    const folder = temporary();
    assert.equal(exportSbom(result, 'absent/bom.json', { root: folder.path })?.code, 'export-failed');
    const none = { ...result, bom: undefined, kind: 'inventory' as const };
    assert.equal(exportSbom(none, 'bom.json', { root: folder.path })?.code, 'sbom-not-made');
    assert.deepEqual(readdirSync(folder.path), []);
    folder.remove();
  });
});
