import { word } from '../../hooks/stub.ts';
import { checkFully } from '../gate/check.ts';
import type { Judgement } from '../gate/judge.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { openObjects } from '../git/objects.ts';
import { gitOutput, isOid, runGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { count, wrap } from '../report/style.ts';
import type { RawFinding } from '../rules/run.ts';
import { planScrub, type ScrubPlan, stillHolding, writePlan } from '../scrub/plan.ts';
import { alreadyPushed } from '../scrub/pushed.ts';
import { type Replacer, replacerOf } from '../scrub/replace.ts';
import { moveBranch, openWorkplace, otherHolders, type Workplace } from '../scrub/repository.ts';
import { type Args, type Command, type Io, text, UsageError } from './command.ts';
import { confirm } from './confirm.ts';
import { progressOf, styleOf } from './render.ts';
import { chosenFrom, scrubPage } from './scrub/page.ts';

export const command: Command = {
  name: 'scrub',
  summary: 'Takes a secret out of commits that have not been pushed.',
  usage: ['scrub [PATH[:LINE]|FINGERPRINT]', 'scrub --commit REV', 'scrub … --yes'],
  help: [
    'Shows what would change and asks. The value is replaced in every commit of the branch that no remote has, in files',
    'and messages; authors, dates, merges and everything else stay. The old state stays reachable under',
    'refs/pregate/backup/. A commit that was pushed is not touched: what has left must be revoked where it was issued.',
  ],
  options: {
    commit: { type: 'string', value: 'REV', help: 'the secrets that this commit brought' },
    all: { type: 'boolean', help: 'possible secrets too, not only certain ones' },
    'drop-file': { type: 'boolean', help: 'take the file away instead of replacing the value in it' },
    'no-sign': { type: 'boolean', help: 'do not sign the new commits, even where git is set up to' },
    yes: { type: 'boolean', short: 'y', help: 'do it without asking' },
  },
  examples: [
    ['pregate scrub', 'show it, and ask'],
    ['pregate scrub config/deploy.env --drop-file --yes', 'take a file out of the unpushed commits'],
  ],
  async run(args, io): Promise<ExitCode> {
    try {
      return await scrub(args, io);
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${error.problem.message} [${error.problem.code}]\n`);
      return error.problem.code === 'scrub-refused' ? Exit.violation : Exit.couldNotCheck;
    }
  },
};

async function scrub(args: Args, io: Io): Promise<ExitCode> {
  const place = await openWorkplace(io.cwd, io.env);
  const only = await commitOf(args, place);
  const judgement = await unpushed(place, io);
  const chosen = chosenFrom(judgement.raw, { place: placeOf(args), commit: only, all: args.flags['all'] === true });
  if (chosen.length === 0) {
    io.out('No secret in the commits that no remote has; nothing to scrub.\n');
    return Exit.pass;
  }
  const progress = progressOf(io);
  const values = new Map(chosen.map((finding) => [finding.identity, finding.secret ?? '']));
  const out = await alreadyPushed(place.git, place.pushed, values, (objects) =>
    progress.report({ done: objects, total: 0, label: `${objects} pushed objects looked at` }),
  );
  progress.done();
  const local = chosen.filter((finding) => !out.has(finding.secret ?? ''));
  const gone = chosen.filter((finding) => out.has(finding.secret ?? ''));
  const replacer = replacerOf(new Set(local.map((finding) => finding.identity)));
  const objects = openObjects(place.git);
  try {
    const drops = dropsOf(args, local);
    const plan = await planScrub({ git: place.git, objects, head: place.head, pushed: place.pushed, replacer, drops });
    const sign = place.signs && args.flags['no-sign'] !== true;
    const others = await otherHolders(place, plan.commits.map(({ oid }) => oid).slice(0, 1));
    const page = await scrubPage({ local, gone, plan, place, others, sign, style: styleOf(io), mask: judgement.mask });
    io.out(page);
    if (plan.commits.length === 0) return gone.length > 0 ? Exit.violation : Exit.pass;
    if (!args.flags['yes'] && !io.terminal) {
      io.out('Nothing was changed.\nTo do it: the same command with --yes\n');
      return Exit.violation;
    }
    if (!args.flags['yes'] && !(await confirm(io, `Rewrite ${count(plan.commits.length, 'commit')}?`))) {
      io.out('Nothing was changed.\n');
      return Exit.violation;
    }
    return await carryOut({ plan, place, replacer, objects, sign, io, left: gone.length > 0 });
  } finally {
    objects.close();
  }
}

interface Work {
  plan: ScrubPlan;
  place: Workplace;
  replacer: Replacer;
  objects: ReturnType<typeof openObjects>;
  sign: boolean;
  /** Values that could not be scrubbed, since they were pushed. */
  left: boolean;
  io: Io;
}

async function carryOut({ plan, place, replacer, objects, sign, io, left }: Work): Promise<ExitCode> {
  const written = await writePlan(plan, { git: place.git, objects, sign });
  const holding = await stillHolding({ git: place.git, pushed: place.pushed, replacer }, written.head);
  if (holding.length > 0) {
    io.err(
      `pregate: ${count(holding.length, 'object')} would still hold the secret (${holding[0]?.slice(0, 10)}), so nothing was changed. Try --drop-file. [scrub-refused]\n`,
    );
    return Exit.couldNotCheck;
  }
  const name = place.branch.replace(/^refs\/heads\//, '');
  const backup = `refs/pregate/backup/${name}/${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  await moveBranch(place, written.head, backup);
  const say = (text: string) => io.out(`${wrap(text, io.width).join('\n')}\n`);
  say(`${displayText(name)} is at ${written.head.slice(0, 10)} now.`);
  say(`${count(plan.commits.length, 'commit')} rewritten, every new object looked at again.`);
  say('The old state still holds the secret. When all is well:');
  io.out(`  git update-ref -d ${word(backup)}\n`);
  return left ? Exit.violation : Exit.pass;
}

/** Everything of the branch that no remote has, judged like everything else. */
async function unpushed(place: Workplace, io: Io): Promise<Judgement> {
  const { collectWholeHistory } = await import('../gate/collect/whole-history.ts');
  const progress = progressOf(io);
  const judgement = await checkFully(
    { kind: 'history', revisions: [place.head, ...place.pushed.map((oid) => `^${oid}`)] },
    { cwd: place.root, env: io.env, onProgress: progress.report, wholeHistory: collectWholeHistory },
  );
  progress.done();
  const fatal = judgement.report.problems.find((problem) => problem.fatal && problem.code === 'object-missing');
  if (fatal) throw new GitFailure(fatal);
  return judgement;
}

/** The commit of `--commit`; one that was pushed is refused with the reason. */
async function commitOf(args: Args, { git, pushed }: Workplace): Promise<string | undefined> {
  const revision = text(args, 'commit');
  if (revision === undefined) return undefined;
  const result = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${revision}^{commit}`]);
  const oid = result.stdout.toString('latin1').trim();
  if (!isOid(oid)) throw new UsageError(`${displayText(revision)} names no commit of this repository`);
  const words = ['rev-list', '--max-count=1', oid, ...pushed.map((one) => `^${one}`), '--'];
  if (pushed.length > 0 && (await gitOutput(git, words)).length === 0) {
    throw new GitFailure({
      code: 'scrub-refused',
      message: `${oid.slice(0, 10)} has been pushed: whoever has fetched keeps what is in it, so rewriting it here would only hide the leak. Revoke the secret where it was issued (pregate explain <rule>). Nothing was changed.`,
      fatal: true,
    });
  }
  return oid;
}

function placeOf(args: Args): string | undefined {
  const [place, extra] = args.positionals;
  if (extra !== undefined) throw new UsageError('scrub takes one place: PATH, PATH:LINE or a fingerprint');
  if (place !== undefined && args.flags['commit'] !== undefined)
    throw new UsageError('a place and --commit exclude each other');
  return place;
}

/** A key store is nothing but its secret: there is nothing to replace in it. */
function dropsOf(args: Args, findings: readonly RawFinding[]): (path: string) => boolean {
  if (args.flags['drop-file']) return () => true;
  const whole = new Set(findings.filter((one) => one.rule === 'key-store').map((one) => one.path));
  return (path) => whole.has(path);
}
