import { basename } from 'node:path';
import type { Entry } from '../audit/events.ts';
import { foldSpool, loggedRepositories } from '../audit/log.ts';
import { duration, type Metric, metricsOf } from '../audit/metrics.ts';
import { nameOf, namesOf } from '../audit/names.ts';
import { type Selected, select } from '../audit/select.ts';
import { findPlace } from '../git/place.ts';
import { openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import type { MetricItem, MetricsData, MetricsParams } from '../protocol.ts';
import { repositoryId } from '../state.ts';

/** Points of the course by days looked at: one for each day of a week, fewer where a point each day would be a blur. */
const slicesOf: Record<number, number> = { 7: 7, 30: 15, 90: 30, 0: 24 };
const day = 86_400_000;

/** The ten metrics for the web view: of one log or of all, over the last days or all of the time. */
export async function metricsData(root: string, params: MetricsParams, now = Date.now()): Promise<MetricsData> {
  const { env } = process;
  await foldSpool(env);
  const { commonDir } = await findPlace(openGit(root, env));
  const own = repositoryId(commonDir);
  const others = loggedRepositories(env).filter((id) => id !== own);
  const names = namesOf(others, env);
  const logs = [
    { id: own, label: displayText(basename(root)), named: true },
    ...others.map((id) => ({ id, label: displayText(names.get(id) ?? ''), named: nameOf(id, env) !== undefined })),
  ];
  const log = params.log === 'all' || logs.some(({ id }) => id === params.log) ? (params.log as string) : own;
  const days = [7, 30, 90, 0].find((one) => one === params.days) ?? 30;
  const since = days === 0 ? {} : { since: now - days * day };
  const selected = select({ ...(log === 'all' ? {} : { repository: log }), ...since }, env);
  const entries = inOrder(selected);
  const from = days === 0 ? Date.parse(entries[0]?.ts ?? new Date(now).toISOString()) : now - days * day;
  const metrics = metricsOf(entries, { slices: slicesOf[days] as number, from, to: now });
  return {
    logs,
    log,
    days,
    from: new Date(from).toISOString(),
    to: new Date(now).toISOString(),
    entries: entries.length,
    metrics: metrics.map(item),
    otlp: hostOf(env['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'] ?? env['OTEL_EXPORTER_OTLP_ENDPOINT']),
  };
}

function inOrder(selected: readonly Selected[]): Entry[] {
  return selected.flatMap((one) => one.entries).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function item({ id, title, value, target, unit, bound, atLeast, good, note, course = [] }: Metric): MetricItem {
  const text = (number: number | null) => {
    if (number === null) return '';
    return { share: `${Math.floor(number * 1000) / 10} %`, time: duration(number), count: String(number) }[unit];
  };
  const points = course.map((number) => ({ number, text: text(number) }));
  return { id, title, value, target, unit, bound, atLeast, good, note, course: points };
}

function hostOf(address: string | undefined): string {
  return address && URL.canParse(address) ? new URL(address).host : '';
}
