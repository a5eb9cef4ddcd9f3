import type { Standing } from '../../gate/collect.ts';
import { readGitConfig } from '../../git/config-list.ts';
import { type ObjectReader, openObjects } from '../../git/objects.ts';
import { findPlace } from '../../git/place.ts';
import type { Git } from '../../git/run.ts';

/**
 * What the scopes of one push have in common: where the repository is, git's configuration, and one reader of objects, so
 * that a push of twenty branches does not ask twenty times. `close` ends the reader.
 */
export function sharedStanding(): { standing: Standing; close: () => void } {
  const reader = once((git) => openObjects(git));
  return {
    standing: { place: once(findPlace), config: once(readGitConfig), objects: reader },
    close: () => reader.all().forEach(closeReader),
  };
}

function closeReader(reader: ObjectReader): void {
  reader.close();
}

/** Asks once for each folder. */
function once<T>(ask: (git: Git) => T): ((git: Git) => T) & { all: () => T[] } {
  const known = new Map<string, T>();
  const get = (git: Git): T => {
    const answer = known.get(git.cwd) ?? ask(git);
    known.set(git.cwd, answer);
    return answer;
  };
  return Object.assign(get, { all: () => [...known.values()] });
}
