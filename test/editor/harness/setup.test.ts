import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ensureWorkbench } from './setup.ts';

const npm = process.env['npm_execpath'];
let directory = '';

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pregate-setup-'));
});

after(async () => {
  if (npm === undefined) {
    delete process.env['npm_execpath'];
  } else {
    process.env['npm_execpath'] = npm;
  }
  await rm(directory, { recursive: true, force: true });
});

test('a tarball with another integrity than the recorded one is not unpacked', async () => {
  await useRegistryThat(`const { writeFileSync } = require('node:fs');
    const folder = process.argv[process.argv.indexOf('--pack-destination') + 1];
    writeFileSync(folder + '/' + process.argv[3].replace('@', '-') + '.tgz', 'another tarball');`);
  const cacheDir = join(directory, 'tampered');
  await assert.rejects(
    ensureWorkbench(cacheDir),
    /^Error: the tarball of code-server@[\d.]+ is not the recorded one[^\n]*$/,
  );
  assert.deepEqual(await readdir(cacheDir), []);
});

test('a registry that does not answer is an error of one line that says what npm said', async () => {
  await useRegistryThat(`console.error('npm error code ENOTFOUND');
    console.error('npm error network request to the registry failed');
    console.error('npm error A complete log of this run can be found in: a.log');
    process.exit(1);`);
  const cacheDir = join(directory, 'offline');
  await assert.rejects(
    ensureWorkbench(cacheDir),
    /^Error: npm pack code-server@[\d.]+: exit code 1: ENOTFOUND: network request to the registry failed$/,
  );
  assert.deepEqual(await readdir(cacheDir), []);
});

/** Stands in for the npm that runs the tests, because the real registry neither tampers nor goes away on request. */
async function useRegistryThat(script: string): Promise<void> {
  const folder = await mkdtemp(join(directory, 'npm-'));
  await mkdir(join(folder, 'bin'));
  const path = join(folder, 'bin', 'npm-cli.js');
  await writeFile(path, script);
  process.env['npm_execpath'] = path;
}
