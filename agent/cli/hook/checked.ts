import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { indexTree } from '../../git/index-tree.ts';
import type { Place } from '../../git/place.ts';
import type { RawChange } from '../../git/raw.ts';
import { stateFolder } from '../../state-folder.ts';
import { writeReady } from '../../system/ready-file.ts';

/** A verdict is needed until `post-commit`, moments later; what is older than a day goes. */
const day = 86_400_000;

/** The tree of the index that is being committed, where the index says it (`indexTree`). */
export function stagedTree(place: Place, env: NodeJS.ProcessEnv, cwd: string, seal?: Uint8Array): string | undefined {
  const index = env['GIT_INDEX_FILE'];
  const file = index ? path.resolve(cwd, index) : path.join(place.gitDir, 'index');
  return indexTree(file, place.emptyTree.length / 2, seal);
}

/**
 * Notes that a commit of this tree on this parent (null for a first commit) was checked and may be made. `post-commit`
 * compares: the index may change while the hook runs, and `--no-verify` skips it. One file for each pair of parent and tree,
 * so that two commits at once cannot take each other's verdict; it holds the build that judged. False when it could not be
 * written: on a full disk, in a home that is read-only.
 */
export function noteTree(parent: string | null, tree: string, env: NodeJS.ProcessEnv): boolean {
  return note(`${parent ?? 'root'}-${tree}`, env);
}

/**
 * The same where the index does not say its tree (`commit -- path`, an index that another program wrote): what such a commit
 * changes stands for it. The shell cannot compare that, so `post-commit` asks `sawChanges`.
 */
export async function noteChanges(
  parent: string | null,
  changes: readonly RawChange[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  note(await nameOf(parent, changes), env);
}

/** Whether this build has judged a commit of this tree on this parent, and let it pass. */
export function sawTree(parent: string | null | undefined, tree: string, env: NodeJS.ProcessEnv): boolean {
  return isNoted(`${parent ?? 'root'}-${tree}`, env);
}

/** The same of a commit with these changes. */
export async function sawChanges(
  parent: string | null,
  changes: readonly RawChange[],
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  return isNoted(await nameOf(parent, changes), env);
}

function isNoted(name: string, env: NodeJS.ProcessEnv): boolean {
  const state = stateFolder(env, process.platform);
  if (state === undefined) return false;
  try {
    const build = readFileSync(path.join(state, 'hooks', 'current'), 'utf8');
    return readFileSync(path.join(checkedFolder(state), name), 'utf8') === build;
  } catch {
    return false;
  }
}

async function nameOf(parent: string | null, changes: readonly RawChange[]): Promise<string> {
  const { createHash } = await import('node:crypto');
  const lines = changes.map((one) => JSON.stringify([one.path, one.oldMode, one.newMode, one.oldOid, one.newOid]));
  const digest = createHash('sha256').update(lines.sort().join('\n')).digest('hex');
  return `${parent ?? 'root'}-changes-${digest}`;
}

/** False when it could not be written. */
function note(name: string, env: NodeJS.ProcessEnv): boolean {
  const state = stateFolder(env, process.platform);
  if (state === undefined) return false;
  try {
    const build = readFileSync(path.join(state, 'hooks', 'current'), 'utf8');
    const folder = checkedFolder(state);
    if (!writeReady(folder, name, build)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(path.join(folder, name), build, { mode: 0o600 });
    }
    // Seldom enough to cost nothing, often enough to keep the folder small.
    if (Math.random() < 0.02) dropOld(folder);
    return true;
  } catch {
    // Without the note the commit is looked at again.
    return false;
  }
}

/** Where the notes lie. */
export function checkedFolder(state: string): string {
  return path.join(state, 'checked');
}

function dropOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > day) rmSync(file, { force: true });
  }
}

/** Marks a commit that no verdict covers; the push looks at it in any case, and takes the mark away when it passes. */
export function markUnverified(commit: string, how: string, env: NodeJS.ProcessEnv): void {
  const state = stateFolder(env, process.platform);
  if (state === undefined) return;
  try {
    const folder = path.join(state, 'unverified');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(folder, commit), `${how}\n`, { mode: 0o600 });
  } catch {
    // The mark is for people; the push does not rely on it.
  }
}

/** Whether a commit is marked so, and a person was told of it. */
export function isUnverified(commit: string | undefined, how: string, env: NodeJS.ProcessEnv): boolean {
  const state = stateFolder(env, process.platform);
  if (state === undefined || commit === undefined) return false;
  try {
    return readFileSync(path.join(state, 'unverified', commit), 'utf8') === `${how}\n`;
  } catch {
    return false;
  }
}

/** Takes the marks of commits away that a push has looked at. */
export function clearUnverified(commits: readonly string[], env: NodeJS.ProcessEnv): void {
  const state = stateFolder(env, process.platform);
  if (state === undefined) return;
  try {
    const marked = new Set(readdirSync(path.join(state, 'unverified')));
    for (const commit of commits)
      if (marked.has(commit)) rmSync(path.join(state, 'unverified', commit), { force: true });
  } catch {
    // There are none.
  }
}
