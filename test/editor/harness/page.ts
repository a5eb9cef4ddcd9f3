import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Browser as PlaywrightBrowser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { retryOnce, screenshotDir } from './cache.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';
import { ensureBrowser, ensureWorkbench } from './setup.ts';

export type Size = { width: number; height: number };

/** Size of a window when a test does not say another: what a documentation page shows well. */
export const defaultSize: Size = { width: 1400, height: 900 };

export type OpenPage = {
  server: Server;
  browser: PlaywrightBrowser;
  page: Page;
  /** Console lines of the page's errors, newest last. */
  errors: string[];
  /** Ends browser and server. It may be called twice. */
  close: () => Promise<void>;
};

/** Starts a server and a browser with an empty page of the given size. Throws one-line errors of either. */
export async function startPage(options: ServerOptions & { size?: Size }): Promise<OpenPage> {
  const [workbench, chromium] = await Promise.all([ensureWorkbench(), ensureBrowser()]);
  const server = await retryOnce('starting the VS Code server', () => startServer(workbench, options));
  try {
    const browser = await retryOnce('starting Chromium', () => launchBrowser(chromium));
    const context = await browser.newContext({
      viewport: options.size ?? defaultSize,
      colorScheme: 'dark',
      locale: 'en-US',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        errors.push(message.text());
      }
    });
    const close = async (): Promise<void> => {
      await browser.close().catch(() => undefined);
      await server.stop();
    };
    return { server, browser, page, errors, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Address of the workbench for a folder. `payload` holds the development parameters of VS Code's web workbench, as
 * pairs of name and value.
 */
export function workbenchUrl(
  authority: string,
  folder: string,
  payload: ReadonlyArray<readonly [string, string]>,
): string {
  const query = new URLSearchParams({ folder, payload: JSON.stringify([['skipWelcome', 'true'], ...payload]) });
  return `http://${authority}/?${query}`;
}

/** Waits until no progress bar has been on the screen for half a second, for 15 s at most. */
export async function idle(page: Page): Promise<void> {
  const deadline = Date.now() + 15_000;
  let quietSince = Date.now();
  while (Date.now() < deadline && Date.now() - quietSince < 500) {
    await sleep(50);
    if ((await page.locator('.monaco-progress-container.active').count()) > 0) {
      quietSince = Date.now();
    }
  }
}

/** Writes a PNG of the settled page into the ignored `screenshots/` folder and returns its absolute path. */
export async function takeScreenshot(page: Page, name: string): Promise<string> {
  await idle(page);
  await mkdir(screenshotDir, { recursive: true });
  const path = join(screenshotDir, `${name.replace(/[^\w.-]+/g, '-')}.png`);
  await page.screenshot({ path, animations: 'disabled', timeout: 20_000 });
  return path;
}
