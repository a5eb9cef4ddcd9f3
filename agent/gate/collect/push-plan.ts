import { parseTag } from '../../git/commit.ts';
import { configValue, remoteNames } from '../../git/config-list.ts';
import { GitFailure } from '../../git/failure.ts';
import { isFetchedFrom, pushAddress } from '../../git/push-address.ts';
import { withoutCredentials } from '../../git/remote-url.ts';
import { isOid, isZero, runGit } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import type { PushRef, RefKind } from '../types.ts';
import { pushRemote } from './repository.ts';
import type { Repository, Run } from './run.ts';
import { readOwnRefs, readTracking, type Tracking, trackingOid } from './tracking.ts';

/** One ref of a push with everything that could be found out about both ends. */
export interface PlannedRef extends PushRef {
  kind: RefKind;
  create: boolean;
  delete: boolean;
  /** The remote's old value is an object of this repository. */
  oldIsHere: boolean;
  force: boolean | null;
  /** The commit that the new value names, through annotated tags; null for blobs, trees and deletions. */
  commit: string | null;
  /** Annotated tags on the way to it, outermost first. */
  tags: string[];
}

export interface PushPlan {
  /** Name as git knows it, or the address when there is no such remote. */
  remote: string;
  /** Without credentials. */
  url: string;
  refs: PlannedRef[];
  tracking: Tracking;
  /** The tracking refs are those of the repository that is pushed to. */
  tracked: boolean;
}

/** Finds out what a push would do: from the lines git gives to `pre-push`, or for the current branch as `git push` would. */
export async function planPush(
  run: Run,
  repository: Repository,
  scope: { remote?: string; url?: string; refs?: PushRef[]; server?: boolean },
): Promise<PushPlan> {
  const { config, place } = repository;
  const named = scope.remote ?? pushRemote(config, place.branchRef);
  const remote = knownRemote(repository, named, scope.url);
  const tracking = scope.server ? await readOwnRefs(repository) : await readTracking(run, repository, remote);
  const address = scope.url ?? (remote === undefined ? named : pushAddress(config, remote)) ?? '';
  const tracked = remote === undefined || isFetchedFrom(config, remote, address, place.root);
  const refs = scope.refs ?? currentBranch(run, repository, tracked ? tracking : undefined);
  const planned: PlannedRef[] = [];
  // Each may ask git in a process of its own, and a push of hundreds of refs shall not wait for one after the other.
  for (let at = 0; at < refs.length; at += 16)
    planned.push(...(await Promise.all(refs.slice(at, at + 16).map((ref) => planRef(repository, ref)))));
  if (named === undefined && !scope.server) {
    run.problems.push({
      code: 'no-remote',
      message: 'This repository has no remote, so every commit counts as outgoing.',
      fatal: false,
    });
  }
  if (!tracked) {
    run.problems.push({
      code: 'other-push-address',
      message: `${displayText(remote)} is pushed to another address than it is fetched from, so only what that one said in this push counts as what it has.`,
      fatal: false,
    });
  }
  return {
    remote: remote ?? (named === undefined ? '' : withoutCredentials(named)),
    url: withoutCredentials(address),
    refs: planned,
    tracking,
    tracked,
  };
}

/** The configured remote that is meant; a push to a plain address is matched with the remote of the same address. */
function knownRemote({ config }: Repository, named: string | undefined, url: string | undefined): string | undefined {
  const names = remoteNames(config);
  if (named !== undefined && names.includes(named)) return named;
  const address = url ?? named;
  if (address === undefined) return undefined;
  return names.find((name) => {
    const values = [...(config.get(`remote.${name}.url`) ?? []), ...(config.get(`remote.${name}.pushurl`) ?? [])];
    return values.includes(address);
  });
}

/**
 * The line git would give for a plain `git push` of the current branch. Without the tracking refs of the repository that is
 * pushed to, nothing is taken to be there: git would ask it, and a preview does not.
 */
function currentBranch(run: Run, { config, place }: Repository, tracking: Tracking | undefined): PushRef[] {
  if (place.head === null) {
    throw new GitFailure({
      code: 'no-commits',
      message: 'This repository has no commits yet, so there is nothing to push. Nothing was checked.',
      fatal: true,
    });
  }
  const zero = '0'.repeat(place.head.length);
  if (place.branchRef === null) {
    run.problems.push({
      code: 'detached-head',
      message: 'HEAD is detached: this is what pushing it would send, without knowing where to.',
      fatal: false,
    });
    return [{ localRef: 'HEAD', localOid: place.head, remoteRef: '', remoteOid: zero }];
  }
  const branch = place.branchRef.replace(/^refs\/heads\//, '');
  const merge = configValue(config, `branch.${branch}.merge`);
  const upstream = configValue(config, 'push.default') === 'upstream' && merge !== undefined;
  const remoteRef = upstream ? merge : place.branchRef;
  const old = tracking && trackingOid(tracking, remoteRef.replace(/^refs\/heads\//, ''));
  return [{ localRef: place.branchRef, localOid: place.head, remoteRef, remoteOid: old ?? zero }];
}

async function planRef(repository: Repository, ref: PushRef): Promise<PlannedRef> {
  if (!isOid(ref.localOid) || !isOid(ref.remoteOid)) {
    throw new GitFailure({
      code: 'bad-push-line',
      message: `The push of ${displayText(ref.remoteRef)} has no valid object id. Nothing was checked.`,
      fatal: true,
    });
  }
  const deleted = isZero(ref.localOid);
  const create = isZero(ref.remoteOid);
  const peeled = deleted ? { commit: null, tags: [] } : await peel(repository, ref.localOid);
  const oldIsHere = !create && (await isHere(repository, ref.remoteOid));
  return {
    ...ref,
    kind: kindOf(ref.remoteRef),
    create,
    delete: deleted,
    oldIsHere,
    force: create || deleted ? false : await isForced(repository, ref, oldIsHere),
    ...peeled,
  };
}

export function kindOf(ref: string): RefKind {
  if (ref.startsWith('refs/heads/')) return 'branch';
  if (ref.startsWith('refs/tags/')) return 'tag';
  return ref.startsWith('refs/notes/') ? 'notes' : 'other';
}

/** Follows annotated tags, which may point at tags, to what they name. */
async function peel({ objects }: Repository, oid: string): Promise<{ commit: string | null; tags: string[] }> {
  const tags: string[] = [];
  let next = oid;
  while (tags.length < 64) {
    const object = await objects.read(next);
    if (object?.type === 'commit') return { commit: next, tags };
    if (object?.type !== 'tag') return { commit: null, tags };
    tags.push(next);
    next = parseTag(object.bytes).object;
    if (!isOid(next)) break;
  }
  return { commit: null, tags };
}

async function isHere({ objects }: Repository, oid: string): Promise<boolean> {
  return (await objects.read(oid, { full: 65536, edge: 16 })) !== undefined;
}

async function isForced({ git }: Repository, ref: PushRef, oldIsHere: boolean): Promise<boolean | null> {
  if (!oldIsHere) return null;
  const result = await runGit(git, ['merge-base', '--is-ancestor', ref.remoteOid, ref.localOid]);
  if (result.code === 0) return false;
  // Anything but "no" means that the two cannot be compared, as with a tag on a blob: then replacing it is forced.
  return true;
}
