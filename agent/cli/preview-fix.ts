import { type CheckOptions, checkFully, judgeCollected, signatures } from '../gate/check.ts';
import { collect } from '../gate/collect.ts';
import type { Judgement } from '../gate/judge.ts';
import { denials, findPushFix, type PushFix } from '../gate/push-fix.ts';
import { type Collected, Exit, type ExitCode, type PushedRef } from '../gate/types.ts';
import { configFlag, configValue, readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { commitOnTop, moveBranch, signAgain } from '../git/rewrite.ts';
import { type Git, gitOutput, openGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import type { Reason } from '../policy/types.ts';
import { placeText } from '../report/ladder.ts';
import { count, type Style, wrap } from '../report/style.ts';
import type { Io } from './command.ts';
import { confirm } from './confirm.ts';
import { commitFixLines, findCommitFix, outcome } from './preview-fix/commits.ts';
import { progressOf, styleOf } from './render.ts';

/** What every step of `--fix` needs: the push as it is, how it was judged, and where to say what is found. */
interface Session {
  io: Io;
  git: Git;
  collected: Collected;
  before: Judgement;
  judging: CheckOptions;
  now: string;
  style: Style;
  /** Prints, with secrets masked. */
  out: (text: string) => void;
}

/** The branch that would move, and the commit it leaves. */
interface Target {
  branch: string;
  ref: PushedRef;
  tip: string;
}

/**
 * `pregate preview --fix`: the smallest set of edits with which this push passes, proven on real commits that no ref names
 * yet, shown as a difference, and done only when told to. The old tip stays under `refs/pregate/backup/`.
 */
export async function runFix(io: Io, options: Pick<CheckOptions, 'bundle'> & { yes: boolean }): Promise<ExitCode> {
  const progress = progressOf(io);
  const onProgress = progress.report;
  const judging = { cwd: io.cwd, env: io.env, onProgress, ...(options.bundle ? { bundle: options.bundle } : {}) };
  const now = new Date().toISOString();
  const collected = await collect({ kind: 'outgoing' }, { ...signatures(judging), ...judging, now });
  const before = await judgeCollected(collected, judging);
  const out = (text: string) => {
    progress.done();
    io.out(before.mask(text));
  };
  progress.done();
  if (denials(before).length === 0) {
    const fatal = before.report.problems.find((problem) => problem.fatal);
    if (fatal) return couldNot(io, before, fatal);
    out('✓ No gate refuses this push; there is nothing to mend.\n');
    return Exit.pass;
  }
  try {
    const git = { ...openGit(io.cwd, io.env), cwd: collected.repo.root };
    return await mend({ io, git, collected, before, judging, now, style: styleOf(io), out }, options.yes);
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    progress.done();
    return couldNot(io, before, error.problem);
  }
}

function couldNot(io: Io, { mask }: Judgement, { message, code }: { message: string; code: string }): ExitCode {
  io.err(`pregate: ${mask(displayText(message))} [${code}]\n`);
  return Exit.couldNotCheck;
}

/** Finds the edits, proves them on commits of their own, shows them, and moves the branch when told to. */
async function mend(session: Session, yes: boolean): Promise<ExitCode> {
  const { io, git, collected, before, judging, now, style, out } = session;
  const signs = await maySign(git, collected);
  const fix = await findPushFix(collected, before, { ...judging, maySign: signs });
  const target = targetOf(collected);
  const others = target && fix.left.length > 0 ? await changedCommits(session, fix, target, signs) : undefined;
  if (fix.atoms.length === 0 || target === undefined) {
    const none = wrap(`✗ ${nothing(onceOf(denials(before)).length)}`, style.width).join('\n  ');
    out(`${style.red(style.bold(none))}\n\n${leftLines(fix, style)}${others ? `\n${others}` : ''}`);
    return Exit.violation;
  }
  const tip = await makeCommits(git, collected, fix, target.tip);
  const after = await judgeTip(target.ref, tip, collected, { ...judging, now });
  const left = denials(after);
  if (left.length > fix.left.length) {
    out(refusedItself(fix, left, after, collected));
    return Exit.violation;
  }
  out(heading(fix, left.length, style));
  out(await difference(git, target.tip, tip));
  out(leftLines({ ...fix, left }, style));
  if (others) out(`\n${others}\n`);
  if (!yes && !(await confirm(io, `Move ${target.branch} to these commits?`))) {
    io.err('Nothing was changed.\n');
    return Exit.usage;
  }
  const backup = await moveBranch(git, target.branch, target.tip, tip, now.replace(/[-:]|\.\d+/g, ''));
  out(`  Done. To go back: git reset --keep ${backup}\n`);
  return left.length === 0 ? Exit.pass : Exit.violation;
}

/** Undefined where no branch is checked out or the push makes nothing. */
function targetOf({ push, repo }: Collected): Target | undefined {
  const [ref] = push?.refs ?? [];
  return ref?.new && repo.branch !== null ? { branch: repo.branch, ref, tip: ref.new } : undefined;
}

/** How commits would have to change for what no edit on top of them takes back; undefined when that helps nothing. */
async function changedCommits(
  { git, collected, before, judging, now, style }: Session,
  fix: PushFix,
  { ref, tip, branch }: Target,
  signs: boolean,
): Promise<string | undefined> {
  const gpgsign = configFlag(await readGitConfig(git), 'commit.gpgsign') ?? false;
  const found = await findCommitFix(git, before, collected, fix, {
    tip,
    sign: signs && (gpgsign || collected.signing.required),
    message: messageOf(fix),
    judge: (made) => judgeTip(ref, made, collected, { ...judging, now }),
  });
  return found && commitFixLines(found, style, branch, tip);
}

/** The edits would help, but not the commit they need: it would be refused as well. */
function refusedItself({ atoms }: PushFix, left: Reason[], after: Judgement, { commits }: Collected): string {
  const known = new Set(commits.map((commit) => commit.oid));
  const fresh = left.find(({ place }) => place?.commit !== undefined && !known.has(place.commit)) ?? left[0];
  const held = atoms.length === 1 ? 'it' : 'them';
  return [
    `✗ ${count(atoms.length, 'edit')} would help, but the commit that holds ${held} would be refused itself: ${after.mask(fresh?.message ?? '')}\n`,
    fresh?.remedy ? `  First: ${fresh.remedy}\n` : '',
    '  Nothing was changed.\n',
  ].join('');
}

/** Commits may be made again only where git can sign and no remote has them: others may hold those. */
async function maySign(git: Git, { commits }: Collected): Promise<boolean> {
  const config = await readGitConfig(git);
  if (configValue(config, 'user.signingkey') === undefined) return false;
  const own = (await gitOutput(git, ['rev-list', 'HEAD', '--not', '--remotes'])).toString('latin1').split('\n');
  return commits.length > 0 && commits.every((commit) => own.includes(commit.oid));
}

async function makeCommits(git: Git, { commits }: Collected, fix: PushFix, tip: string): Promise<string> {
  const signs = fix.atoms.some((atom) => atom.kind === 'sign');
  const made = signs ? await signAgain(git, commits.map((commit) => commit.oid).reverse()) : new Map<string, string>();
  const start = made.get(tip) ?? tip;
  if (fix.files.size === 0) return start;
  const sign = signs || (configFlag(await readGitConfig(git), 'commit.gpgsign') ?? false);
  return commitOnTop(git, start, fix.files, { message: messageOf(fix), sign });
}

/** All gates once more, on the very commits that would be pushed. */
async function judgeTip(ref: PushedRef, tip: string, { push }: Collected, options: CheckOptions): Promise<Judgement> {
  const zero = '0'.repeat(tip.length);
  const refs = [{ localRef: ref.src, localOid: tip, remoteRef: ref.dst, remoteOid: ref.old ?? zero }];
  return checkFully(
    {
      kind: 'outgoing',
      ...(push?.remote ? { remote: push.remote } : {}),
      ...(push?.url ? { url: push.url } : {}),
      refs,
    },
    options,
  );
}

function messageOf({ atoms }: PushFix): string {
  const edits = atoms.flatMap((atom) => (atom.kind === 'edit' ? [`- ${atom.place}: ${atom.title}`] : []));
  return `Mend what the gate would refuse\n\n${edits.join('\n')}\n`;
}

/** The verdict where no edit of ours takes anything back. */
function nothing(refusals: number): string {
  return `No edit of a file mends ${refusals === 1 ? 'this refusal' : `these ${refusals} refusals`} by itself`;
}

function heading({ atoms }: PushFix, left: number, style: Style): string {
  const helps = left === 0 ? '' : atoms.length === 1 ? ' helps,' : ' help,';
  const edits = `${left === 0 ? '✓' : '✗'} ${count(atoms.length, 'edit')}${helps}`;
  const said = `${edits} and ${outcome(left)}, proven by judging the new commits:`;
  const paint = left === 0 ? style.green : style.red;
  const lines = wrap(said, style.width).map((line, index) => paint(style.bold(index === 0 ? line : `  ${line}`)));
  atoms.forEach((atom, index) => {
    const text = atom.kind === 'edit' ? `${atom.place}: ${atom.title}` : atom.title;
    for (const [at, line] of wrap(displayText(text), style.width - 7).entries())
      lines.push(at === 0 ? `    ${index + 1}. ${line}` : `       ${line}`);
  });
  return `${lines.join('\n')}\n\n`;
}

async function difference(git: Git, from: string, to: string): Promise<string> {
  const options = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames'];
  const diff = (await gitOutput(git, ['diff', ...options, from, to])).toString('utf8');
  return diff === ''
    ? ''
    : `${diff
        .split('\n')
        .map((line) => `    ${displayText(line)}`)
        .join('\n')
        .trimEnd()}\n\n`;
}

/** Each refusal once: two gates may refuse one finding, and the later one knows the better way. */
function onceOf(left: readonly Reason[]): Reason[] {
  return left.filter(
    ({ finding }, index) => finding === undefined || !left.slice(index + 1).some((other) => other.finding === finding),
  );
}

/** What no edit of ours can take back, and how a person could. The same of several commits is said once. */
function leftLines({ left }: Pick<PushFix, 'left'>, style: Style): string {
  if (left.length === 0) return '';
  const groups = new Map<string, Reason[]>();
  for (const reason of onceOf(left)) {
    const key = `${reason.rule}\0${reason.message}`;
    groups.set(key, [...(groups.get(key) ?? []), reason]);
  }
  const lines = [`  ${style.bold('Left to you')}`];
  for (const group of [...groups.values()].slice(0, 10)) {
    const [reason] = group as [Reason];
    // Commits come newest first: a rebase that begins at the oldest meets all of them.
    const commit = group.at(-1)?.place?.commit;
    const how =
      reason.remedy ??
      (commit
        ? `drop or change ${group.length === 1 ? 'that commit' : 'those commits'}: git rebase -i ${commit.slice(0, 12)}^`
        : `pregate preview --why ${reason.rule}`);
    const places = [...new Set(group.map(placeText))].filter((place) => place !== '');
    const where = `${places.slice(0, 3).join(', ')}${places.length > 3 ? ', …' : ''}`;
    const text = wrap(displayText(`${where ? `${where} ` : ''}${reason.message}`), style.width - 6);
    lines.push(...text.map((line, index) => (index === 0 ? `    ✗ ${line}` : `      ${line}`)));
    lines.push(...wrap(displayText(how), style.width - 8).map((line) => style.dim(`      ${line}`)));
  }
  if (groups.size > 10) lines.push(`    and ${groups.size - 10} more: pregate preview`);
  return `${lines.join('\n')}\n`;
}
