import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runApiSuite } from './harness/api-suite.ts';
import { bundleSuite, stageExtension } from './support/extension.ts';
import { makeSample, type SampleRepository, secretPath, secretText } from './support/repository.ts';

let folder: string;
let extensionPath: string;
let sample: SampleRepository;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pregate-api-'));
  extensionPath = await stageExtension(join(folder, 'extension'));
  sample = makeSample(folder);
  sample.write(secretPath, secretText());
  sample.git('add', '.');
});

after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

const state = (name: string) => ({ XDG_STATE_HOME: join(folder, name) });

test('the API suite passes inside VS Code', async () => {
  const code = await runApiSuite({
    extensionPath,
    suitePath: await bundleSuite('suite', join(folder, 'suites')),
    workspace: sample.root,
    env: state('state'),
    name: 'api-suite',
  });
  assert.equal(code, 0);
});

test('in Restricted Mode text is scanned and nothing of the repository runs', async () => {
  // Git would run this program on the next status of the index; nobody has trusted the folder, so nobody may ask git.
  const canary = join(sample.root, 'canary');
  sample.git('config', 'core.fsmonitor', `touch '${canary}'; false`);
  try {
    const code = await runApiSuite({
      extensionPath,
      suitePath: await bundleSuite('restricted', join(folder, 'suites')),
      workspace: sample.root,
      env: state('restricted-state'),
      trust: false,
      name: 'api-restricted',
    });
    assert.equal(code, 0);
  } finally {
    sample.git('config', '--unset', 'core.fsmonitor');
  }
});
