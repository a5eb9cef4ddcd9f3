import { lstat, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { checkFully } from '../gate/check.ts';
import { Exit, type ExitCode, type Scope } from '../gate/types.ts';
import { configValue, readGitConfig } from '../git/config-list.ts';
import { openGit } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import { count } from '../report/style.ts';
import type { RawFinding } from '../rules/run.ts';
import { isDate } from '../suppress/directive.ts';
import { parseBaseline, writeBaseline } from '../suppress.ts';
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
    all: { type: 'boolean', help: 'every finding of the repository as it is now' },
    staged: { type: 'boolean', help: 'look in the index instead of the working tree' },
  },
  examples: [
    ['pregate suppress config/deploy.env:3 --reason "documented sample"', 'one place'],
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
    const { raw, report, run } = await checkFully(scopeFor(args, place), { cwd: io.cwd, env: io.env });
    const { root } = report.repo;
    const wanted = place ? relative(root, resolve(io.cwd, place.path)).split(sep).join('/') : undefined;
    const rule = text(args, 'rule');
    const chosen = raw.filter(
      (finding) =>
        (wanted === undefined || (finding.path === wanted && finding.span.line === place?.line)) &&
        (rule === undefined || finding.rule === rule),
    );
    if (chosen.length === 0) {
      const where = place ? `at ${displayPath(place.path)}:${place.line}` : 'in this repository';
      io.err(`pregate: there is no finding ${where}; nothing was written\n`);
      return Exit.usage;
    }
    const baseline = baselinePath(run.targets, run.context);
    const author = configValue(await readGitConfig(openGit(root, io.env)), 'user.email') ?? 'unknown';
    const problem = await addToBaseline(join(root, baseline), root, chosen, {
      reason,
      author,
      ...(until ? { expires: until } : {}),
    });
    if (problem !== undefined) {
      io.err(`pregate: ${problem}; nothing was written\n`);
      return Exit.couldNotCheck;
    }
    const next = report.repo.git ? ` Commit it with: git add ${displayPath(baseline)}` : '';
    io.out(`${count(chosen.length, 'finding')} accepted in ${displayPath(baseline)}.${next}\n`);
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
  if (args.flags['staged']) return { kind: 'staged' };
  return place ? { kind: 'paths', paths: [place.path] } : { kind: 'all' };
}

/** The baseline in use, or where a new one goes. */
function baselinePath(...lists: (readonly { path: string }[])[]): string {
  const known = lists.flat().find((document) => /(^|\/)baseline\.jsonl$/.test(document.path));
  return known?.path ?? '.pregate/baseline.jsonl';
}

/** Writes the new baseline beside the old one and renames it, so that a crash leaves one of the two whole. */
async function addToBaseline(
  path: string,
  root: string,
  findings: readonly RawFinding[],
  options: { reason: string; author: string; expires?: string },
): Promise<string | undefined> {
  const state = await lstat(path).catch(() => undefined);
  if (state && !state.isFile()) return `${displayPath(path)} is not a plain file`;
  await mkdir(dirname(path), { recursive: true });
  const folder = await realpath(dirname(path));
  if (folder !== root && !folder.startsWith(`${await realpath(root)}${sep}`))
    return 'the baseline leads out of the repository';
  const before = state ? await readFile(path, 'utf8') : undefined;
  const parsed = before === undefined ? undefined : parseBaseline(before, path);
  if (parsed && !parsed.baseline) return `${displayPath(path)} cannot be read as a baseline`;
  const candidates = findings.map((finding) => ({ finding, identity: finding.identity }));
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, writeBaseline(parsed?.baseline, candidates, options), { flag: 'wx' });
  await rename(temporary, path);
  return undefined;
}
