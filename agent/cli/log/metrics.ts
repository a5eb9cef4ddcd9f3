import { metricsAsOtlp } from '../../audit/export.ts';
import { type Metric, metricsOf } from '../../audit/metrics.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { enumerated } from '../../model/values-text.ts';
import { count, type Style, wrap } from '../../report/style.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';
import { styleOf } from '../render.ts';
import { sendOtlp } from './send.ts';

/**
 * Prints M1 to M10 with their course over the time asked for, or sends them as OTLP. A figure is not a gate: the exit code
 * is 0 unless they were to be sent and could not be.
 */
export async function printMetrics({ selected }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const entries = selected.flatMap((one) => one.entries).sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const metrics = metricsOf(entries);
  const [from, to] = [entries[0]?.ts ?? null, entries.at(-1)?.ts ?? null];
  const format = text(args, 'format');
  if (format !== undefined && format !== 'otlp') throw new UsageError('log metrics prints --json or --format otlp');
  if (format === 'otlp' || args.flags['send']) {
    const name = selected.length === 1 ? (selected[0]?.repository ?? 'all') : 'all';
    const body = metricsAsOtlp(metrics, name, new Date());
    if (args.flags['send']) return sendOtlp('metrics', [body], io);
    io.out(body);
    return Exit.pass;
  }
  if (args.flags['json']) {
    io.out(
      `${JSON.stringify({ schema: 'pregate.metrics/v1', from, to, entries: entries.length, metrics }, null, 2)}\n`,
    );
    return Exit.pass;
  }
  const style = styleOf(io);
  const span = from && to ? `${from.slice(0, 10)} to ${to.slice(0, 10)}, ` : '';
  const looked = `${span}${count(entries.length, 'entry', 'entries')} of ${count(selected.length, 'repository', 'repositories')}`;
  io.out(`${verdictOf(metrics, style)}\n`);
  for (const line of wrap(looked, io.width - 2)) io.out(style.dim(`  ${line}\n`));
  io.out('\n');
  for (const metric of metrics) {
    const sign = metric.good === null ? style.dim('?') : metric.good ? style.green('✓') : style.yellow('!');
    const figures = `${metric.value.padEnd(10)}${spark(metric).padEnd(13)}${style.dim(metric.target)}`;
    const head = `${sign} ${metric.id.padEnd(4)}`;
    if (io.width >= wide) io.out(`${head}${metric.title.padEnd(48)}${figures}\n`);
    else io.out(`${head}${wrap(metric.title, io.width - 7).join('\n       ')}\n       ${figures}\n`);
    for (const line of wrap(metric.note, io.width - 7)) io.out(style.dim(`       ${line}\n`));
  }
  return Exit.pass;
}

/** How many targets are met and which are not, on one line: a figure that nobody could count is in neither number. */
function verdictOf(metrics: readonly Metric[], style: Style): string {
  const known = metrics.filter(({ good }) => good !== null);
  const missed = known.filter(({ good }) => !good).map(({ id }) => id);
  if (known.length === 0) return style.yellow(style.bold('? nothing to count yet: hooks write the log'));
  const met = `${known.length - missed.length} of ${count(known.length, 'target')} met`;
  if (missed.length === 0) return style.green(style.bold(`✓ ${met}`));
  return style.yellow(style.bold(`! ${met}, missed: ${enumerated(missed)}`));
}

/** Columns from which a metric's title and its figures stand on one line. */
const wide = 88;

const blocks = '▁▂▃▄▅▆▇█';

/** The course as a line of blocks, from 0 to its highest point (shares: to 1); a gap where nothing happened. */
function spark({ course, value }: Metric): string {
  if (!course) return '';
  const top = value.endsWith('%') ? 1 : Math.max(...course.map((point) => point ?? 0));
  const block = (point: number) => blocks[top === 0 ? 0 : Math.min(7, Math.floor((point / top) * 7.999))] as string;
  return course.map((point) => (point === null ? ' ' : block(point))).join('');
}
