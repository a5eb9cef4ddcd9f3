import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type BundleFile, isBundleFile, isOptionalFile, maximumOptionalBytes } from '../policy/bundle.ts';
import { BundleError, limits } from './limits.ts';
import { readTar, TarError } from './tar.ts';

const inflate = promisify(gunzip);

export interface ReadFiles {
  kind: 'directory' | 'archive';
  files: BundleFile[];
}

/** Reads a folder or an archive of the file system. Throws `BundleError` or what the file system throws. */
export async function readFiles(path: string): Promise<ReadFiles> {
  const info = await lstat(await realpath(path));
  if (info.isDirectory()) return { kind: 'directory', files: await readFolder(path) };
  if (info.size > limits.totalBytes) throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB`);
  return { kind: 'archive', files: await readPacked(await readFile(path)) };
}

/**
 * The bundle's files in a tar archive, packed with gzip or not. Of a signed one all files, since the signature names the
 * exact set.
 */
export async function readPacked(packed: Uint8Array): Promise<BundleFile[]> {
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const bytes = isGzip ? await gunzipped(packed) : packed;
  try {
    const files = readTar(bytes, { entries: limits.files });
    return isSigned(files) ? files : files.filter((file) => isBundleFile(file.path));
  } catch (error) {
    throw error instanceof TarError ? new BundleError(error.message) : error;
  }
}

/** Throws what zlib throws for damage and for more than a bundle may hold. */
export function gunzipped(packed: Uint8Array): Promise<Uint8Array> {
  return inflate(packed, { maxOutputLength: limits.totalBytes });
}

function isSigned(files: readonly { path: string }[]): boolean {
  return files.some((file) => file.path === '.signatures.json');
}

async function readFolder(root: string): Promise<BundleFile[]> {
  const files: BundleFile[] = [];
  let total = 0;
  const signed = (await readdir(root)).includes('.signatures.json');
  for await (const { path, regular } of entriesOf(root, '', signed)) {
    if (!signed && !isBundleFile(path)) continue;
    const optional = !signed && isOptionalFile(path);
    if (!regular && optional) continue;
    if (!regular) throw new BundleError(`${path} is not a regular file; links are not followed`);
    const { size } = await lstat(join(root, path));
    if (optional && size > maximumOptionalBytes) continue;
    total += size;
    if (size > limits.fileBytes || total > limits.totalBytes || files.length >= limits.files) {
      throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB or ${limits.files} files (at ${path})`);
    }
    files.push({ path, bytes: await readFile(join(root, path)) });
  }
  return files;
}

/** Everything below a folder that is none itself, sorted by name. A signature names the exact set, so hidden folders count then. */
async function* entriesOf(
  root: string,
  folder: string,
  signed: boolean,
  depth = 0,
): AsyncGenerator<{ path: string; regular: boolean }> {
  if (depth > limits.depth) throw new BundleError(`${folder} lies deeper than ${limits.depth} folders`);
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) yield { path, regular: entry.isFile() };
    else if (isLookedInto(entry.name, signed)) yield* entriesOf(root, path, signed, depth + 1);
  }
}

function isLookedInto(name: string, signed: boolean): boolean {
  return signed ? name !== '.git' : !name.startsWith('.') && name !== 'node_modules';
}
