import type { Entry } from '../../audit/events.ts';
import { duration } from '../../audit/metrics.ts';
import { namesOf } from '../../audit/names.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { count, makeStyle, type Style, wrap } from '../../report/style.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';
import { styleOf } from '../render.ts';

/** Prints the newest entries, oldest of them first, as a terminal shows a history. */
export async function printEntries({ selected }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const limit = Number(text(args, 'limit') ?? 50);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number from 1');
  const kind = text(args, 'event');
  const all = selected
    .flatMap(({ repository, entries }) => entries.map((entry) => ({ repository, entry })))
    .filter(({ entry }) => kind === undefined || entry.event === kind);
  // One log has an order of its own: what waited is entered behind what was entered meanwhile.
  if (selected.length > 1) all.sort((a, b) => (a.entry.ts < b.entry.ts ? -1 : 1));
  const shown = all.slice(-limit);
  if (args.flags['json']) {
    const entries = shown.map(({ repository, entry }) => ({ repository, ...entry }));
    io.out(`${JSON.stringify({ schema: 'pregate.log/v1', total: all.length, entries }, null, 2)}\n`);
    return Exit.pass;
  }
  const style = styleOf(io);
  if (all.length > shown.length)
    io.out(`The last ${shown.length} of ${count(all.length, 'entry', 'entries')} (--limit N shows more)\n`);
  const names = namesOf(
    selected.map((one) => one.repository),
    io.env,
  );
  const columns = Math.min(20, Math.max(...[...names.values()].map((name) => name.length)));
  for (const { repository, entry } of shown) {
    const name = displayText(names.get(repository) ?? '');
    const where = selected.length > 1 ? `${name.slice(0, columns).padEnd(columns)}  ` : '';
    const head = `${where}${String(entry.seq).padStart(5)}  ${entry.ts.slice(0, 16).replace('T', ' ')}Z  `;
    // Where it is narrow the text goes on below itself; a mark and the columns of a verdict stay together.
    const line = lineOf(entry, style);
    // What paints takes no columns.
    const paint = line.length - lineOf(entry, plain).length;
    const [first = '', ...rest] = wrap(line, Math.max(30, io.width - head.length) + paint);
    io.out(`${head}${first}\n`);
    for (const more of rest) io.out(`${' '.repeat(head.length + 2)}${more.trimStart()}\n`);
  }
  if (shown.length === 0) {
    const asked = selected.some(({ entries }) => entries.length > 0) || kind !== undefined;
    io.out(
      `${asked ? 'No entry of the log is of that kind.' : 'Nothing was logged here yet.'} Hooks write the log: pregate init\n`,
    );
  }
  return Exit.pass;
}

const plain = makeStyle({ color: false, width: 80 });

function lineOf(entry: Entry, style: Style): string {
  const note = (text: string) => displayText(text);
  switch (entry.event) {
    case 'verdict': {
      const [sign, word] = {
        pass: [style.green('✓'), 'passed'],
        refused: [style.red('✗'), 'refused'],
        'could-not-check': [style.yellow('?'), 'not checked'],
        'not-judged': [style.yellow('?'), 'not judged'],
      }[entry.verdict] as [string, string];
      const commits =
        entry.counts.commits > 0 ? `, ${count(entry.counts.commits, 'commit')}, ${entry.counts.signed} signed` : '';
      const rules = entry.rules.length > 0 ? `: ${entry.rules.join(', ')}` : '';
      return `${sign} ${`${entry.hook} ${word}`.padEnd(24)} ${duration(entry.ms)}${commits}${note(rules)}`;
    }
    case 'bypass':
      return `${style.yellow('!')} a commit went past the hooks (${entry.how})${entry.commit ? ` ${entry.commit.slice(0, 7)}` : ''}`;
    case 'skip':
      return `· ${note(entry.rule)} skipped: ${note(entry.reason)}`;
    case 'policy-change':
      return `· policy is now ${note(entry.policy.name)}@${note(entry.policy.revision)}`;
    case 'hooks':
      return `${entry.what === 'removed' ? style.yellow('!') : '·'} hooks ${entry.what} (${note(entry.manager)})`;
    case 'key-change':
      return `· signing key is now ${note(entry.key)}`;
    case 'statement':
      return `· statement for ${entry.commit.slice(0, 7)}${entry.sbom ? ', with an SBOM' : ''}`;
    case 'recovered':
      return `${style.yellow('!')} a torn end of ${entry.bytes} bytes was kept in ${note(entry.kept)}`;
    case 'restart':
      return `${style.yellow('!')} a new log was begun after one of ${count(entry.entries, 'entry', 'entries')}: ${note(entry.reason)}`;
    case 'audit-unavailable':
      return `${style.yellow('!')} the log could not be written: ${note(entry.why)}`;
  }
}
