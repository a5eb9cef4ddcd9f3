import type { ObjectReader } from '../git/objects.ts';
import { type Git, gitOutput } from '../git/run.ts';
import { linesOf, listObjects, piecesOf } from '../history/list.ts';
import { readObjects } from '../history/read.ts';
import type { DocumentKind } from '../model/types.ts';
import { type CommitText, isSigned, readCommitText, writeCommit } from './commit.ts';
import type { Replacer } from './replace.ts';
import { treeRewriter } from './tree.ts';

export interface PlanInput {
  git: Git;
  objects: ObjectReader;
  /** The branch's commit. */
  head: string;
  /** Commits that stay as they are, and everything below them. */
  pushed: readonly string[];
  replacer: Replacer;
  /** Files with a value are taken away instead of mended: what they hold is nothing but the secret. */
  drops: (path: string) => boolean;
}

/** What a scrub would do. Nothing has been written yet. */
export interface ScrubPlan {
  head: string;
  /** Commits of the range, oldest first, that get a new id. */
  commits: { oid: string; text: CommitText; parents: string[]; message: Buffer | undefined }[];
  /** Blob to its new content; null takes its file away. */
  blobs: Map<string, Buffer | null>;
  /** Latin-1 path → how many versions of it change. */
  paths: Map<string, number>;
  messages: number;
  signed: number;
  /** Objects too large to look at. */
  unread: number;
}

/** Large enough for what people commit, small enough to hold in memory. */
const full = 64 * 1024 * 1024;

export async function planScrub(input: PlanInput): Promise<ScrubPlan> {
  const { git, head, pushed, replacer } = input;
  const revisions = [head, ...pushed.map((oid) => `^${oid}`)];
  const blobs = new Map<string, Buffer | null>();
  const texts = new Map<string, CommitText>();
  let unread = 0;
  const list = listObjects(git, { revisions, reflog: false });
  for await (const { listed, object } of readObjects(git, list, () => ({ full, edge: 1024 }))) {
    if (object?.type === 'commit') texts.set(listed.oid, readCommitText(object.bytes));
    if (object?.partial) unread++;
    if (object?.type !== 'blob' || object.partial) continue;
    const now = replacer.replace(listed.path, object.bytes, 'file');
    if (now) blobs.set(listed.oid, input.drops(listed.path) ? null : now);
  }
  const paths = await pathsOf(git, revisions, new Set(blobs.keys()));
  const order: string[] = [];
  for await (const oid of linesOf(git, ['rev-list', '--reverse', '--topo-order', ...revisions, '--'])) order.push(oid);
  const touched = new Set(paths.commits);
  const commits: ScrubPlan['commits'] = [];
  let messages = 0;
  for (const oid of order) {
    const text = texts.get(oid);
    if (!text) continue;
    const parents = text.headers.filter(({ name }) => name === 'parent').map(({ value }) => value.toString('latin1'));
    const message = replacer.replace(`commit:${oid}`, text.message, 'message');
    if (message) messages++;
    // A child of a commit that changes gets a new id too.
    if (!message && !touched.has(oid) && !parents.some((parent) => touched.has(parent))) continue;
    touched.add(oid);
    commits.push({ oid, text, parents, message });
  }
  const signed = commits.filter(({ text }) => isSigned(text)).length;
  return { head, commits, blobs, paths: paths.versions, messages, signed, unread };
}

/** Writes the new objects and returns the new id of the branch's commit. No ref is touched. */
export async function writePlan(
  plan: ScrubPlan,
  { git, objects, sign }: Pick<PlanInput, 'git' | 'objects'> & { sign: boolean },
): Promise<{ head: string; commits: Map<string, string> }> {
  const blobs = new Map<string, string | null>();
  for (const [oid, bytes] of plan.blobs) blobs.set(oid, bytes === null ? null : await writeBlob(git, bytes));
  const rewriteTree = treeRewriter(git, objects, { blobs, paths: new Set(plan.paths.keys()) });
  const commits = new Map<string, string>();
  for (const { oid, text, parents, message } of plan.commits) {
    const tree = text.headers.find(({ name }) => name === 'tree')?.value.toString('latin1') ?? '';
    const made = await writeCommit(git, text, {
      tree: await rewriteTree(tree),
      parents: parents.map((parent) => commits.get(parent) ?? parent),
      message: message ?? text.message,
      sign,
    });
    commits.set(oid, made);
  }
  return { head: commits.get(plan.head) ?? plan.head, commits };
}

/**
 * Looks again at every object that the new commit reaches and no remote has. Returns the ids of those in which a value
 * still stands; an object that cannot be read counts as one.
 */
export async function stillHolding(
  { git, pushed, replacer }: Pick<PlanInput, 'git' | 'pushed' | 'replacer'>,
  head: string,
): Promise<string[]> {
  const found: string[] = [];
  const list = listObjects(git, { revisions: [head, ...pushed.map((oid) => `^${oid}`)], reflog: false });
  for await (const { listed, object } of readObjects(git, list, () => ({ full, edge: 1024 }))) {
    const kind: DocumentKind = object?.type === 'commit' ? 'message' : 'file';
    if (!object || (object.type !== 'tree' && replacer.holds(listed.path, object.bytes, kind))) found.push(listed.oid);
  }
  return found;
}

/** Where these blobs stand, and the commits that put them there; a merge is compared with each parent. */
async function pathsOf(git: Git, revisions: readonly string[], blobs: ReadonlySet<string>) {
  const versions = new Map<string, number>();
  const commits = new Set<string>();
  if (blobs.size === 0) return { versions, commits };
  const seen = new Set<string>();
  const options = ['-r', '-m', '--raw', '--no-abbrev', '--no-renames', '--root', '--ignore-submodules=none', '-z'];
  const input = piecesOf(git, ['rev-list', ...revisions, '--']);
  let commit = '';
  let header: string | undefined;
  for await (const field of linesOf(git, ['diff-tree', '--stdin', ...options], { input, separator: '\0' })) {
    if (header !== undefined) {
      const oid = header.split(' ')[3] as string;
      header = undefined;
      if (!blobs.has(oid)) continue;
      commits.add(commit);
      if (!seen.has(`${oid}\0${field}`)) versions.set(field, (versions.get(field) ?? 0) + 1);
      seen.add(`${oid}\0${field}`);
    } else if (field.startsWith(':')) header = field;
    else commit = field.trim().split(' ')[0] as string;
  }
  return { versions, commits };
}

async function writeBlob(git: Git, bytes: Buffer): Promise<string> {
  // `--no-filters`: what is stored is what was stored, whatever attributes say about line ends.
  const out = await gitOutput(git, ['hash-object', '-w', '--stdin', '--no-filters'], { input: bytes });
  return out.toString('latin1').trim();
}
