import { checkFully } from '../gate/check.ts';
import type { ExitCode, Report } from '../gate/types.ts';
import { type Gate, gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { effectWords, flipsBetween, renderFlips } from '../report/flips.ts';
import { jsonReport } from '../report/json.ts';
import { renderLadder } from '../report/ladder.ts';
import { escapeMarkdown, markdownReport } from '../report/markdown.ts';
import { wrap } from '../report/style.ts';
import { renderWhy } from '../report/why.ts';
import { version } from '../version.ts';
import { type Command, takesNoWords, text, UsageError } from './command.ts';
import { engineOf, engineOptions } from './engine-flags.ts';
import { formatOf, formatOptions, printReport, progressOf, styleOf } from './render.ts';

export const command: Command = {
  name: 'preview',
  summary: 'Says what every gate, from commit to deploy, would answer to this branch.',
  usage: ['preview [--bundle DIR|TAR.GZ] [--why GATE|RULE] [--at DATE]', 'preview --fix [--yes]'],
  help: [
    'It judges what a push of the current branch would send, together with the repository as it would be then.',
    'Each answer says how sure it is: exact, snapshot, approximate, or unknowable here. Exit 1 when a gate refuses.',
  ],
  options: {
    staged: { type: 'boolean', help: 'judge what is staged instead of what is outgoing' },
    all: { type: 'boolean', help: 'judge the whole repository instead of what is outgoing' },
    gate: { type: 'string', value: 'GATE', help: 'exit code of this gate only (commit, push, build, publish, deploy)' },
    why: {
      type: 'string',
      value: 'GATE|RULE',
      help: 'what stands behind one answer, and what kept its silent rules from firing',
    },
    fix: {
      type: 'boolean',
      help: 'find the fewest edits with which this push passes, show them, and apply them when you agree',
    },
    yes: { type: 'boolean', short: 'y', help: 'with --fix: do not ask' },
    at: { type: 'string', value: 'DATE', help: 'as of a day to come, and what is different then: --at 2026-12-01' },
    ...engineOptions,
    ...formatOptions,
  },
  examples: [
    ['pregate preview', 'before a push'],
    ['pregate preview --bundle ../central-policy', 'with the policy of the platform team'],
    ['pregate preview --why push', 'all reasons of one gate'],
  ],
  async run(args, io): Promise<ExitCode> {
    takesNoWords('preview', args);
    const format = formatOf(args);
    const bundle = text(args, 'bundle');
    const asked = gateOf(text(args, 'gate'));
    const progress = progressOf(io);
    if (args.flags['fix']) {
      if (args.flags['staged'] || args.flags['all'] || args.flags['at'] || args.flags['why'] || format !== 'terminal') {
        throw new UsageError('--fix mends what a push would send; it goes with --bundle and --yes only');
      }
      return (await import('./preview-fix.ts')).runFix(io, {
        yes: Boolean(args.flags['yes']),
        ...(bundle ? { bundle } : {}),
      });
    }
    const kind = args.flags['staged'] ? 'staged' : args.flags['all'] ? 'all' : 'outgoing';
    const why = text(args, 'why');
    const at = instantOf(text(args, 'at'));
    const options = {
      cwd: io.cwd,
      env: io.env,
      onProgress: progress.report,
      refresh: true,
      log: true,
      ...engineOf(args),
      ...(bundle ? { bundle } : {}),
    };
    const judge = (now?: string) =>
      checkFully({ kind }, { ...options, ...(now ? { now } : {}), ...(why === undefined ? {} : { explain: why }) });
    const { report, mask } = await judge(at);
    const today = at === undefined ? undefined : (await judge()).report;
    progress.done();
    const masked = { ...io, out: (words: string) => io.out(mask(words)) };
    const style = styleOf(io);
    if (format === 'json') masked.out(previewJson(report, today));
    else if (format === 'sarif') await printReport(report, format, masked);
    else if (format === 'markdown') masked.out(previewMarkdown(report, today));
    else if (why !== undefined) masked.out(renderWhy(report, why, style));
    else {
      if (at !== undefined) masked.out(`  As of ${at.slice(0, 10)}\n`);
      masked.out(renderLadder(report, { style, reasons: 5 }));
      const refused = report.decision.gates.some((gate) => gate.answer === 'deny');
      if (refused && kind === 'outgoing' && at === undefined)
        masked.out(
          `\n${wrap(hint, style.width - 2)
            .map((line) => style.dim(`  ${line}\n`))
            .join('')}`,
        );
      if (today) masked.out(`\n${renderFlips(today, report, style)}`);
    }
    return exitCodeOf(report, asked ? [asked] : gates);
  },
};

function gateOf(name: string | undefined): Gate | undefined {
  if (name === undefined || (gates as readonly string[]).includes(name)) return name as Gate | undefined;
  throw new UsageError(`--gate must be one of ${gates.join(', ')}`);
}

const hint = 'pregate preview --fix tries to mend it and shows how · --why RULE · --at DATE';

/** The report as data; with `--at`, beside it what is different then. */
function previewJson(report: Report, today: Report | undefined): string {
  const document = { ...jsonReport(report, version), explanations: report.decision.explanations };
  const flips = today ? { today: today.now, flips: flipsBetween(today, report) } : {};
  return `${JSON.stringify({ ...document, ...flips }, null, 2)}\n`;
}

function previewMarkdown(report: Report, today: Report | undefined): string {
  const flips = today ? flipsBetween(today, report) : [];
  const lines = flips.map(
    ({ on, rule, from, to, because }) =>
      `- ${on ?? 'by then'}: ${escapeMarkdown(rule)} ${effectWords[to]}, today it ${effectWords[from]} (${escapeMarkdown(because)})`,
  );
  const heading = `\n**Different on ${report.now.slice(0, 10)}**\n\n`;
  return `${markdownReport(report)}${lines.length > 0 ? `${heading}${lines.join('\n')}\n` : ''}`;
}

function instantOf(at: string | undefined): string | undefined {
  if (at === undefined) return undefined;
  const match = /^\d{4}-\d{2}-\d{2}$/.test(at) ? new Date(`${at}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(match.getTime()) || match.toISOString().slice(0, 10) !== at) {
    throw new UsageError('--at needs a day: --at 2026-12-01');
  }
  return match.toISOString();
}
