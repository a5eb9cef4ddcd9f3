import { exportLog, type Format, formats } from '../../audit/export.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import type { Asked } from '../log.ts';

/** Prints the log in another tool's form, or sends it as OTLP when that is asked for. */
export async function exportTo({ selected }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const format = text(args, 'format') ?? (args.flags['send'] ? 'otlp' : undefined);
  if (!formats.includes(format as Format)) throw new UsageError(`log export needs --format ${formats.join('|')}`);
  const body = exportLog(selected, format as Format);
  if (!args.flags['send']) {
    io.out(body);
    return Exit.pass;
  }
  if (format !== 'otlp') throw new UsageError('--send goes with --format otlp only');
  return send(body, io);
}

/** OTLP over HTTP (OpenTelemetry, OTLP Exporter Configuration): the address comes from the environment alone. */
async function send(body: string, io: Io): Promise<ExitCode> {
  const base = io.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const address = io.env['OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'] ?? (base && `${base.replace(/\/+$/, '')}/v1/logs`);
  if (!address) {
    io.err('pregate: OTEL_EXPORTER_OTLP_ENDPOINT is not set, so nothing was sent.\n');
    return Exit.usage;
  }
  try {
    const signal = AbortSignal.timeout(10_000);
    const headers = { 'content-type': 'application/json', ...headersOf(io.env['OTEL_EXPORTER_OTLP_HEADERS'] ?? '') };
    const answer = await fetch(address, { method: 'POST', body, headers, signal, redirect: 'error' });
    if (answer.ok) {
      io.out('The log was sent.\n');
      return Exit.pass;
    }
    io.err(`pregate: the collector answered ${answer.status}; the log was not taken.\n`);
  } catch (error) {
    const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.name) : 'error';
    io.err(`pregate: the log could not be sent (${displayText(cause)}). It is whole here; try again.\n`);
  }
  return Exit.couldNotCheck;
}

/** `key=value,key=value`, percent-encoded (W3C Baggage). */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=', 2).map((part) => part.trim()));
  return Object.fromEntries(pairs.filter(([key, value]) => key && value).map(([key, value]) => [key, decode(value)]));
}

function decode(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '');
  } catch {
    return value ?? '';
  }
}
