import { loadBundle } from '../bundles/load.ts';
import { textSubjects } from '../model/subjects-text.ts';
import type { Problem } from '../model/types.ts';
import type { PolicyBundle, PolicyEngine } from '../policy/types.ts';
import { modelRules, textRules } from '../rules/registry.ts';
import { type CollectOptions, collect } from './collect.ts';
import { type Judgement, judge, needsModels } from './judge.ts';
import type { Collected, Report, Scope } from './types.ts';

export interface CheckOptions extends CollectOptions {
  /** A bundle folder or archive that replaces the configured one (`--bundle`). */
  bundle?: string;
}

/**
 * The single door: reads a scope, judges it, and returns the report that the editor, the hooks and the command line show.
 * It never throws on bad input: what could not be done is in `report.problems`, and a fatal one closes the gate.
 */
export async function check(scope: Scope, options: CheckOptions): Promise<Report> {
  return (await checkFully(scope, options)).report;
}

/** As `check`, with what is needed to prove fixes afterwards. */
export async function checkFully(scope: Scope, options: CheckOptions): Promise<Judgement> {
  return judgeCollected(await collect(scope, { ...signatures(options), ...options }), options);
}

/** Judges what has been collected already: the language server keeps `Collected` between keystrokes. */
export async function judgeCollected(
  collected: Collected,
  options: Pick<CheckOptions, 'bundle' | 'cwd'>,
): Promise<Judgement> {
  const policy = await loadPolicy(collected, options);
  const text = await textRules();
  const models = needsModels(collected) ? await modelRules() : undefined;
  return judge(collected, {
    rules: models ? [...text, ...models.rules] : text,
    subjectsOf: models?.subjectsOf ?? textSubjects,
    engine: policy.engine,
    bundle: policy.bundle,
    policyProblems: policy.problems,
  });
}

/**
 * How every door verifies signatures and asks whether a commit would be signed. Loaded only when a scope has commits.
 */
export function signatures(options: Pick<CollectOptions, 'env'>): Pick<CollectOptions, 'verify' | 'signing'> {
  return {
    verify: async (repo, oids, allowedSigners) => {
      const { verifyCommits } = await import('../sign/verify.ts');
      return verifyCommits(repo, oids, { ...(options.env ? { env: options.env } : {}), allowedSigners });
    },
    signing: async (_repo, config) => {
      const { signingState } = await import('../sign/status.ts');
      return signingState(config, { required: false, committing: true });
    },
  };
}

interface LoadedPolicy {
  bundle: Pick<PolicyBundle, 'source'>;
  engine: PolicyEngine | undefined;
  problems: Problem[];
}

/** Loads the bundle of `--bundle`, of `pregate.yaml`, or the built-in one, and compiles it. */
export async function loadPolicy(
  collected: Collected,
  options: Pick<CheckOptions, 'bundle' | 'cwd'>,
): Promise<LoadedPolicy> {
  const { regoEngine } = await import('../policy/engine.ts');
  const loaded = await loadBundle({
    ...(options.bundle === undefined ? {} : { explicit: options.bundle }),
    ...(collected.config.policy.bundle === undefined ? {} : { configured: collected.config.policy.bundle }),
    ...(collected.config.policy.key === undefined ? {} : { key: collected.config.policy.key }),
    cwd: options.cwd,
    root: collected.repo.root,
  });
  if (!loaded.bundle) return { bundle: { source: unloaded }, engine: undefined, problems: loaded.problems };
  const compiled = regoEngine(loaded.bundle);
  return { bundle: loaded.bundle, engine: compiled.engine, problems: [...loaded.problems, ...compiled.problems] };
}

const unloaded: PolicyBundle['source'] = {
  name: 'no policy',
  revision: '',
  kind: 'directory',
  signature: 'not loaded',
  digest: '',
};
