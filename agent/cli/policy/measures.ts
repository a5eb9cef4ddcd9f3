import type { EvalOptions, EvalResult } from '../../rego/index.ts';
import { type Args, list, text } from '../command.ts';
import { type LineProfile, newProfiler, profileRows, sortedProfile } from './profile.ts';
import type { Sources } from './sources.ts';
import { table } from './table.ts';
import { durationText, histogram, milliseconds, wholeOf } from './values.ts';

/** What `--metrics`, `--profile` and `--count` ask for beside the answer. */
export interface Measures {
  /** Evaluates as often as asked; the result of the last. */
  run: (sources: Sources, evaluate: (options: EvalOptions) => EvalResult) => EvalResult;
  json: () => Record<string, unknown>;
  /** Tables below the answer. */
  text: () => string;
}

type Metrics = Record<string, number>;

export function measures(args: Args, query: string): Measures {
  const count = wholeOf('count', text(args, 'count'), 1) ?? 1;
  const limit = wholeOf('profile-limit', text(args, 'profile-limit')) ?? 10;
  const order = list(args, 'profile-sort').flatMap((fields) => fields.split(','));
  sortedProfile([], order, limit);
  const withProfile = args.flags['profile'] === true;
  // As in OPA, a profile brings the metrics along.
  const withMetrics = args.flags['metrics'] === true || withProfile;
  const metrics: Metrics[] = [];
  const profiles: LineProfile[][] = [];
  const profile = (): LineProfile[] => sortedProfile(profiles[0] ?? [], order, limit);
  const mean = (): (LineProfile & { total_time_ns_stats: Metrics })[] => {
    const [first = []] = profiles;
    const all = first.map((line) => {
      const of = profiles.map((one) => one.find((l) => samePlace(l, line))?.total_time_ns ?? 0);
      return { ...line, total_time_ns_stats: histogram(of) };
    });
    return sortedProfile(all, order, limit) as (LineProfile & { total_time_ns_stats: Metrics })[];
  };
  return {
    run: ({ timers }, evaluate) => {
      let result = {} as EvalResult;
      for (let i = 0; i < count; i++) {
        const profiler = withProfile ? newProfiler() : undefined;
        const start = milliseconds();
        result = evaluate(profiler ? { profile: profiler.note } : {});
        const spent = milliseconds() - start;
        const of = { ...timers, rego_query_eval: spent };
        metrics.push(Object.fromEntries(Object.entries(of).map(([name, ms]) => [`timer_${name}_ns`, nsOf(ms)])));
        if (profiler) profiles.push(profiler.lines());
      }
      return result;
    },
    json: () => ({
      ...(withMetrics && count === 1 ? { metrics: metrics[0] } : {}),
      ...(withMetrics && count > 1 ? { aggregated_metrics: aggregated(metrics) } : {}),
      ...(withProfile && count === 1 ? { profile: profile() } : {}),
      ...(withProfile && count > 1 ? { aggregated_profile: mean() } : {}),
    }),
    text: () => {
      if (!withMetrics) return '';
      const made = count === 1 ? metricsTable(metrics[0] ?? {}) : aggregatedTable(aggregated(metrics));
      if (!withProfile) return made;
      const head = ['Num Eval', 'Num Redo', 'Num Gen Expr', 'Location'];
      if (count === 1) return made + table(['Time', ...head], profileRows(profile(), query));
      const rows = mean().map((line) => {
        const { min = 0, max = 0, mean: average = 0, '90%': most = 0, '99%': nearlyAll = 0 } = line.total_time_ns_stats;
        const [, ...rest] = profileRows([line], query)[0] as string[];
        return [...[min, max, average, most, nearlyAll].map((ns) => durationText(ns / 1e6)), ...rest];
      });
      return made + table(['Min', 'Max', 'Mean', '90%', '99%', ...head], rows);
    },
  };
}

function samePlace(a: LineProfile, b: LineProfile): boolean {
  return a.location.file === b.location.file && a.location.row === b.location.row;
}

function nsOf(ms: number): number {
  return Math.round(ms * 1e6);
}

function aggregated(metrics: readonly Metrics[]): Record<string, Metrics> {
  const names = Object.keys(metrics[0] ?? {}).sort();
  return Object.fromEntries(names.map((name) => [name, histogram(metrics.map((one) => one[name] ?? 0))]));
}

function metricsTable(metrics: Metrics): string {
  const rows = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  return table(
    ['Metric', 'Value'],
    rows.map(([name, value]) => [name, String(value)]),
  );
}

function aggregatedTable(all: Record<string, Metrics>): string {
  const rows = Object.entries(all).map(([name, of]) => [
    name,
    ...['min', 'max', 'mean', '90%', '99%'].map((field) => String(of[field])),
  ]);
  return table(['Metric', 'Min', 'Max', 'Mean', '90%', '99%'], rows);
}
