import type { JsonObject } from '../model/npm/json-text.ts';
import type { DependencySet } from '../model/sbom/component.ts';
import type { Problem } from '../model/types.ts';

/** One state of a project as bytes, read by the caller from the index, a commit or the editor. */
export interface Snapshot {
  manifest: Uint8Array;
  lock?: Uint8Array;
  /** `package-lock.json` when absent. */
  lockName?: string;
  /** Paths are relative to the manifest's folder and end in `package.json`. */
  workspaceManifests?: readonly { path: string; bytes: Uint8Array }[];
  /** For people: `index`, `HEAD`, `origin/main`. */
  label: string;
}

export type SpecVersion = '1.4' | '1.5' | '1.6' | '1.7';

export interface SbomOptions {
  /** Path of the CycloneDX command line: `dist/sbom.cjs` as shipped. */
  cli: string;
  /** The Node (or Electron) that runs it; this process's own by default. */
  node?: string;
  /** Environment to look for npm in. Nothing else of it reaches the child but PATH and the system's own folders. */
  env?: NodeJS.ProcessEnv;
  /** The working tree: an npm that lies in it is never run. */
  root?: string;
  specVersion?: SpecVersion;
  /** The user's state folder; without it nothing is cached. */
  stateFolder?: string;
  /** 60,000 by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface SbomResult {
  label: string;
  /** `inventory`: our own reading of the lockfile, shown when no CycloneDX document could be made. */
  kind: 'cyclonedx' | 'inventory';
  /** The CycloneDX document, enriched from the lock. Undefined for an inventory. */
  bom: JsonObject | undefined;
  set: DependencySet;
  /** False when anything is missing or was not checked: `problems` says what. Never shown as good then. */
  complete: boolean;
  problems: Problem[];
  fromCache: boolean;
}
