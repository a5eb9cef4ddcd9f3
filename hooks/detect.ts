import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../agent/git/environment.ts';
import { findPlace } from '../agent/git/place.ts';
import { type ConfigEntry, openRepo, raw, readConfigEntries } from '../agent/git/repo.ts';
import { openGit } from '../agent/git/run.ts';
import { fileState } from './files.ts';

export type ManagerName = 'husky' | 'lefthook' | 'pre-commit' | 'plain' | 'git-config';

/** Where git looks for hooks here, and who else writes there. */
export interface HookPlace {
  root: string;
  commonDir: string;
  bare: boolean;
  /** The effective hooks folder: `.git/hooks`, or what `core.hooksPath` names. Absolute. */
  hooksDir: string;
  /** The setting that moved it away from `.git/hooks`. */
  hooksPath: ConfigEntry | undefined;
  /** What turned hooks of files off: `core.hooksPath` that names no folder. */
  disabled: ConfigEntry | undefined;
  /** The folder lies in the working tree: what is written there is shared with everybody who pulls it. */
  shared: boolean;
  manager: ManagerName;
  /** For people: `husky (.husky)`. */
  label: string;
  /** husky is set up, and the folder in which git looks for hooks is not there: it is made in each worktree anew. */
  asleep: boolean;
  /** Folder of husky's scripts, or lefthook's configuration. */
  managed: string | undefined;
}

/** Names of lefthook's main configuration (lefthook documentation, "Configuration"). */
const lefthookNames = ['lefthook', '.lefthook', '.config/lefthook', 'lefthook-local'].flatMap((name) =>
  ['yml', 'yaml', 'toml', 'json'].map((extension) => `${name}.${extension}`),
);

/** Finds the effective hooks folder and the manager. Throws `GitFailure` outside a repository. */
export async function findHookPlace(cwd: string, env: NodeJS.ProcessEnv): Promise<HookPlace> {
  const place = await findPlace(openGit(cwd, env));
  const repo = openRepo(place.root, env);
  const effective = (await raw(repo, ['rev-parse', '--git-path', 'hooks'])).replace(/\n$/, '');
  const hooksDir = path.resolve(place.root, effective);
  const entries = await readConfigEntries(repo, (key) => key === 'core.hookspath');
  const hooksPath = entries.at(-1);
  const off = hooksPath && (hooksPath.value === '' || hooksDir === path.resolve('/dev/null'));
  const shared =
    !place.bare &&
    isInside(realOf(place.root), realOf(hooksDir)) &&
    !isInside(realOf(place.commonDir), realOf(hooksDir));
  return {
    root: place.root,
    commonDir: place.commonDir,
    bare: place.bare,
    hooksDir,
    hooksPath,
    disabled: off ? hooksPath : undefined,
    shared,
    ...managerOf(place.root, hooksDir, hooksPath),
  };
}

function managerOf(
  root: string,
  hooksDir: string,
  hooksPath: ConfigEntry | undefined,
): Pick<HookPlace, 'manager' | 'label' | 'managed' | 'asleep'> {
  const husky = huskyFolder(root, hooksDir, hooksPath);
  if (husky !== undefined) {
    const asleep = hooksPath !== undefined && !existsSync(path.join(hooksDir, 'h'));
    const not = asleep ? ', not active in this worktree' : '';
    return { manager: 'husky', label: `husky (${path.relative(root, husky)}${not})`, managed: husky, asleep };
  }
  const asleep = false;
  const lefthook = lefthookNames.find((name) => existsSync(path.join(root, name)));
  if (lefthook !== undefined && hooksPath === undefined) {
    return { manager: 'lefthook', label: `lefthook (${lefthook})`, managed: path.join(root, lefthook), asleep };
  }
  const framework = ['.pre-commit-config.yaml', '.pre-commit-config.yml'].find((name) =>
    existsSync(path.join(root, name)),
  );
  if (framework !== undefined || isFrameworkHook(path.join(hooksDir, 'pre-commit'))) {
    return {
      manager: 'pre-commit',
      label: `the pre-commit framework (${framework ?? 'installed hook'})`,
      managed: undefined,
      asleep,
    };
  }
  const label = hooksPath === undefined ? "git's own hooks folder" : `the hooks folder ${hooksPath.value}`;
  return { manager: 'plain', label, managed: undefined, asleep };
}

/**
 * husky 9 sets `core.hooksPath` to `<folder>/_`, where `h` runs `<folder>/<hook>`; a new worktree has no such folder. Without the setting, its
 * folder and its name in package.json tell.
 */
function huskyFolder(root: string, hooksDir: string, hooksPath: ConfigEntry | undefined): string | undefined {
  if (hooksPath !== undefined) {
    if (path.basename(hooksDir) !== '_' || !isInside(root, hooksDir)) return undefined;
    const folder = path.dirname(hooksDir);
    const set = existsSync(path.join(hooksDir, 'h')) || (namesHusky(root) && fileState(folder).kind === 'other');
    return set ? folder : undefined;
  }
  if (fileState(path.join(root, '.husky')).kind !== 'other') return undefined;
  return namesHusky(root) ? path.join(root, '.husky') : undefined;
}

function namesHusky(root: string): boolean {
  const manifest = fileState(path.join(root, 'package.json')).bytes?.toString('utf8') ?? '';
  return /"husky"\s*:/.test(manifest);
}

/** The hook file that `pre-commit install` writes says so in its second line. */
export function isFrameworkHook(file: string): boolean {
  try {
    return /^# File generated by pre-commit: /m.test(readFileSync(file, 'utf8').slice(0, 500));
  } catch {
    return false;
  }
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.join(path.dirname(folder) === folder ? folder : realOf(path.dirname(folder)), path.basename(folder));
  }
}

/** The command that takes a setting of git's configuration away where it stands. */
export function unsetCommand({ key, scope }: ConfigEntry): string {
  const name = key === 'core.hookspath' ? 'core.hooksPath' : key;
  return `git config ${scope === 'local' ? '' : `--${scope} `}--unset ${name}`;
}
