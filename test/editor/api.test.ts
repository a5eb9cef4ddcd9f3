import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { poisonedModules, programOfSettings } from '../product/hostile-repository.ts';
import { runApiSuite } from './harness/api-suite.ts';
import { bundleSuite, stageExtension } from './support/extension.ts';
import { pngSize } from './support/png.ts';
import { makeSample, type SampleRepository, secretPath, secretText } from './support/repository.ts';

let folder: string;
let extensionPath: string;
let sample: SampleRepository;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pregate-api-'));
  extensionPath = stageExtension(join(folder, 'extension'));
  sample = makeSample(folder);
  sample.write(secretPath, secretText());
  sample.git('add', '.');
});

after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

const state = (name: string) => ({ XDG_STATE_HOME: join(folder, name) });

/** Settings and packages of the workspace that run a canary; what it has made is there afterwards, or nothing is. */
function setTraps(): { canary: string; ran: () => boolean } {
  const canary = join(folder, 'canary.sh');
  const mark = join(folder, 'canary-ran');
  writeFileSync(canary, `#!/bin/sh\n: >'${mark}'\nexit 1\n`, { mode: 0o755 });
  spawnSync(canary);
  assert.ok(existsSync(mark), 'the canary sings when somebody runs it');
  rmSync(mark);
  mkdirSync(join(sample.root, '.vscode'), { recursive: true });
  writeFileSync(join(sample.root, '.vscode/settings.json'), JSON.stringify(programOfSettings(canary)));
  poisonedModules(sample.root, canary);
  writeFileSync(join(sample.root, '.git/info/exclude'), 'node_modules/\n.vscode/\n');
  return { canary, ran: () => existsSync(mark) };
}

/** The program that hooks are told to run on, as the editor has written it; undefined when it has written none. */
function runtimeOf(name: string): string | undefined {
  const file = join(folder, name, 'pregate/runtime');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : undefined;
}

test('threats 2 and 20: the API suite passes inside VS Code, and neither settings nor packages of the workspace are run', async () => {
  const traps = setTraps();
  const code = await runApiSuite({
    extensionPath,
    suitePath: await bundleSuite('suite', join(folder, 'suites')),
    workspace: sample.root,
    env: state('state'),
    gitConfig: '[user]\n\tname = Harness\n',
    name: 'api-suite',
  });
  assert.equal(code, 0);
  assert.deepEqual(pngSize('api-suite'), [1400, 900]);
  assert.equal(traps.ran(), false, 'threat 2: a setting of a trusted workspace has run a program');
  const runtime = runtimeOf('state');
  assert.ok(runtime !== undefined && runtime !== traps.canary, `threat 2: hooks would run on ${runtime}`);
});

test('threats 2, 3 and 20: in Restricted Mode text is scanned and nothing of the repository runs', async () => {
  const traps = setTraps();
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
    assert.equal(traps.ran(), false, 'threat 2: a setting of a workspace that nobody trusts has run a program');
    assert.equal(runtimeOf('restricted-state'), undefined, 'hooks are told nothing in Restricted Mode');
  } finally {
    sample.git('config', '--unset', 'core.fsmonitor');
  }
});
