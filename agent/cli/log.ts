import path from 'node:path';
import { foldSpool, loggedRepositories } from '../audit/log.ts';
import { nameOf } from '../audit/names.ts';
import { momentOf, type Selected, select } from '../audit/select.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { findPlace } from '../git/place.ts';
import { openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { repositoryId, stateFolder } from '../state.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';
import { exportTo } from './log/export.ts';
import { printMetrics } from './log/metrics.ts';
import { proofOf } from './log/proof.ts';
import { restart } from './log/restart.ts';
import { printEntries } from './log/show.ts';
import { printVerification } from './log/verify.ts';

export const command: Command = {
  name: 'log',
  summary: 'What the hooks have decided here: the audit log, whether it is whole, and what it adds up to.',
  usage: [
    'log [show] [--since 7d] [--event NAME]',
    'log verify',
    'log metrics [--since 90d] [--send]',
    'log export --format json|opa|csv|otlp [--send]',
    'log proof SEQ',
    'log restart --reason TEXT',
  ],
  help: [
    'The log lies in your state folder: a chain of lines that is an RFC 6962 tree, with checkpoints signed by a key of this',
    'installation. It holds rules, counts and object ids; no path, no message, no secret. It proves nothing against its',
    'owner, who could build it anew: what others have seen of it, in the statements that were pushed, does.',
  ],
  options: {
    since: { type: 'string', value: 'WHEN', help: 'from then on: 7d, 12h, 30m or a date' },
    until: { type: 'string', value: 'WHEN', help: 'up to then' },
    event: { type: 'string', value: 'NAME', help: 'show: only this kind (verdict, bypass, skip, policy-change, …)' },
    limit: { type: 'string', value: 'N', help: 'show: at most so many, the newest (default 50)' },
    repository: { type: 'string', value: 'NAME', help: 'another repository by its folder’s name, or all' },
    format: { type: 'string', value: 'NAME', help: 'export: json, opa (decision log), csv or otlp; metrics: otlp' },
    send: { type: 'boolean', help: 'export, metrics: send OTLP to OTEL_EXPORTER_OTLP_ENDPOINT, not print it' },
    reason: { type: 'string', value: 'TEXT', help: 'restart: why a new log is begun; the old one is kept' },
    json: { type: 'boolean', help: 'show, verify and metrics as JSON' },
  },
  examples: [
    ['pregate log --since 7d --event bypass', 'commits that went past the hooks this week'],
    ['pregate log verify', 'the chain, the tree and every checkpoint'],
    ['pregate log metrics --repository all', 'the ten figures of the guide, as far as a laptop knows them'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [action = 'show', operand, extra] = args.positionals;
    if (extra !== undefined || (operand !== undefined && action !== 'proof')) {
      throw new UsageError(`unexpected ${JSON.stringify(extra ?? operand)}`);
    }
    const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!run) throw new UsageError(`log needs one of: ${Object.keys(actions).join(', ')}`);
    try {
      const folded = await foldSpool(io.env);
      if (folded.problem) io.err(`pregate: ${displayText(folded.problem)} [audit-unavailable]\n`);
      const asked = await askedFor(args, io);
      const code = await run(asked, args, io);
      // What could not be put into the log was not verified.
      return folded.problem && action === 'verify' && code === Exit.pass ? Exit.couldNotCheck : code;
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${displayText(error.problem.message)} [${error.problem.code}]\n`);
      return Exit.couldNotCheck;
    }
  },
};

/** The logs that were asked for, already limited in time. */
export interface Asked {
  selected: Selected[];
  folders: { repository: string; folder: string }[];
}

const actions: Record<string, (asked: Asked, args: Args, io: Io) => Promise<ExitCode>> = {
  show: printEntries,
  verify: printVerification,
  metrics: printMetrics,
  export: exportTo,
  proof: proofOf,
  restart,
};

async function askedFor(args: Args, io: Io): Promise<Asked> {
  const name = text(args, 'repository');
  const known = loggedRepositories(io.env);
  const own = name === undefined ? repositoryId((await findPlace(openGit(io.cwd, io.env))).commonDir) : undefined;
  const wanted = own === undefined ? known.filter((one) => isMeant(one, name as string, io)) : [own];
  if (wanted.length === 0) {
    const names = known.flatMap((one) => nameOf(one, io.env) ?? []);
    const which = names.length > 0 ? `; there are logs of ${[...new Set(names)].slice(0, 10).join(', ')}` : '';
    throw new UsageError(`--repository: there is no log of ${JSON.stringify(name)}${displayText(which)}`);
  }
  const now = Date.now();
  const range = { ...moment(args, 'since', now), ...moment(args, 'until', now) };
  return {
    selected: wanted.flatMap((repository) => select({ repository, ...range }, io.env)),
    folders: wanted.map((repository) => ({ repository, folder: path.join(stateFolder(io.env), 'audit', repository) })),
  };
}

/** By the name of its folder, or by its id or the beginning of it. */
function isMeant(id: string, name: string, io: Io): boolean {
  return name === 'all' || nameOf(id, io.env) === name || (/^[0-9a-f]{6,32}$/.test(name) && id.startsWith(name));
}

function moment(args: Args, name: 'since' | 'until', now: number): { since?: number; until?: number } {
  const value = text(args, name);
  if (value === undefined) return {};
  const at = momentOf(value, now);
  if (at === undefined) throw new UsageError(`--${name} takes 7d, 12h, 30m or a date, not ${JSON.stringify(value)}`);
  return { [name]: at };
}
