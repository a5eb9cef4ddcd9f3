import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import type { Io } from '../command.ts';

/**
 * OTLP over HTTP (OpenTelemetry, OTLP Exporter Configuration): the address comes from the environment alone. Several bodies
 * are sent one after the other, because a collector takes no more than some megabytes at once. Exit 0 when the collector took
 * all of it, 2 when none is set or it is to be spoken to by gRPC, 3 when it did not take it, or not all of it.
 */
export async function sendOtlp(signal: 'logs' | 'metrics', bodies: readonly string[], io: Io): Promise<ExitCode> {
  const setting = (name: string) =>
    io.env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`] ?? io.env[`OTEL_EXPORTER_OTLP_${name}`];
  const base = io.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const own = io.env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`];
  const address = own ?? (base && `${base.replace(/\/+$/, '')}/v1/${signal}`);
  const refuse = (why: string): ExitCode => {
    io.err(`pregate: ${why} [not-sent]\n`);
    return Exit.usage;
  };
  if (!address) return refuse('OTEL_EXPORTER_OTLP_ENDPOINT is not set, so nothing was sent.');
  if (!URL.canParse(address)) return refuse('OTEL_EXPORTER_OTLP_ENDPOINT is no URL, so nothing was sent.');
  if (setting('PROTOCOL') === 'grpc') {
    const port = 'set OTEL_EXPORTER_OTLP_PROTOCOL=http/json, and the port for HTTP (4318 as a rule)';
    return refuse(`OTLP is sent over HTTP as JSON, not by gRPC: ${port}. Nothing was sent.`);
  }
  const headers = { 'content-type': 'application/json', ...headersOf(setting('HEADERS') ?? '') };
  const limit = Number(setting('TIMEOUT')) || 10_000;
  for (const [at, body] of bodies.entries()) {
    const problem = await sendOne(address, { body, headers, limit });
    if (problem === undefined) continue;
    const before = bodies.length === 1 ? '' : `; ${at} of ${bodies.length} parts had been taken before`;
    io.err(`pregate: ${displayText(problem)}${before}. It is whole here; try again. [not-sent]\n`);
    return Exit.couldNotCheck;
  }
  io.out(signal === 'logs' ? 'The log was sent.\n' : 'The metrics were sent.\n');
  return Exit.pass;
}

/** What went wrong with one body, undefined when nothing. */
async function sendOne(
  address: string,
  { body, headers, limit }: { body: string; headers: Record<string, string>; limit: number },
): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(limit);
    const answer = await fetch(address, { method: 'POST', body, headers, signal, redirect: 'error' });
    if (!answer.ok) return `the collector answered ${answer.status} and took nothing`;
    return rejected(await answer.text());
  } catch (error) {
    const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.name) : 'error';
    return `it could not be sent (${cause})`;
  }
}

/** OTLP, Partial Success: the answer is 200, and some or all of it was thrown away. */
function rejected(text: string): string | undefined {
  try {
    const { partialSuccess } = JSON.parse(text) as { partialSuccess?: Record<string, unknown> };
    const lost = Number(partialSuccess?.['rejectedLogRecords'] ?? partialSuccess?.['rejectedDataPoints'] ?? 0);
    const why = partialSuccess?.['errorMessage'];
    return lost > 0
      ? `the collector refused ${lost} of it${why ? ` (${String(why).slice(0, 120)})` : ''} and took the rest`
      : undefined;
  } catch {
    // An answer that is no JSON says nothing of what was refused.
    return undefined;
  }
}

/** `key=value,key=value`, percent-encoded (W3C Baggage). A value may hold `=` itself, as base64 does. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(0, at)).trim(), decode(pair.slice(at + 1).trim())] as const;
  });
  return Object.fromEntries(pairs.filter(([key, value]) => key !== '' && value !== ''));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
