import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { retryOnce } from './cache.ts';
import { idle, type OpenPage, type Size, startPage, takeScreenshot, workbenchUrl } from './page.ts';

export { installVsix } from './install.ts';

export type WindowOptions = {
  /** Absolute path of the folder to open. */
  workspace: string;
  /** Folder that {@link installVsix} filled; it is copied, so several windows may use it. */
  extensionsDir?: string;
  /** User settings laid over the quiet ones. */
  userSettings?: Record<string, unknown>;
  /** False opens the folder in Restricted Mode, without the question at start. */
  trust: boolean;
  /** Environment variables for the extension host and for git. */
  env?: Record<string, string | undefined>;
  /** Text of the `.gitconfig` in the temporary HOME. */
  gitConfig?: string;
  /** Size of the window in pixels; 1400 x 900 by default. */
  size?: Size;
};

export type Toast = {
  message: string;
  severity: 'info' | 'warning' | 'error';
  /** Labels of its buttons, from left to right. */
  buttons: string[];
};

export type StatusItem = {
  /** Visible text without icons. */
  text: string;
  /** What a screen reader says, which includes the tooltip. */
  label: string;
  /** Background the item asked for. */
  kind: 'normal' | 'warning' | 'error';
};

export type Window = {
  /** The page of the workbench, for what the functions below do not cover. */
  page: Page;
  /** Absolute path of the temporary HOME of the server. */
  home: string;
  /** Runs a command by its exact title in the command palette, e.g. `Git: Stage All Changes`; waits 45 s for it. */
  command: (title: string, timeout?: number) => Promise<void>;
  /** Opens a file of the workspace by its relative path (`/` between the parts). */
  openFile: (path: string) => Promise<void>;
  /** Shows the Source Control view and puts the keyboard focus into its commit message box. */
  focusScm: () => Promise<void>;
  /** Text of the modal dialog, one line per part with the buttons last; undefined when there is none. */
  dialogText: () => Promise<string | undefined>;
  /** Presses a button, by its label, of the modal dialog or, when there is none, of a notification. */
  press: (label: string) => Promise<void>;
  /** The notifications on the screen, newest first. */
  toasts: () => Promise<Toast[]>;
  /** The status bar item whose identifier contains a text; undefined when it is not shown. */
  statusItem: (idPart: string) => Promise<StatusItem | undefined>;
  /** Writes `screenshots/<name>.png` and returns its absolute path. */
  screenshot: (name: string) => Promise<string>;
  /** Waits until a text is visible anywhere in the window (45 s by default). */
  waitForText: (text: string | RegExp, timeout?: number) => Promise<void>;
  /** Waits until a function returns something other than undefined, false or an empty list, and returns that. */
  waitFor: <T>(what: string, read: () => Promise<T | undefined>, timeout?: number) => Promise<T>;
  /** Everything the server wrote so far. */
  log: () => string;
  /** Ends the server and the browser; no process and no temporary file stays. */
  close: () => Promise<void>;
};

/** Long, because only a failure waits for its end, and a window on a busy machine is ten times as slow. */
const DEFAULT_LIMIT_MS = 45_000;
const OPEN_LIMIT_MS = 60_000;

/**
 * Opens a folder in VS Code as a person would see it, with installed extensions: dialogs and notifications appear, and
 * the returned functions drive the window by keyboard and read what is on the screen.
 *
 * Throws a one-line error when the workbench does not appear within a minute. The caller has to call `close`.
 */
export async function openWindow(options: WindowOptions): Promise<Window> {
  return await retryOnce('opening the window', () => openOnce(options));
}

async function openOnce(options: WindowOptions): Promise<Window> {
  // The question whether to trust the folder would cover the window; a test that wants it sets this to `always`.
  const userSettings = { 'security.workspace.trust.startupPrompt': 'never', ...options.userSettings };
  const opened = await startPage({ ...options, userSettings, development: false });
  try {
    await openWorkbench(opened, options.workspace);
  } catch (error) {
    await takeScreenshot(opened.page, 'window-did-not-open').catch(() => undefined);
    await opened.close();
    const last = opened.errors.at(-1) ?? 'no error on the page';
    throw new Error(`the window did not open: ${(error as Error).message.split('\n', 1)[0]} (${last})`);
  }
  return windowOf(opened);
}

function windowOf({ page, server, close }: OpenPage): Window {
  return {
    page,
    home: `${server.directory}/home`,
    command: (title, timeout) => runCommand(page, title, timeout),
    openFile: (path) => openFile(page, path),
    focusScm: () => focusScm(page),
    dialogText: () => dialogText(page),
    press: (label) => press(page, label),
    toasts: () => toasts(page),
    statusItem: (idPart) => statusItem(page, idPart),
    screenshot: (name) => takeScreenshot(page, name),
    waitForText: (text, timeout = DEFAULT_LIMIT_MS) => page.getByText(text).first().waitFor({ timeout }),
    waitFor,
    log: server.log,
    close,
  };
}

async function openWorkbench({ page, server }: OpenPage, workspace: string): Promise<void> {
  await page.goto(workbenchUrl(server.authority, workspace, []), { timeout: OPEN_LIMIT_MS });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: OPEN_LIMIT_MS });
  await page.locator('.explorer-folders-view').waitFor({ timeout: OPEN_LIMIT_MS });
  await waitFor('the extension host', () => startedExtensions(server.directory), OPEN_LIMIT_MS);
  await idle(page);
}

/** True once the extension host has started the extensions that start with a window; its log says so. */
async function startedExtensions(directory: string): Promise<boolean> {
  const folder = join(directory, 'data', 'logs');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = names.filter((name) => name.endsWith('remoteexthost.log')).map((name) => join(folder, name));
  const texts = await Promise.all(logs.map((path) => readFile(path, 'utf8')));
  return texts.some((text) => text.includes('Eager extensions activated'));
}

async function runCommand(page: Page, title: string, timeout?: number): Promise<void> {
  await pick(page, { key: 'F1', text: title, label: title }, timeout);
}

async function openFile(page: Page, path: string): Promise<void> {
  const { base, dir } = posix.parse(path);
  await pick(page, { key: 'Control+P', text: path, label: base, description: dir });
  await page.locator(`.tab.active[data-resource-name="${quoted(base)}"]`).waitFor({ timeout: DEFAULT_LIMIT_MS });
}

async function focusScm(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+G');
  await page.locator('.scm-view .scm-input').first().waitFor({ timeout: DEFAULT_LIMIT_MS });
  const focused = page.locator('.scm-input .monaco-editor.focused');
  const isFocused = async (): Promise<boolean> => {
    // The command focuses the commit message box, or the list while the view is still drawing: then a second one helps.
    await runCommand(page, 'Source Control: Focus on Changes View');
    return await focused.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  };
  await waitFor('the keyboard focus in the commit message box', isFocused);
}

type Wanted = { key: string; text: string; label: string; description?: string };
type Row = { index: number; label: string; description: string; hasFocus: boolean };

/**
 * Opens a quick input with a key, types a text and takes the row with the wanted label. Commands of an extension and
 * files appear late, and the list still changes while it is read, so all of it is tried again until the time is over.
 */
async function pick(page: Page, wanted: Wanted, timeout = DEFAULT_LIMIT_MS): Promise<void> {
  const deadline = Date.now() + timeout;
  let rows: Row[] = [];
  while (Date.now() < deadline) {
    await page.keyboard.press(wanted.key);
    await page.locator('.quick-input-widget input.input').first().waitFor({ timeout: DEFAULT_LIMIT_MS });
    await page.keyboard.insertText(wanted.text);
    for (const retryAt = Date.now() + 2_000; Date.now() < retryAt; await sleep(50)) {
      rows = await quickInputRows(page);
      const target = rows.find((row) => isWanted(row, wanted));
      const current = rows.find((row) => row.hasFocus);
      if (target !== undefined && target === current) {
        await page.keyboard.press('Enter');
        return;
      }
      if (target !== undefined && current !== undefined) {
        await page.keyboard.press(target.index > current.index ? 'ArrowDown' : 'ArrowUp');
      }
    }
    await page.keyboard.press('Escape');
    await sleep(250);
  }
  const seen = rows.map((row) => row.label).join(' | ') || 'nothing';
  throw new Error(`"${wanted.text}" is not in the list VS Code shows for ${wanted.key}; it shows: ${seen}`);
}

function isWanted(row: Row, { label, description }: Wanted): boolean {
  return (
    row.label.toLowerCase() === label.toLowerCase() && (description === undefined || row.description === description)
  );
}

/** All rows in one request: each takes a trip to the page and back, and the list is read many times a second. */
async function quickInputRows(page: Page): Promise<Row[]> {
  return await page.locator('.quick-input-list .monaco-list-row').evaluateAll((rows) =>
    rows.map((row) => {
      const textOf = (selector: string) => row.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
      return {
        index: Number(row.getAttribute('data-index')),
        label: textOf('.label-name'),
        description: textOf('.label-description'),
        hasFocus: row.classList.contains('focused'),
      };
    }),
  );
}

async function dialogText(page: Page): Promise<string | undefined> {
  const box = page.locator('.monaco-dialog-box').last();
  if ((await box.count()) === 0) {
    return undefined;
  }
  const parts = ['.dialog-message-text', '.dialog-message-detail', '.dialog-buttons .monaco-button'];
  const elements = await Promise.all(parts.map((selector) => box.locator(selector).all()));
  const lines = await Promise.all(elements.flat().map(textOf));
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

async function press(page: Page, label: string): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  const place = (await dialog.count()) > 0 ? dialog.last() : page.locator('.notifications-toasts');
  const button = place.getByRole('button', { name: label, exact: true }).first();
  await button.waitFor({ timeout: DEFAULT_LIMIT_MS });
  await button.focus();
  await page.keyboard.press('Enter');
}

async function toasts(page: Page): Promise<Toast[]> {
  const shown = await page.locator('.notifications-toasts .notification-toast .notification-list-item').all();
  const read = await Promise.all(shown.map(toastOf));
  return read.filter((toast) => toast !== undefined);
}

async function toastOf(item: Locator): Promise<Toast | undefined> {
  const message = await textOf(item.locator('.notification-list-item-message'));
  if (message === undefined) {
    return undefined;
  }
  const icon = (await item.locator('.notification-list-item-icon').getAttribute('class')) ?? '';
  const labels = await item.locator('.notification-list-item-buttons-container .monaco-button').all();
  const buttons = (await Promise.all(labels.map(textOf))).filter((label) => label !== undefined && label !== '');
  const severity = icon.includes('codicon-error') ? 'error' : icon.includes('codicon-warning') ? 'warning' : 'info';
  return { message, severity, buttons: buttons as string[] };
}

async function statusItem(page: Page, idPart: string): Promise<StatusItem | undefined> {
  const item = page.locator(`.statusbar-item[id*="${quoted(idPart)}"]`).first();
  if ((await item.count()) === 0 || !(await item.isVisible())) {
    return undefined;
  }
  const classes = (await item.getAttribute('class')) ?? '';
  const kind = classes.includes('error-kind') ? 'error' : classes.includes('warning-kind') ? 'warning' : 'normal';
  const label = (await item.getAttribute('aria-label')) ?? '';
  return { text: (await textOf(item)) ?? '', label, kind };
}

async function waitFor<T>(what: string, read: () => Promise<T | undefined>, timeout = DEFAULT_LIMIT_MS): Promise<T> {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    const value = await read();
    if (value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)) {
      return value;
    }
    await sleep(100);
  }
  throw new Error(`${what} did not appear within ${timeout / 1000} s`);
}

/** Visible text with plain single spaces; undefined when the element is gone. */
async function textOf(element: Locator): Promise<string | undefined> {
  const text = await element.textContent({ timeout: 500 }).catch(() => null);
  return text?.replace(/\s+/g, ' ').trim();
}

/** Escapes a text for a quoted attribute selector. */
function quoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
