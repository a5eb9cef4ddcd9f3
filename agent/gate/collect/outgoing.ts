import { configFlag, type GitConfig } from '../../git/config-list.ts';
import { documentFromBytes } from '../../model/document.ts';
import { displayText } from '../../model/path.ts';
import type { Document } from '../../model/types.ts';
import type { Collected, CommitInfo, PushedRef, RepoInfo, Scope } from '../types.ts';
import { configNames, judgingConfig } from './config.ts';
import { nameDocuments, readBlobs } from './documents.ts';
import { type History, isKnown, type NewBlob, readHistory, readNewBlobs } from './history.ts';
import { type PlannedRef, type PushPlan, planPush } from './push-plan.ts';
import { openRepository, remoteInfo, repoInfo, signingState } from './repository.ts';
import type { Repository, Run } from './run.ts';
import { mergeBase, readTip, type Tip } from './tip.ts';
import { trackingOid } from './tracking.ts';

/**
 * Everything a push would send: every new object of every ref, messages of commits and tags, path names; and the tree it
 * leads to, compared with where it left the remote's default branch.
 */
export async function collectOutgoing(
  scope: Extract<Scope, { kind: 'outgoing' }>,
  run: Run,
): Promise<Omit<Collected, 'fingerprintKey'>> {
  const repository = await openRepository(run);
  const plan = await planPush(run, repository, scope);
  const include = plan.refs.filter((ref) => !ref.delete).map((ref) => ref.localOid);
  const history = await readHistory(run, repository, include, knownThere(plan), {
    promised: plan.tracked && (configFlag(repository.config, `remote.${plan.remote}.promisor`) ?? false),
  });
  const chosen = chooseTip(repository, plan);
  const base = chosen ? await findBase(repository, plan, chosen) : null;
  const tip = chosen?.commit ? await readTip(run, repository, chosen.commit, base) : noTip;
  otherTips(run, plan, chosen);
  const info = { ...describe(repository, plan), mergeBase: base };
  const sides = await readRemaining(run, repository, history, tip);
  const judging = chosen ? (base === null ? null : sides.base) : await defaultConfigFiles(repository, plan);
  const config = await judgingConfig(run, chosen ? [...tip.targets, ...tip.context] : (judging ?? []), judging);
  const commits = await verified(
    run,
    { repo: info, config: repository.config },
    history.commits,
    base === null ? [] : sides.base,
  );
  return {
    scope: 'outgoing',
    label: labelOf(history, plan),
    repo: info,
    targets: [...refNames(plan), ...history.documents, ...tip.targets],
    context: tip.context,
    base: sides.base,
    history: sides.history,
    changes: tip.changes,
    commits,
    push: { remote: plan.remote, url: plan.url, refs: plan.refs.map((ref) => pushedRef(ref, plan, history.commits)) },
    signing: await signingState(run, info, repository.config, config.config, false),
    ...config,
    skipped: run.skipped,
    problems: run.problems,
    now: run.now,
  };
}

/** Names of branches and tags are sent too, and shown to everybody. */
function refNames(plan: PushPlan): Document[] {
  return nameDocuments(plan.refs.filter((ref) => ref.create && !ref.delete).map((ref) => ref.remoteRef));
}

export const noTip: Tip = { targets: [], context: [], base: [], changes: [] };

/** A push without files (deletions, notes) is judged by the configuration of the remote's default branch. */
async function defaultConfigFiles({ objects }: Repository, plan: PushPlan): Promise<Document[]> {
  const branch = plan.tracking.defaultBranch;
  const oid = branch === null ? undefined : trackingOid(plan.tracking, branch);
  if (oid === undefined) return [];
  for (const name of configNames) {
    const object = await objects.read(`${oid}:${name}`);
    if (object?.type === 'blob') return [documentFromBytes(name, object.bytes, { oid: object.oid })];
  }
  return [];
}

/**
 * What the remote has: above all what it said itself in this push, and the tracking refs of this one remote. A tracking ref
 * that says another thing about a branch than the remote does is old or forged, whatever its log says, and does not count.
 * Of another repository than the one that is pushed to none does.
 */
function knownThere({ refs, tracking, tracked }: PushPlan): string[] {
  const told = refs.filter((ref) => ref.oldIsHere);
  if (!tracked) return told.map((ref) => ref.remoteOid);
  // Where the remote has what is not here, its word helps nobody, and the old one is all there is.
  const denied = new Set(
    refs
      .filter((ref) => ref.oldIsHere || ref.create)
      .filter((ref) => ref.remoteOid !== trackingOid(tracking, branchOf(ref)))
      .map((ref) => `${tracking.prefix}${branchOf(ref)}`),
  );
  const believed = [...tracking.refs].filter(([name]) => !denied.has(name)).map(([, oid]) => oid);
  return [...told.map((ref) => ref.remoteOid), ...believed];
}

function branchOf(ref: PlannedRef): string {
  return ref.remoteRef.replace(/^refs\/heads\//, '');
}

/** The ref whose tree is judged as a whole: the branch that is checked out, else the first branch, else a tag. */
function chooseTip({ place }: Repository, plan: PushPlan): PlannedRef | undefined {
  const live = plan.refs.filter((ref) => ref.commit !== null && ref.kind !== 'notes');
  const branches = live.filter((ref) => ref.kind === 'branch');
  return branches.find((ref) => ref.localRef === place.branchRef) ?? branches[0] ?? live[0];
}

/** The files of other refs cannot be judged in the same tree, so it is said that only secrets were looked for there. */
function otherTips(run: Run, plan: PushPlan, chosen: PlannedRef | undefined): void {
  for (const ref of plan.refs) {
    const hasTree = ref.kind === 'branch' || ref.kind === 'tag';
    if (ref === chosen || !hasTree || ref.commit === null || ref.commit === chosen?.commit) continue;
    run.skipped.push({
      path: displayText(ref.remoteRef),
      reason: 'other-ref',
      detail: 'only secrets and commits were checked; push it alone to have its files judged',
      partial: true,
    });
  }
}

/** Where the tip left the remote's default branch; for a push to that branch itself, what it was before. */
async function findBase(repository: Repository, plan: PushPlan, ref: PlannedRef): Promise<string | null> {
  if (ref.commit === null) return null;
  const branch = plan.tracking.defaultBranch;
  const toDefault = branch !== null && ref.remoteRef === `refs/heads/${branch}`;
  // What the remote's branch is now judges what it would become, also when that is a step back in history.
  if (toDefault && ref.oldIsHere && ref.kind === 'branch' && ref.remoteOid !== ref.commit) return ref.remoteOid;
  const main = branch === null ? undefined : trackingOid(plan.tracking, branch);
  const candidates = toDefault
    ? [ref.oldIsHere ? ref.remoteOid : undefined, main]
    : [main, ref.oldIsHere ? ref.remoteOid : undefined];
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const found = await mergeBase(repository, candidate, ref.commit);
    if (found !== null) return found;
  }
  return null;
}

function describe(repository: Repository, plan: PushPlan): RepoInfo {
  const { place, config } = repository;
  const branch = plan.tracking.defaultBranch;
  return repoInfo(place, config, {
    remote: remoteInfo(config, place.branchRef, plan.tracking.remote),
    defaultBranch: branch,
    upstreamBase:
      branch === null || plan.tracking.remote === undefined ? null : `refs/remotes/${plan.tracking.remote}/${branch}`,
  });
}

/** Reads blobs that the tip does not show, and for their paths the version before the push to compare with. */
export async function readRemaining(
  run: Run,
  repository: Repository,
  history: History,
  tip: Tip,
): Promise<{ history: Document[]; base: Document[] }> {
  const shown = new Set(tip.targets.map((document) => document.oid));
  const blobs = [...history.blobs.values()].filter((blob) => !shown.has(blob.oid));
  const taken = new Set(tip.base.map((document) => document.path));
  const before = new Map<string, NewBlob>();
  const known = new Set(blobs.filter((blob) => isKnown(run, blob)));
  for (const blob of blobs) {
    // Nothing is found in what is known, so that nothing of it is compared.
    if (known.has(blob)) continue;
    if (taken.has(blob.path) || before.has(blob.path) || /^0*$/.test(blob.before)) continue;
    if (!history.blobs.has(blob.before)) before.set(blob.path, blob);
  }
  const old = await readBlobs(
    run,
    repository.objects,
    [...before.values()].map((blob) => ({ path: blob.path, oid: blob.before, mode: blob.mode })),
    { label: 'earlier versions read', quiet: true },
  );
  return { history: await readNewBlobs(run, repository, blobs, known), base: [...tip.base, ...old] };
}

/** Commits with their signatures verified. The list of signers counts only as the base has it. */
export async function verified(
  run: Run,
  { repo, config }: { repo: RepoInfo; config: GitConfig },
  commits: CommitInfo[],
  base: readonly Document[],
): Promise<CommitInfo[]> {
  const signed = commits.filter((commit) => commit.signature.present);
  if (!run.options.verify || signed.length === 0) return commits;
  const allowed = ['.pregate/allowed_signers', '.github/allowed_signers']
    .map((path) => base.find((document) => document.path === path))
    .find((document) => document !== undefined);
  const results = await run.options.verify(
    repo,
    signed.map((commit) => commit.oid),
    allowed,
    config,
  );
  return commits.map((commit) => ({ ...commit, signature: results.get(commit.oid) ?? commit.signature }));
}

function pushedRef(ref: PlannedRef, plan: PushPlan, commits: readonly CommitInfo[]): PushedRef {
  const { defaultBranch } = plan.tracking;
  return {
    src: ref.localRef,
    dst: ref.remoteRef,
    kind: ref.kind,
    old: ref.create ? null : ref.remoteOid,
    new: ref.delete ? null : ref.localOid,
    create: ref.create,
    delete: ref.delete,
    force: ref.force,
    commits: plan.refs.length === 1 ? commits.map((commit) => commit.oid) : reachable(ref.commit, commits),
    protected: defaultBranch !== null && ref.remoteRef === `refs/heads/${defaultBranch}`,
  };
}

/** The outgoing commits that one ref reaches; children come before parents, so one pass is enough. */
function reachable(tip: string | null, commits: readonly CommitInfo[]): string[] {
  if (tip === null) return [];
  const wanted = new Set([tip]);
  return commits.flatMap((commit) => {
    if (!wanted.has(commit.oid)) return [];
    for (const parent of commit.parents) wanted.add(parent);
    return [commit.oid];
  });
}

function labelOf(history: History, plan: PushPlan): string {
  const count = history.commits.length;
  const word = count === 1 ? 'commit' : 'commits';
  if (plan.remote === '' && plan.url === '') return `${count} ${word}, no remote`;
  const live = plan.refs.filter((ref) => ref.remoteRef !== '');
  const names = live.map((ref) => `${plan.remote}/${ref.remoteRef.replace(/^refs\/(heads\/)?/, '')}`);
  const where =
    names.length === 0 ? plan.remote : names.length === 1 ? names[0] : `${names.length} refs of ${plan.remote}`;
  return `${count} ${word} to ${displayText(where as string)}`;
}
