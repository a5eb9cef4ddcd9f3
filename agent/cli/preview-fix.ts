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
import { placeText } from '../report/ladder.ts';
import { count, type Style, wrap } from '../report/style.ts';
import type { Io } from './command.ts';
import { confirm } from './confirm.ts';
import { commitFixLines, findCommitFix } from './preview-fix/commits.ts';
import { styleOf } from './render.ts';

/**
 * `pregate preview --fix`: the smallest set of edits with which this push passes, proven on real commits that no ref names
 * yet, shown as a difference, and done only when told to. The old tip stays under `refs/pregate/backup/`.
 */
export async function runFix(
  io: Io,
  options: Pick<CheckOptions, 'bundle' | 'onProgress'> & { yes: boolean },
): Promise<ExitCode> {
  const shared = { cwd: io.cwd, env: io.env, ...(options.bundle ? { bundle: options.bundle } : {}) };
  const now = new Date().toISOString();
  const collected = await collect({ kind: 'outgoing' }, { ...signatures(shared), ...shared, now });
  const before = await judgeCollected(collected, shared);
  const out = (text: string) => io.out(before.mask(text));
  const style = styleOf(io);
  const { fatal, message, code } = before.report.problems.find((problem) => problem.fatal) ?? {};
  if (fatal && denials(before).length === 0) {
    io.err(`pregate: ${before.mask(displayText(message ?? ''))} [${code}]\n`);
    return Exit.couldNotCheck;
  }
  if (denials(before).length === 0) {
    out('  No gate refuses this push; there is nothing to mend.\n');
    return Exit.pass;
  }
  try {
    const git = { ...openGit(io.cwd, io.env), cwd: collected.repo.root };
    const signs = await maySign(git, collected);
    const fix = await findPushFix(collected, before, { ...shared, maySign: signs });
    const [ref] = collected.push?.refs ?? [];
    const branch = collected.repo.branch;
    const other = ref?.new && branch !== null && fix.left.length > 0 ? await otherCommits(ref.new) : undefined;
    const otherLines = other && ref?.new && branch !== null ? commitFixLines(other, style, branch, ref.new) : '';
    if (fix.atoms.length === 0 || !ref?.new || branch === null) {
      const none = other ? '' : '  Nothing that could be done here by itself would take a refusal back.\n';
      out(`${none}${leftLines(fix, style)}${otherLines === '' ? '' : `\n${otherLines}`}`);
      return Exit.violation;
    }
    const tip = await makeCommits(git, collected, fix, ref.new);
    const after = await judgeTip(ref, tip, collected, { ...shared, now });
    const left = denials(after);
    if (left.length > fix.left.length) {
      const known = new Set(collected.commits.map((commit) => commit.oid));
      const fresh = left.find(({ place }) => place?.commit !== undefined && !known.has(place.commit)) ?? left[0];
      out(
        `  ${count(fix.atoms.length, 'edit')} would help, but the commit that holds ${fix.atoms.length === 1 ? 'it' : 'them'} would be refused itself: ${after.mask(fresh?.message ?? '')}\n`,
      );
      if (fresh?.remedy) out(`  First: ${fresh.remedy}\n`);
      out(`  Nothing was changed.\n`);
      return Exit.violation;
    }
    out(heading(fix, left.length, style));
    out(await difference(git, ref.new, tip));
    out(leftLines({ ...fix, left }, style));
    if (otherLines !== '') out(`\n${otherLines}\n`);
    if (!options.yes && !(await confirm(io, `Move ${branch} to these commits?`))) {
      io.err('Nothing was changed.\n');
      return Exit.usage;
    }
    const backup = await moveBranch(git, branch, ref.new, tip, now.replace(/[-:]|\.\d+/g, ''));
    out(`  Done. To go back: git reset --keep ${backup}\n`);
    return left.length === 0 ? Exit.pass : Exit.violation;

    async function otherCommits(tip: string) {
      const gpgsign = configFlag(await readGitConfig(git), 'commit.gpgsign') ?? false;
      return findCommitFix(git, before, collected, fix, {
        tip,
        sign: signs && (gpgsign || collected.signing.required),
        message: messageOf(fix),
        judge: (made) => judgeTip(ref as PushedRef, made, collected, { ...shared, now }),
      });
    }
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    io.err(`pregate: ${before.mask(displayText(error.problem.message))} [${error.problem.code}]\n`);
    return Exit.couldNotCheck;
  }
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

function heading({ atoms }: PushFix, left: number, style: Style): string {
  const end = left === 0 ? 'this push passes' : `${count(left, 'refusal')} ${left === 1 ? 'is' : 'are'} left`;
  const lines = [`  ${style.bold(`${count(atoms.length, 'edit')} and ${end}`)}, proven by judging the new commits:`];
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

/** What no edit of ours can take back, and how a person could. */
function leftLines({ left }: Pick<PushFix, 'left'>, style: Style): string {
  if (left.length === 0) return '';
  const lines = [`  ${style.bold('Left to you')}`];
  // Two gates may refuse one finding; the later one knows the better way.
  const once = left.filter(
    ({ finding }, index) => finding === undefined || !left.slice(index + 1).some((other) => other.finding === finding),
  );
  for (const reason of once.slice(0, 10)) {
    const where = placeText(reason);
    const commit = reason.place?.commit;
    const how =
      reason.remedy ??
      (commit
        ? `drop or change that commit: git rebase -i ${commit.slice(0, 12)}^`
        : `pregate preview --why ${reason.rule}`);
    for (const [index, line] of wrap(
      displayText(`${where ? `${where} ` : ''}${reason.message}`),
      style.width - 6,
    ).entries())
      lines.push(index === 0 ? `    ✗ ${line}` : `      ${line}`);
    for (const line of wrap(displayText(how), style.width - 8)) lines.push(style.dim(`      ${line}`));
  }
  if (once.length > 10) lines.push(`    and ${once.length - 10} more: pregate preview`);
  return `${lines.join('\n')}\n`;
}
