import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { InitializationOptions } from '../protocol.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { createDocumentChecks, type DocumentChecks } from './documents.ts';
import { readOptions } from './options.ts';
import { createRegoChecks, type RegoChecks } from './rego.ts';
import { createRepositories, type Repositories } from './repositories.ts';
import { createRoots } from './roots.ts';
import { createTextChecker } from './text-check.ts';
import { filePathOf, repoPathOf, uriOfPath } from './uri.ts';
import { createWorkspaceReports } from './workspace-report.ts';

/** What the server knows of its editor, and the parts that check for it. The editor changes the first three. */
export interface Session {
  options: InitializationOptions;
  /** Folders that are open. */
  folders: string[];
  metas: ReadonlyMap<string, RuleMeta>;
  readonly roots: ReturnType<typeof createRoots>;
  readonly documents: TextDocuments<TextDocument>;
  readonly reports: ReturnType<typeof createWorkspaceReports>;
  readonly checker: ReturnType<typeof createTextChecker>;
  readonly checks: DocumentChecks;
  readonly rego: RegoChecks;
  readonly repositories: Repositories;
  /** The folder is trusted, and there is a git to ask. */
  mayAskGit: () => boolean;
  /** Address of the page about a rule. */
  pageUri: (rule: string) => string;
  sendState: () => void;
  /** Asks the editor to pull diagnostics again. */
  refresh: () => void;
  /** Looks for repositories in the folders and around what is open. */
  discover: () => void;
  /** Follows the repository a document lies in, if it is not followed yet. */
  addRepositoryOf: (uri: string) => void;
  /** Follows a repository, and looks at it soon where that is wanted. */
  follow: (root: string) => void;
}

/** Makes the parts of the server on one connection. Nothing is read or sent before the editor speaks. */
export function createSession(connection: Connection): Session {
  const documents = new TextDocuments(TextDocument);
  const roots = createRoots();
  const reports = createWorkspaceReports();
  // Text without a repository is judged from the package's folder: nothing of the opened folder is read for it.
  const checker = createTextChecker(ownFolder());
  const folderOf = (file: string) => session.folders.find((one) => repoPathOf(one, file) !== undefined);

  const session: Session = {
    options: readOptions(undefined),
    folders: [],
    metas: new Map(),
    documents,
    roots,
    reports,
    checker,
    checks: createDocumentChecks({
      checker,
      get: (uri) => documents.get(uri),
      baseOf: (file) => {
        if (file === '') return undefined;
        const root = roots.of(join(file, '..'));
        if (root !== undefined) return { root, git: true };
        const folder = folderOf(file);
        return folder === undefined ? undefined : { root: folder, git: false };
      },
      trusted: () => session.mayAskGit(),
      settings: () => session.options.settings,
      pageUri: (rule) => session.pageUri(rule),
    }),
    rego: createRegoChecks({
      documents: () => documents.all(),
      baseOf: (file) => roots.of(join(file, '..')) ?? folderOf(file),
      trusted: () => session.options.trusted,
    }),
    repositories: createRepositories({
      remote: () => session.options.settings.remote || undefined,
      changed: (done) => {
        session.sendState();
        // The editor takes a report every two seconds at most: it gets the whole one.
        if (done) reports.wake();
      },
      busy: (busy, what) => void connection.sendNotification('pregate/busy', { busy, what }),
      log: (message) => connection.console.warn(message),
    }),
    mayAskGit: () => session.options.trusted && session.options.git,
    pageUri: (rule) => {
      const { packageRoot } = session.options;
      const own = join(packageRoot, 'docs', 'rules', `${rule}.md`);
      // The kinds of the provider table share one page; every other rule has its own.
      const shared = session.metas.get(rule)?.category === 'secret' && !existsSync(own);
      return uriOfPath(shared ? join(packageRoot, 'docs', 'secrets-providers.md') : own);
    },
    sendState: () => {
      const state = session.repositories.state(session.options.trusted);
      void connection.sendNotification('pregate/stateChanged', state);
    },
    refresh: () => {
      connection.languages.diagnostics.refresh().catch(() => undefined);
    },
    discover: () => {
      if (!session.mayAskGit()) return;
      for (const folder of session.folders) {
        const root = roots.of(folder);
        if (root !== undefined) session.repositories.add(root);
      }
      for (const document of documents.all()) session.addRepositoryOf(document.uri);
      if (session.options.settings.background) for (const one of session.repositories.all()) one.schedule();
    },
    addRepositoryOf: (uri) => {
      const file = filePathOf(uri);
      const root = file === undefined || !session.mayAskGit() ? undefined : roots.of(join(file, '..'));
      if (root === undefined || session.repositories.all().some((one) => one.root === root)) return;
      session.follow(root);
    },
    follow: (root) => {
      const monitor = session.repositories.add(root);
      if (session.options.settings.background) monitor.schedule();
    },
  };
  return session;
}

/** Folder of the bundle, or the folder we were started in when there is no bundle. */
function ownFolder(): string {
  return typeof __dirname === 'string' ? __dirname : process.cwd();
}
