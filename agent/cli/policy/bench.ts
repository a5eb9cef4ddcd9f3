import { Exit, type ExitCode } from '../../gate/types.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import { refused } from './errors.ts';
import { compileSources, inputName, inputOf, orCouldNotCheck, sourcesOf } from './sources.ts';

/** Evaluations stop after this many milliseconds, or after `--count` of them. */
const BUDGET_MS = 2000;

/** `policy bench QUERY`: how long the policy takes to load and a decision to make, in this process. */
export function runBench(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  return orCouldNotCheck(io, () => measure(args, rest, now, io));
}

async function measure(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const [query, extra] = rest;
  if (query === undefined || extra !== undefined)
    throw new UsageError("policy bench needs one query: pregate policy bench --data policy/ 'data.app.allow'");
  const wanted = text(args, 'count');
  const count = wanted === undefined ? Number.POSITIVE_INFINITY : Number(wanted);
  if (!(count > 0)) throw new UsageError(`--count needs a number of evaluations, not ${JSON.stringify(wanted)}`);
  const sources = await sourcesOf(args, io);
  const inputJson = await inputOf(inputName(args), io);
  const loading = performance.now();
  const { policy, errors } = compileSources(sources);
  const load = performance.now() - loading;
  if (!policy) return refused(errors, sources, io);
  const options = { nowNs: BigInt(now.getTime()) * 1_000_000n, ...(inputJson === undefined ? {} : { inputJson }) };
  const first = performance.now();
  const [error] = policy.eval(query, options).errors;
  const cold = performance.now() - first;
  if (error) return refused([error], sources, io);
  const spent: number[] = [];
  for (const end = performance.now() + BUDGET_MS; spent.length < count && performance.now() < end; ) {
    const start = performance.now();
    policy.eval(query, options);
    spent.push(performance.now() - start);
  }
  const figures = figuresOf(spent, load, cold);
  if (args.flags['json'] || text(args, 'format') === 'json') io.out(`${JSON.stringify(figures, null, 2)}\n`);
  else io.out(table(figures));
  return Exit.pass;
}

type Figures = Record<string, number>;

/** Milliseconds, all but `samples` and `per_second`. The input is read anew each time, as a server would. */
function figuresOf(spent: readonly number[], load: number, cold: number): Figures {
  const sorted = [...spent].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? cold;
  const mean = spent.length === 0 ? cold : spent.reduce((sum, ms) => sum + ms, 0) / spent.length;
  return {
    load,
    first: cold,
    samples: spent.length,
    min: sorted[0] ?? cold,
    median: at(0.5),
    mean,
    p90: at(0.9),
    p99: at(0.99),
    max: sorted.at(-1) ?? cold,
    per_second: 1000 / mean,
  };
}

const NAMES: Record<string, string> = {
  load: 'parse and compile',
  first: 'first evaluation',
  samples: 'evaluations',
  per_second: 'per second',
};

function table(figures: Figures): string {
  const rows = Object.entries(figures).map(([key, value]): [string, string] => {
    const whole = key === 'samples' || key === 'per_second';
    return [
      NAMES[key] ?? key,
      whole ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : `${value.toFixed(3)} ms`,
    ];
  });
  const [left, right] = [0, 1].map((i) => Math.max(...rows.map((row) => (row[i] as string).length))) as [
    number,
    number,
  ];
  return rows.map(([name, value]) => `${name.padEnd(left)}  ${value.padStart(right)}\n`).join('');
}
