import { openGit, runGit } from './run.ts';

/** True when the folder lies in a repository whose index differs from HEAD (or holds anything before the first commit). */
export async function hasStagedChanges(cwd: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const git = openGit(cwd, env);
    const head = await runGit(git, ['rev-parse', '--verify', '-q', 'HEAD']);
    if (head.code === 0) return (await runGit(git, ['diff-index', '--cached', '--quiet', 'HEAD', '--'])).code === 1;
    const files = await runGit(git, ['ls-files', '-z', '--cached']);
    return files.code === 0 && files.stdout.length > 0;
  } catch {
    // No git, or not ours to read: the folder is then looked at as a folder, and collecting it says what is wrong.
    return false;
  }
}
