import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSecret } from '../../test/support/secrets.ts';

/** Milliseconds after which a process of ours or of git has hung: the longest commit waits five seconds for a dead daemon. */
const longest = 60_000;
const bounded = { timeout: longest, killSignal: 'SIGKILL' } as const;
const program = fileURLToPath(new URL('../../dist/pregate.cjs', import.meta.url));

export interface Outcome {
  code: number;
  output: string;
  /** It had not ended after a minute, and was killed. */
  hung?: boolean;
}

/** A user of its own with one repository, a bare remote and the built hooks. */
export interface TortureWorld {
  folder: string;
  env: NodeJS.ProcessEnv;
  state: string;
  repo: string;
  remote: string;
  /** Whole numbers below a bound, the same for the same seed. */
  next: (bound: number) => number;
  git: (cwd: string, ...args: string[]) => string;
  pregate: (...args: string[]) => Outcome;
  /** Starts git and gives the process too, so that it can be hurt meanwhile. */
  start: (cwd: string, args: string[]) => { child: ChildProcess; done: Promise<Outcome> };
  /** A secret nobody has seen before; it is remembered for `leaked`. */
  plant: () => string;
  /** Planted secrets that lie in any object of a repository, by reading every object and nothing of ours. */
  leaked: (repository: string) => string[];
  daemon: () => number | undefined;
  close: () => void;
}

export function tortureWorld(seed: number): TortureWorld {
  const folder = mkdtempSync(path.join(tmpdir(), 'pregate-torture-'));
  const home = path.join(folder, 'home');
  const state = path.join(folder, 'state', 'pregate');
  mkdirSync(home);
  writeFileSync(
    path.join(home, '.gitconfig'),
    '[user]\n\tname = Torture\n\temail = torture@example.com\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n',
  );
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_STATE_HOME: path.join(folder, 'state'),
    GIT_CONFIG_NOSYSTEM: '1',
    PREGATE_DAEMON_IDLE: '120',
  };
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd, env, stdio: 'pipe', maxBuffer: 1 << 28, ...bounded })
      .toString()
      .trim();
  const repo = path.join(folder, 'repo');
  const remote = path.join(folder, 'remote.git');
  git(folder, 'init', '-q', '--bare', remote);
  git(folder, 'init', '-q', repo);
  git(repo, 'remote', 'add', 'origin', remote);
  git(repo, 'commit', '-q', '--allow-empty', '-m', 'first');
  git(repo, 'push', '-q', '-u', 'origin', 'main');
  execFileSync(process.execPath, [program, 'init', '--yes'], { cwd: repo, env, stdio: 'pipe', ...bounded });
  const planted: string[] = [];
  const next = generator(seed);
  const daemon = () => {
    const info = path.join(state, 'daemon', 'info');
    const pid = existsSync(info) ? Number(readFileSync(info, 'utf8').split('\n')[3]) : 0;
    return pid > 1 && isOurs(pid, state) ? pid : undefined;
  };
  return {
    folder,
    env,
    state,
    repo,
    remote,
    next,
    git,
    daemon,
    pregate(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
        cwd: repo,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        ...bounded,
      });
      return { code: status ?? -1, output: `${stdout}${stderr}` };
    },
    start(cwd, args) {
      const child = spawn('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      let hung = false;
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk));
      const timer = setTimeout(() => {
        hung = true;
        for (const pid of [...below(child.pid as number), child.pid as number]) kill(pid);
        // Whoever still holds the streams is not waited for.
        for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      }, longest);
      const done = new Promise<Outcome>((resolve) =>
        child.on('close', (code) => {
          clearTimeout(timer);
          resolve({ code: code ?? 128, output, hung });
        }),
      );
      return { child, done };
    },
    plant() {
      const secret = generateSecret('github-token', seed * 7919 + planted.length + 1);
      planted.push(secret);
      return secret;
    },
    leaked(repository) {
      const all = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch', '--buffer'], {
        cwd: repository,
        env,
        maxBuffer: 1 << 30,
        ...bounded,
      });
      return planted.filter((secret) => all.includes(secret));
    },
    close() {
      const pid = daemon();
      if (pid !== undefined) kill(pid);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Ends a process of ours for good; one that has ended already is fine. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** True when a process runs something of this state folder, so that no stranger is ever ended. */
function isOurs(pid: number, state: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(state);
  } catch {
    return false;
  }
}

/** All processes below one, the nearest first. */
export function below(pid: number): number[] {
  const out: number[] = [];
  for (const one of childrenOf(pid)) out.push(one, ...below(one));
  return out;
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

/** Park and Miller's generator. */
function generator(seed: number): (bound: number) => number {
  let state = (seed % 2147483646) + 1;
  return (bound) => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
}
