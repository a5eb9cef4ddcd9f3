/** OTLP: what is exported, held against OpenTelemetry's messages; and how it is sent. */
import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { AuditEvent, Entry } from '../../agent/audit/events.ts';
import { exportLog, metricsAsOtlp, otlpParts } from '../../agent/audit/export.ts';
import { metricsOf } from '../../agent/audit/metrics.ts';
import type { Io } from '../../agent/cli/command.ts';
import { sendOtlp } from '../../agent/cli/log/send.ts';
import { none } from './counts.ts';

/**
 * The messages as far as logs and gauges have them (opentelemetry-proto 1.5 to 1.10: collector, common, resource, logs,
 * metrics). Proto3's JSON: names in camelCase, 64-bit integers as text; and OTLP's own: enumerations as numbers, ids in hex.
 */
const messages: Record<string, Record<string, string>> = {
  ExportLogsServiceRequest: { resourceLogs: 'ResourceLogs[]' },
  ResourceLogs: { resource: 'Resource', scopeLogs: 'ScopeLogs[]', schemaUrl: 'string' },
  ScopeLogs: { scope: 'InstrumentationScope', logRecords: 'LogRecord[]', schemaUrl: 'string' },
  LogRecord: {
    timeUnixNano: 'fixed64',
    observedTimeUnixNano: 'fixed64',
    severityNumber: 'enum',
    severityText: 'string',
    body: 'AnyValue',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
    flags: 'fixed32',
    traceId: 'hex16',
    spanId: 'hex8',
    eventName: 'string',
  },
  ExportMetricsServiceRequest: { resourceMetrics: 'ResourceMetrics[]' },
  ResourceMetrics: { resource: 'Resource', scopeMetrics: 'ScopeMetrics[]', schemaUrl: 'string' },
  ScopeMetrics: { scope: 'InstrumentationScope', metrics: 'Metric[]', schemaUrl: 'string' },
  Metric: { name: 'string', description: 'string', unit: 'string', gauge: 'Gauge', metadata: 'KeyValue[]' },
  Gauge: { dataPoints: 'NumberDataPoint[]' },
  NumberDataPoint: {
    attributes: 'KeyValue[]',
    startTimeUnixNano: 'fixed64',
    timeUnixNano: 'fixed64',
    asDouble: 'double',
    asInt: 'fixed64',
    flags: 'uint32',
  },
  Resource: { attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  InstrumentationScope: {
    name: 'string',
    version: 'string',
    attributes: 'KeyValue[]',
    droppedAttributesCount: 'uint32',
  },
  KeyValue: { key: 'string', value: 'AnyValue' },
  AnyValue: {
    stringValue: 'string',
    boolValue: 'bool',
    intValue: 'fixed64',
    doubleValue: 'double',
    arrayValue: 'ArrayValue',
    kvlistValue: 'KeyValueList',
  },
  ArrayValue: { values: 'AnyValue[]' },
  KeyValueList: { values: 'KeyValue[]' },
};

const scalars: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  double: (value) => typeof value === 'number' && Number.isFinite(value),
  uint32: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32,
  fixed32: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32,
  fixed64: (value) => typeof value === 'string' && /^(0|[1-9]\d{0,19})$/.test(value),
  enum: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 24,
  hex16: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
  hex8: (value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value),
};

/** What of a value does not fit its message, by its path; a field that the message does not have, too. */
function misfits(value: unknown, type: string, at = type): string[] {
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((one, index) => misfits(one, type.slice(0, -2), `${at}[${index}]`));
  }
  const scalar = scalars[type];
  if (scalar) return scalar(value) ? [] : [`${at} is no ${type}`];
  const fields = messages[type] as Record<string, string>;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no ${type}`];
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const field = fields[name];
    return field === undefined ? [`${at} has no ${name}`] : misfits(one, field, `${at}.${name}`);
  });
  if (type === 'AnyValue' && Object.keys(value).length > 1) wrong.push(`${at} has two values`);
  return wrong;
}

const verdict: AuditEvent = {
  event: 'verdict',
  hook: 'pre-push',
  gate: 'push',
  verdict: 'refused',
  rules: ['github-token'],
  policy: { name: 'built-in gates', revision: '1', digest: 'd' },
  counts: { ...none, documents: 1, findings: 1, secrets: 1, commits: 2, signed: 1 },
  ms: 10,
  by: 'cold',
};

function log(many: number, ...events: AuditEvent[]): Entry[] {
  return Array.from({ length: many }, (_, seq) => ({
    v: 1,
    seq,
    ts: new Date(Date.UTC(2026, 10, 1, 0, 0, seq)).toISOString(),
    id: `${seq}`,
    prev: '',
    ...(events[seq % events.length] as AuditEvent),
  }));
}

const bypass: AuditEvent = { event: 'bypass', how: 'no-verify', commit: 'a'.repeat(40), tree: 'b'.repeat(40) };
const entries = log(6, verdict, bypass, { event: 'skip', rule: 'a-rule', reason: 'why “not”' });
const selected = [{ repository: 'f'.repeat(32), entries }];

describe('OTLP', () => {
  it('has the form of OpenTelemetry’s messages, for logs and metrics', () => {
    const logs = JSON.parse(exportLog(selected, 'otlp'));
    assert.deepEqual(misfits(logs, 'ExportLogsServiceRequest'), []);
    const [first, second] = logs.resourceLogs[0].scopeLogs[0].logRecords;
    assert.equal(first.timeUnixNano, `${BigInt(Date.UTC(2026, 10, 1)) * 1_000_000n}`);
    assert.deepEqual([first.severityText, first.eventName], ['WARN', 'pregate.verdict']);
    assert.deepEqual([second.severityNumber, second.eventName], [13, 'pregate.bypass']);
    assert.deepEqual(JSON.parse(first.body.stringValue), entries[0]);
    const metrics = JSON.parse(metricsAsOtlp(metricsOf(entries), 'all', new Date()));
    assert.deepEqual(misfits(metrics, 'ExportMetricsServiceRequest'), []);
    assert.ok(metrics.resourceMetrics[0].scopeMetrics[0].metrics.length > 2);
  });

  it('would not pass with names, numbers or fields of another form', () => {
    const text = exportLog(selected, 'otlp');
    const nanoseconds = String(BigInt(Date.UTC(2026, 10, 1)) * 1_000_000n);
    for (const [from, to] of [
      ['timeUnixNano', 'time_unix_nano'],
      [`"${nanoseconds}"`, nanoseconds],
      ['"severityNumber": 13', '"severityNumber": "WARN"'],
      ['"stringValue"', '"text"'],
      ['"logRecords": [', '"logRecords": [[], '],
    ] as const) {
      assert.ok(text.includes(from), from);
      assert.notDeepEqual(misfits(JSON.parse(text.replace(from, to)), 'ExportLogsServiceRequest'), [], from);
    }
  });

  it('comes in parts that a collector takes, in order, and none is lost', () => {
    const many = log(4500, verdict);
    const parts = otlpParts([{ repository: 'a', entries: many }, ...selected]).map((part) => JSON.parse(part));
    const records = parts.map((part) => part.resourceLogs[0].scopeLogs[0].logRecords.length);
    assert.deepEqual(records, [2000, 2000, 500, 6]);
    const bodies = parts.flatMap((part) =>
      part.resourceLogs[0].scopeLogs[0].logRecords.map(
        (one: { body: { stringValue: string } }) => JSON.parse(one.body.stringValue).seq,
      ),
    );
    assert.deepEqual(bodies, [...many.map(({ seq }) => seq), ...entries.map(({ seq }) => seq)]);
  });
});

describe('a log that is sent', () => {
  /** A collector that gives these answers, one after the other. */
  async function collector(answers: [number, string][]) {
    const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        asked.push({ url: request.url ?? '', headers: request.headers });
        const [status, body] = answers[asked.length - 1] ?? [200, '{}'];
        response.writeHead(status).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { asked, address, close: () => server.close() };
  }
  async function send(env: NodeJS.ProcessEnv, bodies = ['{}', '{}', '{}']) {
    const said = { out: '', err: '' };
    const io = {
      env,
      out: (text: string) => {
        said.out += text;
      },
      err: (text: string) => {
        said.err += text;
      },
    };
    return { code: await sendOtlp('logs', bodies, io as unknown as Io), ...said };
  }

  it('keeps a header whole that holds an equals sign, and takes those of the signal before the general ones', async () => {
    const { asked, address, close } = await collector([]);
    const basic = `Basic ${Buffer.from('user:pw').toString('base64')}`;
    const headers = `Authorization=${basic},x-team=a%20b`;
    assert.ok(headers.includes('=='));
    const general = await send({ OTEL_EXPORTER_OTLP_ENDPOINT: `${address}/`, OTEL_EXPORTER_OTLP_HEADERS: headers }, [
      '{}',
    ]);
    const own = { OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${address}/here`, OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-team=c' };
    await send({ ...own, OTEL_EXPORTER_OTLP_HEADERS: headers }, ['{}']);
    close();
    assert.equal(general.out, 'The log was sent.\n');
    assert.deepEqual(
      [asked[0]?.url, asked[0]?.headers.authorization, asked[0]?.headers['x-team']],
      ['/v1/logs', basic, 'a b'],
    );
    assert.deepEqual(
      [asked[1]?.url, asked[1]?.headers.authorization, asked[1]?.headers['x-team']],
      ['/here', undefined, 'c'],
    );
  });

  it('is not called sent when a part was refused, in full or in part', async () => {
    const partial = JSON.stringify({ partialSuccess: { rejectedLogRecords: '7', errorMessage: 'too old' } });
    const { asked, address, close } = await collector([
      [200, '{}'],
      [503, ''],
      [200, partial],
    ]);
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: address };
    const busy = await send(env);
    assert.equal(busy.code, 3);
    assert.match(busy.err, /the collector answered 503 and took nothing; 1 of 3 parts had been taken before\./);
    const refused = await send(env);
    close();
    assert.equal(refused.code, 3);
    assert.match(
      refused.err,
      /the collector refused 7 of it \(too old\) and took the rest; 0 of 3 parts had been taken before/,
    );
    assert.equal(asked.length, 3);
    assert.equal((await send(env)).code, 3, 'nobody listens any more');
  });

  it('is not sent where it cannot be: by gRPC, or to what is no address', async () => {
    const grpc = await send({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    assert.equal(grpc.code, 2);
    assert.match(grpc.err, /not by gRPC: set OTEL_EXPORTER_OTLP_PROTOCOL=http\/json/);
    assert.equal((await send({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).code, 2);
  });
});
