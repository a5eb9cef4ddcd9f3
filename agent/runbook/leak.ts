import type { Entry } from '../audit/events.ts';
import { logFolder } from '../audit/log.ts';
import { readEntries } from '../audit/verify.ts';
import { gitOutput, runGit } from '../git/run.ts';
import type { RunbookCall, Step } from './types.ts';

/** What is known of a commit that holds a secret: when it was made, who names it, and since when a remote has it. */
export interface Leaked {
  commit: string;
  /** ISO 8601, as the committer says. */
  committed: string;
  refs: string[];
  reached: Reached[];
}

interface Reached {
  /** The remote's branch, as this clone names it. */
  ref: string;
  /** ISO 8601, from git's own log of that branch: when it was pushed from here, or first seen here. */
  at: string;
  pushedHere: boolean;
}

/** Most commits whose way is followed; each asks git a handful of times. */
const most = 20;

/** Follows each commit; `holders` names the refs that reach it. */
export async function leakedOf(
  call: RunbookCall,
  commits: readonly string[],
  holders: ReadonlyMap<string, readonly string[]>,
): Promise<Leaked[]> {
  if (commits.length === 0) return [];
  const words = ['log', '--no-walk', '--no-show-signature', '--format=%H %cI', ...commits.slice(0, most), '--'];
  const dates = (await gitOutput(call.git, words)).toString('latin1').trim().split('\n');
  const logs = new Map<string, Moved[]>();
  return Promise.all(
    dates.map(async (line): Promise<Leaked> => {
      const [commit = '', committed = ''] = line.split(' ');
      const refs = [...(holders.get(commit) ?? [])];
      const reached: Reached[] = [];
      for (const ref of refs.filter((name) => name.startsWith('refs/remotes/'))) {
        if (!logs.has(ref)) logs.set(ref, await movesOf(call, ref));
        const first = await firstWith(call, commit, logs.get(ref) ?? []);
        if (first) reached.push({ ref, at: first.at, pushedHere: first.what.startsWith('update by push') });
      }
      return { commit, committed, refs, reached };
    }),
  );
}

interface Moved {
  oid: string;
  at: string;
  what: string;
}

/** The log of a remote's branch, oldest entry first; empty where git keeps none. */
async function movesOf({ git }: RunbookCall, ref: string): Promise<Moved[]> {
  const words = ['reflog', 'show', '--max-count=500', '--date=iso-strict', '--format=%H%x00%gd%x00%gs', ref, '--'];
  const { code, stdout } = await runGit(git, words);
  if (code !== 0) return [];
  const moves = stdout.toString('utf8').split('\n').filter(Boolean);
  return moves.reverse().map((line) => {
    const [oid = '', at = '', what = ''] = line.split('\0');
    return { oid, at: /@\{(.*)\}$/.exec(at)?.[1] ?? '', what };
  });
}

/** The first state that holds a commit, by halving: a branch that was moved back in between may give a later one. */
async function firstWith({ git }: RunbookCall, commit: string, moves: readonly Moved[]): Promise<Moved | undefined> {
  const holds = async (move: Moved) =>
    (await runGit(git, ['merge-base', '--is-ancestor', commit, move.oid])).code === 0;
  let [low, high] = [0, moves.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await holds(moves[middle] as Moved)) high = middle;
    else low = middle + 1;
  }
  const found = moves[low];
  return found && (await holds(found)) ? found : undefined;
}

/** One line for each commit, newest first: made when, on which remote since when. */
export function whenLines(leaked: readonly Leaked[]): string[] {
  return leaked.flatMap(({ commit, committed, reached }) => [
    `${commit.slice(0, 12)} committed ${minute(committed)}`,
    ...reached.map(
      ({ ref, at, pushedHere }) =>
        `  on ${ref.replace(/^refs\/remotes\//, '')} since ${minute(at)}${pushedHere ? ', pushed from here' : ' or before'}`,
    ),
  ]);
}

/** What the audit log of this machine says of these commits: past the hooks, or let pass by a push. */
export function entriesAbout({ place, env }: RunbookCall, commits: readonly string[]): Entry[] {
  const wanted = new Set(commits);
  return readEntries(logFolder(place.commonDir, env)).filter((entry) => {
    if (entry.event === 'bypass') return wanted.has(entry.commit ?? '');
    return entry.event === 'verdict' && (entry.commits ?? []).some((oid) => wanted.has(oid));
  });
}

/** Why nobody stopped it, as far as this machine knows: by the entries about these commits. */
export function whyStep(entries: readonly Entry[], commits: readonly string[]): Step {
  const wanted = new Set(commits);
  const facts = entries.flatMap((entry) => {
    const at = minute(entry.ts);
    if (entry.event === 'bypass') return `${at}  ${entry.commit?.slice(0, 12)} went past the hooks (${entry.how})`;
    if (entry.event !== 'verdict') return [];
    const here = (entry.commits ?? []).filter((oid) => wanted.has(oid)).map((oid) => oid.slice(0, 12));
    const word = { pass: 'let pass', refused: 'refused', 'could-not-check': 'not checked', 'not-judged': 'not judged' };
    return `${at}  ${entry.hook}: ${here.slice(0, 3).join(', ')} ${word[entry.verdict]}`;
  });
  const none = 'no entry is about them: they came from another machine, or no hook of Pregate ran';
  return {
    title: 'Find out why it was not stopped',
    why: 'The audit log of this machine says what its hooks have seen of these commits.',
    facts: facts.length > 0 ? facts.slice(-10) : [none],
    commands: ['pregate log --event bypass', 'pregate log verify'],
  };
}

/** `2026-11-29 21:54Z`; what is no date stays as it is. */
export function minute(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}
