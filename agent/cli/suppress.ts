import { relative, resolve, sep } from 'node:path';
import { type CheckOptions, checkFully } from '../gate/check.ts';
import { Exit, type ExitCode, type Scope } from '../gate/types.ts';
import { displayPath } from '../model/path.ts';
import { count } from '../report/style.ts';
import { isDate } from '../suppress/directive.ts';
import { writeBaseline } from '../suppress.ts';
import { authorOf, BaselineError, mergeAdvice, readBaselineFile, writeBaselineFile } from './baseline/file.ts';
import { type Args, type Command, text, UsageError } from './command.ts';

export const command: Command = {
  name: 'suppress',
  summary: 'Accepts findings into the baseline, with a reason and, if you like, a day on which that ends.',
  usage: ['suppress PATH:LINE --reason TEXT [--until DATE]', 'suppress --all --reason TEXT'],
  help: [
    'The baseline (.pregate/baseline.jsonl) is committed. It holds keyed hashes, never values, and no line numbers.',
    'A comment beside the code does the same: pregate-ignore-next-line <rule> -- <reason>.',
  ],
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why this is not a problem (required)' },
    until: { type: 'string', value: 'DATE', help: 'day after which it counts again: 2027-01-31' },
    rule: { type: 'string', value: 'RULE', help: 'only findings of this rule' },
    path: { type: 'string', value: 'GLOB', help: 'accept the value in all these files, not only where it stands now' },
    all: { type: 'boolean', help: 'every finding of the repository as it is now' },
    staged: { type: 'boolean', help: 'look in the index instead of the working tree' },
    history: { type: 'boolean', help: 'look in everything that was ever committed: a value that was rotated' },
  },
  examples: [
    ['pregate suppress config/deploy.env:3 --reason "documented sample"', 'one place'],
    ['pregate suppress --history deploy.env:3 --reason "rotated on 2026-11-29"', 'a value that a commit still has'],
    ['pregate suppress --all --reason "known when Pregate was introduced"', 'start from today'],
  ],
  async run(args, io): Promise<ExitCode> {
    const reason = text(args, 'reason')?.trim();
    if (!reason) throw new UsageError('suppress needs --reason: it is shown to everybody who meets this again');
    const until = text(args, 'until');
    if (until !== undefined && !isDate(until)) throw new UsageError('--until needs a day: 2027-01-31');
    if (until !== undefined && until < new Date().toISOString().slice(0, 10))
      throw new UsageError(`--until ${until} has passed: it would suppress nothing`);
    const place = placeOf(args);
    const scope = scopeFor(args, place);
    const extras: CheckOptions = { cwd: io.cwd, env: io.env };
    if (scope.kind === 'history') {
      extras.wholeHistory = (await import('../gate/collect/whole-history.ts')).collectWholeHistory;
    }
    const { raw, report, config } = await checkFully(scope, extras);
    const { root } = report.repo;
    const wanted = place ? relative(root, resolve(io.cwd, place.path)).split(sep).join('/') : undefined;
    const rule = text(args, 'rule');
    const chosen = raw.filter(
      (finding) =>
        (wanted === undefined || (finding.path === wanted && finding.span.line === place?.line)) &&
        (rule === undefined || finding.rule === rule) &&
        // What is wrong with a suppression is mended, not suppressed.
        !finding.rule.startsWith('suppression-'),
    );
    if (chosen.length === 0) {
      const where = place ? `at ${displayPath(place.path)}:${place.line}` : 'in this repository';
      io.err(`pregate: there is no finding ${where}; nothing was written [no-finding]\n`);
      return Exit.usage;
    }
    const baseline = config.baseline;
    try {
      const file = await readBaselineFile(root, baseline);
      const candidates = chosen.map((finding) => ({ finding, identity: finding.identity }));
      const path = text(args, 'path');
      await writeBaselineFile(
        file,
        writeBaseline(file.baseline, candidates, {
          reason,
          author: await authorOf(root, io),
          ...(until ? { expires: until } : {}),
          ...(path ? { path } : {}),
        }),
      );
    } catch (error) {
      if (!(error instanceof BaselineError)) throw error;
      io.err(`pregate: ${error.message}; nothing was written [baseline-invalid]\n`);
      return Exit.couldNotCheck;
    }
    const next = report.repo.git ? ` Commit it with: git add ${displayPath(baseline)}` : '';
    io.out(`${count(chosen.length, 'finding')} accepted in ${displayPath(baseline)}.${next}\n`);
    if (report.repo.git) io.out(await mergeAdvice(root, baseline));
    return Exit.pass;
  },
};

interface Place {
  path: string;
  line: number;
}

function placeOf(args: Args): Place | undefined {
  const [place, extra] = args.positionals;
  if (args.flags['all']) {
    if (place !== undefined) throw new UsageError('--all takes no place');
    return undefined;
  }
  const match = place === undefined || extra !== undefined ? undefined : /^(.+):(\d+)$/s.exec(place);
  if (!match) throw new UsageError('suppress needs one place, PATH:LINE, or --all');
  return { path: match[1] as string, line: Number(match[2]) };
}

function scopeFor(args: Args, place: Place | undefined): Scope {
  if (args.flags['staged'] && args.flags['history']) throw new UsageError('--staged and --history exclude each other');
  if (args.flags['staged']) return { kind: 'staged' };
  if (args.flags['history']) return { kind: 'history' };
  return place ? { kind: 'paths', paths: [place.path] } : { kind: 'all' };
}
