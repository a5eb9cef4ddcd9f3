import { GitFailure } from '../../git/failure.ts';
import { parseIndex, parseTree, type RawEntry } from '../../git/raw.ts';
import { gitOutput } from '../../git/run.ts';
import type { Collected } from '../types.ts';
import { judgingConfig } from './config.ts';
import { nameDocuments, readBlobs } from './documents.ts';
import { collectPaths } from './paths.ts';
import { openRepository, repoInfo, signingState } from './repository.ts';
import { type Repository, type Run, withoutHistory } from './run.ts';

/** Every tracked file, as the index has it; of HEAD's tree in a bare repository. Any folder that is no repository is read as files. */
export async function collectAll(run: Run): Promise<Omit<Collected, 'fingerprintKey'>> {
  let repository: Repository;
  try {
    repository = await openRepository(run);
  } catch (error) {
    if (error instanceof GitFailure && error.problem.code === 'not-a-repository') return collectPaths(['.'], run);
    throw error;
  }
  const { place, config: gitConfig, objects } = repository;
  const entries = await trackedEntries(run, repository);
  const documents = await readBlobs(run, objects, entries, { label: 'files read' });
  const config = await judgingConfig(run, documents, null);
  const repo = repoInfo(place, gitConfig);
  return {
    ...withoutHistory(run),
    scope: 'all',
    label: place.bare ? 'HEAD' : 'tracked files',
    repo,
    targets: [...nameDocuments(entries.map((entry) => entry.path)), ...documents],
    signing: await signingState(run, repo, gitConfig, config.config, false),
    ...config,
  };
}

async function trackedEntries(run: Run, { git, place }: Repository): Promise<RawEntry[]> {
  const entries = place.bare
    ? place.head === null
      ? []
      : parseTree(await gitOutput(git, ['ls-tree', '-r', '-z', '--full-tree', place.head]))
    : parseIndex(await gitOutput({ ...git, cwd: place.root }, ['ls-files', '-s', '-z']));
  const whole = entries.filter((entry) => entry.stage === 0 || entry.stage === 2);
  if (whole.length <= run.limits.files) return whole;
  run.problems.push({
    code: 'scope-too-large',
    message: `${whole.length} tracked files: only the first ${run.limits.files} were read. Check smaller parts.`,
    fatal: true,
  });
  return whole.slice(0, run.limits.files);
}
