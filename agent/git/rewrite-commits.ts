import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diffTreeOf, parseRawDiff, type RawChange } from './raw.ts';
import { remake } from './rewrite.ts';
import { type Git, gitOutput, isZero, runGit } from './run.ts';

/** What becomes of one commit: it is left out, or gets another message. */
export type CommitEdit = { drop: true } | { message: string };

/**
 * Makes a straight line of commits again, with some left out or reworded; nothing of them that is not named changes, but
 * their parents. No ref, index or file moves. Undefined where a later commit builds on what an earlier one that is left
 * out has brought, so that only a person can say what it should be.
 */
export async function rewriteCommits(
  git: Git,
  oldestFirst: readonly string[],
  edits: ReadonlyMap<string, CommitEdit>,
  options: { sign: boolean },
): Promise<string | undefined> {
  const [first] = oldestFirst;
  if (first === undefined) return undefined;
  let parent = await revision(git, `${first}^`);
  let dropped = false;
  let changed = false;
  for (const oid of oldestFirst) {
    const edit = edits.get(oid);
    if (edit && 'drop' in edit) {
      dropped = true;
      changed = true;
      continue;
    }
    changed ||= edit !== undefined || options.sign;
    if (!changed) {
      parent = oid;
      continue;
    }
    const tree = dropped ? await treeOn(git, parent, oid) : await revision(git, `${oid}^{tree}`);
    if (tree === undefined) return undefined;
    const message = edit === undefined ? {} : { message: edit.message };
    parent = await remake(git, oid, { tree, parents: [parent], sign: options.sign, ...message });
  }
  return parent;
}

/** What `oid` changes, applied to the tree of `parent`; undefined where that tree has another version of a file it changes. */
async function treeOn(git: Git, parent: string, oid: string): Promise<string | undefined> {
  const changes = parseRawDiff(await gitOutput(git, diffTreeOf(`${oid}^`, oid)));
  const between = parseRawDiff(await gitOutput(git, diffTreeOf(`${oid}^`, parent)));
  const other = new Map(between.map((change) => [change.path, change]));
  if (changes.some((change) => !fits(change, other.get(change.path)))) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'pregate-index-'));
  try {
    const own: Git = { ...git, env: { ...git.env, GIT_INDEX_FILE: path.join(folder, 'index') } };
    await gitOutput(own, ['read-tree', parent]);
    const lines = changes.map(({ path: file, newMode, newOid }) =>
      isZero(newOid) ? `0 ${newOid}\t${file}\0` : `${newMode} ${newOid}\t${file}\0`,
    );
    await gitOutput(own, ['update-index', '-z', '--index-info'], { input: lines.join('') });
    return (await gitOutput(own, ['write-tree'])).toString('latin1').trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file is as the commit found it, or already as the commit leaves it. */
function fits(change: RawChange, other: RawChange | undefined): boolean {
  return other === undefined || (other.newOid === change.newOid && other.newMode === change.newMode);
}

async function revision(git: Git, name: string): Promise<string> {
  return (await gitOutput(git, ['rev-parse', '--verify', '-q', name])).toString('latin1').trim();
}

/** True when the commits follow each other, each with one parent, so that one may be left out. Oldest first. */
export async function isStraight(git: Git, oldestFirst: readonly string[]): Promise<boolean> {
  const result = await runGit(git, ['rev-list', '--no-walk=unsorted', '--parents', ...oldestFirst]);
  const lines = result.stdout.toString('latin1').trim().split('\n');
  return (
    result.code === 0 &&
    lines.every((line, index) => {
      const [, parent, another] = line.split(' ');
      return parent !== undefined && another === undefined && (index === 0 || parent === oldestFirst[index - 1]);
    })
  );
}
