import type { Judgement } from '../../gate/judge.ts';
import { denials, type PushFix } from '../../gate/push-fix.ts';
import type { Collected, CommitInfo } from '../../gate/types.ts';
import { commitOnTop } from '../../git/rewrite.ts';
import { type CommitEdit, isStraight, rewriteCommits } from '../../git/rewrite-commits.ts';
import { type Git, gitOutput } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import { type Atom, smallestChange } from '../../policy/smallest-change.ts';
import { count, type Style, wrap } from '../../report/style.ts';

/** One edit of one outgoing commit. */
export interface CommitAtom extends Atom {
  commit: CommitInfo;
  edit: CommitEdit;
  /** What it does, for people. */
  title: string;
}

export interface CommitFix {
  /** Newest first: the order in which their commands can be given. */
  atoms: CommitAtom[];
  /** The commits as they were judged; no ref names them. */
  tip: string;
  /** How many refusals are left with them. */
  left: number;
}

/** More commits than this are not tried: each try judges the whole push. */
const mostCommits = 8;

/**
 * The fewest commits that have to be left out or reworded for the refusals that no edit of a file takes back, proven by
 * making the commits and judging them. `fix` is done on top. Undefined where nothing of the kind helps: merges, several
 * refs, commits on which later ones build, too many.
 */
export async function findCommitFix(
  git: Git,
  judgement: Judgement,
  collected: Collected,
  fix: PushFix,
  options: { tip: string; sign: boolean; message: string; judge: (tip: string) => Promise<Judgement> },
): Promise<CommitFix | undefined> {
  const oldestFirst = collected.commits.map((commit) => commit.oid).reverse();
  const atoms = atomsOf(judgement, collected, fix);
  if (atoms.length === 0 || collected.push?.refs.length !== 1) return undefined;
  if (new Set(atoms.map((atom) => atom.commit.oid)).size > mostCommits) return undefined;
  if (!(await isStraight(git, oldestFirst))) return undefined;
  const tried = new Map<string, { tip: string; left: number } | undefined>();
  const tryOut = async (set: readonly CommitAtom[]) => {
    const key = set.map((atom) => atom.id).join();
    if (!tried.has(key)) {
      const tip = await makeTip(git, oldestFirst, set, fix, options);
      tried.set(key, tip === undefined ? undefined : { tip, left: denials(await options.judge(tip)).length });
    }
    return tried.get(key);
  };
  // What cannot be left out because later commits build on it may still be reworded.
  for (const set of [atoms, atoms.filter((atom) => !('drop' in atom.edit))]) {
    const all = set.length === 0 ? undefined : await tryOut(set);
    if (!all || all.left >= fix.left.length) continue;
    const holds = async (some: readonly CommitAtom[]) => (await tryOut(some))?.left === all.left;
    // Halves of a set would let a reworded commit go for its dropped twin, so dropping is taken back first, one by one.
    let least: readonly CommitAtom[] = set;
    for (const atom of set.filter((one) => 'drop' in one.edit)) {
      const rest = least.filter((one) => one !== atom);
      if (await holds(rest)) least = rest;
    }
    const kept = await smallestChange(least, holds);
    // A push of nothing passes every gate and is nobody's way out.
    if (kept.filter((atom) => 'drop' in atom.edit).length === oldestFirst.length) continue;
    const made = await tryOut(kept);
    if (made) return { ...made, atoms: kept };
  }
  return undefined;
}

/** For each refused commit: other words, where it is known which, and leaving it out. Newest first. */
function atomsOf({ raw }: Judgement, { commits, targets, history }: Collected, fix: PushFix): CommitAtom[] {
  const named = new Set(fix.left.map(({ place }) => place?.commit));
  // What still stands at the tip is no commit's alone: any that touches the file may have brought it.
  const paths = new Set(fix.left.flatMap(({ place }) => (place && place.commit === undefined ? [place.path] : [])));
  return commits.flatMap((commit): CommitAtom[] => {
    const { oid, committer } = commit;
    if (!named.has(oid) && !commit.paths.some((path) => paths.has(path))) return [];
    const said = `${oid.slice(0, 7)} ${displayText(commit.subject).slice(0, 60)}`;
    const message = [...targets, ...history].find((document) => document.path === `commit:${oid}`)?.text;
    const atoms: CommitAtom[] = [];
    const reword = (title: string, words: string) =>
      atoms.push({
        id: `reword ${oid} ${title}`,
        cost: 4,
        commit,
        edit: { message: words },
        title: `reword ${said}: ${title}`,
      });
    const spans = raw
      .filter((one) => one.path === `commit:${oid}` && one.category === 'secret')
      .map((one) => one.range);
    if (message !== undefined && spans.length > 0)
      reword('take the secret out of its message', without(message, spans));
    else if (message !== undefined && !/^Signed-off-by: /m.test(message)) {
      reword(
        'sign it off',
        `${message.trimEnd()}\n${trailerGap(message)}Signed-off-by: ${committer.name} <${committer.email}>\n`,
      );
    }
    atoms.push({ id: `drop ${oid}`, cost: 10, commit, edit: { drop: true }, title: `drop ${said}` });
    return atoms;
  });
}

function without(message: string, spans: readonly (readonly [number, number])[]): string {
  let text = message;
  for (const [from, to] of [...spans].sort((a, b) => b[0] - a[0]))
    text = `${text.slice(0, from)}(removed)${text.slice(to)}`;
  return text;
}

/** A trailer joins the last paragraph where that is one of trailers already (git-interpret-trailers). */
function trailerGap(message: string): string {
  const last =
    message
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? '';
  return message.includes('\n\n') && /^[A-Za-z0-9-]+: /m.test(last) ? '' : '\n';
}

async function makeTip(
  git: Git,
  oldestFirst: readonly string[],
  atoms: readonly CommitAtom[],
  fix: PushFix,
  { tip, sign, message }: { tip: string; sign: boolean; message: string },
): Promise<string | undefined> {
  const edits = new Map<string, CommitEdit>();
  for (const { commit, edit } of atoms) {
    const known = edits.get(commit.oid);
    if (!known || 'drop' in edit) edits.set(commit.oid, edit);
  }
  const made = await rewriteCommits(git, oldestFirst, edits, { sign });
  if (made === undefined || fix.files.size === 0) return made;
  // The texts were made of the files of the tip; where a commit is gone that changed one, they would bring it back.
  const files = [...fix.files.keys()];
  const changed = await gitOutput(git, [
    'diff-tree',
    '-r',
    '--name-only',
    '-z',
    tip,
    made,
    '--',
    ...files.map((one) => `:(top,literal)${one}`),
  ]);
  return changed.length > 0 ? undefined : commitOnTop(git, made, fix.files, { message, sign });
}

/** `this push passes`, or how many refusals are left. */
export function outcome(left: number): string {
  return left === 0 ? 'this push passes' : `${count(left, 'refusal')} ${left === 1 ? 'is' : 'are'} left`;
}

/** The edits with the commands that make them, and the commits that were judged. */
export function commitFixLines(found: CommitFix, style: Style, branch: string, from: string): string {
  const { atoms, left, tip } = found;
  const what = atoms.some((atom) => 'drop' in atom.edit) ? '; what a dropped commit brought is gone' : '';
  const said = `With ${count(atoms.length, 'other commit')}${left === 0 ? '' : ','} ${outcome(left)}, proven by judging them${what}:`;
  const lines = wrap(said, style.width - 2).map((line) => `  ${style.bold(line)}`);
  atoms.forEach((atom, index) => {
    const words = wrap(displayText(atom.title), style.width - 7);
    for (const [at, line] of words.entries()) lines.push(at === 0 ? `    ${index + 1}. ${line}` : `       ${line}`);
    lines.push(style.dim(`       ${commandOf(atom, branch)}`));
  });
  lines.push('', `  As they were judged:  git reset --keep ${tip.slice(0, 12)}`);
  lines.push(style.dim(`  Back from there:      git reset --keep ${from.slice(0, 12)}`));
  return `${lines.join('\n')}\n`;
}

function commandOf({ commit, edit }: CommitAtom, branch: string): string {
  const id = commit.oid.slice(0, 12);
  if ('drop' in edit) return `git rebase --onto ${id}^ ${id} ${/^[\w./-]+$/.test(branch) ? branch : 'HEAD'}`;
  return `git rebase -i ${id}^   (reword the first)`;
}
