import { version } from '../version.ts';
import type { Entry } from './events.ts';
import type { Metric } from './metrics.ts';
import type { Selected } from './select.ts';

export const formats = ['json', 'opa', 'csv', 'otlp'] as const;
export type Format = (typeof formats)[number];

/** The log in another tool's form, as one text that ends with a line feed. */
export function exportLog(selected: readonly Selected[], format: Format): string {
  if (format === 'csv') return csv(selected);
  const value = { json: asJson, opa: asDecisions, otlp: asOtlp }[format](selected);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function asJson(selected: readonly Selected[]): unknown {
  return selected.flatMap(({ repository, entries }) => entries.map((entry) => ({ repository, ...entry })));
}

/** OPA's decision log events (OPA, Decision Logs: Event Structure). Only verdicts are decisions. */
function asDecisions(selected: readonly Selected[]): unknown {
  return selected.flatMap(({ repository, entries }) =>
    entries.flatMap((entry) =>
      entry.event !== 'verdict'
        ? []
        : {
            labels: { app: 'pregate', version, repository, simulated: 'true', hook: entry.hook },
            decision_id: `${repository}-${entry.seq}`,
            bundles: { [entry.policy.name]: { revision: entry.policy.revision } },
            path: `pregate/${entry.gate}`,
            result: { verdict: entry.verdict, rules: entry.rules },
            timestamp: entry.ts,
            // The whole hook: the evaluation of the policy alone is not in the log.
            metrics: { timer_server_handler_ns: entry.ms * 1_000_000 },
          },
    ),
  );
}

const columns = [
  'repository',
  'seq',
  'ts',
  'event',
  'hook',
  'gate',
  'verdict',
  'rules',
  'policy',
  'commits',
  'signed',
  'findings',
  'secrets',
  'suppressed',
  'ms',
] as const;

/** RFC 4180. A cell that a spreadsheet would take for a formula is made text. */
function csv(selected: readonly Selected[]): string {
  const rows = selected.flatMap(({ repository, entries }) =>
    entries.map((entry) => {
      const flat: Record<string, unknown> = { repository, ...entry };
      if (entry.event === 'verdict') {
        Object.assign(flat, entry.counts, { rules: entry.rules.join(' '), policy: entry.policy.name });
      }
      return columns.map((name) => cell(flat[name])).join(',');
    }),
  );
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Entries in one request: collectors take 20 MB as a rule, and an entry has about one KB. */
const mostRecords = 2000;

/** The log as OTLP in parts that a collector takes, oldest first; one when there is nothing, so that this is sent, too. */
export function otlpParts(selected: readonly Selected[]): string[] {
  const parts: Selected[] = selected.flatMap(({ repository, entries }) => {
    const many = Math.ceil(entries.length / mostRecords);
    const part = (at: number) => entries.slice(at * mostRecords, (at + 1) * mostRecords);
    return Array.from({ length: many }, (_, at) => ({ repository, entries: part(at) }));
  });
  return parts.length === 0 ? [exportLog([], 'otlp')] : parts.map((part) => exportLog([part], 'otlp'));
}

/** Logs of OpenTelemetry (OTLP 1.x, JSON encoding of ExportLogsServiceRequest). */
function asOtlp(selected: readonly Selected[]): unknown {
  const text = (stringValue: string) => ({ stringValue });
  const attributes = (values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => ({ key, value: text(value) }));
  return {
    resourceLogs: selected.map(({ repository, entries }) => ({
      resource: { attributes: attributes({ 'service.name': 'pregate', 'service.version': version, repository }) },
      scopeLogs: [
        { scope: { name: 'pregate.audit', version }, logRecords: entries.map((entry) => record(entry, attributes)) },
      ],
    })),
  };
}

function record(entry: Entry, attributes: (values: Record<string, string>) => unknown): unknown {
  const bad = entry.event === 'bypass' || (entry.event === 'verdict' && entry.verdict !== 'pass');
  const time = `${BigInt(Date.parse(entry.ts)) * 1_000_000n}`;
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: bad ? 13 : 9,
    severityText: bad ? 'WARN' : 'INFO',
    eventName: `pregate.${entry.event}`,
    body: { stringValue: JSON.stringify(entry) },
    attributes: attributes({
      'event.name': `pregate.${entry.event}`,
      ...(entry.event === 'verdict' ? { gate: entry.gate, verdict: entry.verdict, hook: entry.hook } : {}),
    }),
  };
}

/**
 * Metrics of OpenTelemetry (OTLP 1.x, JSON encoding of ExportMetricsServiceRequest): one gauge for each figure that is known.
 * Shares are of 1, times in milliseconds. What is unknown is left out: a gauge cannot say so.
 */
export function metricsAsOtlp(metrics: readonly Metric[], repository: string, now: Date): string {
  const attributes = Object.entries({ 'service.name': 'pregate', 'service.version': version, repository }).map(
    ([key, value]) => ({ key, value: { stringValue: value } }),
  );
  const timeUnixNano = `${BigInt(now.getTime()) * 1_000_000n}`;
  const gauges = metrics.flatMap(({ id, title, target, unit, number, good }) => {
    if (number === null) return [];
    const met = { key: 'target.met', value: { boolValue: good === true } };
    return {
      name: `pregate.${id.toLowerCase()}`,
      description: `${title} (target ${target})`,
      unit: { share: '1', time: 'ms', count: '{event}' }[unit],
      gauge: { dataPoints: [{ asDouble: number, timeUnixNano, attributes: [met] }] },
    };
  });
  const scopeMetrics = [{ scope: { name: 'pregate.audit', version }, metrics: gauges }];
  return `${JSON.stringify({ resourceMetrics: [{ resource: { attributes }, scopeMetrics }] }, null, 2)}\n`;
}
