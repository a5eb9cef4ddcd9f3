import * as assert from 'node:assert/strict';
import { commands, extensions, languages, Uri, window, workspace } from 'vscode';
import type { PregateApi } from '../../../extension/main.ts';
import { eventually, runTests, test } from './runner.ts';

/** Entry of the suite that runs in a folder nobody has trusted. */
export async function run(): Promise<void> {
  const api = (await extensions.getExtension('pregate.pregate')?.activate()) as PregateApi;
  const [folder] = workspace.workspaceFolders ?? [];

  test('the window is restricted and the extension runs in it', () => {
    assert.equal(workspace.isTrusted, false);
    assert.ok(api);
  });

  test('the text of an opened file is scanned', async () => {
    const uri = Uri.joinPath(folder!.uri, '.github/workflows/ci.yml');
    await window.showTextDocument(await workspace.openTextDocument(uri));
    const found = await eventually('the diagnostic', () => {
      return languages.getDiagnostics(uri).find((one) => (one.code as { value?: string }).value === 'unpinned-uses');
    });
    assert.equal(found.source, 'pregate');
  });

  test('git is not asked: no repository, no gate, no preview', async () => {
    const state = await eventually('the state', () => api.agent.state);
    assert.equal(state.trusted, false);
    assert.deepEqual(state.repositories, []);
    await assert.rejects(api.agent.ask('pregate/preview', { uri: folder!.uri.toString() }), /Restricted Mode/);
    await commands.executeCommand('pregate.checkNow');
    assert.deepEqual(api.agent.state?.repositories, []);
  });

  test('nothing that the repository names was run', async () => {
    await assert.rejects(async () => await workspace.fs.stat(Uri.joinPath(folder!.uri, 'canary')));
  });

  await runTests();
}
