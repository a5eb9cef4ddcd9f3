import { readCheckpoint } from '../../audit/checkpoint.ts';
import { readLines } from '../../audit/file.ts';
import { checkpointNow, originOf } from '../../audit/log.ts';
import { inclusionProof, leafHash, verifyInclusion } from '../../audit/merkle.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { findPlace } from '../../git/place.ts';
import { openGit } from '../../git/run.ts';
import { type Args, type Io, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';

/**
 * Prints a proof that one entry is in the log: the entry, its index, the hashes up to the root and the signed checkpoint,
 * in the form of C2SP's tlog-proof (`c2sp.org/tlog-proof@v1`), with the entry as a comment in front of it.
 */
export async function proofOf({ folders }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const operand = args.positionals[1] ?? '';
  if (!/^\d{1,12}$/.test(operand)) throw new UsageError('log proof needs the number of an entry: pregate log proof 12');
  const index = Number(operand);
  const { folder } = folders[0] as Asked['folders'][number];
  const { commonDir } = await findPlace(openGit(io.cwd, io.env));
  const note = await checkpointNow(commonDir, io.env);
  const checkpoint = note === undefined ? undefined : readCheckpoint(note);
  const lines = readLines(folder);
  const leaves = lines.map((line) => leafHash(line));
  if (note === undefined || !checkpoint || index >= checkpoint.size) {
    throw new UsageError(`there is no entry ${index}: this log has ${lines.length}`);
  }
  const proof = inclusionProof(leaves.slice(0, checkpoint.size), index);
  const leaf = leaves[index] as Buffer;
  const holds = verifyInclusion({ leaf, index, size: checkpoint.size, proof, root: checkpoint.root });
  if (!holds || checkpoint.origin !== originOf(folder, io.env)) {
    io.err(
      'pregate: the log does not fit its own checkpoint, so nothing can be proven. pregate log verify [log-damaged]\n',
    );
    return Exit.couldNotCheck;
  }
  const extra = Buffer.from(lines[index] as Buffer).toString('base64');
  const hashes = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  io.out(`c2sp.org/tlog-proof@v1\nextra ${extra}\nindex ${index}\n${hashes}\n${note}`);
  return Exit.pass;
}
