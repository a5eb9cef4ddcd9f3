import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isObject, readJson } from '../model/npm/json-text.ts';
import type { Snapshot } from './types.ts';

/** A private folder that holds nothing but one state of a project. */
export interface Workplace {
  /** Where package.json and the lockfile lie. */
  project: string;
  /** Two different empty files: npm refuses one file for both. */
  userConfig: string;
  globalConfig: string;
  /** For npm's cache, logs and home, so that it writes nowhere else. */
  home: string;
  remove(): void;
}

// They can make npm refuse, or say which program to run; none of them changes the tree.
const dropped = ['devEngines', 'engines', 'packageManager', 'scripts', 'config', 'publishConfig'];

/**
 * Writes a snapshot into a new folder that only this user can read. There is no `.npmrc` in it, so that a repository
 * cannot point npm to another tree, leave out packages or limit the depth.
 */
export function makeWorkplace(snapshot: Snapshot): Workplace {
  const root = mkdtempSync(join(tmpdir(), 'pregate-sbom-'));
  const place: Workplace = {
    project: join(root, 'project'),
    userConfig: join(root, 'user.npmrc'),
    globalConfig: join(root, 'global.npmrc'),
    home: join(root, 'home'),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
  try {
    mkdirSync(place.project);
    mkdirSync(place.home);
    writeFileSync(place.userConfig, '');
    writeFileSync(place.globalConfig, '');
    writeFileSync(join(place.project, 'package.json'), plainManifest(snapshot.manifest));
    if (snapshot.lock) writeFileSync(join(place.project, lockNameOf(snapshot)), snapshot.lock);
    for (const { path, bytes } of snapshot.workspaceManifests ?? []) writeMember(place.project, path, bytes);
  } catch (error) {
    place.remove();
    throw error;
  }
  return place;
}

export function lockNameOf(snapshot: Snapshot): string {
  return snapshot.lockName === 'npm-shrinkwrap.json' ? 'npm-shrinkwrap.json' : 'package-lock.json';
}

/** The manifest without what could run or refuse. Bytes that are no JSON object are an error of the caller's. */
export function plainManifest(bytes: Uint8Array): string {
  const read = readJson(new TextDecoder().decode(bytes));
  if (!read.ok || !isObject(read.value)) throw new TypeError('package.json is not a JSON object');
  const kept = Object.entries(read.value).filter(([key]) => !dropped.includes(key));
  return JSON.stringify(Object.fromEntries(kept));
}

function writeMember(project: string, path: string, bytes: Uint8Array): void {
  const parts = path.split('/');
  const safe =
    parts.at(-1) === 'package.json' && parts.every((part) => /^[\w@.+ -]+$/.test(part) && !/^\.+$/.test(part));
  if (!safe || parts.includes('node_modules') || parts.length < 2) return;
  mkdirSync(dirname(join(project, ...parts)), { recursive: true });
  writeFileSync(join(project, ...parts), plainManifest(bytes));
}
