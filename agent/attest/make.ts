import path from 'node:path';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { readLines } from '../audit/file.ts';
import { checkpointNow, logFolder, record } from '../audit/log.ts';
import { consistencyProof, leafHash } from '../audit/merkle.ts';
import type { Report } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { type Git, gitOutput } from '../git/run.ts';
import { readStateFile, writeStateFile } from '../state.ts';
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
  if (checkpoint) rememberStated(commonDir, checkpoint.note, env);
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

/** How many checkpoints that were stated before a statement proves to contain; each proof takes some hundred bytes. */
const mostProofs = 6;
/** Beside the log: checkpoints that statements carry, one a line as JSON, the newest last. */
const statedFile = 'stated.jsonl';

/**
 * The log's checkpoint, and proofs that the log still contains what statements have said of it: who cuts the log off or builds
 * it anew cannot make them, and everybody who has fetched such a statement sees it. It is not only the last statement on this
 * branch: whoever verifies may have seen one on another branch last, or on a commit that was amended since.
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
  const folder = logFolder(commonDir, env);
  const before = [await lastStated(git, commit, now.origin), ...statedBefore(folder)];
  const leaves = readLines(folder)
    .slice(0, now.size)
    .map((line) => leafHash(line));
  const [consistency, ...earlier] = [...new Set(before)].slice(0, mostProofs).flatMap((from) => {
    const old = from === undefined ? undefined : readCheckpoint(from);
    if (from === undefined || !old || old.origin !== now.origin || old.size > now.size) return [];
    return [{ from, proof: consistencyProof(leaves, old.size).map((hash) => hash.toString('base64')) }];
  });
  return { note, ...(consistency ? { consistency } : {}), ...(earlier.length > 0 ? { earlier } : {}) };
}

/** The newest first. A line that is torn says nothing. */
function statedBefore(folder: string): string[] {
  const lines = (readStateFile(path.join(folder, statedFile)) ?? '').trimEnd().split('\n').slice(-mostProofs);
  return lines.reverse().flatMap((line) => {
    try {
      const note: unknown = JSON.parse(line);
      return typeof note === 'string' ? [note] : [];
    } catch {
      return [];
    }
  });
}

/** Remembers what was stated; where that cannot be written, the next statement proves less. */
function rememberStated(commonDir: string, note: string, env: NodeJS.ProcessEnv): void {
  const folder = logFolder(commonDir, env);
  const kept = statedBefore(folder).reverse();
  if (kept.at(-1) === note) return;
  try {
    writeStateFile(path.join(folder, statedFile), `${[...kept, note].map((one) => JSON.stringify(one)).join('\n')}\n`);
  } catch {
    // A full disk or a read-only home: the log itself says so.
  }
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
