import { spool } from '../../audit/spool.ts';
import type { check } from '../../gate/check.ts';
import { Exit, type ExitCode, type Report, type Scope } from '../../gate/types.ts';
import { parseCommit } from '../../git/commit.ts';
import { commitWords, subcommandOf } from '../../git/commit-words.ts';
import type { openObjects } from '../../git/objects.ts';
import type { findPlace, Place } from '../../git/place.ts';
import { diffTreeOf, parseRawDiff, type RawChange } from '../../git/raw.ts';
import type { Git, openGit, runGit } from '../../git/run.ts';
import { exitCodeOf } from '../../report/facts.ts';
import { callersArguments, gitArguments } from '../../sign/process.ts';
import { stateFolder } from '../../state-folder.ts';
import type { HookIo } from '../hook.ts';
import { isUnverified, markUnverified, noteTree, sawChanges, sawTree } from './checked.ts';
import { type Sequence, sequenceIn } from './sequence.ts';
import { skipOf, skippedRules } from './skip.ts';
import { headlineOf } from './text.ts';

/** Lent by the hook bundle, of which this is a part: a second copy would not recognise its failures. */
export interface Lent {
  check: typeof check;
  openGit: typeof openGit;
  openObjects: typeof openObjects;
  findPlace: typeof findPlace;
  runGit: typeof runGit;
}

/**
 * `post-commit`, where no verdict of `pre-commit` covers the commit that was made: the hooks were skipped, the index
 * changed while they ran, or git does not run them (cherry-pick, revert, rebase). It is looked at now. The commit stands
 * either way; a person is told when something is wrong, or when the check was evaded, and the push decides.
 */
export async function afterCommit(io: HookIo, lent: Lent): Promise<ExitCode> {
  const git = lent.openGit(io.cwd, io.env);
  const place = await lent.findPlace(git);
  if (place.head === null) return Exit.pass;
  const made = await commitOf(place, git, lent);
  const sequence = sequenceIn(place.gitDir);
  // An `--exec` of a rebase may commit after the last pick, when all before has been told.
  const told =
    made && isUnverified(made.parents[0], 'unchecked', io.env) && sawTree(made.parents[0], made.tree, io.env);
  if (made && sequence && !sequence.more && !told) return afterSequence(sequence, made.tree, place, io, lent);
  // What the other side of a merge brings was judged there, and is judged again before a push.
  if (!made || made.parents.length > 1) return Exit.pass;
  const parent = made.parents[0] ?? null;
  // At a stop of a rebase the shell asks us all the same, because of the commits before it.
  if (sawTree(parent, made.tree, io.env)) return Exit.pass;
  if (await sawChanges(parent, await changesOf(parent, place, git, lent), io.env)) {
    noteTree(parent, made.tree, io.env);
    return Exit.pass;
  }
  const report = await lent.check(scopeOf(place.head, parent), { cwd: io.cwd, env: io.env, gates: ['commit'] });
  const code = exitCodeOf(report, ['commit']);
  const how = howOf(io);
  const clean = code === Exit.pass;
  const noted = clean && noteTree(parent, made.tree, io.env);
  if (!clean) markUnverified(place.head, how, io.env);
  if (clean && how === 'unchecked') return code;
  if (clean && !noted && how === 'index-changed') {
    // Its hook has let it pass, most likely, and could not keep that either.
    io.err(`Pregate: commit ${place.head.slice(0, 7)} ${twice}\n`);
    return code;
  }
  const state = stateFolder(io.env, process.platform);
  if (state !== undefined) spool(state, place.commonDir, { event: 'bypass', how, tree: made.tree, commit: place.head });
  // What is skipped on purpose has been said a moment ago, by the hook that let it pass.
  if (how !== 'skipped' || !skippedRules(report, io.env)) io.err(tellOf(report, place.head, code, how));
  return code;
}

/** The last of several commits that git makes itself: all of them are looked at in one go, and none was before. */
async function afterSequence(
  { from, before }: Sequence,
  tree: string,
  place: Place,
  io: HookIo,
  lent: Lent,
): Promise<ExitCode> {
  const commit = place.head as string;
  const scope = { kind: 'range', from, to: commit } as const;
  const report = await lent.check(scope, { cwd: io.cwd, env: io.env, gates: ['commit'] });
  const code = exitCodeOf(report, ['commit']);
  if (code === Exit.pass) return code;
  for (const { oid } of report.commits) markUnverified(oid, 'unchecked', io.env);
  const state = stateFolder(io.env, process.platform);
  if (state !== undefined) spool(state, place.commonDir, { event: 'bypass', how: 'unchecked', tree, commit });
  io.err(tellOfSequence(report, before, code));
  return code;
}

/** What the commit changes; the same as `pre-commit` was told of the index, when that has not changed meanwhile. */
async function changesOf(
  parent: string | null,
  { head, emptyTree }: Place,
  git: Git,
  lent: Lent,
): Promise<RawChange[]> {
  const printed = await lent.runGit(git, diffTreeOf(parent ?? emptyTree, head as string));
  return printed.code === 0 ? parseRawDiff(printed.stdout) : [];
}

type How = 'no-verify' | 'skipped' | 'index-changed' | 'unchecked';

async function commitOf(place: Place, git: Git, lent: Lent): Promise<{ tree: string; parents: string[] } | undefined> {
  const objects = lent.openObjects(git);
  try {
    const object = await objects.read(place.head as string);
    return object?.type === 'commit' ? parseCommit(object.bytes) : undefined;
  } finally {
    objects.close();
  }
}

/** A first commit has nothing to be a range from: it is all that a push of it would send. */
function scopeOf(head: string, parent: string | null): Scope {
  if (parent !== null) return { kind: 'range', from: parent, to: head };
  const remoteOid = '0'.repeat(head.length);
  return { kind: 'outgoing', refs: [{ localRef: 'HEAD', localOid: head, remoteRef: 'refs/heads/new', remoteOid }] };
}

/** Only of `git commit` is it known that its hooks should have run; an amended commit has another parent than HEAD had. */
function howOf(io: HookIo): How {
  const typed = commitWords(gitArguments(io.pid) ?? []);
  if (!typed) return 'unchecked';
  if (typed.unverified)
    return sequencing.has(subcommandOf(callersArguments(io.pid) ?? [])?.name ?? '') ? 'unchecked' : 'no-verify';
  if (skipOf(io.env)) return 'skipped';
  return typed.amend ? 'unchecked' : 'index-changed';
}

/** These run `git commit -n` themselves where a message is edited or commits are squashed: nobody has skipped anything. */
const sequencing = new Set(['rebase', 'cherry-pick', 'revert']);

const because: Record<How, string> = {
  'no-verify': 'its hooks were skipped (--no-verify)',
  skipped: 'rules were skipped (PREGATE_SKIP)',
  'index-changed': 'the index changed while its hook ran',
  unchecked: 'git runs no hook before such a commit',
};

const twice =
  'was looked at twice, because the state folder cannot be written, and the audit log has a gap: pregate doctor';

function tellOfSequence(report: Report, before: string, code: ExitCode): string {
  const what = code === Exit.violation ? 'would have been stopped' : 'could not be checked';
  const newest = report.commits.length === 1 ? 'the commit' : `one of the ${report.commits.length} commits`;
  return [
    `Pregate: ${newest} that git made just now ${what}: ${headlineOf(report, 'commit', code)}`,
    `  Not checked before: ${because.unchecked}. The push will be judged with it.`,
    `  To see it: pregate preview. To go back to where you were: git reset --keep ${before.slice(0, 12)}`,
    '',
  ].join('\n');
}

/** One line that says all; when something is wrong, how to take the commit back. */
function tellOf(report: Report, commit: string, code: ExitCode, how: How): string {
  const name = commit.slice(0, 7);
  if (code === Exit.pass)
    return `Pregate: commit ${name} was not checked before it was made: ${because[how]}. Checked now: nothing would have stopped it.\n`;
  const what = code === Exit.violation ? 'would have been stopped' : 'could not be checked';
  return [
    `Pregate: commit ${name} ${what}: ${headlineOf(report, 'commit', code)}`,
    `  It was not checked before it was made: ${because[how]}. It is made, and the push will be judged with it.`,
    '  To take it back and keep its changes: git reset --soft HEAD~1',
    '',
  ].join('\n');
}
