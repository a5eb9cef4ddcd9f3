import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** Ignored folder of the repository; `@vscode/test-electron` uses the same one, so one CI cache entry holds both. */
export const defaultCacheDir: string = join(repositoryRoot, '.vscode-test');

/** Ignored folder that receives every screenshot of the editor tests. */
export const screenshotDir: string = join(repositoryRoot, 'screenshots');

const LOCK_TIMEOUT_MS = 15 * 60_000;
const LOCK_POLL_MS = 250;
const TEMPORARY_PREFIX = 'tmp-';

export type CacheEntry = {
  /** Absolute path of the cache folder; made when missing. */
  cacheDir: string;
  /** Folder name of the entry: names version, platform and recipe, so that a change of any makes a new entry. */
  name: string;
  /** Fills an empty folder. It runs at most twice, each time in a new folder. */
  fill: (directory: string) => Promise<void>;
};

/**
 * Returns the absolute path of a complete cache entry and fills it first when it is missing.
 *
 * The entry is filled in a temporary folder and renamed into place, so a killed run never leaves a half-filled entry.
 * A lock file makes a second process wait instead of downloading the same files on the same two cores.
 * Throws the error of `fill` after one retry.
 */
export async function ensureCacheEntry(entry: CacheEntry): Promise<string> {
  const target = join(entry.cacheDir, entry.name);
  if (existsSync(target)) {
    return target;
  }
  await mkdir(entry.cacheDir, { recursive: true });
  const unlock = await lock(`${target}.lock`);
  try {
    if (!existsSync(target)) {
      await removeAbandonedFolders(entry);
      await retryOnce(entry.name, () => fillAndRename(entry, target));
    }
    return target;
  } finally {
    await unlock();
  }
}

/** Runs a step and, when it throws, once more; the first error is told on stderr and the second one is thrown. */
export async function retryOnce<T>(step: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    progress(`${step}: ${(error as Error).message}; trying once more`);
    return await run();
  }
}

/** Writes one progress line to stderr, because stdout belongs to the test reporter. */
export function progress(line: string): void {
  process.stderr.write(`editor-harness: ${line}\n`);
}

async function fillAndRename(entry: CacheEntry, target: string): Promise<void> {
  const temporary = await mkdtemp(join(entry.cacheDir, `${TEMPORARY_PREFIX}${entry.name}-${process.pid}-`));
  try {
    await entry.fill(temporary);
    // A temporary folder is private; a restored cache is often read by another user than the one who filled it.
    await chmod(temporary, 0o755);
    await rename(temporary, target).catch((error: NodeJS.ErrnoException) => {
      // A process that did not see our lock (another container on the same disk) may have been first: its entry is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') {
        throw error;
      }
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Removes what a killed run left; the folder's name holds the number of the process that made it. */
async function removeAbandonedFolders(entry: CacheEntry): Promise<void> {
  const prefix = `${TEMPORARY_PREFIX}${entry.name}-`;
  for (const name of await readdir(entry.cacheDir)) {
    if (name.startsWith(prefix) && !isRunning(Number.parseInt(name.slice(prefix.length), 10))) {
      await rm(join(entry.cacheDir, name), { recursive: true, force: true });
    }
  }
}

async function lock(path: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  let told = false;
  while (Date.now() < deadline) {
    if (await tryLock(path)) {
      return () => rm(path, { force: true });
    }
    if (await isStale(path)) {
      await rm(path, { force: true });
      continue;
    }
    if (!told) {
      progress(`another process is filling ${dirname(path)}, waiting for it`);
      told = true;
    }
    await sleep(LOCK_POLL_MS);
  }
  throw new Error(
    `${path} is held by another process for 15 minutes: nothing was set up; delete that file and try again`,
  );
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    if (Date.now() - mtimeMs > LOCK_TIMEOUT_MS) {
      return true;
    }
    // The owner writes its number just after it made the file, so an empty file is a lock that was made this moment.
    return text !== '' && !isRunning(Number(text));
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // In a container whose first process takes note of nobody's end, a killed process keeps its number for ever.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
