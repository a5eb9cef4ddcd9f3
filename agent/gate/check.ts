import { bundlesOf, type PolicyConfig } from '../config.ts';
import type { Recorder } from '../decision-log/event.ts';
import { anySnapshot } from '../forge/kept.ts';
import { withoutCredentials } from '../git/remote-url.ts';
import { textSubjects } from '../model/subjects-text.ts';
import type { Problem } from '../model/types.ts';
import type { FurtherJudge } from '../policy/further.ts';
import { type Gate, gates, type PolicyBundle, type PolicyEngine } from '../policy/types.ts';
import { modelRules, textRules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { signingState } from '../sign/state.ts';
import type { ForeignEngine } from './beside.ts';
import { type CollectOptions, collect } from './collect.ts';
import { type Judgement, judge, needsModels } from './judge.ts';
import { checkPin } from './pins.ts';
import { mergeReports, splitScope } from './split.ts';
import type { Collected, Report, Scope } from './types.ts';

export interface CheckOptions extends CollectOptions {
  /** A bundle folder or archive that replaces the configured one (`--bundle`). */
  bundle?: string;
  /** Another engine, or one beside it. Given by the command line only, so that no hook carries what it needs. */
  engine?: EngineChoice;
  /** Write what a central policy decides to this user's decision log. Not while typing. */
  log?: boolean;
  /** Ask the bundle services first that the user wants to be asked by themselves. Never set by a hook. */
  refresh?: boolean;
  /**
   * Judges for a team, on a server or in CI: nothing that lies on this machine alone counts, neither what its user has pinned
   * nor a list of signers outside the repository.
   */
  authority?: boolean;
  /** Judges of the caller, beside all others: `policy input` sees through one what policies see. */
  further?: readonly FurtherJudge[];
  /** The gates that are asked; all five when left out. A hook asks one and compiles only what that one needs. */
  gates?: readonly Gate[];
  /** A gate or rule whose bodies are to be explained (`--why`). */
  explain?: string;
}

/** What is asked of a judgement beside what was collected. */
export type JudgeOptions = Pick<
  CheckOptions,
  'authority' | 'bundle' | 'cwd' | 'engine' | 'env' | 'explain' | 'further' | 'gates' | 'log' | 'refresh'
>;

/** Replaces or wraps the engine of a loaded policy. */
export type EngineChoice = (
  policy: LoadedPolicy,
  context: { root: string; env: NodeJS.ProcessEnv; gates?: readonly Gate[] },
) => Promise<ChosenEngine>;

export interface ChosenEngine {
  policy: LoadedPolicy;
  /** Fetches what the engine was asked and could not answer yet; true when there was any, so that judging again helps. */
  settle?: () => Promise<boolean>;
  close?: () => void;
}

/**
 * The single door: reads a scope, judges it, and returns the report that the editor, the hooks and the command line show.
 * It never throws on bad input: what could not be done is in `report.problems`, and a fatal one closes the gate.
 */
export async function check(scope: Scope, options: CheckOptions): Promise<Report> {
  return (await checkFully(scope, options)).report;
}

/**
 * As `check`, with what is needed to prove fixes afterwards. A push of several branches is judged branch by branch and
 * reported as one; fixes are then offered for the first branch only, which is the one that is checked out.
 */
export async function checkFully(scope: Scope, options: CheckOptions): Promise<Judgement> {
  const judgements: Judgement[] = [];
  for (const part of splitScope(scope)) {
    judgements.push(await judgeCollected(await collect(part, { ...signatures(options), ...options }), options));
  }
  const [first] = judgements as [Judgement, ...Judgement[]];
  const report = mergeReports(judgements.map((judgement) => judgement.report));
  return { ...first, report, mask: (text) => judgements.reduce((masked, judgement) => judgement.mask(masked), text) };
}

/**
 * Loads what almost every judgement needs while `collect` waits for git's processes. One part at a time, so that git's
 * answers are taken in between. What cannot be loaded is met again, and reported, by who needs it.
 */
export async function preload(): Promise<void> {
  const parts = [textRules, () => import('../policy/decide.ts'), () => import('../policy/built-in.ts')];
  try {
    for (const load of parts) {
      await new Promise((resolve) => setImmediate(resolve));
      await load();
    }
  } catch {
    // See above.
  }
}

/** Judges what has been collected already: the language server keeps `Collected` between keystrokes. */
export async function judgeCollected(collected: Collected, options: JudgeOptions): Promise<Judgement> {
  const asked = options.gates ?? gates;
  const modelled = needsModels(collected);
  // The built-in commit and push gates do not look at components, so a hook is spared reading them.
  const builtIn = options.bundle === undefined && bundlesOf(collected.config.policy).length === 0;
  const wantsComponents = modelled && (!builtIn || asked.some((gate) => gate !== 'commit' && gate !== 'push'));
  const [{ policy, settle, close }, text, models, components] = await Promise.all([
    chosenPolicy(collected, options),
    textRules(),
    modelled ? modelRules() : undefined,
    wantsComponents ? import('../policy/sbom.ts') : undefined,
  ]);
  const forge = await forgeOf(collected, asked, options.env ?? process.env);
  const limits = await limitsOf(collected);
  const recorder = options.log ? await recorderFor(policy) : undefined;
  const own = await ownPatterns(collected.config);
  const answer = () => {
    recorder?.reset();
    return judge(collected, {
      rules: [...text, ...own.rules, ...(models?.rules ?? [])],
      subjectsOf: models?.subjectsOf ?? textSubjects,
      engine: recorder && !policy.foreign?.beside ? recorder.engine : policy.engine,
      bundle: policy.bundle,
      decide: policy.decide,
      ...(components ? { sbomOf: components.sbomOf } : {}),
      gates: asked,
      explain: options.explain,
      policyProblems: [...policy.problems, ...(forge?.problems ?? [])],
      further: [...(policy.further ?? []), ...(forge?.judges ?? []), ...limits, ...(options.further ?? [])],
      ...(forge?.settings ? { settings: forge.settings } : {}),
    });
  };
  try {
    let judgement = await answer();
    // Judging is pure: asked again, it only knows more.
    while (await settle?.()) judgement = await answer();
    await keepDecisions(recorder, policy, judgement, options);
    return judgement;
  } finally {
    close?.();
    own.close();
  }
}

/** The rule for the patterns of the configuration, and what ends their thread; neither is loaded where there are none. */
export async function ownPatterns({ secrets }: Collected['config']): Promise<{ rules: Rule[]; close: () => void }> {
  if (secrets.patterns.length === 0) return { rules: [], close: () => undefined };
  const { customSecrets } = await import('../patterns/rule.ts');
  const { rule, close } = customSecrets(secrets.patterns);
  return { rules: [rule as unknown as Rule], close };
}

/** The built-in gates are no central team's, and an OPA server keeps a log of its own. */
async function recorderFor({ engine, bundle, foreign }: LoadedPolicy): Promise<Recorder | undefined> {
  if (!engine || bundle.source.kind === 'built-in' || bundle.source.kind === 'server') return undefined;
  const { recorderOf } = await import('../decision-log/event.ts');
  const recorder = recorderOf(engine, () => performance.now());
  foreign?.wrap((inner) => recorder.around(inner));
  return recorder;
}

async function keepDecisions(
  recorder: Recorder | undefined,
  { engine, bundle }: LoadedPolicy,
  { mask, report }: Judgement,
  { env = process.env }: JudgeOptions,
): Promise<void> {
  if (!recorder || !engine) return;
  const { writeDecisions } = await import('../decision-log/write.ts');
  writeDecisions(recorder.recorded(), {
    engine: recorder.last(),
    source: bundle.source,
    mask,
    env,
    decision: report.decision,
  });
}

async function chosenPolicy(collected: Collected, options: JudgeOptions): Promise<ChosenEngine> {
  const policy = await loadPolicy(collected, options);
  if (!options.engine) return { policy };
  const { env = process.env, gates: asked } = options;
  return options.engine(policy, { root: collected.repo.root, env, ...(asked ? { gates: asked } : {}) });
}

/** What the forge would say to a push, where a snapshot of its rules is kept. */
async function forgeOf(collected: Collected, asked: readonly Gate[], env: NodeJS.ProcessEnv) {
  if (!collected.push || !asked.includes('push')) return undefined;
  if (collected.config.policy.forge === undefined && !anySnapshot(env)) return undefined;
  const { loadForge } = await import('../forge/load.ts');
  return loadForge(collected, env);
}

/** What github.com refuses whatever its settings are. Few pushes hold so large a file, so the rest is spared the code. */
async function limitsOf({ targets, history }: Collected): Promise<FurtherJudge[]> {
  const isLarge = ({ size }: { size: number }) => size > 50_000_000;
  if (!targets.some(isLarge) && !history.some(isLarge)) return [];
  return [(await import('../policy/forge/github-limits.ts')).githubLimits];
}

/**
 * How every door verifies signatures and asks whether a commit would be signed. Loaded only when a scope has commits.
 */
export function signatures(
  options: Pick<CollectOptions, 'env'> & { committing?: boolean; authority?: boolean; pid?: number },
): Pick<CollectOptions, 'verify' | 'signing'> {
  return {
    verify: async (repo, oids, allowedSigners, config) => {
      const { verifyCommits } = await import('../sign/verify.ts');
      const baseOnly = options.authority ?? false;
      return verifyCommits(repo, oids, {
        ...(options.env ? { env: options.env } : {}),
        allowedSigners,
        baseOnly,
        config,
      });
    },
    signing: async (_repo, config) => {
      return signingState(config, { required: false, committing: options.committing ?? true, pid: options.pid });
    },
  };
}

export interface LoadedPolicy {
  bundle: Pick<PolicyBundle, 'source'> & Partial<PolicyBundle>;
  engine: PolicyEngine | undefined;
  decide: typeof import('../policy/decide.ts')['decide'];
  problems: Problem[];
  /** Foreign policies and the forge's rules, which judge beside the engine. */
  further?: FurtherJudge[];
  /** What foreign policies ask, where there are such. */
  foreign?: ForeignEngine;
}

/** Loads the bundle of `--bundle`, of `pregate.yaml`, or the built-in one, and compiles what the asked gates need. */
export async function loadPolicy(collected: Collected, options: JudgeOptions): Promise<LoadedPolicy> {
  const { policy } = collected.config;
  const { decide } = await import('../policy/decide.ts');
  // A policy named on the command line is a person's choice of this moment and is not held against what was used before.
  const { commonDir } = collected.repo;
  const changed =
    options.bundle === undefined && !options.authority && commonDir !== undefined
      ? checkPin(policy, commonDir, options.env ?? process.env, collected.proposedConfig?.policy)
      : undefined;
  if (options.bundle === undefined && bundlesOf(policy).length === 0 && policy.key === undefined) {
    const { builtInPolicy } = await import('../policy/built-in.ts');
    const loaded = builtInPolicy(options.gates);
    return changed
      ? { ...loaded, decide, engine: undefined, problems: [changed] }
      : { decide, engine: undefined, ...loaded };
  }
  const unloaded = notLoaded(policy, options.bundle);
  if (changed) return { bundle: { source: unloaded }, decide, engine: undefined, problems: [changed] };
  // Only where a bundle is configured: what reads it, and every builtin its rules may call.
  const [{ engineFor }, { loadBundle }] = await Promise.all([
    import('../policy/engines.ts'),
    import('../bundles/load.ts'),
  ]);
  if (options.refresh) {
    const { refreshDue } = await import('../bundles/fetch.ts');
    await refreshDue(bundlesOf(policy), options.env ?? process.env);
  }
  const loaded = await loadBundle({
    ...(options.bundle === undefined ? {} : { explicit: options.bundle }),
    ...(options.env ? { env: options.env } : {}),
    policy,
    cwd: options.cwd,
    root: collected.repo.root,
    ...baseOf(collected),
  });
  if (!loaded.bundle) return { bundle: { source: unloaded }, engine: undefined, decide, problems: loaded.problems };
  const compiled = engineFor(loaded.bundle, options.gates);
  const problems = [...loaded.problems, ...compiled.problems];
  const source = { ...loaded.bundle.source, ...(compiled.engine ? { engine: compiled.engine.name } : {}) };
  if (!compiled.engine) return { bundle: { source }, engine: undefined, decide, problems };
  const { besideOf } = await import('./beside.ts');
  const beside = await besideOf(collected, { ...loaded.bundle, source }, compiled.engine, options);
  return { ...beside, decide, problems: [...problems, ...beside.problems] };
}

/** A policy that lies in the repository is judged by its base's version: a push does not bring its own judge. */
function baseOf({ scope, repo }: Collected): { base?: { commit: string } } {
  const commit = scope === 'staged' ? repo.head : scope === 'outgoing' || scope === 'range' ? repo.mergeBase : null;
  return commit === null ? {} : { base: { commit } };
}

/** What stands in a report for a policy that could not be used: what was asked for, and nothing of it. */
function notLoaded(policy: PolicyConfig, explicit: string | undefined): PolicyBundle['source'] {
  const named = explicit === undefined ? bundlesOf(policy).map(({ bundle }) => bundle) : [explicit];
  const name = named.map((one) => (/^https?:/i.test(one) ? withoutCredentials(one) : one)).join(' + ') || 'no policy';
  return { name, revision: '', kind: 'directory', signature: 'not loaded', digest: '' };
}
