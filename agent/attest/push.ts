import { type Git, runGit } from '../git/run.ts';
import { notesRef } from './types.ts';

/** Set while the notes are pushed, so that the hook of that push does not push them again. */
export const pushingVariable = 'PREGATE_PUSHING_STATEMENTS';

const theirs = 'refs/notes/pregate/remote';

/**
 * Sends the statements to a remote, after putting those that are there beside ours. Nothing is forced: when somebody was
 * faster, theirs are fetched again. Answers with one line when it did not work; the statements stay here then.
 */
export async function pushStatements(git: Git, remote: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  // The one place where git may use the network: with the person's own ssh, proxy and credentials, as their push does.
  const path = git.env['PATH'];
  const own: Git = {
    ...git,
    env: { ...env, PATH: path, [pushingVariable]: '1', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  };
  let last = '';
  for (let attempt = 0; attempt < 5; attempt++) {
    await mergeTheirs(own, remote);
    const push = await runGit(own, ['push', '--no-verify', '--quiet', '--', remote, `${notesRef}:${notesRef}`]);
    if (push.code === 0) return undefined;
    last = push.stderr.trim().split('\n').at(-1) ?? '';
    if (!/rejected|fetch first|cannot lock ref|failed to update/i.test(push.stderr)) break;
  }
  return `the statements were not pushed (${last.slice(0, 160)}); they are kept here: pregate attest push`;
}

async function mergeTheirs(git: Git, remote: string): Promise<void> {
  const fetched = await runGit(git, ['fetch', '--quiet', '--no-tags', '--', remote, `+${notesRef}:${theirs}`]);
  if (fetched.code !== 0) return;
  // Lines of both sides, each once: a statement is never lost and never changed.
  await runGit(git, ['notes', `--ref=${notesRef}`, 'merge', '--quiet', '--strategy=cat_sort_uniq', theirs]);
}
