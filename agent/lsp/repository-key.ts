import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findPlace } from '../git/place.ts';
import { gitOutput, openGit } from '../git/run.ts';

/**
 * Names what the checks of index and outgoing commits rest on: the index, all refs, and git's configuration. Equal keys
 * mean that a check would say the same again, so that saving a file, which tells git's extension to look, costs one
 * short process and not a check. Undefined when git does not answer: then it has to be checked.
 */
export async function repositoryKey(root: string): Promise<string | undefined> {
  try {
    const git = openGit(root);
    const { gitDir, commonDir, head, branchRef } = await findPlace(git);
    const files = [join(gitDir, 'index'), join(commonDir, 'config'), join(commonDir, 'shallow')];
    const [refs, ...stamps] = await Promise.all([
      gitOutput(git, ['for-each-ref', '--format=%(objectname) %(refname)']),
      ...files.map(stampOf),
    ]);
    return createHash('sha256')
      .update(refs)
      .update([head, branchRef, ...stamps].join('\0'))
      .digest('base64url');
  } catch {
    return undefined;
  }
}

/** Changes with any of the files that make git call our hooks, permission bits too. */
export async function stampsOf(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(stampOf))).join('\0');
}

async function stampOf(file: string): Promise<string> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.mode}` : 'none';
}
