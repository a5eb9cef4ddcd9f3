import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { localsText } from '../../model/values-text.ts';
import { type RegoTest, runTests } from '../../policy/test.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { coverageText, mergeCoverage } from './coverage.ts';
import { printErrors } from './errors.ts';
import { compileSources, SourceError, type Sources, sourcesOf } from './sources.ts';

/** `policy test PATH…`: runs the rules named `test_`. Exit code 1 when one fails, 3 when none ran. */
export async function runTest(args: Args, paths: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  if (paths.length === 0 && list(args, 'bundle').length === 0 && list(args, 'data').length === 0)
    throw new UsageError('policy test needs a folder or archive: pregate policy test policy/');
  const asOpa = formatOf(text(args, 'format')) === 'json';
  const only = patternOf(text(args, 'run'));
  const threshold = thresholdOf(text(args, 'threshold'));
  const sources = await sourcesOrNothing(args, paths, io);
  if (typeof sources === 'string') return nothing(args, sources, io);
  const { policy, errors } = compileSources(sources);
  if (!policy) {
    if (!args.flags['json']) printErrors(errors, sources, io);
    return nothing(args, errors.map((e) => `${e.path ?? ''}:${e.line ?? 0}: ${e.message}`).join('\n'), io, true);
  }
  const withCoverage = args.flags['coverage'] === true || threshold !== undefined;
  const { tests, coverage } = runTests(policy, {
    nowNs: BigInt(now.getTime()) * 1_000_000n,
    coverage: withCoverage,
    clock: () => performance.now(),
    ...(only === undefined ? {} : { only }),
  });
  const report = withCoverage ? mergeCoverage(coverage) : undefined;
  if (args.flags['json'])
    io.out(`${JSON.stringify({ tests, errors: [], ...(report ? { coverage: report } : {}) }, null, 2)}\n`);
  else if (asOpa) io.out(opaTests(tests));
  else printTests(tests, args.flags['verbose'] === true, io);
  if (report && asOpa && !args.flags['json']) io.err(coverageText(report));
  else if (report && !args.flags['json']) io.out(coverageText(report));
  if (tests.length === 0) {
    const where = [...paths, ...list(args, 'bundle'), ...list(args, 'data')].join(', ');
    io.err(
      `pregate: ${where} has no rule named test_${only ? ` that ${String(only)} fits` : ''}, so nothing was tested\n`,
    );
    return Exit.couldNotCheck;
  }
  const low = report !== undefined && threshold !== undefined && report.percent < threshold;
  if (low) io.err(`pregate: ${report.percent} % of the policy is covered, ${threshold} % are asked for\n`);
  return low || tests.some(isBad) ? Exit.violation : Exit.pass;
}

async function sourcesOrNothing(args: Args, paths: readonly string[], io: Io): Promise<Sources | string> {
  try {
    // One folder or archive may be a bundle with a manifest of its own.
    const archive = paths.length === 1 && /\.t(ar\.)?gz$/.test(paths[0] as string);
    if (archive) return await sourcesOf({ ...args, flags: { ...args.flags, bundle: paths[0] as string } }, io);
    return await sourcesOf(args, io, paths);
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}

function nothing(args: Args, message: string, io: Io, said = false): ExitCode {
  if (args.flags['json']) io.out(`${JSON.stringify({ tests: [], errors: message.split('\n') }, null, 2)}\n`);
  else if (!said) for (const line of message.split('\n')) io.err(`pregate: ${line}\n`);
  return Exit.couldNotCheck;
}

/**
 * The list that `opa test --format json` prints, but for `output`: what a test printed stands there in base64, where no mask
 * would see a secret. `--json` has it as text.
 */
function opaTests(tests: readonly RegoTest[]): string {
  const all = tests.map(({ path, file, line, outcome, detail, ms }) => {
    const dot = path.lastIndexOf('.');
    return {
      location: { file: displayText(file), row: line, col: 1 },
      package: displayText(path.slice(0, dot)),
      name: displayText(path.slice(dot + 1)),
      ...(outcome === 'pass' ? {} : { [outcome]: outcome === 'error' ? { message: detail } : true }),
      duration: Math.round((ms ?? 0) * 1e6),
    };
  });
  return `${JSON.stringify(all, null, 2)}\n`;
}

function formatOf(given: string | undefined): string {
  if (given === undefined || given === 'pretty' || given === 'json') return given ?? 'pretty';
  throw new UsageError(`policy test --format knows pretty and json, not ${JSON.stringify(given)}`);
}

function isBad(test: RegoTest): boolean {
  return test.outcome === 'fail' || test.outcome === 'error';
}

function printTests(tests: readonly RegoTest[], verbose: boolean, io: Io): void {
  for (const test of tests) {
    if (!verbose && !isBad(test)) continue;
    const took = verbose && test.ms !== undefined ? `  ${test.ms.toFixed(1)} ms` : '';
    io.out(`${displayText(`${test.file}:${test.line}  ${test.path}  ${test.outcome}`)}${took}\n`);
    if (test.detail) io.out(`  ${displayText(test.detail)}\n`);
    if (test.failure) {
      const { line, text: source, locals } = test.failure;
      io.out(`  ${displayText(`${test.file}:${line}  ${source.replace(/\s*\n\s*/g, ' ')}${localsText(locals)}`)}\n`);
    }
    for (const line of isBad(test) || verbose ? test.prints : []) io.out(`  ${displayText(line)}\n`);
  }
  if (tests.length === 0) return;
  const bad = tests.filter(isBad).length;
  const skipped = tests.filter((test) => test.outcome === 'skip').length;
  io.out(`${tests.length - bad} of ${tests.length} tests pass${skipped > 0 ? ` (${skipped} skipped)` : ''}\n`);
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
