import { relative, resolve, sep } from 'node:path';
import { applyEdits, offeredFixes } from '../fix.ts';
import { wayOut } from '../fixes/advice.ts';
import { rotationPage } from '../fixes/rotation.ts';
import { checkFully } from '../gate/check.ts';
import type { Judgement } from '../gate/judge.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { Fix } from '../model/types.ts';
import { count, wrap } from '../report/style.ts';
import { allMetas } from '../rules/registry.ts';
import type { RawFinding } from '../rules/run.ts';
import { type Command, type Io, text, UsageError } from './command.ts';
import { writeIfUnchanged } from './fix.ts';

export const command: Command = {
  name: 'fix',
  summary:
    'Applies a fix to one finding: for a secret, reads it from the environment or the platform’s secrets instead.',
  usage: ['fix PATH:LINE', 'fix PATH:LINE --choose N'],
  help: [
    'Each fix has been applied in memory, parsed and judged again before it is offered: the finding is gone and nothing else',
    'has appeared. One fix is applied at once; of several you choose one by its number. The names of variables are added to',
    '.env.example, their values are not: set them where the program runs. check --fix applies all fixes that keep behaviour.',
  ],
  options: {
    choose: { type: 'string', value: 'N', help: 'apply the fix with this number' },
    list: { type: 'boolean', help: 'show what there is and change nothing' },
  },
  examples: [['pregate fix src/client.ts:12', 'move the value in that line into the environment']],
  async run(args, io): Promise<ExitCode> {
    const [place, extra] = args.positionals;
    const match = place === undefined || extra !== undefined ? undefined : /^(.+):(\d+)$/s.exec(place);
    if (!match) throw new UsageError('fix needs one place, PATH:LINE');
    const path = match[1] as string;
    const judgement = await checkFully({ kind: 'paths', paths: [path] }, { cwd: io.cwd, env: io.env });
    const wanted = relative(judgement.report.repo.root, resolve(io.cwd, path)).split(sep).join('/');
    const here = judgement.raw.filter((one) => one.path === wanted && one.span.line === Number(match[2]));
    if (here.length === 0)
      throw new UsageError(`there is no finding at ${displayText(place as string)}; nothing was changed`);
    const offers: Offer[] = [];
    for (const finding of here) {
      for (const fix of await offeredFixes(judgement.run, finding)) offers.push({ finding, fix });
    }
    if (offers.length === 0) {
      io.out((await adviceOf(here)).map((line) => wrapped(line, io)).join(''));
      return Exit.violation;
    }
    const choice = text(args, 'choose');
    const chosen = choice === undefined ? (offers.length === 1 ? offers[0] : undefined) : offers[Number(choice) - 1];
    if (!chosen || args.flags['list']) {
      offers.forEach(({ finding, fix }, index) => {
        io.out(`${index + 1}  ${finding.rule}: ${displayText(fix.title)}\n`);
      });
      if (args.flags['list']) return Exit.pass;
      throw new UsageError(`choose one: --choose 1 to ${offers.length}. Nothing was changed`);
    }
    return apply(chosen, judgement, io);
  },
};

interface Offer {
  finding: RawFinding;
  fix: Fix;
}

async function apply({ finding, fix }: Offer, { run, report }: Judgement, io: Io): Promise<ExitCode> {
  const documents = [...run.targets, ...run.context];
  const changed = applyEdits(documents, fix.edits) ?? new Map<string, string>();
  for (const [path, content] of changed) {
    const before = documents.find((document) => document.path === path && document.kind === 'file');
    if (await writeIfUnchanged(report.repo.root, path, before, content)) {
      io.out(`${before ? 'changed' : 'made'} ${displayPath(path)}\n`);
      continue;
    }
    io.err(
      `pregate: ${displayPath(path)} differs from what was checked, or is not a plain file; it was not written [changed-while-read]\n`,
    );
    return Exit.couldNotCheck;
  }
  const place = `${displayPath(finding.path)}:${finding.span.line}`;
  io.out(wrapped(`${displayText(fix.title)}: done for ${finding.rule} at ${place}.`, io));
  if (finding.category === 'secret') {
    const page = rotationPage((await allMetas()).find((meta) => meta.id === finding.rule));
    const revoke = page ? `revoke it at ${page}, ` : '';
    io.out(wrapped(`Set it where this runs. If it was ever committed: ${revoke}pregate scrub.`, io));
  }
  return changed.size > 0 ? Exit.pass : Exit.couldNotCheck;
}

/** What a person can do where no edit is certain. */
async function adviceOf(findings: readonly RawFinding[]): Promise<string[]> {
  const metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
  const lines = findings.flatMap((one) => {
    const way = one.category === 'secret' && !one.command ? wayOut(one.path) : undefined;
    const advice = `${one.rule}: ${one.command ?? metas.get(one.rule)?.fix ?? 'no advice'}`;
    return way === undefined ? [advice] : [way, advice];
  });
  return [`${count(findings.length, 'finding')} here, none with a fix that is certain; nothing was changed.`, ...lines];
}

/** One sentence in the columns of the terminal; what does not fit goes on below itself. */
function wrapped(said: string, { width }: Pick<Io, 'width'>): string {
  const [first = '', ...rest] = wrap(said, width - 2);
  return [first, ...rest.map((line) => `  ${line}`), ''].join('\n');
}
