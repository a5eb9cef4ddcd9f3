import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders above a file that are looked at; deeper ones are nobody's repository. */
const DEPTH = 64;

/**
 * Finds repositories by looking for `.git` in the folders above: a folder in a clone, a file in a worktree or submodule.
 * No git is started for it, so that it also answers in Restricted Mode.
 */
export function createRoots() {
  const known = new Map<string, string | undefined>();
  return {
    /** Root of the working tree a folder lies in; undefined outside of repositories. */
    of(folder: string): string | undefined {
      if (!known.has(folder)) known.set(folder, findRoot(folder));
      return known.get(folder);
    },
    /** Forgets everything: a repository has been made or removed. */
    forget(): void {
      known.clear();
    },
  };
}

function findRoot(folder: string): string | undefined {
  let here = folder;
  for (let depth = 0; depth < DEPTH; depth++) {
    if (existsSync(join(here, '.git'))) return here;
    const above = dirname(here);
    if (above === here) return undefined;
    here = above;
  }
  return undefined;
}
