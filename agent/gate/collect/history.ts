import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commitInfo, parseCommit, parseTag, type RawCommit } from '../../git/commit.ts';
import { commitMessage, tagMessage } from '../../git/message-document.ts';
import { modes, parseDiffTree } from '../../git/raw.ts';
import { gitOutput } from '../../git/run.ts';
import { documentFromBytes } from '../../model/document.ts';
import { decodePath } from '../../model/path.ts';
import type { Document, RepoPath } from '../../model/types.ts';
import type { CommitInfo } from '../types.ts';
import { blobDocument, limitsFor, nameDocuments } from './documents.ts';
import type { Repository, Run } from './run.ts';

/** A blob that is new in a range, with the first path and commit it appears at. */
export interface NewBlob {
  oid: string;
  path: RepoPath;
  mode: string;
  commit?: string;
  /** What stood at that path before the commit; empty when nothing did. */
  before: string;
}

export interface History {
  /** Newest first, parents after children. */
  commits: CommitInfo[];
  blobs: Map<string, NewBlob>;
  /** Messages of commits and tags, and the path names worth reading. */
  documents: Document[];
}

/**
 * Every object that `include` reaches and `exclude` does not: objects, not diffs, so that content added and removed
 * within the range, content of merges, and content that attributes hide from `git diff` is all there.
 */
export async function readHistory(
  run: Run,
  repository: Repository,
  include: readonly string[],
  exclude: readonly string[],
  options: { promised?: boolean } = {},
): Promise<History> {
  if (include.length === 0) return { commits: [], blobs: new Map(), documents: [] };
  const input = [...new Set(include), ...[...new Set(exclude)].map((oid) => `^${oid}`)].join('\n');
  const onOutput = (bytes: number) => run.progress(Math.ceil(bytes / 1024), 0, 'listing what would be sent', 'KB');
  const output = await gitOutput(repository.git, ['rev-list', '--objects', '--missing=print', '--stdin'], {
    input: `${input}\n`,
    onOutput,
  });
  const listed = parseObjects(output);
  reportMissing(run, listed.missing, options.promised ?? false);
  const raw = await readCommits(run, repository, listed.commits);
  const order = childrenFirst(listed.commits, raw);
  const diffs = await readDiffs(run, repository, order, raw);
  const blobs = new Map<string, NewBlob>();
  const paths = new Map<RepoPath, string>();
  const trees = new Set([...raw.values()].map((commit) => commit.tree));
  const pathsOf = new Map<string, RepoPath[]>();
  for (const commit of [...order].reverse()) {
    const own: RepoPath[] = [];
    for (const change of diffs.get(commit) ?? []) {
      if (change.newMode === modes.tree || change.oldMode === modes.tree) {
        trees.add(change.newOid);
        if (change.newMode === modes.tree) continue;
      }
      own.push(change.path);
      if (change.status === 'D' || change.newMode === modes.submodule) continue;
      const { newOid: oid, newMode: mode, oldOid: before, path: file } = change;
      if (!paths.has(file)) paths.set(file, commit);
      if (listed.others.has(oid) && !blobs.has(oid)) blobs.set(oid, { oid, path: file, mode, commit, before });
    }
    pathsOf.set(commit, own);
  }
  const messages = [...raw].map(([oid, commit]) => commitMessage(oid, commit));
  const rest = [...listed.others].filter(([oid]) => !blobs.has(oid) && !trees.has(oid));
  messages.push(...(await readRest(run, repository, rest, blobs)));
  const commits = order.flatMap((oid) => {
    const commit = raw.get(oid);
    return commit ? [commitInfo(oid, commit, pathsOf.get(oid) ?? [])] : [];
  });
  const names = nameDocuments(paths.keys(), (file) => paths.get(file));
  return { commits, blobs, documents: [...names, ...messages] };
}

/** Reads new blobs as documents, in batches when somebody takes them, so that a long history need not fit in memory. */
export async function readNewBlobs(
  run: Run,
  repository: Repository,
  blobs: readonly NewBlob[],
  known: ReadonlySet<NewBlob> = new Set(),
): Promise<Document[]> {
  const kept: Document[] = [];
  const batchSize = 256;
  for (let at = 0; at < blobs.length; at += batchSize) {
    const batch = (
      await Promise.all(
        blobs
          .slice(at, at + batchSize)
          .map((blob) => (known.has(blob) ? knownDocument(blob) : readNewBlob(run, repository, blob))),
      )
    ).filter((document) => document !== undefined);
    run.progress(Math.min(at + batchSize, blobs.length), blobs.length, 'objects read');
    if (run.options.onHistory) {
      await run.options.onHistory(batch);
      for (const document of batch) run.keptBytes -= document.bytes.length;
    } else kept.push(...batch);
    if (run.keptBytes > run.limits.totalBytes) {
      run.problems.push({
        code: 'scope-too-large',
        message: `The outgoing history holds more than ${Math.round(run.limits.totalBytes / 1e6)} MB: ${blobs.length - at - batch.length} objects were not read. Push it in parts.`,
        fatal: true,
      });
      break;
    }
  }
  return kept;
}

/** True for a blob that was looked at before, and that is here as `rev-list` has found. */
export function isKnown(run: Run, { oid, path: file, mode }: NewBlob): boolean {
  return run.options.isKnown?.({ oid, path: file, kind: mode === modes.symlink ? 'symlink' : 'file' }) ?? false;
}

/** Stands for a known blob: the same place, and nothing in it to look at. */
function knownDocument({ oid, path: file, mode, commit }: NewBlob): Document {
  const kind = mode === modes.symlink ? 'symlink' : 'file';
  return documentFromBytes(file, new Uint8Array(0), { kind, oid, mode, ...(commit ? { commit } : {}) });
}

async function readNewBlob(run: Run, { objects }: Repository, blob: NewBlob): Promise<Document | undefined> {
  const object = await objects.read(blob.oid, limitsFor(run, blob.path));
  if (object?.type !== 'blob') {
    run.problems.push({
      code: 'object-missing',
      message: `Object ${blob.oid.slice(0, 10)} of the outgoing commits is damaged or not here, so it was not checked. Try git fsck.`,
      path: blob.path,
      fatal: true,
    });
    return undefined;
  }
  const request = { path: blob.path, oid: blob.oid, mode: blob.mode, ...(blob.commit ? { commit: blob.commit } : {}) };
  const document = blobDocument(run, object, request, { label: '', quiet: true });
  if (document.partial) {
    const detail = `${(document.size / 1e6).toFixed(0)} MB in the history: read in part only`;
    run.skipped.push({ path: blob.path, reason: 'too-large', detail, partial: true });
  }
  return document;
}

/**
 * Objects that are not here. A partial clone may lack what its own remote has: a push there sends nothing of it. For every
 * other remote, and in a whole clone, something that would be sent could not be read.
 */
function reportMissing(run: Run, oids: readonly string[], promised: boolean): void {
  for (const oid of oids) {
    const detail = promised ? 'not in this partial clone; the remote has it' : 'not in this repository';
    run.skipped.push({ path: `object:${oid}`, reason: 'unreadable', detail, partial: false });
  }
  if (oids.length === 0 || promised) return;
  run.problems.push({
    code: 'object-missing',
    message: `${oids.length} objects of the outgoing commits are damaged or not here (${oids[0]?.slice(0, 10)}), so they were not checked. Fetch them, or try git fsck.`,
    fatal: true,
  });
}

interface Listed {
  /** What git names but does not have. */
  missing: string[];
  commits: string[];
  /** Trees, blobs and tags: id → the path or name git shows beside it. */
  others: Map<string, RepoPath>;
}

/** `rev-list --objects`: commits stand alone on a line, everything else has a space and maybe a name after its id. */
function parseObjects(output: Buffer): Listed {
  const commits: string[] = [];
  const others = new Map<string, RepoPath>();
  const missing: string[] = [];
  let at = 0;
  while (at < output.length) {
    const newline = output.indexOf(10, at);
    const end = newline === -1 ? output.length : newline;
    const space = output.indexOf(32, at);
    if (output[at] === 0x3f) missing.push(output.toString('latin1', at + 1, end));
    else if (space === -1 || space > end) commits.push(output.toString('latin1', at, end));
    else others.set(output.toString('latin1', at, space), decodePath(output.subarray(space + 1, end)));
    at = end + 1;
  }
  return { missing, commits, others };
}

async function readCommits(
  run: Run,
  { objects }: Repository,
  oids: readonly string[],
): Promise<Map<string, RawCommit>> {
  const out = new Map<string, RawCommit>();
  const batch = 2048;
  for (let at = 0; at < oids.length; at += batch) {
    const part = oids.slice(at, at + batch);
    const read = await Promise.all(part.map((oid) => objects.read(oid)));
    part.forEach((oid, index) => {
      const object = read[index];
      if (object?.type === 'commit') out.set(oid, parseCommit(object.bytes));
    });
    run.progress(Math.min(at + batch, oids.length), oids.length, 'commits read');
  }
  return out;
}

/**
 * Git's order, but never a parent before its child, which clocks that are wrong can cause. Asking git for it
 * (`--topo-order`) would keep it silent until it has walked everything, and a hook must see that something moves.
 */
function childrenFirst(commits: readonly string[], raw: ReadonlyMap<string, RawCommit>): string[] {
  const waiting = new Map<string, number>();
  for (const oid of commits) {
    for (const parent of raw.get(oid)?.parents ?? []) waiting.set(parent, (waiting.get(parent) ?? 0) + 1);
  }
  const out: string[] = [];
  const place = (start: string) => {
    const ready = [start];
    for (let oid = ready.pop(); oid !== undefined; oid = ready.pop()) {
      out.push(oid);
      for (const parent of raw.get(oid)?.parents ?? []) {
        const left = (waiting.get(parent) ?? 0) - 1;
        waiting.set(parent, left);
        // A parent that git listed later is placed in its turn; one that it listed too early has been passed over.
        if (left === 0 && passed.delete(parent)) ready.push(parent);
      }
    }
  };
  const passed = new Set<string>();
  for (const oid of commits) {
    if ((waiting.get(oid) ?? 0) > 0) passed.add(oid);
    else place(oid);
  }
  return out;
}

/** What each commit changes against its first parent; everything for roots and for the boundary of a shallow clone. */
async function readDiffs(
  run: Run,
  { git, place }: Repository,
  commits: readonly string[],
  raw: ReadonlyMap<string, RawCommit>,
): Promise<Map<string, ReturnType<typeof parseDiffTree>[number]['changes']>> {
  const boundary = place.shallow ? shallowCommits(place.commonDir) : new Set<string>();
  const lines = commits.map((oid) => {
    const parent = boundary.has(oid) ? undefined : raw.get(oid)?.parents[0];
    return parent === undefined ? oid : `${oid} ${parent}`;
  });
  if (lines.length === 0) return new Map();
  const options = ['-r', '-t', '--raw', '-z', '--no-abbrev', '--no-renames', '--root', '--ignore-submodules=none'];
  const output = await gitOutput(git, ['diff-tree', '--stdin', ...options], {
    input: `${lines.join('\n')}\n`,
    onOutput: (bytes) => run.progress(Math.ceil(bytes / 1024), 0, 'listing what it changes', 'KB'),
  });
  return new Map(parseDiffTree(output).map((diff) => [diff.commit, diff.changes]));
}

function shallowCommits(commonDir: string): Set<string> {
  try {
    return new Set(readFileSync(path.join(commonDir, 'shallow'), 'latin1').split('\n'));
  } catch {
    return new Set();
  }
}

/**
 * Objects that no commit's comparison showed: tags, and what a tag or note names directly. A blob among them is new too;
 * its path is what `rev-list` could tell, since whatever happens it must be read.
 */
async function readRest(
  run: Run,
  { objects }: Repository,
  rest: readonly [string, RepoPath][],
  blobs: Map<string, NewBlob>,
): Promise<Document[]> {
  const messages: Document[] = [];
  for (const [oid, name] of rest) {
    const object = await objects.read(oid, limitsFor(run, name));
    if (object?.type === 'tag') {
      messages.push(tagMessage(oid, parseTag(object.bytes)));
    } else if (object?.type !== 'tree') {
      blobs.set(oid, { oid, path: name === '' ? `object:${oid}` : name, mode: '100644', before: '' });
    }
  }
  return messages;
}
