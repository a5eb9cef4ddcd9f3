import * as assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  extensions,
  type Hover,
  languages,
  type MarkdownString,
  Range,
  type TextDocument,
  type TreeItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { PregateApi } from '../../../extension/main.ts';
import type { TreeNode } from '../../../extension/tree.ts';
import { generateSecret } from '../../support/secrets.ts';
import { eventually, runTests, test } from './runner.ts';

const workflowPath = '.github/workflows/ci.yml';
const reference = 'acme/deploy@v2';

/** Entry of the suite, as `@vscode/test-electron` calls it. */
export async function run(): Promise<void> {
  const api = (await extensions.getExtension('pregate.pregate')?.activate()) as PregateApi;
  assert.ok(api, 'the extension is not installed');

  test('the agent starts by itself in a repository and sends its state', async () => {
    await eventually('the agent', () => api.agent.status === 'running');
    const title = await eventually('the title', () => api.agent.state?.repositories[0]?.title);
    assert.equal(title, 'feature/login → origin/main');
  });

  test('the window has the git configuration that the launcher was given', async () => {
    const git = extensions.getExtension('vscode.git')?.exports.getAPI(1);
    const [repository] = await eventually('the repository', () => git.repositories);
    assert.equal(await repository.getGlobalConfig('user.name'), 'Harness');
  });

  test('a finding stands at its exact range, with a page that opens offline', async () => {
    const document = await openFile(workflowPath);
    const found = await eventually('the diagnostic', () => diagnosticAt(document, 'unpinned-uses'));
    assert.equal(document.getText(found.range), reference);
    assert.equal(found.source, 'pregate');
    const code = found.code as { value: string; target: Uri };
    assert.equal(code.target.scheme, 'file');
    assert.match(code.target.path, /\/docs\/rules\/unpinned-uses\.md$/);
    await workspace.fs.stat(code.target);
  });

  test('a hover says why, what to do, and where to read more, in six lines', async () => {
    const document = await openFile(workflowPath);
    const found = await eventually('the diagnostic', () => diagnosticAt(document, 'unpinned-uses'));
    const hovers: Hover[] = await commands.executeCommand(
      'vscode.executeHoverProvider',
      document.uri,
      found.range.start.translate(0, 1),
    );
    const texts = hovers.flatMap((hover) => hover.contents.map((one) => (one as MarkdownString).value));
    const own = texts.find((text) => text.includes('unpinned-uses'));
    assert.ok(own, `no hover of ours among ${JSON.stringify(texts)}`);
    assert.ok(own.split('\n').length <= 6, own);
    assert.match(own, /Fix:/);
    assert.match(own, /\]\(file:/);
  });

  test('a quick fix is offered, changes only its line, and the finding is gone', async () => {
    const document = await openFile('.github/workflows/greet.yml');
    const found = await eventually('the diagnostic', () => diagnosticAt(document, 'template-injection'));
    const fix = await eventually('the fix', async () => {
      return (await actionsAt(document, found.range)).find((action) => action.edit !== undefined);
    });
    assert.ok(fix.edit);
    const before = document.getText();
    await workspace.applyEdit(fix.edit);
    assert.notEqual(document.getText(), before);
    assert.match(document.getText(), /# Greets whoever opens/, 'the comment of the file has gone');
    await eventually('the end of the diagnostic', () => !diagnosticAt(document, 'template-injection'));
    await commands.executeCommand('undo');
  });

  test('every finding can be suppressed with a reason', async () => {
    const document = await openFile(workflowPath);
    const found = await eventually('the diagnostic', () => diagnosticAt(document, 'unpinned-uses'));
    await eventually('the suppression', async () => {
      return (await actionsAt(document, found.range)).some((action) => action.command?.command === 'pregate.suppress');
    });
  });

  test('a secret typed into an unsaved file is an error and never shown', async () => {
    const secret = generateSecret('github-token', 7);
    const document = await workspace.openTextDocument({ content: `token = "${secret}"\n` });
    await window.showTextDocument(document);
    const found = await eventually('the diagnostic', () => own(document).find((one) => one.range.start.line === 0));
    assert.equal(found.severity, DiagnosticSeverity.Error, String(found.message));
    const position = document.positionAt(document.getText().indexOf(secret) + 2);
    const hovers: Hover[] = await commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
    const said = JSON.stringify([own(document), hovers.map((hover) => hover.contents), api.agent.state]);
    for (const part of [secret, secret.slice(4, 16), secret.slice(-10)]) assert.ok(!said.includes(part));
    await discard();
  });

  test('typing is followed: the finding comes and goes with the text', async () => {
    const document = await openFile(workflowPath);
    await eventually('the diagnostic', () => diagnosticAt(document, 'unpinned-uses'));
    const at = document.getText().indexOf(reference);
    const editor = await window.showTextDocument(document);
    const pinned = `acme/deploy@${'8f4b7f84864484a7bf31766abe9204da3cbe65b3'} # v2.3.1`;
    const range = new Range(document.positionAt(at), document.positionAt(at + reference.length));
    await editor.edit((edit) => edit.replace(range, pinned));
    await eventually('the end of the diagnostic', () => !diagnosticAt(document, 'unpinned-uses'));
    await commands.executeCommand('undo');
    await eventually('the diagnostic', () => diagnosticAt(document, 'unpinned-uses'));
    await discard();
  });

  test('a staged file that is not open has its diagnostics, so that VS Code can ask before the commit', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const uri = Uri.joinPath(folder!.uri, 'config/deploy.env');
    assert.ok(!workspace.textDocuments.some((one) => one.uri.toString() === uri.toString()));
    const found = await eventually('the diagnostic', () => ownAt(uri)[0]);
    assert.equal(found.severity, DiagnosticSeverity.Error);
    assert.equal(found.range.start.line, 2);
  });

  test('the tree shows staged findings, outgoing commits and five gates', async () => {
    await eventually('five gates', () => api.agent.state?.repositories[0]?.gates.length === 5);
    const roots = await childrenOf(api);
    assert.deepEqual(
      roots.map((node) => node.kind),
      ['staged', 'outgoing', 'gates'],
    );
    const [staged, outgoing, gates] = roots;
    const [file] = await childrenOf(api, staged);
    const item = await itemOf(api, file!);
    assert.equal(item.label, 'deploy.env');
    assert.equal(item.description, 'config');
    const [finding] = await childrenOf(api, file);
    assert.match(String((await itemOf(api, finding!)).description), /line 3$/);
    const commits = await childrenOf(api, outgoing);
    const subjects = await Promise.all(commits.map(async (node) => (await itemOf(api, node)).label));
    assert.deepEqual(subjects, ['Deploy from the pipeline', 'Log in with a passkey']);
    const names = await Promise.all(
      (await childrenOf(api, gates)).map(async (node) => (await itemOf(api, node)).label),
    );
    assert.deepEqual(names, ['commit', 'push', 'build', 'publish', 'deploy']);
  });

  test('a line of the tree opens the place it talks about', async () => {
    const [staged] = await childrenOf(api);
    const [file] = await childrenOf(api, staged);
    const [finding] = await childrenOf(api, file);
    const { command } = await itemOf(api, finding!);
    await commands.executeCommand(command!.command, ...(command!.arguments ?? []));
    const editor = await eventually('the editor', () => window.activeTextEditor);
    assert.match(editor.document.uri.path, /config\/deploy\.env$/);
    assert.equal(editor.selection.start.line, 2);
  });

  test('the configuration file is completed and its errors are shown', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    const uri = Uri.joinPath(folder!.uri, 'pregate.yaml').with({ scheme: 'untitled' });
    const document = await workspace.openTextDocument(uri);
    const editor = await window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(document.positionAt(0), 'version: 1\nexlude: []\n'));
    const found = await eventually('the error', () => own(document).find((one) => /exlude/.test(one.message)));
    assert.match(found.message, /exclude/);
    await discard();
  });

  await runTests();
}

async function openFile(path: string): Promise<TextDocument> {
  const [folder] = workspace.workspaceFolders ?? [];
  const document = await workspace.openTextDocument(Uri.joinPath(folder!.uri, path));
  await window.showTextDocument(document);
  return document;
}

/** Quick fixes as the light bulb would list them. The editor learns of a diagnostic a little later than extensions do. */
async function actionsAt(document: TextDocument, range: Range): Promise<CodeAction[]> {
  return await commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, 'quickfix', 20);
}

async function discard(): Promise<void> {
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

function ownAt(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter((one) => one.source === 'pregate');
}

function own(document: TextDocument): Diagnostic[] {
  return ownAt(document.uri);
}

function diagnosticAt(document: TextDocument, rule: string): Diagnostic | undefined {
  return own(document).find((one) => (one.code as { value?: string } | undefined)?.value === rule);
}

async function childrenOf(api: PregateApi, node?: TreeNode): Promise<TreeNode[]> {
  return (await api.tree.getChildren(node)) ?? [];
}

async function itemOf(api: PregateApi, node: TreeNode): Promise<TreeItem> {
  return await api.tree.getTreeItem(node);
}
