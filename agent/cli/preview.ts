import { checkFully } from '../gate/check.ts';
import type { ExitCode } from '../gate/types.ts';
import { type Gate, gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { renderLadder } from '../report/ladder.ts';
import { renderWhy } from '../report/why.ts';
import { type Command, text, UsageError } from './command.ts';
import { formatOf, formatOptions, printReport, progressOf, styleOf } from './render.ts';

export const command: Command = {
  name: 'preview',
  summary: 'Says what every gate, from commit to deploy, would answer to this branch.',
  usage: ['preview [--bundle DIR|TAR.GZ] [--why GATE|RULE] [--at DATE]'],
  help: [
    'It judges what a push of the current branch would send, together with the repository as it would be then.',
    'Each answer says how sure it is: exact, snapshot, approximate, or unknowable here. Exit 1 when a gate refuses.',
  ],
  options: {
    staged: { type: 'boolean', help: 'judge what is staged instead of what is outgoing' },
    all: { type: 'boolean', help: 'judge the whole repository instead of what is outgoing' },
    bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'judge by this policy instead of the configured one' },
    gate: { type: 'string', value: 'GATE', help: 'exit code of this gate only (commit, push, build, publish, deploy)' },
    why: { type: 'string', value: 'GATE|RULE', help: 'everything that stands behind one answer' },
    at: { type: 'string', value: 'DATE', help: 'as of a day to come: --at 2026-12-01' },
    ...formatOptions,
  },
  examples: [
    ['pregate preview', 'before a push'],
    ['pregate preview --bundle ../central-policy', 'with the policy of the platform team'],
    ['pregate preview --why push', 'all reasons of one gate'],
  ],
  async run(args, io): Promise<ExitCode> {
    const format = formatOf(args);
    const bundle = text(args, 'bundle');
    const asked = gateOf(text(args, 'gate'));
    const progress = progressOf(io);
    const kind = args.flags['staged'] ? 'staged' : args.flags['all'] ? 'all' : 'outgoing';
    const { report, mask } = await checkFully(
      { kind },
      {
        cwd: io.cwd,
        env: io.env,
        onProgress: progress.report,
        refresh: true,
        ...(bundle ? { bundle } : {}),
        ...instantOf(text(args, 'at')),
      },
    );
    progress.done();
    const masked = { ...io, out: (words: string) => io.out(mask(words)) };
    const why = text(args, 'why');
    if (format !== 'terminal') await printReport(report, format, masked);
    else if (why !== undefined) masked.out(renderWhy(report, why, styleOf(io)));
    else masked.out(renderLadder(report, { style: styleOf(io), reasons: 5 }));
    return exitCodeOf(report, asked ? [asked] : gates);
  },
};

function gateOf(name: string | undefined): Gate | undefined {
  if (name === undefined || (gates as readonly string[]).includes(name)) return name as Gate | undefined;
  throw new UsageError(`--gate must be one of ${gates.join(', ')}`);
}

function instantOf(at: string | undefined): { now?: string } {
  if (at === undefined) return {};
  const match = /^\d{4}-\d{2}-\d{2}$/.test(at) ? new Date(`${at}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(match.getTime())) throw new UsageError('--at needs a day: --at 2026-12-01');
  return { now: match.toISOString() };
}
