import type { Collected } from '../../gate/types.ts';
import { displayPath } from '../../model/path.ts';
import type { Entrypoint } from '../entrypoints.ts';
import type { FurtherJudge } from '../further.ts';
import type { Statement } from '../statements.ts';

/** Bytes beyond which github.com warns of a file, and refuses the push that brings it. No ruleset changes either. */
const limits = { warn: 50 * 1024 * 1024, refuse: 100 * 1024 * 1024 };

const page = 'https://docs.github.com/repositories/working-with-files/managing-large-files/about-large-files-on-github';

/**
 * What github.com says of large files in any commit of a push, whatever its settings are (GitHub's page "About large files
 * on GitHub"; GH001 is what it prints). A pointer of Git LFS is small and is not meant.
 */
export const githubLimits: FurtherJudge = ({ collected, gates }) => {
  const { push, repo } = collected;
  const files = push && gates.includes('push') && repo.remote?.host === 'github.com' ? largeFiles(collected) : [];
  if (files.length === 0) return [];
  const statements = files.map(({ path, size, commit }): Statement => {
    const refused = size > limits.refuse;
    const mb = (size / 1024 / 1024).toFixed(1);
    const most = refused ? 'GitHub refuses files of more than 100 MB' : 'GitHub warns of files of more than 50 MB';
    const file = /^[\w./-]+$/.test(path) ? path : 'FILE';
    return {
      effect: refused ? 'deny' : 'warn',
      rule: entry.label,
      message: `${most}, and ${displayPath(path)} has ${mb} MB: ${page}`,
      remedy: `Keep it in Git LFS: git lfs migrate import --include=${file} moves it there in commits that have not been pushed.`,
      entry,
      exactness: 'exact',
      place: { path, ...(commit === undefined ? {} : { commit }) },
    };
  });
  return [{ gate: 'push', statements, problems: [] }];
};

const entry: Entrypoint = { path: 'forge/large-file', effect: 'deny', label: 'forge/large-file', foreign: true };

/** Each file once, at its largest: targets are the tip of the push, history what its commits had in between. */
function largeFiles({ targets, history }: Collected): { path: string; size: number; commit?: string }[] {
  const found = new Map<string, { path: string; size: number; commit?: string }>();
  for (const { kind, path, size, commit } of [...targets, ...history]) {
    if (kind !== 'file' || size <= limits.warn || size <= (found.get(path)?.size ?? 0)) continue;
    found.set(path, { path, size, ...(commit === undefined ? {} : { commit }) });
  }
  return [...found.values()].sort((a, b) => b.size - a.size).slice(0, 20);
}
