import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { InitializationOptions, StateData } from '../../../agent/protocol.ts';

const startFile = fileURLToPath(new URL('./start.ts', import.meta.url));

export interface TestClient {
  connection: ProtocolConnection;
  /** The newest state the server has sent. */
  state: () => StateData | undefined;
  open: (path: string, text: string, version?: number) => string;
  change: (uri: string, text: string, version: number) => void;
  diagnostics: (uri: string) => Promise<Diagnostic[]>;
  /** Everything the server has written, on every channel: what must never hold a secret. */
  traffic: () => string;
  close: () => Promise<void>;
}

/** Starts the real server as a process on standard input and output, and initializes it for a folder. */
export async function startClient(
  folder: string,
  options: { env: NodeJS.ProcessEnv; initialization?: Partial<InitializationOptions>; workspaceFolders?: boolean },
): Promise<TestClient> {
  const child = spawn(process.execPath, [startFile], { env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
  let traffic = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (traffic += data.toString()));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let state: StateData | undefined;
  connection.onNotification('pregate/stateChanged', (data: StateData) => {
    state = data;
  });
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {
      workspace: {
        workspaceFolders: options.workspaceFolders ?? true,
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
      textDocument: { diagnostic: { dynamicRegistration: true } },
    },
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'folder' }],
    initializationOptions: {
      trusted: true,
      git: true,
      packageRoot: folder,
      settings: { background: true, delay: 0, remote: '', advice: 'warning' },
      ...options.initialization,
    },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    state: () => state,
    open: (path, text, version = 1) => {
      const uri = pathToFileURL(path).href;
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'plaintext', version, text },
      });
      return uri;
    },
    change: (uri, text, version) => {
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    diagnostics: async (uri) => {
      const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
      });
      return report.kind === 'full' ? report.items : [];
    },
    traffic: () => traffic,
    close: () => stop(child, connection),
  };
}

/** Asks the server to end, and ends it after five seconds. */
export async function stop(child: ChildProcess, connection: ProtocolConnection): Promise<void> {
  // A server that has died already, or hangs, answers nothing any more.
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('exit', () => resolve());
  });
  const asked = connection.sendRequest('shutdown').then(() => connection.sendNotification('exit'));
  await Promise.race([asked.catch(() => undefined), ended]);
  await ended;
  clearTimeout(timer);
  connection.dispose();
}
