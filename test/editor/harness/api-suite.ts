import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import type { Page } from 'playwright-core';
import { defaultCacheDir, progress } from './cache.ts';
import { type OpenPage, startPage, takeScreenshot, workbenchUrl } from './page.ts';
import { prepare, type ServerOptions, serverEnvironment } from './server.ts';

export type ApiSuiteOptions = {
  /** Absolute path of the extension's folder (the one with its `package.json`). */
  extensionPath: string;
  /** Absolute path of a CommonJS module that exports `run(): Promise<void>`, the contract of `@vscode/test-electron`. */
  suitePath: string;
  /** Absolute path of the folder to open. */
  workspace: string;
  /** Environment variables for the extension host and for git. */
  env?: Record<string, string | undefined>;
  /** Text of the `.gitconfig` in the temporary HOME. */
  gitConfig?: string;
  /** User settings laid over the quiet ones. */
  userSettings?: Record<string, unknown>;
  /** Restricted Mode when false; trusted by default. */
  trust?: boolean;
  /** Name of the screenshot; the suite's file name by default. */
  name?: string;
  /** Milliseconds the suite may take; three and a half minutes by default. */
  timeout?: number;
};

const DEFAULT_TIMEOUT_MS = 210_000;
const PROBE_LIMIT_MS = 3_000;

/** Lines of the workbench's log that are shown when a suite fails. */
const NOISE_SHOWN = 15;

const suiteWrapper = fileURLToPath(new URL('./server-side/suite.cjs', import.meta.url));

/** Where `@vscode/test-electron` asks which versions exist. */
const VSCODE_UPDATES = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Runs an extension test suite inside VS Code and returns 0 when `run()` resolves, 1 when it rejects, the window dies or
 * the time is over. Dialogs and notifications are suppressed while it runs (VS Code does so); use `openWindow` for those.
 *
 * The window is desktop VS Code where that can be downloaded and shown, else the same workbench from npm. The
 * environment variable PREGATE_TEST_ELECTRON decides it: `1` for the desktop, `0` for npm, unset for a quick probe.
 */
export async function runApiSuite(options: ApiSuiteOptions): Promise<number> {
  return (await usesDesktop()) ? await runOnDesktop(options) : await runOnWorkbench(options);
}

/** Tells whether desktop VS Code can be had within seconds: a display to draw on and an answer from its update server. */
export async function usesDesktop(): Promise<boolean> {
  const choice = process.env['PREGATE_TEST_ELECTRON'];
  if (choice !== undefined && choice !== '') {
    return choice === '1';
  }
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay) {
    return false;
  }
  try {
    return (await fetch(VSCODE_UPDATES, { signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
  } catch {
    return false;
  }
}

async function runOnDesktop(options: ApiSuiteOptions): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'pregate-electron-'));
  try {
    const settings = serverOptions(options);
    await prepare(directory, settings);
    const { HOME, PATH, GIT_CONFIG_NOSYSTEM, GIT_TERMINAL_PROMPT } = serverEnvironment(directory);
    return await runTests({
      cachePath: defaultCacheDir,
      extensionDevelopmentPath: options.extensionPath,
      extensionTestsPath: options.suitePath,
      extensionTestsEnv: { HOME, PATH, GIT_CONFIG_NOSYSTEM, GIT_TERMINAL_PROMPT, ...options.env },
      launchArgs: [
        options.workspace,
        `--user-data-dir=${join(directory, 'data')}`,
        `--extensions-dir=${join(directory, 'extensions')}`,
        '--disable-gpu',
        '--skip-welcome',
        '--skip-release-notes',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...(settings.trust ? ['--disable-workspace-trust'] : []),
      ],
    });
  } catch (error) {
    progress(`the suite ${basename(options.suitePath)} failed: ${(error as Error).message}`);
    return 1;
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

type SuiteRun = {
  suitePath: string;
  /** Name of the screenshot that is taken at the end. */
  name: string;
  /** Temporary folder in which the launcher answers the suite's requests. */
  directory: string;
  /** Random text before every line of the suite. */
  mark: string;
};

async function runOnWorkbench(options: ApiSuiteOptions): Promise<number> {
  const { suitePath } = options;
  const run: SuiteRun = {
    suitePath,
    name: (options.name ?? basename(suitePath).replace(/\.[^.]+$/, '')).replace(/[^\w.-]+/g, '-'),
    directory: await mkdtemp(join(tmpdir(), 'pregate-suite-')),
    mark: `[${randomUUID()}] `,
  };
  try {
    const settings = serverOptions(options);
    const env = { ...settings.env, PREGATE_EDITOR_SUITE: JSON.stringify(run) };
    const opened = await startPage({ ...settings, env });
    try {
      return await runInPage(opened, run, options);
    } finally {
      await opened.close();
    }
  } finally {
    await rm(run.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runInPage(opened: OpenPage, run: SuiteRun, options: ApiSuiteOptions): Promise<number> {
  const limit = options.timeout ?? DEFAULT_TIMEOUT_MS;
  const { authority } = opened.server;
  const url = workbenchUrl(authority, options.workspace, [
    ['extensionDevelopmentPath', `vscode-remote://${authority}${options.extensionPath}`],
    ['extensionTestsPath', `vscode-remote://${authority}${suiteWrapper}`],
  ]);
  const noise: string[] = [];
  const abort = new AbortController();
  try {
    const code = await Promise.race([
      openAndAwaitExit(opened.page, url, (line) => logLine(opened.page, run, noise, line)),
      sleep(limit, undefined, { signal: abort.signal }).catch(() => undefined),
    ]);
    if (code === undefined) {
      progress(`the suite ${run.name} did not end within ${limit / 1000} s and was stopped`);
      await takeScreenshot(opened.page, run.name).catch(() => undefined);
    }
    if (code !== 0) {
      for (const line of noise.slice(-NOISE_SHOWN)) {
        progress(`workbench: ${line}`);
      }
    }
    return code ?? 1;
  } finally {
    abort.abort();
  }
}

/** VS Code's web workbench calls two global functions of its page: one for each line of log, one when a suite ended. */
async function openAndAwaitExit(page: Page, url: string, log: (line: string) => Promise<void>): Promise<number> {
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  await page.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) => {
    const line = args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))).join(' ');
    return log(level === 'error' ? `error: ${line}` : line);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code === 0 ? 0 : 1));
  page.once('crash', () => {
    progress('the window crashed');
    end(1);
  });
  await page.goto(url, { timeout: 60_000 });
  return await ended;
}

/** Prints the suite's own lines, takes the pictures it asks for, and keeps the workbench's errors for a failure. */
async function logLine(page: Page, run: SuiteRun, noise: string[], line: string): Promise<void> {
  const start = line.indexOf(run.mark);
  if (start === -1) {
    if (line.startsWith('error: ') || process.env['PREGATE_EDITOR_LOG'] === '1') {
      noise.push(line.split('\n', 1)[0]!);
    }
    return;
  }
  const text = line.slice(start + run.mark.length);
  const request = /^\{"picture":"([\w.-]+)","number":(\d+)\}$/.exec(text);
  if (request === null) {
    process.stdout.write(`${text}\n`);
    return;
  }
  await takeScreenshot(page, request[1]!).catch((error: Error) => progress(`no screenshot: ${error.message}`));
  await writeFile(join(run.directory, `picture-${request[2]}`), '');
}

function serverOptions(options: ApiSuiteOptions): ServerOptions {
  const { env = {}, gitConfig = '', userSettings = {}, trust = true } = options;
  return { env, gitConfig, userSettings, trust, development: true };
}
