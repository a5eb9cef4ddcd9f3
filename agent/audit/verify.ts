import { openCheckpoint } from './checkpoint.ts';
import { type Entry, parseLine } from './events.ts';
import { hashOfLine, readLines, readLinesAndEnd } from './file.ts';
import { logKey, originOf, readCheckpoints } from './log.ts';
import { leafHash, rootOf } from './merkle.ts';

export interface LogReport {
  entries: number;
  checkpoints: number;
  /** Hex. */
  root: string;
  /** One sentence each; an empty list means that the log is whole and fits everything that was signed. */
  problems: string[];
  /** What a crash has left and nobody need mend; a log is whole with it. */
  notes: string[];
}

/**
 * Reads a whole log and holds it against itself and against every checkpoint: numbering, chain, tree, signatures.
 * A log that its owner has rebuilt from the start passes this; only a checkpoint that somebody else has seen tells.
 */
export function verifyLog(folder: string, env: NodeJS.ProcessEnv = process.env): LogReport {
  const { lines, torn } = readLinesAndEnd(folder);
  const problems: string[] = [];
  const seen = new Set<string>();
  let prev = hashOfLine('');
  for (const [index, line] of lines.entries()) {
    const entry = parseLine(line.toString('utf8'));
    if (!entry) problems.push(`line ${index + 1} is not an entry`);
    else {
      if (entry.seq !== index) problems.push(`line ${index + 1} has number ${entry.seq}, expected ${index}`);
      if (entry.prev !== prev) problems.push(`line ${index + 1} does not follow the line before it: one was changed`);
      if (seen.has(entry.id)) problems.push(`line ${index + 1} is there twice`);
      seen.add(entry.id);
    }
    prev = hashOfLine(line);
  }
  const leaves = lines.map((line) => leafHash(line));
  const { checkpoints, unreadable } = readCheckpoints(folder);
  const key = logKey(env);
  for (const { size, note } of checkpoints) {
    const checkpoint = openCheckpoint(note, key, originOf(folder, env));
    if (!checkpoint || checkpoint.size !== size)
      problems.push(`the checkpoint of ${size} entries is not signed by this log`);
    else if (size > leaves.length) {
      problems.push(`${size} entries were signed and ${leaves.length} are here: the end is missing`);
    } else if (!rootOf(leaves.slice(0, size)).equals(checkpoint.root)) {
      problems.push(`the first ${size} entries are not those that were signed: the log was rewritten`);
    }
  }
  const notes = [
    ...(torn === 0
      ? []
      : [`${count(torn, 'byte')} at the end are half an entry, as a crash leaves it: the next entry keeps them apart`]),
    ...(unreadable === 0
      ? []
      : [`${count(unreadable, 'line')} of the checkpoints cannot be read, as a crash leaves it: the others stand`]),
  ];
  const root = rootOf(leaves).toString('hex');
  return { entries: lines.length, checkpoints: checkpoints.length, root, problems, notes };
}

const count = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? '' : 's'}`;

/** All entries that can be read, oldest first. */
export function readEntries(folder: string): Entry[] {
  return readLines(folder).flatMap((line) => parseLine(line.toString('utf8')) ?? []);
}
