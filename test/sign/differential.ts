/** Holds our verifier against git's own on the same commits; shared by the quick test and `npm run torture`. */
import { execFileSync } from 'node:child_process';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { type Laboratory, mutate, writeCommits } from './mutants.ts';

export interface Comparison {
  mutants: number;
  /** Commit objects that differ from one another. */
  distinct: number;
  /** Commits that git was asked about. */
  asked: number;
  /** Good for both. */
  good: number;
  /** Seeds of mutants that we call good and git does not: there must be none. */
  falseGood: string[];
  /** Seeds that git calls good and we do not: strictness, listed by kind. */
  stricter: Map<string, number>;
}

/**
 * Compares the mutants of `count` seeds from `first` on. What we refuse cannot be a false "good", and git takes 25 ms for each
 * answer: so `sample` says of how many refused ones git is asked about one, to know how much stricter we are.
 */
export async function compare(lab: Laboratory, first: number, count: number, sample = 1): Promise<Comparison> {
  const { repo } = lab;
  const mutants = Array.from({ length: count }, (_, index) => ({ seed: first + index, ...mutate(lab, first + index) }));
  const oids = writeCommits(
    repo,
    mutants.map((mutant) => mutant.object),
  );
  const distinct = [...new Set(oids)];
  const ours = await verifyCommits({ root: repo.dir }, distinct, { env: repo.env });
  const asked = distinct.filter((oid, index) => index % sample === 0 || ours.get(oid)?.status === 'good');
  const theirs = gitSays(lab, asked);
  const counts = { mutants: count, distinct: distinct.length, asked: asked.length };
  const result: Comparison = { ...counts, good: 0, falseGood: [], stricter: new Map() };
  for (const [index, oid] of oids.entries()) {
    const { seed, kind, object } = mutants[index] as (typeof mutants)[number];
    const we = ours.get(oid)?.status === 'good';
    const git = theirs.get(oid) === 'G';
    if (we && git) result.good++;
    if (we && !git)
      result.falseGood.push(
        `${kind}, seed ${seed}: git says ${theirs.get(oid) ?? 'nothing'} of ${object.toString('base64')}`,
      );
    if (!we && git) result.stricter.set(kind, (result.stricter.get(kind) ?? 0) + 1);
  }
  return result;
}

/** `git log --format=%G?` of each commit; a commit that git cannot read at all has no answer. */
function gitSays({ repo }: Laboratory, oids: readonly string[]): Map<string, string> {
  const answers = new Map<string, string>();
  const ask = (list: readonly string[]): void => {
    if (list.length === 0) return;
    try {
      const words = ['log', '--no-walk=unsorted', '--stdin', '--format=%H %G?'];
      const options = { cwd: repo.dir, env: repo.env, input: `${list.join('\n')}\n`, maxBuffer: 1 << 28 };
      const output = execFileSync('git', words, { ...options, stdio: ['pipe', 'pipe', 'ignore'] }).toString();
      for (const line of output.trim().split('\n')) answers.set(line.slice(0, 40), line.slice(41));
    } catch {
      // One commit that git cannot parse ends the whole list: the halves are asked, down to the one.
      if (list.length === 1) return;
      const half = Math.ceil(list.length / 2);
      ask(list.slice(0, half));
      ask(list.slice(half));
    }
  };
  ask(oids);
  return answers;
}
