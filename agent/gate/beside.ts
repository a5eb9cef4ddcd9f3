import type { Problem } from '../model/types.ts';
import { supplyData } from '../policy/conventions/data.ts';
import { isOwn } from '../policy/conventions/feeds.ts';
import { planForeign } from '../policy/conventions/plan.ts';
import type { FurtherJudge } from '../policy/further.ts';
import type { Gate, PolicyBundle, PolicyEngine } from '../policy/types.ts';
import { unknownInput } from '../policy/unknown-input.ts';
import type { Collected } from './types.ts';

export interface Beside {
  bundle: PolicyBundle;
  engine: PolicyEngine | undefined;
  further: FurtherJudge[];
  problems: Problem[];
  foreign?: ForeignEngine;
}

/** The engine that rules written for other inputs ask. */
export interface ForeignEngine {
  /** The built-in gates answer beside them: what `LoadedPolicy.engine` says is not the bundle's. */
  beside: boolean;
  /** Puts another in its place that answers the same, such as one that remembers what it said. */
  wrap(around: (engine: PolicyEngine) => PolicyEngine): void;
}

/**
 * What a bundle brings that was not written for Pregate: conftest's and Gatekeeper's rules, plain decisions. A bundle with
 * gates of its own replaces the built-in ones; one without stands beside them, because it says nothing about secrets,
 * signatures or pushes.
 */
export async function besideOf(
  collected: Collected,
  bundle: PolicyBundle,
  engine: PolicyEngine,
  options: { cwd: string; env?: NodeJS.ProcessEnv; gates?: readonly Gate[] },
): Promise<Beside> {
  const { told, ...complete } = isOwn(engine.rules()) ? { bundle, engine, told: [] } : supplyData(bundle, engine);
  let current = complete.engine;
  const asked: PolicyEngine = {
    ...complete.engine,
    evaluate: (paths, input, how) => current.evaluate(paths, input, how),
  };
  const plan = planForeign(complete.bundle, asked, collected.config.policy.feeds, told);
  // A bundle that brings gates of its own and nothing else needs no file of the repository.
  const related =
    plan.told.length === 0 ? { documents: [], problems: [] } : await relatedOf(collected, plan.wants, options);
  const further = plan.judges(related);
  const problems = [...plan.problems, ...related.problems];
  const foreign: ForeignEngine = {
    beside: !plan.own,
    wrap: (around) => {
      current = around(current);
    },
  };
  const shared = plan.told.length === 0 ? {} : { foreign };
  if (plan.own) {
    return { bundle, engine, further, problems: [...problems, ...unknownInput(engine)], ...shared };
  }
  const { builtInPolicy } = await import('../policy/built-in.ts');
  const builtIn = builtInPolicy(options.gates);
  const source = { ...bundle.source, name: `${bundle.source.name} beside the built-in gates` };
  return {
    bundle: { ...bundle, source },
    engine: builtIn.engine,
    further,
    problems: [...problems, ...builtIn.problems],
    ...shared,
  };
}

async function relatedOf(
  collected: Collected,
  wants: ((path: string) => boolean) | undefined,
  options: { cwd: string; env?: NodeJS.ProcessEnv },
) {
  const { relatedFiles } = await import('./collect/related.ts');
  return relatedFiles(collected, wants ?? (() => false), options);
}
