import { bundlesOf } from '../config.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { description } from './policy/description.ts';
import { instantOf, onRego } from './policy/on-rego.ts';

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
  ...description,
  async run(args, io): Promise<ExitCode> {
    const [action, ...rest] = args.positionals;
    const asked = onRego(args, io);
    if (asked !== undefined) return asked;
    const now = instantOf(args);
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
    io.err(`pregate: ${fatal?.message ?? 'this is not a git repository'} [${fatal?.code ?? 'not-a-repository'}]\n`);
    return Exit.couldNotCheck;
  }
  trustPolicy(config.policy, repo.commonDir, io.env);
  const named = bundlesOf(config.policy).map(({ bundle }) => bundle);
  io.out(`This repository is judged by ${named.join(' and ') || 'the built-in gates'} from now on.\n`);
  return Exit.pass;
}
