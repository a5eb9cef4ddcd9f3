import type { ExitCode } from '../../gate/types.ts';
import { type Args, type Io, UsageError } from '../command.ts';
import { command as suppress } from '../suppress.ts';

/** Accepts every finding of the tracked files: `suppress --all` under the name of what comes of it. */
export function create(args: Args, io: Io): Promise<ExitCode> {
  if (args.flags['reason'] === undefined)
    throw new UsageError('baseline create needs --reason: it is shown to everybody who meets these again');
  const { reason, until, rule } = args.flags;
  return suppress.run({ flags: { reason, until, rule, all: true }, positionals: [] }, io);
}
