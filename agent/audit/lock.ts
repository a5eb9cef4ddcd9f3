import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { statOf } from '../system/process.ts';

/** Milliseconds after which waiting for the lock is given up; an append takes about one. */
const patience = 10_000;
/** Milliseconds that an owner may take to write its name into the lock it has made. */
const nameless = 1000;

/**
 * Runs `work` while no other process of ours writes the log. The lock is a file that only one process can create; it
 * names its owner, so that the lock of a process that was killed is taken over. Answers undefined when it stayed busy.
 * Time is the monotonic clock's: a computer whose date jumps neither waits for ever nor takes a lock that is held.
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T | undefined> {
  const until = performance.now() + patience;
  const abandoned = watch(path);
  const guardAbandoned = watch(`${path}.steal`);
  while (!take(path)) {
    if (performance.now() > until) return undefined;
    if (abandoned() && steal(path, abandoned, guardAbandoned)) continue;
    // Also when another one is taking the lock over: waiting without a pause would keep this process from everything else.
    await pause(2 + Math.random() * 8);
  }
  try {
    return await work();
  } finally {
    release(path);
  }
}

function take(path: string): boolean {
  let handle: number;
  try {
    handle = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(handle, nameOf(process.pid));
    return true;
  } catch (error) {
    // A full disk: a lock without a name would keep the others waiting.
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** Removes the lock, if it is still this process's. */
function release(path: string): void {
  if (read(path) === nameOf(process.pid)) rmSync(path, { force: true });
}

/**
 * Answers, each time it is asked, whether a lock's owner is gone, or another process has its number now. A lock without a
 * name is abandoned when it has been seen so for a second: the file's date says nothing when the computer's date jumps.
 */
function watch(path: string): () => boolean {
  let seen: { file: string; at: number } | undefined;
  return () => {
    const text = read(path);
    if (text === undefined) return false;
    const [pid, start] = text.split(' ');
    // It may have given the lock back and ended since the file was read: only what it left stands there still.
    if (pid && start !== undefined) return !isRunning(Number(pid), start) && read(path) === text;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return false;
    const file = `${stat.ino} ${stat.mtimeMs}`;
    if (seen?.file !== file) seen = { file, at: performance.now() };
    return performance.now() - seen.at > nameless;
  };
}

/**
 * Removes an abandoned lock. Only one process may do that at a time, or the second would remove the lock of the first.
 * Answers false when another one is at it.
 */
function steal(path: string, abandoned: () => boolean, guardAbandoned: () => boolean): boolean {
  const guard = `${path}.steal`;
  if (!take(guard)) {
    if (guardAbandoned()) rmSync(guard, { force: true });
    return false;
  }
  try {
    // Looked at once more: somebody may have taken it over since.
    if (abandoned()) rmSync(path, { force: true });
    return true;
  } finally {
    release(guard);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const nameOf = (pid: number) => `${pid} ${statOf(pid)?.start ?? ''}`;

/**
 * A process that has ended but whose parent has not asked for its exit status (a zombie) still has its number, for as long as
 * the parent lives: in a container whose first process is no init, for ever. It holds nothing any more.
 */
function isRunning(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (!stat) return start === '';
  return stat.start === start && !/[ZXx]/.test(stat.state);
}
