import type { Git } from '../git/run.ts';
import { decodePath } from '../model/path.ts';
import { type HistoryRange, linesOf, revisionsOf } from './list.ts';

export interface Introduction {
  commit: string;
  path: string;
}

/** What is known of blobs while the history is still being read. */
export interface Introductions {
  /**
   * The commit that brought each of these blobs first, and the path it had there, in the order of the walk: the oldest
   * commit whose comparison with its first parent shows it; what came with a tag or note alone has none. Throws what git
   * failed with.
   */
  of(blobs: ReadonlySet<string>): Promise<Map<string, Introduction>>;
}

/** Blobs of which the first commit is noted before anybody asks. Of longer histories it is looked for when it is asked. */
const most = 300_000;

/**
 * Begins one walk over the history at once, beside what reads its objects: git works on it on another core, and by the
 * time a secret is found it is known where it came from.
 */
export function followIntroductions(git: Git, range: HistoryRange): Introductions {
  const found = new Map<string, [commit: string, path: string]>();
  let wanted = true;
  let all = true;
  const walk = (async () => {
    for await (const { oid, commit, path } of appearances(git, range)) {
      if (!wanted) return;
      all = found.size < most;
      if (!all) return;
      if (!found.has(oid)) found.set(oid, [commit, path]);
    }
  })();
  // Whoever asks is told of a failure; who does not ask need not know.
  walk.catch(() => undefined);
  return {
    async of(blobs) {
      const out = new Map<string, Introduction>();
      wanted = blobs.size > 0;
      if (!wanted) return out;
      await walk;
      const source = all ? entriesOf(found) : appearances(git, range);
      for await (const { oid, commit, path } of source) {
        if (!blobs.has(oid) || out.has(oid)) continue;
        out.set(oid, { commit, path: decodePath(Buffer.from(path, 'latin1')) });
        if (out.size === blobs.size) break;
      }
      return out;
    },
  };
}

interface Appearance {
  oid: string;
  commit: string;
  /** Its bytes, as Latin-1. */
  path: string;
}

function* entriesOf(found: ReadonlyMap<string, readonly [string, string]>): Generator<Appearance> {
  for (const [oid, [commit, path]] of found) yield { oid, commit, path };
}

/** Every blob that a commit shows in comparison with its first parent, oldest commit first. */
async function* appearances(git: Git, range: HistoryRange): AsyncGenerator<Appearance> {
  async function* commits(): AsyncGenerator<string> {
    const revisions = revisionsOf({ ...range, revisions: range.revisions.filter((one) => !one.startsWith('^')) });
    for await (const line of linesOf(git, ['rev-list', '--parents', '--reverse', '--topo-order', ...revisions, '--'])) {
      const [commit = '', parent] = line.split(' ');
      yield parent === undefined ? commit : `${commit} ${parent}`;
    }
  }
  const options = ['-r', '--raw', '--no-abbrev', '--no-renames', '--root', '--ignore-submodules=none', '-z'];
  let commit = '';
  let header: string | undefined;
  for await (const field of linesOf(git, ['diff-tree', '--stdin', ...options], { input: commits(), separator: '\0' })) {
    if (header !== undefined) {
      yield { oid: header.split(' ')[3] as string, commit, path: field };
      header = undefined;
    } else if (field.startsWith(':')) header = field;
    else commit = field.trim().split(' ')[0] as string;
  }
}
