import path from 'node:path';
import { GitFailure } from './failure.ts';
import type { Git } from './run.ts';
import { gitOutput, gitProblem, isOid, runGit } from './run.ts';

/** Where a repository is and what HEAD is. */
export interface Place {
  /** Absolute path of the working tree; of the repository itself when it is bare. */
  root: string;
  gitDir: string;
  /** Shared by all worktrees: refs, objects, configuration. */
  commonDir: string;
  bare: boolean;
  shallow: boolean;
  /** Commit that HEAD names; null before the first commit. */
  head: string | null;
  /** Full name of the branch, such as `refs/heads/main`; null when HEAD is detached. */
  branchRef: string | null;
  /** The empty tree's id in this repository's hash. */
  emptyTree: string;
}

// The ids of an empty tree are fixed by the object format; git knows both without having the object.
const emptyTrees = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;

/** What that one process has printed, where there is a commit and no line feed in a folder's name. */
export function placeFrom(git: Git, printed: Buffer): Place | undefined {
  const lines = linesOf(printed);
  if (lines.length !== 8 || !isOid(lines[6] as string)) return undefined;
  return placeOf(git, lines, lines[6] as string, lines[7] as string);
}

function linesOf(printed: Buffer): string[] {
  return printed.toString('utf8').split('\n').slice(0, -1);
}

/** Asks git, in one process where it can, where we are. Throws `GitFailure` outside a repository. */
export async function findPlace(git: Git): Promise<Place> {
  const result = await runGit(git, [
    'rev-parse',
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
    '--absolute-git-dir',
    '--git-common-dir',
    '--show-toplevel',
    'HEAD',
    '--symbolic-full-name',
    'HEAD',
  ]);
  const place = placeFrom(git, result.stdout);
  if (place) return place;
  const lines = linesOf(result.stdout);
  if (lines.length < 4) throw new GitFailure(gitProblem(result, 'rev-parse'));
  return findPlaceSlowly(git, lines);
}

/** Repositories without commits, bare ones, and folders with a line feed in their name are asked piece by piece. */
async function findPlaceSlowly(git: Git, lines: readonly string[]): Promise<Place> {
  const ask = async (...args: string[]) => {
    const result = await runGit(git, args);
    return result.code === 0 ? result.stdout.toString('utf8').replace(/\n$/, '') : undefined;
  };
  const bare = lines[0] === 'true';
  const gitDir = (await gitOutput(git, ['rev-parse', '--absolute-git-dir'])).toString('utf8').replace(/\n$/, '');
  const common = (await ask('rev-parse', '--git-common-dir')) ?? gitDir;
  const top = bare ? gitDir : ((await ask('rev-parse', '--show-toplevel')) ?? gitDir);
  const head = await ask('rev-parse', '--verify', '-q', 'HEAD^{commit}');
  const branch = await ask('symbolic-ref', '-q', 'HEAD');
  return placeOf(git, [bare ? 'true' : 'false', lines[1] ?? '', lines[2] ?? '', gitDir, common, top], head, branch);
}

function placeOf(git: Git, lines: readonly string[], head: string | undefined, branch: string | undefined): Place {
  const gitDir = lines[3] as string;
  return {
    root: path.normalize(lines[5] as string),
    gitDir: path.normalize(gitDir),
    commonDir: path.resolve(git.cwd, lines[4] as string),
    bare: lines[0] === 'true',
    shallow: lines[1] === 'true',
    head: head !== undefined && isOid(head) ? head : null,
    branchRef: branch?.startsWith('refs/') ? branch : null,
    emptyTree: lines[2] === 'sha256' ? emptyTrees.sha256 : emptyTrees.sha1,
  };
}
