import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Repo, repo as repoAt, type Sandbox } from '../git/support.ts';

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

/** The name under which a sandbox keeps the first team, which the others are copies of. */
const first = 'first-team';

/**
 * A repository with a remote, a committed list of allowed signers on `main`, and one signed commit on a branch: what a
 * team has that lets CI verify statements.
 */
export function teamwork(box: Sandbox, name: string): Teamwork {
  if (!existsSync(box.at(first))) makeTeam(box);
  return copyTeam(box, first, name);
}

/** Copies a team with its keys and state: git, ssh-keygen and the hooks take a second to make one. */
export function copyTeam(box: Sandbox, from: string, name: string): Teamwork {
  for (const part of ['', '.git', '.keys', '.signers', '.state']) {
    const [source, target] = [box.at(`${from}${part}`), box.at(`${name}${part}`)];
    if (existsSync(source)) cpSync(source, target, { recursive: true, preserveTimestamps: true });
  }
  const config = box.at(name, '.git/config');
  writeFileSync(config, readFileSync(config, 'utf8').replaceAll(box.at(from), box.at(name)));
  const env: NodeJS.ProcessEnv = { ...box.env, PREGATE_STATE_DIR: box.at(`${name}.state`) };
  const repo = repoAt(box.at(name), env);
  const useStrangersKey = () => void repo.git('config', 'user.signingkey', box.at(`${name}.keys`, 'stranger.pub'));
  return {
    repo,
    here: { cwd: repo.dir, env },
    signersFile: box.at(`${name}.signers`),
    remote: box.at(`${name}.git`),
    useStrangersKey,
  };
}

function makeTeam(box: Sandbox): void {
  const remote = box.at(`${first}.git`);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: box.env });
  const repo = box.repository(first);
  const keys = box.at(`${first}.keys`);
  mkdirSync(keys);
  for (const key of ['mine', 'stranger']) {
    const words = ['-q', '-t', 'ed25519', '-N', '', '-C', key, '-f', path.join(keys, key)];
    execFileSync('ssh-keygen', words, { env: box.env });
  }
  const line = `person@example.com ${readFileSync(`${keys}/mine.pub`, 'utf8')}`;
  writeFileSync(box.at(`${first}.signers`), line);
  repo.write('.pregate/allowed_signers', line);
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'user.signingkey', `${keys}/mine.pub`);
  repo.git('config', 'commit.gpgsign', 'true');
  repo.git('config', 'gpg.ssh.allowedSignersFile', box.at(`${first}.signers`));
  repo.git('remote', 'add', 'origin', remote);
  repo.write('a.txt', 'one\n');
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  repo.git('push', '-q', 'origin', 'main');
  repo.git('remote', 'set-head', 'origin', 'main');
  repo.git('switch', '-qc', 'topic');
  repo.write('a.txt', 'two\n');
  repo.git('commit', '-qam', 'second');
}
