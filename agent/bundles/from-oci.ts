import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleFile } from '../policy/bundle.ts';
import { BundleError, limits } from './limits.ts';
import { readPacked } from './read.ts';

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations: Record<string, unknown>;
}

/**
 * Reads a bundle from an OCI image layout on disk (OCI Image Format 1.1: `oci-layout`, `index.json`, `blobs/`), as
 * `oras`, `policy` and `conftest push` leave it. `reference` is a tag or a digest of the manifest. Every blob is held to
 * its digest and size. Throws `BundleError`.
 */
export async function readOci(layout: string, reference: string): Promise<BundleFile[]> {
  const version = recordOf(await readWhole(join(layout, 'oci-layout')), 'oci-layout')['imageLayoutVersion'];
  if (version !== '1.0.0') throw new BundleError('it is not an OCI image layout of version 1.0.0');
  const index = recordOf(await readWhole(join(layout, 'index.json')), 'index.json');
  const manifest = recordOf(await readBlob(layout, pick(descriptors(index['manifests']), reference)), 'its manifest');
  const layers = descriptors(manifest['layers']);
  const archives = layers.filter(({ mediaType }) => /(tar\+gzip|tar\.gz|\.tar)$/.test(mediaType));
  const [layer] = archives.length === 0 ? layers : archives;
  if (!layer || archives.length > 1 || (archives.length === 0 && layers.length > 1)) {
    throw new BundleError(`its manifest has ${layers.length} layers; one archive is expected`);
  }
  return readPacked(await readBlob(layout, layer));
}

function pick(manifests: readonly Descriptor[], reference: string): Descriptor {
  const isDigest = reference.startsWith('sha256:');
  const named = manifests.filter(({ digest, annotations }) =>
    isDigest ? digest === reference : annotations['org.opencontainers.image.ref.name'] === reference,
  );
  const [first] = named;
  if (!first) throw new BundleError(`it has no image ${reference}`);
  if (named.length > 1) throw new BundleError(`it has ${named.length} images named ${reference}`);
  return first;
}

async function readBlob(layout: string, { digest, size }: Descriptor): Promise<Uint8Array> {
  const bytes = await readWhole(join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length)));
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (found !== digest || bytes.length !== size)
    throw new BundleError(`the blob ${digest} is not what its digest says`);
  return bytes;
}

async function readWhole(path: string): Promise<Uint8Array> {
  const info = await lstat(path);
  if (!info.isFile()) throw new BundleError(`${path} is not a regular file; links are not followed`);
  if (info.size > limits.totalBytes) throw new BundleError(`${path} is larger than ${limits.totalBytes / 1e6} MB`);
  return readFile(path);
}

function descriptors(list: unknown): Descriptor[] {
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).map((entry) => {
    const { mediaType, digest, size, annotations } = (entry ?? {}) as Record<string, unknown>;
    if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest) || typeof size !== 'number') {
      throw new BundleError('it names a blob without a SHA-256 digest and a size');
    }
    const notes = typeof annotations === 'object' && annotations !== null ? annotations : {};
    return { mediaType: String(mediaType), digest, size, annotations: notes as Record<string, unknown> };
  });
}

function recordOf(bytes: Uint8Array, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new BundleError(`${name} is not a JSON object`);
}
