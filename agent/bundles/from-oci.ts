import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundleFile, isBundleFile } from '../policy/bundle.ts';
import { BundleError, limits } from './limits.ts';
import { readPacked } from './read.ts';
import { safePath, TarError } from './tar.ts';

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations: Record<string, unknown>;
}

/**
 * Reads a bundle from an OCI image layout on disk (OCI Image Format 1.1: `oci-layout`, `index.json`, `blobs/`), as
 * `oras`, `policy` and `conftest push` leave it: one archive, or one layer for each file, named by its title. `reference`
 * is a tag or a digest of the manifest; left out, it is `latest` or the only image there is. Every blob is held to its
 * digest and size. Throws `BundleError`.
 */
export async function readOci(layout: string, reference: string | undefined): Promise<BundleFile[]> {
  const version = recordOf(await readWhole(join(layout, 'oci-layout')), 'oci-layout')['imageLayoutVersion'];
  if (version !== '1.0.0') throw new BundleError('it is not an OCI image layout of version 1.0.0');
  const index = recordOf(await readWhole(join(layout, 'index.json')), 'index.json');
  const manifest = await manifestAt(layout, pick(descriptors(index['manifests']), reference), 0);
  const layers = descriptors(manifest['layers']);
  const archives = layers.filter(({ mediaType }) => /(tar\+gzip|tar\.gz|\.tar)$/.test(mediaType));
  const packed = layers.find(({ mediaType }) => /tar\+(?!gzip)\w+$/.test(mediaType));
  if (packed) throw new BundleError(`its layer is ${packed.mediaType}; a tar archive is read plain or with gzip`);
  const [archive] = archives;
  if (archives.length > 1) {
    throw new BundleError(`it has ${archives.length} archives, of which OPA would read the first; one is expected`);
  }
  if (archive) return readPacked(await readBlob(layout, archive));
  const [only] = layers;
  if (only && layers.length === 1 && titleOf(only) === undefined) return readPacked(await readBlob(layout, only));
  return readSingle(layout, layers);
}

/** `conftest push` gives each file a layer of its own, whose title is the path. */
async function readSingle(layout: string, layers: readonly Descriptor[]): Promise<BundleFile[]> {
  if (layers.length === 0) throw new BundleError('its manifest has no layers');
  if (layers.length > limits.files) throw new BundleError(`it has more than ${limits.files} files`);
  const files = new Map<string, BundleFile>();
  let total = 0;
  for (const layer of layers) {
    const title = titleOf(layer);
    if (title === undefined) throw new BundleError(`its layer ${layer.mediaType} is no archive and has no title`);
    const path = pathOf(title);
    if (files.has(path)) throw new BundleError(`${path} stands in it twice`);
    total += layer.size;
    if (total > limits.totalBytes) throw new BundleError(`it is larger than ${limits.totalBytes / 1e6} MB`);
    files.set(path, { path, bytes: await readBlob(layout, layer) });
  }
  const all = [...files.values()];
  return all.some(({ path }) => path === '.signatures.json') ? all : all.filter(({ path }) => isBundleFile(path));
}

function pathOf(title: string): string {
  try {
    return safePath(title);
  } catch (error) {
    throw error instanceof TarError ? new BundleError(error.message) : error;
  }
}

function titleOf({ annotations }: Descriptor): string | undefined {
  const title = annotations['org.opencontainers.image.title'];
  return typeof title === 'string' && title !== '' ? title : undefined;
}

/** An index may stand where an image is expected, one image for each platform; policy has none, so there is one. */
async function manifestAt(layout: string, descriptor: Descriptor, depth: number): Promise<Record<string, unknown>> {
  const manifest = recordOf(await readBlob(layout, descriptor), 'its manifest');
  if (!Array.isArray(manifest['manifests'])) return manifest;
  const images = descriptors(manifest['manifests']);
  const [only] = images;
  if (!only || images.length > 1)
    throw new BundleError(`its index holds ${images.length} images; name one by its digest`);
  if (depth > 2) throw new BundleError('its indexes lie in each other too deep');
  return manifestAt(layout, only, depth + 1);
}

function pick(manifests: readonly Descriptor[], reference: string | undefined): Descriptor {
  const [only] = manifests;
  const wanted = reference ?? 'latest';
  const found = wanted.startsWith('sha256:')
    ? manifests.filter(({ digest }) => digest === wanted)
    : manifests.filter((one) => namesOf(one).some((name) => name === wanted || tagOf(name) === wanted));
  const [first] = found;
  if (!first && reference === undefined && only && manifests.length === 1) return only;
  if (!first) {
    const names = manifests.flatMap(namesOf).slice(0, 5);
    throw new BundleError(`it has no image ${wanted}${names.length > 0 ? `, but ${names.join(', ')}` : ''}`);
  }
  if (found.some(({ digest }) => digest !== first.digest)) {
    throw new BundleError(`it has ${found.length} images named ${wanted}; name one by its digest`);
  }
  return first;
}

function namesOf({ annotations }: Descriptor): string[] {
  const names = ['org.opencontainers.image.ref.name', 'io.containerd.image.name'].map((key) => annotations[key]);
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** `v1` of `host:5000/acme/gates:v1`: some tools write the whole name where the specification has the tag. */
function tagOf(name: string): string | undefined {
  return /:([A-Za-z0-9_][A-Za-z0-9_.-]*)$/.exec(name)?.[1];
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
