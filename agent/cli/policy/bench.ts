import { Exit, type ExitCode } from '../../gate/types.ts';
import type { EvalOptions, Policy } from '../../rego/index.ts';
import { type Args, type Io, text } from '../command.ts';
import { benchJson, benchLine, benchRows, benchTable, type Measured } from './bench-text.ts';
import { refused } from './errors.ts';
import { queryOf, scopeOf, targetOf } from './eval.ts';
import { compileSources, inputName, inputOf, orCouldNotCheck, sourcesOf } from './sources.ts';
import { oneOf, wholeOf } from './values.ts';

/** Evaluations stop after this many milliseconds, or after `--samples` of them. */
const BUDGET_MS = 1000;

/** `policy bench QUERY`: how long a decision takes in this process, as `opa bench` tells it. */
export function runBench(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  return orCouldNotCheck(io, () => measure(args, rest, now, io));
}

async function measure(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const query = await queryOf(args, rest, io);
  const format = oneOf('format', text(args, 'format'), ['pretty', 'json', 'gobench']);
  const count = wholeOf('count', text(args, 'count'), 1) ?? 1;
  const samples = wholeOf('samples', text(args, 'samples'), 1) ?? Number.POSITIVE_INFINITY;
  // An option that is on unless it is said to be off is there, and undefined, when it is off.
  const [mustHold, metrics] = ['fail', 'metrics'].map((name) => !(name in args.flags) || args.flags[name] === true);
  targetOf(args);
  const sources = await sourcesOf(args, io);
  const inputJson = await inputOf(inputName(args), io);
  const { policy, errors } = compileSources(sources);
  if (!policy) return refused(errors, sources, io);
  const nowNs = BigInt(now.getTime()) * 1_000_000n;
  const options = { nowNs, ...scopeOf(args), ...(inputJson === undefined ? {} : { inputJson }) };
  const first = policy.eval(query, options);
  const [error] = first.errors;
  if (error) return refused([error], sources, io);
  if (mustHold && first.results.length === 0) {
    io.err('pregate: the answer is undefined; --fail=false measures it all the same [undefined-answer]\n');
    return Exit.violation;
  }
  for (let i = 0; i < count; i++) {
    const measured = sampled(policy, query, options, samples);
    if (args.flags['json'] || format === 'json')
      io.out(`${JSON.stringify(benchJson(measured, metrics === true), null, 2)}\n`);
    else if (format === 'gobench') io.out(benchLine(measured, metrics === true));
    else io.out(benchTable(benchRows(measured, metrics === true)));
  }
  return Exit.pass;
}

/** The input is read anew each time, as a server would. */
function sampled(policy: Policy, query: string, options: EvalOptions, samples: number): Measured {
  const each: number[] = [];
  const begin = performance.now();
  let now = begin;
  while (each.length < samples && now < begin + BUDGET_MS) {
    const start = now;
    policy.eval(query, options);
    now = performance.now();
    each.push((now - start) * 1e6);
  }
  return { samples: each.length, total: now - begin, each };
}
