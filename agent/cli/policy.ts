import { bundlesOf } from '../config.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';

/** One on each line, so that two people can add theirs. */
const actions = [
  'eval', //
  'test',
  'check',
  'bench',
  'input',
  'fetch',
  'snapshot',
  'rejection',
  'log',
  'trust',
  'except',
  'exceptions',
  'replay',
];

export const command: Command = {
  name: 'policy',
  summary: 'Evaluates and tests Rego policy.',
  usage: [
    'policy eval [--data PATH]… [--input FILE] [--format FORMAT] [--explain MODE] QUERY',
    'policy test [--run REGEX] [--coverage] [--verbose] PATH…',
    'policy check [--strict] [--v0-compatible] PATH…',
    'policy bench [--data PATH]… [--input FILE] QUERY',
    'policy input [--staged] [POINTER]',
    'policy fetch [URL…]',
    'policy snapshot --from FILE|DIR | --fetch [--branch NAME] [--output FILE]',
    'policy rejection [FILE]',
    'policy log [--limit N] [--json] [--upload]',
    'policy trust',
    'policy except RULE --reason TEXT --expires DATE [--path GLOB | --commit ID | --component PURL] [--branch GLOB]',
    'policy exceptions',
    'policy replay --bundle NEW [--last N] [--commits | --pushes]',
  ],
  help: [
    'eval, test, check and bench work on any folder of Rego, with the flags people know from opa. eval prints every answer',
    'to the query; without --data or --bundle it asks the built-in gates, and --input - reads standard input. test runs the',
    'rules named test_ and shows the expression that failed; check compiles only; bench times loading and decisions.',
    'fetch asks the bundle services that pregate.yaml names, and keeps what verifies and compiles.',
    'input prints the document that policies see (gate.input/v1) of what is outgoing, or the part at a JSON pointer and the',
    'place in a file it comes from. Its schema: media/gate.input.schema.json.',
    'snapshot keeps what the forge allows (rulesets, branch protection, push rules), so that a push it would refuse is',
    'predicted: from saved API answers, or with --fetch from GitHub or GitLab (token: PREGATE_FORGE_TOKEN).',
    'rejection reads what a refused push printed (git push 2>&1 | pregate policy rejection), names the rules that refused it,',
    'and says which of them the preview knows.',
    'log shows what central policies decided here; --upload sends it to the decision-log service you configured.',
    'trust accepts the policy that pregate.yaml names now, after it has changed. except drafts and signs an exception for',
    'what a rule refuses here and shows what the gates would say with it; exceptions lists all and which of them count.',
    'replay judges the last commits (each alone, along the first parents) or pushes (from the reflog) by this policy and by NEW.',
  ],
  options: {
    data: {
      type: 'string',
      value: 'PATH',
      short: 'd',
      many: true,
      help: 'policy and data: a file or folder; may be repeated',
    },
    bundle: {
      type: 'string',
      value: 'DIR|TAR.GZ',
      short: 'b',
      help: 'the policy to ask (default: the built-in gates)',
    },
    input: { type: 'string', value: 'FILE', short: 'i', help: 'JSON document that the policy sees as input' },
    at: { type: 'string', value: 'DATE', help: 'the instant that time.now_ns gives (default: now)' },
    json: { type: 'boolean', help: 'print one JSON document, problems included' },
    format: { type: 'string', value: 'FORMAT', short: 'f', help: 'eval: pretty, json, values, raw or bindings' },
    explain: { type: 'string', value: 'MODE', help: 'eval: notes, fails or full, each line with its place and values' },
    fail: { type: 'boolean', help: 'eval: exit 1 when the answer is undefined' },
    'fail-defined': { type: 'boolean', help: 'eval: exit 1 when there is an answer' },
    'strict-builtin-errors': { type: 'boolean', help: 'eval: errors of builtins stop the evaluation' },
    run: { type: 'string', value: 'REGEX', short: 'r', help: 'test: only tests whose path fits' },
    verbose: { type: 'boolean', short: 'v', help: 'test: name every test, what it printed and how long it took' },
    coverage: { type: 'boolean', help: 'eval, test: the lines that were not reached' },
    threshold: { type: 'string', value: 'PERCENT', help: 'test: exit 1 when less of the policy is covered' },
    strict: { type: 'boolean', short: 'S', help: 'check: unused variables and imports are errors' },
    'v0-compatible': { type: 'boolean', help: 'read files as Rego v0' },
    count: { type: 'string', value: 'N', help: 'bench: evaluations (default: as many as fit in two seconds)' },
    from: { type: 'string', value: 'FILE|DIR', help: 'snapshot: saved answers of the forge, JSON' },
    fetch: { type: 'boolean', help: 'snapshot: ask the forge of the remote' },
    output: { type: 'string', value: 'FILE', help: 'snapshot: keep it here (default: your state folder)' },
    limit: { type: 'string', value: 'N', help: 'log: decisions to print (default 20, 0 for all)' },
    upload: { type: 'boolean', help: 'log: send what was not sent yet' },
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
    staged: { type: 'boolean', help: 'except, input: of what is staged instead of what is outgoing' },
    last: { type: 'string', value: 'N', help: 'replay: how many commits or pushes (default: 100)' },
    commits: { type: 'boolean', help: 'replay: commits (the default)' },
    pushes: { type: 'boolean', help: 'replay: what was pushed from this clone' },
    fresh: { type: 'boolean', help: 'replay: judge everything anew' },
    markdown: { type: 'boolean', help: 'replay: print Markdown for a merge request' },
    yes: { type: 'boolean', short: 'y', help: 'except: do not ask' },
  },
  examples: [
    ["pregate policy eval 'data.pregate.push.deny' --input input.json", 'what the push gate denies'],
    ["pregate policy eval -d policy/ -i input.json --explain fails 'data.app.allow'", 'why a rule did not hold'],
    ['pregate policy test policy/ -v --coverage', 'run a folder’s own tests'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action, ...rest] = args.positionals;
    const now = instantOf(args);
    if (action === 'eval') return (await import('./policy/eval.ts')).runEval(args, rest, now, io);
    if (action === 'test') return (await import('./policy/tests.ts')).runTest(args, rest, now, io);
    if (action === 'check') return (await import('./policy/check.ts')).runCheck(args, rest, io);
    if (action === 'bench') return (await import('./policy/bench.ts')).runBench(args, rest, now, io);
    if (action === 'input') return (await import('./policy/input.ts')).runInput(args, rest, now, io);
    if (action === 'snapshot' && rest.length === 0) {
      const { runSnapshot } = await import('./policy/snapshot.ts');
      return runSnapshot(args, now, io);
    }
    if (action === 'rejection') return (await import('./policy/rejection.ts')).runRejection(args, rest, io);
    if (action === 'trust' && rest.length === 0) return trust(io);
    if (action === 'except') return (await import('./policy-except.ts')).runExcept(args, rest, now, io);
    if (action === 'exceptions') return (await import('./policy-exceptions.ts')).runExceptions(args, rest, now, io);
    if (action === 'replay') return (await import('./policy-replay.ts')).runReplay(args, rest, now, io);
    if (action === 'log') return (await import('./policy/log.ts')).runLog(args, rest, io);
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
  const named = bundlesOf(config.policy).map(({ bundle }) => bundle);
  io.out(`This repository is judged by ${named.join(' and ') || 'the built-in gates'} from now on.\n`);
  return Exit.pass;
}

function instantOf(args: Args): Date {
  const at = text(args, 'at');
  const date = at === undefined ? new Date() : new Date(at);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`--at needs a date such as 2026-12-01, not ${JSON.stringify(at)}`);
  return date;
}
