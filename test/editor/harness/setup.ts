import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { defaultCacheDir, ensureCacheEntry, progress } from './cache.ts';
import { run, runNpm } from './run.ts';

export { type Browser, ensureBrowser } from './browser.ts';

/** Version of npm's `code-server`; 4.139.1 carries VS Code 1.139.1. */
export const CODE_SERVER_VERSION = '4.139.1';

/** Subresource integrity of that tarball, as the npm registry publishes it (`npm view code-server@… dist.integrity`). */
const CODE_SERVER_INTEGRITY =
  'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Raise it when the steps below change, so that old caches are not used. */
const RECIPE = 1;

const MINUTE = 60_000;

/** Built-in extensions that no test needs: they are large, need a network, or start processes of their own. */
const UNUSED_EXTENSIONS = [
  'copilot',
  'debug-auto-launch',
  'debug-server-ready',
  'emmet',
  'github',
  'github-authentication',
  'grunt',
  'gulp',
  'ipynb',
  'jake',
  'markdown-language-features',
  'markdown-math',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'notebook-renderers',
  'npm',
  'php-language-features',
  'simple-browser',
  'terminal-suggest',
  'tunnel-forwarding',
  'typescript-language-features',
];

/** What only Copilot, dev containers, sandboxed agents and a shell would use. */
const UNUSED_MODULES = ['@github', '@devcontainers', '@microsoft/mxc-sdk', '.bin'];

/** Folders with one binary per platform, of which only the one of this machine is kept. */
const PER_PLATFORM = ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'];

export type Workbench = {
  /** Absolute path of the unpacked VS Code server. */
  root: string;
  /** Absolute path of its `server-main.js`, to be run with the Node of this process. */
  serverMain: string;
  /** Version of npm's `code-server`. */
  version: string;
};

/**
 * Returns a VS Code server that is ready to start, and builds it on the first call: npm's `code-server` tarball, checked
 * against the integrity recorded here, its locked dependencies, less what no test needs (about 160 MB, cached).
 *
 * No install script runs, so no compiler is needed: the native modules without a prebuilt binary are replaced.
 * Throws a one-line error when npm cannot fetch the packages or the integrity is not the recorded one.
 */
export async function ensureWorkbench(cacheDir: string = defaultCacheDir): Promise<Workbench> {
  const name = `workbench-${CODE_SERVER_VERSION}-${process.platform}-${process.arch}-r${RECIPE}`;
  const root = await ensureCacheEntry({ cacheDir, name, fill: buildWorkbench });
  return { root, serverMain: join(root, 'out', 'server-main.js'), version: CODE_SERVER_VERSION };
}

async function buildWorkbench(directory: string): Promise<void> {
  const started = Date.now();
  const packed = join(directory, 'packed');
  const tarball = await fetchTarball(directory);
  await run('tar', ['-xzf', tarball, '-C', directory, 'package/lib/vscode', 'package/LICENSE'], {
    cwd: directory,
    timeout: 2 * MINUTE,
  });
  await rename(join(directory, 'package'), packed);
  await rm(tarball);
  const server = join(packed, 'lib', 'vscode');
  // Pruned first: fewer files for npm to look at, and nothing of what is removed is needed by the installation.
  await prune(join(server, 'extensions'), UNUSED_EXTENSIONS);
  await installDependencies(server);
  await prune(join(server, 'node_modules'), UNUSED_MODULES);
  await keepOwnPlatform(join(server, 'node_modules'));
  await replaceNativeModules(join(server, 'node_modules'));
  await removeSourceMaps(server);
  await flatten(packed, directory);
  progress(`VS Code server ${CODE_SERVER_VERSION} is ready (${Math.round((Date.now() - started) / 1000)} s)`);
}

async function fetchTarball(directory: string): Promise<string> {
  progress(`fetching code-server@${CODE_SERVER_VERSION} from the npm registry (45 MB, once)`);
  await runNpm(
    ['pack', `code-server@${CODE_SERVER_VERSION}`, '--pack-destination', directory, '--ignore-scripts', ...npmFlags],
    { cwd: directory, timeout: 5 * MINUTE },
  );
  const tarball = join(directory, `code-server-${CODE_SERVER_VERSION}.tgz`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== CODE_SERVER_INTEGRITY) {
    throw new Error(`the tarball of code-server@${CODE_SERVER_VERSION} is not the recorded one: it was not unpacked`);
  }
  return tarball;
}

async function installDependencies(server: string): Promise<void> {
  progress('installing the dependencies of the VS Code server (about 140 packages)');
  const args = ['install', '--prefix', server, '--omit=dev', '--ignore-scripts', '--prefer-offline', ...npmFlags];
  await runNpm(args, { cwd: server, timeout: 10 * MINUTE, name: 'npm install for the VS Code server' });
}

/**
 * Settings that a user's or a company's .npmrc may change and that would make the result differ: the command line has
 * the last word. Registry, proxy and credentials stay the user's own.
 */
const npmFlags = [
  '--package-lock=true',
  '--omit-lockfile-registry-resolved=false',
  '--include=optional',
  '--install-strategy=hoisted',
  '--global=false',
  '--workspaces=false',
  '--dry-run=false',
  '--engine-strict=false',
  // npm itself waits up to 70 s per request before it gives up; the whole set-up is tried a second time anyway.
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
  '--audit=false',
  '--fund=false',
  '--update-notifier=false',
  '--loglevel=error',
];

async function prune(folder: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function keepOwnPlatform(modules: string): Promise<void> {
  const own = `${process.platform}-${process.arch}`;
  for (const path of PER_PLATFORM) {
    const folder = join(modules, path);
    const names = await readdir(folder);
    await prune(
      folder,
      names.filter((name) => name !== own),
    );
  }
  await prune(join(modules, 'node-pty'), ['third_party', 'src']);
}

/** Two modules exist as C++ source only; what they do for a test fits into a few lines each. */
async function replaceNativeModules(modules: string): Promise<void> {
  for (const name of ['spdlog', 'native-watchdog']) {
    const source = fileURLToPath(new URL(`./server-side/${name}.cjs`, import.meta.url));
    await copyFile(source, join(modules, '@vscode', name, 'index.js'));
  }
}

async function removeSourceMaps(server: string): Promise<void> {
  for (const name of await readdir(server, { recursive: true })) {
    if (name.endsWith('.map') && (await stat(join(server, name))).isFile()) {
      await rm(join(server, name));
    }
  }
}

/** Moves the server to the top of the cache entry and its licence beside it. */
async function flatten(packed: string, directory: string): Promise<void> {
  const server = join(packed, 'lib', 'vscode');
  await rename(join(packed, 'LICENSE'), join(server, 'LICENSE'));
  for (const name of await readdir(server)) {
    await rename(join(server, name), join(directory, name));
  }
  await rm(packed, { recursive: true });
}
