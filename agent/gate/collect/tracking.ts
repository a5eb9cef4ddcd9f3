import { gitOutput, isOid, runGit } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import { readRefLog } from './ref-log.ts';
import type { Repository, Run } from './run.ts';

/** What this clone believes about a remote: its tracking refs. They are hints, because anybody here can write them. */
export interface Tracking {
  remote: string | undefined;
  /** What a branch's name in `refs` begins with: `refs/remotes/origin/`. */
  prefix: string;
  /** Full ref name (`refs/remotes/origin/main`) → object. */
  refs: Map<string, string>;
  /** The remote's default branch, such as `main`, as far as `refs/remotes/<remote>/HEAD` tells. */
  defaultBranch: string | null;
}

/**
 * Reads the tracking refs of a remote. One that was written by hand (`git update-ref`, which leaves an empty line in the
 * reflog where fetch, clone and push leave their name) is not used: it could make outgoing commits disappear.
 * What the remote itself has said in a push counts more than any of them: see `knownThere` in `outgoing.ts`.
 */
export async function readTracking(run: Run, repository: Repository, remote: string | undefined): Promise<Tracking> {
  const { git } = repository;
  const refs = new Map<string, string>();
  const prefix = `refs/remotes/${remote}/`;
  if (remote === undefined) return { remote, prefix, refs, defaultBranch: null };
  const format = '--format=%(objectname)%00%(refname)%00%(symref)';
  const output = await gitOutput(git, ['for-each-ref', format, prefix]);
  const log = await readRefLog(repository, remote);
  let head: string | undefined;
  for (const line of output.toString('utf8').split('\n')) {
    const [oid, name, symref] = line.split('\0');
    if (oid === undefined || name === undefined || !isOid(oid)) continue;
    if (symref) {
      if (name === `${prefix}HEAD`) head = symref;
    } else if (!log.writtenByGit(name, oid)) {
      run.problems.push({
        code: 'tracking-ref-by-hand',
        message: `${displayText(name)} was set by hand, so it does not count as what the remote has. git fetch puts it right.`,
        fatal: false,
      });
    } else refs.set(name, oid);
  }
  const named = head?.startsWith(prefix) && refs.has(head) ? head.slice(prefix.length) : undefined;
  const guess = ['main', 'master'].find((name) => refs.has(prefix + name));
  return { remote, prefix, refs, defaultBranch: named ?? guess ?? null };
}

/**
 * What the server itself has, while it receives a push: its own refs, which no client can write without a push. Its default
 * branch is what its HEAD names.
 */
export async function readOwnRefs({ git }: Repository): Promise<Tracking> {
  const prefix = 'refs/heads/';
  const output = await gitOutput(git, ['for-each-ref', '--format=%(objectname)%00%(refname)']);
  const lines = output
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('\0') as [string, string]);
  const refs = new Map(lines.filter(([oid]) => isOid(oid)).map(([oid, name]) => [name, oid]));
  const head = (await runGit(git, ['symbolic-ref', '-q', 'HEAD'])).stdout.toString('utf8').trim();
  return { remote: undefined, prefix, refs, defaultBranch: head.startsWith(prefix) ? head.slice(prefix.length) : null };
}

/** The tracking ref of a branch of the remote, when it is known. */
export function trackingOid(tracking: Tracking, branch: string): string | undefined {
  return tracking.refs.get(`${tracking.prefix}${branch}`);
}
