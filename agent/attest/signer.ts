import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { GitConfig } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import type { Git } from '../git/run.ts';
import { publicKeyOf } from '../sign/discover.ts';
import { userPrograms } from '../sign/foreign.ts';
import { readSetup } from '../sign/state.ts';
import { translate } from '../sign/test-signature.ts';
import type { Signer } from './dsse.ts';
import { namespace } from './types.ts';

/** A passphrase prompt or a touch of a hardware key may take a while; a program that hangs is given up. */
const patience = 60_000;

/**
 * The signer that git is set up with: `ssh-keygen -Y sign` (or the program of a password manager that takes its place)
 * with the key of `user.signingkey`, in our own namespace. Throws `GitFailure` when git does not sign with SSH here.
 */
export async function sshSigner(git: Git, config: GitConfig): Promise<Signer> {
  const { format, key } = readSetup(config);
  if (format !== 'ssh' || key === undefined) {
    throw failure('statements are signed with the SSH key of git, and none is set up here: pregate sign setup');
  }
  const program = await programOf(git);
  return (bytes) => signWith(program, key, bytes, git.env);
}

/** A program may be named by this user or this machine; a repository's own configuration may not name one. */
async function programOf(git: Git): Promise<string> {
  const key = 'gpg.ssh.program=';
  const word = (await userPrograms(git)).find((one) => one.startsWith(key));
  return word?.slice(key.length) ?? 'ssh-keygen';
}

async function signWith(
  program: string,
  key: string,
  bytes: Buffer,
  env: NodeJS.ProcessEnv,
): Promise<{ keyid: string; sig: Buffer }> {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-sign-'));
  try {
    const path = keyFile(key, folder);
    const input = join(folder, 'statement');
    writeFileSync(input, bytes, { mode: 0o600 });
    await run(program, ['-Y', 'sign', '-n', namespace, '-f', path, input], env);
    const sig = readFileSync(`${input}.sig`);
    return { keyid: keyIdOf(sig), sig };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A key may be a path, or written out (`key::ssh-ed25519 AAAA…`), in which case an agent holds its private part. */
function keyFile(key: string, folder: string): string {
  const literal = key.startsWith('key::') ? key.slice(5) : /^(ssh-|ecdsa-|sk-)/.test(key) ? key : undefined;
  if (literal === undefined) return key.startsWith('~/') ? join(homedir(), key.slice(2)) : absolute(key);
  const path = join(folder, 'key.pub');
  writeFileSync(path, `${literal}\n`, { mode: 0o600 });
  return path;
}

function absolute(path: string): string {
  if (isAbsolute(path)) return path;
  throw failure('user.signingkey is a relative path, so nothing was signed: pregate sign setup');
}

/** The key stands in the signature itself (OpenSSH PROTOCOL.sshsig: magic, version, public key). */
function keyIdOf(armoured: Buffer): string {
  const base64 = armoured.toString('latin1').replace(/-----[^-]+-----|\s/g, '');
  const blob = Buffer.from(base64, 'base64');
  const length = blob.readUInt32BE(10);
  const key = blob.subarray(14, 14 + length);
  const type = key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
  return publicKeyOf(`${type} ${key.toString('base64')}`)?.fingerprint ?? '';
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, timeout: patience, maxBuffer: 1 << 20 }, (error, _out, stderr) => {
      if (!error) return resolve();
      const { reason, remedy } = translate(String(stderr) || String(error.message));
      reject(failure(`the statement was not signed: ${reason}. ${remedy}`));
    });
  });
}

function failure(message: string): GitFailure {
  return new GitFailure({ code: 'statement-unsigned', message, fatal: true });
}
