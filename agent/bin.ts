/**
 * The first file Node reads. It answers `--version` at once and starts the bundle that the command needs, compiled from a
 * code cache in the user's state folder: compiling is the greater part of a cold start (see docs/performance.md).
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { stateFolder } from './state-folder.ts';
import { version } from './version.ts';

/** Milliseconds after which a cache is written again, and after which one that nobody wrote again is thrown away. */
const day = 86_400_000;
const month = 30 * day;

/** This file lies beside the bundles, so what it can require they can. Making one for each would load two more of Node's modules. */
declare const require: (name: string) => unknown;

/** SHA-256 of each bundle, put in by the build: a cache of another build is never used. */
declare const PREGATE_BUNDLES: Record<string, string> | undefined;

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') process.stdout.write(`pregate ${version}\n`);
else start(bundleOf(words));

/** The smallest bundle that knows the command; help is all in one. */
function bundleOf([command, action = '', ...rest]: readonly string[]): string {
  if (action === '--help' || rest.includes('--help') || rest.includes('-h')) return 'agent.cjs';
  if (command === 'hook') return 'hook.cjs';
  return command === 'policy' && /^(eval|test|check|bench)$/.test(action) ? 'policy.cjs' : 'agent.cjs';
}

/**
 * Makes `require` of the sibling bundles go through the code cache too, so that `hook.cjs` can load its parts as cheaply
 * as it was loaded itself.
 */
function start(name: string): void {
  const loaded = new Map<string, unknown>();
  // As with `require`, a part that several modules ask for is read and run once.
  const once = (part: string): unknown => {
    if (!loaded.has(part)) loaded.set(part, load(part));
    return loaded.get(part);
  };
  (globalThis as { pregateRequire?: (name: string) => unknown }).pregateRequire = once;
  once(name);
}

function load(name: string): unknown {
  const path = join(__dirname, name);
  const digest = typeof PREGATE_BUNDLES === 'object' ? PREGATE_BUNDLES[name] : undefined;
  const folder = stateFolder(process.env, process.platform);
  if (digest === undefined || folder === undefined || process.env['PREGATE_CODE_CACHE'] === 'off') return require(path);
  // What V8 compiled only the same V8 can read: Node and VS Code's Electron would otherwise overwrite each other's.
  const cachePath = join(folder, 'code', `${name}-${digest.slice(0, 16)}-${process.versions.v8}-${process.arch}`);
  const cached = readOrUndefined(cachePath);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`;
  const script = new Script(source, { filename: path, ...(cached ? { cachedData: cached } : {}) });
  const module = { exports: {} };
  const run = script.runInThisContext() as (...parts: unknown[]) => void;
  run(module.exports, require, module, path, dirname(path));
  // After the run the cache also holds the functions that were really used, which is what makes it worth having. Once a
  // day it is written again, with the functions that only later runs have used; writing it always would cost more.
  if (!cached || script.cachedDataRejected || age(cachePath) > day) {
    process.once('exit', () => save(cachePath, name, script));
  }
  return module.exports;
}

function readOrUndefined(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Milliseconds since a file was written; another process may have removed it meanwhile. */
function age(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}

/** A cache that cannot be written costs time, nothing else: no message. */
function save(path: string, name: string, script: Script): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, script.createCachedData(), { mode: 0o600 });
    renameSync(temporary, path);
    for (const other of readdirSync(folder)) {
      const old = join(folder, other);
      if (other.startsWith(`${name}-`) && age(old) > month) rmSync(old, { force: true });
    }
  } catch {
    // See above.
  }
}
