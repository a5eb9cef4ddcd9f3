import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GitFailure } from '../git/failure.ts';
import { openObjects } from '../git/objects.ts';
import { type Git, gitOutput, isOid, runGit } from '../git/run.ts';
import { type CommitText, readCommitText, writeCommit } from './commit.ts';

/** Commits that only this clone has, oldest first, and what is known of their signatures. */
export interface ResignRange {
  head: string;
  /** Parents before children. */
  commits: string[];
}

/**
 * The unpushed commits of HEAD, or those behind `base`. Answers with one sentence when there is nothing that may be rewritten:
 * a signature is not worth a history that others hold.
 */
export async function resignRange(git: Git, base: string | undefined): Promise<ResignRange | { refused: string }> {
  const head = await oidOf(git, 'HEAD');
  if (head === undefined) return { refused: 'there is no commit yet; nothing was changed' };
  const folder = (await gitOutput(git, ['rev-parse', '--absolute-git-dir'])).toString('utf8').trimEnd();
  if (['rebase-merge', 'rebase-apply'].some((name) => existsSync(join(folder, name)))) {
    return { refused: 'a rebase is under way: finish or abort it first; nothing was changed' };
  }
  const own = await list(git, ['rev-list', '--topo-order', '--reverse', 'HEAD', '--not', '--remotes']);
  if (base === undefined) {
    const remotes = await list(git, ['for-each-ref', '--count=1', '--format=%(objectname)', 'refs/remotes/']);
    return remotes.length > 0
      ? { head, commits: own }
      : {
          refused:
            'nothing here has ever been fetched or pushed, so name where to begin: pregate sign fix BASE. Nothing was changed.',
        };
  }
  const from = await oidOf(git, base);
  if (from === undefined) return { refused: `${base} names no commit; nothing was changed` };
  const commits = await list(git, ['rev-list', '--topo-order', '--reverse', `${from}..HEAD`]);
  const mine = new Set(own);
  return commits.every((oid) => mine.has(oid))
    ? { head, commits }
    : { refused: 'some of these commits are on a remote already; nothing was changed' };
}

export interface ResignPlan {
  range: ResignRange;
  texts: Map<string, CommitText>;
  /** Commits that get a signature, oldest first: those without a good one, and all that come after one of them. */
  changed: string[];
}

/**
 * What would be signed again when these commits may stay as they are. Nothing is written. Throws `GitFailure` when one cannot
 * be read whole: it would stay unsigned without a word, or lose the middle of its message.
 */
export async function planResign(git: Git, range: ResignRange, good: ReadonlySet<string>): Promise<ResignPlan> {
  const texts = new Map<string, CommitText>();
  const changed = new Set<string>();
  const objects = openObjects(git);
  try {
    for (const oid of range.commits) {
      const object = await objects.read(oid);
      if (object?.type !== 'commit' || object.partial) {
        const message = `The commit ${oid} is missing or too large to be written anew. Nothing was changed.`;
        throw new GitFailure({ code: 'sign-fix', message, fatal: true });
      }
      const text = readCommitText(object.bytes);
      texts.set(oid, text);
      if (!good.has(oid) || parentsOf(text).some((parent) => changed.has(parent))) changed.add(oid);
    }
  } finally {
    objects.close();
  }
  return { range, texts, changed: [...changed] };
}

/**
 * Writes the commits anew with signatures and puts HEAD's branch on them, unless it has moved meanwhile. Author, dates, trees,
 * messages and merges stay as they are, so index and working tree need not change; the committer becomes who signs, because
 * a signature vouches for the committer. Throws `GitFailure` when git does not sign.
 */
export async function carryOutResign(git: Git, { range, texts, changed }: ResignPlan): Promise<string> {
  const me = await committer(git);
  const made = new Map<string, string>();
  for (const oid of changed) {
    const text = texts.get(oid) as CommitText;
    const parents = parentsOf(text).map((parent) => made.get(parent) ?? parent);
    const tree = text.headers.find(({ name }) => name === 'tree')?.value.toString('latin1') ?? '';
    const mine = { ...text, headers: text.headers.map((one) => (one.name === 'committer' ? by(me, one) : one)) };
    made.set(oid, await writeCommit(git, mine, { tree, parents, message: text.message, sign: true }));
  }
  const next = made.get(range.head) ?? range.head;
  await gitOutput(git, ['update-ref', '-m', 'pregate sign fix', 'HEAD', next, range.head]);
  return next;
}

/**
 * Other branches and tags that still name one of the old commits. Of those it is enough to ask for the ones that follow no
 * other: two sides of a merge each have one of their own.
 */
export async function stillOld(git: Git, { texts, changed }: ResignPlan): Promise<string[]> {
  const all = new Set(changed);
  const first = changed.filter((oid) => !parentsOf(texts.get(oid) as CommitText).some((parent) => all.has(parent)));
  if (first.length === 0) return [];
  const words = first.flatMap((oid) => ['--contains', oid]);
  return list(git, ['for-each-ref', '--format=%(refname)', ...words, 'refs/heads', 'refs/tags']);
}

/** The address of a commit's committer; empty when the header is of another form. */
export function committerEmail({ headers }: CommitText): string {
  const header = headers.find(({ name }) => name === 'committer')?.value.toString('utf8') ?? '';
  return /<([^<>]*)>/.exec(header)?.[1] ?? '';
}

/** Name and address of who commits here, without the date. */
async function committer(git: Git): Promise<string> {
  const ident = (await gitOutput(git, ['var', 'GIT_COMMITTER_IDENT'])).toString('utf8').trim();
  return ident.replace(/ -?\d+ [+-]\d{4}$/, '');
}

/** The header with another person and its own date. */
function by(me: string, { name, value }: CommitText['headers'][number]): CommitText['headers'][number] {
  const date = / -?\d+ [+-]\d{4}$/.exec(value.toString('latin1'))?.[0] ?? '';
  return { name, value: Buffer.from(`${me}${date}`) };
}

function parentsOf({ headers }: CommitText): string[] {
  return headers.filter(({ name }) => name === 'parent').map(({ value }) => value.toString('latin1'));
}

async function oidOf(git: Git, name: string): Promise<string | undefined> {
  const found = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${name}^{commit}`]);
  const oid = found.stdout.toString('latin1').trim();
  return found.code === 0 && isOid(oid) ? oid : undefined;
}

async function list(git: Git, words: string[]): Promise<string[]> {
  return (await gitOutput(git, words)).toString('utf8').split('\n').filter(Boolean);
}
