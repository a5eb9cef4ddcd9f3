import { batchHeader, type GitObject, type ObjectType } from './objects.ts';

/** What the shell has read: by the name it was asked for, null where git has said that there is none. */
export type Objects = ReadonlyMap<string, GitObject | null>;

/** The names that `hooks/dispatch` asks for before any id, in its order. */
export const namesAhead = [
  ':pregate.yaml',
  ':pregate.yml',
  ':.pregate/baseline.jsonl',
  ...['HEAD', 'main', 'master'].map((branch) => `refs/remotes/origin/${branch}:.pregate/exceptions.jsonl`),
];

/**
 * Parses what `git cat-file --batch` has said to `namesAhead` and then to ids, from `at` on. It ends where anything is cut off
 * or of another shape. An id that was not found is left out: who asks for it again is told why.
 */
export function parseObjects(bytes: Buffer, at: number): Objects {
  const objects = new Map<string, GitObject | null>();
  for (let start = at, asked = 0; start < bytes.length; asked++) {
    const end = bytes.indexOf(10, start);
    if (end === -1) break;
    const line = bytes.toString('latin1', start, end);
    const name = namesAhead[asked];
    start = end + 1;
    const [, oid = '', type, length] = batchHeader.exec(line) ?? [];
    if (oid === '') {
      if (name === undefined ? !line.endsWith(' missing') : line !== `${name} missing`) break;
      if (name !== undefined) objects.set(name, null);
      continue;
    }
    const size = Number(length);
    if (bytes[start + size] !== 10) break;
    const object = { oid, type: type as ObjectType, size, bytes: bytes.subarray(start, start + size), partial: false };
    objects.set(name ?? oid, object);
    start += size + 1;
  }
  return objects;
}
