import type { RepoInfo } from '../gate/types.ts';
import { configValue, type GitConfig } from '../git/config-list.ts';
import { openGit } from '../git/run.ts';
import { readSetup, type SigningSetup } from './state.ts';
import { testSignature } from './test-signature.ts';
import { readAllowedSigners } from './verify.ts';

export interface SigningReport {
  ok: boolean;
  /** The whole answer in one line. */
  line: string;
  /** One line: what to do. */
  remedy?: string;
  setup: SigningSetup;
}

/** `pregate sign status`: the first thing that is wrong, in one line, found by really signing something. */
export async function signingStatus(
  repo: Pick<RepoInfo, 'root'>,
  config: GitConfig,
  env: NodeJS.ProcessEnv,
): Promise<SigningReport> {
  const setup = readSetup(config);
  const wrong = (line: string, remedy: string): SigningReport => ({ ok: false, line, remedy, setup });
  // `sign setup` keeps a signer that somebody chose and changes nothing, so it would send people round in a circle.
  const remedyFor = (setting: string) => (setup.program ? `git config ${setting}` : 'pregate sign setup');
  if (!setup.sign)
    return wrong('Commits here are not signed: commit.gpgsign is not set.', remedyFor('commit.gpgsign true'));
  if (!setup.email)
    return wrong('Commits cannot be signed: user.email is not set.', 'git config user.email you@example.com');
  if (!setup.key && setup.format === 'ssh' && !configValue(config, 'gpg.ssh.defaultkeycommand')) {
    return wrong('Commits cannot be signed: user.signingkey is not set.', remedyFor('user.signingkey <your key>'));
  }
  const test = await testSignature(openGit(repo.root, env), setup);
  if (!test.ok) return wrong(`Commits cannot be signed: ${test.reason}.`, test.remedy);
  if (setup.format !== 'ssh') {
    const { status, detail } = test.info;
    if (status === 'wrong-principal') {
      const remedy = 'git config user.email <the address of your key>';
      return wrong(`Commits are signed, but not as ${setup.email}: ${detail}.`, remedy);
    }
    // The program that has just signed does not take its own signature: no gate here would either.
    if (status !== 'good')
      return wrong(
        `Commits are signed, but not verified here: ${detail ?? status}.`,
        'git verify-commit HEAD says more',
      );
    return { ok: true, line: `Commits are signed with ${setup.format} key ${setup.key ?? '(default)'}.`, setup };
  }
  const allowed = await readAllowedSigners(repo.root, config);
  if (allowed.path === undefined) {
    return wrong(
      'Commits are signed, but nobody can verify them here: gpg.ssh.allowedSignersFile is not set.',
      'pregate sign setup',
    );
  }
  if (test.info.status === 'wrong-principal' || test.info.status === 'untrusted') {
    return wrong(`Commits are signed, but not verified as ${setup.email}: ${test.info.detail}.`, 'pregate sign setup');
  }
  return {
    ok: true,
    line: `Commits are signed as ${setup.email} with ${test.info.key ?? setup.key}, and verified here.`,
    setup,
  };
}
