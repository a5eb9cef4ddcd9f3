import { exportLog, type Format, formats, otlpParts } from '../../audit/export.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';
import { sendOtlp } from './send.ts';

/** Prints the log in another tool's form, or sends it as OTLP when that is asked for. */
export async function exportTo({ selected }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const format = text(args, 'format') ?? (args.flags['send'] ? 'otlp' : undefined);
  if (!formats.includes(format as Format)) throw new UsageError(`log export needs --format ${formats.join('|')}`);
  if (!args.flags['send']) {
    io.out(exportLog(selected, format as Format));
    return Exit.pass;
  }
  if (format !== 'otlp') throw new UsageError('--send goes with --format otlp only');
  return sendOtlp('logs', otlpParts(selected), io);
}
