import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject, type JsonObject } from '../model/npm/json-text.ts';
import type { Problem } from '../model/types.ts';
import type { NpmCli } from './npm-cli.ts';
import type { SbomOptions, Snapshot } from './types.ts';

export interface Cached {
  bom: JsonObject;
  problems: Problem[];
}

/** So many documents are kept, the newest. */
const kept = 32;

/** Names a snapshot together with the tools that would describe it: same key, same document. */
export function cacheKey(snapshot: Snapshot, options: SbomOptions, npm: NpmCli): string {
  const hash = createHash('sha256');
  const add = (name: string, content: Uint8Array | string): void => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  };
  add('format', '1');
  add('cli', readFileSync(options.cli));
  add('cli-version', versionBeside(options.cli));
  add('npm', npm.version);
  add('spec', options.specVersion ?? '1.6');
  add('manifest', snapshot.manifest);
  add('lock-name', snapshot.lockName ?? '');
  add('lock', snapshot.lock ?? '');
  for (const { path, bytes } of snapshot.workspaceManifests ?? []) add(path, bytes);
  return hash.digest('hex');
}

/** The document of an earlier run, or undefined. A file that cannot be read is as good as none. */
export function readCache(stateFolder: string, key: string): Cached | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(fileOf(stateFolder, key), 'utf8'));
    if (!isObject(value) || !isObject(value.bom) || !Array.isArray(value.problems)) return undefined;
    return { bom: value.bom, problems: value.problems as Problem[] };
  } catch {
    return undefined;
  }
}

/** Keeps a document for this user only. A full disk costs the next run some time, nothing else. */
export function writeCache(stateFolder: string, key: string, cached: Cached): void {
  const file = fileOf(stateFolder, key);
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, JSON.stringify(cached), { mode: 0o600 });
    renameSync(draft, file);
    prune(dirname(file));
  } catch {
    rmSync(draft, { force: true });
  }
}

function fileOf(stateFolder: string, key: string): string {
  return join(stateFolder, 'sbom', `${key}.json`);
}

function prune(folder: string): void {
  const files = readdirSync(folder).map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }));
  files.sort((a, b) => b.time - a.time);
  for (const { name } of files.slice(kept)) rmSync(join(folder, name), { force: true });
}

function versionBeside(cli: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dirname(cli), '../package.json'), 'utf8'));
    return isObject(manifest) ? String(manifest.version) : '';
  } catch {
    return '';
  }
}
