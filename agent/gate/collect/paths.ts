import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundlesOf, type Config } from '../../config.ts';
import { readGitConfig } from '../../git/config-list.ts';
import { isInside } from '../../git/environment.ts';
import { GitFailure } from '../../git/failure.ts';
import { findPlace, type Place } from '../../git/place.ts';
import { modes, parseIndex, parsePaths } from '../../git/raw.ts';
import { type Git, runGit } from '../../git/run.ts';
import { decodePath, displayText } from '../../model/path.ts';
import type { Problem, RepoPath } from '../../model/types.ts';
import type { Collected, RepoInfo, Skipped } from '../types.ts';
import { configNames, judgingConfig } from './config.ts';
import { contextOnDisk, type Disk, openDisk, readDocument, readDocuments, walk } from './disk.ts';
import { nameDocuments } from './documents.ts';
import { plainFolder, repoInfo, signingState } from './repository.ts';
import { type Run, withoutHistory } from './run.ts';

/**
 * Files and folders as they lie on disk, in a repository or not. Inside a repository git's ignore rules decide what a
 * folder holds; a path that is named itself is always read.
 * Paths are relative to the repository when the caller stands in it or names its top; else to the folder that was named.
 */
export async function collectPaths(named: readonly string[], run: Run): Promise<Omit<Collected, 'fingerprintKey'>> {
  const wanted = (named.length === 0 ? ['.'] : named).map((one) => resolveNamed(run, one));
  const home = await findHome(run, wanted);
  const disk = openDisk(home.root);
  const files = await listFiles(run, disk, home, wanted);
  const first = run.options.forget ? await configOnDisk(run, disk) : undefined;
  const keep = first && mayForget(first) ? { baseline: first.baseline } : 'all';
  const targets = await readDocuments(run, disk, files, keep);
  const context = contextOnDisk(run, home.root, targets);
  const config = await judgingConfig(run, [...targets, ...context], null);
  if (keep !== 'all' && (config.config.baseline !== keep.baseline || !mayForget(config.config)))
    run.problems.push(changedConfig);
  return {
    ...withoutHistory(run),
    scope: 'paths',
    label: named.length === 1 && named[0] !== '.' ? displayText(named[0] as string) : 'working tree',
    repo: home.repo,
    targets: [...nameDocuments(files), ...targets],
    context,
    signing: home.gitConfig
      ? await signingState(run, home.repo, home.gitConfig, config.config, false)
      : { required: false, configured: false, willSign: null },
    ...config,
  };
}

/** The configuration before anything else is read: what it asks for decides what may be forgotten. */
async function configOnDisk(run: Run, disk: Disk): Promise<Config> {
  const scratch: Run = { ...run, skipped: [], problems: [], keptBytes: 0 };
  const documents = configNames.map((name) => readDocument(scratch, disk, name)).filter((one) => one !== undefined);
  return (await judgingConfig(scratch, documents, null)).config;
}

/** Patterns of one's own and policies made for other tools read texts themselves. */
function mayForget({ secrets, policy }: Config): boolean {
  return secrets.patterns.length === 0 && bundlesOf(policy).length === 0 && policy.key === undefined;
}

const changedConfig: Problem = {
  code: 'changed-while-read',
  message: 'The configuration changed while the files were read, so they were not checked. Try again.',
  fatal: true,
};

interface Wanted {
  absolute: string;
  folder: boolean;
}

interface Home {
  root: string;
  git: Git | undefined;
  gitConfig: Awaited<ReturnType<typeof readGitConfig>> | undefined;
  repo: RepoInfo;
}

function resolveNamed(run: Run, name: string): Wanted {
  const absolute = path.resolve(run.cwd, name);
  try {
    const folder = statSync(absolute).isDirectory();
    // The folder may be a link that the person named; the file's own link is not followed, only its folder's.
    const real = folder
      ? realpathSync(absolute)
      : path.join(realpathSync(path.dirname(absolute)), path.basename(absolute));
    return { absolute: real, folder };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new GitFailure({
      code: 'path-missing',
      message: `${displayText(name)} ${why}. Nothing was checked.`,
      fatal: true,
    });
  }
}

/** The root that paths are told from, and the repository when there is one. */
async function findHome(run: Run, wanted: readonly Wanted[]): Promise<Home> {
  const first = wanted[0] as Wanted;
  const start = first.folder ? first.absolute : path.dirname(first.absolute);
  const found = await placeAt(run, start);
  if (found) {
    const top = realpathSync(found.place.root);
    const all = wanted.every((one) => isInside(top, one.absolute));
    if (all && (top === start || isInside(top, realpathSync(run.cwd)) || !first.folder)) {
      const gitConfig = await readGitConfig(found.git);
      return {
        root: top,
        git: { ...found.git, cwd: top },
        gitConfig,
        repo: { ...repoInfo(found.place, gitConfig), root: top },
      };
    }
  }
  const root = commonFolder(wanted.map((one) => (one.folder ? one.absolute : path.dirname(one.absolute))));
  return { root, git: found?.git, gitConfig: undefined, repo: plainFolder(root) };
}

async function placeAt(run: Run, folder: string): Promise<{ git: Git; place: Place } | undefined> {
  try {
    const git = run.git({ otherRepository: true, cwd: folder });
    const place = await findPlace(git);
    return place.bare || !isInside(realpathSync(place.root), folder) ? undefined : { git, place };
  } catch (error) {
    const problem = error instanceof GitFailure ? error.problem : undefined;
    if (problem && problem.code !== 'not-a-repository' && problem.code !== 'no-work-tree') {
      run.problems.push({
        ...problem,
        message:
          problem.code === 'git-missing'
            ? "git was not found on the PATH, so the repository's ignore rules and history were not read: the files were read as a plain folder."
            : problem.message.replace(/Nothing was checked\./, 'The files were read as a plain folder.'),
        fatal: false,
      });
    }
    return undefined;
  }
}

async function listFiles(run: Run, disk: Disk, home: Home, wanted: readonly Wanted[]): Promise<RepoPath[]> {
  const files = new Set<RepoPath>();
  for (const one of wanted) {
    const relative = decodePath(Buffer.from(path.relative(disk.root, one.absolute).split(path.sep).join('/')));
    if (!one.folder) files.add(relative);
    else for (const file of await filesIn(run, disk, home, relative)) files.add(file);
    if (files.size > run.limits.files) {
      run.problems.push({
        code: 'scope-too-large',
        message: `More than ${run.limits.files} files: the rest was not read. Check smaller parts, or exclude what is generated.`,
        fatal: true,
      });
      break;
    }
  }
  return [...files].slice(0, run.limits.files);
}

async function filesIn(run: Run, disk: Disk, home: Home, folder: RepoPath): Promise<RepoPath[]> {
  const git = home.git;
  if (!git) return walk(run, disk, folder);
  const where = { ...git, cwd: folder === '' ? disk.root : path.join(disk.root, folder) };
  const [listed, index] = await Promise.all([
    runGit(where, ['ls-files', '-co', '--exclude-standard', '-z', '--', '.']),
    runGit(where, ['ls-files', '-s', '-z', '--', '.']),
  ]);
  const names = listed.code === 0 ? [...new Set(parsePaths(listed.stdout))] : [];
  // A folder that git ignores as a whole was named on purpose: nothing found must not look like nothing wrong.
  if (names.length === 0) return walk(run, disk, folder);
  const below = (name: RepoPath): RepoPath => (folder === '' ? name : `${folder}/${name}`);
  for (const entry of index.code === 0 ? parseIndex(index.stdout) : []) {
    if (entry.mode === modes.submodule) disk.gitlinks.add(below(entry.path));
  }
  const out: RepoPath[] = [];
  for (const name of names) {
    const file = below(name);
    if (name.endsWith('/')) run.skipped.push(nested(file.slice(0, -1)));
    else out.push(file);
  }
  return out.sort();
}

/** Git lists an untracked folder with a repository of its own by its name alone. */
function nested(folder: RepoPath): Skipped {
  return {
    path: folder,
    reason: 'nested-repository',
    detail: 'it is a git repository of its own and was not read',
    partial: false,
  };
}

function commonFolder(folders: readonly string[]): string {
  let common = folders[0] as string;
  for (const folder of folders) while (!isInside(common, folder)) common = path.dirname(common);
  return common;
}
