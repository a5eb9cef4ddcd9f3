import { openCheckpoint, readCheckpoint } from '../audit/checkpoint.ts';
import { readLines } from '../audit/file.ts';
import { logKey, originOf, originsHere } from '../audit/log.ts';
import { leafHash, rootOf } from '../audit/merkle.ts';
import { type Git, gitOutput, isOid } from '../git/run.ts';
import { readAllEnvelopes } from './notes.ts';
import { openPayload } from './payload.ts';

/** What statements on the last hundred commits say of audit logs, the oldest commit first. */
export async function statedCheckpoints(git: Git, head: string): Promise<string[]> {
  const words = ['rev-list', '--max-count=100', head];
  const oids = (await gitOutput(git, words)).toString('latin1').split('\n').filter(isOid);
  const notes: string[] = [];
  for (const envelopes of (await readAllEnvelopes(git, oids.reverse())).values()) {
    for (const envelope of envelopes) notes.push(openPayload(envelope)?.checkpoint ?? '');
  }
  return notes.filter((note) => note !== '');
}

/**
 * Holds a log against what was stated of it: a log that was restored from a backup, or built anew by its owner, fits itself
 * and every checkpoint beside it, and no longer what others have; one that was deleted fits everything. One sentence for each
 * thing that does not fit; checkpoints of other repositories and of other keys are left out.
 */
export function statedProblems(folder: string, notes: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const leaves = readLines(folder).map((line) => leafHash(line));
  const origin = originOf(folder, env);
  const here = originsHere(folder, env);
  const [key = '', repository = '', begunAnew] = origin.split('/');
  const gone = new Map<string, number>();
  const problems: string[] = [];
  for (const note of new Set(notes)) {
    const stated = readCheckpoint(note);
    const checkpoint = stated && openCheckpoint(note, logKey(env), stated.origin);
    if (!checkpoint || !`${checkpoint.origin}/`.startsWith(`${key}/${repository}/`)) continue;
    const { size } = checkpoint;
    if (!here.has(checkpoint.origin)) {
      // Who has begun a new log has said so in its first entry.
      if (begunAnew === undefined) gone.set(checkpoint.origin, Math.max(size, gone.get(checkpoint.origin) ?? 0));
      continue;
    }
    if (checkpoint.origin !== origin) continue;
    if (size > leaves.length) {
      problems.push(`${size} entries were stated to others and ${leaves.length} are here: the log was rolled back`);
    } else if (!rootOf(leaves.slice(0, size)).equals(checkpoint.root)) {
      problems.push(`the first ${size} entries are not those that were stated to others: the log has forked`);
    }
  }
  for (const size of gone.values())
    problems.push(`${size} entries were stated to others, and the log that held them is not here: it was deleted`);
  return problems;
}
