import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nodeFirst } from './run.ts';
import type { Workbench } from './setup.ts';

export type ServerOptions = {
  /** Environment variables for the server, its extension host and every git it starts; `undefined` removes one. */
  env?: Record<string, string | undefined>;
  /** Text of the `.gitconfig` in the temporary HOME. */
  gitConfig?: string;
  /** User settings, as in `settings.json`; they are laid over {@link quietSettings}. */
  userSettings?: Record<string, unknown>;
  /** Folder of installed extensions; an empty temporary one when it is left out. */
  extensionsDir?: string;
  /** False opens untrusted folders in Restricted Mode. */
  trust: boolean;
  /** True makes the page parameters for extension development and extension tests work. */
  development: boolean;
};

export type Server = {
  /** `127.0.0.1:port`, which is also the remote authority of the window. */
  authority: string;
  /** Temporary folder of this run, with `home/`, `server/`, `data/` and `extensions/`. */
  directory: string;
  /** Everything the server wrote so far. */
  log: () => string;
  /** Ends the server and all its children and removes the temporary folder. It may be called twice. */
  stop: () => Promise<void>;
};

const START_LIMIT_MS = 60_000;
/** Extensions get this long to end what they started; the rest is killed. */
const STOP_LIMIT_MS = 2_000;
const KILL_LIMIT_MS = 200;

/** Settings under which a window shows what the test made and nothing else, and behaves as the desktop does. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.colorTheme': 'Dark 2026',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'window.dialogStyle': 'custom',
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  // A browser saves after a delay; a test says itself when a file is saved.
  'files.autoSave': 'off',
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** Servers that were not stopped yet and their folders, for the moment this process ends without stopping them. */
const running = new Map<ChildProcess, string>();

/**
 * Starts a VS Code server on a free port of the loopback interface, with a HOME, settings and git configuration of its
 * own. Throws a one-line error with the server's last line when it does not listen within a minute.
 */
export async function startServer(workbench: Workbench, options: ServerOptions): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), 'pregate-editor-'));
  await prepare(directory, options);
  const child = spawn(process.execPath, serverArguments(workbench, directory, options), {
    cwd: join(directory, 'home'),
    env: serverEnvironment(directory, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: the extension host and what it starts end together with the server.
    detached: process.platform !== 'win32',
  });
  track(child, directory);
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const stop = async (): Promise<void> => {
    await stopChild(child);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await listeningPort(child, () => log);
    return { authority: `127.0.0.1:${port}`, directory, log: () => log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Environment of a server or of its command line: the caller's, without what tells a program it runs under a test. */
export function serverEnvironment(directory: string, extra: ServerOptions['env'] = {}): NodeJS.ProcessEnv {
  const home = join(directory, 'home');
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(npm_|VSCODE_|ELECTRON_|GIT_|XDG_|NODE_|DISPLAY$|WAYLAND_|DBUS_)/.test(name)) {
      env[name] = value;
    }
  }
  return {
    ...env,
    HOME: home,
    USERPROFILE: home,
    PATH: nodeFirst(process.env['PATH']),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    // No extension gallery: a test neither asks for nor depends on one.
    EXTENSIONS_GALLERY: '{}',
    ...extra,
  };
}

/** Writes HOME, the settings and the git configuration of one run into its temporary folder. */
export async function prepare(directory: string, options: ServerOptions): Promise<void> {
  const user = join(directory, 'data', 'User');
  await mkdir(join(directory, 'home'), { recursive: true });
  await mkdir(user, { recursive: true });
  const settings = { ...quietSettings, ...options.userSettings };
  await writeFile(join(user, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  await writeFile(join(directory, 'home', '.gitconfig'), options.gitConfig ?? '');
  await mkdir(join(directory, 'extensions'), { recursive: true });
  if (options.extensionsDir !== undefined) {
    // A copy: the server writes into this folder, and two windows may use the caller's at once.
    await cp(options.extensionsDir, join(directory, 'extensions'), { recursive: true });
  }
}

function serverArguments(workbench: Workbench, directory: string, options: ServerOptions): string[] {
  return [
    `--require=${fileURLToPath(new URL('./server-side/watch-parent.cjs', import.meta.url))}`,
    workbench.serverMain,
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--accept-server-license-terms',
    '--telemetry-level=off',
    '--enable-remote-auto-shutdown',
    `--server-data-dir=${join(directory, 'server')}`,
    `--user-data-dir=${join(directory, 'data')}`,
    `--extensions-dir=${join(directory, 'extensions')}`,
    ...(options.trust ? ['--disable-workspace-trust'] : []),
    ...(options.development ? ['--enable-smoke-test-driver'] : []),
  ];
}

async function listeningPort(child: ChildProcess, log: () => string): Promise<number> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const match = /Extension host agent listening on (\d+)/.exec(log());
    if (match !== null) {
      return Number(match[1]);
    }
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the VS Code server ended with ${child.exitCode ?? child.signalCode}: ${lastLine(log())}`);
    }
    await sleep(25);
  }
  throw new Error(`the VS Code server did not listen within ${START_LIMIT_MS / 1000} s: ${lastLine(log())}`);
}

function track(child: ChildProcess, directory: string): void {
  if (running.size === 0) {
    process.once('exit', killAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, exitOnSignal);
    }
  }
  running.set(child, directory);
}

function untrack(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) {
    process.removeListener('exit', killAll);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.removeListener(signal, exitOnSignal);
    }
  }
}

function killAll(): void {
  for (const [child, directory] of running) {
    signalGroup(child, 'SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function exitOnSignal(): void {
  // The exit listener above does the work.
  process.exit(130);
}

async function stopChild(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM');
  await until(STOP_LIMIT_MS, () => child.exitCode !== null || child.signalCode !== null);
  signalGroup(child, 'SIGKILL');
  // Short: where nothing collects ended processes (many containers), the group stays visible for seconds.
  await until(KILL_LIMIT_MS, () => !signalGroup(child, 0));
  untrack(child);
}

async function until(limit: number, isDone: () => boolean): Promise<void> {
  const deadline = Date.now() + limit;
  while (!isDone() && Date.now() < deadline) {
    await sleep(20);
  }
}

/** Returns false when no process of the group is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) {
    return false;
  }
  try {
    return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    return false;
  }
}

/** The line of a log that says most: the last one that names an error. */
function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
