import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Git, gitOutput } from '../git/run.ts';
import { matchSigner, parseAllowedSigners } from './allowed-signers.ts';
import { publicKeyOf, type UsableKey } from './discover.ts';
import { strictBase64 } from './wire.ts';

export interface SetupPlan {
  key: UsableKey;
  email: string;
  /** git setting → value, repository scope only. */
  settings: [key: string, value: string][];
  /** The allowed-signers file and the line to add, for SSH. */
  allowedSigners?: { path: string; line: string | undefined };
}

/**
 * Works out what signing with `key` needs in this repository. A signer that somebody configured on purpose is never
 * replaced: the caller asks before it gets here. Nothing is written.
 */
export function planSetup(options: {
  key: UsableKey;
  email: string;
  /** Folder that all worktrees share: the file lies outside every checkout, so no branch can change it. */
  commonDir: string;
  /** `gpg.ssh.allowedSignersFile` as it is now. */
  allowedSigners: string | undefined;
}): SetupPlan {
  const { key, email } = options;
  const settings: [string, string][] = [
    ['gpg.format', key.format],
    ['user.signingkey', key.value],
    ['commit.gpgsign', 'true'],
    ['tag.gpgsign', 'true'],
  ];
  if (key.format !== 'ssh') return { key, email, settings };
  const path = options.allowedSigners ?? join(options.commonDir, 'pregate-allowed-signers');
  if (options.allowedSigners === undefined) settings.push(['gpg.ssh.allowedSignersFile', path]);
  return { key, email, settings, allowedSigners: { path, line: signerLine(key, email, path) } };
}

/** Carries a plan out. */
export async function applySetup(git: Git, plan: SetupPlan): Promise<void> {
  if (plan.allowedSigners?.line) appendLine(plan.allowedSigners.path, plan.allowedSigners.line);
  for (const [key, value] of plan.settings) await gitOutput(git, ['config', '--local', key, value]);
}

/** Makes an ed25519 key for signing, without a passphrase only when asked. Never overwrites. */
export async function makeKey(
  env: NodeJS.ProcessEnv,
  options: { email: string; passphrase: string; path?: string },
): Promise<UsableKey> {
  const path = options.path ?? join(env['HOME'] ?? '', '.ssh', 'id_ed25519_signing');
  if (existsSync(path)) throw new Error(`${path} exists already; nothing was made`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await new Promise<void>((resolve, reject) => {
    const args = ['-q', '-t', 'ed25519', '-C', options.email, '-N', options.passphrase, '-f', path];
    execFile('ssh-keygen', args, { env }, (error) =>
      error ? reject(new Error('ssh-keygen could not make a key')) : resolve(),
    );
  });
  const key = publicKeyOf(readFileSync(`${path}.pub`, 'utf8'));
  if (!key) throw new Error('ssh-keygen made a key that could not be read');
  return { ...key, format: 'ssh', value: `${path}.pub`, where: path };
}

/** The line that lets `email` sign with this key, or undefined when the file has one already. */
function signerLine(key: UsableKey, email: string, path: string): string | undefined {
  const [, base64 = ''] = key.publicKey?.split(' ') ?? [];
  const keyBlob = strictBase64(base64);
  if (!keyBlob) return undefined;
  const list = parseAllowedSigners(existsSync(path) ? readFileSync(path, 'utf8') : '');
  const seconds = Date.now() / 1000;
  if (matchSigner(list, { keyBlob, email, namespace: 'git', seconds }).status === 'good') return undefined;
  return `${email} namespaces="git,attest@pregate" ${key.publicKey}`;
}

function appendLine(path: string, line: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${before}${gap}${line}\n`, { mode: 0o644 });
}
