import type { CommitInfo, PushedRef } from '../../gate/types.ts';
import type { FurtherQuestion } from '../further.ts';

/** One ref of a push with what it would bring. */
export interface RefPush {
  ref: PushedRef;
  /** `main`, `v1`. */
  name: string;
  /** New commits, newest first. */
  commits: CommitInfo[];
  /** Everything that new commits touch, deletions included. */
  paths: { path: string; commit: string }[];
  /** Files that new commits add or change, each once, with the commit that did. */
  files: { path: string; commit: string }[];
  /** New blobs and their sizes in bytes. */
  blobs: { path: string; size: number; commit?: string }[];
}

/** What a push would bring, ref by ref. */
export function refPushes({ collected }: FurtherQuestion): RefPush[] {
  const removed = new Set(collected.changes.filter((one) => one.status === 'D').map((one) => one.path));
  const documents = [...collected.targets, ...collected.history].filter((document) => document.kind === 'file');
  return (collected.push?.refs ?? []).map((ref) => {
    const own = new Set(ref.commits);
    const commits = collected.commits.filter((commit) => own.has(commit.oid));
    const touched = new Map<string, string>();
    for (const commit of commits) for (const path of commit.paths) touched.set(path, commit.oid);
    const files = new Map([...touched].filter(([path]) => !removed.has(path)));
    const blobs = commits.length === 0 ? [] : documents.filter((document) => files.has(document.path));
    return {
      ref,
      name: ref.dst.replace(/^refs\/(heads|tags)\//, ''),
      commits,
      paths: [...touched].map(([path, commit]) => ({ path, commit })),
      files: [...files].map(([path, commit]) => ({ path, commit })),
      blobs: blobs.map(({ path, size, commit }) => ({ path, size, ...(commit ? { commit } : {}) })),
    };
  });
}

/** A commit's whole message. */
export function messageOf({ subject, body }: CommitInfo): string {
  return body === '' ? subject : `${subject}\n\n${body}`;
}
