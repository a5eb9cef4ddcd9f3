import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Repo, Sandbox } from '../git/support.ts';

export interface Teamwork {
  repo: Repo;
  here: { cwd: string; env: NodeJS.ProcessEnv };
  /** An allowed-signers file with the person's key, outside the repository. */
  signersFile: string;
  /** The bare repository that `origin` is. */
  remote: string;
  /** Signs with another key from now on, which nobody has allowed. */
  useStrangersKey(): void;
}

/**
 * A repository with a remote, a committed list of allowed signers on `main`, and one signed commit on a branch: what a
 * team has that lets CI verify statements.
 */
export function teamwork(box: Sandbox, name: string): Teamwork {
  const env: NodeJS.ProcessEnv = { ...box.env, PREGATE_STATE_DIR: box.at(`state-${name}`) };
  const remote = box.at(`${name}.git`);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote], { env });
  const plain = box.repository(name);
  const repo = { ...plain, env };
  const keys = box.at(`keys-${name}`);
  mkdirSync(keys);
  for (const key of ['mine', 'stranger']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', `${keys}/${key}`], { env });
  }
  const line = `person@example.com ${readFileSync(`${keys}/mine.pub`, 'utf8')}`;
  const signersFile = box.at(`signers-${name}`);
  writeFileSync(signersFile, line);
  repo.write('.pregate/allowed_signers', line);
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'user.signingkey', `${keys}/mine.pub`);
  repo.git('config', 'commit.gpgsign', 'true');
  repo.git('config', 'gpg.ssh.allowedSignersFile', signersFile);
  repo.git('remote', 'add', 'origin', remote);
  repo.write('a.txt', 'one\n');
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  repo.git('push', '-q', 'origin', 'main');
  repo.git('remote', 'set-head', 'origin', 'main');
  repo.git('switch', '-qc', 'topic');
  repo.write('a.txt', 'two\n');
  repo.git('commit', '-qam', 'second');
  const useStrangersKey = () => void repo.git('config', 'user.signingkey', `${keys}/stranger.pub`);
  return { repo, here: { cwd: repo.dir, env }, signersFile, remote, useStrangersKey };
}
