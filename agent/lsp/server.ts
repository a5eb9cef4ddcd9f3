import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  CodeActionKind,
  CodeLensRequest,
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions } from '../protocol.ts';
import { allMetas } from '../rules/registry.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { version } from '../version.ts';
import { type ActionData, editOfFix, editOfFixAll, fixAllAction, fixAllKind, quickFixes } from './actions.ts';
import { completeConfig, isConfigUri } from './config-completion.ts';
import { createDocumentChecks } from './documents.ts';
import { hoverAt } from './hover.ts';
import { readOptions, readSettings } from './options.ts';
import { createRegoChecks, isRego } from './rego.ts';
import { createRepositories } from './repositories.ts';
import { answerRequests } from './requests.ts';
import { createRoots } from './roots.ts';
import { rememberRuntime } from './setup.ts';
import { createTextChecker } from './text-check.ts';
import { filePathOf, repoPathOf, uriOfPath } from './uri.ts';
import { kindOfChange, watchers } from './watched.ts';
import { createWorkspaceReports, resultIdOf } from './workspace-report.ts';

/**
 * The language server on one connection. It holds no detection of its own: every answer is made from what the gate's
 * engine says about the same bytes.
 */
export function serve(connection: Connection): void {
  let options: InitializationOptions = readOptions(undefined);
  let folders: string[] = [];
  let changesFolders = false;
  let metas = new Map<string, RuleMeta>();
  let busy = 0;
  const roots = createRoots();
  const documents = new TextDocuments(TextDocument);
  const reports = createWorkspaceReports();
  const pageUri = (rule: string) => {
    const own = join(options.packageRoot, 'docs', 'rules', `${rule}.md`);
    // The kinds of the provider table share one page; every other rule has its own.
    const shared = metas.get(rule)?.category === 'secret' && !existsSync(own);
    return uriOfPath(shared ? join(options.packageRoot, 'docs', 'secrets-providers.md') : own);
  };

  // Text without a repository is judged from the package's folder: nothing of the opened folder is read for it.
  const checker = createTextChecker(ownFolder());
  const checks = createDocumentChecks({
    checker,
    get: (uri) => documents.get(uri),
    baseOf: (file) => {
      if (file === '') return undefined;
      const root = roots.of(join(file, '..'));
      if (root !== undefined) return { root, git: true };
      const folder = folders.find((one) => repoPathOf(one, file) !== undefined);
      return folder === undefined ? undefined : { root: folder, git: false };
    },
    trusted: () => options.trusted && options.git,
    settings: () => options.settings,
    pageUri,
  });

  const rego = createRegoChecks({
    documents: () => documents.all(),
    baseOf: (file) => roots.of(join(file, '..')) ?? folders.find((one) => repoPathOf(one, file) !== undefined),
    trusted: () => options.trusted,
  });

  const sendState = (): void => {
    void connection.sendNotification('pregate/stateChanged', repositories.state(options.trusted));
  };
  const repositories = createRepositories({
    remote: () => options.settings.remote || undefined,
    changed: (done) => {
      sendState();
      // The editor takes a report every two seconds at most: it gets the whole one.
      if (done) reports.wake();
    },
    busy: (isBusy, what) => {
      busy += isBusy ? (busy === 0 ? 1 : 0) : -busy;
      void connection.sendNotification('pregate/busy', { busy: busy > 0, what });
    },
    log: (message) => connection.console.warn(message),
  });

  const discover = (): void => {
    if (!options.trusted || !options.git) return;
    for (const folder of folders) {
      const root = roots.of(folder);
      if (root !== undefined) repositories.add(root);
    }
    for (const document of documents.all()) addRepositoryOf(document.uri);
    if (options.settings.background) for (const one of repositories.all()) one.schedule();
  };

  const addRepositoryOf = (uri: string): void => {
    const file = filePathOf(uri);
    const root = file === undefined || !options.trusted || !options.git ? undefined : roots.of(join(file, '..'));
    if (root === undefined || repositories.all().some((one) => one.root === root)) return;
    const monitor = repositories.add(root);
    if (options.settings.background) monitor.schedule();
  };

  const refresh = (): void => {
    connection.languages.diagnostics.refresh().catch(() => undefined);
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    options = readOptions(params.initializationOptions);
    folders = (params.workspaceFolders ?? []).flatMap((folder) => filePathOf(folder.uri) ?? []);
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
    rememberRuntime(options, (message) => connection.console.warn(message));
    metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
    await Promise.all([
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'pregate' }),
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
      // Only for our own file: a provider for every document would be asked at every keystroke.
      connection.client.register(CompletionRequest.type, { documentSelector: [{ pattern: '**/pregate.{yaml,yml}' }] }),
      connection.client.register(CodeLensRequest.type, { documentSelector: [{ pattern: '**/*.rego' }] }),
    ]).catch((error: Error) => connection.console.warn(`the editor does not report changes: ${error.message}`));
    // An editor that never changes its folders has no such event: to ask for it would be an error.
    if (changesFolders) connection.workspace.onDidChangeWorkspaceFolders(changeFolders);
    sendState();
    discover();
  });

  const changeFolders = (event: WorkspaceFoldersChangeEvent): void => {
    const gone = new Set(event.removed.map((folder) => filePathOf(folder.uri)));
    folders = folders.filter((folder) => !gone.has(folder));
    folders.push(...event.added.flatMap((folder) => filePathOf(folder.uri) ?? []));
    repositories.retain((root) => ![...gone].some((one) => one !== undefined && roots.of(one) === root));
    discover();
  };

  connection.onDidChangeConfiguration(async ({ settings }) => {
    const before = options.settings;
    const given = settings?.pregate ?? (await connection.workspace.getConfiguration('pregate').catch(() => undefined));
    options = { ...options, settings: readSettings(given) };
    if (before.remote !== options.settings.remote) for (const one of repositories.all()) void one.run();
    else if (!before.background) discover();
    refresh();
    reports.wake();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const kinds = new Set(changes.map((change) => kindOfChange(change.uri)));
    if (kinds.has('repository')) roots.forget();
    if (kinds.has('companion')) {
      checker.forget();
      refresh();
    }
    if (options.settings.background && options.trusted) for (const one of repositories.all()) one.schedule();
  });

  connection.onNotification('pregate/trusted', () => {
    options = { ...options, trusted: true };
    checker.forget();
    rememberRuntime(options, (message) => connection.console.warn(message));
    discover();
    refresh();
    sendState();
  });

  connection.onNotification('pregate/repositoryChanged', ({ uri }: { uri?: unknown }) => {
    const root = typeof uri === 'string' ? filePathOf(uri) : undefined;
    if (root === undefined || !options.trusted || !options.git || roots.of(root) !== root) return;
    const monitor = repositories.add(root);
    if (options.settings.background) monitor.schedule();
  });

  documents.onDidOpen(({ document }) => addRepositoryOf(document.uri));
  documents.onDidChangeContent(({ document }) => {
    // The first event is the opening: what is opened is checked at once.
    if (document.version > 1) checks.changed(document.uri);
    // The box of the commit message is no editor tab, so nobody pulls for it: its diagnostics are pushed.
    if (document.uri.startsWith('vscode-scm:')) void pushMessage(document.uri);
  });
  documents.onDidClose(({ document }) => {
    checks.closed(document.uri);
    if (document.uri.startsWith('vscode-scm:')) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    else reports.closed(document.uri);
  });

  const pushMessage = async (uri: string): Promise<void> => {
    const diagnostics = await checks.diagnostics(uri, never);
    if (documents.get(uri)) await connection.sendDiagnostics({ uri, diagnostics });
  };

  connection.languages.diagnostics.on(async (params, token) => {
    const { uri } = params.textDocument;
    const found = await checks.diagnostics(uri, token);
    const items = isRego(uri) && !token.isCancellationRequested ? [...found, ...(await rego.diagnostics(uri))] : found;
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const resultId = resultIdOf(items);
    if (resultId === params.previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });

  connection.languages.diagnostics.onWorkspace((params, token) =>
    reports.answer(params.previousResultIds, token, () => repositories.diagnostics(options.settings, pageUri)),
  );

  connection.onCodeLens(({ textDocument: { uri } }) => (isRego(uri) ? rego.lenses(uri) : []));
  // Tests run on what is saved, and a rule of one file may break the test of another.
  documents.onDidSave(({ document }) => {
    if (isRego(document.uri)) refresh();
  });

  connection.onHover(async ({ textDocument, position }) => {
    const judged = await checks.judged(textDocument.uri);
    if (!judged) return null;
    const { report } = judged.judgement;
    const findings = report.findings.filter((finding) => finding.path === judged.input.path);
    return hoverAt(findings, position, { decision: report.decision, meta: (rule) => metas.get(rule), pageUri });
  });

  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    return document && isConfigUri(uri) ? completeConfig(document.getText(), position, metas) : [];
  });

  connection.onCodeAction(async ({ textDocument: { uri }, context }) => {
    const wants = (kind: string) => !context.only || context.only.some((one) => `${kind}.`.startsWith(`${one}.`));
    const judged = await checks.judged(uri);
    if (!judged) return [];
    const { judgement, uriOf } = judged;
    const fixes = wants(CodeActionKind.QuickFix)
      ? await quickFixes({ uri, judgement, uriOf, meta: (rule) => metas.get(rule) }, context.diagnostics)
      : [];
    const fixable = wants(fixAllKind) && judgement.raw.some((finding) => finding.fixes !== undefined);
    return fixable ? [...fixes, fixAllAction(uri)] : fixes;
  });

  connection.onCodeActionResolve(async (action) => {
    const data = action.data as ActionData | undefined;
    const judged = data && (await checks.judged(data.uri));
    if (!data || !judged) return action;
    const context = { uri: data.uri, judgement: judged.judgement, uriOf: judged.uriOf };
    const edit =
      data.type === 'fix'
        ? await editOfFix(context, data.fingerprint, data.index)
        : await editOfFixAll(context, judged.input, judged.again);
    return edit ? { ...action, edit } : action;
  });

  answerRequests(connection, {
    options: () => options,
    repositories,
    rootOf: (path) => roots.of(path) ?? roots.of(join(path, '..')),
    metas: () => metas,
    documents: checks,
    discover,
  });

  documents.listen(connection);
  connection.listen();
}

/** Folder of the bundle, or the folder we were started in when there is no bundle. */
function ownFolder(): string {
  return typeof __dirname === 'string' ? __dirname : process.cwd();
}

const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
