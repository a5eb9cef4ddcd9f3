import type { Report } from '../gate/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { type Git, openGit } from '../git/run.ts';
import { statesPushes } from './choice.ts';
import { makeStatements } from './make.ts';
import { pushingVariable, pushStatements } from './push.ts';
import { sshSigner } from './signer.ts';

/**
 * Before a push that passed: states what was found about the tip of each branch, and sends it ahead of the branch. A hook
 * cannot add refs to the push it runs in, so this is a push of its own. Whatever fails is said in one line and stops
 * nothing: a missing statement makes CI look itself, which it does anyway.
 */
export async function stateBeforePush(
  report: Report,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (env[pushingVariable]) return undefined;
  const git: Git = openGit(cwd, env);
  const config = await readGitConfig(git);
  const { push, repo } = report;
  if (!statesPushes(config) || !push || repo.commonDir === undefined) return undefined;
  const branches = push.refs.filter((ref) => ref.kind === 'branch' && ref.new !== null);
  if (branches.length === 0) return undefined;
  try {
    const signer = await sshSigner(git, config);
    for (const ref of branches) {
      const about = { commit: ref.new as string, ref: ref.dst, commonDir: repo.commonDir };
      await makeStatements(git, report, { kinds: ['svr', 'decision'], ...about, signer, env });
    }
    return await pushStatements(git, push.remote || push.url, env);
  } catch (error) {
    if (error instanceof GitFailure) return error.problem.message;
    throw error;
  }
}
