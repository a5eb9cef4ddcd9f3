import { GitFailure } from '../git/failure.ts';
import type { ObjectReader } from '../git/objects.ts';
import { type Git, gitOutput } from '../git/run.ts';

interface TreeEntry {
  mode: string;
  /** Latin-1, so that every byte of a name survives. */
  name: string;
  oid: string;
}

export interface TreeEdits {
  /** Blob to the blob that takes its place; null takes the file away. */
  blobs: ReadonlyMap<string, string | null>;
  /** Latin-1 paths at which these blobs stand: only folders above them are opened. */
  paths: ReadonlySet<string>;
}

/** Writes trees in which blobs are replaced. Unchanged trees keep their ids, and each is made once. */
export function treeRewriter(git: Git, objects: ObjectReader, edits: TreeEdits) {
  const folders = new Set<string>();
  for (const path of edits.paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders.add(path.slice(0, at));
  }
  const done = new Map<string, Promise<string | undefined>>();

  /** The new id of a tree; undefined when nothing is left in it. */
  const rewrite = (oid: string, folder: string): Promise<string | undefined> => {
    const key = `${folder}\0${oid}`;
    let made = done.get(key);
    if (!made) {
      made = make(oid, folder);
      done.set(key, made);
    }
    return made;
  };

  const make = async (oid: string, folder: string): Promise<string | undefined> => {
    const object = await objects.read(oid, { full: 256 * 1024 * 1024, edge: 1024 });
    if (object?.type !== 'tree' || object.partial) throw missing(oid);
    const entries = parseTreeObject(object.bytes, oid.length / 2);
    const next: TreeEntry[] = [];
    let changed = false;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const to = await replaced(entry, path);
      if (to !== entry.oid) changed = true;
      if (to !== undefined) next.push({ ...entry, oid: to });
    }
    if (!changed) return oid;
    if (next.length === 0 && folder !== '') return undefined;
    const written = await gitOutput(git, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: treeObject(next) });
    return written.toString('latin1').trim();
  };

  const replaced = async (entry: TreeEntry, path: string): Promise<string | undefined> => {
    if (entry.mode === '40000') return folders.has(path) ? rewrite(entry.oid, path) : entry.oid;
    if (!edits.paths.has(path)) return entry.oid;
    const to = edits.blobs.get(entry.oid);
    return to === null ? undefined : (to ?? entry.oid);
  };

  /** The new id of a commit's tree, which may be empty but is always one. */
  return async (oid: string): Promise<string> => (await rewrite(oid, '')) as string;
}

/** Parses a tree object: `mode SP name NUL id`, repeated (gitformat-pack, git-mktree). */
function parseTreeObject(bytes: Buffer, idLength: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const nul = bytes.indexOf(0, space);
    const end = nul + 1 + idLength;
    entries.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, nul),
      oid: bytes.toString('hex', nul + 1, end),
    });
    at = end;
  }
  return entries;
}

/** Order and modes are those of the tree it came from, since no name changes. */
function treeObject(entries: readonly TreeEntry[]): Buffer {
  return Buffer.concat(
    entries.map(({ mode, name, oid }) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(oid, 'hex')]),
    ),
  );
}

function missing(oid: string): GitFailure {
  return new GitFailure({
    code: 'object-missing',
    message: `Tree ${oid.slice(0, 10)} is damaged or not here. Nothing was changed. Try git fsck.`,
    fatal: true,
  });
}
