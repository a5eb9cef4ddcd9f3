import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pngSize } from '../support/png.ts';
import { runApiSuite } from './api-suite.ts';
import { screenshotDir } from './cache.ts';
import { run } from './run.ts';
import { MARKED_WORD, packVsix, writeThrowawayExtension } from './throwaway-extension.ts';
import { installVsix, openWindow, type Window } from './window.ts';

const gitConfig = '[user]\n\tname = Harness\n\temail = harness@example.test\n[init]\n\tdefaultBranch = main\n';

let directory = '';
let extensionPath = '';
let workspace = '';

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pregate-harness-'));
  extensionPath = join(directory, 'extension');
  workspace = join(directory, 'workspace');
  await writeThrowawayExtension(extensionPath);
  await mkdir(workspace);
  await writeFile(join(workspace, 'notes.txt'), `one ${MARKED_WORD} word\n`);
  await mkdir(join(workspace, 'deep'));
  await writeFile(join(workspace, 'deep', 'notes.txt'), 'of the same name\n');
  await run('git', ['init', '--quiet', '--initial-branch=main', workspace], { cwd: directory, timeout: 10_000 });
  const hook = '#!/bin/sh\necho "Commit blocked by 1 finding" >&2\nexit 1\n';
  await writeFile(join(workspace, '.git', 'hooks', 'pre-commit'), hook, { mode: 0o755 });
});

after(() => rm(directory, { recursive: true, force: true }));

// That a suite passes, with the extension, the workspace, the environment and the git configuration it was given, is
// seen in ../api.test.ts; that a window opens in Restricted Mode, with its settings and size, in ../window.
describe('runApiSuite', () => {
  test('returns 1 for a suite that fails', async () => {
    assert.equal(await runSuite('fails', `throw new Error('this suite fails on purpose');`), 1);
  });

  test('stops a suite that does not end, returns 1 and leaves no process', async () => {
    const code = await runSuite('hangs', 'await new Promise(() => {});', 6_000);
    assert.equal(code, 1);
    assert.deepEqual(await processesOf(directory), []);
    assert.deepEqual(pngSize('harness-hangs'), [1400, 900]);
  });
});

describe('openWindow', () => {
  const extensionsDir = (): string => join(directory, 'extensions');
  let window: Window;

  before(async () => {
    const vsix = join(directory, 'throwaway.vsix');
    await packVsix(extensionPath, vsix);
    await installVsix(vsix, extensionsDir());
    window = await openWindow({ workspace, extensionsDir: extensionsDir(), trust: true, gitConfig });
  });

  after(() => window?.close());

  test('opens a file and shows the status item of the installed extension', async () => {
    await window.openFile('deep/notes.txt');
    await window.waitForText('of the same name');
    await window.openFile('notes.txt');
    await window.waitForText(MARKED_WORD);
    const item = await window.waitFor('the status item', () => window.statusItem('throwaway.status'));
    assert.equal(item.text, 'Throwaway');
    assert.equal(item.kind, 'warning');
    assert.match(item.label, /A tooltip/);
    assert.equal(await window.statusItem('no-such-item'), undefined);
  });

  test('runs a command and reads its toast and its modal dialog', async () => {
    await window.command('Throwaway: Say Hello');
    const [toast] = await window.waitFor('a toast', window.toasts);
    assert.deepEqual(toast, { message: 'Hello, trusted window', severity: 'warning', buttons: ['Answer'] });
    const picture = await window.screenshot('harness-toast');
    assert.equal(picture, join(screenshotDir, 'harness-toast.png'));
    assert.deepEqual(pngSize('harness-toast'), [1400, 900]);
    await window.press('Answer');
    const dialog = await window.waitFor('the dialog', window.dialogText);
    assert.deepEqual(dialog.split('\n').slice(0, 2), ['You chose Answer', 'With a detail']);
    await window.page.keyboard.press('Escape');
    await window.waitFor('the end of the dialog', async () => (await window.dialogText()) === undefined);
  });

  test('commits from the Source Control view and reads the modal of a hook that refuses', async () => {
    await window.command('Git: Stage All Changes');
    await window.focusScm();
    await window.page.keyboard.type('Try it');
    await window.waitFor('the message', () => window.page.locator('.scm-input', { hasText: /^Try.it/ }).isVisible());
    await window.page.keyboard.press('Control+Enter');
    const dialog = await window.waitFor('the dialog', window.dialogText);
    assert.match(dialog, /^Git: Commit blocked by 1 finding\n/);
    await window.screenshot('harness-blocked-commit');
    await window.page.keyboard.press('Escape');
  });

  test('says what it saw when a command does not exist', async () => {
    await assert.rejects(
      window.command('Throwaway: No Such Command', 1_000),
      /is not in the list VS Code shows for F1/,
    );
  });

  test('leaves no process and no folder behind', async () => {
    const run = join(window.home, '..');
    await window.close();
    assert.deepEqual(await processesOf(run), []);
    await assert.rejects(stat(run), { code: 'ENOENT' });
  });
});

async function runSuite(name: string, body: string, timeout = 60_000): Promise<number> {
  const suitePath = join(directory, `${name}.cjs`);
  await writeFile(suitePath, `exports.run = async () => { ${body} };`);
  return await runApiSuite({ extensionPath, suitePath, workspace, timeout, name: `harness-${name}` });
}

/** Command lines of the running processes that name a folder. */
async function processesOf(folder: string): Promise<string[]> {
  const listed = await run('ps', ['-A', '-o', 'args='], { cwd: directory, timeout: 10_000 });
  return listed.split('\n').filter((line) => line.includes(folder));
}
