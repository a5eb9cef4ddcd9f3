import { ask } from '../daemon/client.ts';
import { type Info, readInfo, setOff, whyOff } from '../daemon/folder.ts';
import { endProcess, isDaemon, startDaemon } from '../daemon/process.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { count } from '../report/style.ts';
import type { Command, Io } from './command.ts';
import { UsageError } from './command.ts';

/** How a daemon says it is doing, with where it is. */
export interface DaemonStatus {
  pid: number;
  bundle: string;
  socket: string;
  /** Milliseconds since 1970. */
  started: number;
  asked: number;
  now: number;
  /** Hooks answered, and how many of them it left to themselves. */
  served: number;
  cold: number;
  /** Indexes looked at for an editor. */
  reports: number;
  threads: number;
  /** Bytes of memory. */
  rss: number;
}

export const command: Command = {
  name: 'daemon',
  summary: 'The process that keeps hooks fast: look at it, stop it, start it, switch it off.',
  usage: ['daemon status [--json]', 'daemon stop', 'daemon start', 'daemon off', 'daemon on'],
  help: [
    'A hook that finds no daemon starts one and checks without it. It ends after 30 minutes without a hook. Switched off (or with PREGATE_DAEMON=off) everything is checked the same, only slower.',
  ],
  options: { json: { type: 'boolean', help: 'print the status as JSON' } },
  async run(args, io): Promise<ExitCode> {
    const [what = 'status', ...more] = args.positionals;
    const action = Object.hasOwn(actions, what) ? actions[what] : undefined;
    if (!action || more.length > 0) throw new UsageError(`daemon takes ${Object.keys(actions).join(', ')}`);
    return action(io, args.flags['json'] === true);
  },
};

const actions: Record<string, (io: Io, json: boolean) => Promise<ExitCode>> = {
  status: async (io, json) => {
    const status = await daemonStatus(io.env);
    if (json)
      io.out(
        `${JSON.stringify({ schema: 'pregate.daemon/v1', off: whyOff(io.env) ?? null, status: status ?? null }, null, 2)}\n`,
      );
    else io.out(`${describeDaemon(status, io.env)}\n`);
    return Exit.pass;
  },
  stop: async (io) => {
    const info = readInfo(io.env);
    const stopped = info !== undefined && (await stopDaemon(info, io.env));
    io.out(stopped ? `Stopped (process ${info.pid}). The next hook starts another one.\n` : 'No daemon was running.\n');
    return Exit.pass;
  },
  start: async (io) => {
    const off = whyOff(io.env);
    if (off !== undefined) {
      io.err(
        `pregate: the daemon is off (${off}), so it was not started. Switch it on with: pregate daemon on [daemon-off]\n`,
      );
      return Exit.couldNotCheck;
    }
    if (!startDaemon(io.env)) {
      io.err(
        'pregate: no hooks are installed for this user, so there is nothing to serve. Install them with: pregate init [daemon-not-installed]\n',
      );
      return Exit.couldNotCheck;
    }
    const status = await waitFor(io.env);
    if (status) io.out(`${describeDaemon(status, io.env)}\n`);
    else io.err('pregate: it did not answer within 5 s, so hooks check without it for now [daemon-silent]\n');
    return status ? Exit.pass : Exit.couldNotCheck;
  },
  off: async (io) => {
    setOff(true, io.env);
    const info = readInfo(io.env);
    if (info) await stopDaemon(info, io.env);
    io.out('Off. Hooks check everything themselves, only slower. Switch it on with: pregate daemon on\n');
    return Exit.pass;
  },
  on: async (io) => {
    setOff(false, io.env);
    io.out('On. The next hook starts it.\n');
    return Exit.pass;
  },
};

/** What the running daemon says, or undefined when none answers within two seconds. */
export async function daemonStatus(env: NodeJS.ProcessEnv): Promise<DaemonStatus | undefined> {
  const info = readInfo(env);
  const answer = info && (await ask(info, { hook: 'status' }));
  if (!info || !answer) return undefined;
  try {
    const { pid, bundle, socket } = info;
    return { pid, bundle, socket, ...(JSON.parse(answer.text) as Omit<DaemonStatus, 'pid' | 'bundle' | 'socket'>) };
  } catch {
    return undefined;
  }
}

/** One line for a person. */
export function describeDaemon(status: DaemonStatus | undefined, env: NodeJS.ProcessEnv): string {
  const off = whyOff(env);
  if (!status && off !== undefined) return `Off (${off}).`;
  if (!status) {
    const pid = readInfo(env)?.pid;
    // Stopped, or so busy that a hook would not wait for it either.
    if (pid !== undefined && isDaemon(pid, env))
      return `Process ${pid} does not answer; the next hook puts another in its place.`;
    return 'Not running; the next hook starts it.';
  }
  const { pid, served, cold, rss, started, asked, now } = status;
  const left = cold > 0 ? `, ${cold} left to the hook itself` : '';
  const ago = (from: number) => minutes(now - from);
  return `Running (process ${pid}) for ${ago(started)}: ${count(served, 'hook')} answered${left}, the last ${ago(asked)} ago, ${Math.round(rss / 1e6)} MB.`;
}

function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

async function stopDaemon(info: Info, env: NodeJS.ProcessEnv): Promise<boolean> {
  if (await ask(info, { hook: 'stop' })) return true;
  return endProcess(info, env);
}

async function waitFor(env: NodeJS.ProcessEnv): Promise<DaemonStatus | undefined> {
  for (let tries = 0; tries < 50; tries++) {
    const status = await daemonStatus(env);
    if (status) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}
