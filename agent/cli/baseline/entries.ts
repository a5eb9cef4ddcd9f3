import { checkFully } from '../../gate/check.ts';
import type { Judgement } from '../../gate/judge.ts';
import type { RawFinding } from '../../rules/run.ts';
import { type BaselineEntry, type Candidate, matchBaseline } from '../../suppress.ts';
import type { Io } from '../command.ts';
import { progressOf } from '../render.ts';
import { BaselineError, type BaselineFile, readBaselineFile } from './file.ts';

/** A baseline beside everything that is found in the tracked files today, accepted or not. */
export interface Matched {
  file: BaselineFile;
  judgement: Judgement;
  /** What no comment and no setting answers for. */
  candidates: readonly (Candidate & { finding: RawFinding })[];
  entryOf: ReadonlyMap<Candidate, BaselineEntry>;
  used: ReadonlySet<BaselineEntry>;
}

/** Throws `BaselineError` when not everything could be looked at: an entry would seem unused that is not. */
export function assertComplete({ judgement }: Pick<Matched, 'judgement'>): void {
  const fatal = judgement.report.problems.find((problem) => problem.fatal);
  if (fatal) throw new BaselineError(`${fatal.message.replace(/\.$/, '')}; so no entry can be called unused`);
}

/** Checks all tracked files and matches what is found with the baseline's file as it is now, staged or not. */
export async function matchAll(io: Io): Promise<Matched> {
  const progress = progressOf(io);
  const judgement = await checkFully({ kind: 'all' }, { cwd: io.cwd, env: io.env, onProgress: progress.report });
  progress.done();
  const { report, config } = judgement;
  const file = await readBaselineFile(report.repo.root, config.baseline);
  const accepted = judgement.hidden.filter((finding) => finding.suppressed?.by === 'baseline');
  const candidates = [...judgement.raw, ...accepted].map((finding) => ({ finding, identity: finding.identity }));
  const matched = file.baseline
    ? matchBaseline(file.baseline, candidates, Number.POSITIVE_INFINITY)
    : { matched: new Map<Candidate, BaselineEntry>(), used: new Set<BaselineEntry>() };
  return { file, judgement, candidates, entryOf: matched.matched, used: matched.used };
}

/**
 * Those of the entries whose value some commit still has, of any ref: a check of the history would find it again. Only
 * secrets are looked for there. Throws `BaselineError` when not every object could be read.
 */
export async function stillInHistory(
  entries: readonly BaselineEntry[],
  file: BaselineFile,
  io: Io,
): Promise<Set<BaselineEntry>> {
  const wanted = new Set(entries);
  const secrets = (file.baseline?.entries ?? []).filter((entry) => wanted.has(entry) && entry.key.startsWith('s:'));
  if (!file.baseline || secrets.length === 0) return new Set();
  const progress = progressOf(io);
  const { collectWholeHistory } = await import('../../gate/collect/whole-history.ts');
  const judgement = await checkFully(
    { kind: 'history' },
    { cwd: io.cwd, env: io.env, onProgress: progress.report, wholeHistory: collectWholeHistory },
  );
  progress.done();
  assertComplete({ judgement });
  const candidates = [...judgement.raw, ...judgement.hidden].map((finding) => ({
    finding,
    identity: finding.identity,
  }));
  const { used } = matchBaseline({ ...file.baseline, entries: secrets }, candidates, Number.POSITIVE_INFINITY);
  return new Set(used);
}

/** `expired`, `unused` or `used`, for one day. */
export function stateOf(entry: BaselineEntry, { used }: Pick<Matched, 'used'>, today: string): string {
  if (!used.has(entry)) return 'unused';
  return entry.expires !== undefined && entry.expires < today ? 'expired' : 'used';
}

/** The day of this run, UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
