import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type GitObject, openObjects } from '../git/objects.ts';
import { modes, parseTree } from '../git/raw.ts';
import { type Git, gitOutput, gitProblem, isOid, openGit, runGit } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import { type BundleFile, isBundleFile, isOptionalFile, maximumOptionalBytes } from '../policy/bundle.ts';
import { BundleError, limits } from './limits.ts';
import { readPacked } from './read.ts';

export interface CommittedBundle {
  kind: 'directory' | 'archive';
  /** Files of the folder, or the archive itself as the only one. */
  files: BundleFile[];
}

/**
 * Reads a bundle's folder or archive as it stands in a commit, whatever the working tree holds: the policy that judges a
 * change must not be part of it. Undefined when the commit has nothing at that path. Throws `BundleError`.
 */
export async function readCommitted(git: Git, commit: string, path: string): Promise<CommittedBundle | undefined> {
  const spec = path === '' ? [] : ['--', path];
  const entries = parseTree(await gitOutput(git, ['ls-tree', '-r', '-z', '--full-tree', commit, ...spec]));
  if (entries.length === 0) return undefined;
  const [only] = entries;
  const isFile = entries.length === 1 && only?.path === path;
  const signed = entries.some((entry) => relative(path, entry.path) === '.signatures.json');
  const inside = isFile || signed ? entries : entries.filter((entry) => isBundleFile(relative(path, entry.path)));
  if (inside.length > limits.files) throw new BundleError(`it has more than ${limits.files} files`);
  const objects = openObjects(git);
  try {
    let total = 0;
    const files: BundleFile[] = [];
    for (const entry of inside) {
      const name = isFile ? path : relative(path, entry.path);
      const optional = !isFile && !signed && isOptionalFile(name);
      if (optional && (entry.mode === modes.symlink || entry.mode === modes.submodule)) continue;
      if (entry.mode === modes.symlink || entry.mode === modes.submodule) {
        throw new BundleError(`${displayPath(name)} is not a regular file; links are not followed`);
      }
      const object = await objects.read(entry.oid, { full: limits.fileBytes, edge: 0 });
      if (optional && (!object || object.partial || object.bytes.length > maximumOptionalBytes)) continue;
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

/**
 * Reads a bundle at a ref of a repository on disk. In the repository that is judged (`own`) only what a push cannot
 * bring counts: a remote-tracking ref, a tag, or a full commit id. Throws `BundleError`.
 */
export async function readRef(
  { ref, path }: { ref: string; path: string },
  repository: string,
  own: boolean,
  env?: NodeJS.ProcessEnv,
): Promise<BundleFile[]> {
  const git: Git = own
    ? openGit(repository, env)
    : { ...openGit(repository, withoutGit(env ?? process.env)), options: bareIn(repository) };
  const full = (
    await runGit(git, ['rev-parse', '--verify', '--quiet', '--symbolic-full-name', '--end-of-options', ref])
  ).stdout
    .toString()
    .replace(/^--end-of-options\n/, '')
    .trim();
  const found = await runGit(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const commit = found.stdout.toString().trim().split('\n').at(-1) ?? '';
  const foreign = found.code === 0 ? undefined : gitProblem(found, 'rev-parse');
  if (foreign?.code === 'dubious-ownership') throw new BundleError(foreign.message);
  if (found.code !== 0 || !isOid(commit)) throw new BundleError(`there is no ref ${ref}`);
  if (own && !isOid(ref) && !/^refs\/(remotes|tags)\//.test(full)) {
    throw new BundleError(
      `${ref} is no tag, remote-tracking ref or full commit id, so a push could bring its own policy`,
    );
  }
  const bundle = await readCommitted(git, commit, path);
  if (!bundle) throw new BundleError(`${ref} has nothing at ${path === '' ? 'its root' : path}`);
  return bundle.kind === 'directory' ? bundle.files : readPacked((bundle.files[0] as BundleFile).bytes);
}

/**
 * Git finds a bare repository by itself nowhere (`safe.bareRepository`): one that was named it may. `GIT_DIR` would name it,
 * too, but with that git does not ask any more who owns it (`safe.directory`).
 */
function bareIn(repository: string): readonly string[] {
  const bare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(repository, name)));
  return bare ? ['-c', 'safe.bareRepository=all'] : [];
}

/** Git tells its hooks where their repository is; another repository is not that one. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT|ALTERNATE|PREFIX|QUARANTINE)/.test(name),
    ),
  );
}

function wholeOf(object: GitObject | undefined, name: string): Uint8Array {
  if (!object) throw new BundleError(`${displayPath(name)} is not in this clone`);
  if (object.partial) throw new BundleError(`${displayPath(name)} is larger than ${limits.fileBytes / 1e6} MB`);
  return object.bytes;
}

function relative(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
