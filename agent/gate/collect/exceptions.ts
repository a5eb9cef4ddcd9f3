import { GitFailure } from '../../git/failure.ts';
import type { Collected, ListedExceptions } from '../types.ts';
import type { Run } from './run.ts';

/** Beside the exceptions, on the same commit: who may approve them. */
const signerFiles = ['.pregate/allowed_signers', '.github/allowed_signers'];
// As in `policy/exceptions-file.ts`, which a hook without exceptions does not load.
const file = '.pregate/exceptions.jsonl';

/**
 * Exceptions as the protected base has them now: the remote's default branch as this clone knows it, where a range is
 * judged the commit it starts from. What the change itself adds counts once it is there. Undefined without any.
 * `drafts` are lines that are judged as if they were there already.
 */
export async function readExceptions(
  run: Run,
  collected: Pick<Collected, 'scope' | 'repo'>,
  drafts = '',
): Promise<ListedExceptions | undefined> {
  if (!collected.repo.git) return undefined;
  try {
    const objects = run.objects(run.git());
    const names = protectedNames(collected);
    const wanted = drafts === '' ? file : '';
    const found = await Promise.all(
      names.map((name) => objects.read(`${name}:${wanted}`, { full: 1_000_000, edge: 0 })),
    );
    const index = found.findIndex((object) => object !== undefined);
    const name = names[index];
    if (name === undefined) return undefined;
    const object = drafts === '' ? found[index] : await objects.read(`${name}:${file}`, { full: 1_000_000, edge: 0 });
    const label = `${name.replace(/^refs\/(remotes|heads)\//, '')}:${file}`;
    if (object?.partial) return { entries: [], broken: [{ from: label, problem: 'it is larger than 1 MB' }] };
    const lists = await Promise.all(signerFiles.map((path) => objects.read(`${name}:${path}`)));
    const allowed = lists.find((one) => one?.type === 'blob' && !one.partial);
    const { checkExceptions } = await import('../../sign/exceptions.ts');
    const text = object?.type === 'blob' ? object.bytes.toString('utf8') : '';
    return checkExceptions({
      text: `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${drafts}`,
      allowedSigners: allowed?.bytes.toString('utf8'),
      label,
      now: run.now,
    });
  } catch (error) {
    // Without them more is refused, not less; what keeps git from answering is reported by the scope itself.
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}

/** Revisions that stand for the protected base, best first. */
export function protectedNames({ scope, repo }: Pick<Collected, 'scope' | 'repo'>): string[] {
  if (scope === 'range') return repo.mergeBase === null ? [] : [repo.mergeBase];
  if (scope === 'outgoing') return [repo.upstreamBase ?? repo.mergeBase].filter((name) => name !== null);
  const remote = repo.remote?.name;
  const tracked =
    remote === undefined ? [] : ['HEAD', 'main', 'master'].map((name) => `refs/remotes/${remote}/${name}`);
  return scope === 'all' ? [...tracked, 'HEAD'] : tracked;
}
