import { checkFully } from '../gate/check.ts';
import { Exit, type ExitCode, type PushRef, type Scope } from '../gate/types.ts';
import { GitFailure, problemOf } from '../git/failure.ts';
import { isOid } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { type Gate, gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { isUndecided, renderLadder } from '../report/ladder.ts';
import { renderCheck } from '../report/terminal.ts';
import { scopeOf } from './check.ts';
import { type Args, type Command, type Io, takesNoWords, text, UsageError } from './command.ts';
import { stopText } from './hook/text.ts';
import { formatOf, formatOptions, printReport, progressOf, styleOf } from './render.ts';

/**
 * What is enforced when nothing else is asked. The gate *commit* is about a commit that is being made, by whoever makes it
 * here; what it looks for is also refused by *push*.
 */
const usual: readonly Gate[] = ['push', 'build'];

export const command: Command = {
  name: 'ci',
  summary: 'Judges a range in CI or a push on the server, with the same engine as the hooks, and trusts nothing local.',
  usage: ['ci --range A..B [--gate LIST]', 'ci --pre-receive [--gate LIST]'],
  help: [
    'Policy, configuration, suppressions and allowed signers are those of the base, or the bundle that --bundle names; nothing',
    'that a user has pinned or configured on this machine counts. --pre-receive reads the lines that git gives to that hook.',
    `Gates that are enforced: ${usual.join(', ')}, or those of --gate. Exit 0 pass, 1 refused, 3 could not check.`,
  ],
  options: {
    range: { type: 'string', value: 'A..B', help: 'the commits to judge: origin/main..HEAD' },
    'pre-receive': { type: 'boolean', help: 'judge the push that this repository is receiving (githooks(5))' },
    gate: { type: 'string', value: 'LIST', help: 'gates that are enforced, separated by commas' },
    bundle: { type: 'string', value: 'DIR|TAR.GZ', help: 'the policy that judges' },
    ...formatOptions,
  },
  examples: [
    ['pregate ci --range origin/main..HEAD', 'in the pipeline of a merge request'],
    ['exec pregate ci --pre-receive --bundle /etc/gates.tar.gz', 'as hooks/pre-receive of a server'],
  ],
  async run(args, io): Promise<ExitCode> {
    takesNoWords('ci', args);
    const asked = gatesOf(text(args, 'gate'));
    if (args.flags['pre-receive'] && args.flags['range'])
      throw new UsageError('--range and --pre-receive exclude each other');
    if (args.flags['pre-receive']) return receive(asked, args, io);
    if (text(args, 'range') === undefined) throw new UsageError('ci needs --range A..B or --pre-receive');
    const format = formatOf(args);
    const started = performance.now();
    const progress = progressOf(io);
    const judgement = await checkFully(await scopeOf(args, io), {
      ...optionsOf(args, io),
      onProgress: progress.report,
    });
    progress.done();
    const { report, mask } = judgement;
    const masked = { ...io, out: (words: string) => io.out(mask(words)) };
    if (format !== 'terminal') await printReport(report, format, masked);
    else {
      const style = styleOf(io);
      // Findings and refusals are listed once: by the check below the ladder. Where nothing was decided the reason is all
      // there is to say, and five gates that do not know add nothing.
      if (!isUndecided(report)) masked.out(`${renderLadder(report, { style, reasons: 0 })}\n`);
      masked.out(renderCheck(report, { style, limit: 50, elapsed: performance.now() - started }));
    }
    return exitCodeOf(report, asked);
  },
};

/** As `hooks/pre-receive` of the server: silent when it passes, one line of verdict and its reasons when it does not. */
async function receive(asked: readonly Gate[], args: Args, io: Io): Promise<ExitCode> {
  try {
    const refs = parseReceived(await readAll(io.stdin));
    if (refs.length === 0) return Exit.pass;
    const scope: Scope = { kind: 'outgoing', refs, server: true };
    const { report, mask } = await checkFully(scope, { ...optionsOf(args, io), gates: asked });
    const code = exitCodeOf(report, asked);
    if (code === Exit.pass) return code;
    const denied = report.decision.gates.find((gate) => asked.includes(gate.gate) && gate.answer === 'deny');
    io.err(mask(stopText(report, { gate: denied?.gate ?? (asked[0] as Gate), what: 'received', code })));
    return code;
  } catch (error) {
    const { message, code } = problemOf(error, 'read the push');
    io.err(`Pregate could not check this push, so it was refused.\n\n  ${displayText(message)} [${code}]\n`);
    return Exit.couldNotCheck;
  }
}

function optionsOf(args: Args, io: Io) {
  const bundle = text(args, 'bundle');
  return { cwd: io.cwd, env: io.env, authority: true, ...(bundle === undefined ? {} : { bundle }) };
}

function gatesOf(list: string | undefined): readonly Gate[] {
  if (list === undefined) return usual;
  const names = list.split(',').map((name) => name.trim());
  const strange = names.find((name) => !(gates as readonly string[]).includes(name));
  if (strange !== undefined) throw new UsageError(`--gate takes ${gates.join(', ')}, not ${JSON.stringify(strange)}`);
  return names as Gate[];
}

/** Lines `<old> <new> <ref>` (githooks(5), pre-receive); a line of another shape refuses the push. */
export function parseReceived(input: string): PushRef[] {
  return input
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [old = '', next = '', ref = '', more] = line.split(' ');
      if (!isOid(old) || !isOid(next) || !ref.startsWith('refs/') || more !== undefined) {
        throw new GitFailure({
          code: 'bad-push-line',
          message: 'Git named the refs of this push in a way that was not understood. Nothing was checked.',
          fatal: true,
        });
      }
      return { localRef: ref, localOid: next, remoteRef: ref, remoteOid: old };
    });
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as string | Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
