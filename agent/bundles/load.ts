import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Problem } from '../model/types.ts';
import type { BundleFile, LoadedBundle } from '../policy/bundle.ts';
import { defaultBundle } from '../policy/default.ts';
import { BundleError, limits } from './limits.ts';

export interface LoadOptions {
  /** `--bundle`: a folder or archive a person named, relative to `cwd`. */
  explicit?: string;
  /** `policy.bundle` of `pregate.yaml`, relative to the repository's root. */
  configured?: string;
  /** Fingerprint of the key the bundle must be signed with. */
  key?: string;
  cwd: string;
  root: string;
  /**
   * The commit whose version of a configured bundle judges: the merge-base of a push, HEAD for a commit. Where it has no
   * such bundle, or this is left out, the working tree's is read.
   */
  base?: { commit: string; env?: NodeJS.ProcessEnv };
}

const inflate = promisify(gunzip);

/**
 * Loads the policy that judges: what was named, what is configured, or the built-in gates.
 * A bundle that cannot be read whole is not used at all: the problem is fatal, and the gate that was asked closes.
 */
export async function loadBundle(options: LoadOptions): Promise<LoadedBundle> {
  const named = options.explicit ?? options.configured;
  if (named === undefined) {
    if (options.key === undefined) return { bundle: defaultBundle(), problems: [] };
    return failed('policy.key is set, but no policy.bundle: there is nothing to verify');
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(named)) {
    return failed(`${named} is an address; bundles are read from a folder or an archive in this build`);
  }
  if (options.explicit === undefined && options.base) {
    const committed = await loadCommitted(named, options.base, options);
    if (committed) return committed;
  }
  const path = options.explicit === undefined ? await insideRoot(named, options.root) : resolve(options.cwd, named);
  if (path === undefined) return failed(`policy.bundle ${named} does not lie inside the repository`);
  return readBundle(path, named, options.key);
}

/** Reads a bundle from a folder or an archive. `name` is what people call it. */
export async function readBundle(path: string, name: string, key?: string): Promise<LoadedBundle> {
  // Only who has a bundle of his own loads what reads it.
  const { bundleFrom, isBundleFile } = await import('../policy/bundle.ts');
  try {
    const info = await lstat(await realpath(path));
    const kind = info.isDirectory() ? 'directory' : 'archive';
    const files = kind === 'directory' ? await readFolder(path, isBundleFile) : await readArchive(path, info.size);
    return bundleFrom(files, { name, kind, ...(key === undefined ? {} : { key }) });
  } catch (error) {
    return failed(`The policy ${name} could not be read: ${reasonOf(error)}`);
  }
}

async function loadCommitted(
  named: string,
  base: NonNullable<LoadOptions['base']>,
  { root, key }: LoadOptions,
): Promise<LoadedBundle | undefined> {
  const path = posix.normalize(named).replace(/\/+$/, '');
  if (isAbsolute(named) || path.startsWith('..')) return undefined;
  const [{ bundleFrom, isBundleFile }, { readCommitted }, { openGit }] = await Promise.all([
    import('../policy/bundle.ts'),
    import('./from-git.ts'),
    import('../git/run.ts'),
  ]);
  try {
    const git = openGit(root, base.env);
    const found = await readCommitted(git, base.commit, path === '.' ? '' : path, isBundleFile);
    if (!found) return undefined;
    const { kind } = found;
    const files = kind === 'directory' ? found.files : await readPacked((found.files[0] as BundleFile).bytes);
    return bundleFrom(files, { name: named, kind, ...(key === undefined ? {} : { key }) });
  } catch (error) {
    return failed(`The policy ${named} could not be read from ${base.commit.slice(0, 7)}: ${reasonOf(error)}`);
  }
}

/** The bundle's files in a tar archive, packed with gzip or not. */
async function readPacked(packed: Uint8Array): Promise<BundleFile[]> {
  const [{ isBundleFile }, { readTar, TarError }] = await Promise.all([
    import('../policy/bundle.ts'),
    import('./tar.ts'),
  ]);
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const bytes = isGzip ? await inflate(packed, { maxOutputLength: limits.totalBytes }) : packed;
  try {
    return readTar(bytes, { entries: limits.files }).filter((file) => isBundleFile(file.path));
  } catch (error) {
    throw error instanceof TarError ? new BundleError(error.message) : error;
  }
}

async function readFolder(root: string, isBundleFile: (path: string) => boolean): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  let total = 0;
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > limits.depth) throw new BundleError(`${folder} lies deeper than ${limits.depth} folders`);
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') await walk(path, depth + 1);
        continue;
      }
      if (!isBundleFile(path)) continue;
      if (!entry.isFile()) throw new BundleError(`${path} is not a regular file; links are not followed`);
      const { size } = await lstat(join(root, path));
      total += size;
      if (size > limits.fileBytes || total > limits.totalBytes || files.length >= limits.files) {
        throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB or ${limits.files} files (at ${path})`);
      }
      files.push({ path, bytes: await readFile(join(root, path)) });
    }
  };
  await walk('', 0);
  return files;
}

async function readArchive(path: string, size: number): Promise<BundleFile[]> {
  if (size > limits.totalBytes) throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB`);
  return readPacked(await readFile(path));
}

/** A configured path is data of the repository: it may not lead out of it, not even through a link. */
async function insideRoot(named: string, root: string): Promise<string | undefined> {
  if (isAbsolute(named)) return undefined;
  const path = resolve(root, named);
  try {
    const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
    return real === realRoot || real.startsWith(realRoot + sep) ? real : undefined;
  } catch {
    // It does not exist: reading it gives the clearer message, and the text alone shows whether it would lie inside.
    return path.startsWith(resolve(root) + sep) ? path : undefined;
  }
}

function failed(message: string): { problems: Problem[] } {
  return { problems: [{ code: 'bundle-unreadable', message, fatal: true }] };
}

function reasonOf(error: unknown): string {
  if (error instanceof BundleError) return error.message;
  const { code, problem } = error as NodeJS.ErrnoException & { problem?: Problem };
  if (problem) return problem.message;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'ERR_BUFFER_TOO_LARGE') return `unpacked it is larger than ${limits.totalBytes / 1e6} MB`;
  if (code?.startsWith('Z_')) return 'its compression is damaged';
  return code ?? 'an unknown error';
}
