/** Values of options and figures as Go's programs write them. */
import { UsageError } from '../command.ts';

/** A clock for what is measured. `performance` is loaded when it is first named, with eleven of Node's modules. */
export function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

const UNITS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration such as `500ms`, `1m30s`. Throws `UsageError`. */
export function durationOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const parts = [...given.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== given)
    throw new UsageError(`--${name} needs a duration such as 500ms or 2s, not ${JSON.stringify(given)}`);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit as string] as number), 0);
}

const SIZES: Record<string, number> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };

/** Bytes of a size such as `64MB`. Throws `UsageError`. */
export function bytesOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(B|KB|MB|GB)$/i.exec(given) ?? [];
  const size = SIZES[unit?.toUpperCase() ?? ''];
  if (size === undefined)
    throw new UsageError(`--${name} needs a size such as 64MB or 1GB, not ${JSON.stringify(given)}`);
  return Number(number) * size;
}

/** `1.2ms`, as Go prints a duration. */
export function durationText(ms: number): string {
  const ns = Math.round(ms * 1e6);
  const [unit, size] = ns < 1000 ? ['ns', 1] : ns < 1e6 ? ['µs', 1e3] : ns < 1e9 ? ['ms', 1e6] : ['s', 1e9];
  return `${Number((ns / (size as number)).toFixed(9))}${unit}`;
}

/** A whole number that is not negative. Throws `UsageError`. */
export function wholeOf(name: string, given: string | undefined, least = 0): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (given.trim() === '' || !Number.isInteger(number) || number < least)
    throw new UsageError(`--${name} needs a whole number from ${least}, not ${JSON.stringify(given)}`);
  return number;
}

/** One of the words an option takes. Throws `UsageError`. */
export function oneOf<T extends string>(name: string, given: string | undefined, words: readonly [T, ...T[]]): T {
  if (given === undefined) return words[0];
  if (words.includes(given as T)) return given as T;
  throw new UsageError(`--${name} knows ${words.join(', ')}, not ${JSON.stringify(given)}`);
}

/** What OPA tells of a series of measured times, in nanoseconds. */
export function histogram(samples: readonly number[]): Record<string, number> {
  const sorted = [...samples].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, one) => sum + one, 0) / (sorted.length || 1);
  const at = (share: number): number => {
    // As go-metrics, which interpolates between two samples.
    const place = share * (sorted.length + 1);
    if (place < 1) return sorted[0] ?? 0;
    if (place >= sorted.length) return sorted.at(-1) ?? 0;
    const [low, high] = [sorted[Math.floor(place) - 1] as number, sorted[Math.floor(place)] as number];
    return low + (place - Math.floor(place)) * (high - low);
  };
  return {
    '75%': at(0.75),
    '90%': at(0.9),
    '95%': at(0.95),
    '99%': at(0.99),
    '99.9%': at(0.999),
    '99.99%': at(0.9999),
    count: sorted.length,
    max: sorted.at(-1) ?? 0,
    mean,
    median: at(0.5),
    min: sorted[0] ?? 0,
    stddev: Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (sorted.length || 1)),
  };
}
