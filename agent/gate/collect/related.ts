import type { ObjectReader } from '../../git/objects.ts';
import { parseTree } from '../../git/raw.ts';
import { gitOutput } from '../../git/run.ts';
import { decodePath } from '../../model/path.ts';
import type { Document, Problem, RepoPath } from '../../model/types.ts';
import type { Collected } from '../types.ts';
import { type BlobRequest, readBlobs } from './documents.ts';
import { type CollectOptions, startRun } from './run.ts';

export interface Related {
  /** Every path of the tree that the change leads to; absent where there is no repository. */
  paths?: RepoPath[];
  /** Those of them that were wanted, as they stand in that tree. */
  documents: Document[];
  problems: Problem[];
}

/**
 * Lists the tree that is judged, and reads the files of it that a policy needs though the change does not touch them: the
 * index for a commit, the pushed commit for a push, HEAD for single files. Never throws.
 */
export async function relatedFiles(
  collected: Collected,
  wants: (path: RepoPath) => boolean,
  options: CollectOptions,
): Promise<Related> {
  const known = new Set(collected.targets.map((document) => document.path));
  if (collected.scope === 'all') return { paths: [...known], documents: [], problems: [] };
  if (!collected.repo.git) return { documents: [], problems: [] };
  const run = startRun(options);
  try {
    const git = run.git();
    const entries =
      collected.scope === 'staged'
        ? parseStaged(await gitOutput(git, ['ls-files', '-z', '--stage', '--full-name', ':/']))
        : await treeOf(collected, run.objects(git), (args) => gitOutput(git, args));
    const requests = entries.filter((entry) => !known.has(entry.path) && wants(entry.path));
    const label = 'files for the policy read';
    const documents = requests.length === 0 ? [] : await readBlobs(run, run.objects(git), requests, { label });
    return { paths: entries.map((entry) => entry.path), documents, problems: run.problems };
  } catch (error) {
    const message = `The files that the policy needs could not be read (${(error as Error).message}). Nothing was judged.`;
    return { documents: [], problems: [{ code: 'policy-files', message, fatal: true }] };
  } finally {
    run.close();
  }
}

async function treeOf(
  collected: Collected,
  objects: ObjectReader,
  git: (args: string[]) => Promise<Buffer>,
): Promise<BlobRequest[]> {
  const { repo, push, commits, scope } = collected;
  const pushed = push?.refs.find((ref) => ref.new !== null && ref.kind !== 'notes')?.new;
  const tip = scope === 'outgoing' ? pushed : scope === 'range' ? (commits[0]?.oid ?? repo.head) : repo.head;
  // A tag may name a blob, which leads to no tree.
  if (!tip || (await objects.read(`${tip}^{tree}`)) === undefined) return [];
  return parseTree(await git(['ls-tree', '-r', '-z', '--full-tree', tip]));
}

/** `git ls-files --stage -z`: mode, object and stage before a tab, then the path. Unmerged paths have no stage 0. */
function parseStaged(output: Buffer): BlobRequest[] {
  const out: BlobRequest[] = [];
  let at = 0;
  while (at < output.length) {
    const found = output.indexOf(0, at);
    const end = found === -1 ? output.length : found;
    const tab = output.indexOf(9, at);
    const [mode, oid, stage] = output.toString('latin1', at, tab).split(' ');
    if (mode && oid && stage === '0') out.push({ mode, oid, path: decodePath(output.subarray(tab + 1, end)) });
    at = end + 1;
  }
  return out;
}
