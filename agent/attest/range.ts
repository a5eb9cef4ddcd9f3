import { readCheckpoint } from '../audit/checkpoint.ts';
import { checkFully } from '../gate/check.ts';
import type { Report } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { type Git, gitOutput, isOid, openGit, runGit } from '../git/run.ts';
import { type AllowedSigners, parseAllowedSigners } from '../sign/allowed-signers.ts';
import { keyIdOf, verifyWithKey } from './dsse.ts';
import { readAllEnvelopes } from './notes.ts';
import { openPayload, type Payload } from './payload.ts';
import type { BundleTrust } from './sigstore.ts';
import type { Envelope } from './types.ts';
import { type Received, type StatementVerdict, verifyStatements } from './verify.ts';

export interface RangeOptions {
  from: string;
  to: string;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Policy named on the command line, by whoever set the CI job up. */
  bundle?: string;
  /** Checkpoints of earlier runs, by origin. */
  seen?: ReadonlyMap<string, string>;
  /** Statements that came beside the notes, in files of Sigstore bundles. */
  received?: readonly Received[];
  /** Whom the job trusts beside the base's signers. */
  trust?: BundleTrust;
  now: Date;
}

export interface CommitStatements {
  commit: string;
  verdicts: StatementVerdict[];
}

export interface RangeStatements {
  /** What was recomputed for the tip. */
  report: Report;
  mask: (text: string) => string;
  tip: { commit: string; tree: string };
  commits: CommitStatements[];
  /** Newest checkpoint of each origin, to be remembered for the next run. */
  seen: Map<string, string>;
}

/** More commits with statements than this in one range are not recomputed one by one. */
const mostRecomputed = 20;

/**
 * Verifies the statements of a range. Everything is recomputed here; the policy is the base's or the job's, the signers are
 * the base's. A commit without a statement is listed without verdicts: it counts as unverified, not as wrong.
 */
export async function verifyRange(options: RangeOptions): Promise<RangeStatements> {
  const git = openGit(options.cwd, options.env);
  const from = await commitOf(git, options.from);
  const to = await commitOf(git, options.to);
  const fork = (await runGit(git, ['merge-base', from, to])).stdout.toString('latin1').trim();
  const base = isOid(fork) ? fork : from;
  const signers = await signersOf(git, base);
  const before = await statedBefore(git, base);
  const seen = seenIn(before);
  for (const note of options.seen?.values() ?? []) keepNewest(note, seen);
  const oids = (await gitOutput(git, ['rev-list', '--reverse', `${from}..${to}`]))
    .toString('latin1')
    .trim()
    .split('\n');
  const commits: CommitStatements[] = [];
  const received = options.received ?? [];
  let recomputed = 0;
  const notes = await readAllEnvelopes(git, oids.filter(isOid));
  const others = [...before, ...payloadsOf(notes)];
  for (const commit of oids.filter(isOid)) {
    const noted = await Promise.all((notes.get(commit) ?? []).map((one) => receive(one, options.trust)));
    const envelopes = [...noted, ...about(received, commit)];
    if (envelopes.length === 0 || recomputed++ >= mostRecomputed) commits.push({ commit, verdicts: [] });
    else {
      const { report } = await recompute(base, commit, options);
      const about = await describe(git, commit);
      const verdicts = await verifyStatements(git, envelopes, {
        ...about,
        commit,
        signers,
        report,
        seen,
        others,
        policyDigest: report.policy.digest,
        now: options.now.getTime(),
      });
      commits.push({ commit, verdicts });
      remember(verdicts, seen);
    }
  }
  const strange = aboutNone(received, oids);
  if (strange.length > 0) commits.push({ commit: to, verdicts: strange });
  const { report, mask } = await recompute(base, to, options);
  return { report, mask, tip: { commit: to, tree: (await describe(git, to)).tree }, commits, seen };
}

/** Nothing that lies on one machine alone takes part: no list of signers of this user, and dates must be possible. */
function recompute(from: string, to: string, { cwd, env, bundle }: RangeOptions) {
  const scope = { kind: 'range', from, to } as const;
  return checkFully(scope, { cwd, env, authority: true, ...(bundle === undefined ? {} : { bundle }) });
}

/** An envelope of the notes, verified with the keys and certificates that the job names. */
async function receive(envelope: Envelope, trust: BundleTrust = { keys: [] }): Promise<Received> {
  if (envelope.bundle) {
    const { openBundle } = await import('./sigstore.ts');
    return openBundle(envelope.bundle, trust) ?? { envelope, wrong: 'its Sigstore bundle cannot be read' };
  }
  const key = trust.keys.find((one) => verifyWithKey(envelope, one));
  return key ? { envelope, by: { name: `the key ${keyIdOf(key)}` } } : { envelope };
}

/** Those whose statement is about a commit. */
function about(received: readonly Received[], commit: string): Received[] {
  return received.filter(({ envelope }) =>
    openPayload(envelope)?.statement.subject.some(({ digest }) => digest['gitCommit'] === commit),
  );
}

/** What was handed over and is about none of the commits is wrong, not left out: somebody expects it to count. */
function aboutNone(received: readonly Received[], commits: readonly string[]): StatementVerdict[] {
  const used = new Set(commits.flatMap((commit) => about(received, commit)));
  const detail = 'it is about no commit of this range';
  return received
    .filter((one) => !used.has(one))
    .map(({ envelope }) => {
      const predicateType = openPayload(envelope)?.statement.predicateType ?? 'unreadable';
      return { predicateType, good: false, detail };
    });
}

/** The newest good checkpoint of each origin; what a bad statement says of its log is not remembered. */
function remember(verdicts: readonly StatementVerdict[], seen: Map<string, string>): void {
  for (const { good, checkpoint } of verdicts) if (good && checkpoint !== undefined) keepNewest(checkpoint, seen);
}

/** Of two states of a log the longer one is the newer: a shorter one that was met again must not take its place. */
function keepNewest(note: string, seen: Map<string, string>): void {
  const now = readCheckpoint(note);
  if (!now) return;
  const known = readCheckpoint(seen.get(now.origin) ?? '');
  if (!known || known.size <= now.size) seen.set(now.origin, note);
}

/** The statements on the base's last hundred commits, oldest first. */
async function statedBefore(git: Git, base: string): Promise<Payload[]> {
  const oids = (await gitOutput(git, ['rev-list', '--max-count=100', base])).toString('latin1').trim().split('\n');
  return payloadsOf(await readAllEnvelopes(git, oids.reverse()));
}

function payloadsOf(notes: ReadonlyMap<string, readonly Envelope[]>): Payload[] {
  return [...notes.values()].flatMap((envelopes) => envelopes.flatMap((one) => openPayload(one) ?? []));
}

/** What they said of their logs, so that the newest stays. */
function seenIn(payloads: readonly Payload[]): Map<string, string> {
  const seen = new Map<string, string>();
  for (const { checkpoint } of payloads) if (checkpoint !== undefined) keepNewest(checkpoint, seen);
  return seen;
}

/** The signers as the base has them; a list that the range itself brings vouches for nobody. */
async function signersOf(git: Git, base: string): Promise<AllowedSigners> {
  for (const path of ['.pregate/allowed_signers', '.github/allowed_signers']) {
    const result = await runGit(git, ['cat-file', 'blob', `${base}:${path}`], { maxBytes: 4_000_000 });
    if (result.code === 0) return parseAllowedSigners(result.stdout.toString('utf8'));
  }
  throw new GitFailure({
    code: 'no-allowed-signers',
    message:
      'The base has no .pregate/allowed_signers and no .github/allowed_signers, so nobody may state anything. No statement was verified.',
    fatal: true,
  });
}

async function describe(git: Git, commit: string): Promise<{ tree: string; committer: string; committedAt: number }> {
  const output = await gitOutput(git, ['show', '-s', '--no-show-signature', '--format=%T%x00%ce%x00%ct', commit]);
  const [tree = '', committer = '', seconds = ''] = output.toString('utf8').trim().split('\0');
  return { tree, committer, committedAt: Number(seconds) * 1000 };
}

async function commitOf(git: Git, revision: string): Promise<string> {
  const words = ['rev-parse', '--verify', '-q', '--end-of-options', `${revision}^{commit}`];
  const oid = (await runGit(git, words)).stdout.toString('latin1').trim();
  if (isOid(oid)) return oid;
  throw new GitFailure({
    code: 'bad-revision',
    message: `${revision} names no commit of this repository. Nothing was verified.`,
    fatal: true,
  });
}
