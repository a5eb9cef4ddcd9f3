import type { Git } from '../git/run.ts';
import { decodePath } from '../model/path.ts';
import { type HistoryRange, piecesOf, revisionsOf } from './list.ts';

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

/** Fields of that walk which are kept until somebody asks, two for a blob. Of longer histories it is gone again then. */
const most = 600_000;

/**
 * Begins one walk over the history at once, beside what reads its objects: git works on it on another core, and by the
 * time a secret is found it is known where it came from. What it printed is read only then, because most histories hold none.
 */
export function followIntroductions(git: Git, range: HistoryRange): Introductions {
  let kept: string[][] = [];
  let fields = 0;
  let wanted = true;
  const walk = (async () => {
    for await (const piece of comparisons(git, range)) {
      if (!wanted) return;
      kept.push(piece);
      fields += piece.length;
      if (fields <= most) continue;
      kept = [];
      return;
    }
  })();
  // Whoever asks is told of a failure; who does not ask need not know.
  walk.catch(() => undefined);
  return {
    async of(blobs) {
      const found = new Map<string, Introduction>();
      wanted = blobs.size > 0;
      if (!wanted) return found;
      await walk;
      const read = introductionsIn(blobs, found);
      for await (const piece of fields <= most ? kept : comparisons(git, range)) if (read(piece)) break;
      return found;
    },
  };
}

/**
 * Reads what `diff-tree --stdin --raw -z` prints, in pieces: a commit's id, then for each file a field that begins with a colon
 * and one with its path, in Latin-1. Puts the first appearance of each of these blobs into `found`; true when all are there.
 */
function introductionsIn(
  blobs: ReadonlySet<string>,
  found: Map<string, Introduction>,
): (piece: readonly string[]) => boolean {
  let commit = '';
  let oid: string | undefined;
  return (piece) => {
    for (const field of piece) {
      if (oid !== undefined) {
        if (blobs.has(oid) && !found.has(oid))
          found.set(oid, { commit, path: decodePath(Buffer.from(field, 'latin1')) });
        oid = undefined;
      } else if (field.startsWith(':')) oid = field.split(' ')[3];
      else commit = field.trim().split(' ')[0] as string;
    }
    return found.size === blobs.size;
  };
}

/** Every commit in comparison with its first parent, oldest first. */
function comparisons(git: Git, range: HistoryRange): AsyncGenerator<string[]> {
  async function* commits(): AsyncGenerator<string[]> {
    const revisions = revisionsOf({ ...range, revisions: range.revisions.filter((one) => !one.startsWith('^')) });
    const words = ['rev-list', '--parents', '--reverse', '--topo-order', ...revisions, '--'];
    for await (const lines of piecesOf(git, words)) yield lines.map((line) => line.split(' ', 2).join(' '));
  }
  const options = ['-r', '--raw', '--no-abbrev', '--no-renames', '--root', '--ignore-submodules=none', '-z'];
  return piecesOf(git, ['diff-tree', '--stdin', ...options], { input: commits(), separator: '\0' });
}
