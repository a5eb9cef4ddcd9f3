import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { stop } from '../editor/lsp/client.ts';
import type { Sandbox } from '../git/support.ts';
import { until } from '../support/until.ts';

/** PREGATE_DIST names another build, for trying one without touching `dist/`. */
const dist = process.env['PREGATE_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

/** What a program said and how it ended. */
export interface Run {
  code: number;
  out: string;
  err: string;
  /** Milliseconds of processor time; of the clock where the system does not count it. A busy machine must not fail a test. */
  took: number;
}

export interface Product {
  /** The folder that holds the bundles and nothing else. */
  folder: string;
  /** `dist/pregate.cjs`, copied. */
  program: string;
  run(
    words: readonly string[],
    options: { cwd: string; env?: NodeJS.ProcessEnv; input?: string; timeout?: number },
  ): Run;
}

/**
 * The product as it is shipped: the bundles alone, in a folder with no package.json and no node_modules above it.
 * Throws when nothing was built; `npm test` builds first.
 */
export function product(box: Sandbox): Product {
  if (!existsSync(path.join(dist, 'pregate.cjs'))) throw new Error('nothing is built; run npm run build first');
  const folder = box.at('shipped', 'dist');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(dist)) cpSync(path.join(dist, name), path.join(folder, name));
  const program = path.join(folder, 'pregate.cjs');
  return {
    folder,
    program,
    run(words, { cwd, env = box.env, input = '', timeout = 120_000 }) {
      const start = milliseconds();
      const result = spawnSync(process.execPath, [program, ...words], {
        cwd,
        env,
        input,
        timeout,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      const took = milliseconds() - start;
      if (result.error && 'code' in result.error && result.error.code === 'ETIMEDOUT') {
        throw new Error(`pregate ${words.join(' ')} did not end within ${timeout} ms`);
      }
      return { code: result.status ?? -1, out: result.stdout, err: result.stderr, took };
    },
  };
}

/**
 * Time that a process has had on a processor, of this one its ended children (proc(5), `stat`: in hundredths), or the clock.
 */
function milliseconds(pid?: number): number {
  if (process.platform !== 'linux') return performance.now();
  const fields =
    readFileSync(`/proc/${pid ?? 'self'}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  const [user, system] = pid === undefined ? [13, 14] : [11, 12];
  return (Number(fields[user]) + Number(fields[system])) * 10;
}

/** One finding as every door can tell it. */
export type Told = `${string}:${number}:${number} ${string}`;

/** The findings of `--json`, sorted. */
export function toldByJson(text: string): Told[] {
  const report = JSON.parse(text) as { findings: { rule: string; path: string; line: number; column: number }[] };
  return report.findings.map((one): Told => `${one.path}:${one.line}:${one.column} ${one.rule}`).sort();
}

export interface Server {
  connection: ProtocolConnection;
  /** Everything the server has written, on every channel. */
  traffic: () => string;
  /** Milliseconds of processor time that it has had, where the system counts it. */
  took: () => number;
  close: () => Promise<void>;
}

/** Starts the shipped language server for a folder, on standard input and output; untrusted as in Restricted Mode. */
export async function startServer(
  shipped: Product,
  folder: string,
  env: NodeJS.ProcessEnv,
  { trusted = true } = {},
): Promise<Server> {
  const child = spawn(process.execPath, [shipped.program, 'lsp'], {
    cwd: folder,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let traffic = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (traffic += data.toString()));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('client/registerCapability', () => undefined);
  connection.onRequest('workspace/diagnostic/refresh', () => undefined);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    capabilities: {
      workspace: { workspaceFolders: true, diagnostics: { refreshSupport: true } },
      textDocument: { diagnostic: { dynamicRegistration: true } },
    },
    workspaceFolders: [{ uri, name: 'folder' }],
    initializationOptions: {
      trusted,
      git: true,
      packageRoot: path.dirname(shipped.folder),
      settings: { background: true, delay: 0, remote: '', advice: 'warning' },
    },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    traffic: () => traffic,
    took: () => milliseconds(child.pid),
    close: () => stop(child, connection),
  };
}

/** Asks for the workspace's diagnostics until the report names a file, and gives the findings in it, sorted. */
export async function toldByServer(server: Server, folder: string): Promise<Told[]> {
  let told: Told[] = [];
  const ask = async (): Promise<boolean> => {
    const report: WorkspaceDiagnosticReport = await server.connection.sendRequest('workspace/diagnostic', {
      previousResultIds: [],
    });
    told = report.items.flatMap((item) => {
      const file = path.relative(folder, fileURLToPath(item.uri));
      return item.kind === 'full'
        ? item.items.map(
            ({ range, code }): Told => `${file}:${range.start.line + 1}:${range.start.character + 1} ${code}`,
          )
        : [];
    });
    return told.length > 0;
  };
  await until(ask, 'the language server reports something');
  return told.sort();
}

/** Every file below a folder, as one text each: what a state folder has kept. */
export function filesBelow(folder: string): { file: string; bytes: Buffer }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, bytes: readFileSync(file) }));
}
