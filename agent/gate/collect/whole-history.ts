import { GitFailure } from '../../git/failure.ts';
import type { GitObject } from '../../git/objects.ts';
import { parseTree } from '../../git/raw.ts';
import { gitOutput, isOid, runGit } from '../../git/run.ts';
import { followIntroductions, type Introduction } from '../../history/introduced.ts';
import type { HistoryRange, Listed } from '../../history/list.ts';
import { openMemory } from '../../history/memory.ts';
import { readObjects } from '../../history/read.ts';
import { documentsOfObject, type ScanResult, scanHistory } from '../../history/scan.ts';
import { grouped } from '../../model/grouped.ts';
import { displayText } from '../../model/path.ts';
import type { Document } from '../../model/types.ts';
import type { Collected, Scope } from '../types.ts';
import { judgingConfig } from './config.ts';
import { blobDocument, limitsFor, tooMuch } from './documents.ts';
import { openRepository, repoInfo, signingState } from './repository.ts';
import type { Repository, Run } from './run.ts';
import { baselineFile, ownConfig } from './staged.ts';

type HistoryScope = Extract<Scope, { kind: 'history' }>;

/**
 * Every object that any ref reaches, or `since..` of them. First all are looked at and forgotten again; then those in
 * which something was found are read once more, to be judged like everything else.
 */
export async function collectWholeHistory(scope: HistoryScope, run: Run): Promise<Omit<Collected, 'fingerprintKey'>> {
  const repository = await openRepository(run);
  const { git, place, objects } = repository;
  const since = scope.since === undefined ? undefined : await commitOf(repository, scope.since);
  const range: HistoryRange = {
    revisions: [...(scope.revisions ?? []), ...(since === undefined ? [] : [`^${since}`])],
    reflog: scope.reflog ?? false,
    unborn: place.head === null,
  };
  const own = await ownConfig(run, objects);
  const config = await judgingConfig(run, own, null);
  const { patterns } = config.config.secrets;
  const variant = `${run.options.archives ? 'archives' : ''}${patterns.length > 0 ? JSON.stringify(patterns) : ''}`;
  const memory = openMemory(place.commonDir, { env: run.env, fresh: scope.fresh ?? false, variant });
  const limits = ({ path }: Listed) => limitsFor(run, path);
  const introductions = followIntroductions(git, range);
  const search = patterns.length > 0 ? (await import('../../patterns/search.ts')).startPatterns(patterns) : undefined;
  const scan = await scanHistory(git, {
    range,
    memory,
    limits,
    documentsOf: (listed, object) => blobDocuments(run, listed, object),
    suspicious:
      search &&
      (async (document) => {
        const { drafts, problems } = await search.search(document);
        for (const problem of problems) if (!run.problems.includes(problem)) run.problems.push(problem);
        return drafts.length > 0 || (problems.length > 0 ? undefined : false);
      }),
    progress: (seen, suspects) =>
      run.progress(seen, 0, `${grouped(seen)} objects of the history, ${suspects} to look at`),
  }).finally(() => search?.close());
  // What was looked at has been forgotten again.
  run.keptBytes = 0;
  report(run, scan);
  const blobs = new Set(scan.suspects.filter((one) => one.path !== '').map((one) => one.oid));
  const introduced = await introductions.of(blobs);
  // `introduced` is in the order of the walk, oldest first.
  const rank = new Map([...introduced.keys()].map((oid, index) => [oid, index]));
  const rankOf = ({ oid }: Listed) => rank.get(oid) ?? rank.size;
  const oldestFirst = [...scan.suspects].sort((a, b) => rankOf(a) - rankOf(b));
  const documents = await readSuspects(run, repository, oldestFirst, introduced);
  const baseline = await baselineFile(run, objects, config.config.baseline);
  const repo = repoInfo(place, repository.config);
  const known = scan.objects - scan.fresh;
  return {
    scope: 'history',
    label: `${since === undefined ? 'history' : `history since ${displayText(scope.since ?? '')}`}: ${grouped(scan.objects)} objects${known > 0 ? `, ${grouped(known)} known from before` : ''}`,
    repo,
    targets: documents.filter((document) => document.kind === 'message'),
    context: [...own, ...baseline],
    base: [],
    history: documents.filter((document) => document.kind !== 'message'),
    changes: [],
    commits: [],
    push: null,
    signing: await signingState(run, repo, repository.config, config.config, false),
    ...config,
    present: await presentBlobs(repository),
    skipped: run.skipped,
    problems: run.problems,
    now: run.now,
  };
}

function blobDocuments(run: Run, listed: Listed, object: GitObject): Document[] {
  const request = { path: listed.path === '' ? `object:${listed.oid}` : listed.path, oid: listed.oid, mode: '100644' };
  const document = blobDocument(run, object, request, { label: '', quiet: true });
  run.keptBytes = 0;
  return [document, ...(run.options.archives?.(run, document) ?? [])];
}

async function readSuspects(
  run: Run,
  { git }: Repository,
  suspects: readonly Listed[],
  introduced: ReadonlyMap<string, Introduction>,
): Promise<Document[]> {
  const documents: Document[] = [];
  async function* list(): AsyncGenerator<readonly Listed[]> {
    yield suspects;
  }
  let kept = 0;
  let read = 0;
  for await (const { listed, object } of readObjects(git, list(), ({ path }) => limitsFor(run, path))) {
    read++;
    if (!object) continue;
    const first = introduced.get(listed.oid);
    const found = documentsOfObject({ ...listed, path: first?.path ?? listed.path }, object, (one) =>
      blobDocuments(run, one, object).map((document) => (first ? { ...document, commit: first.commit } : document)),
    );
    documents.push(...found);
    kept += found.reduce((sum, document) => sum + document.bytes.length, 0);
    if (kept <= run.limits.totalBytes) continue;
    tooMuch(run, suspects.length - read);
    break;
  }
  return documents;
}

/** Blobs of HEAD's tree and of the notes: what is among them has not only been, it is still there. */
async function presentBlobs({ git, place }: Repository): Promise<ReadonlySet<string>> {
  const refs = await gitOutput(git, ['for-each-ref', '--format=%(objectname)', 'refs/notes/']);
  const trees = [...(place.head === null ? [] : [place.head]), ...refs.toString('latin1').split('\n').filter(isOid)];
  const present = new Set<string>();
  for (const tree of trees) {
    const listing = await gitOutput(git, ['ls-tree', '-r', '-z', '--full-tree', tree]);
    for (const { oid } of parseTree(listing)) present.add(oid);
  }
  return present;
}

function report(run: Run, { missing, partial }: ScanResult): void {
  for (const { path } of partial) {
    const detail = 'of the history, read in part only';
    run.skipped.push({ path, reason: 'too-large', detail, partial: true });
  }
  if (missing.length === 0) return;
  for (const oid of missing)
    run.skipped.push({ path: `object:${oid}`, reason: 'unreadable', detail: 'not in this repository', partial: false });
  run.problems.push({
    code: 'object-missing',
    message: `${grouped(missing.length)} objects of the history are damaged or not here (${missing[0]?.slice(0, 10)}), so they were not checked. Fetch them, or try git fsck.`,
    fatal: true,
  });
}

async function commitOf({ git }: Repository, revision: string): Promise<string> {
  const result = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${revision}^{commit}`]);
  const oid = result.stdout.toString('latin1').trim();
  if (result.code === 0 && isOid(oid)) return oid;
  throw new GitFailure({
    code: 'bad-revision',
    message: `${displayText(revision)} names no commit of this repository. Nothing was checked.`,
    fatal: true,
  });
}
