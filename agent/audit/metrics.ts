import type { Entry, Verdict } from './events.ts';

/**
 * The guide's metrics M1 to M10, as far as a laptop can know them. A metric that nothing here can tell is `unknown`, with
 * the reason; it is never shown as good.
 */
export interface Metric {
  id: string;
  title: string;
  /** The figure with its unit, such as `96 % (48 of 50)`; `unknown` where there is none. */
  value: string;
  /** 0 to 1 for shares, milliseconds for times, a count otherwise; null when unknown. */
  number: number | null;
  target: string;
  /** What `number` is: a share of 1, milliseconds, or a count. */
  unit: 'share' | 'time' | 'count';
  /** The target as a number, and whether more than it is good. */
  bound: number;
  atLeast: boolean;
  /** False when the target is missed, null when there is nothing to compare. */
  good: boolean | null;
  /** What was counted, or why nothing could be. */
  note: string;
  /** One figure for each slice of the time asked for; null where nothing happened. Absent for metrics without a course. */
  course?: (number | null)[];
}

/** The time that is looked at, in milliseconds since the epoch, and how many points the course has. */
export interface Course {
  slices: number;
  from?: number;
  to?: number;
}

/** Computes all ten over entries in order of time; the course runs from the first to the last when no time is given. */
export function metricsOf(entries: readonly Entry[], course: Course = { slices: 12 }): Metric[] {
  const all = facts(entries);
  const parts = sliced(entries, course).map(facts);
  return definitions.map(({ measure, ...definition }) => {
    const { number, value, note, good } = measure(all);
    const points = parts.map((part) => measure(part).number);
    const known = points.some((point) => point !== null);
    return { ...definition, number, value, note, good, ...(known ? { course: points } : {}) };
  });
}

interface Facts {
  entries: readonly Entry[];
  verdicts: (Verdict & Entry)[];
  pushes: (Verdict & Entry)[];
}

interface Measured {
  number: number | null;
  value: string;
  note: string;
  good: boolean | null;
}

type Definition = Pick<Metric, 'id' | 'title' | 'target' | 'unit' | 'bound' | 'atLeast'> & {
  measure: (facts: Facts) => Measured;
};

const definitions: Definition[] = [
  {
    id: 'M1',
    title: 'Signed and verified commits',
    target: '≥ 99 %',
    unit: 'share',
    bound: 0.99,
    atLeast: true,
    measure: ({ pushes }) => {
      const { commits, signed } = sent(pushes);
      return share(signed, commits, 0.99, 'commits of pushes that passed');
    },
  },
  {
    id: 'M2',
    title: 'Checks that got an answer',
    target: '≥ 99.5 %',
    unit: 'share',
    bound: 0.995,
    atLeast: true,
    measure: ({ verdicts }) =>
      share(
        verdicts.filter(({ verdict }) => verdict === 'pass' || verdict === 'refused').length,
        verdicts.length,
        0.995,
        'hook runs',
      ),
  },
  {
    id: 'M3',
    title: 'Checks without a long-lived credential',
    target: '≥ 95 %',
    unit: 'share',
    bound: 0.95,
    atLeast: true,
    measure: ({ verdicts }) =>
      share(
        verdicts.filter((one) => one.counts.longLived === 0).length,
        verdicts.length,
        0.95,
        'hook runs that found no secret and no token where a short-lived one would do',
      ),
  },
  {
    id: 'M4',
    title: 'Refused pushes',
    target: '< 1 %',
    unit: 'share',
    bound: 0.01,
    atLeast: false,
    measure: ({ pushes }) => {
      const refused = pushes.filter((one) => one.verdict === 'refused').length;
      const result = share(refused, pushes.length, 0, 'pushes; high while a policy is new');
      return result.number === null ? result : { ...result, good: result.number < 0.01 };
    },
  },
  {
    id: 'M5',
    title: 'Time to detect, median',
    target: '< 1 h',
    unit: 'time',
    bound: 3_600_000,
    atLeast: false,
    measure: ({ verdicts }) => {
      const times = verdicts.flatMap((one) => one.detectedAfterMs ?? []);
      const half = quantile(times, 0.5);
      if (half === null) return unknown('no finding in a commit was met');
      const note = `from commit to detection, ${times.length} ${times.length === 1 ? 'case' : 'cases'}`;
      return { number: half, value: duration(half), note, good: half < 3_600_000 };
    },
  },
  {
    id: 'M6',
    title: 'Deployed components with known vulnerabilities',
    target: '0 critical',
    unit: 'count',
    bound: 0,
    atLeast: false,
    measure: () => unknown('advisories and deployments are not known on this machine'),
  },
  {
    id: 'M7',
    title: 'Stated commits with an SBOM',
    target: '100 %',
    unit: 'share',
    bound: 1,
    atLeast: true,
    measure: ({ entries }) => {
      // A commit has a statement for each kind, and one of them is the SBOM.
      const statements = entries.flatMap((entry) => (entry.event === 'statement' ? entry : []));
      const commits = new Set(statements.map(({ commit }) => commit));
      const made = new Set(statements.flatMap(({ commit, sbom }) => (sbom ? commit : [])));
      return share(made.size, commits.size, 1, 'stated commits');
    },
  },
  {
    id: 'M8',
    title: 'Decision latency, 95th percentile',
    target: '< 2 s',
    unit: 'time',
    bound: 2000,
    atLeast: false,
    measure: ({ verdicts }) => {
      const times = verdicts.map((one) => one.ms);
      const late = quantile(times, 0.95);
      if (late === null) return unknown('no hook ran');
      const middle = duration(quantile(times, 0.5) as number);
      return { number: late, value: duration(late), note: `median ${middle}, ${times.length} runs`, good: late < 2000 };
    },
  },
  {
    id: 'M9',
    title: 'Bypasses and broken protections',
    target: '0',
    unit: 'count',
    bound: 0,
    atLeast: false,
    measure: ({ entries }) => {
      if (entries.length === 0) return unknown('nothing was logged');
      const bypasses = entries.filter((entry) => entry.event === 'bypass').length;
      const removed = entries.filter((entry) => entry.event === 'hooks' && entry.what === 'removed').length;
      const number = bypasses + removed;
      return {
        number,
        value: `${number}`,
        note: `${bypasses} ${bypasses === 1 ? 'commit' : 'commits'} past the hooks, hooks ${removed === 0 ? 'never removed' : `removed ${removed} ${removed === 1 ? 'time' : 'times'}`}`,
        good: number === 0,
      };
    },
  },
  {
    id: 'M10',
    title: 'Pushed commits that a commit hook had seen',
    target: '≥ 99 %',
    unit: 'share',
    bound: 0.99,
    atLeast: true,
    measure: ({ entries, pushes }) => {
      const skipped = new Set(entries.flatMap((entry) => (entry.event === 'bypass' && entry.commit) || []));
      const pushed = new Set(passed(pushes).flatMap((one) => one.commits ?? []));
      const missed = [...pushed].filter((oid) => skipped.has(oid)).length;
      return share(
        pushed.size - missed,
        pushed.size,
        0.99,
        'commits; those of others and of other machines count as seen',
      );
    },
  },
];

function facts(entries: readonly Entry[]): Facts {
  const verdicts = entries.filter((entry): entry is Verdict & Entry => entry.event === 'verdict');
  return { entries, verdicts, pushes: verdicts.filter((one) => one.gate === 'push') };
}

/** Slices of equal time between the first entry and the last. */
function sliced(entries: readonly Entry[], { slices: count, from, to }: Course): Entry[][] {
  const first = from ?? Date.parse(entries[0]?.ts ?? '');
  const last = to ?? Date.parse(entries.at(-1)?.ts ?? '');
  const width = Math.max(1, (last - first + 1) / count);
  const slices: Entry[][] = Array.from({ length: count }, () => []);
  for (const entry of entries) {
    const index = Math.floor((Date.parse(entry.ts) - first) / width);
    slices[Math.min(count - 1, Math.max(0, index))]?.push(entry);
  }
  return slices;
}

function share(part: number, whole: number, least: number, of: string): Measured {
  if (whole === 0) return unknown(`no ${of.split(/[;,]| that/)[0]} yet`);
  const number = part / whole;
  // Rounded down, so that 99.96 % never reads as 100 %.
  const percent = Math.floor(number * 1000) / 10;
  return { number, value: `${percent} %`, note: `${part} of ${whole} ${of}`, good: number >= least };
}

function unknown(note: string): Measured {
  return { number: null, value: 'unknown', note, good: null };
}

/** What a gate refused was not sent, and its commits come again with the next push. */
const passed = (pushes: readonly Verdict[]) => pushes.filter((one) => one.verdict === 'pass');

/**
 * Commits that left, each once: a push that passed here and failed on the way is made again with the same commits. Of one that
 * has only some new commits it is not known which were signed, so the least that is possible counts.
 */
function sent(pushes: readonly Verdict[]): { commits: number; signed: number } {
  const seen = new Set<string>();
  let [commits, signed] = [0, 0];
  for (const { commits: named = [], counts } of passed(pushes)) {
    const known = named.filter((oid) => seen.has(oid)).length;
    for (const oid of named) seen.add(oid);
    commits += counts.commits - known;
    signed += Math.max(0, counts.signed - known);
  }
  return { commits, signed };
}

/** Nearest rank; null without values. */
export function quantile(values: readonly number[], q: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
}

/** Milliseconds as a person says them: `12 ms`, `1.4 s`, `3 min`, `2.0 h`, `3 d`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 86_400_000 ? `${(ms / 3_600_000).toFixed(1)} h` : `${Math.round(ms / 86_400_000)} d`;
}
