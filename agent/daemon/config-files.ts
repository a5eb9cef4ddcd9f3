import path from 'node:path';
import type { Place } from '../git/place.ts';
import type { Git } from '../git/run.ts';

/**
 * Every file that git's configuration of a repository is read from, or would be if it were there, and what says where the
 * repository is (git-config, "FILES" and "Includes"). Undefined when that depends on more than files.
 */
export async function configFiles(
  git: Git,
  place: Place,
  gitOutput: (git: Git, args: readonly string[]) => Promise<Buffer>,
): Promise<string[] | undefined> {
  const { env } = git;
  const output = await gitOutput(git, ['config', '--list', '-z', '--show-origin']);
  const files = new Set<string>();
  const parts = output.toString('utf8').split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const origin = parts[at] as string;
    const [key = '', value = ''] = (parts[at + 1] as string).split(/\n(.*)/s);
    const file = origin.startsWith('file:') ? path.resolve(git.cwd, origin.slice(5)) : undefined;
    if (file !== undefined) files.add(file);
    else if (!origin.startsWith('command line:')) return undefined;
    if (/^includeif\.onbranch:/.test(key)) return undefined;
    if (key === 'extensions.refstorage' && value !== 'files') return undefined;
    if (key !== 'include.path' && !/^includeif\..*\.path$/s.test(key)) continue;
    const included = includedFile(value, file, env['HOME']);
    if (included === undefined) return undefined;
    files.add(included);
  }
  for (const file of usualFiles(git, place)) files.add(file);
  return [...files];
}

function includedFile(value: string, from: string | undefined, home: string | undefined): string | undefined {
  if (value.startsWith('~/') && home) return path.join(home, value.slice(2));
  if (path.isAbsolute(value)) return value;
  // `~user/` and `%(prefix)/` are git's to know.
  return from === undefined || /^[~%]/.test(value) ? undefined : path.resolve(path.dirname(from), value);
}

function usualFiles({ cwd, env, executable }: Git, place: Place): string[] {
  const home = env['HOME'];
  const xdg = env['XDG_CONFIG_HOME'] || (home ? path.join(home, '.config') : undefined);
  const system = [
    env['GIT_CONFIG_SYSTEM'],
    '/etc/gitconfig',
    path.resolve(path.dirname(executable), '../etc/gitconfig'),
    path.resolve(path.dirname(executable), '../../etc/gitconfig'),
  ];
  const global = env['GIT_CONFIG_GLOBAL']
    ? [env['GIT_CONFIG_GLOBAL']]
    : [home && path.join(home, '.gitconfig'), xdg && path.join(xdg, 'git/config')];
  const own = [
    path.join(place.commonDir, 'config'),
    path.join(place.gitDir, 'config.worktree'),
    path.join(place.gitDir, 'commondir'),
    path.join(place.root, '.git'),
    place.gitDir,
    place.commonDir,
  ];
  return [...system, ...global, ...own]
    .filter((file) => file !== undefined && file !== '')
    .map((file) => path.resolve(cwd, file as string));
}
