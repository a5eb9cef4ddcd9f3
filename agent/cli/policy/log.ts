import { BundleError } from '../../bundles/limits.ts';
import { readUserConfig, userConfigFile } from '../../bundles/user-config.ts';
import { readLog } from '../../decision-log/store.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { type Args, type Io, text, UsageError } from '../command.ts';

/** `pregate policy log`: what central policies decided here, newest first; `--upload` sends what was not sent yet. */
export async function runLog(args: Args, rest: readonly string[], io: Io): Promise<ExitCode> {
  if (rest.length > 0) throw new UsageError(`policy log takes no words (${JSON.stringify(rest[0])})`);
  if (args.flags['upload']) return upload(io);
  const limit = text(args, 'limit') ?? '20';
  if (!/^\d{1,6}$/.test(limit)) throw new UsageError('--limit needs a number: --limit 20');
  const files = readLog(io.env);
  const events = files.flatMap((file) => file.events);
  const shown = Number(limit) === 0 ? events : events.slice(-Number(limit));
  if (args.flags['json']) {
    for (const event of shown) io.out(`${JSON.stringify(event)}\n`);
    return Exit.pass;
  }
  if (events.length === 0) io.out('No central policy has decided anything here yet.\n');
  const widths = [pathOf, answersOf].map((text) => Math.max(0, ...shown.map((event) => text(event).length)));
  for (const event of shown.reverse()) io.out(`${displayText(lineOf(event, widths))}\n`);
  if (shown.length < events.length) io.out(`and ${events.length - shown.length} older ones: --limit 0 prints all\n`);
  const damaged = files.reduce((sum, file) => sum + file.damaged, 0);
  if (damaged > 0) io.err(`pregate: ${damaged} lines of the decision log cannot be read [log-damaged]\n`);
  return Exit.pass;
}

/** The instant, the decision, its answers, the policy, and the id under which a service knows it: in columns. */
function lineOf(event: Record<string, unknown>, [path = 0, answers = 0]: readonly number[]): string {
  const bundles = Object.entries((event['bundles'] ?? {}) as Record<string, { revision?: string }>);
  const policies = bundles.map(([name, { revision }]) => `${name}${revision ? `@${revision}` : ''}`).join(' + ');
  const when = String(event['timestamp']).slice(0, 19).replace('T', ' ');
  const id = String(event['decision_id']).slice(0, 8);
  return `${when}  ${pathOf(event).padEnd(path)}  ${answersOf(event).padEnd(answers)}  ${id}  ${policies}`;
}

function pathOf(event: Record<string, unknown>): string {
  return String(event['path']).replace(/^pregate\//, '');
}

function answersOf(event: Record<string, unknown>): string {
  const answers = Object.entries((event['result'] ?? {}) as Record<string, unknown>);
  return answers.map(([rule, value]) => `${rule}: ${Array.isArray(value) ? value.length : String(value)}`).join(', ');
}

async function upload(io: Io): Promise<ExitCode> {
  try {
    const user = readUserConfig(io.env);
    const url = user.decisionLog?.url;
    if (url === undefined || !URL.canParse(url)) {
      io.err(
        `pregate: no decision-log.url in your own configuration (${userConfigFile(io.env)}), so nothing was sent [not-sent]\n`,
      );
      return Exit.usage;
    }
    const { uploadLog } = await import('../../decision-log/upload.ts');
    const { sent, damaged } = await uploadLog(url, user, io.env);
    io.out(sent === 0 ? 'Everything was sent before.\n' : `${sent} decisions sent to ${new URL(url).host}\n`);
    if (damaged > 0) io.err(`pregate: ${damaged} lines could not be read and were not sent [log-damaged]\n`);
    return Exit.pass;
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    io.err(`pregate: the decision log was not sent: ${error.message} [not-sent]\n`);
    return Exit.couldNotCheck;
  }
}
