import type { Collected } from '../gate/types.ts';
import type { NpmProject } from '../model/npm/project.ts';
import type { SubjectSet } from '../model/subjects.ts';
import type { Finding, Problem } from '../model/types.ts';
import { type Entrypoint, entrypointsOf } from './entrypoints.ts';
import { evaluateGate } from './evaluate.ts';
import { exactnessOf } from './exactness.ts';
import { type Weighed, weighExceptions } from './exceptions.ts';
import { explanationsOf, namesOf } from './explain.ts';
import { answersOf, type FurtherAnswer, type FurtherJudge } from './further.ts';
import type { SbomInput } from './gate-input.ts';
import { type BuiltInput, gateInput, nowNs, withPolicy } from './input.ts';
import { reasonOf } from './reasons.ts';
import { type DeclaredRollouts, declaredRollouts } from './rollout.ts';
import { summaryOf } from './summary.ts';
import {
  type Answer,
  type Decision,
  type Gate,
  type GateDecision,
  type GateProblem,
  gates,
  type PolicyEngine,
  type PolicySource,
  type Reason,
} from './types.ts';
import { unreadComponents } from './unread-components.ts';

const noChanges: SbomInput['diff'] = { changes: [], added: [], removed: [], changed: [], license_changed: [] };
const emptySbom: SbomInput = { components: [], edges: [], diff: noChanges, setPlaces: () => {} };

export interface DecideOptions {
  collected: Collected;
  /** All findings, suppressed ones included. */
  findings: readonly Finding[];
  /** What could not be checked; a fatal one keeps every gate from passing. */
  problems?: readonly Problem[];
  subjects?: Pick<SubjectSet, 'npm' | 'pipeline'>;
  /** `sbomOf` of `sbom.ts`; without it the components of the npm projects count as unknown. */
  sbomOf?: (projects: readonly NpmProject[]) => SbomInput;
  /** Undefined when no policy could be loaded: no gate is decided then. */
  engine?: PolicyEngine;
  policy?: PolicySource;
  /** The bundle's data: `pregate.rollout` and `pregate.exceptions` in it are read. */
  data?: unknown;
  /** All five when left out. */
  gates?: readonly Gate[];
  /** A gate or rule (`push`, `push/secret`, `secret`) whose bodies are to be explained. */
  explain?: string;
  /** `collected.config` is the base's, or there is no base. Otherwise it may raise what counts, and not lower it. */
  trusted?: boolean;
  /** Policies that were written for other inputs, and the forge's own rules: they judge beside the engine. */
  further?: readonly FurtherJudge[];
  /** Snapshots of what the forge is set to, for the input. */
  settings?: Record<string, unknown>;
  /** `inputOf` of the same options, where several policies judge one change; `policy` is put into it. */
  built?: BuiltInput;
}

/**
 * Whether a policy may look at `changes[].lines`. Comparing texts line by line costs more than the rest of the input, and
 * the built-in gates do not look at it.
 */
export function asksForLines({
  engine,
  further,
}: {
  engine?: PolicyEngine | undefined;
  further?: readonly unknown[];
}): boolean {
  return (engine?.mayRead?.('/changes/0/lines') ?? true) || (further ?? []).length > 0;
}

/** What policies are asked about: `gate.input/v1` with the places of its parts. */
export function inputOf(
  options: Pick<DecideOptions, 'collected' | 'findings' | 'subjects' | 'sbomOf' | 'policy' | 'settings'> & {
    lines: boolean;
  },
): BuiltInput {
  const projects = options.subjects?.npm ?? [];
  const sbom = projects.length === 0 ? emptySbom : options.sbomOf?.(projects);
  return gateInput(options.collected, options.findings, {
    lines: options.lines,

    ...(options.subjects ? { pipelines: options.subjects.pipeline } : {}),
    ...(sbom ? { sbom } : {}),
    ...(options.policy ? { policy: options.policy } : {}),
    ...(options.settings ? { settings: options.settings } : {}),
  });
}

/**
 * Answers each gate for a collected scope. Pure: the same input, policy and instant give the same decision.
 * A gate that could not be evaluated is never `allow`: it `depends`, is labelled unknowable, and has a fatal problem.
 */
export function decide(options: DecideOptions): Decision {
  const { collected, engine } = options;
  const asked = options.gates ?? gates;
  if (!engine) return undecided(asked, 'No policy could be loaded, so no gate was decided');
  const built =
    options.built && options.policy
      ? withPolicy(options.built, options.policy)
      : (options.built ?? inputOf({ ...options, lines: asksForLines(options) }));
  const rules = engine.rules();
  const entries = new Map(gates.map((gate) => [gate, entrypointsOf(rules, gate)]));
  if ([...entries.values()].every((list) => list.length === 0) && !options.further?.length) {
    return undecided(
      asked,
      'The policy has no rule for any gate (package pregate.<gate>, or main), so nothing was judged',
    );
  }
  const question = {
    built,
    collected,
    gates: asked,
    nowNs: nowNs(collected.now),
    ...(options.explain === undefined ? {} : { explain: options.explain }),
  };
  const further = (options.further ?? []).flatMap((judge) => judge(question));
  const fatal = (options.problems ?? []).find((problem) => problem.fatal);
  const permissive = options.policy === undefined || options.policy.kind === 'built-in';
  const rollouts = declaredRollouts(options.data, permissive);
  const { weighed, problems } = weighExceptions(collected.exceptions?.entries ?? [], options.data, collected.now);
  const settings = { rollouts, exceptions: weighed };
  const results = asked.map((gate) => {
    const list = entries.get(gate) ?? [];
    const beside = answersOf(further, gate);
    if (list.length === 0 && !beside) return notJudged(gate);
    return decideGate(gate, list, built, { ...options, ...settings }, engine, fatal, beside);
  });
  const broken = (collected.exceptions?.broken ?? []).map(({ from, problem }) => `${from} does not count: ${problem}`);
  const notes = [...rollouts.problems, ...problems, ...broken];
  return {
    gates: results.map((result) => result.decision),
    engine: engine.name,
    ...(options.explain === undefined
      ? {}
      : {
          explanations: [
            ...explanationsOf(engine, entries, options.explain, built.input, nowNs(collected.now)),
            ...further.flatMap((one) => one.explanations ?? []),
          ],
          explainable: [
            ...new Set([...asked, ...namesOf(entries, rules), ...further.flatMap((one) => one.explainable ?? [])]),
          ],
        }),
    problems: [
      ...results.flatMap((result) => result.problems),
      ...notes.map((message) => ({ code: 'rollout-unread', message, fatal: false })),
    ],
  };
}

interface Decided {
  decision: GateDecision;
  problems: GateProblem[];
}

function decideGate(
  gate: Gate,
  entries: readonly Entrypoint[],
  built: BuiltInput,
  options: DecideOptions & { rollouts: DeclaredRollouts; exceptions: readonly Weighed[] },
  engine: PolicyEngine,
  fatal: Problem | undefined,
  beside: Omit<FurtherAnswer, 'gate'> | undefined,
): Decided {
  const { collected } = options;
  const own = evaluateGate(engine, entries, built.input, nowNs(collected.now));
  const [first] = entries;
  // The built-in gates ask of components only what concerns npm.
  const isForeign = options.policy !== undefined && options.policy.kind !== 'built-in';
  const missed = first && isForeign ? unreadComponents(engine, [`data.pregate.${gate}`], collected, first) : [];
  const evaluated = {
    statements: [...own.statements, ...missed, ...(beside?.statements ?? [])],
    problems: [...own.problems, ...(beside?.problems ?? [])],
  };
  const context = {
    gate,
    input: built.input,
    places: built.places,
    rules: engine.rules(),
    config: collected.config,
    trusted: options.trusted ?? true,
    rollouts: options.rollouts,
    exceptions: options.exceptions,
  };
  const reasons = evaluated.statements.map((statement) => reasonOf(statement, context)).sort(byWeight);
  const unseen = gate === 'commit' || gate === 'push' ? unseenNote(gate, collected) : undefined;
  if (unseen) reasons.push(unseen);
  const answer = answerOf(reasons);
  const blocker = evaluated.problems[0] ?? fatal;
  const problems = evaluated.problems.map((problem) => ({ ...problem, gate, fatal: true }));
  if (blocker && answer !== 'deny') {
    return { decision: { ...without(gate, 'undecided', blocker.message), reasons }, problems };
  }
  const summary = summaryOf(gate, answer, reasons, { input: built.input, collected });
  return { decision: { gate, answer, exactness: exactnessOf(answer, reasons), summary, reasons }, problems };
}

function answerOf(reasons: readonly Reason[]): Answer {
  for (const effect of ['deny', 'depends', 'warn'] as const) {
    if (reasons.some((reason) => reason.effect === effect)) return effect;
  }
  return 'allow';
}

const weights: Record<Reason['effect'], number> = { deny: 0, depends: 1, warn: 2, note: 3 };

function byWeight(a: Reason, b: Reason): number {
  return weights[a.effect] - weights[b.effect];
}

/** What was not looked at keeps a pass from being exact: a secret may lie there. */
function unseenNote(gate: Gate, collected: Collected): Reason | undefined {
  const unseen = collected.skipped.filter((one) => one.partial || ['too-large', 'unreadable'].includes(one.reason));
  const [first] = unseen;
  if (!first) return undefined;
  const message =
    unseen.length === 1 ? `Not looked at: ${first.detail}` : `${unseen.length} files were not looked at in full`;
  return {
    gate,
    rule: `${gate}/not-looked-at`,
    effect: 'note',
    message,
    place: { path: first.path },
    exactness: 'approximate',
  };
}

/** A bundle that says nothing about a gate has not passed it. */
function notJudged(gate: Gate): Decided {
  const message = `the policy has no rules for the gate ${gate}`;
  return { decision: without(gate, 'unjudged', message), problems: [] };
}

function undecided(asked: readonly Gate[], message: string): Decision {
  return {
    gates: asked.map((gate) => without(gate, 'undecided', message)),
    problems: [{ code: 'policy-missing', message, fatal: true }],
  };
}

/** The decision about a gate that has no answer. */
function without(gate: Gate, open: NonNullable<GateDecision['open']>, message: string): GateDecision {
  const summary = `${open === 'unjudged' ? 'not judged' : 'not decided'}: ${message}`;
  return { gate, answer: 'depends', exactness: 'unknowable', summary, reasons: [], open };
}
