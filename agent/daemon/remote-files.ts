import type { GitObject, ObjectReader } from '../git/objects.ts';
import { readRemoteRef } from './head.ts';

/** What a commit has at a path, or undefined for nothing; the same for as long as there are commits. */
export type Seen = Map<string, GitObject | undefined>;

/** Larger objects are asked for again. */
const mostBytes = 100_000;
const mostSeen = 100;

/**
 * Every commit asks for the same few files of the remote's branches (`refs/remotes/origin/main:.pregate/exceptions.jsonl`).
 * Where the branch is stands in a file, and what its commit has is kept: asking another process for it costs a hook two
 * milliseconds, nearly all of them until that process runs.
 */
export function remoteFilesFirst(reader: ObjectReader, commonDir: string, seen: Seen): ObjectReader {
  return {
    async read(name, limits) {
      const colon = name.indexOf(':');
      const oid = colon > 0 ? readRemoteRef(commonDir, name.slice(0, colon)) : undefined;
      if (oid === null) return undefined;
      if (oid === undefined) return reader.read(name, limits);
      const exact = oid + name.slice(colon);
      if (seen.has(exact)) return seen.get(exact);
      const object = await reader.read(exact, limits);
      if (!object?.partial && (object?.size ?? 0) <= mostBytes) keep(exact, object);
      return object;
    },
    close: () => reader.close(),
  };

  function keep(exact: string, object: GitObject | undefined): void {
    seen.set(exact, object);
    if (seen.size > mostSeen) seen.delete(seen.keys().next().value as string);
  }
}
