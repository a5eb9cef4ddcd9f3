import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { displayText } from '../model/path.ts';
import type { Problem } from '../model/types.ts';
import { gitEnvironment, gitIn, trustedPath } from './environment.ts';
import { GitFailure } from './failure.ts';

/** Where and with what git is run. Made once per run by `openGit`. */
export interface Git {
  executable: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Options of this repository alone, behind those of `hardening`: git takes the last. */
  options?: readonly string[];
}

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

export interface RunOptions {
  input?: string | Uint8Array;
  /** Bytes of output after which git is stopped and the call fails. Default 512 MB. */
  maxBytes?: number;
  /** Called with the number of bytes printed so far: a long list that grows is progress. */
  onOutput?: (bytes: number) => void;
  /**
   * Milliseconds after which git, and whatever it has started and waits for, is not waited for any more: exit code 124,
   * as of timeout(1). For git that starts programs which may wait for a lock, a network or a person.
   */
  patience?: number;
}

/**
 * Options before every subcommand. A repository's configuration may name programs (file system monitor), move objects
 * (replace refs) or hide an embedded bare repository in a folder; none of that may act while we only read.
 */
export const hardening = [
  '--no-replace-objects',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.untrackedCache=false',
  '-c',
  'safe.bareRepository=explicit',
  '-c',
  'advice.graftFileDeprecated=false',
] as const;

/**
 * Opens git for a folder. `env` is the environment of the caller: inside a hook it says which index is being committed.
 * Throws `GitFailure` (`git-missing`) when there is no git.
 */
export function openGit(
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
  options: { otherRepository?: boolean } = {},
): Git {
  // Git looks for gpg, ssh-keygen and its own helpers on the PATH too: they come from the trusted part of it.
  const { Path: _, ...rest } = gitEnvironment(env, options);
  const folders = trustedPath(env, cwd);
  return {
    executable: gitIn(folders),
    cwd,
    env: { ...rest, PATH: folders.join(delimiter) },
  };
}

/** The words of a command of git, behind what every one of ours begins with. */
export function gitWords(git: Git, args: readonly string[]): string[] {
  return [...hardening, ...(git.options ?? []), ...args];
}

/** Runs git without a shell and returns whatever it said. Rejects only when git could not be started or said too much. */
export function runGit(git: Git, args: readonly string[], options: RunOptions = {}): Promise<GitResult> {
  const limit = options.maxBytes ?? 512 * 1024 * 1024;
  return new Promise((resolve, reject) => {
    const child = spawn(git.executable, gitWords(git, args), {
      cwd: git.cwd,
      env: git.env,
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let errorSize = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) child.kill('SIGKILL');
      else out.push(chunk);
      options.onOutput?.(size);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      errorSize += chunk.length;
      if (errorSize <= 65536) err.push(chunk);
    });
    const end = (code: number | null) => {
      resolve({ code: code ?? 128, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString('utf8') });
    };
    const timer = options.patience === undefined ? undefined : setTimeout(giveUp, options.patience);
    function giveUp(): void {
      child.kill('SIGKILL');
      // A program that git has started may hold them, and then they would not end.
      child.stdout?.destroy();
      child.stderr?.destroy();
      end(124);
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new GitFailure(startProblem(error)));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (size > limit) return reject(new GitFailure(tooMuch(args[0] ?? 'git', limit)));
      end(code);
    });
    if (options.input !== undefined) {
      // Git may end before it has read everything; the exit code says why.
      child.stdin?.on('error', () => {});
      child.stdin?.end(options.input);
    }
  });
}

/** Runs git and returns its output; anything but exit code 0 is a `GitFailure`. */
export async function gitOutput(git: Git, args: readonly string[], options: RunOptions = {}): Promise<Buffer> {
  const result = await runGit(git, args, options);
  if (result.code !== 0) throw new GitFailure(gitProblem(result, args[0] ?? 'git'));
  return result.stdout;
}

/** Explains a failed git process in one line a person can act on. */
export function gitProblem(result: GitResult, command: string): Problem {
  const { stderr } = result;
  const closed = 'Nothing was checked.';
  if (/detected dubious ownership|unsafe repository/.test(stderr)) {
    return {
      code: 'dubious-ownership',
      message: `Git refuses this repository because another user owns it. ${closed} If you trust it: git config --global --add safe.directory <its folder>`,
      fatal: true,
    };
  }
  if (/cannot use bare repository/.test(stderr)) {
    return {
      code: 'bare-repository',
      message: `This is a bare repository, which is opened only when GIT_DIR names it. ${closed}`,
      fatal: true,
    };
  }
  if (/not a git repository/i.test(stderr)) {
    return { code: 'not-a-repository', message: `This folder is not in a git repository. ${closed}`, fatal: true };
  }
  if (/must be run in a work tree/.test(stderr)) {
    return { code: 'no-work-tree', message: `This repository has no working tree. ${closed}`, fatal: true };
  }
  const reason = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('hint:') && !line.startsWith('warning:'))
    .pop();
  return {
    code: 'git-failed',
    message: `git ${command} failed (exit ${result.code})${reason ? `: ${displayText(reason.slice(0, 200))}` : ''}. ${closed}`,
    fatal: true,
  };
}

/** True for a full object id, SHA-1 or SHA-256. Nothing else is ever put in a command line as a revision. */
export function isOid(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The id of zeros that stands for "does not exist", in either length. */
export function isZero(oid: string): boolean {
  return /^0+$/.test(oid);
}

function startProblem(error: NodeJS.ErrnoException): Problem {
  return {
    code: 'git-missing',
    message: `git could not be started (${error.code ?? error.name}). Nothing was checked.`,
    fatal: true,
  };
}

function tooMuch(command: string, limit: number): Problem {
  return {
    code: 'scope-too-large',
    message: `git ${command} printed more than ${Math.round(limit / 1048576)} MB and was stopped. Nothing was checked.`,
    fatal: true,
  };
}
