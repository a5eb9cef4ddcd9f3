import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../state.ts';

export const snapshotName = 'forge.json';

/**
 * True when this user keeps a snapshot of some repository's rules. Finding that of one repository takes a hash, for which
 * Node loads all of its cryptography; a push of somebody who keeps none is spared that.
 */
export function anySnapshot(env: NodeJS.ProcessEnv): boolean {
  const folder = path.join(stateFolder(env), 'repositories');
  try {
    return readdirSync(folder).some(
      (name) => statSync(path.join(folder, name, snapshotName), { throwIfNoEntry: false }) !== undefined,
    );
  } catch (error) {
    // What is there and cannot be looked at is read after all: that says why, and closes the gate.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
