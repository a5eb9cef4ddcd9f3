import { restartLog } from '../../audit/restart.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { findPlace } from '../../git/place.ts';
import { openGit } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import { count } from '../../report/style.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';

/**
 * Begins a new log after the old one was damaged; the old one is kept beside it. Exit 3 when that cannot be done, or when the
 * new log could not be told why it was begun.
 */
export async function restart(_: Asked, args: Args, io: Io): Promise<ExitCode> {
  const reason = text(args, 'reason')?.trim();
  if (!reason) throw new UsageError('log restart needs --reason: it is the first thing that the new log says');
  if (text(args, 'repository') !== undefined)
    throw new UsageError('log restart takes no --repository: it begins the log of the repository that you are in');
  const { commonDir } = await findPlace(openGit(io.cwd, io.env));
  const done = await restartLog(commonDir, reason, io.env);
  if (!done) {
    io.err('pregate: there is no log of this repository, or it is being written; nothing was changed [log-restart]\n');
    return Exit.couldNotCheck;
  }
  io.out(`The old log, ${count(done.entries, 'entry', 'entries')}, is kept in ${displayText(done.kept)}\n`);
  io.out('A new one has begun, under a name of its own. Tell your team, or they see only that there are two.\n');
  if (done.problem === undefined) return Exit.pass;
  io.err(`pregate: ${displayText(done.problem)} [audit-unavailable]\n`);
  return Exit.couldNotCheck;
}
