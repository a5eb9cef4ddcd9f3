import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { installVsix, openWindow, type Window, type WindowOptions } from '../harness/window.ts';
import { fillAuditLog } from '../support/audit-log.ts';
import { packExtension, stageExtension } from '../support/extension.ts';
import { pngSize } from '../support/png.ts';
import {
  gitEnvironment,
  makeSample,
  releaseWorkflow,
  type SampleRepository,
  secretPath,
  secretText,
  stageUpdate,
} from '../support/repository.ts';

let folder: string;
let staged: string;
let extensionsDir: string;
let count = 0;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pregate-window-'));
  staged = stageExtension(join(folder, 'extension'));
  const vsix = join(folder, 'pregate.vsix');
  await packExtension(staged, vsix);
  extensionsDir = join(folder, 'installed');
  await installVsix(vsix, extensionsDir);
});

after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

interface Made {
  sample: SampleRepository;
  env: Record<string, string>;
}

/** A sample of its own for each window, with hooks installed by the shipped program as a person would do it. */
function repositoryWithHooks(): Made {
  const home = join(folder, `case-${++count}`);
  const sample = makeSample(home);
  const env = { XDG_STATE_HOME: join(home, 'state') };
  installHooks({ sample, env });
  return { sample, env };
}

function installHooks({ sample, env }: Made): void {
  execFileSync(process.execPath, [join(staged, 'dist/pregate.cjs'), 'init', '--yes'], {
    cwd: sample.root,
    env: { ...gitEnvironment(join(sample.root, '..')), ...env },
    stdio: 'pipe',
  });
}

/**
 * Cases that share one window, in the order in which they are written: a window costs ten seconds of a processor before
 * anybody looks at it. `prepare` brings the repository to where the first case begins.
 */
function inOneWindow(
  title: string,
  prepare: (made: Made) => Partial<WindowOptions>,
  cases: Record<string, (window: Window, made: Made) => Promise<void>>,
): void {
  describe(title, () => {
    let made: Made;
    let window: Window;
    before(async () => {
      made = repositoryWithHooks();
      const options = { workspace: made.sample.root, env: made.env, extensionsDir, trust: true };
      window = await openWindow({ ...options, ...prepare(made) });
    });
    after(() => window?.close());
    for (const [name, use] of Object.entries(cases)) {
      test(name, async () => {
        try {
          await use(window, made);
        } catch (error) {
          await window.screenshot(`failed-${name}`).catch(() => undefined);
          throw error;
        }
      });
    }
  });
}

/** Opens the view and gives it the room of the commit graph, as a person does who wants to read it. */
async function showTree(window: Window): Promise<void> {
  await window.command('Source Control: Focus on Pregate View');
  const graph = window.page.locator('.pane-header[aria-label^="Graph"]');
  if ((await graph.getAttribute('aria-expanded')) === 'true') {
    await graph.focus();
    await window.page.keyboard.press('Enter');
  }
  await window.waitForText('Gates');
}

const statusText = (window: Window) => async () => (await window.statusItem('pregate'))?.text;

/** The document inside the web view's two frames. */
function webview(window: Window): FrameLocator {
  return window.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

inOneWindow(
  'a window on a branch with a secret that is staged',
  ({ sample }) => {
    sample.write(secretPath, secretText());
    sample.git('add', '.');
    return { userSettings: { 'editor.minimap.enabled': false } };
  },
  {
    async 'the walkthrough has four steps'(window) {
      await window.command('Pregate: Open Walkthrough');
      for (const title of [
        'See what every gate would say',
        'Let git stop what the gate would refuse',
        'Sign your commits',
        'Be warned before you commit',
      ]) {
        await window.waitForText(title);
      }
      await window.screenshot('walkthrough');
      await window.command('View: Close All Editors');
    },

    async 'a commit with a secret meets our verdict in the dialog of the Source Control view'(window, { sample }) {
      await window.waitFor('the verdict in the status bar', async () =>
        /✗ commit/.test((await statusText(window)()) ?? ''),
      );
      await window.focusScm();
      await window.waitForText('deploy.env');
      await showTree(window);
      for (const text of ['Staged', 'Outgoing', 'Log in with a passkey']) await window.waitForText(text);
      await window.screenshot('tree');
      await window.focusScm();
      await window.page.keyboard.insertText('Add the deployment');
      await window.page.keyboard.press('Control+Enter');
      const dialog = await window.waitFor('the dialog', window.dialogText);
      await window.screenshot('commit-stopped');
      assert.match(dialog, /Pregate stopped this commit: 1 secret in config\/deploy\.env/);
      assert.equal(sample.git('log', '-1', '--format=%s').trim(), 'Deploy from the pipeline', 'the commit was made');
      await window.page.keyboard.press('Escape');
      // A hook that git would not run any more is said by itself; that the commit is refused comes first.
      rmSync(join(sample.root, '.git/hooks/pre-push'));
      sample.git('rm', '-q', '--cached', secretPath);
      await window.waitFor('the hook that is gone', async () => /\? hooks/.test((await statusText(window)()) ?? ''));
      await window.screenshot('hooks-broken');
    },

    async 'a workflow is explained where it stands, and a fix is one key away'(window, made) {
      const { sample } = made;
      // As if the case before had never been: without its file and its message, and with every hook again.
      rmSync(join(sample.root, secretPath));
      installHooks(made);
      sample.write('.github/workflows/release.yml', releaseWorkflow);
      sample.git('add', '.');
      sample.git('commit', '-q', '--no-verify', '-m', 'Release from the pipeline');
      await window.focusScm();
      await window.page.keyboard.press('Control+A');
      await window.page.keyboard.press('Delete');
      await window.waitFor('the hook that is back', async () => !/hooks/.test((await statusText(window)()) ?? 'hooks'));
      await window.page.setViewportSize({ width: 1680, height: 980 });
      await showTree(window);
      await window.command('Pregate: Preview Gates');
      await webview(window).locator('.rung').nth(4).waitFor();
      await window.command('View: Split Editor Left');
      await window.openFile('.github/workflows/release.yml');
      const line = window.page.locator('.view-line', { hasText: 'acme/publish' });
      await window.waitFor('the squiggles', async () => (await window.page.locator('.squiggly-warning').count()) > 1);
      await window.screenshot('editor');
      await line.getByText('acme/publish').hover();
      await window.waitForText('Fix:');
      await window.screenshot('hover');
      await window.page.mouse.move(5, 5);
      await window.page.locator('.statusbar-item[id*="pregate"]').hover();
      await window.waitForText('feature/login → origin/main');
      await window.screenshot('status');
      await window.page.mouse.move(5, 5);
      await window.openFile('.github/workflows/greet.yml');
      await window.waitFor('the squiggle', async () => (await window.page.locator('.squiggly-warning').count()) > 0);
      await window.command('Go to Next Problem (Error, Warning, Info)');
      await window.page.keyboard.press('Escape');
      // The key is pressed again when it came before the actions of the line were known.
      const action = window.page.getByText('Suppress template-injection with reason…').first();
      await window.waitFor('the menu of fixes', async () => {
        // In a menu that is open, but slow to be drawn, the same key would choose the first fix.
        if ((await window.page.locator('.action-widget').count()) === 0) await window.page.keyboard.press('Control+.');
        return action.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => undefined,
        );
      });
      await window.screenshot('quick-fix');
    },
  },
);

inOneWindow(
  'a window on a branch whose push is refused, in high contrast',
  ({ sample }) => {
    sample.git('push', '-q', '--no-verify', '-u', 'origin', 'feature/login');
    sample.write(secretPath, secretText());
    sample.git('add', '.');
    sample.git('commit', '-q', '--no-verify', '-m', 'Add the deployment');
    // With automatic fetching on, git's own question about it does not join our message.
    return { userSettings: { 'git.autofetch': true, 'workbench.colorTheme': 'Default High Contrast' } };
  },
  {
    async 'a push that our hook stops is explained by us, once, and not with "try pull"'(window, { sample }) {
      await window.waitFor('the verdict in the status bar', async () =>
        /✗ push/.test((await statusText(window)()) ?? ''),
      );
      const status = await window.statusItem('pregate');
      assert.equal(status?.kind, 'warning');
      await window.command('Git: Push');
      const toast = await window.waitFor('the notification', async () =>
        (await window.toasts()).find((one) => one.message.startsWith('Push blocked by')),
      );
      await window.screenshot('push-blocked');
      assert.match(toast.message, /^Push blocked by 1 secret in config\/deploy\.env/);
      assert.deepEqual(toast.buttons, ['Show Findings', "Don't Show Again"]);
      assert.equal(await window.dialogText(), undefined, 'VS Code shows its own dialog too');
      assert.notEqual(
        sample.git('rev-parse', 'origin/feature/login'),
        sample.git('rev-parse', 'HEAD'),
        'it was pushed',
      );
      await window.press('Show Findings');
      await webview(window).getByRole('tab', { name: 'Gates' }).waitFor();
      await window.screenshot('push-findings');
    },

    async 'the page keeps its content at 400 px and in every kind of theme'(window) {
      await window.command('Pregate: Preview Gates');
      const page = webview(window);
      await page.locator('.rung').nth(4).waitFor();
      await window.screenshot('gates-high-contrast');
      await window.command('View: Toggle Primary Side Bar Visibility');
      await window.page.setViewportSize({ width: 450, height: 900 });
      for (const tab of ['Gates', 'SBOM']) {
        await page.getByRole('tab', { name: tab }).focus();
        await window.page.keyboard.press('Enter');
        await page
          .locator(tab === 'Gates' ? '.rung' : '#components .name')
          .first()
          .waitFor();
        await window.screenshot(`narrow-${tab.toLowerCase()}`);
        const [inner, outer] = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth]);
        assert.ok(inner! <= outer!, `${tab} is ${inner} px wide in a window of ${outer} px`);
      }
    },
  },
);

inOneWindow(
  'a window on a branch that changes components, with an audit log of four weeks',
  ({ sample, env }) => {
    stageUpdate(sample);
    fillAuditLog(sample.root, env);
    return { size: { width: 1400, height: 1000 } };
  },
  {
    async 'the page shows gates and SBOM and is used by keyboard alone'(window) {
      await window.command('Pregate: Preview Gates');
      const page = webview(window);
      await page.locator('.rung').nth(4).waitFor();
      assert.deepEqual(await page.locator('.gate').allTextContents(), ['commit', 'push', 'build', 'publish', 'deploy']);
      await window.screenshot('gates');
      await page.getByRole('tab', { name: 'Gates' }).focus();
      await window.page.keyboard.press('ArrowRight');
      await page.locator('#components .name').first().waitFor();
      const first = page.locator('.changes li').first();
      assert.match((await first.textContent()) ?? '', /^changed hashdebug 4\.4\.1same version, different content/);
      await window.screenshot('sbom');
      await window.page.keyboard.press('/');
      await window.page.keyboard.insertText('esbuild');
      await page.getByText('1 of 8 shown').waitFor();
      await window.page.keyboard.press('ArrowDown');
      await window.page.keyboard.press('Enter');
      assert.deepEqual(await page.locator('.chain li').allTextContents(), ['vite', 'esbuild 0.28.2']);
      await window.screenshot('sbom-why');
      await page.locator('tr.path .link').focus();
      await window.page.keyboard.press('Enter');
      await window.page.locator('.tab.active[data-resource-name="package-lock.json"]').waitFor();
    },

    async 'the page shows the metrics of the audit log, by time and repository'(window) {
      await window.page.setViewportSize({ width: 1400, height: 1180 });
      await window.command('Pregate: Show Metrics');
      const page = webview(window);
      await page.locator('.card').nth(7).waitFor();
      const signed = page.locator('.card', { hasText: 'Signed and verified commits' });
      assert.equal(await signed.locator('.figure').textContent(), '96.4 %');
      assert.ok((await signed.locator('.plot .point').count()) > 8);
      const steady = page.locator('.card', { hasText: 'Checks that got an answer' }).locator('.plot');
      assert.match(
        (await steady.getAttribute('aria-label')) ?? '',
        /^Checks that got an answer\. [^;]+ – [^;]+: 100 %$/,
      );
      assert.match((await page.locator('.unknowns').textContent()) ?? '', /^M6Deployed components/);
      // The judgement is a word on the figure's line, not a box of its own: one style sheet once dressed another's class.
      const [word, figure] = await Promise.all(
        ['.judgement', '.figure'].map((part) =>
          signed.locator(part).evaluate((node) => node.clientHeight || node.getBoundingClientRect().height),
        ),
      );
      assert.ok(word! <= figure!, `${word} px beside a figure of ${figure} px`);
      await window.screenshot('metrics');
      // By keyboard alone, from the tab: the repository is the next stop, then the times; what was chosen keeps the focus.
      await page.getByRole('tab', { name: 'Metrics' }).focus();
      for (const name of ['Repository', '7 days']) {
        await window.page.keyboard.press('Tab');
        const at = await page.locator(':focus').evaluate((node) => node.getAttribute('aria-label') ?? node.textContent);
        assert.equal(at, name);
      }
      await window.page.keyboard.press('Enter');
      await page.locator('#days-7[aria-pressed="true"]:focus').waitFor();
      await window.waitFor('the week', async () => (await signed.locator('.figure').textContent()) === '100 %');
      const said = page.getByRole('status');
      await window.waitFor('what is said of it', async () =>
        /entries of the audit log, \d of \d targets met$/.test((await said.last().textContent()) ?? ''),
      );
      await page.getByLabel('Repository').selectOption('all');
      await window.waitFor('both logs', async () => (await signed.locator('.figure').textContent()) !== '100 %');
      await window.command('View: Toggle Primary Side Bar Visibility');
      await window.page.setViewportSize({ width: 450, height: 900 });
      await window.screenshot('metrics-narrow');
      const [inner, outer] = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth]);
      assert.ok(inner! <= outer!, `it is ${inner} px wide in a window of ${outer} px`);
    },
  },
);

const untrusted = {
  trust: false,
  userSettings: { 'workbench.colorTheme': 'Light 2026' },
  size: { width: 1000, height: 700 },
};

inOneWindow('a window that nobody has trusted', () => untrusted, {
  async 'in Restricted Mode the view says what is scanned and how to trust the folder'(window) {
    await window.openFile('.github/workflows/ci.yml');
    await window.command('Source Control: Focus on Pregate View');
    await window.waitForText('In Restricted Mode Pregate scans the files you open');
    await window.screenshot('restricted');
    assert.deepEqual(pngSize('restricted'), [1000, 700]);
    assert.equal(await window.page.locator('.monaco-workbench.vs').count(), 1, 'the settings of the window count');
  },
});
