import type { Git } from '../git/run.ts';
import { listObjects } from '../history/list.ts';
import { readObjects } from '../history/read.ts';

/**
 * Which of these values stand, as they are, in what the remotes have already. A value that was pushed is out: rewriting
 * what is local would only hide that. Looks at every blob and message the remotes' refs reach.
 */
export async function alreadyPushed(
  git: Git,
  pushed: readonly string[],
  values: ReadonlyMap<string, string>,
  progress: (objects: number) => void,
): Promise<Set<string>> {
  const found = new Set<string>();
  if (pushed.length === 0) return found;
  const forms = [...values].map(([value, id]): [Buffer, string] => [Buffer.from(value), id]);
  let seen = 0;
  const list = listObjects(git, { revisions: pushed, reflog: false });
  for await (const { object } of readObjects(git, list, () => ({ full: 64 * 1024 * 1024, edge: 512 * 1024 }))) {
    if (++seen % 2000 === 0) progress(seen);
    if (!object || object.type === 'tree') continue;
    for (const [form, id] of forms) if (!found.has(id) && object.bytes.includes(form)) found.add(id);
    if (found.size === values.size) break;
  }
  return found;
}
