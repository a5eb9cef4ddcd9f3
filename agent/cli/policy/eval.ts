import { Exit, type ExitCode } from '../../gate/types.ts';
import type { Problem } from '../../model/types.ts';
import type { EvalOptions, EvalResult, Policy, RegoError } from '../../rego/index.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { coverageJson, coverageText } from './coverage.ts';
import { opaErrors, printErrors } from './errors.ts';
import { type Answer, answersOf, indented } from './exact.ts';
import { explanation, modeOf } from './explain.ts';
import { measures } from './measures.ts';
import { compileSources, inputName, inputOf, readStdin, SourceError, type Sources, sourcesOf } from './sources.ts';
import { prettyText } from './table.ts';
import { bytesOf, durationOf, oneOf } from './values.ts';

const FORMATS = ['json', 'pretty', 'values', 'raw', 'bindings', 'discard'] as const;
type Format = (typeof FORMATS)[number];

/** `policy eval QUERY`, with `opa eval`'s flags. Exit code 3 when nothing could be evaluated. */
export async function runEval(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const query = await queryOf(args, rest, io);
  const format = formatOf(text(args, 'format'));
  const mode = modeOf(text(args, 'explain'));
  const limitMs = durationOf('timeout', text(args, 'timeout'));
  const maxBytes = bytesOf('max-memory', text(args, 'max-memory'));
  const measured = measures(args, query);
  targetOf(args);
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
  const shared: EvalOptions = {
    nowNs: BigInt(now.getTime()) * 1_000_000n,
    ...scopeOf(args),
    ...(inputJson === undefined ? {} : { inputJson }),
    ...(told === undefined || mode === 'notes' ? {} : { trace: told.trace }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    exact: true,
    coverage: args.flags['coverage'] === true,
    strictBuiltinErrors: args.flags['strict-builtin-errors'] === true,
  };
  const result = measured.run(sources, (options) => evaluate(policy, query, { ...shared, ...options }, limitMs));
  for (const line of result.prints) io.err(`${line}\n`);
  for (const line of told?.lines() ?? []) io.err(`${line}\n`);
  const problems = [...result.errors.map(problemOf), ...offline(result)];
  if (problems.length > 0) return giveUp(problems, args, io, { errors: result.errors, sources, query });
  const noted = args.flags['show-builtin-errors'] ? (result.builtinErrors ?? []) : [];
  if (args.flags['json']) io.out(`${JSON.stringify({ results: result.results, problems: [] }, null, 2)}\n`);
  else if (format === 'json') printJson(answersOf(result), result, noted, measured.json(), io);
  else if (format === 'pretty') io.out(prettyText(answersOf(result)) + measured.text());
  else print(format, answersOf(result), io);
  if (format !== 'json') printErrors(noted, sources, io);
  if (result.coverage && format !== 'json') io.err(coverageText(result.coverage));
  const defined = result.results.length > 0;
  if (args.flags['fail'] && !defined) return Exit.violation;
  return args.flags['fail-defined'] && defined ? Exit.violation : Exit.pass;
}

/** The query of the command line or of standard input. Throws `UsageError`. */
export async function queryOf(args: Args, rest: readonly string[], io: Io): Promise<string> {
  const [given, extra] = rest;
  const action = args.positionals[0];
  if (args.flags['stdin'] === true) {
    if (given !== undefined) throw new UsageError('the query is either an argument or --stdin');
    if (inputName(args) === '-') throw new UsageError('standard input is either the query or the input');
    return (await readStdin(io)).trim();
  }
  if (given === undefined)
    throw new UsageError(`policy ${action} needs a query: pregate policy ${action} 'data.pregate.push.deny'`);
  if (extra !== undefined)
    throw new UsageError(`policy ${action} takes one query; put it in quotes (${JSON.stringify(extra)})`);
  return given;
}

/** What `--package` and `--import` let a query name. */
export function scopeOf(args: Args): Pick<EvalOptions, 'package' | 'imports'> {
  const name = text(args, 'package');
  return { ...(name === undefined ? {} : { package: name }), imports: list(args, 'import') };
}

/** `--target` may only say what is done anyway. */
export function targetOf(args: Args): void {
  if (text(args, 'target') === 'wasm')
    throw new UsageError(
      '--target wasm is not here: source is interpreted; a bundle with policy.wasm is run by preview',
    );
  oneOf('target', text(args, 'target'), ['rego']);
}

function evaluate(policy: Policy, query: string, options: EvalOptions, limitMs: number | undefined): EvalResult {
  if (limitMs === undefined) return policy.eval(query, options);
  const end = performance.now() + limitMs;
  return policy.eval(query, { ...options, deadline: () => performance.now() > end });
}

function formatOf(given: string | undefined): Format {
  if (given === 'source') throw new UsageError('--format source is not here: it prints what partial evaluation leaves');
  return oneOf('format', given, FORMATS);
}

function objectOf(bindings: Answer['bindings']): string {
  return `{${Object.entries(bindings).map(([name, text]) => `${JSON.stringify(name)}:${text}`)}}`;
}

/** The document of `opa eval`, its numbers exact. */
function printJson(
  answers: readonly Answer[],
  result: EvalResult,
  noted: readonly RegoError[],
  measured: Record<string, unknown>,
  io: Io,
): void {
  const of = answers.map(({ bindings, expressions }) => {
    const each = expressions.map(
      (e) => `{"value":${e.value},"text":${JSON.stringify(e.text)},"location":{"row":${e.line},"col":${e.column}}}`,
    );
    return `{"expressions":[${each}]${Object.keys(bindings).length > 0 ? `,"bindings":${objectOf(bindings)}` : ''}}`;
  });
  const parts = [
    ...(noted.length > 0 ? [`"errors":${JSON.stringify(opaErrors(noted))}`] : []),
    ...(of.length > 0 ? [`"result":[${of}]`] : []),
    ...Object.entries(measured).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
    ...(result.coverage === undefined ? [] : [`"coverage":${JSON.stringify(coverageJson(result.coverage))}`]),
  ];
  io.out(`${indented(`{${parts}}`)}\n`);
}

function print(format: Exclude<Format, 'json' | 'pretty'>, answers: readonly Answer[], io: Io): void {
  const json = (text: string): void => io.out(`${indented(text)}\n`);
  switch (format) {
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
  }
}

function rawText(value: string): string {
  return value.startsWith('"') ? (JSON.parse(value) as string) : value;
}

function giveUp(
  problems: readonly Problem[],
  args: Args,
  io: Io,
  compiled?: { errors: readonly RegoError[]; sources: Sources; query?: string },
): ExitCode {
  const asJson = formatOf(text(args, 'format')) === 'json';
  // Where a builtin could not be asked, only the problems say so.
  const errors = compiled?.errors.length ? compiled.errors : problems;
  if (args.flags['json']) io.out(`${JSON.stringify({ results: [], problems }, null, 2)}\n`);
  else if (asJson) io.out(`${JSON.stringify({ errors: opaErrors(errors) }, null, 2)}\n`);
  else if (compiled?.errors.some((e) => e.path || e.line !== undefined))
    printErrors(compiled.errors, compiled.sources, io, compiled.query);
  else for (const { message, code } of problems) io.err(`pregate: ${message} [${code}]\n`);
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
