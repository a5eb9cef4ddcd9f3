import { parseCommitMessage, parseTag } from '../git/commit.ts';
import { commitMessage, tagMessage } from '../git/message-document.ts';
import type { GitObject, ReadLimits } from '../git/objects.ts';
import type { Git } from '../git/run.ts';
import { scanSecrets } from '../model/secrets/index.ts';
import type { Document } from '../model/types.ts';
import { type HistoryRange, type Listed, listObjects } from './list.ts';
import type { Memory } from './memory.ts';
import { readObjects } from './read.ts';

export interface ScanOptions {
  range: HistoryRange;
  memory: Memory;
  limits: (listed: Listed) => ReadLimits;
  /** Turns a blob into what is looked at: itself, and what an archive holds. */
  documentsOf: (listed: Listed, object: GitObject) => readonly Document[];
  progress: (objects: number, suspects: number) => void;
  /** What else makes an object a suspect; undefined when that could not be told, so that it is looked at again. */
  suspicious?: ((document: Document) => Promise<boolean | undefined>) | undefined;
}

export interface ScanResult {
  /** Objects of the range, looked at now or before. */
  objects: number;
  /** Of them looked at in this run. */
  fresh: number;
  bytes: number;
  /** Suspects of this range, in the order in which git lists them. */
  suspects: Listed[];
  missing: string[];
  /** Read only in part, because of their size. */
  partial: Listed[];
}

/** How often progress is told and the memory written down. */
const every = 2000;

/**
 * Looks at every object of a range once and tells in which there is a secret. Nothing is kept but ids, so that memory
 * stays small however long the history; what is found is read again by who judges it.
 */
export async function scanHistory(git: Git, options: ScanOptions): Promise<ScanResult> {
  const { memory, range } = options;
  const result: ScanResult = { objects: 0, fresh: 0, bytes: 0, suspects: [], missing: [], partial: [] };

  async function* unknown(): AsyncGenerator<Listed[]> {
    const told = new Set<string>();
    for await (const piece of listObjects(git, range)) {
      const before = Math.floor(result.objects / every);
      result.objects += piece.length;
      const fresh: Listed[] = [];
      for (const listed of piece) {
        const known = memory.suspects.get(listed.oid);
        if (known) {
          if (!told.has(listed.oid)) result.suspects.push(known);
          told.add(listed.oid);
        } else if (!memory.isClean(listed.oid)) fresh.push(listed);
      }
      yield fresh;
      if (Math.floor(result.objects / every) > before) options.progress(result.objects, result.suspects.length);
    }
  }

  for await (const { listed, object } of readObjects(git, unknown(), options.limits)) {
    result.fresh++;
    if (!object) result.missing.push(listed.oid);
    else if (object.type !== 'tree') await look(listed, object);
    if (result.fresh % every === 0) memory.flush();
  }
  memory.flush();
  options.progress(result.objects, result.suspects.length);
  return result;

  async function look(listed: Listed, object: GitObject): Promise<void> {
    result.bytes += object.bytes.length;
    const documents = documentsOfObject(listed, object, options.documentsOf);
    let found: boolean | undefined = documents.some((document) => scanSecrets(document).hits.length > 0);
    if (!found && options.suspicious) {
      const answers: (boolean | undefined)[] = [];
      for (const document of documents) answers.push(await options.suspicious(document));
      found = answers.includes(true) || (answers.includes(undefined) ? undefined : false);
    }
    if (found) {
      memory.suspect(listed);
      result.suspects.push(listed);
    } else if (!object.partial && found === false) memory.clean(listed.oid);
    if (object.partial) result.partial.push(listed);
  }
}

/** What is looked at in an object: a blob's content, or the message of a commit or tag. */
export function documentsOfObject(
  listed: Listed,
  object: GitObject,
  documentsOf: ScanOptions['documentsOf'],
): readonly Document[] {
  const { oid } = object;
  if (object.type === 'commit') return [commitMessage(oid, parseCommitMessage(object.bytes))];
  if (object.type === 'tag') return [tagMessage(oid, parseTag(object.bytes))];
  return documentsOf(listed, object);
}
