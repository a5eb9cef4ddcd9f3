import type { Report } from '../gate/types.ts';
import type { GateDecision } from '../policy/types.ts';
import { version } from '../version.ts';
import { predicates, type ResourceDescriptor, type Statement, statementType } from './types.ts';

/** That a log contains what an earlier checkpoint (`from`) says of it: the proof of RFC 6962, in base64. */
export interface Consistency {
  from: string;
  proof: string[];
}

/** What a statement is about and rests on, beside the report itself. */
export interface Grounds {
  /** Commit and tree of the tip. */
  commit: string;
  tree: string;
  /** The ref that is pushed, when there is one. */
  ref?: string;
  /** Signed checkpoint of this installation's audit log, and proofs that it contains those that were stated before. */
  checkpoint?: { note: string; consistency?: Consistency; earlier?: Consistency[] };
}

/**
 * A Simple Verification Result: the properties that this change has, as far as it was checked here. Only what passed is
 * listed; a laptop issues no SLSA level, which is the business of a source control system.
 */
export function resultStatement(report: Report, grounds: Grounds): Statement {
  return statement(grounds, predicates.svr, {
    verifier: {
      id: `https://pregate.dev/agent/v${version.split('.')[0]}`,
      version: { pregate: version },
      policies: [policyOf(report)],
    },
    timeVerified: report.now,
    properties: propertiesOf(report),
    ...evidence(grounds),
  });
}

/** The decision of every gate with its reasons, for those who want to know more than that it passed. */
export function decisionStatement(report: Report, grounds: Grounds): Statement {
  return statement(grounds, predicates.decision, {
    policy: policyOf(report),
    decidedAt: report.now,
    decidedBy: { name: 'pregate', version },
    gates: report.decision.gates.map(gateOf),
    counts: {
      commits: report.commits.length,
      findings: report.findings.length,
      suppressed: report.suppressed.length,
      skipped: report.skipped.length,
    },
    ...evidence(grounds),
  });
}

/** in-toto test-result v0.1: each gate is a test. */
export function testStatement(report: Report, grounds: Grounds): Statement {
  const named = (answers: readonly string[]) =>
    report.decision.gates.filter((gate) => answers.includes(gate.answer)).map((gate) => gate.gate);
  const failed = named(['deny']);
  const warned = named(['warn', 'depends']);
  return statement(grounds, predicates.test, {
    result: failed.length > 0 ? 'FAILED' : warned.length > 0 ? 'WARNED' : 'PASSED',
    configuration: [policyOf(report)],
    passedTests: named(['allow']),
    warnedTests: warned,
    failedTests: failed,
  });
}

/** The CycloneDX document of the tree. */
export function sbomStatement(bom: Record<string, unknown>, grounds: Grounds): Statement {
  return statement(grounds, predicates.sbom, bom);
}

/** SLSA Verification Summary v1. Only `pregate verify` in CI may issue it, after it has recomputed everything. */
export function summaryStatement(
  report: Report,
  grounds: Grounds,
  { verifier, resource }: { verifier: string; resource?: string | undefined },
): Statement {
  return statement(grounds, predicates.vsa, {
    verifier: { id: verifier, version: { pregate: version } },
    timeVerified: report.now,
    // Who takes a summary expects the repository here (SLSA, VSA: resourceUri); a clone of a path has no such name.
    resourceUri: resource ?? `git+commit:${grounds.commit}`,
    policy: policyOf(report),
    verificationResult: 'PASSED',
    verifiedLevels: propertiesOf(report).map((property) => property.replace(/^PREGATE_/, 'ORG_SOURCE_')),
    slsaVersion: '1.1',
  });
}

function statement(grounds: Grounds, predicateType: string, predicate: Record<string, unknown>): Statement {
  const name = grounds.ref ?? 'HEAD';
  const digest = { gitCommit: grounds.commit, gitTree: grounds.tree };
  return { _type: statementType, subject: [{ name, digest }], predicateType, predicate };
}

function policyOf({ policy }: Report): ResourceDescriptor & { annotations: Record<string, string> } {
  return { name: policy.name, digest: { sha256: policy.digest }, annotations: { revision: policy.revision } };
}

/** What this change may call its own. A property that was not looked at in full is not listed. */
export function propertiesOf(report: Report): string[] {
  const { findings, suppressed, skipped, commits, decision } = report;
  // A fatal problem means that nothing is known: then nothing is said.
  if ([...report.problems, ...decision.problems].some((problem) => problem.fatal)) return [];
  const none = (category: string) => ![...findings, ...suppressed].some((finding) => finding.category === category);
  const passed = decision.gates.filter((gate) => gate.answer === 'allow' && gate.exactness === 'exact');
  const out = passed.map((gate) => `PREGATE_GATE_${gate.gate.toUpperCase()}_PASSED`);
  if (none('secret') && skipped.length === 0) out.push('PREGATE_NO_SECRETS_FOUND');
  if (none('dependency')) out.push('PREGATE_DEPS_PINNED');
  if (none('pipeline')) out.push('PREGATE_CI_CONFIG_OK');
  const signed = commits.length > 0 && commits.every((commit) => commit.signature.status === 'good');
  if (signed) out.push('PREGATE_COMMITS_SIGNED');
  return out.sort();
}

function gateOf(gate: GateDecision): Record<string, unknown> {
  const rules = gate.reasons.filter((reason) => reason.effect !== 'note');
  return {
    gate: gate.gate,
    answer: gate.answer,
    exactness: gate.exactness,
    // Rules and effects only: a message could quote what it is about.
    reasons: rules.slice(0, 200).map(({ rule, effect, exactness }) => ({ rule, effect, exactness })),
  };
}

function evidence({ checkpoint }: Grounds): Record<string, unknown> {
  return checkpoint ? { auditLog: checkpoint } : {};
}
