import { isZero } from '../git/run.ts';
import { exactnessOf } from '../policy/exactness.ts';
import type { Answer, GateDecision, Reason } from '../policy/types.ts';
import type { PushRef, Report, Scope } from './types.ts';

/** Trees judged one by one; `push --tags` may name thousands, and those beyond are said to be checked for secrets only. */
const mostTrees = 20;

/**
 * One scope for each tree that a push leads to; everything else goes with the first. Branches and tags that name the same
 * object, and that the remote has alike, are one. Every other scope is one already.
 */
export function splitScope(scope: Scope): Scope[] {
  if (scope.kind !== 'outgoing' || scope.refs === undefined) return [scope];
  const named = scope.refs
    .filter((ref) => /^refs\/(heads|tags)\//.test(ref.remoteRef) && !isZero(ref.localOid))
    .sort((a, b) => Number(a.remoteRef.startsWith('refs/tags/')) - Number(b.remoteRef.startsWith('refs/tags/')));
  const alike = new Map<string, PushRef[]>();
  for (const ref of named) {
    const key = `${ref.localOid} ${ref.remoteOid}`;
    const others = alike.get(key);
    if (others) others.push(ref);
    else alike.set(key, [ref]);
  }
  const trees = [...alike.values()].slice(0, mostTrees);
  const judged = new Set(trees.flat());
  const rest = scope.refs.filter((ref) => !judged.has(ref));
  const [first, ...others] = trees;
  const groups = [[...(first ?? []), ...rest], ...others];
  return groups.map((refs) => ({ ...scope, refs }));
}

/** One report for the whole push: everything found anywhere, and of each gate the worst answer. */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports as [Report, ...Report[]];
  if (others.length === 0) return first;
  const all = <T>(pick: (report: Report) => readonly T[], key: (one: T) => string): T[] => [
    ...new Map(reports.flatMap(pick).map((one) => [key(one), one])).values(),
  ];
  return {
    ...first,
    label: `${reports.length} refs: ${reports.map((report) => report.label).join('; ')}`,
    findings: all(
      (report) => report.findings,
      (one) => `${one.fingerprint}\0${one.commit ?? ''}`,
    ),
    suppressed: all(
      (report) => report.suppressed,
      (one) => `${one.fingerprint}\0${one.commit ?? ''}`,
    ),
    problems: all(
      (report) => report.problems,
      (one) => `${one.code}\0${one.path ?? ''}\0${one.fatal}\0${one.message}`,
    ),
    skipped: all(
      (report) => report.skipped,
      (one) => `${one.reason}\0${one.path}`,
    ),
    commits: all(
      (report) => report.commits,
      (one) => one.oid,
    ),
    changes: all(
      (report) => report.changes,
      (one) => `${one.status}\0${one.path}\0${one.oid}`,
    ),
    push: first.push && { ...first.push, refs: reports.flatMap((report) => report.push?.refs ?? []) },
    decision: {
      ...first.decision,
      gates: first.decision.gates.map((gate) =>
        mergeGates(reports.flatMap((report) => report.decision.gates.filter((one) => one.gate === gate.gate))),
      ),
      problems: reports.flatMap((report) => report.decision.problems),
    },
    counts: {
      documents: sum(reports, (report) => report.counts.documents),
      bytes: sum(reports, (report) => report.counts.bytes),
      rules: Math.max(...reports.map((report) => report.counts.rules)),
      history: sum(reports, (report) => report.counts.history),
    },
  };
}

const order: readonly Answer[] = ['deny', 'depends', 'warn', 'allow'];

/**
 * The worst answer, no more exact than all reasons together allow: a pass of one branch says nothing about a file of another
 * that was not read. Its line is that of the gate which decides this.
 */
function mergeGates(gates: readonly GateDecision[]): GateDecision {
  const worst = gates.map((gate) => order.indexOf(gate.answer)).reduce((a, b) => Math.min(a, b));
  const deciding = gates.filter((gate) => order.indexOf(gate.answer) === worst) as [GateDecision, ...GateDecision[]];
  const key = ({ rule, effect, exactness, message, place }: Reason) =>
    `${rule}\0${effect}\0${exactness}\0${message}\0${place?.path ?? ''}\0${place?.commit ?? ''}`;
  const reasons = [...new Map(gates.flatMap((gate) => gate.reasons).map((one) => [key(one), one])).values()];
  const exactness = exactnessOf(deciding[0].answer, reasons);
  return { ...(deciding.find((gate) => gate.exactness === exactness) ?? deciding[0]), exactness, reasons };
}

function sum(reports: readonly Report[], of: (report: Report) => number): number {
  return reports.reduce((total, report) => total + of(report), 0);
}
