import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { sbomOf } from '../../agent/sbom/index.ts';
import { buildSbom } from '../../scripts/sbom-bundle.ts';
import { cli, project, temporary } from './support.ts';

it('the bundle runs from a folder that holds nothing else, and says the same as the generator itself', async () => {
  const folder = temporary();
  const outfile = join(folder.path, 'sbom.cjs');
  await buildSbom({ outfile, minify: true });
  assert.ok(statSync(outfile).size < 500_000, `${statSync(outfile).size} bytes`);
  const version = execFileSync(process.execPath, [outfile, '--version'], { cwd: folder.path, encoding: 'utf8' });
  assert.match(version, /^6\./);
  const bundled = await sbomOf(project(20), { cli: outfile });
  const original = await sbomOf(project(20), { cli });
  assert.deepEqual(bundled.problems, []);
  assert.deepEqual(bundled.bom, original.bom);
  folder.remove();
});
