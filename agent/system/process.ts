import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What Linux tells of a process in `/proc/PID/stat` (proc(5), fields 3, 4 and 22). */
export interface ProcessStat {
  /** One letter: `R` runs, `S` sleeps, `Z` has ended and waits for its parent. */
  state: string;
  parent: number;
  /** Ticks since boot at which it started: with the number it names one process for as long as the machine runs. */
  start: string;
}

/** Undefined where there is no such process, or the system has no `/proc`. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    // The second field is the program's name and may hold spaces and parentheses; the rest follows the last ")".
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * The words that a process was started with. Where only `ps` tells them they are parted at spaces, so a word with a space
 * in it comes as two. Undefined when it cannot be known: the process is gone, or the system is Windows.
 */
export function commandLineOf(pid: number): string[] | undefined {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    } catch {
      return undefined;
    }
  }
  return askPs('args', pid)?.split(' ');
}

/** The process that started this one, or undefined when it cannot be known. */
export function parentOf(pid: number): number | undefined {
  if (process.platform === 'linux') return statOf(pid)?.parent;
  const answer = askPs('ppid', pid);
  return answer === undefined ? undefined : Number(answer);
}

function askPs(field: 'args' | 'ppid', pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  const result = spawnSync('/bin/ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
