import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayPath } from '../../model/path.ts';
import { count } from '../../report/style.ts';
import { type BaselineEntry, writeBaseline } from '../../suppress.ts';
import type { Args, Io } from '../command.ts';
import { assertComplete, matchAll, stateOf, stillInHistory, today } from './entries.ts';
import { writeBaselineFile } from './file.ts';

/**
 * Takes entries out that name nothing any more. An entry left in place would hide the value if it came back; one whose value
 * a commit still has stays unless `--history` is given, since `check --history` would find that value again.
 */
export async function prune(args: Args, io: Io): Promise<ExitCode> {
  const matched = await matchAll(io);
  assertComplete(matched);
  const { baseline, path } = matched.file;
  const state = (entry: BaselineEntry) => stateOf(entry, matched, today());
  const states = args.flags['expired'] ? ['unused', 'expired'] : ['unused'];
  const unused = (baseline?.entries ?? []).filter((entry) => states.includes(state(entry)));
  const inHistory = args.flags['history']
    ? new Set<BaselineEntry>()
    : await stillInHistory(
        unused.filter((entry) => state(entry) === 'unused'),
        matched.file,
        io,
      );
  const gone = unused.filter((entry) => !inHistory.has(entry));
  if (!baseline || unused.length === 0) {
    io.out(`No entry of ${displayPath(path)} is unused; nothing was changed.\n`);
    return Exit.pass;
  }
  const lines = unused.map(
    (entry) =>
      `${(inHistory.has(entry) ? 'kept' : state(entry)).padEnd(8)} ${entry.rule.padEnd(24)} ${displayPath(entry.path)}`,
  );
  const what = count(gone.length, 'entry', 'entries');
  const dry = Boolean(args.flags['dry-run']);
  if (!dry && gone.length > 0) {
    await writeBaselineFile(matched.file, writeBaseline(baseline, [], { reason: '', author: '', drop: gone }));
  }
  io.out(dry ? `${what} would go; nothing was changed.\n` : `${what} removed from ${displayPath(path)}.\n`);
  io.out(`${lines.join('\n')}\n`);
  if (inHistory.size > 0)
    io.out(`Kept: the history still has the value. To let these go too: pregate baseline prune --history\n`);
  return Exit.pass;
}
