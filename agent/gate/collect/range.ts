import { GitFailure } from '../../git/failure.ts';
import { isOid, runGit } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import type { Collected } from '../types.ts';
import { judgingConfig } from './config.ts';
import { readHistory } from './history.ts';
import { readRemaining, verified } from './outgoing.ts';
import { openRepository, repoInfo, signingState } from './repository.ts';
import type { Repository, Run } from './run.ts';
import { mergeBase, readTip } from './tip.ts';

/** The commits of `from..to` and the tree they lead to, compared with where they left `from`. */
export async function collectRange(from: string, to: string, run: Run): Promise<Omit<Collected, 'fingerprintKey'>> {
  const repository = await openRepository(run);
  const start = await resolve(repository, from);
  const end = await resolve(repository, to);
  const base = await mergeBase(repository, start, end);
  const history = await readHistory(run, repository, [end], [start]);
  const tip = await readTip(run, repository, end, base);
  const info = { ...repoInfo(repository.place, repository.config), mergeBase: base };
  const sides = await readRemaining(run, repository, history, tip);
  const config = await judgingConfig(run, [...tip.targets, ...tip.context], base === null ? null : sides.base);
  const count = history.commits.length;
  return {
    scope: 'range',
    label: `${count} ${count === 1 ? 'commit' : 'commits'} of ${displayText(from)}..${displayText(to)}`,
    repo: info,
    targets: [...history.documents, ...tip.targets],
    context: tip.context,
    base: sides.base,
    history: sides.history,
    changes: tip.changes,
    commits: await verified(
      run,
      { repo: info, config: repository.config },
      history.commits,
      base === null ? [] : sides.base,
    ),
    push: null,
    signing: await signingState(run, info, repository.config, config.config, false),
    ...config,
    skipped: run.skipped,
    problems: run.problems,
    now: run.now,
  };
}

/** A revision that a person wrote, as the id of a commit. It can begin with a dash without becoming an option. */
async function resolve({ git }: Repository, revision: string): Promise<string> {
  const result = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${revision}^{commit}`]);
  const oid = result.stdout.toString('latin1').trim().split('\n').pop() ?? '';
  if (result.code === 0 && isOid(oid)) return oid;
  throw new GitFailure({
    code: 'bad-revision',
    message: `${displayText(revision)} names no commit of this repository. Nothing was checked.`,
    fatal: true,
  });
}
