import { globMatcher } from '../config/glob.ts';
import type { Document, Finding, Problem } from '../model/types.ts';
import type { decide } from '../policy/decide.ts';
import type { FurtherJudge } from '../policy/further.ts';
import type { sbomOf } from '../policy/sbom.ts';
import type { Gate, PolicyBundle, PolicyEngine } from '../policy/types.ts';
import { allMetas } from '../rules/registry.ts';
import { idsOf, type Rule, type RuleMeta } from '../rules/rule.ts';
import { byPlace, findingOf, type RawFinding, type RunInput, runRules } from '../rules/run.ts';
import { applySuppressions, directivesIn, parseBaseline, suppressionMetas } from '../suppress.ts';
import { type Mask, maskOf, maskReport, secretsIn, textsOf, unmasked } from './redact.ts';
import type { Collected, Report, Skipped } from './types.ts';
import { foldVersions } from './versions.ts';

export interface JudgeOptions {
  rules: readonly Rule[];
  subjectsOf: RunInput['subjectsOf'];
  /** The engine that holds the policy; undefined only when it could not be made, which closes every gate. */
  engine: PolicyEngine | undefined;
  bundle: Pick<PolicyBundle, 'source'> & Partial<Pick<PolicyBundle, 'data'>>;
  /** Evaluates the gates; injected, because a hook loads the policy only after it has read what to judge. */
  decide: typeof decide;
  /** Components and their changes from the lock models; left out when no model was built. */
  sbomOf?: typeof sbomOf;
  /** The gates that are asked; all five when left out. */
  gates?: readonly Gate[];
  /** A gate or rule whose bodies are to be explained. */
  explain?: string | undefined;
  /** Problems met while the policy was loaded. */
  policyProblems: readonly Problem[];
  /** What judges beside the engine: foreign policies and the forge's rules. */
  further?: readonly FurtherJudge[];
  /** Snapshots of what the forge is set to. */
  settings?: Record<string, unknown>;
  /** Only the decision is wanted and no text of it is shown: what would have to be masked is not searched for. */
  unshown?: true;
}

/** What `judge` gives: the report, and what the lazy fixes need to be proven against. */
export interface Judgement {
  report: Report;
  /** Same order as `report.findings`; for `proveFixes` only. It holds identities and must not be stored or sent. */
  raw: RawFinding[];
  /** The same of `report.suppressed`, for those who look through a baseline. */
  hidden: RawFinding[];
  /** The configuration that judged. */
  config: Collected['config'];
  run: RunInput;
  /** Masks what must not be shown in text that is made from this judgement: every sink prints through it. */
  mask: Mask;
}

/**
 * Decides everything about a collected scope: findings, suppressions, and the answer of each gate.
 * Pure: no clock, no file, no process; the same `Collected` and policy give the same report through every door.
 */
export async function judge(collected: Collected, options: JudgeOptions): Promise<Judgement> {
  const { kept: targets, skipped } = applyExclusions(collected);
  const history = collected.history.filter((document) => targets.excluded(document.path) === false);
  const run: RunInput = {
    targets: targets.documents,
    context: collected.context.filter((document) => !targets.excluded(document.path)),
    base: collected.base,
    history,
    rules: options.rules.filter((rule) => isOn(rule.meta, collected)),
    subjectsOf: options.subjectsOf,
    fingerprintKey: collected.fingerprintKey,
    hasBase: hasBase(collected),
  };
  const result = await runRules(run);
  const known = await knownIds(options.rules, [...run.targets, ...(run.history ?? [])]);
  const suppressed = suppress(collected, run, result.findings, { ran: result.rules, known });
  const judged = collected.present ? foldVersions(suppressed, history, collected.present) : suppressed;
  const problems = [...collected.problems, ...result.problems, ...judged.problems];
  const subjects = run.subjectsOf([...run.targets, ...run.context], run.base);
  const decision = options.decide({
    // What is excluded is no part of the question either: a fixture's manifest is nobody's deployment.
    collected: { ...collected, targets: run.targets as Document[], context: run.context as Document[] },
    findings: [...judged.findings, ...judged.suppressed],
    problems: [...problems, ...options.policyProblems],
    subjects,
    policy: options.bundle.source,
    data: options.bundle.data,
    ...(options.sbomOf ? { sbomOf: options.sbomOf } : {}),
    ...(options.gates ? { gates: options.gates } : {}),
    ...(options.further ? { further: options.further } : {}),
    ...(options.explain === undefined ? {} : { explain: options.explain }),
    ...(options.settings ? { settings: options.settings } : {}),
    ...(options.engine ? { engine: options.engine } : {}),
  });
  const report: Report = {
    scope: collected.scope,
    label: collected.label,
    repo: collected.repo,
    findings: judged.findings.map(withoutIdentity),
    suppressed: judged.suppressed.map(withoutIdentity),
    problems: [...problems, ...options.policyProblems],
    skipped: [...collected.skipped, ...skipped],
    decision,
    policy: options.bundle.source,
    commits: collected.commits,
    push: collected.push,
    changes: collected.changes,
    counts: {
      // Names of paths are looked at as texts of their own; people count files and messages.
      documents: run.targets.filter((document) => document.kind !== 'path-name').length,
      bytes: run.targets.reduce((sum, document) => sum + (document.forgotten ?? document.bytes.length), 0),
      rules: result.rules.length,
      history: history.length,
    },
    now: collected.now,
  };
  const mask = options.unshown ? () => '' : await maskFor(report, judged, run);
  return {
    report: options.unshown ? report : maskReport(report, mask),
    raw: judged.findings,
    hidden: judged.suppressed,
    config: collected.config,
    run,
    mask,
  };
}

/**
 * Findings of other rules quote addresses, references and messages in which a secret may stand. What is known to be one,
 * in the documents they speak of or in the words themselves, is masked in everything that leaves.
 */
async function maskFor(report: Report, judged: Suppressed, run: RunInput): Promise<Mask> {
  const all = [...judged.findings, ...judged.suppressed];
  const quotes = all.length + report.problems.length + report.commits.length + report.skipped.length;
  // Nothing was found and nothing went wrong: a hook prints nothing then, and a commit should not pay for it.
  if (quotes === 0 && report.scope === 'staged') return unmasked;
  const known = all.filter((finding) => finding.category === 'secret').map((finding) => finding.identity);
  const spoken = new Set(all.filter((finding) => finding.category !== 'secret').map((finding) => finding.path));
  const unscanned = [...run.context, ...run.base].filter((document) => spoken.has(document.path));
  const texts = textsOf(report);
  if (texts.length === 0 && unscanned.length === 0) return maskOf(known);
  return maskOf([...known, ...(await secretsIn(run.rules, texts, unscanned))]);
}

/** True when the scope holds a file that some model is made of: only then are the models worth loading. */
export function needsModels(collected: Collected): boolean {
  return [...collected.targets, ...collected.context].some((document) => isModelled(document));
}

const modelledNames = new Set('yarn.lock bun.lock .npmrc makefile jenkinsfile'.split(' '));
const modelledEndings = new Set(
  'dockerfile yaml yml sh bash zsh ksh ps1 txt in toml json json5 mk'.split(' ').map((ending) => `.${ending}`),
);

/** Not one expression: to compile that took longer than to look at ten names. */
function isModelled(document: Document): boolean {
  if (document.kind !== 'file') return false;
  const name = document.path.slice(document.path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  return (
    (dot !== -1 && modelledEndings.has(name.slice(dot))) ||
    modelledNames.has(name) ||
    name.startsWith('dockerfile') ||
    name.startsWith('containerfile') ||
    document.text.startsWith('#!')
  );
}

function isOn(meta: RuleMeta, collected: Collected): boolean {
  const setting = collected.config.rules[meta.id];
  // `off` is applied as a suppression after the run, so that it is counted; an optional rule runs only when asked for.
  return !meta.optional || (setting !== undefined && setting !== 'off');
}

function hasBase(collected: Collected): boolean {
  if (collected.scope === 'staged') return collected.repo.git;
  if (collected.scope !== 'outgoing' && collected.scope !== 'range') return false;
  // What only adds files has a base too, of which nothing had to be read.
  return collected.repo.mergeBase !== null || collected.base.length > 0;
}

interface Targets {
  documents: Document[];
  excluded: (path: string) => boolean;
}

function applyExclusions(collected: Collected): { kept: Targets; skipped: Skipped[] } {
  const { exclude } = collected.config;
  const excluded = exclude.length === 0 ? () => false : globMatcher(exclude);
  const documents: Document[] = [];
  const skipped: Skipped[] = [];
  for (const document of collected.targets) {
    if (document.kind === 'message' || !excluded(document.path)) documents.push(document);
    else {
      skipped.push({ path: document.path, reason: 'excluded', detail: 'excluded by pregate.yaml', partial: false });
    }
  }
  return { kept: { documents, excluded }, skipped };
}

interface Suppressed {
  findings: RawFinding[];
  suppressed: RawFinding[];
  problems: Problem[];
}

function suppress(
  collected: Collected,
  run: RunInput,
  findings: readonly RawFinding[],
  { ran, known }: { ran: readonly string[]; known: readonly string[] },
): Suppressed {
  const documents = [...run.targets, ...run.context, ...(run.history ?? [])];
  const baselineOf = (list: readonly Document[]) =>
    list.find((document) => document.path === collected.config.baseline);
  const baseline = baselineOf(documents);
  const parsed = baseline ? parseBaseline(baseline.text, baseline.path) : { baseline: undefined, problems: [] };
  const result = applySuppressions({
    candidates: findings.map((finding) => ({ finding, identity: finding.identity })),
    documents,
    targets: new Set([...run.targets, ...(run.history ?? [])]),
    base: run.base,
    hasBase: run.hasBase,
    complete: collected.scope === 'all',
    baseline: parsed.baseline,
    baselinePath: collected.config.baseline,
    rights: collected.config.suppressions,
    now: collected.now,
    ran: [...ran, ...run.rules.flatMap(idsOf)],
    known,
  });
  const kept: RawFinding[] = [];
  const off: RawFinding[] = [];
  for (const finding of result.kept as RawFinding[]) {
    if (collected.config.rules[finding.rule] === 'off') {
      finding.suppressed = {
        by: 'config',
        reason: `rule is off in ${collected.config.path ?? 'pregate.yaml'}`,
        path: collected.config.path ?? 'pregate.yaml',
        introduced: false,
      };
      off.push(finding);
    } else kept.push(finding);
  }
  for (const draft of result.stale) {
    const meta = suppressionMetas.find((one) => one.id === draft.rule);
    const document = documents.find((one) => one.path === draft.path);
    if (!meta || !document) continue;
    kept.push(findingOf(meta, draft, document, collected.fingerprintKey));
  }
  return {
    findings: kept.sort(byPlace),
    suppressed: [...(result.suppressed as RawFinding[]), ...off].sort(byPlace),
    problems: [...parsed.problems, ...result.problems],
  };
}

/**
 * Every id a directive may name, whether its rule runs here or not. Rules on models are not loaded for a change without
 * any model; only a directive that names none of the loaded rules makes that worth while.
 */
async function knownIds(rules: readonly Rule[], documents: readonly Document[]): Promise<string[]> {
  if (!documents.some((document) => directivesIn(document).length > 0)) return [];
  const loaded = rules.flatMap(idsOf);
  const ids = new Set([...loaded, ...suppressionMetas.map((meta) => meta.id)]);
  const strange = (document: Document) =>
    directivesIn(document).some((directive) => directive.rules.some((rule) => !ids.has(rule)));
  if (documents.some(strange)) for (const meta of await allMetas()) ids.add(meta.id);
  return [...ids];
}

/** Drops what only the engine may know, so that no report can carry a secret. */
function withoutIdentity(finding: RawFinding): Finding {
  const { identity: _, ...rest } = finding;
  return rest;
}
