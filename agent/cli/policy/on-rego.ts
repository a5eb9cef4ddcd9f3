import type { ExitCode } from '../../gate/types.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import { runBench } from './bench.ts';
import { runCheck } from './check.ts';
import { runEval } from './eval.ts';
import { runTest } from './tests.ts';

/** The actions that need nothing but Rego, imported at once because they are all that `policy.cjs` holds. */
export function onRego(args: Args, io: Io): Promise<ExitCode> | undefined {
  const [action, ...rest] = args.positionals;
  switch (action) {
    case 'eval':
      return runEval(args, rest, instantOf(args), io);
    case 'test':
      return runTest(args, rest, instantOf(args), io);
    case 'check':
      return runCheck(args, rest, io);
    case 'bench':
      return runBench(args, rest, instantOf(args), io);
    default:
      return undefined;
  }
}

/** The instant of `--at`, or now. Throws `UsageError`. */
export function instantOf(args: Args): Date {
  const at = text(args, 'at');
  const date = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`--at needs a date such as 2026-12-01, not ${JSON.stringify(at)}`);
  return date;
}
