import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from '../git/run.ts';
import type { AllowedSigners } from './allowed-signers.ts';
import { userPrograms } from './foreign.ts';
import { readWire } from './wire.ts';

export interface SshQuestion {
  armoured: string;
  message: Uint8Array;
  namespace: string;
  /** Who must have signed. */
  email: string;
  /** The moment at which key and certificate must be valid, in seconds since the epoch. */
  seconds: number;
  signers: AllowedSigners;
}

export type SshAnswer =
  | { status: 'good'; principal: string }
  | { status: 'wrong-principal'; principal: string }
  | { status: 'untrusted' | 'bad' | 'no-key' };

/**
 * Asks ssh-keygen about a signature whose key is not read here: certificates, and kinds of keys that Node does not know.
 * `git verify-commit` would take any principal of any list that its configuration names; here the committer is who must have
 * signed, by the list that counts.
 */
export async function askSshKeygen(git: Git, question: SshQuestion): Promise<SshAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'pregate-verify-'));
  try {
    const [list, signature] = [join(folder, 'allowed'), join(folder, 'signature')];
    await writeFile(list, question.signers.signers.map(({ text }) => `${text}\n`).join(''));
    await writeFile(signature, question.armoured);
    const program = await programOf(git);
    const ask = (...words: string[]) => run(program, ['-Y', ...words, '-s', signature], question.message, git.env);
    const { namespace, email, seconds } = question;
    const asOf = `-Overify-time=${localTime(seconds)}`;
    const named = await ask('verify', '-f', list, '-I', email, '-n', namespace, asOf);
    if (named.code === 0) return { status: 'good', principal: email };
    if (named.code === undefined) return { status: 'no-key' };
    const fits = await ask('check-novalidate', '-n', namespace);
    if (fits.code !== 0) return { status: 'bad' };
    const others = await ask('find-principals', '-f', list, asOf);
    const principal = others.code === 0 ? others.stdout.split('\n')[0] : undefined;
    return principal && principal !== email ? { status: 'wrong-principal', principal } : { status: 'untrusted' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether the key of a signature is a certificate, and when that ends, in seconds since the epoch (OpenSSH
 * PROTOCOL.certkeys). Undefined for everything else.
 */
export function certificateEnd(keyBlob: Buffer): number | undefined {
  const wire = readWire(keyBlob);
  const type = wire.string()?.toString('latin1') ?? '';
  const ownFields = fieldsOf[type.replace(/-cert-v0\d@openssh\.com$/, '')];
  if (!/-cert-v01@openssh\.com$/.test(type) || ownFields === undefined) return undefined;
  // The nonce, then the key itself.
  for (let field = 0; field <= ownFields; field++) wire.string();
  wire.take(8);
  wire.uint32();
  wire.string();
  wire.string();
  wire.take(8);
  const before = wire.take(8)?.readBigUInt64BE(0);
  return before === undefined || before > 253_402_300_799n ? undefined : Number(before);
}

/** How many strings the key of a certificate consists of. */
const fieldsOf: Record<string, number> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519': 2,
  'sk-ecdsa-sha2-nistp256': 3,
};

async function programOf(git: Git): Promise<string> {
  const key = 'gpg.ssh.program=';
  return (await userPrograms(git)).find((word) => word.startsWith(key))?.slice(key.length) ?? 'ssh-keygen';
}

/** As git writes it for ssh-keygen, which reads it in the zone of this machine. */
function localTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

/** Milliseconds for one answer of ssh-keygen. */
const patience = 20_000;

/** The exit code is undefined when the program could not be started or did not end. */
function run(
  program: string,
  words: readonly string[],
  input: Uint8Array,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | undefined; stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      timeout: patience,
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < 65_536) stdout += text;
    });
    child.on('error', () => resolve({ code: undefined, stdout }));
    child.on('close', (code) => resolve({ code: code ?? undefined, stdout }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
