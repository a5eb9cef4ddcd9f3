import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import type { Io } from '../command.ts';

/**
 * OTLP over HTTP (OpenTelemetry, OTLP Exporter Configuration): the address comes from the environment alone. Exit 0 when the
 * collector took it, 2 when none is set, 3 when it did not take it.
 */
export async function sendOtlp(signal: 'logs' | 'metrics', body: string, io: Io): Promise<ExitCode> {
  const base = io.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const own = io.env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`];
  const address = own ?? (base && `${base.replace(/\/+$/, '')}/v1/${signal}`);
  if (!address) {
    io.err('pregate: OTEL_EXPORTER_OTLP_ENDPOINT is not set, so nothing was sent. [not-sent]\n');
    return Exit.usage;
  }
  try {
    const timeout = AbortSignal.timeout(10_000);
    const headers = { 'content-type': 'application/json', ...headersOf(io.env['OTEL_EXPORTER_OTLP_HEADERS'] ?? '') };
    const answer = await fetch(address, { method: 'POST', body, headers, signal: timeout, redirect: 'error' });
    if (answer.ok) {
      io.out(signal === 'logs' ? 'The log was sent.\n' : 'The metrics were sent.\n');
      return Exit.pass;
    }
    io.err(`pregate: the collector answered ${answer.status}; nothing was taken. [not-sent]\n`);
  } catch (error) {
    const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.name) : 'error';
    io.err(`pregate: it could not be sent (${displayText(cause)}). It is whole here; try again. [not-sent]\n`);
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
