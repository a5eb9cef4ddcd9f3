import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultConfig } from '../../config.ts';
import { parseCommit } from '../../git/commit.ts';
import type { GitConfig } from '../../git/config-list.ts';
import { GitFailure } from '../../git/failure.ts';
import { defaultReadLimits, type ObjectReader, type ReadLimits } from '../../git/objects.ts';
import type { Place } from '../../git/place.ts';
import { modes, parseIndex, parseRawDiff, type RawChange } from '../../git/raw.ts';
import { type Git, type GitResult, gitOutput, gitProblem, isOid, isZero, runGit } from '../../git/run.ts';
import { documentFromBytes } from '../../model/document.ts';
import { displayPath } from '../../model/path.ts';
import type { Document, RepoPath } from '../../model/types.ts';
import type { Change, Collected } from '../types.ts';
import { configNames, judgingConfig } from './config.ts';
import { type BlobRequest, limitsFor, nameDocuments, readBlobs, submodule, uniqueByPath } from './documents.ts';
import { readExceptions } from './exceptions.ts';
import { keptMessage } from './message.ts';
import { allGroups, type ModelGroup, modelGroup } from './names.ts';
import { repoInfo, signingState } from './repository.ts';
import type { Repository, Run } from './run.ts';

/**
 * The index git is about to commit: blobs, never files of the working tree. `GIT_INDEX_FILE` of the hook's environment
 * decides which index (`commit -a`, `-p`, `-- path` use one of their own). With `message` (from `commit-msg`) only the
 * message is the target: the index has been judged by `pre-commit` moments before.
 */
export async function collectStaged(
  message: Uint8Array | undefined,
  run: Run,
): Promise<Omit<Collected, 'fingerprintKey'>> {
  const git = run.git();
  const objects = run.objects(git);
  // Starting a process takes longer than what it does here, so all start at once and the longest first.
  const { staged: known, diff: ask = runGit } = run.options.standing ?? {};
  const asked = message === undefined && !known ? ask(git, diffIndex('HEAD')) : undefined;
  const settings = Promise.all([
    ownConfig(run, objects),
    // Asked for before the configuration could name another: waiting for that would cost a round trip of its own.
    baselineFile(run, objects, defaultConfig.baseline),
  ]);
  // What fails meanwhile is met where it is awaited.
  settings.catch(() => undefined);
  const [diff, place, gitConfig] = await Promise.all([asked, run.place(git), run.config(git)]);
  if (place.bare) throw new GitFailure(noWorkTree);
  const repository: Repository = { git: { ...git, cwd: place.root }, place, config: gitConfig, objects };
  const repo = repoInfo(place, gitConfig);
  // Asked for in one breath with the files: a round trip less.
  run.exceptions = readExceptions(run, { scope: 'staged', repo });
  run.exceptions.catch(() => undefined);
  const index = message === undefined ? await indexChanges(run, repository, known?.changes ?? diff) : noChanges;
  const [documents, [own, usualBaseline]] = await Promise.all([readSides(run, repository, index), settings]);
  const targets = message === undefined ? documents.targets : [messageDocument(message, gitConfig, run)];
  const config = await judgingConfig(run, own, null);
  const named = config.config.baseline;
  const baseline = named === defaultConfig.baseline ? usualBaseline : await baselineFile(run, objects, named);
  const unchanged = uniqueByPath([...documents.context, ...own, ...baseline], documents.targets);
  return {
    scope: 'staged',
    label: message === undefined ? 'index' : 'commit message',
    repo,
    targets: [...nameDocuments(index.entries.map((entry) => entry.path)), ...targets],
    context: unchanged,
    // What did not change is the same on both sides.
    base: [...documents.base, ...unchanged],
    history: [],
    changes: [...index.changes.values()],
    commits: [],
    push: null,
    signing: await signingState(run, repo, gitConfig, config.config, true),
    ...config,
    skipped: run.skipped,
    problems: run.problems,
    now: run.now,
  };
}

interface IndexChanges {
  changes: Map<RepoPath, Change>;
  /** What the commit brings: added, changed, and changed type. */
  entries: RawChange[];
  /** What it changes or takes away, as HEAD has it. */
  before: RawChange[];
}

const noChanges: IndexChanges = { changes: new Map(), entries: [], before: [] };

const noWorkTree = {
  code: 'no-work-tree',
  message: 'A bare repository has no index, so there is nothing staged. Nothing was checked.',
  fatal: true,
} as const;

/** `--no-renames`: no content may hide behind a rename. Entries added with intent only are in no commit. */
function diffIndex(tree: string): string[] {
  return [
    'diff-index',
    '--cached',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--ignore-submodules=none',
    '--ita-invisible-in-index',
    tree,
    '--',
  ];
}

async function indexChanges(
  run: Run,
  { git, place, objects }: Repository,
  diff: RawChange[] | GitResult | undefined,
): Promise<IndexChanges> {
  const said = diff === undefined || Array.isArray(diff) ? undefined : diff;
  if (said && said.code !== 0 && place.head !== null) throw new GitFailure(gitProblem(said, 'diff-index'));
  const replaced = run.options.typed?.amend && place.head !== null ? await parentsOf(objects, place.head) : undefined;
  const against = replaced ? (replaced[0] ?? place.emptyTree) : place.head === null ? place.emptyTree : undefined;
  let all =
    against === undefined && Array.isArray(diff)
      ? diff
      : parseRawDiff(against === undefined && said ? said.stdout : await gitOutput(git, diffIndex(against ?? 'HEAD')));
  const others = replaced ? replaced.slice(1) : mergeParents(run, place);
  const parent = replaced ? (replaced[0] ?? null) : place.head;
  if (others.length === 0) run.options.onIndex?.(place, { parent, changes: all });
  for (const parent of others) all = await notIn(git, parent, all);
  const changes = new Map<RepoPath, Change>();
  for (const change of all) {
    if (change.status === 'U') unmerged(run, change.path);
    else changes.set(change.path, changeOf(change));
  }
  const known = all.filter((change) => change.status !== 'U');
  return {
    changes,
    entries: known.filter((change) => change.status !== 'D'),
    before: known.filter((change) => !isZero(change.oldOid)),
  };
}

async function parentsOf(objects: ObjectReader, commit: string): Promise<string[]> {
  const object = await objects.read(commit);
  return object?.type === 'commit' ? parseCommit(object.bytes).parents.filter(isOid) : [];
}

/**
 * The other parents of the commit being made. `pre-merge-commit` runs before MERGE_HEAD is written, but `git merge`
 * names each parent in a variable GITHEAD_<oid>.
 */
function mergeParents(run: Run, place: Place): string[] {
  const parents = new Set<string>();
  try {
    const text = readFileSync(path.join(place.gitDir, 'MERGE_HEAD'), 'latin1');
    for (const line of text.split('\n')) if (isOid(line)) parents.add(line);
  } catch {
    for (const name of Object.keys(run.env)) {
      const oid = /^GITHEAD_([0-9a-f]+)$/.exec(name)?.[1];
      if (oid !== undefined && isOid(oid)) parents.add(oid);
    }
  }
  parents.delete(place.head ?? '');
  return [...parents];
}

/** In a merge only what is in neither parent is new: what the other side brought was judged when it was made. */
async function notIn(git: Git, parent: string, changes: RawChange[]): Promise<RawChange[]> {
  const diff = await runGit(git, diffIndex(parent));
  if (diff.code !== 0) return changes;
  const different = new Set(parseRawDiff(diff.stdout).map((change) => change.path));
  return changes.filter((change) => different.has(change.path));
}

async function readSides(
  run: Run,
  repository: Repository,
  index: IndexChanges,
): Promise<{ targets: Document[]; context: Document[]; base: Document[] }> {
  const { objects } = repository;
  const requests = index.entries.map((entry) => ({ path: entry.path, oid: entry.newOid, mode: entry.newMode }));
  const before = index.before
    .filter((entry) => entry.oldMode !== modes.submodule)
    .map((entry) => ({ path: entry.path, oid: entry.oldOid, mode: entry.oldMode }));
  const [targets, old, context] = await Promise.all([
    readBlobs(run, objects, requests, { label: 'staged files read', changes: index.changes }),
    readBlobs(run, objects, before, { label: 'earlier versions read', quiet: true }),
    relatedContext(run, repository, index),
  ]);
  return { targets, context, base: old };
}

/** Unchanged files of the index that models of the changed ones read. A commit of plain sources reads none. */
async function relatedContext(run: Run, { git, objects }: Repository, index: IndexChanges): Promise<Document[]> {
  const groups = new Set<ModelGroup>(run.options.context === 'whole' ? allGroups : []);
  for (const path of index.changes.keys()) {
    const group = modelGroup(path);
    if (group !== undefined) groups.add(group);
  }
  if (groups.has('npm') || groups.has('python') || groups.has('container')) groups.add('pipeline');
  if (groups.size === 0) return [];
  const wanted = (path: string) => {
    const group = modelGroup(path);
    return group !== undefined && groups.has(group);
  };
  const listed = parseIndex(await gitOutput(git, ['ls-files', '-s', '-z']), wanted);
  const requests: BlobRequest[] = listed
    .filter((entry) => entry.stage === 0 && entry.mode !== modes.submodule && !index.changes.has(entry.path))
    .map(({ path, oid, mode }) => ({ path, oid, mode }));
  return readBlobs(run, objects, requests, { label: 'related files read', quiet: true });
}

/** `pregate.yaml` as the index has it. */
export async function ownConfig(run: Run, objects: ObjectReader): Promise<Document[]> {
  const found = await Promise.all(configNames.map((name) => indexFile(run, objects, name)));
  return found.flat().slice(0, 1);
}

/** The baseline as the index has it. */
export function baselineFile(run: Run, objects: ObjectReader, name: string): Promise<Document[]> {
  return indexFile(run, objects, name, limitsFor(run, '.pregate/baseline'));
}

/** One file of the index by its path. */
async function indexFile(
  run: Run,
  objects: ObjectReader,
  name: string,
  limits: ReadLimits = defaultReadLimits,
): Promise<Document[]> {
  // Where the tree of the index is known already it tells, and a reader that outlives this run sees no older index.
  const tree = run.options.standing?.staged?.tree ?? '';
  const object = await objects.read(`${tree}:${name}`, limits);
  if (object?.type !== 'blob') return [];
  return [documentFromBytes(name, object.bytes, { size: object.size, partial: object.partial, oid: object.oid })];
}

function messageDocument(message: Uint8Array, config: GitConfig, run: Run): Document {
  const kept = keptMessage(Buffer.from(message), config, run.env, run.options.typed);
  return documentFromBytes('COMMIT_EDITMSG', kept, { kind: 'message' });
}

export function changeOf(change: RawChange): Change {
  const status = change.status === 'A' || change.status === 'D' || change.status === 'T' ? change.status : 'M';
  return {
    path: change.path,
    status,
    mode: change.newMode,
    oid: isZero(change.newOid) ? null : change.newOid,
    size: null,
    binary: false,
    lfs: false,
    submodule: change.newMode === modes.submodule || change.oldMode === modes.submodule,
  };
}

function unmerged(run: Run, file: RepoPath): void {
  if (run.skipped.some((one) => one.path === file)) return;
  run.skipped.push({ ...submodule(file), reason: 'unmerged', detail: 'in conflict: git will not commit it' });
  run.problems.push({
    code: 'unmerged',
    message: `${displayPath(file)} is in conflict, so it was not checked. Resolve it and git add it.`,
    path: file,
    fatal: true,
  });
}
