import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readRuntime, stateFolder } from '../state.ts';
import { commandLineOf } from '../system/process.ts';
import type { Info } from './folder.ts';

/** The only variables a daemon is given: what belongs to one shell must not decide about the commits of another. */
const kept =
  /^(PATH|HOME|LANG|LC_ALL|TMPDIR|TZ|XDG_\w+|PREGATE_STATE_DIR|PREGATE_DAEMON|PREGATE_DAEMON_IDLE|PREGATE_CODE_CACHE)$/;

/**
 * glibc gives each thread memory of its own and keeps what was freed (mallopt(3)). Pieces as large as those in which a pipe is
 * read go back at once: eight pushes of 10 MB have left the daemon at 333 MB without that.
 */
const thrift = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };

/**
 * Starts a daemon of the installed build, in a session of its own and without any stream of ours, so that no terminal and
 * no editor waits for it. False when no build is installed.
 */
export function startDaemon(env: NodeJS.ProcessEnv): boolean {
  const state = stateFolder(env);
  const program = installedProgram(state);
  if (program === undefined) return false;
  const runtime = readRuntime(env) ?? { executable: process.execPath, electron: !!process.versions['electron'] };
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => kept.test(name)));
  const child = spawn(runtime.executable, [program, 'hook', 'daemon'], {
    cwd: state,
    env: { ...own, ...thrift, PREGATE_STATE_DIR: state, ...(runtime.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
  });
  child.on('error', () => {});
  child.unref();
  return true;
}

/** `pregate.cjs` of the build that hooks run. */
function installedProgram(state: string): string | undefined {
  try {
    const bundle = readFileSync(path.join(state, 'hooks', 'current'), 'utf8').trim();
    const program = path.join(state, 'hooks', bundle, 'pregate.cjs');
    return /^[0-9a-f]{32}$/.test(bundle) && existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Ends a daemon that does not answer, after making sure that the number is still its own. */
export function endProcess({ pid }: Info, env: NodeJS.ProcessEnv): boolean {
  if (!isDaemon(pid, env)) return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

/** True when a process with this number runs and is a daemon of this state folder, by its command line. */
export function isDaemon(pid: number, env: NodeJS.ProcessEnv): boolean {
  if (pid <= 1) return false;
  const words = (commandLineOf(pid) ?? []).join(' ');
  return words.includes(` ${path.join(stateFolder(env), 'hooks')}/`) && words.endsWith('/pregate.cjs hook daemon');
}
