import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadBundle, readBundle } from '../bundles/load.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import type { Problem } from '../model/types.ts';
import type { PolicyBundle } from '../policy/types.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';

/** One on each line, so that two people can add theirs. */
const actions = [
  'eval', //
  'test',
  'fetch',
  'snapshot',
  'trust',
  'except',
  'exceptions',
];

export const command: Command = {
  name: 'policy',
  summary: 'Evaluates and tests Rego policy.',
  usage: [
    'policy eval [--bundle DIR|TAR.GZ] [--input FILE] QUERY',
    'policy test DIR|TAR.GZ',
    'policy fetch [URL…]',
    'policy snapshot --from FILE|DIR | --fetch [--branch NAME] [--output FILE]',
    'policy trust',
    'policy except RULE --reason TEXT --expires DATE [--path GLOB | --commit ID | --component PURL] [--branch GLOB]',
    'policy exceptions',
  ],
  help: [
    'eval prints every answer to the query as JSON: values, and the variables it binds. Without --bundle it asks the',
    'built-in gates. --input - reads standard input. test runs the rules named test_ and names those that fail.',
    'fetch asks the bundle services that pregate.yaml names, and keeps what verifies and compiles.',
    'snapshot keeps what the forge allows (rulesets, branch protection, push rules), so that a push it would refuse is',
    'predicted: from saved API answers, or with --fetch from GitHub or GitLab (token: PREGATE_FORGE_TOKEN).',
    'trust accepts the policy that pregate.yaml names now, after it has changed. except drafts and signs an exception for',
    'what a rule refuses here and shows what the gates would say with it; exceptions lists all and which of them count.',
  ],
  options: {
    bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'the policy to ask (default: the built-in gates)' },
    input: { type: 'string', value: 'FILE', short: 'i', help: 'JSON document that the policy sees as input' },
    at: { type: 'string', value: 'DATE', help: 'the instant that time.now_ns gives (default: now)' },
    json: { type: 'boolean', help: 'print one JSON document, problems included' },
    from: { type: 'string', value: 'FILE|DIR', help: 'snapshot: saved answers of the forge, JSON' },
    fetch: { type: 'boolean', help: 'snapshot: ask the forge of the remote' },
    output: { type: 'string', value: 'FILE', help: 'snapshot: keep it here (default: your state folder)' },
    reason: { type: 'string', value: 'TEXT', help: 'except: why the rule may be broken there' },
    expires: { type: 'string', value: 'DATE', help: 'except: last day on which it counts, at most a year from now' },
    path: { type: 'string', value: 'GLOB', help: 'except: only in these files' },
    commit: { type: 'string', value: 'ID', help: 'except: only of this commit' },
    component: { type: 'string', value: 'PURL', help: 'except: only of this package' },
    branch: {
      type: 'string',
      value: 'GLOB',
      help: 'except: only on the way to this branch; snapshot: ask about it too',
    },
    approver: { type: 'string', value: 'EMAIL', help: 'except: who signs (default: user.email)' },
    key: { type: 'string', value: 'FILE', help: 'except: the SSH key to sign with (default: user.signingkey)' },
    staged: { type: 'boolean', help: 'except: for what is staged instead of what is outgoing' },
    yes: { type: 'boolean', short: 'y', help: 'except: do not ask' },
  },
  examples: [
    ["pregate policy eval 'data.pregate.push.deny' --input input.json", 'what the push gate denies'],
    ['pregate policy test agent/policy/default', 'run a bundle’s own tests'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action, ...rest] = args.positionals;
    const now = instantOf(args);
    if (action === 'eval') return runEval(args, rest, now, io);
    if (action === 'snapshot' && rest.length === 0) {
      const { runSnapshot } = await import('./policy/snapshot.ts');
      return runSnapshot(args, now, io);
    }
    if (action === 'test') return runTest(args, rest, now, io);
    if (action === 'trust' && rest.length === 0) return trust(io);
    if (action === 'except') return (await import('./policy-except.ts')).runExcept(args, rest, now, io);
    if (action === 'exceptions') return (await import('./policy-exceptions.ts')).runExceptions(args, rest, now, io);
    if (action === 'fetch') {
      return (await import('./policy/fetch.ts')).fetchPolicy(rest, Boolean(args.flags['json']), io);
    }
    throw new UsageError(
      action === undefined
        ? `policy needs one of ${actions.join(', ')} (pregate policy --help)`
        : `unknown action ${JSON.stringify(action)}; policy knows ${actions.join(', ')}`,
    );
  },
};

/** Pins what the configuration of this repository names now. */
async function trust(io: Io): Promise<ExitCode> {
  const { collect } = await import('../gate/collect.ts');
  const { trustPolicy } = await import('../gate/pins.ts');
  const { config, repo, problems } = await collect({ kind: 'staged' }, { cwd: io.cwd, env: io.env });
  const fatal = problems.find((problem) => problem.fatal);
  if (fatal || repo.commonDir === undefined) {
    io.err(`pregate: ${fatal?.message ?? 'this is not a git repository'}\n`);
    return Exit.couldNotCheck;
  }
  trustPolicy(config.policy, repo.commonDir, io.env);
  io.out(`This repository is judged by ${config.policy.bundle ?? 'the built-in gates'} from now on.\n`);
  return Exit.pass;
}

export interface QueryResult {
  /** One per solution, as `opa eval` gives them. */
  results: { value: unknown; bindings: Record<string, unknown> }[];
  problems: Problem[];
  prints: string[];
}

/** Answers a query against a bundle. `inputJson` is JSON text; a query or input that is wrong is a problem. */
export async function evaluateQuery(
  bundle: PolicyBundle,
  query: string,
  options: { inputJson?: string; nowNs: bigint },
): Promise<QueryResult> {
  const { compile } = await import('../rego/index.ts');
  const version = bundle.regoVersion === 0 ? 'v0' : 'v1';
  const { policy, errors } = compile(bundle.modules, { version, data: bundle.data });
  if (!policy) return { results: [], problems: errors.map((error) => problemOf(error)), prints: [] };
  const result = policy.eval(query, options);
  const problems = [
    ...result.errors.map((error) => problemOf(error)),
    ...(result.offline ?? []).map((call) => problemOf({ ...call, code: 'policy-offline', message: offlineText(call) })),
  ];
  return { results: result.results, problems, prints: result.prints };
}

async function runEval(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const [query, extra] = rest;
  if (query === undefined)
    throw new UsageError("policy eval needs a query: pregate policy eval 'data.pregate.push.deny'");
  if (extra !== undefined)
    throw new UsageError(`policy eval takes one query; put it in quotes (${JSON.stringify(extra)})`);
  const named = text(args, 'bundle');
  const loaded = await loadBundle({
    cwd: io.cwd,
    root: io.cwd,
    env: io.env,
    policy: {},
    ...(named === undefined ? {} : { explicit: named }),
  });
  const inputJson = await inputOf(text(args, 'input'), io);
  const result: QueryResult = loaded.bundle
    ? await evaluateQuery(loaded.bundle, query, {
        nowNs: BigInt(now.getTime()) * 1_000_000n,
        ...(inputJson === undefined ? {} : { inputJson }),
      })
    : { results: [], problems: [], prints: [] };
  result.problems.unshift(...loaded.problems);
  for (const line of result.prints) io.err(`${line}\n`);
  if (args.flags['json'])
    io.out(`${JSON.stringify({ results: result.results, problems: result.problems }, null, 2)}\n`);
  else printAnswers(result, io);
  return result.problems.some((problem) => problem.fatal) ? Exit.couldNotCheck : Exit.pass;
}

function printAnswers(result: QueryResult, io: Io): void {
  for (const problem of result.problems) io.err(`pregate: ${problem.message}\n`);
  if (result.problems.length > 0) return;
  if (result.results.length === 0) io.err('undefined\n');
  for (const { value, bindings } of result.results) {
    const named = Object.keys(bindings).length > 0;
    io.out(`${JSON.stringify(named ? bindings : value, null, 2)}\n`);
  }
}

async function runTest(args: Args, rest: readonly string[], now: Date, io: Io): Promise<ExitCode> {
  const folder = rest[0] ?? text(args, 'bundle');
  if (folder === undefined) throw new UsageError('policy test needs a folder or archive: pregate policy test policy/');
  const { runRegoTests } = await import('../policy/test.ts');
  const loaded = await readBundle(resolve(io.cwd, folder), folder);
  const run = loaded.bundle
    ? runRegoTests(loaded.bundle, [], BigInt(now.getTime()) * 1_000_000n)
    : { tests: [], errors: loaded.problems.map((problem) => problem.message) };
  const failed = run.tests.filter((test) => test.outcome === 'fail' || test.outcome === 'error');
  if (args.flags['json']) io.out(`${JSON.stringify(run, null, 2)}\n`);
  else {
    for (const error of run.errors) io.err(`pregate: ${error}\n`);
    for (const test of failed)
      io.out(`${test.file}:${test.line}  ${test.path}  ${test.outcome}${test.detail ? `: ${test.detail}` : ''}\n`);
    if (run.errors.length === 0) io.out(`${run.tests.length - failed.length} of ${run.tests.length} tests pass\n`);
  }
  if (run.errors.length > 0 || run.tests.length === 0) {
    if (run.errors.length === 0) io.err(`pregate: ${folder} has no rule named test_, so nothing was tested\n`);
    return Exit.couldNotCheck;
  }
  return failed.length > 0 ? Exit.violation : Exit.pass;
}

async function inputOf(named: string | undefined, io: Io): Promise<string | undefined> {
  if (named === undefined) return undefined;
  try {
    if (named !== '-') return await readFile(resolve(io.cwd, named), 'utf8');
    const chunks: Buffer[] = [];
    for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw new UsageError(`the input ${named} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}

function instantOf(args: Args): Date {
  const at = text(args, 'at');
  const date = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`--at needs a date such as 2026-12-01, not ${JSON.stringify(at)}`);
  return date;
}

/** Undefined is no answer where only the network has one. */
function offlineText({ builtin }: { builtin: string }): string {
  return `${builtin} asks the network, which is never done here, so the query was not answered`;
}

function problemOf(error: { code: string; message: string; path?: string; line?: number }): Problem {
  const place = !error.path ? '' : `${error.path}${error.line === undefined ? '' : `:${error.line}`}: `;
  return { code: error.code.replaceAll('_', '-'), message: `${place}${error.message}`, fatal: true };
}
