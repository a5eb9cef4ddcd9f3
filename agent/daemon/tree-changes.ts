import type { ObjectReader } from '../git/objects.ts';
import type { RawChange } from '../git/raw.ts';
import { decodePath } from '../model/path.ts';
import { type TreeEntry, treeEntries } from './loose.ts';

/** Folders within folders; more than any path may have. */
const deepest = 2100;

/**
 * How one tree differs from another, file by file and in the order of their paths: what `diff-index --cached --raw --no-renames`
 * says about an index that would become `to`. `null` stands for no tree. Undefined when a tree is not here or is damaged.
 */
export async function treeChanges(
  objects: ObjectReader,
  from: string | null,
  to: string | null,
): Promise<RawChange[] | undefined> {
  const found: { path: Buffer; change: RawChange }[] = [];
  const zero = '0'.repeat((to ?? from ?? '').length);
  const complete = await compare(from, to, Buffer.alloc(0), 0);
  if (!complete) return undefined;
  return found.sort((a, b) => Buffer.compare(a.path, b.path)).map((one) => one.change);

  async function compare(old: string | null, now: string | null, prefix: Buffer, depth: number): Promise<boolean> {
    if (depth > deepest) return false;
    const [before, after] = await Promise.all([entriesOf(old), entriesOf(now)]);
    if (!before || !after) return false;
    for (const [name, entry] of after) {
      const earlier = before.get(name);
      before.delete(name);
      if (earlier?.oid === entry.oid && earlier.mode === entry.mode) continue;
      if (!(await changed(earlier, entry, prefix, depth))) return false;
    }
    for (const entry of before.values()) if (!(await changed(entry, undefined, prefix, depth))) return false;
    return true;
  }

  /** A folder in a file's place, or a file in a folder's, is two changes. */
  async function changed(
    old: TreeEntry | undefined,
    now: TreeEntry | undefined,
    prefix: Buffer,
    depth: number,
  ): Promise<boolean> {
    const [oldTree, newTree] = [folderOf(old), folderOf(now)];
    const path = Buffer.concat([prefix, (now ?? (old as TreeEntry)).name]);
    const [oldFile, newFile] = [oldTree ? undefined : old, newTree ? undefined : now];
    if (oldFile || newFile) found.push({ path, change: changeOf(path, oldFile, newFile) });
    return oldTree || newTree ? compare(oldTree, newTree, Buffer.concat([path, slash]), depth + 1) : true;
  }

  function changeOf(path: Buffer, old: TreeEntry | undefined, now: TreeEntry | undefined): RawChange {
    const status = !old ? 'A' : !now ? 'D' : old.mode.slice(0, 3) === now.mode.slice(0, 3) ? 'M' : 'T';
    return {
      path: decodePath(path),
      status,
      oldMode: old?.mode ?? '000000',
      newMode: now?.mode ?? '000000',
      oldOid: old?.oid ?? zero,
      newOid: now?.oid ?? zero,
    };
  }

  async function entriesOf(tree: string | null): Promise<Map<string, TreeEntry> | undefined> {
    if (tree === null) return new Map();
    const object = await objects.read(tree);
    if (object?.type !== 'tree' || object.partial) return undefined;
    const entries = treeEntries(object.bytes, tree.length / 2);
    const named = entries && new Map(entries.map((entry) => [entry.name.toString('latin1'), entry]));
    // Two entries of one name: git can write such a tree from an index with folders collapsed, and would show one of them only.
    return named?.size === entries?.length ? named : undefined;
  }
}

const slash = Buffer.from('/');

function folderOf(entry: TreeEntry | undefined): string | null {
  return entry?.mode === '040000' ? entry.oid : null;
}
