import { basename } from 'node:path';
import {
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  workspace,
} from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import type {
  BusyData,
  ClientNotifications,
  InitializationOptions,
  Notifications,
  Requests,
  StateData,
} from '../agent/protocol.ts';
import { agentSettings, runtimeSetting } from './settings.ts';

export type AgentStatus = 'stopped' | 'starting' | 'running' | 'failed';

/** The agent as the rest of the extension sees it: one process, its state, and questions. */
export interface Agent extends Disposable {
  readonly status: AgentStatus;
  readonly state: StateData | undefined;
  readonly busy: BusyData;
  /** Fires when status, state or busy has changed. */
  readonly onDidChange: Event<void>;
  /** Starts the process when it does not run. It may be called as often as one likes. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Asks the agent, and starts it first when needed. Rejects when it cannot be started. */
  ask<M extends keyof Requests>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']>;
  /** Tells the agent something; without a running agent there is nobody to tell. */
  tell<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): void;
}

/** Documents the agent looks at. Output channels, git's virtual documents and settings pages are not among them. */
const documentSelector = ['file', 'untitled', 'vscode-scm', 'vscode-notebook-cell', 'vscode-vfs'].map((scheme) => ({
  scheme,
}));

/** A crash loop is stopped after this many restarts in three minutes. */
const MAX_RESTARTS = 4;
const RESTART_WINDOW_MS = 3 * 60_000;

export function createAgent(context: ExtensionContext, log: LogOutputChannel): Agent {
  const changed = new EventEmitter<void>();
  let client: LanguageClient | undefined;
  let starting: Promise<void> | undefined;
  let status: AgentStatus = 'stopped';
  let state: StateData | undefined;
  let busy: BusyData = { busy: false, what: '' };

  const become = (next: AgentStatus): void => {
    status = next;
    changed.fire();
  };

  const launch = async (): Promise<void> => {
    become('starting');
    const options = clientOptions(context, log, () => {
      busy = { busy: false, what: '' };
      become('failed');
    });
    const fresh = new LanguageClient('pregate', 'Pregate', serverOptions(context), options);
    client = fresh;
    fresh.onNotification('pregate/stateChanged', (data: Notifications['pregate/stateChanged']) => {
      state = data;
      changed.fire();
    });
    fresh.onNotification('pregate/busy', (data: Notifications['pregate/busy']) => {
      busy = data;
      changed.fire();
    });
    try {
      await fresh.start();
      become('running');
    } catch (error) {
      log.error(`The agent did not start: ${(error as Error).message}`);
      client = undefined;
      become('failed');
      throw error;
    }
  };

  const start = (): Promise<void> => {
    if (status === 'running' && client?.isRunning()) return Promise.resolve();
    starting ??= launch().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  const stop = async (): Promise<void> => {
    await starting?.catch(() => undefined);
    const old = client;
    client = undefined;
    state = undefined;
    busy = { busy: false, what: '' };
    if (old) await old.dispose(3_000).catch((error: Error) => log.warn(`The agent did not stop: ${error.message}`));
    become('stopped');
  };

  return {
    get status() {
      return status;
    },
    get state() {
      return state;
    },
    get busy() {
      return busy;
    },
    onDidChange: changed.event,
    start,
    restart: async () => {
      await stop();
      await start();
    },
    ask: async (method, params) => {
      // What the connection itself says ("disposed", "pending") helps nobody.
      const down = () => new Error(l10n.t('Pregate is not running. Its log says why.'));
      await start().catch(() => {
        throw down();
      });
      const asked = client;
      if (!asked) throw down();
      try {
        return await asked.sendRequest(method, params);
      } catch (error) {
        throw asked.isRunning() ? error : down();
      }
    },
    tell: (method, params) => {
      if (client?.isRunning()) void client.sendNotification(method, params).catch(() => undefined);
    },
    dispose: () => {
      changed.dispose();
      void stop();
    },
  };
}

function serverOptions(context: ExtensionContext) {
  const module = context.asAbsolutePath('dist/agent.cjs');
  // The working folder is our own: a program that is looked up in it must not come from the opened repository.
  const options = { cwd: context.extensionPath, env: { NODE_OPTIONS: undefined, NODE_PATH: undefined } };
  return {
    run: { module, transport: TransportKind.ipc, args: ['lsp'], options },
    debug: {
      module,
      transport: TransportKind.ipc,
      args: ['lsp'],
      options: { ...options, execArgv: ['--inspect=6019', '--enable-source-maps'] },
    },
  };
}

function clientOptions(context: ExtensionContext, log: LogOutputChannel, failed: () => void): LanguageClientOptions {
  const crashes: number[] = [];
  return {
    documentSelector,
    // Pull diagnostics have the name `pregate`; this one holds those of the commit message, which are pushed.
    diagnosticCollectionName: 'pregate-message',
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: { isTrusted: false, supportHtml: false },
    synchronize: { configurationSection: 'pregate' },
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      onFocus: true,
      onTabs: true,
      filter: () => !workspace.getConfiguration('pregate').get('enable', true),
      match: (_selector, resource) => documentSelector.some(({ scheme }) => scheme === resource.scheme),
    },
    initializationOptions: (): InitializationOptions => ({
      trusted: workspace.isTrusted,
      git: workspace.workspaceFolders?.some((folder) => folder.uri.scheme === 'file') ?? false,
      packageRoot: context.extensionPath,
      runtime: runtime(),
      settings: agentSettings(),
    }),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: (): CloseHandlerResult => {
        const now = Date.now();
        crashes.push(now);
        const recent = crashes.filter((at) => now - at < RESTART_WINDOW_MS).length;
        if (recent <= MAX_RESTARTS) return { action: CloseAction.Restart, handled: true };
        log.error('The agent ended five times in three minutes and was not started again: Pregate: Restart Server.');
        failed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };
}

/** What can run a hook: the person's choice, else the program that runs this extension. */
function runtime(): InitializationOptions['runtime'] {
  const executable = runtimeSetting() ?? process.execPath;
  return { executable, electron: !/^node(\.exe)?$/i.test(basename(executable)) };
}
