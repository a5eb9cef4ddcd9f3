import { type SimpleGit, simpleGit } from 'simple-git';
import { gitEnvironment, gitExecutable, repositoryVariables } from './environment.ts';
import { GitFailure } from './failure.ts';
import { gitProblem } from './run.ts';

/**
 * Cold git work (setup, doctor, signing): configuration with origin and scope, remotes, settings.
 * simple-git 4 drops every `GIT_*` variable it is not told to keep, so inside `commit -a` it would read another index than
 * the one being committed. This list, and no other place, says which variables it keeps.
 */
export const allowedEnvironment: readonly string[] = [
  ...repositoryVariables,
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
  'GIT_DEFAULT_HASH',
  'GIT_EXEC_PATH',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_GRAFT_FILE',
  'GIT_NO_LAZY_FETCH',
  'GIT_ALLOW_PROTOCOL',
  'GIT_TERMINAL_PROMPT',
  'GIT_OPTIONAL_LOCKS',
];

/** Variables outside `GIT_*` that simple-git guards: each can name a program, none is needed for reading and setting. */
const guarded = new Set(['EDITOR', 'PAGER', 'VISUAL', 'PREFIX', 'SSH_ASKPASS']);

/**
 * Opens simple-git on a folder with the environment of the caller. Nothing of the environment can start a program.
 * Throws `GitFailure` when there is no git.
 */
export function openRepo(cwd: string, env: NodeJS.ProcessEnv = process.env): SimpleGit {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(gitEnvironment(env))) {
    const upper = name.toUpperCase();
    const numbered = /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(upper);
    if (guarded.has(upper) || (upper.startsWith('GIT_') && !numbered && !allowedEnvironment.includes(upper))) continue;
    if (value !== undefined) kept[name] = value;
  }
  const numbered = Object.keys(kept).filter((name) => /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(name));
  return simpleGit({
    baseDir: cwd,
    binary: gitExecutable(env, cwd),
    maxConcurrentProcesses: 4,
    trimmed: false,
    allowEnvironment: [...allowedEnvironment, ...numbered],
    config: ['core.fsmonitor=false'],
    unsafe: {
      allowUnsafeCustomBinary: true,
      // Passed on as the caller set them; without them a test or `git -c` would act on another configuration.
      allowUnsafeConfigPaths: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeExec: true,
      allowUnsafeFsMonitor: true,
    },
  }).env(kept);
}

/** One setting with where it comes from. */
export interface ConfigEntry {
  /** `system`, `global`, `local`, `worktree` or `command`. */
  scope: string;
  /** Such as `file:/home/me/.gitconfig`. */
  origin: string;
  key: string;
  value: string;
}

/** Every setting whose key matches, in the order git reads them: the last one counts. */
export async function readConfigEntries(repo: SimpleGit, matches: (key: string) => boolean): Promise<ConfigEntry[]> {
  const output = await raw(repo, ['config', '--list', '-z', '--show-scope', '--show-origin']);
  const parts = output.split('\0');
  const out: ConfigEntry[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const text = parts[at + 2] as string;
    const newline = text.indexOf('\n');
    const key = newline === -1 ? text : text.slice(0, newline);
    if (!matches(key)) continue;
    const value = newline === -1 ? 'true' : text.slice(newline + 1);
    out.push({ scope: parts[at] as string, origin: parts[at + 1] as string, key, value });
  }
  return out;
}

/** Sets one key of this repository's own configuration. */
export async function setLocalConfig(repo: SimpleGit, key: string, value: string): Promise<void> {
  await raw(repo, ['config', '--local', '--replace-all', key, value]);
}

/** Removes one key of this repository's own configuration; a key that is not set is fine. */
export async function unsetLocalConfig(repo: SimpleGit, key: string): Promise<void> {
  const entries = await readConfigEntries(repo, (one) => one === key);
  if (entries.some((entry) => entry.scope === 'local')) await raw(repo, ['config', '--local', '--unset-all', key]);
}

/** Runs one git command and returns what it printed; failures become a problem a person can act on. */
export async function raw(repo: SimpleGit, args: string[]): Promise<string> {
  try {
    return await repo.raw(args);
  } catch (error) {
    const stderr = error instanceof Error ? error.message : '';
    throw new GitFailure(gitProblem({ code: 128, stdout: Buffer.alloc(0), stderr }, args[0] ?? 'git'));
  }
}
