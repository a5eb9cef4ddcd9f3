import type { SignatureInfo } from '../gate/types.ts';
import { type Git, gitOutput, runGit } from '../git/run.ts';
import { verifyCommits } from './verify.ts';

export type TestSignature = { ok: true; info: SignatureInfo } | { ok: false; reason: string; remedy: string };

/**
 * Signs an empty commit that no ref will ever name, the way git signs every other, and verifies it. This finds the locked
 * key, the missing agent and the wrong program before a person has written a commit message.
 */
export async function testSignature(git: Git): Promise<TestSignature> {
  const tree = (await gitOutput(git, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' })).toString().trim();
  const result = await runGit(git, ['commit-tree', '-S', tree, '-m', 'pregate: test signature']);
  if (result.code !== 0) return { ok: false, ...translate(result.stderr) };
  const oid = result.stdout.toString().trim();
  const info = (await verifyCommits({ root: git.cwd }, [oid], { env: git.env })).get(oid);
  if (!info?.present) return { ok: false, reason: 'git made an unsigned commit', remedy: 'pregate sign setup' };
  return { ok: true, info };
}

/** Git's and ssh-keygen's messages, measured, in words that say what to do. */
export function translate(stderr: string): { reason: string; remedy: string } {
  if (/No private key found|Couldn't find key in agent|agent refused/i.test(stderr)) {
    return { reason: 'the agent does not hold the key', remedy: 'ssh-add <your key>, or unlock the app that holds it' };
  }
  if (/incorrect passphrase|passphrase/i.test(stderr)) {
    return { reason: 'the key asks for a passphrase and there is no terminal', remedy: 'ssh-add <your key>' };
  }
  if (/No such file|Couldn't load public key|invalid format/i.test(stderr)) {
    return { reason: 'user.signingkey names no readable key', remedy: 'pregate sign setup' };
  }
  if (/secret key not available|No secret key/i.test(stderr)) {
    return {
      reason: 'gpg has no secret key for this address',
      remedy: 'pregate sign setup, or git config user.signingkey <key>',
    };
  }
  if (/Please tell me who you are|empty ident|unable to auto-detect email/i.test(stderr)) {
    return { reason: 'user.name or user.email is not set', remedy: 'git config user.name … and user.email …' };
  }
  if (/cannot run|not found/i.test(stderr))
    return { reason: 'the signing program is not installed', remedy: 'pregate doctor' };
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return { reason: `git could not sign (${last.slice(0, 120)})`, remedy: 'git commit-tree -S shows the whole message' };
}
