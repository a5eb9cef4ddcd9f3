import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium, type Browser as PlaywrightBrowser } from 'playwright-core';
import { defaultCacheDir, ensureCacheEntry, progress } from './cache.ts';
import { run } from './run.ts';

export type Browser = {
  /** Absolute path of the executable, or its name on the PATH. */
  executable: string;
  /** Where it comes from: the machine, or npm's `@sparticuz/chromium`. */
  source: 'path' | 'npm';
  /** Arguments it needs besides those of playwright. */
  args: string[];
  /** Environment variables it needs besides those of this process. */
  env: Record<string, string>;
};

/** Names under which Linux distributions and CI images install a Chromium. */
const NAMES_ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * `--no-sandbox`: a container often forbids the user namespaces of the sandbox, and root cannot use it at all. The only
 * page that is opened is our own local server.
 */
const COMMON_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--font-render-hinting=none'];

/** Raise it when the unpacking below changes. */
const RECIPE = 1;

/**
 * Returns a Chromium that starts on this machine: one on the PATH, else the one inside npm's `@sparticuz/chromium`,
 * unpacked into the cache with its own shared libraries and font for machines that lack them.
 * Throws a one-line error where neither exists (the npm package holds a Linux x64 binary only).
 */
export async function ensureBrowser(cacheDir: string = defaultCacheDir): Promise<Browser> {
  return (await browserOnPath()) ?? (await browserFromNpm(cacheDir));
}

/** Starts that browser without a window; `close()` of the result ends all its processes. */
export async function launchBrowser(browser: Browser): Promise<PlaywrightBrowser> {
  return await chromium.launch({
    executablePath: browser.executable,
    args: browser.args,
    env: { ...(process.env as Record<string, string>), ...browser.env },
    timeout: 60_000,
  });
}

async function browserOnPath(): Promise<Browser | undefined> {
  const candidates = process.platform === 'darwin' ? [...NAMES_ON_PATH, MAC_CHROME] : NAMES_ON_PATH;
  for (const executable of candidates) {
    try {
      // Asking for the version tells a browser from the placeholder script some distributions install.
      await run(executable, ['--version'], { cwd: process.cwd(), timeout: 10_000 });
      return { executable, source: 'path', args: COMMON_ARGS, env: {} };
    } catch {
      // The next name may be the right one.
    }
  }
  return undefined;
}

async function browserFromNpm(cacheDir: string): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `no Chromium on the PATH, and npm has none for ${process.platform}-${process.arch}: no window was opened; ` +
        'install Chromium or Chrome',
    );
  }
  const packageRoot = fileURLToPath(new URL('../../', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const directory = await ensureCacheEntry({
    cacheDir,
    name: `chromium-${version}-linux-x64-r${RECIPE}`,
    fill: (temporary) => unpackBrowser(join(packageRoot, 'bin'), temporary),
  });
  const executable = join(directory, 'chromium');
  const { default: sparticuz } = await import('@sparticuz/chromium');
  sparticuz.setGraphicsMode = false;
  return {
    executable,
    source: 'npm',
    args: [...new Set([...COMMON_ARGS, ...sparticuz.args.filter((arg) => !isUnwanted(arg))])],
    env: { ...(await libraryPath(executable, directory)), ...(await fontPath(directory)) },
  };
}

/**
 * One process for everything crashes on the workbench's workers, `--no-zygote` needs it, the profile folder and the
 * headless mode are playwright's to choose, and the web security of a real browser has to stay on.
 */
function isUnwanted(arg: string): boolean {
  const name = arg.split('=', 1)[0];
  return [
    '--single-process',
    '--no-zygote',
    '--user-data-dir',
    '--headless',
    '--in-process-gpu',
    '--disable-web-security',
    '--allow-running-insecure-content',
    '--disable-site-isolation-trials',
  ].includes(name ?? '');
}

async function unpackBrowser(packed: string, directory: string): Promise<void> {
  progress('unpacking Chromium from npm (once)');
  const executable = join(directory, 'chromium');
  await writeFile(executable, await decompressed(join(packed, 'chromium.br')));
  await chmod(executable, 0o755);
  await unpackTar(join(packed, 'al2023.tar.br'), directory);
  await unpackTar(join(packed, 'fonts.tar.br'), directory);
  const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
  await writeFile(join(directory, 'fonts.conf'), configuration);
}

async function unpackTar(compressed: string, directory: string): Promise<void> {
  const tarball = join(directory, 'unpacking.tar');
  await writeFile(tarball, await decompressed(compressed));
  // As root, tar would give the files the numbers of the packager's accounts.
  await run('tar', ['-xf', tarball, '-C', directory, '--no-same-owner'], { cwd: directory, timeout: 60_000 });
  await rm(tarball);
}

async function decompressed(path: string): Promise<Buffer> {
  return await promisify(brotliDecompress)(await readFile(path));
}

/** The package's libraries are old: they are used only where the machine has none, so that nothing newer is hidden. */
async function libraryPath(executable: string, directory: string): Promise<Record<string, string>> {
  const listed = await run('ldd', [executable], { cwd: directory, timeout: 10_000 }).catch(() => 'not found');
  if (!listed.includes('not found')) {
    return {};
  }
  const libraries = join(directory, 'lib');
  const inherited = process.env['LD_LIBRARY_PATH'];
  return { LD_LIBRARY_PATH: inherited === undefined ? libraries : `${libraries}${delimiter}${inherited}` };
}

/** A machine without any font would draw empty boxes. */
async function fontPath(directory: string): Promise<Record<string, string>> {
  const fonts = await run('fc-list', [], { cwd: directory, timeout: 10_000 }).catch(() => '');
  return fonts.trim() === '' ? { FONTCONFIG_FILE: join(directory, 'fonts.conf') } : {};
}
