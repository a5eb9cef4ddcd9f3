import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** A word under which the throwaway extension draws an error. */
export const MARKED_WORD = 'forbidden';

const manifest = {
  name: 'throwaway',
  displayName: 'Throwaway',
  description: 'Made by a test of the editor harness.',
  version: '0.0.1',
  publisher: 'harness',
  engines: { vscode: '^1.101.0' },
  main: './main.js',
  activationEvents: ['onStartupFinished'],
  capabilities: { untrustedWorkspaces: { supported: true } },
  contributes: { commands: [{ command: 'throwaway.hello', title: 'Say Hello', category: 'Throwaway' }] },
};

const main = `'use strict';
const vscode = require('vscode');

exports.activate = (context) => {
  const diagnostics = vscode.languages.createDiagnosticCollection('throwaway');
  const check = (document) => {
    const start = document.getText().indexOf('${MARKED_WORD}');
    if (start === -1) return;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(start + ${MARKED_WORD.length}));
    diagnostics.set(document.uri, [new vscode.Diagnostic(range, 'This word is not allowed here')]);
  };
  const status = vscode.window.createStatusBarItem('throwaway.status', vscode.StatusBarAlignment.Left, 1);
  status.text = '$(shield) Throwaway';
  status.tooltip = 'A tooltip';
  status.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  status.show();
  const hello = async () => {
    const trust = vscode.workspace.isTrusted ? 'trusted' : 'restricted';
    const picked = await vscode.window.showWarningMessage('Hello, ' + trust + ' window', 'Answer');
    if (picked !== undefined) {
      await vscode.window.showInformationMessage('You chose ' + picked, { modal: true, detail: 'With a detail' });
    }
  };
  vscode.workspace.textDocuments.forEach(check);
  context.subscriptions.push(
    diagnostics,
    status,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.commands.registerCommand('throwaway.hello', hello),
  );
};
`;

/** Writes an extension with one command, one diagnostic and one status bar item into a folder, which it makes. */
export async function writeThrowawayExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await writeFile(join(folder, 'main.js'), main);
}

/** Packs an extension's folder into a VSIX with `vsce`, as a release does. */
export async function packVsix(folder: string, vsix: string): Promise<void> {
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
}
