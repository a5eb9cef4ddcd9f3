import { existsSync, lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What HEAD is, read from the files of the `files` ref store. */
export interface Head {
  /** Commit that HEAD names. */
  oid: string;
  /** Full name of the branch; null when HEAD is detached. */
  branchRef: string | null;
}

/**
 * Reads HEAD as git does (gitrepository-layout: HEAD, then the loose ref, then packed-refs), without a process.
 * Undefined for everything out of the ordinary (no commit yet, a link, a chain of symbolic refs): git is asked then.
 */
export function readHead(gitDir: string, commonDir: string): Head | undefined {
  try {
    const file = path.join(gitDir, 'HEAD');
    if (!lstatSync(file).isFile()) return undefined;
    const text = readFileSync(file, 'latin1');
    if (oidLine.test(text)) return { oid: text.trim(), branchRef: null };
    const ref = /^ref: (refs\/heads\/[^\n]+)\n$/.exec(readFileSync(file, 'utf8'))?.[1];
    if (ref === undefined || ref.includes('..')) return undefined;
    const oid =
      looseRef(path.join(commonDir, ref)) ??
      packedRef(path.join(commonDir, 'packed-refs'), Buffer.from(ref).toString('latin1'));
    return oid === undefined ? undefined : { oid, branchRef: ref };
  } catch {
    return undefined;
  }
}

const oidLine = /^(?:[0-9a-f]{40}|[0-9a-f]{64})\n?$/;

/**
 * The commit that a branch of a remote is at (`refs/remotes/…`), through a symbolic ref such as `origin/HEAD`; null when there is
 * none. Undefined where git has to say it: gitrevisions(7) has other names for what is not there, such as a tag called so.
 */
export function readRemoteRef(commonDir: string, name: string): string | null | undefined {
  if (!/^refs\/remotes\/[^\n:^~@{}\\]+$/.test(name) || name.includes('..')) return undefined;
  try {
    const text = looseText(path.join(commonDir, name)) ?? '';
    const target = /^ref: (refs\/remotes\/[^\n]+)\n$/.exec(text)?.[1];
    if (target?.includes('..')) return undefined;
    // A chain of them is git's to follow: its second link is no plain ref.
    const ref = target ?? name;
    const oid = looseRef(path.join(commonDir, ref)) ?? packedRef(path.join(commonDir, 'packed-refs'), ref);
    if (oid !== undefined) return oid;
    return target === undefined && !hasOtherNames(commonDir) ? null : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a ref lies where git also looks for `refs/…`: below `refs/refs`, `refs/tags/refs` and so on. */
function hasOtherNames(commonDir: string): boolean {
  if (['', 'tags', 'heads', 'remotes'].some((folder) => existsSync(path.join(commonDir, 'refs', folder, 'refs'))))
    return true;
  return /^[0-9a-f]+ refs\/(?:\w+\/)?refs\//m.test(looseText(path.join(commonDir, 'packed-refs')) ?? '');
}

/** A loose ref of another shape hides the packed one from git too, so it ends the search (`''` is no object id). */
function looseRef(file: string): string | undefined {
  const text = looseText(file);
  if (text === undefined) return undefined;
  if (!oidLine.test(text)) throw new Error('not a plain ref');
  return text.trim();
}

/** A pipe in a file's place would hold the thread that reads it for ever. Latin-1 keeps every byte of a name. */
function looseText(file: string): string | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (!stat.isFile()) throw new Error('not a file');
  return readFileSync(file, 'latin1');
}

/** `<oid> <ref>` lines, `^<oid>` lines of tags between them, and comments. */
function packedRef(file: string, ref: string): string | undefined {
  const text = looseText(file);
  if (text === undefined) return undefined;
  const at = text.indexOf(` ${ref}\n`);
  if (at === -1) return undefined;
  const oid = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return oidLine.test(oid) ? oid : undefined;
}
