import { lstatSync, mkdirSync, readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { ensureState, stateFolder, writeStateFile } from '../state.ts';

/** What a running daemon has left for those who want to ask it. The shell reads the file too: one line each, in this order. */
export interface Info {
  /** Hash of the installed build; another one is never asked. */
  bundle: string;
  /** Absolute path of the socket. */
  socket: string;
  /** 32 hex digits, new at each start: both sides show that they can read this file. */
  token: string;
  pid: number;
  /** The number under which it holds the door open (`door.ts`), where it has one. */
  door?: number;
}

/** Where socket, info and lock lie: `daemon/` in the user's state folder. */
export function daemonFolder(env: NodeJS.ProcessEnv): string {
  return path.join(stateFolder(env), 'daemon');
}

/** Makes the folder with mode 0700; refuses a link and what belongs to somebody else (`GitFailure`). */
export function ensureDaemonFolder(env: NodeJS.ProcessEnv): string {
  return ensureState(env, 'daemon');
}

/**
 * The info of the daemon that is said to run, or undefined when there is none that may be trusted. On Windows there is
 * none: Node cannot say who may open a pipe, so its name could be anybody's.
 */
export function readInfo(env: NodeJS.ProcessEnv): Info | undefined {
  if (process.platform === 'win32') return undefined;
  const folder = daemonFolder(env);
  const file = path.join(folder, 'info');
  if (!isOurs(folder, 'folder') || !isOurs(file, 'file')) return undefined;
  try {
    const [bundle = '', socket = '', token = '', pid = ''] = readFileSync(file, 'utf8').split('\n');
    if (!/^[0-9a-f]{32}$/.test(bundle) || !/^[0-9a-f]{32}$/.test(token) || !/^\d+$/.test(pid)) return undefined;
    return { bundle, socket, token, pid: Number(pid) };
  } catch {
    return undefined;
  }
}

export function writeInfo(info: Info, env: NodeJS.ProcessEnv): void {
  const lines = [info.bundle, info.socket, info.token, info.pid, info.door ?? ''];
  writeStateFile(path.join(ensureDaemonFolder(env), 'info'), `${lines.join('\n')}\n`);
}

/**
 * True when a path is what it should be, belongs to this user and nobody else can write or read it. A link is never what
 * it should be. Without user ids (Windows) only the kind is looked at.
 */
export function isOurs(file: string, kind: 'folder' | 'file' | 'socket'): boolean {
  let stat: Stats;
  try {
    stat = lstatSync(file);
  } catch {
    return false;
  }
  const right = kind === 'folder' ? stat.isDirectory() : kind === 'file' ? stat.isFile() : stat.isSocket();
  if (!right) return false;
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
}

/** True when the user has switched the daemon off, for good or in this environment. */
export function isOff(env: NodeJS.ProcessEnv): boolean {
  return whyOff(env) !== undefined;
}

/** In words for a person, or undefined when it is on. */
export function whyOff(env: NodeJS.ProcessEnv): string | undefined {
  if (process.platform === 'win32') return 'not available on Windows';
  if (env['PREGATE_DAEMON'] === 'off') return 'PREGATE_DAEMON=off';
  return statSync(path.join(daemonFolder(env), 'off'), { throwIfNoEntry: false }) ? 'pregate daemon off' : undefined;
}

/** Switches the daemon off or on for this user, until it is switched again. */
export function setOff(off: boolean, env: NodeJS.ProcessEnv): void {
  const file = path.join(ensureDaemonFolder(env), 'off');
  if (off) writeStateFile(file, 'pregate daemon off\n');
  else rmSync(file, { force: true });
}

/** Seconds after which a lock is a dead process's, whatever its number says. */
const lockLife = 10;

/**
 * Runs `work` while no other process does; returns false without running it when one is at it. A lock whose process is
 * gone is taken over.
 */
export async function withLock(env: NodeJS.ProcessEnv, work: () => Promise<void>): Promise<boolean> {
  const lock = path.join(ensureDaemonFolder(env), 'lock');
  for (let tries = 0; tries < 2; tries++) {
    try {
      // A folder is made or not, in one step, on every file system.
      mkdirSync(lock, { mode: 0o700 });
    } catch {
      const stat = statSync(lock, { throwIfNoEntry: false });
      if (stat && Date.now() - stat.mtimeMs < lockLife * 1000) return false;
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    try {
      await work();
      return true;
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return false;
}
