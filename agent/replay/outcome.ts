import { type LoadedPolicy, ownPatterns } from '../gate/check.ts';
import { judge, needsModels } from '../gate/judge.ts';
import type { Collected } from '../gate/types.ts';
import { textSubjects } from '../model/subjects-text.ts';
import { asksForLines, inputOf } from '../policy/decide.ts';
import type { Decision } from '../policy/types.ts';
import { modelRules, textRules } from '../rules/registry.ts';

/** What one policy said of one step: the rules that refused, warned or depended, each once. It holds no text of the repository. */
export interface Outcome {
  deny: string[];
  warn: string[];
  /** Why a gate could not be decided. */
  problems: string[];
}

export interface Candidate {
  name: 'old' | 'new';
  policy: LoadedPolicy;
}

/**
 * Judges one step by every candidate on the same findings and the same gate input, so that what differs comes from the
 * policy alone.
 */
export async function outcomesOf(
  collected: Collected,
  candidates: readonly Candidate[],
): Promise<Record<string, Outcome>> {
  const modelled = needsModels(collected);
  const [text, models, components, own] = await Promise.all([
    textRules(),
    modelled ? modelRules() : undefined,
    modelled ? import('../policy/sbom.ts') : undefined,
    ownPatterns(collected.config),
  ]);
  const out: Record<string, Outcome> = {};
  const [first] = candidates as [Candidate, ...Candidate[]];
  await judge(collected, {
    rules: [...text, ...own.rules, ...(models?.rules ?? [])],
    subjectsOf: models?.subjectsOf ?? textSubjects,
    engine: first.policy.engine,
    bundle: first.policy.bundle,
    ...(components ? { sbomOf: components.sbomOf } : {}),
    policyProblems: [],
    unshown: true,
    decide: (options) => {
      let decision: Decision | undefined;
      const lines = candidates.some(({ policy }) => asksForLines(policy));
      const built = inputOf({ ...options, lines });
      for (const { name, policy } of candidates) {
        const { engine: _, ...rest } = options;
        const made = policy.decide({
          ...rest,
          ...(policy.engine ? { engine: policy.engine } : {}),
          policy: policy.bundle.source,
          data: policy.bundle.data,
          further: policy.further ?? [],
          built,
        });
        out[name] = outcomeOf(made);
        decision ??= made;
      }
      return decision as Decision;
    },
  }).finally(own.close);
  return out;
}

function outcomeOf(decision: Decision): Outcome {
  const reasons = decision.gates.flatMap((gate) => gate.reasons);
  const rules = (effect: string) =>
    [...new Set(reasons.filter((one) => one.effect === effect).map((one) => one.rule))].sort();
  return {
    deny: rules('deny'),
    warn: rules('warn'),
    problems: [...new Set(decision.problems.filter((one) => one.fatal).map((one) => one.code))],
  };
}
