import { type GitObject, openObjects } from '../git/objects.ts';
import { modes, parseTree } from '../git/raw.ts';
import { type Git, gitOutput } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import type { BundleFile } from '../policy/bundle.ts';
import { BundleError, limits } from './limits.ts';

export interface CommittedBundle {
  kind: 'directory' | 'archive';
  /** Files of the folder, or the archive itself as the only one. */
  files: BundleFile[];
}

/**
 * Reads a bundle's folder or archive as it stands in a commit, whatever the working tree holds: the policy that judges a
 * change must not be part of it. Undefined when the commit has nothing at that path. Throws `BundleError`.
 */
export async function readCommitted(
  git: Git,
  commit: string,
  path: string,
  isWanted: (path: string) => boolean,
): Promise<CommittedBundle | undefined> {
  const spec = path === '' ? [] : ['--', path];
  const entries = parseTree(await gitOutput(git, ['ls-tree', '-r', '-z', '--full-tree', commit, ...spec]));
  if (entries.length === 0) return undefined;
  const [only] = entries;
  const isFile = entries.length === 1 && only?.path === path;
  const inside = isFile ? entries : entries.filter((entry) => isWanted(relative(path, entry.path)));
  if (inside.length > limits.files) throw new BundleError(`it has more than ${limits.files} files`);
  const objects = openObjects(git);
  try {
    let total = 0;
    const files: BundleFile[] = [];
    for (const entry of inside) {
      const name = isFile ? path : relative(path, entry.path);
      if (entry.mode === modes.symlink || entry.mode === modes.submodule) {
        throw new BundleError(`${displayPath(name)} is not a regular file; links are not followed`);
      }
      const object = await objects.read(entry.oid, { full: limits.fileBytes, edge: 0 });
      const bytes = wholeOf(object, name);
      total += bytes.length;
      if (total > limits.totalBytes) throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB`);
      files.push({ path: name, bytes });
    }
    return { kind: isFile ? 'archive' : 'directory', files };
  } finally {
    objects.close();
  }
}

function wholeOf(object: GitObject | undefined, name: string): Uint8Array {
  if (!object) throw new BundleError(`${displayPath(name)} is not in this clone`);
  if (object.partial) throw new BundleError(`${displayPath(name)} is larger than ${limits.fileBytes / 1e6} MB`);
  return object.bytes;
}

function relative(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
