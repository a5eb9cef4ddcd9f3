import { type CheckOptions, checkFully } from '../gate/check.ts';
import type { Judgement } from '../gate/judge.ts';
import type { ExitCode, Scope } from '../gate/types.ts';
import { gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { renderCheck } from '../report/terminal.ts';
import { type Args, type Command, flag, type Io, text, UsageError, valued } from './command.ts';
import { engineOf, engineOptions } from './engine-flags.ts';
import { formatOf, formatOptions, hasBaseline, printReport, progressOf, styleOf } from './render.ts';

/** More fixes than this in one file are rather a fix that makes room for itself again. */
const rounds = 50;

export const command: Command = {
  name: 'check',
  summary: 'Looks for secrets, unpinned dependencies and pipeline risks, and says what a gate would refuse.',
  usage: [
    'check [paths…]',
    'check --staged | --outgoing | --range A..B | --all',
    'check --history [--since REV] [--reflog] [--fresh]',
  ],
  help: [
    'Without anything it checks what is staged, or the whole folder where nothing is staged or there is no repository.',
    'Paths may lie anywhere; a folder need not be a repository. Exit 1 when a gate would refuse something found.',
    '--history looks at every object of every ref once, remembers that it did, and goes on where it was stopped.',
  ],
  options: {
    staged: flag('the index git is about to commit'),
    outgoing: flag('every commit a push would send'),
    range: valued('A..B', 'the commits of a range'),
    all: flag('every file git tracks'),
    history: flag('secrets in everything that was ever committed: all refs, messages, tags, notes'),
    since: valued('REV', 'with --history: only what REV does not have'),
    reflog: flag('with --history: what the reflogs still name too, such as deleted branches'),
    fresh: flag('with --history: look again at what earlier runs have seen'),
    archives: flag('look into zip, jar, wheel, tar and gzip too, and into archives in them'),
    fix: flag('apply every proven fix that keeps behaviour (working tree files only)'),
    limit: valued('N', 'findings to print in the terminal (default 50, 0 for all)'),
    ...engineOptions,
    ...formatOptions,
  },
  examples: [
    ['pregate check', 'what is staged'],
    ['pregate check .github', 'one folder of the working tree'],
    ['pregate check --outgoing --markdown', 'for the merge request'],
    ['pregate check --history', 'what has ever been committed'],
  ],
  async run(args, io): Promise<ExitCode> {
    const format = formatOf(args);
    const limit = limitOf(args);
    const scope = await scopeOf(args, io);
    const started = performance.now();
    const progress = progressOf(io);
    const bundle = text(args, 'bundle');
    const options: CheckOptions = {
      cwd: io.cwd,
      env: io.env,
      onProgress: progress.report,
      refresh: true,
      log: true,
      ...engineOf(args),
      ...(bundle ? { bundle } : {}),
      ...(await extrasOf(args, scope, io)),
    };
    const judgement = await judged(scope, options, args, io).finally(() => options.scanner?.close());
    progress.done();
    const { report, mask } = judgement;
    const masked = { ...io, out: (words: string) => io.out(mask(words)) };
    if (format === 'terminal') {
      const offer = scope.kind === 'all' && !hasBaseline(judgement);
      masked.out(renderCheck(report, { style: styleOf(io), limit, elapsed: performance.now() - started, offer }));
    } else await printReport(report, format, masked);
    return exitCodeOf(report, gates);
  },
};

async function judged(scope: Scope, options: CheckOptions, args: Args, io: Io): Promise<Judgement> {
  let judgement = await checkFully(scope, options);
  if (!args.flags['fix']) return judgement;
  const { applySafeFixes } = await import('./fix.ts');
  // Two fixes of one file wait for each other, because ranges belong to the text that was judged. What was read from
  // git stays as it is there, so a second look at it would find the same again.
  const most = scope.kind === 'paths' ? rounds : 1;
  for (let round = 0; round < most && (await applySafeFixes(judgement, io)) > 0; round++) {
    judgement = await checkFully(scope, options);
  }
  return judgement;
}

/** What only some questions need, loaded for them. */
async function extrasOf(args: Args, scope: Scope, io: Io): Promise<Partial<CheckOptions>> {
  const extras: Partial<CheckOptions> = {};
  if (scope.kind === 'paths') {
    extras.scanner = await (await import('../threads/index.ts')).scannerForAllCores(io.env);
    extras.forget = !['fix', 'archives', ...Object.keys(engineOptions)].some((name) => args.flags[name] !== undefined);
  }
  if (args.flags['history'])
    extras.wholeHistory = (await import('../gate/collect/whole-history.ts')).collectWholeHistory;
  if (args.flags['archives']) extras.archives = (await import('../gate/collect/archives.ts')).archiveDocuments;
  return extras;
}

/** The scope the flags name. More than one is a mistake: it must be plain what an answer is about. */
export async function scopeOf(args: Args, io: Pick<Io, 'cwd' | 'env'>): Promise<Scope> {
  const named = (['staged', 'outgoing', 'range', 'all', 'history'] as const).filter(
    (name) => args.flags[name] !== undefined,
  );
  if (named.length > 1) throw new UsageError(`--${named[0]} and --${named[1]} exclude each other`);
  if (named.length === 1 && args.positionals.length > 0) {
    throw new UsageError(`--${named[0]} takes no paths; leave out ${JSON.stringify(args.positionals[0])}`);
  }
  for (const only of ['since', 'reflog', 'fresh'])
    if (args.flags[only] !== undefined && named[0] !== 'history') throw new UsageError(`--${only} needs --history`);
  if (named[0] === 'history') {
    const since = text(args, 'since');
    const { reflog, fresh } = args.flags;
    return { kind: 'history', reflog: reflog === true, fresh: fresh === true, ...(since ? { since } : {}) };
  }
  if (args.positionals.length > 0) return { kind: 'paths', paths: args.positionals };
  if (named[0] === 'range') return rangeOf(text(args, 'range') ?? '');
  if (named[0] !== undefined) return { kind: named[0] } as Scope;
  const { hasStagedChanges } = await import('../git/has-staged.ts');
  return (await hasStagedChanges(io.cwd, io.env)) ? { kind: 'staged' } : { kind: 'paths', paths: ['.'] };
}

function rangeOf(range: string): Scope {
  const match = /^(.+?)\.\.\.?(.+)$/.exec(range);
  if (!match) throw new UsageError(`--range needs two revisions: --range main..HEAD, not ${JSON.stringify(range)}`);
  return { kind: 'range', from: match[1] as string, to: match[2] as string };
}

function limitOf(args: Args): number {
  const value = text(args, 'limit') ?? '50';
  if (!/^\d{1,6}$/.test(value)) throw new UsageError('--limit needs a number: --limit 20');
  return Number(value);
}
