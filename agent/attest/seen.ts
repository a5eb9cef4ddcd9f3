import { openCheckpoint, readCheckpoint } from '../audit/checkpoint.ts';
import { readLines } from '../audit/file.ts';
import { logKey, originOf } from '../audit/log.ts';
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
 * and every checkpoint beside it, and no longer what others have. One sentence for each thing that does not fit; checkpoints
 * of other logs are left out.
 */
export function statedProblems(folder: string, notes: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const leaves = readLines(folder).map((line) => leafHash(line));
  const origin = originOf(folder, env);
  const problems: string[] = [];
  for (const note of new Set(notes)) {
    const size = readCheckpoint(note)?.size;
    const checkpoint = openCheckpoint(note, logKey(env), origin);
    if (!checkpoint || size === undefined) continue;
    if (size > leaves.length) {
      problems.push(`${size} entries were stated to others and ${leaves.length} are here: the log was rolled back`);
    } else if (!rootOf(leaves.slice(0, size)).equals(checkpoint.root)) {
      problems.push(`the first ${size} entries are not those that were stated to others: the log has forked`);
    }
  }
  return problems;
}
