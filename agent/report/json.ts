import type { Report } from '../gate/types.ts';
import { encodePath, isForeignPath } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { blockingFingerprints } from './facts.ts';

export interface JsonReport {
  schema: 'pregate.report/v1';
  tool: { name: 'pregate'; version: string };
  scope: string;
  label: string;
  time: string;
  policy: Report['policy'];
  counts: Report['counts'] & { findings: number; suppressed: number; skipped: number };
  gates: unknown[];
  findings: unknown[];
  suppressed: unknown[];
  skipped: Report['skipped'];
  problems: unknown[];
  commits: unknown[];
}

/** The report as data for other programs. Lines and columns count from 1, in UTF-16 units. It holds no secret. */
export function jsonReport(report: Report, version: string): JsonReport {
  const blocking = blockingFingerprints(report.decision);
  return {
    schema: 'pregate.report/v1',
    tool: { name: 'pregate', version },
    scope: report.scope,
    label: report.label,
    time: report.now,
    policy: report.policy,
    counts: {
      ...report.counts,
      findings: report.findings.length,
      suppressed: report.suppressed.length,
      skipped: report.skipped.length,
    },
    gates: report.decision.gates,
    findings: report.findings.map((finding) => jsonFinding(finding, blocking)),
    suppressed: report.suppressed.map((finding) => jsonFinding(finding, blocking)),
    skipped: report.skipped,
    problems: [...report.problems, ...report.decision.problems].filter(unique()),
    commits: report.commits,
  };
}

function jsonFinding(finding: Finding, blocking: ReadonlyMap<string, string[]>): Record<string, unknown> {
  return {
    rule: finding.rule,
    path: finding.path,
    ...(isForeignPath(finding.path) ? { pathBytes: Buffer.from(encodePath(finding.path)).toString('base64') } : {}),
    line: finding.span.line,
    column: finding.span.column,
    endLine: finding.span.endLine,
    endColumn: finding.span.endColumn,
    severity: finding.severity,
    confidence: finding.confidence,
    category: finding.category,
    message: finding.message,
    fingerprint: finding.fingerprint,
    ...(finding.secret === undefined ? {} : { secret: finding.secret }),
    ...(finding.present === undefined ? {} : { present: finding.present }),
    blocks: blocking.get(finding.fingerprint) ?? [],
    ...(finding.introduced === undefined ? {} : { introduced: finding.introduced }),
    ...(finding.commit === undefined ? {} : { commit: finding.commit }),
    ...(finding.command === undefined ? {} : { command: finding.command }),
    ...(finding.related.length === 0 ? {} : { related: finding.related }),
    ...(finding.suppressed === undefined ? {} : { suppressed: finding.suppressed }),
  };
}

/** Keeps the first of equal problems: the decision repeats those that closed a gate. */
function unique(): (problem: { code: string; message: string }) => boolean {
  const seen = new Set<string>();
  return ({ code, message }) => {
    const key = `${code}\0${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}
