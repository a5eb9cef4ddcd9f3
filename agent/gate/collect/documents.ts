import type { GitObject, ObjectReader, ReadLimits } from '../../git/objects.ts';
import { modes } from '../../git/raw.ts';
import { documentFromBytes } from '../../model/document.ts';
import { displayPath, encodePath } from '../../model/path.ts';
import type { Document, RepoPath } from '../../model/types.ts';
import type { Change, Skipped } from '../types.ts';
import { isArchiveName, modelGroup, nameWorthReading } from './names.ts';
import type { Run } from './run.ts';

export interface BlobRequest {
  path: RepoPath;
  oid: string;
  mode: string;
  commit?: string;
}

/** How a set of blobs is read. */
export interface BlobOptions {
  label: string;
  /** Say nothing about blobs that are not here or are cut: they are only the other side of a comparison. */
  quiet?: boolean;
  /** Makes a change of each blob that was read, when the scope lists changes. */
  changes?: Map<RepoPath, Change>;
}

/** Reads blobs in order; the result leaves out submodules and what is not here. */
export async function readBlobs(
  run: Run,
  objects: ObjectReader,
  requests: readonly BlobRequest[],
  options: BlobOptions,
): Promise<Document[]> {
  const out: Document[] = [];
  const size = 256;
  for (let at = 0; at < requests.length; at += size) {
    const part = requests.slice(at, at + size);
    const read = await Promise.all(part.map((request) => readBlob(run, objects, request, options)));
    for (const document of read) if (document) out.push(document);
    run.progress(Math.min(at + size, requests.length), requests.length, options.label);
    if (run.keptBytes > run.limits.totalBytes) {
      tooMuch(run, requests.length - at - part.length);
      break;
    }
  }
  return out;
}

async function readBlob(
  run: Run,
  objects: ObjectReader,
  request: BlobRequest,
  options: BlobOptions,
): Promise<Document | undefined> {
  if (request.mode === modes.submodule) {
    if (!options.quiet) run.skipped.push(submodule(request.path));
    return undefined;
  }
  const object = await objects.read(request.oid, limitsFor(run, request.path));
  if (!object) {
    if (!options.quiet) missing(run, request);
    return undefined;
  }
  return blobDocument(run, object, request, options);
}

/** Turns an object that was read into a document, and says what of it was not looked at. */
export function blobDocument(run: Run, object: GitObject, request: BlobRequest, options: BlobOptions): Document {
  const symlink = request.mode === modes.symlink;
  const document = fit(run, {
    path: request.path,
    bytes: object.bytes,
    size: object.size,
    partial: object.partial,
    kind: symlink ? 'symlink' : 'file',
    mode: request.mode,
    oid: object.oid,
    ...(request.commit === undefined ? {} : { commit: request.commit }),
  });
  run.keptBytes += document.bytes.length;
  if (!options.quiet) describeGaps(run, document);
  const change = options.changes?.get(request.path);
  if (change) {
    change.size = object.size;
    change.binary = document.encoding === 'binary';
    change.lfs = isLfsPointer(document);
  }
  return document;
}

/** A document from bytes of any origin; of one that is not text and large, head, tail and the strings between them. */
export function fit(run: Run, parts: DocumentParts): Document {
  const { path, bytes, ...options } = parts;
  const document = documentFromBytes(path, bytes, options);
  if (document.encoding !== 'binary' || document.partial || bytes.length <= run.limits.binaryBytes) return document;
  // An archive means nothing in part.
  if (run.options.archives && bytes.length <= archiveBytes && isArchiveName(path)) return document;
  const edge = Math.min(run.limits.edgeBytes, bytes.length >> 1);
  const middle = stringsOf(bytes.subarray(edge, bytes.length - edge));
  const cut = Buffer.concat([
    bytes.subarray(0, edge),
    Buffer.from(`\n${middle}\n`),
    bytes.subarray(bytes.length - edge),
  ]);
  return documentFromBytes(path, cut, options);
}

/** What `strings` would print, wide ones too: a value can be told from what surrounds it in no other way. */
function stringsOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pieces = text.match(/[\t\x20-\x7e]{8,}|(?:[\x20-\x7e]\0){8,}|(?:\0[\x20-\x7e]){8,}/g) ?? [];
  return pieces.join('\n').replaceAll('\0', '');
}

/** Archives up to this size are opened when somebody asks for it. */
const archiveBytes = 64 * 1024 * 1024;

export interface DocumentParts {
  path: RepoPath;
  bytes: Uint8Array;
  size: number;
  partial: boolean;
  kind: Document['kind'];
  mode?: string;
  oid?: string;
  commit?: string;
}

/** Records what of a document was not looked at. A cut lockfile or pipeline closes the gate: it means nothing in part. */
export function describeGaps(run: Run, document: Document): void {
  if (document.partial) {
    run.skipped.push({
      path: document.path,
      reason: 'too-large',
      detail: `${megabytes(document.size)} MB: read in part only`,
      partial: true,
    });
    if (modelGroup(document.path) !== undefined) {
      run.problems.push({
        code: 'file-too-large',
        message: `${displayPath(document.path)} has ${megabytes(document.size)} MB and was read only in part, so it could not be judged.`,
        path: document.path,
        fatal: true,
      });
    }
  }
  if (isLfsPointer(document)) {
    run.skipped.push({
      path: document.path,
      reason: 'lfs-content',
      detail: 'content is in LFS and was not read, only the pointer',
      partial: false,
    });
  }
}

/** Git LFS pointer files are UTF-8 text of less than 1,024 bytes that start so (git-lfs spec v1). */
export function isLfsPointer(document: Pick<Document, 'size' | 'text'>): boolean {
  return document.size < 1024 && /^version https:\/\/git-lfs\.github\.com\/spec\/v\d+\n/.test(document.text);
}

/** Names of paths that could carry a token, as documents. They come before files: a later document owns the path. */
export function nameDocuments(
  paths: Iterable<RepoPath>,
  commitOf?: (path: RepoPath) => string | undefined,
): Document[] {
  const out: Document[] = [];
  for (const path of paths) {
    if (!nameWorthReading(path)) continue;
    const commit = commitOf?.(path);
    out.push(documentFromBytes(path, encodePath(path), { kind: 'path-name', ...(commit ? { commit } : {}) }));
  }
  return out;
}

/** The first document of each path that is not among `taken`. */
export function uniqueByPath(documents: readonly Document[], taken: readonly Document[] = []): Document[] {
  const paths = new Set(taken.filter((one) => one.kind !== 'path-name').map((one) => one.path));
  return documents.filter((one) => !paths.has(one.path) && paths.add(one.path));
}

/** How much of an object at this path is read. */
export function limitsFor(run: Run, path: RepoPath): ReadLimits {
  const { fullBytes, modelledBytes, edgeBytes } = run.limits;
  if (run.options.archives && isArchiveName(path)) return { full: archiveBytes, edge: edgeBytes };
  // Where both are the same, as they usually are, the careful look at the name is spared.
  const modelled = modelledBytes > fullBytes && modelGroup(path) !== undefined;
  return { full: modelled ? modelledBytes : fullBytes, edge: edgeBytes };
}

export function submodule(path: RepoPath): Skipped {
  return { path, reason: 'submodule', detail: 'a submodule is another repository and was not read', partial: false };
}

export function tooMuch(run: Run, left: number): void {
  run.problems.push({
    code: 'scope-too-large',
    message: `More than ${megabytes(run.limits.totalBytes)} MB of content: ${left} files were not read. Check smaller parts, or exclude what is generated.`,
    fatal: true,
  });
}

function missing(run: Run, request: BlobRequest): void {
  run.skipped.push({
    path: request.path,
    reason: 'unreadable',
    detail: `object ${request.oid.slice(0, 10)} is not in this repository`,
    partial: false,
  });
  run.problems.push({
    code: 'object-missing',
    message: `Object ${request.oid.slice(0, 10)} of ${displayPath(request.path)} is damaged or not here, so it was not checked. Try git fsck, or fetch it in a partial clone.`,
    path: request.path,
    fatal: true,
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
