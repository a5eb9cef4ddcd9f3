import type { Exit, ExitCode, Report } from '../gate/types.ts';
import type { Gate } from '../policy/types.ts';
import { isUnjudged, problemsOf } from '../report/facts.ts';
import type { Verdict } from './events.ts';

export interface VerdictFacts {
  hook: string;
  gate: Gate;
  code: ExitCode;
  /** Milliseconds from the hook's start. */
  ms: number;
  /** `cold`, `daemon` or `ci`. */
  by: string;
}

/** Most commits one entry names. */
const mostCommits = 1000;
const violation: typeof Exit.violation = 1;

/** What the log keeps of a report: counts, rules and object ids. No path, no message, no person. */
export function verdictOf(report: Report, facts: VerdictFacts): Verdict {
  const { hook, gate, code, ms, by } = facts;
  const secrets = report.findings.filter((finding) => finding.category === 'secret');
  const published = report.findings.filter((finding) => finding.rule === 'use-trusted-publishing');
  const good = report.commits.filter((commit) => commit.signature.status === 'good');
  const refs = (report.push?.refs ?? []).flatMap((ref) => (ref.new === null ? [] : [[ref.dst, ref.new] as const]));
  const late = latestDetection(report);
  return {
    event: 'verdict',
    hook,
    gate,
    verdict: wordOf(report, gate, code),
    rules: code === 0 ? [] : closedBy(report, gate, code),
    policy: { name: report.policy.name, revision: report.policy.revision, digest: report.policy.digest },
    ...(refs.length > 0 ? { refs: Object.fromEntries(refs) } : {}),
    ...(report.commits.length > 0 ? { commits: report.commits.slice(0, mostCommits).map((commit) => commit.oid) } : {}),
    counts: {
      documents: report.counts.documents,
      findings: report.findings.length,
      secrets: secrets.length,
      longLived: secrets.length + published.length,
      suppressed: report.suppressed.length,
      commits: report.commits.length,
      signed: good.length,
      skipped: report.skipped.length,
    },
    ms,
    ...(late === undefined ? {} : { detectedAfterMs: late }),
    by,
  };
}

function wordOf({ decision }: Report, gate: Gate, code: ExitCode): Verdict['verdict'] {
  if (code !== 0) return code === violation ? 'refused' : 'could-not-check';
  return isUnjudged(decision.gates.find((one) => one.gate === gate)) ? 'not-judged' : 'pass';
}

function closedBy(report: Report, gate: Gate, code: ExitCode): string[] {
  if (code !== violation) return unique(problemsOf(report).flatMap((problem) => (problem.fatal ? problem.code : [])));
  const decision = report.decision.gates.find((one) => one.gate === gate);
  const denied = decision?.reasons.filter((reason) => reason.effect === 'deny') ?? [];
  const ruleOf = new Map(report.findings.map((finding) => [finding.fingerprint, finding.rule]));
  return unique(denied.map((reason) => (reason.finding && ruleOf.get(reason.finding)) ?? reason.rule));
}

/**
 * How long the oldest commit with a secret had been there; a clock that was set back does not make it negative. What still
 * stands at the tip belongs to the newest commit that touched its file.
 */
function latestDetection(report: Report): number | undefined {
  const secrets = report.findings.filter((finding) => finding.category === 'secret');
  const found = new Set(
    secrets.flatMap(({ commit, path }) => commit ?? report.commits.find((one) => one.paths.includes(path))?.oid ?? []),
  );
  const times = report.commits
    .filter((commit) => found.has(commit.oid))
    .map((commit) => Date.parse(commit.committer.date));
  if (times.length === 0) return undefined;
  const waited = Date.parse(report.now) - Math.min(...times);
  return Number.isFinite(waited) ? Math.max(0, waited) : undefined;
}

const unique = (list: readonly string[]) => [...new Set(list)].slice(0, 20);
