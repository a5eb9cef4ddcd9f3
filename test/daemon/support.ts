import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { daemonStatus } from '../../agent/cli/daemon.ts';
import { ensureState, writeRuntime } from '../../agent/state.ts';
import { installBundle } from '../../hooks/bundle.ts';
import { type Repo, type Sandbox, sandbox, withoutProgress } from '../git/support.ts';
import { type Product, product } from '../product/support.ts';
import { until } from '../support/until.ts';

export interface Told {
  code: number;
  err: string;
}

export interface HookOptions {
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** False: the daemon is switched off. */
  warm?: boolean;
  /** With the lines that say what is being done. */
  progress?: boolean;
}

export interface World {
  box: Sandbox;
  shipped: Product;
  /** The environment with the daemon allowed. */
  env: NodeJS.ProcessEnv;
  state: string;
  /** A repository in which a `deploy.env` with this text is staged. */
  staged: (name: string, text: string) => Repo;
  /** A file of the daemon's folder. */
  at: (name: string) => string;
  /** Runs the installed dispatcher as a stub does, with or without the daemon. */
  hook: (repo: Repo, words: string[], options?: HookOptions) => Told;
  /** What `pregate daemon status` knows, or null. Asked in this process: most of a test would go to starting others. */
  status: () => Promise<Status | null>;
  /** Starts the daemon unless it runs, and waits until it answers. */
  start: () => Promise<Status>;
  stop: () => void;
  /** Ends the one, too, that a hook of an earlier test may still be starting: none is there for a second and a half. */
  stopAll: () => Promise<void>;
}

export interface Status {
  pid: number;
  bundle: string;
  served: number;
  cold: number;
  reports: number;
  threads: number;
  rss: number;
}

/** The built product installed for a user of its own, whose daemon ends with the test file. */
export function world(): World {
  const box = sandbox();
  const shipped = product(box);
  // Said, not left out: a repository's own environment, which lies below, has it off.
  const env: NodeJS.ProcessEnv = { ...box.env, PREGATE_DAEMON: 'on', PREGATE_DAEMON_IDLE: '120' };
  installBundle(shipped.folder, env);
  writeRuntime({ executable: process.execPath, electron: false }, env);
  const state = ensureState(env);
  const at = (name: string) => path.join(state, 'daemon', name);
  const cli = (...words: string[]) => shipped.run(['daemon', ...words], { cwd: box.folder, env });
  const status = async () => (await daemonStatus(env)) ?? null;
  const stop = () => {
    const pid = pidOf(at('info'));
    cli('stop');
    if (pid !== undefined) endIfOurs(pid, state);
  };
  after(stop);
  return {
    box,
    shipped,
    env,
    state,
    staged(name, text) {
      const repo = box.repository(name);
      repo.commit('README.md', '# Example\n');
      repo.write('deploy.env', text);
      repo.git('add', '-A');
      return repo;
    },
    at,
    status,
    stop,
    async stopAll() {
      stop();
      for (let quiet = 0; quiet < 15; quiet++) {
        await sleep(100);
        if ((await status()) === null) continue;
        stop();
        quiet = -1;
      }
    },
    hook(repo, words, { env: more = {}, input = '', warm = true, progress = false } = {}) {
      const result = spawnSync(path.join(state, 'hooks/dispatch'), words, {
        cwd: repo.dir,
        env: { ...env, ...(warm ? {} : { PREGATE_DAEMON: 'off' }), ...more },
        input,
        encoding: 'utf8',
        // A hook that hangs shall fail its test, not hold the run; a first push takes a minute on a machine that is busy.
        timeout: 180_000,
        killSignal: 'SIGKILL',
      });
      return { code: result.status ?? -1, err: progress ? result.stderr : withoutProgress(result.stderr) };
    },
    async start() {
      let found = await status();
      if (found === null) cli('start');
      await until(async () => {
        found ??= await status();
        return found !== null;
      }, 'the daemon answers');
      return found as Status;
    },
  };
}

function pidOf(info: string): number | undefined {
  if (!existsSync(info)) return undefined;
  const pid = Number(readFileSync(info, 'utf8').split('\n')[3]);
  return pid > 1 ? pid : undefined;
}

/** Ends a process only when it is a daemon of this world. */
function endIfOurs(pid: number, state: string): void {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (words.includes(state)) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** True while a process with this number runs (a zombie does not). */
export function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
