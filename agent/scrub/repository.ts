import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configFlag, readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { findPlace } from '../git/place.ts';
import { type Git, gitOutput, isOid, openGit, runGit } from '../git/run.ts';

/** A repository that may be rewritten: on a branch, nothing in between, nothing uncommitted. */
export interface Workplace {
  git: Git;
  root: string;
  branch: string;
  head: string;
  /** Tips of every remote: what they reach has been pushed. */
  pushed: string[];
  /** New commits would be signed. */
  signs: boolean;
}

/** Opens it, or throws a `GitFailure` with what has to be done first. */
export async function openWorkplace(cwd: string, env: NodeJS.ProcessEnv): Promise<Workplace> {
  const found = openGit(cwd, env);
  const [place, config] = await Promise.all([findPlace(found), readGitConfig(found)]);
  if (place.bare) throw refuse('A bare repository has no branch that is checked out.');
  const git = { ...found, cwd: place.root };
  if (place.head === null) throw refuse('There is no commit yet.');
  if (place.branchRef === null) throw refuse('HEAD is on no branch. Check one out first: git switch <branch>.');
  const folder = (await gitOutput(git, ['rev-parse', '--absolute-git-dir'])).toString('utf8').trimEnd();
  for (const [name, what] of Object.entries(operations)) {
    if (existsSync(join(folder, name))) throw refuse(`A ${what} is under way. Finish it or abort it first.`);
  }
  const status = await gitOutput(git, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=no',
    '--ignore-submodules=none',
  ]);
  if (status.length > 0) {
    throw refuse(
      'There are changes that are not committed. Commit them, or put them aside (git stash), then scrub, then take them back (git stash pop).',
    );
  }
  const remotes = await gitOutput(git, ['for-each-ref', '--format=%(objectname)', 'refs/remotes/']);
  return {
    git,
    root: place.root,
    branch: place.branchRef,
    head: place.head,
    pushed: [...new Set(remotes.toString('latin1').split('\n').filter(isOid))],
    signs: configFlag(config, 'commit.gpgsign') ?? false,
  };
}

const operations = {
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  BISECT_LOG: 'bisect',
} as const;

/**
 * Puts the branch on its new commit: first a ref that keeps the old one, then the files and the index of paths that
 * differ, then the branch. A step that fails takes back those before it.
 */
export async function moveBranch({ git, branch, head }: Workplace, next: string, backup: string): Promise<void> {
  const quiet = ['-c', 'core.hooksPath=/dev/null'];
  const nothing = '0'.repeat(head.length);
  await gitOutput(git, [...quiet, 'update-ref', '-m', 'pregate scrub: before', backup, head, nothing]);
  const moved = await runGit(git, [...quiet, 'read-tree', '-m', '-u', head, next]);
  const failed =
    moved.code !== 0 ? moved : await runGit(git, [...quiet, 'update-ref', '-m', 'pregate scrub', branch, next, head]);
  if (failed.code === 0) return;
  if (moved.code === 0) await runGit(git, [...quiet, 'read-tree', '-m', '-u', next, head]);
  await runGit(git, [...quiet, 'update-ref', '-d', backup, head]);
  throw refuse('Git would not move the branch or its files.');
}

/** Other refs of this repository that reach one of these commits, by name. */
export async function otherHolders({ git, branch }: Workplace, commits: readonly string[]): Promise<string[]> {
  const [oldest] = commits;
  if (oldest === undefined) return [];
  const words = ['for-each-ref', '--format=%(refname)', '--contains', oldest];
  const output = await gitOutput(git, words);
  const names = output.toString('utf8').split('\n');
  return names.filter((name) => name !== '' && name !== branch && !name.startsWith('refs/pregate/'));
}

function refuse(why: string): GitFailure {
  return new GitFailure({ code: 'scrub-refused', message: `${why} Nothing was changed.`, fatal: true });
}
