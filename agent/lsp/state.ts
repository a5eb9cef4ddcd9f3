import { basename } from 'node:path';
import type { CommitInfo, Report, SignatureInfo, Skipped } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { Finding, Problem } from '../model/types.ts';
import { decidingText } from '../policy/summary.ts';
import type { GateDecision } from '../policy/types.ts';
import type {
  AnswerName,
  CommitItem,
  FileItem,
  GateItem,
  PolicyItem,
  PreviewData,
  RepositoryState,
} from '../protocol.ts';
import { blockingFingerprints, problemsOf } from '../report/facts.ts';
import { branchTitle, policyTitle } from '../report/title.ts';
import { findingItem, problemItem, reasonItem } from './places.ts';
import { fileUriOf, uriOfPath } from './uri.ts';

/** What is known about one repository: the last report of each scope, and how it is set up. */
export interface RepositoryFacts {
  root: string;
  staged: Report | undefined;
  outgoing: Report | undefined;
  hooks: RepositoryState['hooks'];
  hooksNote: string;
  signing: RepositoryState['signing'];
  damage: RepositoryState['damage'];
}

/** Reports as the tree and the status item show them. */
export function repositoryState(facts: RepositoryFacts): RepositoryState {
  const { root, staged, outgoing } = facts;
  const newest = outgoing ?? staged;
  return {
    uri: uriOfPath(root),
    name: displayText(basename(root)),
    // Only the outgoing scope has looked for what the branch is compared with.
    title: outgoing ? branchTitle(outgoing) : '',
    staged: staged ? filesOf(root, staged) : [],
    stagedCount: staged?.changes.length ?? 0,
    outgoing: outgoing ? outgoing.commits.map((commit) => commitItem(root, commit, outgoing)) : [],
    gates: gatesOf(facts),
    policy: newest ? policyOf(newest) : null,
    problems: uniqueProblems([outgoing, staged]).map((problem) => problemItem(root, problem)),
    skipped: skippedText(staged),
    hooks: facts.hooks,
    hooksNote: displayText(facts.hooksNote),
    signing: facts.signing,
    damage: { ...facts.damage, notes: facts.damage.notes.map(displayText) },
    checkedAt: newest?.now ?? '',
  };
}

/** The ladder with its reasons and the way out, for the web view. */
export function previewData(facts: RepositoryFacts): PreviewData {
  const { root, staged, outgoing } = facts;
  const newest = outgoing ?? staged;
  const gates = gatesOf(facts);
  return {
    repository: displayText(basename(root)),
    uri: uriOfPath(root),
    // Only the outgoing scope has looked for what the branch is compared with.
    title: outgoing ? branchTitle(outgoing) : '',
    commits: outgoing?.commits.length ?? 0,
    files: outgoing?.changes.length ?? 0,
    staged: staged?.changes.length ?? 0,
    policy: newest ? policyOf(newest) : null,
    gates,
    steps: stepsOf(gates),
    problems: uniqueProblems([outgoing, staged]).map((problem) => problemItem(root, problem)),
    skipped: [skippedText(outgoing), skippedText(staged)].find((text) => text !== '') ?? '',
    checkedAt: newest?.now ?? '',
  };
}

/** `3 of 5 files checked: 2 over 1 MB`; empty when everything was looked at. */
export function skippedText(report: Report | undefined): string {
  if (!report || report.skipped.length === 0) return '';
  const whole = report.skipped.filter((one) => !one.partial);
  const partly = report.skipped.length - whole.length;
  const reasons = new Map<string, number>();
  for (const one of whole) reasons.set(reasonText(one), (reasons.get(reasonText(one)) ?? 0) + 1);
  const parts = [...reasons].map(([reason, count]) => `${count} ${reason}`);
  if (partly > 0) parts.push(`${partly} only in part`);
  const checked = report.counts.documents;
  return `${checked} of ${checked + whole.length} files checked: ${parts.join(', ')}`;
}

function reasonText(skipped: Skipped): string {
  return displayText(skipped.reason.replaceAll('-', ' '));
}

/**
 * The ladder. What is staged is the next commit, so it answers the gate of commits whenever something is staged; a push
 * sends only what is committed; and what runs after a push sees both, so that the worse answer of the two counts.
 */
function gatesOf({ root, staged, outgoing }: RepositoryFacts): GateItem[] {
  const gates = (outgoing ?? staged)?.decision.gates ?? [];
  const findings = [staged, outgoing].flatMap((report) => report?.findings ?? []);
  return gates.map((gate) => {
    const next = staged && staged.changes.length > 0 ? gateNamed(staged, gate.gate) : undefined;
    if (!next || gate.gate === 'push') return gateItem(root, gate, findings);
    return gateItem(root, gate.gate === 'commit' ? next : together(gate, next), findings);
  });
}

const badness: Record<AnswerName, number> = { allow: 0, depends: 1, warn: 2, deny: 3 };

function together(a: GateDecision, b: GateDecision): GateDecision {
  const [worse, other] = badness[b.answer] > badness[a.answer] ? [b, a] : [a, b];
  const key = (reason: GateDecision['reasons'][number]) => JSON.stringify([reason.rule, reason.message, reason.place]);
  const known = new Set(worse.reasons.map(key));
  const reasons = [...worse.reasons, ...other.reasons.filter((reason) => !known.has(key(reason)))];
  // What the other side adds to the answer is counted in its one line too.
  const { answer } = worse;
  const added = reasons.slice(worse.reasons.length).some(({ effect }) => effect === answer);
  if (!added || answer === 'allow') return { ...worse, reasons };
  // Reasons of the other side are an answer, where this one had none.
  const { open: _, ...answered } = worse;
  return { ...answered, reasons, summary: decidingText(answer, reasons) };
}

function gateNamed(report: Report, name: string): GateDecision | undefined {
  return report.decision.gates.find((gate) => gate.gate === name);
}

function gateItem(root: string, gate: GateDecision, findings: readonly Finding[]): GateItem {
  return {
    gate: gate.gate,
    answer: gate.answer,
    summary: displayText(gate.summary),
    exactness: gate.exactness,
    reasons: gate.reasons.map((reason) => reasonItem(root, reason, findings)),
    ...(gate.open ? { open: gate.open } : {}),
  };
}

function filesOf(root: string, report: Report): FileItem[] {
  const blocking = blockingFingerprints(report.decision);
  const byPath = new Map<string, Finding[]>();
  for (const finding of [...report.findings, ...report.suppressed]) {
    byPath.set(finding.path, [...(byPath.get(finding.path) ?? []), finding]);
  }
  return [...byPath].map(([path, findings]) => ({
    uri: fileUriOf(root, path) ?? '',
    path: displayPath(path),
    findings: findings.map((finding) => findingItem(root, finding, blocking)).sort(byWeight),
  }));
}

function commitItem(root: string, commit: CommitInfo, report: Report): CommitItem {
  const blocking = blockingFingerprints(report.decision);
  const findings = report.findings.filter((finding) => commitOf(finding, report) === commit.oid);
  const { signature } = commit;
  return {
    oid: commit.oid,
    short: commit.oid.slice(0, 7),
    subject: displayText(commit.subject),
    author: displayText(`${commit.author.name} <${commit.author.email}>`),
    answer: answerOf(commit, report),
    signature: signatureWord(signature),
    ...(signature.detail === undefined ? {} : { signatureDetail: displayText(signature.detail) }),
    signed: signature.present,
    findings: findings.map((finding) => findingItem(root, finding, blocking)).sort(byWeight),
  };
}

/** A finding in a file belongs to the newest outgoing commit that touched the file, unless history names another. */
function commitOf(finding: Finding, report: Report): string | undefined {
  if (finding.commit !== undefined) return finding.commit;
  return report.commits.find((commit) => commit.paths.includes(finding.path))?.oid;
}

function answerOf(commit: CommitInfo, report: Report): AnswerName {
  const fingerprints = new Set(
    report.findings.filter((one) => commitOf(one, report) === commit.oid).map((one) => one.fingerprint),
  );
  const reasons = report.decision.gates
    .flatMap((gate) => gate.reasons)
    .filter((one) => one.place?.commit === commit.oid || (one.finding !== undefined && fingerprints.has(one.finding)));
  if (reasons.some((reason) => reason.effect === 'deny')) return 'deny';
  if (reasons.some((reason) => reason.effect === 'warn')) return 'warn';
  return reasons.some((reason) => reason.effect === 'depends') ? 'depends' : 'allow';
}

const signatureWords: Record<SignatureInfo['status'], string> = {
  none: 'not signed',
  good: 'signed',
  bad: 'bad signature',
  untrusted: 'unknown signer',
  'wrong-principal': "another person's key",
  expired: 'expired signature',
  revoked: 'revoked key',
  'no-key': 'not verifiable here',
};

function signatureWord(signature: SignatureInfo): string {
  return signature.present ? signatureWords[signature.status] : signatureWords.none;
}

/**
 * The remedies of everything that refuses, each once and with its places. What several gates refuse is done once, as the
 * gate of pushes says: of a commit that exists already it knows the better way.
 */
function stepsOf(gates: readonly GateItem[]): PreviewData['steps'] {
  const steps = new Map<string, PreviewData['steps'][number]>();
  const done = new Set<string>();
  const ordered = [...gates].sort((a, b) => Number(b.gate === 'push') - Number(a.gate === 'push'));
  for (const { effect, remedy, place, message } of ordered.flatMap((gate) => gate.reasons)) {
    const what = `${message}\0${place?.label ?? ''}`;
    if (effect !== 'deny' || remedy === undefined || done.has(what)) continue;
    done.add(what);
    const known = steps.get(remedy) ?? stepOf(remedy);
    if (place && !known.places.some((one) => one.label === place.label)) known.places.push(place);
    steps.set(remedy, known);
  }
  return [...steps.values()];
}

/** A remedy that ends in a command is shown with the command as such. */
function stepOf(remedy: string): PreviewData['steps'][number] {
  const [, text, command] = /^(.*): ((?:pregate|git) [^:]+)$/.exec(remedy) ?? [];
  return text === undefined || command === undefined ? { text: remedy, places: [] } : { text, command, places: [] };
}

function policyOf(report: Report): PolicyItem {
  const { name, revision, signature } = report.policy;
  return {
    text: policyTitle(report),
    name: displayText(name),
    revision: displayText(revision),
    signature: displayText(signature),
  };
}

function uniqueProblems(reports: readonly (Report | undefined)[]): Problem[] {
  const seen = new Map<string, Problem>();
  for (const report of reports) {
    for (const problem of report ? problemsOf(report) : []) seen.set(`${problem.code}\0${problem.message}`, problem);
  }
  return [...seen.values()];
}

const weights = { blocks: 0, advice: 1, suppressed: 2 };

function byWeight(a: FileItem['findings'][number], b: FileItem['findings'][number]): number {
  return weights[a.weight] - weights[b.weight];
}
