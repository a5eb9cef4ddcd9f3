import { readCheckpoint } from '../audit/checkpoint.ts';
import { readLines } from '../audit/file.ts';
import { checkpointNow, logFolder, record } from '../audit/log.ts';
import { consistencyProof, leafHash } from '../audit/merkle.ts';
import type { Report } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { type Git, gitOutput } from '../git/run.ts';
import { type Signer, signStatement } from './dsse.ts';
import { addEnvelopes, readAllEnvelopes } from './notes.ts';
import { openPayload } from './payload.ts';
import { decisionStatement, type Grounds, resultStatement, sbomStatement, testStatement } from './statements.ts';
import { type Envelope, predicates, type Statement } from './types.ts';

export type Kind = 'svr' | 'decision' | 'test' | 'sbom';

export interface MakeOptions {
  kinds: readonly Kind[];
  /** The tip that the statements are about. */
  commit: string;
  ref?: string;
  commonDir: string;
  /** The CycloneDX document, when an SBOM is asked for and could be made. */
  bom?: Record<string, unknown>;
  signer: Signer;
  env: NodeJS.ProcessEnv;
}

export interface Made {
  statement: Statement;
  envelope: Envelope;
}

/** Makes, signs and stores statements about one commit. Answers with what was stored. Throws `GitFailure`. */
export async function makeStatements(git: Git, report: Report, options: MakeOptions): Promise<Made[]> {
  const { commit, ref, commonDir, env } = options;
  const tree = (await gitOutput(git, ['rev-parse', '--verify', `${commit}^{tree}`])).toString('latin1').trim();
  const checkpoint = await checkpointOf(git, commonDir, commit, env);
  const grounds: Grounds = { commit, tree, ...(ref ? { ref } : {}), ...(checkpoint ? { checkpoint } : {}) };
  const statements = options.kinds.flatMap((kind) => statementOf(kind, report, grounds, options.bom) ?? []);
  if (statements.length === 0) {
    throw new GitFailure({
      code: 'nothing-to-state',
      message: 'There is nothing to state: no document could be made. Nothing was signed.',
      fatal: true,
    });
  }
  const made: Made[] = [];
  for (const statement of statements)
    made.push({ statement, envelope: await signStatement(statement, options.signer) });
  await addEnvelopes(
    git,
    commit,
    made.map(({ envelope }) => envelope),
  );
  for (const statement of statements) {
    const sbom = statement.predicateType === predicates.sbom;
    await record(commonDir, { event: 'statement', commit, statement: statement.predicateType, sbom }, env);
  }
  return made;
}

function statementOf(kind: Kind, report: Report, grounds: Grounds, bom: MakeOptions['bom']): Statement | undefined {
  if (kind === 'svr') return resultStatement(report, grounds);
  if (kind === 'decision') return decisionStatement(report, grounds);
  if (kind === 'test') return testStatement(report, grounds);
  return bom && sbomStatement(bom, grounds);
}

/**
 * The log's checkpoint, and the proof that the log still contains what the last statement on this branch said of it: who
 * cuts the log off or builds it anew cannot make this proof, and everybody who has fetched that statement sees it.
 */
async function checkpointOf(
  git: Git,
  commonDir: string,
  commit: string,
  env: NodeJS.ProcessEnv,
): Promise<Grounds['checkpoint']> {
  const note = await checkpointNow(commonDir, env);
  const now = note === undefined ? undefined : readCheckpoint(note);
  if (note === undefined || !now) return undefined;
  const before = await lastStated(git, commit, now.origin);
  const old = before === undefined ? undefined : readCheckpoint(before);
  if (before === undefined || !old || old.size > now.size) return { note };
  const leaves = readLines(logFolder(commonDir, env))
    .slice(0, now.size)
    .map((line) => leafHash(line));
  const proof = consistencyProof(leaves, old.size).map((hash) => hash.toString('base64'));
  return { note, consistency: { from: before, proof } };
}

/** The newest checkpoint of this origin that a statement on the last hundred commits carries. */
async function lastStated(git: Git, commit: string, origin: string): Promise<string | undefined> {
  const commits = (await gitOutput(git, ['rev-list', '--max-count=100', commit])).toString('latin1').trim().split('\n');
  for (const envelopes of (await readAllEnvelopes(git, commits)).values()) {
    const notes = envelopes.flatMap((envelope) => openPayload(envelope)?.checkpoint ?? []);
    const own = notes.findLast((note) => readCheckpoint(note)?.origin === origin);
    if (own !== undefined) return own;
  }
  return undefined;
}
