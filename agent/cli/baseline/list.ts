import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayPath, displayText } from '../../model/path.ts';
import { count, type Style } from '../../report/style.ts';
import type { BaselineEntry } from '../../suppress.ts';
import type { Args, Io } from '../command.ts';
import { styleOf } from '../render.ts';
import { matchAll, stateOf, today } from './entries.ts';

/** Prints every entry with who answers for it and whether it still has something to do. */
export async function list(args: Args, io: Io): Promise<ExitCode> {
  const matched = await matchAll(io);
  const rule = args.flags['rule'];
  const entries = (matched.file.baseline?.entries ?? []).filter((entry) => rule === undefined || entry.rule === rule);
  const rows = entries.map((entry) => ({ entry, state: stateOf(entry, matched, today()) }));
  if (args.flags['json']) {
    const shown = rows.map(({ entry: { line: _, ...rest }, state }) => ({ ...rest, state }));
    io.out(`${JSON.stringify({ schema: 'pregate.baseline/v1', path: matched.file.path, entries: shown }, null, 2)}\n`);
    return Exit.pass;
  }
  const style = styleOf(io);
  for (const { entry, state } of rows) io.out(rowOf(entry, state, style));
  const idle = rows.filter(({ state }) => state !== 'used').length;
  const unlooked = rows.filter(({ entry }) => entry.verdict === undefined).length;
  io.out(
    `${rows.length === 0 ? '' : '\n'}${count(rows.length, 'entry', 'entries')} in ${displayPath(matched.file.path)}`,
  );
  io.out(`${unlooked > 0 ? `, ${unlooked} nobody has looked at alone (pregate baseline audit)` : ''}`);
  io.out(`${idle > 0 ? `, ${idle} unused or expired (pregate baseline prune)` : ''}\n`);
  return Exit.pass;
}

function rowOf(entry: BaselineEntry, state: string, style: Style): string {
  const paint = state === 'used' ? style.dim : style.yellow;
  const said = [
    entry.reason,
    entry.author,
    entry.expires && `until ${entry.expires}`,
    entry.verdict?.replaceAll('-', ' '),
  ]
    .filter((part) => part)
    .map((part) => displayText(part as string))
    .join(' · ');
  return `${paint(state.padEnd(8))} ${entry.rule.padEnd(24)} ${displayPath(entry.path)}\n${' '.repeat(9)}${style.dim(said)}\n`;
}
