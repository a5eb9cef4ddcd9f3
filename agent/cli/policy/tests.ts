import { Exit, type ExitCode } from '../../gate/types.ts';
import { type RegoTest, runTests, type TestOptions } from '../../policy/test.ts';
import { parseForTests } from '../../policy/test-rules.ts';
import { mergeCoverage, type Policy } from '../../rego/index.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { firstErrors, printErrors } from './errors.ts';
import { targetOf } from './eval.ts';
import { compileSources, SourceError, type Sources, sourcesOf } from './sources.ts';
import { benchTests } from './tests-bench.ts';
import { isBad, opaTests, testsText } from './tests-text.ts';
import { bytesOf, durationOf, oneOf, wholeOf } from './values.ts';

/** `policy test PATH…`: runs the rules named `test_`. Exit code 1 when one fails, 3 when none ran. */
export async function runTest(args: Args, paths: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  if (paths.length === 0 && list(args, 'data').length === 0)
    throw new UsageError('policy test needs a folder or archive: pregate policy test policy/');
  const asked = askedOf(args, now);
  const sources = await sourcesOrNothing(args, paths, io);
  if (typeof sources === 'string') return nothing(args, sources, io);
  const { policy, errors } = compileSources(sources, parseForTests);
  if (!policy) {
    if (!args.flags['json']) printErrors(firstErrors(errors, asked.mostErrors), sources, io);
    return nothing(args, errors.map((e) => `${e.path ?? ''}:${e.line ?? 0}: ${e.message}`).join('\n'), io, true);
  }
  if (args.flags['bench']) return finish(benchTests(policy, asked.options, asked.format, io), args, paths, io);
  let code: ExitCode = Exit.pass;
  for (let i = 0; i < asked.count; i++) code = Math.max(code, once(policy, asked, args, paths, io)) as ExitCode;
  return code;
}

interface Asked {
  options: TestOptions;
  format: 'pretty' | 'json' | 'gobench';
  count: number;
  threshold: number | undefined;
  mostErrors: number;
}

/** What the options say, before anything is read. Throws `UsageError`. */
function askedOf(args: Args, now: Date): Asked {
  targetOf(args);
  const bench = args.flags['bench'] === true;
  const format = oneOf('format', text(args, 'format'), ['pretty', 'json', 'gobench']);
  if (format === 'gobench' && !bench) throw new UsageError('--format gobench needs --bench');
  oneOf('sort', text(args, 'sort'), ['none', 'duration']);
  const only = patternOf(text(args, 'run'));
  const threshold = thresholdOf(text(args, 'threshold'));
  const maxBytes = bytesOf('max-memory', text(args, 'max-memory'));
  const options: TestOptions = {
    nowNs: BigInt(now.getTime()) * 1_000_000n,
    coverage: args.flags['coverage'] === true || threshold !== undefined,
    clock: () => performance.now(),
    limitMs: durationOf('timeout', text(args, 'timeout')) ?? (bench ? 30_000 : 5_000),
    ...(only === undefined ? {} : { only }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
  const count = wholeOf('count', text(args, 'count'), 1) ?? 1;
  const mostErrors = wholeOf('max-errors', text(args, 'max-errors')) ?? 10;
  return { options, format, count, threshold, mostErrors };
}

function once(
  policy: Policy,
  { options, format, threshold }: Asked,
  args: Args,
  paths: readonly string[],
  io: Io,
): ExitCode {
  const { tests, coverage } = runTests(policy, options);
  const report = options.coverage ? mergeCoverage(coverage) : undefined;
  const low = report !== undefined && threshold !== undefined && report.coverage < threshold;
  const bad = tests.some(isBad);
  const style = { verbose: args.flags['verbose'] === true, values: args.flags['var-values'] === true, width: io.width };
  if (args.flags['json'])
    io.out(
      `${JSON.stringify({ tests, errors: [], ...(report ? { coverage: coverageJson(report) } : {}) }, null, 2)}\n`,
    );
  else if (report === undefined)
    io.out(format === 'json' ? opaTests(tests, text(args, 'sort') === 'duration') : testsText(tests, style));
  else if (bad) io.err(testsText(tests, style));
  else {
    // As in OPA the report is all there is on standard output, and only of tests that hold.
    if (!low) io.out(`${JSON.stringify(coverageJson(report), null, 2)}\n`);
    if (low || style.verbose) io.err(coverageText(report));
  }
  if (low)
    io.err(`Code coverage threshold not met: got ${report.coverage.toFixed(2)} instead of ${threshold.toFixed(2)}\n`);
  return finish(tests, args, paths, io, low);
}

function finish(tests: readonly RegoTest[], args: Args, paths: readonly string[], io: Io, low = false): ExitCode {
  if (tests.length === 0) {
    const where = [...paths, ...list(args, 'data')].join(', ');
    const only = text(args, 'run');
    io.err(
      `pregate: ${where} has no rule named test_${only ? ` that ${only} fits` : ''}, so nothing was tested [no-tests]\n`,
    );
    return Exit.couldNotCheck;
  }
  const skipped = !args.flags['exit-zero-on-skipped'] && tests.some((test) => test.outcome === 'skip');
  return low || skipped || tests.some(isBad) ? Exit.violation : Exit.pass;
}

async function sourcesOrNothing(args: Args, paths: readonly string[], io: Io): Promise<Sources | string> {
  try {
    return await sourcesOf(args, io, paths);
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}

function nothing(args: Args, message: string, io: Io, said = false): ExitCode {
  if (args.flags['json']) io.out(`${JSON.stringify({ tests: [], errors: message.split('\n') }, null, 2)}\n`);
  else if (!said) io.err(`pregate: ${message.split('\n').join('\npregate: ')} [policy-sources]\n`);
  return Exit.couldNotCheck;
}

function patternOf(given: string | undefined): RegExp | undefined {
  if (given === undefined) return undefined;
  try {
    return new RegExp(given, 'u');
  } catch {
    throw new UsageError(`--run needs a regular expression, not ${JSON.stringify(given)}`);
  }
}

function thresholdOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const percent = Number(given);
  if (given.trim() !== '' && percent >= 0 && percent <= 100) return percent;
  throw new UsageError(`--threshold needs a percentage from 0 to 100, not ${JSON.stringify(given)}`);
}
