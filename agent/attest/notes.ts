import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitFailure } from '../git/failure.ts';
import { openObjects } from '../git/objects.ts';
import { type Git, gitOutput, isOid, runGit } from '../git/run.ts';
import { lineOf, parseEnvelope } from './dsse.ts';
import { type Envelope, notesRef } from './types.ts';

/** How often another writer may be met; each try takes some milliseconds. */
const tries = 40;
/** A note beyond this is not read: thousands of statements for one commit are no evidence, they are an attack. */
const mostBytes = 16 * 1024 * 1024;

/** The envelopes of a commit, oldest first. Lines that are no envelopes are left out. */
export async function readEnvelopes(git: Git, commit: string, ref = notesRef): Promise<Envelope[]> {
  const tip = await tipOf(git, ref);
  const blob = tip === undefined ? undefined : await noteOf(git, tip, commit);
  if (blob === undefined) return [];
  return envelopesIn(await gitOutput(git, ['cat-file', 'blob', blob.oid], { maxBytes: mostBytes }));
}

function envelopesIn(note: Uint8Array): Envelope[] {
  const lines = Buffer.from(note).toString('utf8').split('\n');
  return lines.flatMap((line) => parseEnvelope(line) ?? []);
}

/**
 * The envelopes of many commits, each oldest first, in the order of the commits; those without any are left out. Three
 * processes in all, however many commits there are.
 */
export async function readAllEnvelopes(
  git: Git,
  commits: readonly string[],
  ref = notesRef,
): Promise<Map<string, Envelope[]>> {
  const tip = commits.length === 0 ? undefined : await tipOf(git, ref);
  if (tip === undefined) return new Map();
  const wanted = new Set(commits);
  const notes = new Map<string, string>();
  for (const entry of (await gitOutput(git, ['ls-tree', '-r', '-z', tip])).toString('latin1').split('\0')) {
    const match = /^100644 blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
    const commit = match?.[2]?.replaceAll('/', '') ?? '';
    // As in `noteOf`, the first of two notes of one commit counts.
    if (match && wanted.has(commit) && !notes.has(commit)) notes.set(commit, match[1] as string);
  }
  const objects = openObjects(git);
  try {
    const read = async (commit: string): Promise<[string, Envelope[]]> => {
      const blob = await objects.read(notes.get(commit) as string, { full: mostBytes, edge: 0 });
      if (!blob || blob.partial) {
        const message = `The note of ${commit} is missing or larger than ${mostBytes} bytes. No statement was read.`;
        throw new GitFailure({ code: 'note-unreadable', message, fatal: true });
      }
      return [commit, envelopesIn(blob.bytes)];
    };
    const all = await Promise.all([...wanted].filter((commit) => notes.has(commit)).map(read));
    return new Map(all);
  } finally {
    objects.close();
  }
}

/**
 * Adds envelopes to the note of a commit. `git notes add` loses what another process wrote meanwhile; here the new notes
 * commit is only accepted when the ref still has the value it was made from, and else it is made again.
 * Existing envelopes are kept. Throws `GitFailure` when the ref stays busy or cannot be written.
 */
export async function addEnvelopes(git: Git, commit: string, envelopes: readonly Envelope[]): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const tip = await tipOf(git, notesRef);
    const note = tip === undefined ? undefined : await noteOf(git, tip, commit);
    const before = note === undefined ? '' : (await gitOutput(git, ['cat-file', 'blob', note.oid])).toString('utf8');
    const lines = new Set([...before.split('\n').filter(Boolean), ...envelopes.map(lineOf)]);
    const text = `${[...lines].join('\n')}\n`;
    if (text === before) return;
    const blob = oidOf(await gitOutput(git, ['hash-object', '-w', '--stdin'], { input: text }));
    const tree = await treeWith(git, tip, note?.path ?? commit, blob);
    const next = await commitOf(git, tree, tip);
    const update = await runGit(git, ['update-ref', notesRef, next, tip ?? '0'.repeat(next.length)]);
    if (update.code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 25));
  }
  throw new GitFailure({
    code: 'notes-busy',
    message: `${notesRef} was changed by others each time, so the statement was not stored. Try again.`,
    fatal: true,
  });
}

async function tipOf(git: Git, ref: string): Promise<string | undefined> {
  const result = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${ref}^{commit}`]);
  const oid = result.stdout.toString('latin1').trim();
  return result.code === 0 && isOid(oid) ? oid : undefined;
}

/** The note of a commit; git spreads notes over folders once there are many (`ab/cdef…`), so the path is looked for. */
async function noteOf(git: Git, tip: string, commit: string): Promise<{ oid: string; path: string } | undefined> {
  const paths = [commit];
  for (let depth = 1; depth <= 3; depth++) {
    const folders = Array.from({ length: depth }, (_, index) => commit.slice(index * 2, index * 2 + 2));
    paths.push([...folders, commit.slice(depth * 2)].join('/'));
  }
  const listed = (await gitOutput(git, ['ls-tree', '-z', tip, '--', ...paths])).toString('latin1');
  const match = /^100644 blob ([0-9a-f]+)\t([^\0]+)/.exec(listed);
  return match ? { oid: match[1] as string, path: match[2] as string } : undefined;
}

/** The tree of `tip` with one path replaced; an index of its own keeps the one of the working tree out of it. */
async function treeWith(git: Git, tip: string | undefined, path: string, blob: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-notes-'));
  try {
    const own: Git = { ...git, env: { ...git.env, GIT_INDEX_FILE: join(folder, 'index') } };
    if (tip !== undefined) await gitOutput(own, ['read-tree', tip]);
    await gitOutput(own, ['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
    return oidOf(await gitOutput(own, ['write-tree']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commitOf(git: Git, tree: string, parent: string | undefined): Promise<string> {
  const parents = parent === undefined ? [] : ['-p', parent];
  const message = 'Statements of Pregate\n';
  return oidOf(await gitOutput(git, ['commit-tree', '--no-gpg-sign', tree, ...parents], { input: message }));
}

function oidOf(output: Buffer): string {
  const oid = output.toString('latin1').trim();
  if (isOid(oid)) return oid;
  throw new GitFailure({ code: 'git-failed', message: 'git gave no object id. Nothing was stored.', fatal: true });
}
