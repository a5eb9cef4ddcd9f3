import { documentFromBytes } from '../model/document.ts';
import { type Lock, lockOf } from '../model/npm/lock.ts';
import { type Manifest, manifestOf } from '../model/npm/manifest.ts';
import type { Problem } from '../model/types.ts';
import type { Snapshot } from './types.ts';

/** A snapshot as models. */
export interface ProjectState {
  lock: Lock | undefined;
  manifest: Manifest | undefined;
  members: Manifest[];
  problems: Problem[];
}

/** Reads the snapshot's files. What cannot be read is a problem, never an exception. */
export function stateOf(snapshot: Snapshot): ProjectState {
  const root = manifestOf(documentFromBytes('package.json', snapshot.manifest));
  const lockName = snapshot.lockName ?? 'package-lock.json';
  const lock = snapshot.lock && lockOf(documentFromBytes(lockName, snapshot.lock));
  const members = (snapshot.workspaceManifests ?? []).map(({ path, bytes }) =>
    manifestOf(documentFromBytes(path, bytes)),
  );
  const problems = [root.problem, lock?.problem, ...members.map((member) => member.problem)];
  if (!lock) problems.push(noLock(snapshot));
  return {
    lock: lock?.problem ? undefined : lock,
    manifest: root.manifest,
    members: members.map((member) => member.manifest).filter((manifest) => manifest !== undefined),
    problems: problems.filter((problem) => problem !== undefined),
  };
}

function noLock(snapshot: Snapshot): Problem {
  const message = `No SBOM: ${snapshot.label} has no lockfile that can be read. Commit one, then ask again.`;
  return { code: 'sbom-no-lock', message, fatal: true };
}
