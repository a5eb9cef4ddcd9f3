import { Exit, type ExitCode } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { replay } from '../replay/replay.ts';
import { renderReplay, replayJson, replayMarkdown, replayTable } from '../report/replay.ts';
import { type Args, type Io, text, UsageError } from './command.ts';
import { progressOf, styleOf } from './render.ts';

/** `pregate policy replay`: which of the last pushes or commits another bundle would have stopped, beside this one. */
export async function runReplay(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  if (rest.length > 0)
    throw new UsageError('policy replay takes no more words: pregate policy replay --bundle NEW --last 100');
  const bundle = text(args, 'bundle');
  if (bundle === undefined) throw new UsageError('policy replay needs --bundle: the policy to try');
  const asked = text(args, 'last') ?? '100';
  if (!/^[1-9]\d{0,6}$/.test(asked)) throw new UsageError('--last needs a number of commits or pushes: --last 100');
  if (args.flags['commits'] && args.flags['pushes']) throw new UsageError('--commits and --pushes exclude each other');
  const start = performance.now();
  const progress = progressOf(io);
  const result = await replay({
    cwd: io.cwd,
    env: io.env,
    bundle,
    last: Number(asked),
    kind: args.flags['pushes'] ? 'pushes' : 'commits',
    now: now.toISOString(),
    onProgress: progress.report,
    ...(args.flags['fresh'] ? { fresh: true } : {}),
  });
  progress.done();
  const elapsed = performance.now() - start;
  for (const problem of result.problems) io.err(`pregate: ${displayText(problem.message)} [${problem.code}]\n`);
  if (result.problems.length === 0 && result.steps.length === 0) {
    const why = args.flags['pushes']
      ? 'git remembers no push from this clone (the reflog of refs/remotes); --commits looks at the commits instead'
      : 'there is no commit yet';
    io.err(`pregate: nothing was replayed: ${why} [nothing-replayed]\n`);
    return Exit.couldNotCheck;
  }
  if (args.flags['json']) io.out(replayJson(result, elapsed));
  else if (result.problems.length === 0) {
    io.out(args.flags['markdown'] ? replayMarkdown(result) : renderReplay(result, styleOf(io), elapsed));
  }
  const table = replayTable(result);
  if (result.problems.length > 0 || table.undecided.length > 0) return Exit.couldNotCheck;
  return table.stops.length > 0 ? Exit.violation : Exit.pass;
}
