import {
  CodeActionKind,
  CodeLensRequest,
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { allMetas } from '../rules/registry.ts';
import { version } from '../version.ts';
import { fixAllKind } from './actions.ts';
import { readOptions, readSettings } from './options.ts';
import type { Session } from './session.ts';
import { rememberRuntime } from './setup.ts';
import { filePathOf } from './uri.ts';
import { kindOfChange, watchers } from './watched.ts';

/** Follows what the editor says of itself: its folders, settings, trust, and the files that change around what is open. */
export function followWorkspace(connection: Connection, session: Session): void {
  let changesFolders = false;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    session.options = readOptions(params.initializationOptions);
    session.folders = (params.workspaceFolders ?? []).flatMap((folder) => filePathOf(folder.uri) ?? []);
    changesFolders = params.capabilities.workspace?.workspaceFolders === true;
    return {
      serverInfo: { name: 'pregate', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        diagnosticProvider: { identifier: 'pregate', interFileDependencies: true, workspaceDiagnostics: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(async () => {
    rememberRuntime(session.options, (message) => connection.console.warn(message));
    session.metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
    await Promise.all([
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'pregate' }),
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
      // Only for our own file: a provider for every document would be asked at every keystroke.
      connection.client.register(CompletionRequest.type, { documentSelector: [{ pattern: '**/pregate.{yaml,yml}' }] }),
      connection.client.register(CodeLensRequest.type, { documentSelector: [{ pattern: '**/*.rego' }] }),
    ]).catch((error: Error) => connection.console.warn(`the editor does not report changes: ${error.message}`));
    // An editor that never changes its folders has no such event: to ask for it would be an error.
    if (changesFolders) connection.workspace.onDidChangeWorkspaceFolders((event) => changeFolders(session, event));
    session.sendState();
    session.discover();
  });

  connection.onDidChangeConfiguration(async ({ settings }) => {
    const before = session.options.settings;
    const given = settings?.pregate ?? (await connection.workspace.getConfiguration('pregate').catch(() => undefined));
    session.options = { ...session.options, settings: readSettings(given) };
    if (before.remote !== session.options.settings.remote) for (const one of session.repositories.all()) void one.run();
    else if (!before.background) session.discover();
    session.refresh();
    session.reports.wake();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const kinds = new Set(changes.map((change) => kindOfChange(change.uri)));
    if (kinds.has('repository')) session.roots.forget();
    if (kinds.has('companion')) {
      session.checker.forget();
      session.refresh();
    }
    if (session.options.settings.background && session.options.trusted)
      for (const one of session.repositories.all()) one.schedule();
  });

  connection.onNotification('pregate/trusted', () => {
    session.options = { ...session.options, trusted: true };
    session.checker.forget();
    rememberRuntime(session.options, (message) => connection.console.warn(message));
    session.discover();
    session.refresh();
    session.sendState();
  });

  connection.onNotification('pregate/repositoryChanged', ({ uri }: { uri?: unknown }) => {
    const root = typeof uri === 'string' ? filePathOf(uri) : undefined;
    if (root !== undefined && session.mayAskGit() && session.roots.of(root) === root) session.follow(root);
  });
}

/** Forgets the repositories of folders that were closed, and looks for those of new ones. */
function changeFolders(session: Session, event: WorkspaceFoldersChangeEvent): void {
  const gone = new Set(event.removed.map((folder) => filePathOf(folder.uri)));
  session.folders = session.folders.filter((folder) => !gone.has(folder));
  session.folders.push(...event.added.flatMap((folder) => filePathOf(folder.uri) ?? []));
  session.repositories.retain((root) => ![...gone].some((one) => one !== undefined && session.roots.of(one) === root));
  session.discover();
}
