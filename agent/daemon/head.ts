import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
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

/** A loose ref of another shape hides the packed one from git too, so it ends the search (`''` is no object id). */
function looseRef(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = plainFile(file);
  if (!oidLine.test(text)) throw new Error('not a plain ref');
  return text.trim();
}

/** A pipe in a file's place would hold the thread that reads it for ever. Latin-1 keeps every byte of a name. */
function plainFile(file: string): string {
  if (!statSync(file).isFile()) throw new Error('not a file');
  return readFileSync(file, 'latin1');
}

/** `<oid> <ref>` lines, `^<oid>` lines of tags between them, and comments. */
function packedRef(file: string, ref: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = plainFile(file);
  const at = text.indexOf(` ${ref}\n`);
  if (at === -1) return undefined;
  const oid = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return oidLine.test(oid) ? oid : undefined;
}
