import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkFully } from '../gate/check.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { displayText } from '../model/path.ts';
import { diffDependencies } from '../model/sbom/diff.ts';
import { nothingToDescribe, unreadText } from '../model/sbom/ecosystems.ts';
import { gates } from '../policy/types.ts';
import { exitCodeOf } from '../report/facts.ts';
import { renderLadder } from '../report/ladder.ts';
import { renderSbom } from '../report/sbom.ts';
import { wrap } from '../report/style.ts';
import { baselineOffer, renderCheck } from '../report/terminal.ts';
import { sbomOf, summarise } from '../sbom/index.ts';
import { readSides } from '../sbom/snapshots.ts';
import { type Command, type Io, UsageError } from './command.ts';
import { hasBaseline, progressOf, styleOf } from './render.ts';
import { sbomOptions } from './sbom.ts';

export const command: Command = {
  name: 'overview',
  summary: 'One page about a repository: what a check finds, its components, and what every gate would say.',
  usage: ['overview [DIR]'],
  help: [
    'The gates judge the whole repository as it is, not only what a push would send. Always exits 0 when it could look.',
  ],
  options: {},
  examples: [['pregate overview ../other-repository', 'somebody else’s repository; nothing in it is run']],
  async run(args, io): Promise<ExitCode> {
    const [folder = '.', extra] = args.positionals;
    if (extra !== undefined) throw new UsageError('overview takes one folder');
    const cwd = resolve(io.cwd, folder);
    if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UsageError(`there is no folder ${JSON.stringify(folder)}; nothing was checked`);
    }
    const style = styleOf(io);
    const started = performance.now();
    const progress = progressOf(io);
    const judgement = await checkFully({ kind: 'all' }, { cwd, env: io.env, onProgress: progress.report });
    const { report, mask } = judgement;
    progress.done();
    const head = (title: string) => io.out(`\n${style.bold(title)}\n`);
    // The verdict of the gates is the first line; what rests on findings is listed once, below them.
    io.out(mask(renderLadder(report, { style, reasons: 0 })));
    head('Findings');
    io.out(mask(renderCheck(report, { style, limit: 15, elapsed: performance.now() - started })));
    head('Components');
    io.out(await componentsOf(cwd, io));
    head('Next');
    const next = 'pregate init installs the hooks; pregate preview judges what a push of this branch would send.';
    for (const line of wrap(next, io.width - 2)) io.out(`  ${line}\n`);
    const offer = hasBaseline(judgement) ? [] : baselineOffer(report, style);
    if (offer.length > 0) io.out(`${offer.join('\n')}\n`);
    return exitCodeOf(report, gates) === Exit.couldNotCheck ? Exit.couldNotCheck : Exit.pass;
  },
};

async function componentsOf(cwd: string, io: Io): Promise<string> {
  try {
    const sides = await readSides(cwd, io.env);
    const unread = unreadText(sides.unread);
    if (!sides.staged) {
      const said = displayText(nothingToDescribe('', sides.unread, sides.projects));
      const [first = '', ...rest] = wrap(said, io.width - 4);
      return [`  ? ${first}`, ...rest.map((line) => `    ${line}`), ''].join('\n');
    }
    const options = sbomOptions(sides.root, io.env);
    const [now, before] = await Promise.all([
      sbomOf(sides.staged, options),
      sides.base ? sbomOf(sides.base, options) : undefined,
    ]);
    const changes = before ? diffDependencies(before.set, now.set) : [];
    const preview = summarise(now, changes, before ? sides.base?.label : undefined);
    return renderSbom({ ...preview, unread }, styleOf(io));
  } catch (error) {
    const reason = error instanceof GitFailure ? error.problem.message : 'The components could not be read.';
    return `  ${displayText(reason)}\n`;
  }
}
