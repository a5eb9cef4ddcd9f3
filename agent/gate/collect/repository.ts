import type { Config } from '../../config.ts';
import { configFlag, configValue, type GitConfig, remoteNames } from '../../git/config-list.ts';
import type { Place } from '../../git/place.ts';
import { parseRemote } from '../../git/remote-url.ts';
import type { RepoInfo, SigningState } from '../types.ts';
import type { Repository, Run } from './run.ts';

/** Opens the repository of the run. Throws `GitFailure` when there is none or git refuses it. */
export async function openRepository(
  run: Run,
  options: { otherRepository?: boolean; cwd?: string } = {},
): Promise<Repository> {
  const git = run.git(options);
  const objects = run.objects(git);
  const [place, config] = await Promise.all([run.place(git), run.config(git)]);
  return { git, place, config, objects };
}

/** What a report says about the repository, as far as configuration and HEAD tell. */
export function repoInfo(place: Place, config: GitConfig, extra: Partial<RepoInfo> = {}): RepoInfo {
  const remote = extra.remote === undefined ? remoteInfo(config, place.branchRef) : extra.remote;
  return {
    root: place.root,
    git: true,
    branch: place.branchRef?.replace(/^refs\/heads\//, '') ?? null,
    head: place.head,
    upstreamBase: null,
    mergeBase: null,
    defaultBranch: null,
    shallow: place.shallow,
    commonDir: place.commonDir,
    ...extra,
    remote,
  };
}

/** The remote a plain `git push` would use (git-push, git-config `remote.pushDefault`). Undefined without any. */
export function pushRemote(config: GitConfig, branchRef: string | null): string | undefined {
  const branch = branchRef?.replace(/^refs\/heads\//, '');
  const names = remoteNames(config);
  return (
    (branch === undefined ? undefined : configValue(config, `branch.${branch}.pushremote`)) ??
    configValue(config, 'remote.pushdefault') ??
    (branch === undefined ? undefined : configValue(config, `branch.${branch}.remote`)) ??
    (names.includes('origin') ? 'origin' : names[0])
  );
}

/** The address pushes go to. */
export function pushUrl(config: GitConfig, remote: string): string | undefined {
  return configValue(config, `remote.${remote}.pushurl`) ?? configValue(config, `remote.${remote}.url`);
}

export function remoteInfo(config: GitConfig, branchRef: string | null, named?: string): RepoInfo['remote'] {
  const name = named ?? pushRemote(config, branchRef);
  if (name === undefined) return null;
  const url = pushUrl(config, name);
  return url === undefined ? null : { name, ...parseRemote(url) };
}

/**
 * Whether the commit being made would be signed, as far as configuration tells; `-S` and `--no-gpg-sign` of the command
 * line are not told to hooks.
 */
export async function signingState(
  run: Run,
  repo: RepoInfo,
  git: GitConfig,
  config: Config,
  committing: boolean,
): Promise<SigningState> {
  const required = config.signing.required ?? false;
  if (run.options.signing) {
    const state = await run.options.signing(repo, git);
    return { ...state, required: state.required || required };
  }
  const configured = configFlag(git, 'commit.gpgsign') ?? false;
  const ssh = configValue(git, 'gpg.format') === 'ssh';
  const hasKey =
    !ssh ||
    configValue(git, 'user.signingkey') !== undefined ||
    configValue(git, 'gpg.ssh.defaultkeycommand') !== undefined;
  const willSign = committing ? configured && hasKey : null;
  const problem = !configured
    ? 'commits are not signed here: pregate sign setup'
    : hasKey
      ? undefined
      : 'signing is on but user.signingkey names no key: pregate sign setup';
  return { required, configured, willSign, ...(required && problem !== undefined ? { problem } : {}) };
}

/** What a report says about a folder that is no repository. */
export function plainFolder(root: string): RepoInfo {
  return {
    root,
    git: false,
    branch: null,
    head: null,
    upstreamBase: null,
    mergeBase: null,
    remote: null,
    defaultBranch: null,
    shallow: false,
  };
}
