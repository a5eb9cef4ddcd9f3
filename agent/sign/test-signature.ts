import type { SignatureInfo } from '../gate/types.ts';
import { type Git, gitOutput, runGit } from '../git/run.ts';
import type { SigningSetup } from './state.ts';
import { verifyCommits } from './verify.ts';

export type TestSignature = { ok: true; info: SignatureInfo } | { ok: false; reason: string; remedy: string };

/** What git was told to sign with, for messages. */
type Signer = Pick<SigningSetup, 'format' | 'program' | 'key'> & { email?: string | undefined };

/** Milliseconds for a passphrase or a touch; gitsign without a terminal would wait for a browser for ever. */
const patience = 60_000;

/**
 * Signs an empty commit that no ref will ever name, the way git signs every other, and verifies it. This finds the locked
 * key, the missing agent and the wrong program before a person has written a commit message.
 */
export async function testSignature(git: Git, setup?: Signer): Promise<TestSignature> {
  const tree = (await gitOutput(git, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' })).toString().trim();
  const result = await runGit(git, ['commit-tree', '-S', tree, '-m', 'pregate: test signature'], { patience });
  if (result.code === 124) {
    const reason = `the signing program did not answer within ${patience / 1000} s`;
    return { ok: false, reason, remedy: 'it may wait for a window, a browser or a touch: git commit --allow-empty' };
  }
  if (result.code !== 0) return { ok: false, ...translate(result.stderr, setup) };
  const oid = result.stdout.toString().trim();
  const info = (await verifyCommits({ root: git.cwd }, [oid], { env: git.env })).get(oid);
  if (!info?.present) return { ok: false, reason: 'git made an unsigned commit', remedy: 'pregate sign setup' };
  return { ok: true, info };
}

/** Git's and ssh-keygen's messages, measured, in words that say what to do. */
export function translate(stderr: string, signer?: Signer): { reason: string; remedy: string } {
  if (/Could not find identity matching/i.test(stderr)) {
    return {
      reason: 'smimesign finds no certificate for this signer',
      remedy: 'smimesign --list-keys shows them; git config user.signingkey <its ID or address>',
    };
  }
  if (/failed to get identity|error getting id token|oauth/i.test(stderr)) {
    return {
      reason: 'gitsign could not find out who you are',
      remedy: 'sign in when your browser asks: git commit --allow-empty, or gitsign-credential-cache',
    };
  }
  if (/UNPROTECTED PRIVATE KEY/i.test(stderr)) {
    const file =
      signer?.key && !/^(key::|ssh-|ecdsa-|sk-)/.test(signer.key) ? signer.key.replace(/\.pub$/, '') : '<your key>';
    return { reason: 'others can read the private key, so ssh-keygen does not use it', remedy: `chmod 600 ${file}` };
  }
  if (/invalid value for 'gpg\.format'/i.test(stderr)) {
    const remedy = 'git config gpg.format ssh (or openpgp, or x509)';
    return { reason: 'gpg.format is none that git knows', remedy };
  }
  if (/8\.2p1|(unknown|illegal) option -- Y/i.test(stderr)) {
    return { reason: 'this ssh-keygen is too old to sign', remedy: 'OpenSSH 8.2 or newer signs for git' };
  }
  if (/No private key found|Couldn't find key in agent|agent refused/i.test(stderr)) {
    return { reason: 'the agent does not hold the key', remedy: 'ssh-add <your key>, or unlock the app that holds it' };
  }
  if (/incorrect passphrase|passphrase/i.test(stderr)) {
    return { reason: 'the key asks for a passphrase and there is no terminal', remedy: 'ssh-add <your key>' };
  }
  if (/cannot run|not found/i.test(stderr))
    return {
      reason: `${signer?.program ?? 'the signing program'} is not installed`,
      remedy: "git config --show-origin --get-regexp 'gpg.*program' shows who names it",
    };
  if (/gpg failed to sign the data/i.test(stderr) && signer && signer.format !== 'ssh') {
    // Git before 2.41 keeps to itself what the program said; run by hand, the program says it again.
    const program = signer.program ?? { openpgp: 'gpg', x509: 'gpgsm' }[signer.format];
    // Without a key git names the committer.
    const who = signer.key ?? signer.email;
    const key = who ? ` -u ${who}` : '';
    return { reason: `${program} did not sign`, remedy: `echo test | ${program} -bsa${key} says why` };
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
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return { reason: `git could not sign (${last.slice(0, 120)})`, remedy: 'git commit-tree -S shows the whole message' };
}
