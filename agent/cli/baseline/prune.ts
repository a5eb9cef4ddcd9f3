import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayPath } from '../../model/path.ts';
import { count } from '../../report/style.ts';
import { writeBaseline } from '../../suppress.ts';
import type { Args, Io } from '../command.ts';
import { assertComplete, matchAll, stateOf, today } from './entries.ts';
import { writeBaselineFile } from './file.ts';

/** Takes entries out that name nothing any more. An entry left in place would hide the value if it came back. */
export async function prune(args: Args, io: Io): Promise<ExitCode> {
  const matched = await matchAll(io);
  assertComplete(matched);
  const { baseline, path } = matched.file;
  const states = args.flags['expired'] ? ['unused', 'expired'] : ['unused'];
  const gone = (baseline?.entries ?? []).filter((entry) => states.includes(stateOf(entry, matched, today())));
  if (!baseline || gone.length === 0) {
    io.out(`No entry of ${displayPath(path)} is unused; nothing was changed.\n`);
    return Exit.pass;
  }
  for (const entry of gone) {
    io.out(`${stateOf(entry, matched, today()).padEnd(8)} ${entry.rule.padEnd(24)} ${displayPath(entry.path)}\n`);
  }
  if (args.flags['dry-run']) {
    io.out(`${count(gone.length, 'entry', 'entries')} would go; nothing was changed.\n`);
    return Exit.pass;
  }
  await writeBaselineFile(matched.file, writeBaseline(baseline, [], { reason: '', author: '', drop: gone }));
  io.out(`${count(gone.length, 'entry', 'entries')} removed from ${displayPath(path)}.\n`);
  return Exit.pass;
}
