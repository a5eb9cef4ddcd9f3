import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A key made by the real ssh-keygen, and the address whose commits it may sign. */
export interface Signer {
  name: string;
  email: string;
  file: string;
  /** The `.pub` line. */
  publicKey: string;
}

export type SignerName = 'alice' | 'bob' | 'robot' | 'retired' | 'stranger';

export interface Keys {
  folder: string;
  env: NodeJS.ProcessEnv;
  signers: Record<SignerName, Signer>;
  /** Text of the allowed-signers file: everybody but the stranger. */
  allowed: string;
}

/** Seconds since 1970 from which the retired key no longer counts: 2025-01-01. */
export const retirement = 1_735_689_600;

/** Makes all keys. The robot's principal is a pattern, the retired key's line has an end date, the stranger's has none. */
export function makeKeys(folder: string, env: NodeJS.ProcessEnv): Keys {
  const make = (name: SignerName, email: string, type = 'ed25519'): Signer => {
    const file = path.join(folder, `key-${name}`);
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', name, '-f', file], { env, stdio: 'pipe' });
    return { name, email, file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
  };
  const signers = {
    alice: make('alice', 'alice@example.com'),
    bob: make('bob', 'bob@example.com', 'ecdsa'),
    robot: make('robot', 'build-7@ci.example.com'),
    retired: make('retired', 'carol@example.com'),
    stranger: make('stranger', 'stranger@example.org'),
  };
  const allowed = [
    '# People whose commits the gate accepts.',
    `alice@example.com,alice@old.example.com namespaces="git" ${signers.alice.publicKey}`,
    `bob@example.com ${signers.bob.publicKey}`,
    `*@ci.example.com ${signers.robot.publicKey}`,
    `carol@example.com valid-before="20250101" ${signers.retired.publicKey}`,
    '',
  ].join('\n');
  return { folder, env, signers, allowed };
}

/** Signs bytes with `ssh-keygen -Y sign`, as git does (git-config(1), gpg.format ssh), and returns the armour. */
export function sign(keys: Keys, signer: Signer, payload: string, namespace = 'git'): string {
  const file = path.join(keys.folder, 'to-sign');
  writeFileSync(file, payload);
  rmSync(`${file}.sig`, { force: true });
  const words = ['-Y', 'sign', '-n', namespace, '-f', signer.file, file];
  const result = spawnSync('ssh-keygen', words, { env: keys.env, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`ssh-keygen could not sign: ${result.stderr}`);
  return readFileSync(`${file}.sig`, 'utf8');
}
