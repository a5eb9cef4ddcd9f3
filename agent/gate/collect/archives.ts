import { type ArchiveLimits, openArchive } from '../../archives/open.ts';
import { documentFromBytes } from '../../model/document.ts';
import { displayPath } from '../../model/path.ts';
import type { Document } from '../../model/types.ts';
import { isArchiveName } from './names.ts';
import type { Run } from './run.ts';

const limits: ArchiveLimits = {
  depth: 2,
  entries: 20_000,
  entryBytes: 16 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
  ratio: 200,
};

/**
 * What an archive holds, as documents called `archive.zip!/path`. What could not be opened, and what was left out because
 * of its size, is said.
 */
export function archiveDocuments(run: Run, document: Document): Document[] {
  if (document.kind !== 'file' || document.encoding !== 'binary') return [];
  const { path, oid, commit } = document;
  const left = (detail: string): void => {
    run.skipped.push({ path, reason: 'archive', detail, partial: true });
  };
  if (document.partial) {
    if (isArchiveName(path)) left('an archive of more than 64 MB was not opened');
    return [];
  }
  const room = run.limits.totalBytes - run.keptBytes;
  const { files, gaps } = openArchive(path, document.bytes, {
    ...limits,
    totalBytes: Math.min(limits.totalBytes, room),
  });
  run.keptBytes += files.reduce((sum, file) => sum + file.bytes.length, 0);
  for (const gap of gaps) left(`${displayPath(gap.path)}: ${gap.why}`);
  return files.map((file) =>
    documentFromBytes(file.path, file.bytes, { ...(oid ? { oid } : {}), ...(commit ? { commit } : {}) }),
  );
}
