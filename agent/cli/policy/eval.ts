import { Exit, type ExitCode } from '../../gate/types.ts';
import type { Problem } from '../../model/types.ts';
import type { EvalOptions, EvalResult, RegoError } from '../../rego/index.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';
import { coverageText } from './coverage.ts';
import { printErrors } from './errors.ts';
import { type Answer, answersOf, indented } from './exact.ts';
import { explanation, modeOf } from './explain.ts';
import { compileSources, inputName, inputOf, SourceError, type Sources, sourcesOf } from './sources.ts';
import { prettyText } from './table.ts';

const FORMATS = ['pretty', 'json', 'values', 'raw', 'bindings', 'discard'] as const;
type Format = (typeof FORMATS)[number];

/** `policy eval QUERY`, with `opa eval`'s flags. Exit code 3 when nothing could be evaluated. */
export async function runEval(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const [query, extra] = rest;
  if (query === undefined)
    throw new UsageError("policy eval needs a query: pregate policy eval 'data.pregate.push.deny'");
  if (extra !== undefined)
    throw new UsageError(`policy eval takes one query; put it in quotes (${JSON.stringify(extra)})`);
  const format = formatOf(text(args, 'format'));
  const mode = modeOf(text(args, 'explain'));
  let sources: Sources;
  try {
    sources = await sourcesOf(args, io);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return giveUp([{ code: 'policy-unreadable', message: error.message, fatal: true }], args, io);
  }
  const inputJson = await inputOf(inputName(args), io);
  const { policy, errors } = compileSources(sources);
  if (!policy) return giveUp(errors.map(problemOf), args, io, { errors, sources });
  const told = mode === undefined ? undefined : explanation(mode);
  const options: EvalOptions = {
    nowNs: BigInt(now.getTime()) * 1_000_000n,
    ...(inputJson === undefined ? {} : { inputJson }),
    ...(told === undefined || mode === 'notes' ? {} : { trace: told.trace }),
    exact: true,
    coverage: args.flags['coverage'] === true,
    strictBuiltinErrors: args.flags['strict-builtin-errors'] === true,
  };
  const result = policy.eval(query, options);
  for (const line of result.prints) io.err(`${line}\n`);
  for (const line of told?.lines() ?? []) io.err(`${line}\n`);
  const problems = [...result.errors.map(problemOf), ...offline(result)];
  if (problems.length > 0) return giveUp(problems, args, io, { errors: result.errors, sources });
  if (args.flags['json']) io.out(`${JSON.stringify({ results: result.results, problems: [] }, null, 2)}\n`);
  else print(format, answersOf(result), result, io);
  if (result.coverage && format !== 'json') io.err(coverageText(result.coverage));
  const defined = result.results.length > 0;
  if (args.flags['fail'] && !defined) return Exit.violation;
  return args.flags['fail-defined'] && defined ? Exit.violation : Exit.pass;
}

function formatOf(given: string | undefined): Format {
  if (given === undefined) return 'pretty';
  if (FORMATS.includes(given as Format)) return given as Format;
  throw new UsageError(`--format knows ${FORMATS.join(', ')}, not ${JSON.stringify(given)}`);
}

function print(format: Format, answers: readonly Answer[], result: EvalResult, io: Io): void {
  const json = (text: string): void => io.out(`${indented(text)}\n`);
  const objectOf = (bindings: Answer['bindings']): string =>
    `{${Object.entries(bindings).map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
  const named = (bindings: Answer['bindings']): boolean => Object.keys(bindings).length > 0;
  switch (format) {
    case 'json': {
      const of = answers.map(({ bindings, expressions }) => {
        const each = expressions.map(
          (e) => `{"value":${e.value},"text":${JSON.stringify(e.text)},"location":{"row":${e.line},"col":${e.column}}}`,
        );
        return `{"expressions":[${each}]${named(bindings) ? `,"bindings":${objectOf(bindings)}` : ''}}`;
      });
      const parts = [
        ...(of.length > 0 ? [`"result":[${of}]`] : []),
        ...(result.coverage === undefined ? [] : [`"coverage":${JSON.stringify(result.coverage)}`]),
      ];
      json(`{${parts}}`);
      return;
    }
    case 'values':
      for (const { expressions } of answers) json(`[${expressions.map((e) => e.value)}]`);
      return;
    case 'discard':
      json(answers.length > 0 ? '{"result":"discarded"}' : '{}');
      return;
    case 'bindings':
      for (const { bindings } of answers) json(objectOf(bindings));
      return;
    case 'raw':
      for (const { expressions } of answers) io.out(`${expressions.map((e) => rawText(e.value)).join(' ')}\n`);
      return;
    default:
      io.out(prettyText(answers));
  }
}

function rawText(value: string): string {
  return value.startsWith('"') ? (JSON.parse(value) as string) : value;
}

function giveUp(
  problems: readonly Problem[],
  args: Args,
  io: Io,
  compiled?: { errors: readonly RegoError[]; sources: Sources },
): ExitCode {
  const asJson = args.flags['json'] || text(args, 'format') === 'json';
  if (args.flags['json']) io.out(`${JSON.stringify({ results: [], problems }, null, 2)}\n`);
  else if (asJson) io.out(`${JSON.stringify({ errors: compiled?.errors ?? problems }, null, 2)}\n`);
  else if (compiled?.errors.some((e) => e.path)) printErrors(compiled.errors, compiled.sources, io);
  else for (const problem of problems) io.err(`pregate: ${problem.message}\n`);
  return Exit.couldNotCheck;
}

/** Undefined is no answer where only the network has one. */
function offline(result: EvalResult): Problem[] {
  return (result.offline ?? []).map((call) =>
    problemOf({
      ...call,
      code: 'policy-offline',
      message: `${call.builtin} asks the network, which is never done here, so the query was not answered`,
    }),
  );
}

function problemOf(error: { code: string; message: string; path?: string; line?: number }): Problem {
  const place = !error.path ? '' : `${error.path}${error.line === undefined ? '' : `:${error.line}`}: `;
  return { code: error.code.replaceAll('_', '-'), message: `${place}${error.message}`, fatal: true };
}
