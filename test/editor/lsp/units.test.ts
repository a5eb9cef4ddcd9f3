import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource, type Diagnostic } from 'vscode-languageserver/node';
import { completeConfig } from '../../../agent/lsp/config-completion.ts';
import { readOptions, readSettings } from '../../../agent/lsp/options.ts';
import { addressOf, fileUriOf, repoPathOf, uriKey } from '../../../agent/lsp/uri.ts';
import { kindOfChange } from '../../../agent/lsp/watched.ts';
import { createWorkspaceReports, resultIdOf } from '../../../agent/lsp/workspace-report.ts';
import type { RuleMeta } from '../../../agent/rules/rule.ts';
import { parseMessage } from '../../../extension/messages.ts';
import { splitExpiry } from '../../../extension/reason.ts';

test('every kind of document address is read, and the box of the commit message is a message', () => {
  assert.deepEqual(addressOf('file:///home/a%20b/c.txt'), {
    uri: 'file:///home/a%20b/c.txt',
    kind: 'file',
    file: '/home/a b/c.txt',
    name: 'c.txt',
  });
  assert.equal(addressOf('vscode-scm:git/scm0/input?rootUri=file%3A%2F%2F%2Fx').kind, 'message');
  assert.equal(addressOf('untitled:Untitled-1').name, 'Untitled-1');
  const cell = addressOf('vscode-notebook-cell:/x/book.ipynb#W0sZmlsZQ');
  assert.deepEqual([cell.kind, cell.file, cell.notebook], ['untitled', undefined, '/x/book.ipynb']);
  assert.equal(addressOf('file://other-machine/x').file, undefined);
  assert.equal(addressOf('file:///r/.git/COMMIT_EDITMSG').kind, 'message');
  assert.equal(addressOf('file:///r/.git/worktrees/a/TAG_EDITMSG').kind, 'message');
  assert.equal(addressOf('file:///r/docs/COMMIT_EDITMSG').kind, 'file');
  for (const printed of ['output:tasks', 'git:/r/a.ts?HEAD']) assert.equal(addressOf(printed).kind, 'printed');
});

test('two spellings of one file are one, and a path outside of the repository has none', () => {
  assert.equal(uriKey('file:///a/b%2Bc'), uriKey('file:///a/b+c'));
  assert.equal(repoPathOf('/r', '/r/a/b.txt'), 'a/b.txt');
  assert.equal(repoPathOf('/r', '/rest/b.txt'), undefined);
  assert.equal(repoPathOf('/r', '/r/..b/c'), '..b/c');
  assert.equal(fileUriOf('/r', 'a b/ü#.txt'), 'file:///r/a%20b/%C3%BC%23.txt');
  assert.equal(fileUriOf('/r', 'foreign-\udcff'), undefined);
});

test('a workspace pull is answered once and then held back until something changes', async () => {
  const reports = createWorkspaceReports();
  const { token } = new CancellationTokenSource();
  const one: Diagnostic = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, message: 'm' };
  let now = new Map<string, Diagnostic[]>([['file:///a', [one]]]);
  reports.wake();
  const first = await reports.answer([], token, () => now);
  assert.deepEqual(
    first.items.map((item) => item.kind),
    ['full'],
  );
  const previous = [{ uri: 'file:///a', value: resultIdOf([one]) }];
  let answered = false;
  const held = reports
    .answer(previous, token, () => now)
    .then((report) => {
      answered = true;
      return report;
    });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(answered, false, 'answered although nothing has changed');
  now = new Map([
    ['file:///a', [one]],
    ['file:///b', [one]],
  ]);
  reports.wake();
  const second = await held;
  assert.deepEqual(
    second.items.map(({ uri, kind }) => [uri, kind]),
    [
      ['file:///a', 'unchanged'],
      ['file:///b', 'full'],
    ],
  );
  now = new Map([['file:///b', [one]]]);
  reports.wake();
  const third = await reports.answer([], token, () => now);
  const gone = third.items.find((item) => item.uri === 'file:///a');
  assert.deepEqual(gone?.kind === 'full' && gone.items, [], 'a file that is no longer staged keeps its diagnostics');
});

test('a held workspace pull ends when it is cancelled', async () => {
  const reports = createWorkspaceReports();
  const source = new CancellationTokenSource();
  const held = reports.answer([], source.token, () => new Map());
  source.cancel();
  assert.deepEqual(await held, { items: [] });
});

test('options of the wrong kind are as if they were not there, and a remote cannot be an option of git', () => {
  assert.equal(readOptions(undefined).trusted, true);
  assert.equal(readOptions({ trusted: false }).trusted, false);
  assert.equal(readOptions({ runtime: { executable: 'node' } }).runtime.executable, '');
  assert.deepEqual(readSettings({ background: 'no', delay: -1, remote: '--upload-pack=x', advice: 'error' }), {
    background: true,
    delay: 300,
    remote: '',
    advice: 'warning',
  });
  assert.equal(readSettings({ remote: 'upstream' }).remote, 'upstream');
});

test('the configuration is completed from its schema while it is still broken', () => {
  const meta = { id: 'unpinned-uses', title: 'Action by a reference that can move' } as RuleMeta;
  const rules = new Map([[meta.id, meta]]);
  const labels = (text: string, line: number, character: number) =>
    completeConfig(text, { line, character }, rules).map((item) => item.label);
  assert.ok(labels('', 0, 0).includes('policy'));
  assert.deepEqual(labels('version: 1\npolicy:\n  \n', 2, 2).sort(), [
    'bundle',
    'bundles',
    'feeds',
    'forge',
    'forge-max-age',
    'key',
    'max-age',
    'scope',
  ]);
  assert.deepEqual(labels('rules:\n  \n', 1, 2), ['unpinned-uses']);
  assert.deepEqual(labels('rules:\n  unpinned-uses: \n', 1, 17), ['off', 'shadow', 'warn', 'enforce']);
  assert.deepEqual(labels('signing:\n  required: \n', 1, 12), ['true', 'false']);
  assert.deepEqual(labels('exclude: [vendor/**]\n', 0, 20), []);
});

test('a change below .git is one of the repository, any other is one of a companion', () => {
  assert.equal(kindOfChange('file:///r/.git/index'), 'repository');
  assert.equal(kindOfChange('file:///r/package-lock.json'), 'companion');
});

test('a message of the web view is taken only when every field is what it must be', () => {
  const place = {
    uri: 'file:///r/a',
    label: 'a:1',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  };
  assert.deepEqual(parseMessage({ type: 'open', place }), { type: 'open', place });
  for (const wrong of [
    null,
    'open',
    {},
    { type: 'open' },
    { type: 'open', place: { ...place, uri: 'command:workbench.action.quit' } },
    { type: 'open', place: { ...place, uri: 'https://example.com' } },
    { type: 'open', place: { ...place, commit: '--output=x' } },
    { type: 'open', place: { ...place, range: { start: { line: -1, character: 0 }, end: {} } } },
    { type: 'explain', rule: '../../etc/passwd' },
    { type: 'tab', tab: 'log' },
    { type: 'run', command: 'x' },
  ]) {
    assert.equal(parseMessage(wrong), undefined, JSON.stringify(wrong));
  }
});

test('a reason may end with the day on which it expires', () => {
  assert.deepEqual(splitExpiry('example key, until 2027-01-31'), { reason: 'example key', expires: '2027-01-31' });
  assert.deepEqual(splitExpiry('kept until the vendor answers'), { reason: 'kept until the vendor answers' });
  assert.deepEqual(splitExpiry('until 2027-01-31'), { reason: 'until 2027-01-31' });
});
