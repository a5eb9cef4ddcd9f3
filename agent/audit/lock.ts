import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds after which waiting for the lock is given up; an append takes about one. */
const patience = 10_000;

/**
 * Runs `work` while no other process of ours writes the log. The lock is a file that only one process can create; it
 * names its owner, so that the lock of a process that was killed is taken over. Answers undefined when it stayed busy.
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>): Promise<T | undefined> {
  const until = Date.now() + patience;
  while (!take(path)) {
    if (Date.now() > until) return undefined;
    if (isAbandoned(path)) steal(path);
    else await pause(2 + Math.random() * 8);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    const handle = openSync(path, 'wx', 0o600);
    writeSync(handle, `${process.pid} ${startOf(process.pid)}`);
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The owner is gone, or another process has its number now. An owner that has not written its name yet gets a second. */
function isAbandoned(path: string): boolean {
  try {
    const [pid, start] = readFileSync(path, 'utf8').split(' ');
    if (!pid || start === undefined) return Date.now() - statSync(path).mtimeMs > 1000;
    return !isAlive(Number(pid)) || startOf(Number(pid)) !== start;
  } catch {
    return false;
  }
}

/** Only one process may remove an abandoned lock, or the second would remove the lock of the first. */
function steal(path: string): void {
  const guard = `${path}.steal`;
  if (!take(guard)) {
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 5000) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isAbandoned(path)) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in ticks since boot (proc(5), field 22); empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
