import { diffTreeOf, modes, parseRawDiff, parseTree, type RawChange } from '../../git/raw.ts';
import { gitOutput, isOid, isZero, runGit } from '../../git/run.ts';
import type { Document, RepoPath } from '../../model/types.ts';
import type { Change } from '../types.ts';
import { readBlobs, uniqueByPath } from './documents.ts';
import { allGroups, modelGroup } from './names.ts';
import type { Repository, Run } from './run.ts';
import { changeOf } from './staged.ts';

/** The tree a change leads to, compared with the one it starts from. */
export interface Tip {
  targets: Document[];
  context: Document[];
  base: Document[];
  changes: Change[];
}

/**
 * Reads the files that differ between `base` and `tip`, their earlier versions, and every unchanged file of the tip that
 * models need. Without a base everything in the tip is the change.
 */
export async function readTip(run: Run, repository: Repository, tip: string, base: string | null): Promise<Tip> {
  const { git, place, objects } = repository;
  const differ = await compare(repository, base ?? place.emptyTree, tip);
  const changes = new Map<RepoPath, Change>(differ.map((change) => [change.path, changeOf(change)]));
  const requests = differ
    .filter((change) => change.status !== 'D')
    .map((change) => ({ path: change.path, oid: change.newOid, mode: change.newMode }));
  const before = differ.filter((change) => !isZero(change.oldOid) && change.oldMode !== modes.submodule);
  const targets = await readBlobs(run, objects, requests, { label: 'files read', changes });
  const old = await readBlobs(
    run,
    objects,
    before.map((change) => ({ path: change.path, oid: change.oldOid, mode: change.oldMode })),
    { label: 'earlier versions read', quiet: true },
  );
  const groups = new Set(run.options.context === 'related' ? relatedGroups(changes.keys()) : allGroups);
  const wanted = (path: string) => {
    const group = modelGroup(path);
    return group !== undefined && groups.has(group);
  };
  const listing = base === null ? undefined : await gitOutput(git, ['ls-tree', '-r', '-z', '--full-tree', tip]);
  const related = listing === undefined ? [] : parseTree(listing, wanted).filter((entry) => !changes.has(entry.path));
  const context = await readBlobs(
    run,
    objects,
    related.filter((entry) => entry.mode !== modes.submodule).map(({ path, oid, mode }) => ({ path, oid, mode })),
    { label: 'related files read', quiet: true },
  );
  return {
    targets,
    context,
    base: base === null ? [] : uniqueByPath([...old, ...context]),
    changes: [...changes.values()],
  };
}

/** The newest commit both have; null when they share none. */
export async function mergeBase({ git }: Repository, one: string, other: string): Promise<string | null> {
  const result = await runGit(git, ['merge-base', one, other]);
  const oid = result.stdout.toString('latin1').trim();
  return result.code === 0 && isOid(oid) ? oid : null;
}

function relatedGroups(paths: Iterable<RepoPath>) {
  const groups = new Set<(typeof allGroups)[number]>(['settings']);
  for (const path of paths) {
    const group = modelGroup(path);
    if (group !== undefined) groups.add(group);
  }
  return [...groups];
}

async function compare({ git }: Repository, from: string, to: string): Promise<RawChange[]> {
  return parseRawDiff(await gitOutput(git, diffTreeOf(from, to)));
}
