import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Report } from '../gate/types.ts';
import type { Git } from '../git/run.ts';
import type { AllowedSigners } from '../sign/allowed-signers.ts';
import { isContained, proves } from './contained.ts';
import { sshSigned } from './dsse.ts';
import { openPayload, type Payload } from './payload.ts';
import { propertiesOf } from './statements.ts';
import { type Envelope, predicates, type Statement } from './types.ts';

export interface Expected {
  commit: string;
  tree: string;
  committer: string;
  /** Of the policy that judges here: a statement by another policy proves nothing. */
  policyDigest: string;
  /** Milliseconds since the epoch. */
  now: number;
  committedAt: number;
  signers: AllowedSigners;
  /** What was found here, on the same commit, by recomputing it. */
  report: Report;
  /** Checkpoints seen before, by origin: the log of a signer must contain what it said earlier. */
  seen: ReadonlyMap<string, string>;
  /** All statements that are here: a later one proves that its log contains what an earlier one said. */
  others: readonly Payload[];
}

export interface StatementVerdict {
  predicateType: string;
  good: boolean;
  /** One sentence; what is wrong, or whose statement it is. */
  detail: string;
  statement?: Statement;
  checkpoint?: string;
}

/** How far a signer's clock may be ahead. */
const skew = 5 * 60_000;

/** An envelope as it came: from the notes, or from a file of Sigstore bundles. */
export interface Received {
  envelope: Envelope;
  /** Who has signed, when a key or a certificate that the CI job trusts has verified it. */
  by?: Signatory;
  /** Why its certificate is not believed. */
  wrong?: string;
}

interface Signatory {
  name: string;
  /** The address, where it is a person's certificate. */
  email?: string;
  /** When the signature came into a public log, in milliseconds. */
  loggedAt?: number;
}

/**
 * Judges the statements of one commit. The verdict rests on what was recomputed; a statement can only agree with it.
 * Signer, subject, policy, time and audit log are checked in this order, and the first that fails is named.
 */
export async function verifyStatements(
  git: Git,
  received: readonly Received[],
  expected: Expected,
): Promise<StatementVerdict[]> {
  const verdicts: StatementVerdict[] = [];
  for (const one of received) verdicts.push(await verifyOne(git, one, expected));
  return verdicts;
}

async function verifyOne(
  git: Git,
  { envelope, by, wrong: doubt }: Received,
  expected: Expected,
): Promise<StatementVerdict> {
  const payload = openPayload(envelope);
  const predicateType = payload?.statement.predicateType ?? 'unreadable';
  const bad = (detail: string): StatementVerdict => ({ predicateType, good: false, detail });
  if (!payload) return bad('it is no in-toto statement');
  const { statement, checkpoint } = payload;
  if (doubt !== undefined) return bad(doubt);
  const signer = by ? signatory(by, statement, expected) : await signerOf(git, envelope, payload, expected);
  if ('wrong' in signer) return bad(signer.wrong);
  if (statement.predicateType === predicates.vsa) return bad('a summary is issued by CI only, never by a person');
  const fits = statement.subject.some(
    ({ digest }) => digest['gitCommit'] === expected.commit && digest['gitTree'] === expected.tree,
  );
  if (!fits) return bad('it is about another commit');
  const wrong = policyProblem(statement, expected) ?? timeProblem(statement, expected) ?? logProblem(payload, expected);
  if (wrong) return bad(wrong);
  const proven = new Set(propertiesOf(expected.report));
  const extra = claims(statement).filter((property) => !proven.has(property));
  if (extra.length > 0) return bad(`it claims ${extra.join(', ')}, which does not hold here`);
  return { predicateType, good: true, detail: `by ${signer.name}`, statement, ...(checkpoint ? { checkpoint } : {}) };
}

/**
 * Whoever the job trusts. A person may state what is theirs only; and a log that others can read bounds the dates, which
 * are else the signer's own words.
 */
function signatory(
  { name, email, loggedAt }: Signatory,
  statement: Statement,
  { committer, committedAt, now }: Expected,
): { name: string } | { wrong: string } {
  if (email !== undefined && email !== committer)
    return { wrong: `the certificate is ${email}'s, the committer is ${committer}` };
  if (loggedAt === undefined) return { name };
  if (loggedAt > now + skew) return { wrong: 'it was logged in the future' };
  if (loggedAt < committedAt - skew) return { wrong: 'it was logged before the commit was made' };
  const stated = timeOf(statement) ?? loggedAt;
  return stated > loggedAt + skew ? { wrong: 'it is dated after it was logged' } : { name };
}

/**
 * The committer, if one of the base's signers and nobody else signed. The key must have been valid when the commit was
 * made and when the statement was: both dates are the signer's own words, and `timeProblem` and the rule for commits'
 * dates bound them.
 */
async function signerOf(
  git: Git,
  envelope: Envelope,
  { bytes, statement }: Payload,
  { committer, committedAt, signers }: Expected,
): Promise<{ name: string } | { wrong: string }> {
  const stated = timeOf(statement);
  const moments = [committedAt, ...(stated === undefined || Number.isNaN(stated) ? [] : [stated])];
  const seconds = moments.map((moment) => Math.floor(moment / 1000));
  const signed = await sshSigned(envelope, bytes, signers, { email: committer, seconds, git });
  if (!signed) return { wrong: 'the signature does not fit' };
  const { match, key } = signed;
  if (match.status === 'unknown') return { wrong: `${key} is no allowed signer of the base` };
  if (match.status === 'wrong-principal')
    return { wrong: `the key is ${match.principal}'s, the committer is ${committer}` };
  if (match.status === 'expired') return { wrong: `${key} was not valid at that time` };
  return { name: match.principal };
}

function policyProblem({ predicate, predicateType }: Statement, { policyDigest }: Expected): string | undefined {
  if (predicateType === predicates.sbom) return undefined;
  const verifier = predicate['verifier'] as { policies?: unknown[] } | undefined;
  const named = [predicate['policy'], ...listOf(verifier?.policies), ...listOf(predicate['configuration'])];
  const digests = named.flatMap((one) => (one as { digest?: { sha256?: string } } | undefined)?.digest?.sha256 ?? []);
  return digests.includes(policyDigest) ? undefined : 'it was made by another policy than the one that judges here';
}

/** When the statement says it was made, in milliseconds; NaN when that cannot be read. */
function timeOf({ predicate }: Statement): number | undefined {
  const text = predicate['timeVerified'] ?? predicate['decidedAt'];
  if (text === undefined) return undefined;
  return typeof text === 'string' ? Date.parse(text) : Number.NaN;
}

function timeProblem(statement: Statement, { now, committedAt }: Expected): string | undefined {
  const at = timeOf(statement);
  if (at === undefined) return undefined;
  if (Number.isNaN(at)) return 'its time cannot be read';
  if (at > now + skew) return 'its time lies in the future';
  return at < committedAt - skew ? 'it is older than the commit' : undefined;
}

/** A log that was cut off or built anew cannot prove that it contains what was seen of it before. */
function logProblem(payload: Payload, { seen, others }: Expected): string | undefined {
  if (payload.checkpoint === undefined) return undefined;
  const now = readCheckpoint(payload.checkpoint);
  if (!now) return 'its audit log checkpoint cannot be read';
  const before = seen.get(now.origin);
  if (before === undefined || before === payload.checkpoint) return undefined;
  const old = readCheckpoint(before);
  if (!old) return undefined;
  // A job that runs again meets the statements of the commits before once more.
  if (old.size > now.size && isContained(payload.checkpoint, before, others)) return undefined;
  if (old.size > now.size) return `its audit log has shrunk from ${old.size} to ${now.size} entries: rolled back`;
  const sameRoot = old.size === now.size && old.root.equals(now.root);
  if (sameRoot) return undefined;
  const proof = payload.consistency.find(({ from }) => from === before)?.proof;
  if (!proof) return 'its audit log does not prove that it contains what it said before';
  return proves(before, payload.checkpoint, proof) ? undefined : 'its audit log is not the one it was: forked';
}

function claims({ predicate, predicateType }: Statement): string[] {
  return predicateType === predicates.svr ? listOf(predicate['properties']).map(String) : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
