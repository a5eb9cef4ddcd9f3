import type { Report } from '../gate/types.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import type { Finding, Problem } from '../model/types.ts';
import type { Decision, Gate, GateDecision, Reason } from '../policy/types.ts';

/** Which gates a finding closes, by fingerprint: what every report needs to say "this one blocks". */
export function blockingFingerprints(decision: Decision): Map<string, Gate[]> {
  const out = new Map<string, Gate[]>();
  for (const gate of decision.gates) {
    for (const reason of gate.reasons) {
      if (reason.effect !== 'deny' || reason.finding === undefined) continue;
      const list = out.get(reason.finding) ?? [];
      if (!list.includes(gate.gate)) out.set(reason.finding, [...list, gate.gate]);
    }
  }
  return out;
}

/** What is denied for a reason that rests on no finding: an image by tag, an unsigned commit, a moved tag. */
export function otherDenials(decision: Decision): Reason[] {
  const reasons = decision.gates.flatMap((gate) => gate.reasons);
  return reasons.filter((reason) => reason.effect === 'deny' && reason.finding === undefined);
}

/** All problems once, those that closed a gate first. */
export function problemsOf(report: Report): Problem[] {
  const seen = new Map<string, Problem>();
  // Of two that say the same the fatal one stays.
  for (const problem of [...report.problems, ...report.decision.problems].sort(fatalLast)) {
    seen.set(`${problem.code}\0${problem.path ?? ''}\0${problem.message}`, problem);
  }
  const all = [...seen.values()].sort((a, b) => Number(b.fatal) - Number(a.fatal));
  // That no policy could be loaded follows from why it could not.
  const known = all.some(({ fatal, code }) => fatal && code !== 'policy-missing');
  return known ? all.filter(({ code }) => code !== 'policy-missing') : all;
}

function fatalLast(a: Problem, b: Problem): number {
  return Number(a.fatal) - Number(b.fatal);
}

/**
 * The exit code of a report for the gates that were asked: 3 when something needed could not be checked, else 1 when one
 * of them denies, else 0. "Could not check" wins only when nothing is known to be denied: a known denial is the more
 * useful answer, and both close the gate.
 */
export function exitCodeOf(report: Report, asked: readonly Gate[]): ExitCode {
  const gates = report.decision.gates.filter((gate) => asked.includes(gate.gate));
  if (gates.some((gate) => gate.answer === 'deny' && gate.reasons.some((reason) => reason.effect === 'deny'))) {
    return Exit.violation;
  }
  if (problemsOf(report).some((problem) => problem.fatal)) return Exit.couldNotCheck;
  if (gates.length === 0) return Exit.couldNotCheck;
  return gates.some((gate) => gate.answer === 'deny') ? Exit.violation : Exit.pass;
}

/** The problems that close a gate. */
export function problemsFatal(problems: readonly Problem[]): Problem[] {
  return problems.filter((problem) => problem.fatal);
}

/** The decision of one gate, or undefined when the policy has none. */
export function gateOf(decision: Decision, gate: Gate): GateDecision | undefined {
  return decision.gates.find((one) => one.gate === gate);
}

const rank = { critical: 0, high: 1, medium: 2, low: 3, info: 4 } as const;

/** Most severe first, then by place. */
export function bySeverity(a: Finding, b: Finding): number {
  return rank[a.severity] - rank[b.severity] || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range[0] - b.range[0]);
}

/** The policy has no rules for this gate: it lets everything by, and nothing passes it. */
export function isUnjudged(gate: GateDecision | undefined): boolean {
  return gate?.open === 'unjudged';
}
