import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import type { RepoInfo, SignatureFormat, SignatureInfo } from '../gate/types.ts';
import { configValue, type GitConfig, readGitConfig } from '../git/config-list.ts';
import { type ObjectReader, openObjects } from '../git/objects.ts';
import { type Git, openGit } from '../git/run.ts';
import type { Document } from '../model/types.ts';
import { type AllowedSigners, matchSigner, parseAllowedSigners } from './allowed-signers.ts';
import { type SignedObject, splitCommit } from './commit-object.ts';
import { verifyWithGit } from './foreign.ts';
import { askSshKeygen, certificateEnd } from './ssh-certificate.ts';
import { fingerprintOf } from './ssh-key.ts';
import { verifySshsig } from './sshsig.ts';

export interface VerifyOptions {
  env?: NodeJS.ProcessEnv;
  /** The allowed-signers file as it is on the protected base, when the repository carries one. */
  allowedSigners?: Document | undefined;
  /** Only the base's list counts, not a file that this machine's configuration names. */
  baseOnly?: boolean;
  /** Git's configuration there, where it has been read already. */
  config?: GitConfig;
}

/**
 * Verifies the signatures of commits. SSH signatures are checked in this process (0.2 ms each, where git starts two
 * ssh-keygen processes); OpenPGP and X.509 are git's and its programs' business, SSH certificates ssh-keygen's.
 * A signature is `good` only when the key is an allowed signer's *and* that signer is the committer.
 */
export async function verifyCommits(
  repo: Pick<RepoInfo, 'root'>,
  oids: readonly string[],
  options: VerifyOptions = {},
): Promise<Map<string, SignatureInfo>> {
  const git = openGit(repo.root, options.env ?? process.env);
  const objects = openObjects(git);
  try {
    const config = options.config ?? (await readGitConfig(git));
    const allowed = await readAllowedSigners(repo.root, config, options);
    const authority = options.baseOnly ?? false;
    const context = { git, objects, allowed, authority, lanes: lanesOf(8) };
    const verify = (oid: string) => verifyOne(context, oid);
    const results = await Promise.all(oids.map(async (oid) => [oid, await verify(oid)] as const));
    return new Map(results);
  } finally {
    objects.close();
  }
}

/** Whether the allowed-signers list exists at all decides between "not allowed" and "nobody could say". */
export interface AllowedList {
  list: AllowedSigners;
  /** The file, for messages and for git's own verification; undefined when none is configured. */
  path: string | undefined;
}

/**
 * The list that counts: the file of `gpg.ssh.allowedSignersFile` when it lies outside the working tree, and the base's
 * version of a committed one. A file in the working tree is part of what is being judged and vouches for nobody.
 */
export async function readAllowedSigners(
  root: string,
  config: GitConfig,
  options: Pick<VerifyOptions, 'allowedSigners' | 'baseOnly'> = {},
): Promise<AllowedList> {
  const configured = options.baseOnly ? undefined : configValue(config, 'gpg.ssh.allowedsignersfile');
  const path = configured === undefined ? undefined : expandHome(configured, root);
  const texts: string[] = [];
  if (options.allowedSigners) texts.push(options.allowedSigners.text);
  if (path !== undefined && !isInWorkTree(root, path)) texts.push(await readFile(path, 'utf8').catch(() => ''));
  return { list: parseAllowedSigners(texts.join('\n')), path };
}

interface Context {
  /** Dates are held against each other where a team decides; a hook predicts what git's own verification accepts. */
  authority: boolean;
  git: Git;
  objects: ObjectReader;
  allowed: AllowedList;
  /** Where work waits that starts programs. */
  lanes: <T>(work: () => Promise<T>) => Promise<T>;
}

async function verifyOne(context: Context, oid: string): Promise<SignatureInfo> {
  const object = await context.objects.read(oid);
  if (object?.type !== 'commit') {
    return { present: false, status: 'no-key', detail: 'the commit is not here and was not fetched' };
  }
  const commit = splitCommit(object.bytes, oid.length === 64 ? 'gpgsig-sha256' : 'gpgsig');
  if (commit.signature === undefined) return { present: false, status: 'none' };
  const format = formatOf(commit.signature);
  if (format !== 'ssh') {
    const { signature, committer } = commit;
    return context.lanes(() => verifyWithGit(context.git, oid, format, committer.email, signature));
  }
  const result = verifySshsig(commit.signature, commit.payload, 'git');
  if (result.status === 'unsupported') return context.lanes(() => verifyForeign(context, commit, result.keyBlob));
  const key = result.key ? { key: result.key.fingerprint } : {};
  if (result.status === 'bad') {
    return { present: true, format, status: 'bad', ...key, detail: 'the signature does not fit the commit' };
  }
  if (result.status === 'untouched') {
    const detail = 'nobody has touched the hardware key for it (no-touch-required), so any program could have signed';
    return { present: true, format, status: 'untrusted', ...key, detail };
  }
  const match = matchSigner(context.allowed.list, {
    keyBlob: result.key.blob,
    email: commit.committer.email,
    namespace: 'git',
    seconds: commit.committer.seconds,
  });
  const asked = context.authority && match.status === 'good';
  const late = asked ? await dateProblem(context, commit, match.until) : undefined;
  if (late) return { present: true, format, ...key, status: 'untrusted', detail: late };
  return { present: true, format, ...key, ...describe(match, commit.committer.email, context.allowed) };
}

/** SSH certificates, and keys that are not read here: ssh-keygen says whether the committer has signed. */
async function verifyForeign(context: Context, commit: SignedObject, keyBlob: Buffer): Promise<SignatureInfo> {
  const { payload, signature = '', committer } = commit;
  const { email, seconds } = committer;
  const signers = context.allowed.list;
  const question = { armoured: signature, message: payload, namespace: 'git', email, seconds, signers };
  const answer = await askSshKeygen(context.git, question);
  const key = { key: fingerprintOf(keyBlob) };
  const base = { present: true, format: 'ssh', ...key } as const;
  if (answer.status === 'good') {
    const ends = signers.signers.flatMap((one) => (one.certAuthority ? (one.validBefore ?? []) : []));
    const end = Math.min(certificateEnd(keyBlob) ?? Number.POSITIVE_INFINITY, ...ends);
    const late = context.authority ? await dateProblem(context, commit, end) : undefined;
    if (late) return { ...base, status: 'untrusted', detail: late };
    return { ...base, status: 'good', signer: answer.principal };
  }
  if (answer.status === 'wrong-principal') return { ...base, ...describe(answer, email, context.allowed) };
  if (answer.status === 'untrusted' && signers.signers.length === 0)
    return { ...base, ...describe({ status: 'unknown' }, email, context.allowed) };
  const detail = {
    untrusted:
      'its certificate was issued by nobody of the allowed signers, or was not valid at the date of the commit',
    bad: 'the signature does not fit the commit',
    'no-key': 'the signature could not be checked; is ssh-keygen installed?',
  }[answer.status];
  return { ...base, status: answer.status, detail };
}

/** Runs at most so many at once: a process for each of a thousand commits would not leave the machine room to breathe. */
function lanesOf(most: number): Context['lanes'] {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/** How far a committer's clock may be wrong, in seconds. */
const skew = 300;

/**
 * A key's validity is judged at the commit's own date, which its signer chooses: whoever has a revoked key would write an
 * earlier one. So a date must be possible: not in the future, and, once the key is no longer valid, not before a parent's.
 */
async function dateProblem(
  { objects }: Context,
  { payload, committer }: SignedObject,
  until: number | undefined,
): Promise<string | undefined> {
  const now = Date.now() / 1000;
  if (committer.seconds > now + skew) return 'its date lies in the future';
  if (until === undefined || until > now) return undefined;
  const headers = payload.toString('latin1').split('\n\n', 1)[0] as string;
  for (const [, parent] of headers.matchAll(/^parent ([0-9a-f]+)$/gm)) {
    const object = await objects.read(parent as string);
    const date = object?.type === 'commit' ? splitCommit(object.bytes).committer.seconds : 0;
    if (date > committer.seconds + skew) return 'it is dated before its parent, when the key was still valid';
  }
  return undefined;
}

function describe(
  match: ReturnType<typeof matchSigner>,
  email: string,
  allowed: AllowedList,
): Pick<SignatureInfo, 'status' | 'signer' | 'detail'> {
  switch (match.status) {
    case 'good':
      return { status: 'good', signer: match.principal };
    case 'wrong-principal':
      return {
        status: 'wrong-principal',
        signer: match.principal,
        detail: `the key is ${match.principal}'s, the committer is ${email}`,
      };
    case 'expired':
      return { status: 'expired', signer: match.principal, detail: 'the key was not valid at the date of the commit' };
    case 'unknown':
      return {
        status: 'untrusted',
        detail:
          allowed.path === undefined
            ? 'no allowed-signers file is configured'
            : 'the key is not in the allowed signers',
      };
  }
}

/** Armour tells the format; X.509 comes as `SIGNED MESSAGE`. */
export function formatOf(signature: string): SignatureFormat {
  if (signature.startsWith('-----BEGIN SSH SIGNATURE-----')) return 'ssh';
  if (signature.startsWith('-----BEGIN SIGNED MESSAGE-----')) return 'x509';
  return 'openpgp';
}

function expandHome(path: string, root: string): string {
  if (path.startsWith('~/')) return join(homedir(), path.slice(2));
  return isAbsolute(path) ? path : join(root, path);
}

function isInWorkTree(root: string, path: string): boolean {
  const rest = relative(root, path);
  return rest !== '' && !rest.startsWith('..') && !isAbsolute(rest) && !rest.startsWith('.git/');
}
