import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Problem } from '../model/types.ts';
import { type BundleFile, bundleFrom, isBundleFile, type LoadedBundle } from '../policy/bundle.ts';
import { defaultBundle } from '../policy/default.ts';
import { readTar, TarError } from './tar.ts';

export interface LoadOptions {
  /** `--bundle`: a folder or archive a person named, relative to `cwd`. */
  explicit?: string;
  /** `policy.bundle` of `pregate.yaml`, relative to the repository's root. */
  configured?: string;
  /** Fingerprint of the key the bundle must be signed with. */
  key?: string;
  cwd: string;
  root: string;
}

const limits = { files: 10_000, fileBytes: 16_000_000, totalBytes: 64_000_000, depth: 50 };
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
  const path = options.explicit === undefined ? await insideRoot(named, options.root) : resolve(options.cwd, named);
  if (path === undefined) return failed(`policy.bundle ${named} does not lie inside the repository`);
  return readBundle(path, named, options.key);
}

/** Reads a bundle from a folder or an archive. `name` is what people call it. */
export async function readBundle(path: string, name: string, key?: string): Promise<LoadedBundle> {
  try {
    const info = await lstat(await realpath(path));
    const kind = info.isDirectory() ? 'directory' : 'archive';
    const files = kind === 'directory' ? await readFolder(path) : await readArchive(path, info.size);
    return bundleFrom(files, { name, kind, ...(key === undefined ? {} : { key }) });
  } catch (error) {
    return failed(`The policy ${name} could not be read: ${reasonOf(error)}`);
  }
}

class BundleError extends Error {}

async function readFolder(root: string): Promise<BundleFile[]> {
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
  const packed = await readFile(path);
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const bytes = isGzip ? await inflate(packed, { maxOutputLength: limits.totalBytes }) : packed;
  const files = readTar(bytes, { entries: limits.files });
  return files.filter((file) => isBundleFile(file.path));
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
  if (error instanceof TarError || error instanceof BundleError) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'ERR_BUFFER_TOO_LARGE') return `unpacked it is larger than ${limits.totalBytes / 1e6} MB`;
  if (code?.startsWith('Z_')) return 'its compression is damaged';
  return code ?? 'an unknown error';
}
