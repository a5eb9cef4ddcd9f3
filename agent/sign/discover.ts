import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSshKey } from './ssh-key.ts';

export interface UsableKey {
  format: 'ssh' | 'openpgp';
  /** What `user.signingkey` is set to. */
  value: string;
  /** `SHA256:…` or the long key id. */
  fingerprint: string;
  /** Where it was found, for people: `ssh-agent`, `~/.ssh/id_ed25519.pub`, `gpg`. */
  where: string;
  comment: string;
  /** `type base64`, for the allowed-signers file. */
  publicKey?: string;
}

/**
 * Finds keys that could sign, best first: what ssh-agent holds, key pairs in `~/.ssh`, then GnuPG's secret keys.
 * It only looks: nothing is unlocked, nothing is changed.
 */
export async function discoverKeys(env: NodeJS.ProcessEnv): Promise<UsableKey[]> {
  const [agent, gpg] = await Promise.all([agentKeys(env), gpgKeys(env)]);
  const seen = new Set<string>();
  return [...agent, ...fileKeys(env), ...gpg].filter((key) => !seen.has(key.fingerprint) && seen.add(key.fingerprint));
}

async function agentKeys(env: NodeJS.ProcessEnv): Promise<UsableKey[]> {
  if (!env['SSH_AUTH_SOCK']) return [];
  const output = await run('ssh-add', ['-L'], env);
  return output.split('\n').flatMap((line) => {
    const key = publicKeyOf(line);
    return key ? [{ ...key, format: 'ssh' as const, value: `key::${key.publicKey}`, where: 'ssh-agent' }] : [];
  });
}

function fileKeys(env: NodeJS.ProcessEnv): UsableKey[] {
  const folder = join(env['HOME'] ?? '', '.ssh');
  const keys = listed(folder)
    .filter((name) => name.endsWith('.pub'))
    .flatMap((name) => keyInFile(join(folder, name), `~/.ssh/${name}`) ?? []);
  return keys.sort((a, b) => rank(a) - rank(b));
}

/**
 * The SSH key pair that somebody names by the path of either half, wherever it lies; undefined where one of the halves is
 * missing. `where` is what a person reads of it.
 */
export function keyInFile(path: string, where = path): UsableKey | undefined {
  const privateHalf = path.replace(/\.pub$/, '');
  const value = `${privateHalf}.pub`;
  const key = publicKeyOf(readOr(value, ''));
  // A public key alone cannot sign, and one that signs for hosts or servers is not a person's.
  if (!key || !isFile(privateHalf)) return undefined;
  return { ...key, format: 'ssh', value, where };
}

/** Modern and meant for signing first. */
function rank(key: UsableKey): number {
  if (/sign/i.test(key.where)) return 0;
  if (key.publicKey?.startsWith('ssh-ed25519')) return 1;
  if (key.publicKey?.startsWith('sk-')) return 2;
  return key.publicKey?.startsWith('ecdsa') ? 3 : 4;
}

/** `gpg --with-colons`: field 12 of `sec` holds the capabilities, field 2 the validity (gnupg doc/DETAILS). */
async function gpgKeys(env: NodeJS.ProcessEnv): Promise<UsableKey[]> {
  const output = await run('gpg', ['--batch', '--list-secret-keys', '--with-colons'], env);
  const keys: UsableKey[] = [];
  let id: string | undefined;
  for (const line of output.split('\n')) {
    const fields = line.split(':');
    if (fields[0] === 'sec') id = /s/i.test(fields[11] ?? '') && !/[re]/.test(fields[1] ?? '') ? fields[4] : undefined;
    if (fields[0] !== 'uid' || id === undefined) continue;
    keys.push({ format: 'openpgp', value: id, fingerprint: id, where: 'gpg', comment: fields[9] ?? '' });
    id = undefined;
  }
  return keys;
}

/** Reads one line of an authorized-keys style file. */
export function publicKeyOf(
  line: string,
): (Pick<UsableKey, 'fingerprint' | 'comment' | 'publicKey'> & { publicKey: string }) | undefined {
  const [type, base64, ...comment] = line.trim().split(/\s+/);
  if (!type || !base64) return undefined;
  const key = parseSshKey(Buffer.from(base64, 'base64'));
  if (!key || key.type !== type) return undefined;
  return { fingerprint: key.fingerprint, comment: comment.join(' '), publicKey: `${type} ${base64}` };
}

/** Runs a program and gives what it printed, or nothing when it is missing, slow or unhappy. */
function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: 5000, maxBuffer: 1 << 20 }, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
