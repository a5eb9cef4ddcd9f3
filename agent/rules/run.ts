import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { spanOf } from '../model/document.ts';
import type { SubjectSet } from '../model/subjects.ts';
import { textSubjects } from '../model/subjects-text.ts';
import type { Document, Draft, Finding, Problem } from '../model/types.ts';
import { idsOf, type Rule, type RuleContext, type RuleMeta, type SubjectKind, type Subjects } from './rule.ts';

export interface RunInput {
  targets: readonly Document[];
  context: readonly Document[];
  base: readonly Document[];
  /** Blobs of outgoing commits that the tip no longer has: only rules on secrets read them. */
  history?: readonly Document[];
  rules: readonly Rule[];
  /** Builds the models; injected so that a scope without any modelled file need not load them. */
  subjectsOf: (documents: readonly Document[], base: readonly Document[]) => SubjectSet;
  /** Key of the HMAC that makes fingerprints. */
  fingerprintKey: Uint8Array;
  /** There is a base side, so that a path missing in `base` means that the change adds it. */
  hasBase: boolean;
}

/** A finding with what only the engine may know about it: the identity is hashed by suppression and then dropped. */
export interface RawFinding extends Finding {
  identity: string;
}

export interface RunResult {
  findings: RawFinding[];
  problems: Problem[];
  /** Rules that ran, by id; zero is an error, because a gate must not pass on having looked at nothing. */
  rules: string[];
}

/**
 * Runs every rule on every subject that takes part in the scope. It never throws: a rule that breaks is named as a fatal
 * problem, and the others still run.
 */
export async function runRules(input: RunInput): Promise<RunResult> {
  const problems: Problem[] = [];
  if (input.rules.length === 0) {
    problems.push({ code: 'no-rules', message: 'No rule was loaded, so nothing was checked.', fatal: true });
  }
  const documents = [...input.targets, ...input.context];
  const findings = await runSide(input, documents, new Set(input.targets), problems);
  for (const document of input.history ?? []) {
    findings.push(...(await runHistory(input, document, problems)));
  }
  await markIntroduced(input, findings);
  findings.sort(byPlace);
  return { findings, problems, rules: input.rules.map((rule) => rule.meta.id) };
}

/** Order of every report: path, then place, then rule. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range[0] - b.range[0] || a.range[1] - b.range[1] || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

/** Keyed hash that names a finding without telling anything about it. 128 bits, hex. */
export function fingerprintOf(key: Uint8Array, parts: readonly string[]): string {
  return createHmac('sha256', keyObjectOf(key)).update(parts.join('\0')).digest('hex').slice(0, 32);
}

/** Handing over the bytes makes a key object at every call, which takes six times as long as the hash itself. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();
function keyObjectOf(key: Uint8Array): KeyObject {
  const known = keyObjects.get(key) ?? createSecretKey(key);
  keyObjects.set(key, known);
  return known;
}

async function runSide(
  input: RunInput,
  documents: readonly Document[],
  targets: ReadonlySet<Document>,
  problems: Problem[],
): Promise<RawFinding[]> {
  const subjects = input.subjectsOf(documents, input.base);
  problems.push(...problemsOf(subjects, targets));
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const context = contextOf(input, subjects, byPath, problems);
  const findings: RawFinding[] = [];
  // Every rule on text was silent about a document before it was forgotten.
  const texts = subjects.text.filter((document) => targets.has(document) && document.forgotten === undefined);
  for (const rule of input.rules) {
    const before = findings.length;
    if (rule.reads === 'text') {
      for (const document of texts) {
        const pending = readText(input, rule, document, context, byPath, findings);
        if (pending) await pending;
      }
      numberTwins(input, findings, before);
      continue;
    }
    for (const subject of subjects[rule.reads]) {
      const parts = documentsOf(rule.reads, subject);
      if (!parts.some((part) => targets.has(part))) continue;
      const pending = runRule(rule, subject, context, (draft) => {
        const document = parts.find((part) => part.path === draft.path) ?? byPath.get(draft.path);
        if (document) findings.push(findingOf(metaOf(rule, draft), draft, document, input.fingerprintKey));
      });
      if (pending) await pending;
    }
    numberTwins(input, findings, before);
  }
  return findings;
}

/** A rule on one text. A tree has a hundred thousand pairs of rule and file, nearly all silent, so nothing is made for those. */
function readText(
  input: RunInput,
  rule: Rule,
  document: Document,
  context: RuleContext,
  byPath: ReadonlyMap<string, Document>,
  findings: RawFinding[],
): Promise<void> | undefined {
  return runRule(rule, document, context, (draft) => {
    const owner = draft.path === document.path ? document : byPath.get(draft.path);
    if (owner) findings.push(findingOf(metaOf(rule, draft), draft, owner, input.fingerprintKey));
  });
}

/** What could not be read of the files that are judged. */
function problemsOf(subjects: SubjectSet, targets: ReadonlySet<Document>): Problem[] {
  const paths = new Set([...targets].map((document) => document.path));
  return [...new Set(subjects.problems)].filter((problem) => problem.path === undefined || paths.has(problem.path));
}

async function runHistory(input: RunInput, document: Document, problems: Problem[]): Promise<RawFinding[]> {
  const byPath = new Map([[document.path, document]]);
  const context = contextOf(input, textSubjects([document]), byPath, problems);
  const findings: RawFinding[] = [];
  for (const rule of input.rules) {
    if (rule.reads !== 'text' || rule.meta.category !== 'secret') continue;
    const before = findings.length;
    await runRule(rule, document, context, (draft) =>
      findings.push(findingOf(metaOf(rule, draft), draft, document, input.fingerprintKey)),
    );
    numberTwins(input, findings, before);
  }
  return findings;
}

/** Answers a promise only where the rule does: a tree has a hundred thousand pairs of rule and file, and waiting has a price. */
function runRule(
  rule: Rule,
  subject: unknown,
  context: RuleContext,
  keep: (draft: Draft) => void,
): Promise<void> | undefined {
  try {
    const drafts = (rule as Rule<SubjectKind>).check(subject as never, context);
    if ('then' in drafts) return finish(rule, subject, context, drafts, keep);
    for (const draft of drafts) keep(draft);
  } catch (error) {
    broke(rule, subject, context, error);
  }
  return undefined;
}

async function finish(
  rule: Rule,
  subject: unknown,
  context: RuleContext,
  drafts: Promise<Iterable<Draft>>,
  keep: (draft: Draft) => void,
): Promise<void> {
  try {
    for (const draft of await drafts) keep(draft);
  } catch (error) {
    broke(rule, subject, context, error);
  }
}

function broke(rule: Rule, subject: unknown, context: RuleContext, error: unknown): void {
  const path = documentsOf(rule.reads, subject as never)[0]?.path;
  context.problem({
    code: 'rule-failed',
    // The text of an exception may quote the input, so only its kind is told.
    message: `Rule ${rule.meta.id} broke (${error instanceof Error ? error.name : 'error'}) and did not finish this file; please report it.`,
    ...(path === undefined ? {} : { path }),
    fatal: true,
  });
}

function contextOf(
  input: RunInput,
  subjects: SubjectSet,
  byPath: ReadonlyMap<string, Document>,
  problems: Problem[],
): RuleContext {
  const base = new Map(input.base.map((document) => [document.path, document]));
  return {
    base: (path) => base.get(path),
    document: (path) => byPath.get(path),
    all: <K extends SubjectKind>(kind: K) => subjects[kind] as unknown as readonly Subjects[K][],
    // What cannot be run for any document is one problem, not one for each.
    problem: (problem) => {
      if (!problems.includes(problem)) problems.push(problem);
    },
  };
}

/** What a draft becomes: with identity, position and the rule's own severity where it names none. */
export function findingOf(meta: RuleMeta, draft: Draft, document: Document, key: Uint8Array): RawFinding {
  return {
    rule: meta.id,
    category: meta.category,
    severity: draft.severity ?? meta.severity,
    confidence: draft.confidence ?? meta.confidence,
    message: draft.message,
    path: document.path,
    range: draft.range,
    span: spanOf(document, draft.range),
    related: draft.related ?? [],
    ...(draft.command === undefined ? {} : { command: draft.command }),
    fingerprint: fingerprintOf(key, [meta.id, document.path, draft.identity]),
    ...(meta.category === 'secret'
      ? { secret: fingerprintOf(key, ['value', draft.identity]), ending: endingOf(meta) }
      : {}),
    ...(draft.proven ? { proven: draft.proven } : {}),
    ...(document.commit === undefined ? {} : { commit: document.commit }),
    ...(draft.fixes ? { fixes: draft.fixes } : {}),
    identity: draft.identity,
  };
}

/** What a rule says to do about a secret, up to the removal from file and commits, which the policy's own remedy names. */
function endingOf({ fix }: RuleMeta): string {
  const [where = ''] = fix.split('. Then take it out');
  const text = /^(?:the|delete|revoke|reset|make|ask|end|rotate|change) /.test(where)
    ? `${where.charAt(0).toUpperCase()}${where.slice(1)}`
    : where;
  return text.endsWith('.') ? text : `${text}.`;
}

function metaOf(rule: Rule, draft: Draft): RuleMeta {
  if (draft.rule === undefined) return rule.meta;
  return rule.ids?.find((meta) => meta.id === draft.rule) ?? { ...rule.meta, id: draft.rule };
}

/** The second equal finding in a file gets a number, in order of place, so that fingerprints stay unique and stable. */
function numberTwins(input: RunInput, findings: RawFinding[], from: number): void {
  const seen = new Map<string, number>();
  const fresh = findings.slice(from).sort(byPlace);
  for (const finding of fresh) {
    const count = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, count + 1);
    if (count === 0) continue;
    finding.fingerprint = fingerprintOf(input.fingerprintKey, [
      finding.rule,
      finding.path,
      finding.identity,
      String(count),
    ]);
  }
}

/**
 * Says of each finding whether the change brought it. Only base documents that hold a finding now are run again, so that
 * a clean change costs nothing.
 */
async function markIntroduced(input: RunInput, findings: RawFinding[]): Promise<void> {
  if (!input.hasBase || findings.length === 0) return;
  const rules = input.rules.filter((rule) => findings.some((finding) => owns(rule, finding)));
  const paths = new Set(findings.map((finding) => finding.path));
  const targets = new Set(input.base.filter((document) => paths.has(document.path)));
  const old = await runSide({ ...input, base: [], rules }, input.base, targets, []);
  const known = new Set(old.map((finding) => finding.fingerprint));
  // A secret that was already somewhere in the base is not brought by moving its file.
  const secrets = new Set(old.filter((one) => one.category === 'secret').map((one) => `${one.rule}\0${one.identity}`));
  for (const finding of findings) {
    finding.introduced =
      !known.has(finding.fingerprint) &&
      !(finding.category === 'secret' && secrets.has(`${finding.rule}\0${finding.identity}`));
  }
}

function owns(rule: Rule, finding: Finding): boolean {
  return rule.meta.id === finding.rule || idsOf(rule).includes(finding.rule);
}

/** The documents a subject was made of: it takes part in a scope when one of them is a target. */
function documentsOf(kind: SubjectKind, subject: Subjects[SubjectKind]): readonly Document[] {
  return kind === 'text' ? [subject as Document] : (subject as { documents: readonly Document[] }).documents;
}
