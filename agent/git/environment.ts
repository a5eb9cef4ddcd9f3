import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { GitFailure } from './failure.ts';

/**
 * Variables by which git tells a hook which repository, index and objects are meant (`git rev-parse --local-env-vars`).
 * They are passed on to git for the repository of the hook and dropped for every other folder.
 */
export const repositoryVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_CONFIG',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
] as const;

/** Variables that would let the environment run a program, hide content or change the shape of git's output. */
const unwanted = new Set([
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_REPLACE_REF_BASE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_PAGER',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_PROXY_COMMAND',
  'GIT_ASKPASS',
]);

/**
 * The environment for our own git processes: English messages, no prompt, no network, no replaced or grafted objects.
 * `GIT_NO_LAZY_FETCH` is understood from git 2.44; the empty list of protocols stops a partial clone from fetching before.
 */
export function gitEnvironment(env: NodeJS.ProcessEnv, options: { otherRepository?: boolean } = {}): NodeJS.ProcessEnv {
  const out: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (!unwanted.has(name) && !name.startsWith('GIT_TRACE')) out[name] = value;
  }
  if (options.otherRepository) {
    for (const name of Object.keys(out)) {
      if ((repositoryVariables as readonly string[]).includes(name) || /^GIT_CONFIG_(KEY|VALUE)_\d+$/.test(name)) {
        delete out[name];
      }
    }
  }
  return Object.assign(out, {
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    LANGUAGE: '',
  });
}

/**
 * Folders of PATH that a repository cannot write to: absolute, not `node_modules/.bin`, not below the repository that
 * `cwd` lies in. Husky puts a relative `node_modules/.bin` first, where a hostile package may have left a `git`.
 */
export function trustedPath(env: NodeJS.ProcessEnv, cwd: string): string[] {
  const root = repositoryFolder(cwd);
  const value = env['PATH'] ?? env['Path'] ?? '';
  return value.split(path.delimiter).filter((folder) => {
    if (folder === '' || !path.isAbsolute(folder)) return false;
    if (/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(folder)) return false;
    return root === undefined || !isInside(root, folder);
  });
}

const found = new Map<string, string>();

/** Absolute path of the git on the trusted part of PATH; throws `git-missing` where there is none. */
export function gitExecutable(env: NodeJS.ProcessEnv, cwd: string): string {
  return gitIn(trustedPath(env, cwd));
}

/** The same in folders that `trustedPath` has named. */
export function gitIn(folders: readonly string[]): string {
  const key = folders.join('\0');
  const known = found.get(key);
  if (known !== undefined) return known;
  const executable = findProgram('git', folders);
  if (executable === undefined) {
    throw new GitFailure({
      code: 'git-missing',
      message: 'git was not found on the PATH, so nothing was checked. Install git, or start from a shell that has it.',
      fatal: true,
    });
  }
  found.set(key, executable);
  return executable;
}

/** First executable file called `name` in `folders`, or undefined. */
export function findProgram(name: string, folders: readonly string[]): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of folders) {
    for (const each of names) {
      const candidate = path.join(folder, each);
      if (isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The nearest folder above `cwd` that holds `.git`, without asking git. */
export function repositoryFolder(cwd: string): string | undefined {
  let folder = path.resolve(cwd);
  for (;;) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** True when `child` is `parent` or lies below it. Both are absolute. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}
