import type { SignatureFormat, SignatureInfo, SignatureStatus } from '../gate/types.ts';
import { type Git, runGit } from '../git/run.ts';
import { addressesOf, certificateIn, namesAddress } from './certificate.ts';

/** Settings that name the programs git starts to verify. They count only when the user set them, not the repository. */
const programs: [key: string, fallback: string][] = [
  ['gpg.program', 'gpg'],
  ['gpg.openpgp.program', 'gpg'],
  ['gpg.x509.program', 'gpgsm'],
  ['gpg.ssh.program', 'ssh-keygen'],
];

const programsOf = new WeakMap<Git, Promise<string[]>>();

/**
 * Verifies an OpenPGP or X.509 signature of one commit with `git verify-commit --raw` and reads GnuPG's status lines (gnupg doc/DETAILS). Programs say that a
 * key or certificate is good; that it is the committer's is found here.
 */
export async function verifyWithGit(
  git: Git,
  oid: string,
  format: Exclude<SignatureFormat, 'ssh'>,
  committer: string,
  signature: string,
): Promise<SignatureInfo> {
  const words = [...(await userPrograms(git)), 'verify-commit', '--raw', oid];
  // GnuPG waits without end for the lock of a key ring whose owner was killed, and gpgsm for lists of revoked keys.
  const result = await runGit(git, words, { patience: 20_000 });
  const base = { present: true, format } as const;
  const status = readStatus(result.stderr);
  if (format === 'x509') return { ...base, ...(await readX509(git, status, committer, signature)) };
  if (status.status !== 'good') return { ...base, ...status };
  if (status.uid?.includes(`<${committer}>`) || (await hasAddress(git, status.key, committer))) {
    return { ...base, status: 'good', ...pick(status) };
  }
  return {
    ...base,
    ...pick(status),
    status: 'wrong-principal',
    detail: `the key is ${status.uid}'s, the committer is ${committer}`,
  };
}

/** gitsign accepts whoever could log in anywhere (its own warning), so the address in the certificate decides. */
async function readX509(
  git: Git,
  status: GpgStatus,
  committer: string,
  signature: string,
): Promise<Pick<SignatureInfo, 'status' | 'signer' | 'key' | 'detail'>> {
  const key = status.key ? { key: status.key } : {};
  if (status.status === 'no-key') return { status: 'no-key', detail: await whyUnchecked(git) };
  if (status.status !== 'good')
    return { status: status.status, ...key, ...(status.detail ? { detail: status.detail } : {}) };
  // gpgsm calls the signature of a certificate good that anybody could have made for any address.
  if (!status.trusted) return { status: 'untrusted', ...key, detail: await whyUnchecked(git, 'trusted') };
  const certificate = certificateIn(signature, status.key ?? '');
  if (!certificate) return { status: 'untrusted', ...key, detail: 'the certificate is not in the signature' };
  const signer = addressesOf(certificate);
  if (namesAddress(certificate, committer)) return { status: 'good', ...key, signer };
  return {
    status: 'wrong-principal',
    ...key,
    signer,
    detail: `the certificate is ${signer}'s, the committer is ${committer}`,
  };
}

async function whyUnchecked(git: Git, missing: 'checked' | 'trusted' = 'checked'): Promise<string> {
  const word = (await userPrograms(git)).find((one) => one.startsWith('gpg.x509.program='));
  const program = word?.slice('gpg.x509.program='.length) ?? 'gpgsm';
  const local = await runGit(git, ['config', '--local', '--get', 'gpg.x509.program']);
  if (local.code === 0 && local.stdout.toString('utf8').trim() !== program) {
    return 'gpg.x509.program is set in this repository only, where it is not run to verify: git config --global gpg.x509.program …';
  }
  return missing === 'checked'
    ? `${program} did not take the signature: it does not fit, or who issued the certificate is not trusted here`
    : `${program} does not trust who issued the certificate`;
}

interface GpgStatus {
  status: SignatureStatus;
  /** The program trusts the key's or certificate's origin, and not only its form. */
  trusted?: boolean;
  key?: string;
  uid?: string;
  signer?: string;
  detail?: string;
}

/** Reads the `[GNUPG:]` lines. The worst line wins: a good signature by a revoked key is not good. */
export function readStatus(text: string): GpgStatus {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\[GNUPG:\] (\w+) ?(.*)$/.exec(line);
    if (match) lines.set(match[1] as string, match[2] as string);
  }
  const of = (name: string): { key?: string; uid?: string } => {
    const [key, ...uid] = (lines.get(name) ?? '').split(' ');
    return { ...(key ? { key } : {}), ...(uid.length > 0 ? { uid: uid.join(' ') } : {}) };
  };
  if (lines.has('BADSIG')) return { status: 'bad', ...of('BADSIG'), detail: 'the signature does not fit the commit' };
  if (lines.has('REVKEYSIG')) return { status: 'revoked', ...of('REVKEYSIG'), detail: 'the key has been revoked' };
  if (lines.has('EXPKEYSIG')) return { status: 'expired', ...of('EXPKEYSIG'), detail: 'the key has expired' };
  if (lines.has('EXPSIG')) return { status: 'expired', ...of('EXPSIG'), detail: 'the signature has expired' };
  if (lines.has('TRUST_NEVER'))
    return { status: 'untrusted', ...of('GOODSIG'), detail: 'the key is marked as not trusted' };
  const trusted = ['TRUST_MARGINAL', 'TRUST_FULLY', 'TRUST_ULTIMATE'].some((name) => lines.has(name));
  if (lines.has('GOODSIG')) return { status: 'good', trusted, ...of('GOODSIG') };
  if (lines.has('NO_PUBKEY'))
    return { status: 'no-key', ...of('NO_PUBKEY'), detail: 'the public key is not on this machine' };
  return { status: 'no-key', detail: 'the signature could not be checked; is gpg installed?' };
}

function pick(status: GpgStatus): Pick<SignatureInfo, 'key' | 'signer'> {
  return { ...(status.key ? { key: status.key } : {}), ...(status.uid ? { signer: status.uid } : {}) };
}

/** A key may carry several addresses; the status line names only the first. */
async function hasAddress(git: Git, key: string | undefined, address: string): Promise<boolean> {
  if (key === undefined || !/^[0-9A-F]+$/i.test(key)) return false;
  const { execFile } = await import('node:child_process');
  const [program = 'gpg'] = (await userPrograms(git))
    .filter((word) => word.startsWith('gpg.program='))
    .map((word) => word.slice(12));
  return new Promise((resolve) => {
    const options = { env: git.env, timeout: 5000, killSignal: 'SIGKILL' } as const;
    execFile(program, ['--batch', '--with-colons', '--list-keys', key], options, (_error, stdout) => {
      const uids = stdout.split('\n').filter((line) => line.startsWith('uid:') && !/^uid:[re]/.test(line));
      resolve(uids.some((line) => line.includes(`<${address}>`)));
    });
  });
}

/** `-c` options that put the user's own programs in the place of whatever the repository's configuration names. */
export async function userPrograms(git: Git): Promise<string[]> {
  let words = programsOf.get(git);
  if (!words) {
    words = readPrograms(git);
    programsOf.set(git, words);
  }
  return words;
}

/**
 * The last of the user's own: the machine's configuration, the user's, and what `git -c` or the environment (GIT_CONFIG_PARAMETERS,
 * GIT_CONFIG_COUNT) says for this one command. What the repository or a worktree says is left out.
 */
async function readPrograms(git: Git): Promise<string[]> {
  const listed = await runGit(git, ['config', '--list', '-z', '--show-scope']);
  const parts = listed.code === 0 ? listed.stdout.toString('utf8').split('\0') : [];
  const chosen = new Map<string, string>(programs);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [scope, text] = [parts[at] as string, parts[at + 1] as string];
    const end = text.indexOf('\n');
    const key = text.slice(0, Math.max(0, end));
    if (/^(system|global|command)$/.test(scope) && chosen.has(key)) chosen.set(key, text.slice(end + 1));
  }
  return [...chosen].flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}
