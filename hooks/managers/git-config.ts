import { realpathSync } from 'node:fs';
import path from 'node:path';
import { openRepo, readConfigEntries } from '../../agent/git/repo.ts';
import { type Git, runGit } from '../../agent/git/run.ts';
import type { Part } from '../action.ts';
import { fileState } from '../files.ts';
import { findDispatchShort, findsOwn, type HookName, hookNames, isMarked, marked, withoutMarked } from '../stub.ts';

/** Git runs hooks that its configuration names from this version on (release notes of git 2.54, "git help hook"). */
const since = [2, 54] as const;

/** Git's version as `[2, 54]`, from `git version`; null when it cannot be told. */
export async function gitVersion(git: Git): Promise<readonly [number, number] | null> {
  const { stdout } = await runGit(git, ['version']);
  const match = /(\d+)\.(\d+)/.exec(stdout.toString('latin1'));
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/** True when this git runs what `hook.*` of its configuration names. */
export async function runsConfiguredHooks(git: Git): Promise<boolean> {
  const version = await gitVersion(git);
  return version !== null && (version[0] > since[0] || (version[0] === since[0] && version[1] >= since[1]));
}

/** The name git knows a hook of ours by. It must not be the name of an event. */
function nameOf(hook: HookName): string {
  return `pregate-${hook}`;
}

/**
 * The shell text that git runs, to which it adds its arguments. A dispatcher that is gone stops git, as in a stub; `exec`
 * lets git itself be the parent process, as for a stub.
 */
export function hookCommand(hook: HookName, dispatch: string): string {
  const words = 'Pregate could not check this: it is not installed for this user. It stopped for that reason.';
  return `${findDispatchShort(dispatch)}; [ -x "$pregate" ] || { echo '${words}' >&2; exit 3; }; exec "$pregate" ${hook}`;
}

/**
 * Our block in a file of git's configuration, between marks in comments: what git writes into the file later stays outside
 * of it, and what a person adds to our sections goes with them.
 */
export function planConfig(file: string, hooks: readonly HookName[], dispatch: string): Part {
  const target = followed(file);
  const state = fileState(target);
  if (state.kind === 'other' || state.kind === 'link') {
    const message = `${file} is not a file, so nothing was installed.`;
    return { actions: [], notices: [{ code: 'config-not-a-file', message, fatal: true }] };
  }
  // Latin-1 keeps every byte: the file may hold names in any encoding.
  const text = state.bytes?.toString('latin1') ?? '';
  const clean = isMarked(text) ? withoutMarked(text) : text;
  const lines = hooks.flatMap((hook) => [
    `[hook "${nameOf(hook)}"]`,
    `\tevent = ${hook}`,
    `\tcommand = ${configText(hookCommand(hook, dispatch))}`,
  ]);
  const block = Buffer.from(marked('hooks', lines)).toString('latin1');
  if (text.includes(block)) return { actions: [], notices: [] };
  const after = Buffer.from(`${clean}${clean === '' || clean.endsWith('\n') ? '' : '\n'}${block}`, 'latin1');
  return {
    actions: [
      {
        kind: 'write',
        path: target,
        // Of an older block of ours nothing comes back.
        before: clean === text ? state.bytes : clean === '' ? null : Buffer.from(clean, 'latin1'),
        beforeMode: state.mode,
        after,
        mode: state.mode ?? 0o644,
        lock: true,
        why: `names Pregate for ${hooks.join(', ')}`,
      },
    ],
    notices: [],
  };
}

/** A personal configuration is often a link into a folder of dotfiles, which git follows when it writes. */
function followed(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** A value in double quotes (git-config(1), "Syntax"). */
function configText(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** The file `git config --global` writes to (git-config(1), "FILES"); null without a home. */
export function globalConfigFile(env: NodeJS.ProcessEnv): string | null {
  const named = env['GIT_CONFIG_GLOBAL'];
  if (named !== undefined) return named === '' ? null : path.resolve(named);
  const home = env['HOME'] ?? env['USERPROFILE'];
  if (!home) return null;
  const own = path.join(home, '.gitconfig');
  const shared = path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'git', 'config');
  return fileState(own).kind === 'missing' && fileState(shared).kind !== 'missing' ? shared : own;
}

export interface ConfiguredHook {
  hook: HookName;
  /** `active`, or what keeps git from running it. */
  state: 'active' | 'missing' | 'disabled' | 'changed' | 'not-supported';
  /** For people: `local`, `global`. */
  scope: string;
}

/**
 * What git's configuration says of our hooks, asked of git itself: values of every scope, includes and switches count.
 * Empty when nothing there is ours.
 */
export async function configuredHooks(
  git: Git,
  env: NodeJS.ProcessEnv,
  dispatch: string,
  hooks: readonly HookName[] = hookNames,
): Promise<ConfiguredHook[]> {
  const entries = await readConfigEntries(openRepo(git.cwd, env), (key) => key.startsWith('hook.pregate-'));
  if (entries.length === 0) return [];
  const supported = await runsConfiguredHooks(git);
  return await Promise.all(
    hooks.map(async (hook): Promise<ConfiguredHook> => {
      const command = entries.findLast((entry) => entry.key === `hook.${nameOf(hook)}.command`);
      const is = (state: ConfiguredHook['state']) => ({ hook, state, scope: command?.scope ?? '' });
      if (command === undefined) return is('missing');
      if (!supported) return is('not-supported');
      const { stdout } = await runGit(git, ['hook', 'list', '--show-scope', hook]);
      // `scope TAB name`, or `scope TAB disabled TAB name` and `scope TAB event-disabled TAB name`.
      const line = stdout
        .toString('utf8')
        .split('\n')
        .find((one) => one.endsWith(`\t${nameOf(hook)}`));
      if (line === undefined) return is('missing');
      if (line.split('\t').length > 2) return is('disabled');
      const named = /^pregate='(.*?)'; /.exec(command.value)?.[1]?.replaceAll("'\\''", "'") ?? '';
      const others = command.value === hookCommand(hook, named) && findsOwn(command.value, named);
      return is(others || command.value === hookCommand(hook, dispatch) ? 'active' : 'changed');
    }),
  );
}
