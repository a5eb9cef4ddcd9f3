import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureState, readStateFile, stateFolder, writeStateFile } from '../state.ts';
import { BundleError } from './limits.ts';

/** What is known of the last good copy of a bundle service's answer. */
export interface Copy {
  url: string;
  /** SHA-256 of the archive, hex; its file is named by it, so that record and archive cannot belong to two versions. */
  digest: string;
  etag?: string;
  /** ISO 8601 UTC: when it came, and when the service last said that it is the current one. */
  fetched: string;
  confirmed: string;
  revision: string;
  /** Why the last attempt brought nothing newer. */
  note?: string;
}

/** The last good copy of an address; undefined when it was never fetched. Throws `BundleError` when it is damaged. */
export function readCopy(url: string, env: NodeJS.ProcessEnv): { copy: Copy; bytes: Uint8Array } | undefined {
  const folder = folderOf(url, env);
  const text = readStateFile(path.join(folder, 'copy.json'));
  if (text === undefined) return undefined;
  const copy = copyOf(text);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path.join(folder, `${copy.digest}.tar.gz`));
  } catch {
    throw damaged();
  }
  if (copy.url !== url || sha256(bytes) !== copy.digest) throw damaged();
  return { copy, bytes };
}

/** Keeps a copy that was verified and compiled, and removes the one before it. */
export function writeCopy(copy: Omit<Copy, 'digest'>, bytes: Uint8Array, env: NodeJS.ProcessEnv): void {
  const folder = ensureState(env, 'bundles', nameOf(copy.url));
  const digest = sha256(bytes);
  writeStateFile(path.join(folder, `${digest}.tar.gz`), bytes);
  writeRecord({ ...copy, digest }, env);
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.tar.gz') && name !== `${digest}.tar.gz`) rmSync(path.join(folder, name), { force: true });
  }
}

/** Replaces what is known of a copy, and leaves the archive as it is. */
export function writeRecord(copy: Copy, env: NodeJS.ProcessEnv): void {
  const folder = ensureState(env, 'bundles', nameOf(copy.url));
  writeStateFile(path.join(folder, 'copy.json'), `${JSON.stringify(copy, null, 2)}\n`);
}

function folderOf(url: string, env: NodeJS.ProcessEnv): string {
  return path.join(stateFolder(env), 'bundles', nameOf(url));
}

function nameOf(url: string): string {
  return sha256(Buffer.from(url)).slice(0, 32);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function copyOf(text: string): Copy {
  try {
    const { url, digest, fetched, confirmed, revision, ...rest } = JSON.parse(text) as Copy;
    const times = [fetched, confirmed].every((time) => !Number.isNaN(Date.parse(time)));
    if (typeof url === 'string' && /^[0-9a-f]{64}$/.test(digest) && times) {
      return { ...rest, url, digest, fetched, confirmed, revision: String(revision) };
    }
  } catch {
    // Said below.
  }
  throw damaged();
}

function damaged(): BundleError {
  return new BundleError('the copy in the state folder is damaged; fetch it again: pregate policy fetch');
}
