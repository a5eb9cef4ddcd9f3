import type { Git } from '../git/run.ts';
import { decodePath } from '../model/path.ts';
import { type HistoryRange, linesOf, revisionsOf } from './list.ts';

export interface Introduction {
  commit: string;
  path: string;
}

/**
 * The commit that brought each of these blobs first, and the path it had there: the oldest commit whose comparison with
 * its first parent shows it. One walk over the history, whatever their number; what came with a tag or note alone has none.
 */
export async function introductionsOf(
  git: Git,
  range: HistoryRange,
  blobs: ReadonlySet<string>,
): Promise<Map<string, Introduction>> {
  const found = new Map<string, Introduction>();
  if (blobs.size === 0) return found;
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
  const output = linesOf(git, ['diff-tree', '--stdin', ...options], { input: commits(), separator: '\0' });
  for await (const field of output) {
    if (header !== undefined) {
      const oid = header.split(' ')[3] as string;
      header = undefined;
      if (!blobs.has(oid) || found.has(oid)) continue;
      found.set(oid, { commit, path: decodePath(Buffer.from(field, 'latin1')) });
      if (found.size === blobs.size) break;
    } else if (field.startsWith(':')) header = field;
    else commit = field.trim().split(' ')[0] as string;
  }
  return found;
}
