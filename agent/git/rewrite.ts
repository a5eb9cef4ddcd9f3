import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GitFailure } from './failure.ts';
import { type Git, gitOutput, gitProblem, isOid, runGit } from './run.ts';

/**
 * Makes commits without touching a ref, the index or the working tree, so that they can be judged first.
 * `tip` is the commit to start from; `files` are texts (UTF-8) of files it has.
 */
export async function commitOnTop(
  git: Git,
  tip: string,
  files: ReadonlyMap<string, string>,
  options: { message: string; sign: boolean },
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pregate-index-'));
  try {
    const own: Git = { ...git, env: { ...git.env, GIT_INDEX_FILE: path.join(folder, 'index') } };
    await gitOutput(own, ['read-tree', tip]);
    for (const [file, text] of files) {
      const listed = (await gitOutput(own, ['ls-files', '-s', '-z', '--', `:(top,literal)${file}`])).toString('latin1');
      const mode = listed.slice(0, listed.indexOf(' ')) || '100644';
      const blob = (await gitOutput(own, ['hash-object', '-w', '--stdin', '--no-filters'], { input: text }))
        .toString('latin1')
        .trim();
      await gitOutput(own, ['update-index', '-z', '--index-info'], { input: `${mode} ${blob}\t${file}\0` });
    }
    const tree = (await gitOutput(own, ['write-tree'])).toString('latin1').trim();
    return await commitTree(git, ['-p', tip, ...(options.sign ? ['-S'] : []), '-F', '-', tree], {
      input: options.message,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes each commit of a range again with a signature; trees, messages, authors and dates stay. Oldest first. */
export async function signAgain(git: Git, oldestFirst: readonly string[]): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const oid of oldestFirst) {
    const parents = (await gitOutput(git, ['show', '-s', '--format=%P', oid])).toString('latin1').trim().split(' ');
    const before = parents.filter(isOid).map((parent) => made.get(parent) ?? parent);
    made.set(oid, await remake(git, oid, { parents: before, sign: true }));
  }
  return made;
}

/** Makes one commit again on other parents; author, committer and dates stay, and so do tree and message unless given. */
export async function remake(
  git: Git,
  oid: string,
  parts: { parents: readonly string[]; sign: boolean; tree?: string; message?: string },
): Promise<string> {
  const format = '--format=%T%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd';
  const fields = (await gitOutput(git, ['show', '-s', '--date=raw', format, oid]))
    .toString('utf8')
    .trimEnd()
    .split('\0');
  const [tree = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = ''] = fields;
  const raw = await gitOutput(git, ['cat-file', 'commit', oid]);
  const env: NodeJS.ProcessEnv = {
    ...git.env,
    GIT_AUTHOR_NAME: an,
    GIT_AUTHOR_EMAIL: ae,
    GIT_AUTHOR_DATE: ad,
    GIT_COMMITTER_NAME: cn,
    GIT_COMMITTER_EMAIL: ce,
    GIT_COMMITTER_DATE: cd,
  };
  const words = [...(parts.sign ? ['-S'] : []), ...parts.parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  return commitTree({ ...git, env }, [...words, parts.tree ?? tree], {
    input: parts.message ?? raw.subarray(raw.indexOf('\n\n') + 2),
  });
}

/**
 * Moves the branch that is checked out to another commit and keeps the old tip under `refs/pregate/backup/`. Local changes
 * stay; where one is in the way git refuses, and nothing has changed. Returns the name of the backup.
 */
export async function moveBranch(git: Git, branch: string, from: string, to: string, stamp: string): Promise<string> {
  const backup = `refs/pregate/backup/${branch}/${stamp}`;
  await gitOutput(git, ['update-ref', backup, from, '']);
  const now = (await gitOutput(git, ['rev-parse', 'HEAD'])).toString('latin1').trim();
  const result = now === from ? await runGit(git, ['reset', '-q', '--keep', to]) : undefined;
  if (result?.code === 0) return backup;
  await runGit(git, ['update-ref', '-d', backup, from]);
  if (!result) {
    throw new GitFailure({
      code: 'branch-moved',
      message: 'The branch has moved meanwhile; nothing was changed.',
      fatal: true,
    });
  }
  throw new GitFailure({
    ...gitProblem(result, 'reset'),
    message: `Local changes are in the way; nothing was changed (git reset --keep: ${result.stderr.trim().split('\n').at(-1)?.slice(0, 120)})`,
  });
}

async function commitTree(
  git: Git,
  words: readonly string[],
  options: { input: string | Uint8Array },
): Promise<string> {
  const result = await runGit(git, ['commit-tree', ...words], options);
  const oid = result.stdout.toString('latin1').trim();
  if (result.code !== 0 || !isOid(oid)) throw new GitFailure(gitProblem(result, 'commit-tree'));
  return oid;
}
