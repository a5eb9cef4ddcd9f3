import { Exit, type ExitCode } from '../gate/types.ts';
import { BaselineError } from './baseline/file.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';

const actions: Record<string, () => Promise<(args: Args, io: Io) => Promise<ExitCode>>> = {
  create: async () => (await import('./baseline/create.ts')).create,
  audit: async () => (await import('./baseline/audit.ts')).audit,
  list: async () => (await import('./baseline/list.ts')).list,
  prune: async () => (await import('./baseline/prune.ts')).prune,
};

export const command: Command = {
  name: 'baseline',
  summary: 'Accepts what is there today, looks through it one by one, and keeps the list short.',
  usage: [
    'baseline create --reason TEXT [--until DATE]',
    'baseline audit [--rule RULE]',
    'baseline list [--json]',
    'baseline prune [--dry-run] [--expired] [--history]',
  ],
  help: [
    'The baseline (.pregate/baseline.jsonl, or what pregate.yaml names) is committed: one entry a line, with a slow keyed',
    'hash of the value, never the value, and no line numbers. A value that changes, or moves to a file that its entry does',
    'not name, is found again. audit asks about each in the terminal and can be left and taken up at any time. prune keeps',
    'an entry whose value is still in the history, since check --history would find it.',
  ],
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'create: why these are accepted (required)' },
    until: { type: 'string', value: 'DATE', help: 'create: day after which they count again: 2027-01-31' },
    rule: { type: 'string', value: 'RULE', help: 'only findings of this rule' },
    again: { type: 'boolean', help: 'audit: ask about those that were answered as well' },
    expired: { type: 'boolean', help: 'prune: entries whose day has passed too' },
    history: { type: 'boolean', help: 'prune: entries whose value only the history has, too' },
    'dry-run': { type: 'boolean', help: 'prune: say what would go and change nothing' },
    json: { type: 'boolean', help: 'list: print JSON' },
  },
  examples: [
    ['pregate baseline create --reason "known when Pregate was introduced"', 'start from today'],
    ['pregate baseline audit', 'then find out which of them are real'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action, extra] = args.positionals;
    const load = action !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!load) {
      const known = Object.keys(actions).join(', ');
      throw new UsageError(
        action === undefined
          ? `baseline needs one of ${known} (pregate baseline --help)`
          : `unknown action ${JSON.stringify(action)}; baseline knows ${known}`,
      );
    }
    if (extra !== undefined) throw new UsageError(`baseline ${action} takes no ${JSON.stringify(extra)}`);
    if (text(args, 'reason') !== undefined && action !== 'create')
      throw new UsageError(`--reason belongs to create; baseline ${action} has none`);
    try {
      return await (await load())(args, io);
    } catch (error) {
      if (!(error instanceof BaselineError)) throw error;
      io.err(`pregate: ${error.message}; nothing was written [baseline-invalid]\n`);
      return Exit.couldNotCheck;
    }
  },
};
