/** What `policy bench` prints, in the formats of `opa bench`. */
import { histogram } from './values.ts';

export interface Measured {
  /** Evaluations, and the milliseconds of all of them. */
  samples: number;
  total: number;
  /** Nanoseconds of each. */
  each: number[];
}

/** Rows of nanoseconds; Node does not count allocations, so there are none. */
export function benchRows({ samples, total, each }: Measured, metrics: boolean): [string, number][] {
  const extra = Object.entries(extraOf(each, metrics));
  return [
    ['samples', samples],
    ['ns/op', Math.round((total * 1e6) / samples)],
    ...extra.map(([name, ns]): [string, number] => [name, Math.round(ns)]),
  ];
}

export function benchJson({ samples, total, each }: Measured, metrics: boolean): object {
  return { N: samples, T: Math.round(total * 1e6), Bytes: 0, Extra: extraOf(each, metrics) };
}

/** A line of Go's benchmark data format. */
export function benchLine(measured: Measured, metrics: boolean): string {
  const [[, samples], ...rest] = benchRows(measured, metrics) as [[string, number], ...[string, number][]];
  const cells = rest.map(([name, value]) => `${String(value).padStart(10)} ${name}`);
  return `BenchmarkOPAEval\t${String(samples).padStart(8)}\t${cells.join('\t')}\n`;
}

/** Two columns within lines, as OPA draws a table without a head. */
export function benchTable(rows: readonly [string, number][]): string {
  const cells = rows.map(([name, value]) => [name, String(value)] as const);
  const left = Math.max(...cells.map(([name]) => name.length));
  const right = Math.max(...cells.map(([, value]) => value.length));
  const rule = (from: string, between: string, to: string): string =>
    `${from}${'─'.repeat(left + 2)}${between}${'─'.repeat(right + 2)}${to}\n`;
  const body = cells.map(([name, value]) => `│ ${name.padEnd(left)} │ ${value.padStart(right)} │\n`).join('');
  return rule('┌', '┬', '┐') + body + rule('└', '┴', '┘');
}

/** `BenchmarkDataAppTestTestLow` */
export function goBenchName(path: string): string {
  return `Benchmark${path
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;
}

function extraOf(each: readonly number[], metrics: boolean): Record<string, number> {
  if (!metrics) return {};
  const named = Object.entries(histogram(each)).map(([name, ns]) => [`histogram_timer_rego_query_eval_ns_${name}`, ns]);
  return Object.fromEntries(named) as Record<string, number>;
}
