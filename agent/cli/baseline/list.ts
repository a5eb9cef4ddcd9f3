import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayPath, displayText } from '../../model/path.ts';
import { count, narrow, type Style, wrap } from '../../report/style.ts';
import type { BaselineEntry } from '../../suppress.ts';
import type { Args, Io } from '../command.ts';
import { styleOf } from '../render.ts';
import { matchAll, stateOf, today } from './entries.ts';

/** Prints every entry with who answers for it and whether it still has something to do. */
export async function list(args: Args, io: Io): Promise<ExitCode> {
  const matched = await matchAll(io);
  const rule = args.flags['rule'];
  const entries = (matched.file.baseline?.entries ?? []).filter((entry) => rule === undefined || entry.rule === rule);
  const fatal = matched.judgement.report.problems.find((problem) => problem.fatal);
  const stateIn = (entry: BaselineEntry): string => {
    const state = stateOf(entry, matched, today());
    // Where not everything could be looked at, what was not met may be there all the same.
    return fatal && state === 'unused' ? 'unknown' : state;
  };
  const rows = entries.map((entry) => ({ entry, state: stateIn(entry) }));
  if (fatal)
    io.err(
      `pregate: ${displayText(fatal.message.replace(/\.$/, ''))}. No entry can be called unused. [${fatal.code}]\n`,
    );
  const code = fatal ? Exit.couldNotCheck : Exit.pass;
  if (args.flags['json']) {
    const shown = rows.map(({ entry: { line: _, ...rest }, state }) => ({ ...rest, state }));
    io.out(`${JSON.stringify({ schema: 'pregate.baseline/v1', path: matched.file.path, entries: shown }, null, 2)}\n`);
    return code;
  }
  const style = styleOf(io);
  const idle = rows.filter(({ state }) => state === 'unused' || state === 'expired').length;
  const unlooked = rows.filter(({ entry }) => entry.verdict === undefined).length;
  const head = [
    `${count(rows.length, 'entry', 'entries')} in ${displayPath(matched.file.path)}`,
    ...(idle > 0 ? [`${idle} unused or expired (pregate baseline prune)`] : []),
    ...(unlooked > 0 ? [`${unlooked} nobody has looked at alone (pregate baseline audit)`] : []),
  ];
  io.out(`${wrap(head.join(', '), io.width).join('\n')}\n`);
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(saidOf(row.entry), [...(groups.get(saidOf(row.entry)) ?? []), row]);
  for (const [said, group] of groups) {
    io.out(`\n${wrap(said, io.width).map(style.bold).join('\n')}\n`);
    const width = Math.max(...group.map(({ entry }) => entry.rule.length));
    for (const row of group) io.out(rowOf(row, width, style));
  }
  return code;
}

interface Row {
  entry: BaselineEntry;
  state: string;
}

/** What somebody said once of many entries stands once above them: reason, author, end and what the audit found. */
function saidOf({ reason, author, expires, verdict }: BaselineEntry): string {
  return [reason, author, expires && `until ${expires}`, verdict?.replaceAll('-', ' ')]
    .filter((part) => part)
    .map((part) => displayText(part as string))
    .join(' · ');
}

function rowOf({ entry, state }: Row, width: number, style: Style): string {
  const paint = state === 'used' ? style.dim : style.yellow;
  // In the file a name without a folder begins with the root, so that it does not fit one of any folder.
  const place = displayPath(entry.path.replace(/^\//, ''));
  const beside = style.width >= narrow && width + 12 + place.length <= style.width;
  const gap = beside ? `${' '.repeat(width - entry.rule.length)}  ` : `\n${' '.repeat(11)}`;
  return `  ${paint(state.padEnd(8))} ${entry.rule}${gap}${place}\n`;
}
