import type { BodyExplanation } from '../rego/explain.ts';
import type { Entrypoint } from './entrypoints.ts';
import type { Gate, Place, PolicyRule, RuleExplanation } from './types.ts';

/** One thing that a rule was asked about, and what its bodies did. */
export interface ExplainedInput {
  place: Place | undefined;
  bodies: readonly BodyExplanation[];
}

/** More inputs than these are not traced: one that stopped late is shown, and a trace costs more than an answer. */
export const maximumTraced = 50;

/** Whether `asked` (of `--why`) means something that goes by these names: in full, or by the last part. */
export function isMeant(asked: string, names: readonly string[]): boolean {
  return names.some((name) => name === asked || name.endsWith(`/${asked}`));
}

/**
 * The bodies of one rule over all that it was asked about. A body that fired for one input has fired; of one that never did
 * the input is told for which it came furthest, since that is the one that was nearly refused.
 */
export function explainInputs(
  gate: Gate,
  entry: Entrypoint,
  rules: readonly PolicyRule[],
  inputs: readonly ExplainedInput[],
): RuleExplanation[] {
  const best = new Map<string, { body: BodyExplanation; place: Place | undefined }>();
  for (const { place, bodies } of inputs) {
    for (const body of bodies) {
      const key = `${body.file}:${body.line}`;
      const known = best.get(key);
      if (!known || reach(body) > reach(known.body)) best.set(key, { body, place });
    }
  }
  return [...best.values()].map(({ body, place }): RuleExplanation => {
    const rule = rules.find((one) => one.file === body.file && one.line === body.line);
    return {
      ...body,
      gate,
      rule: entry.label,
      effect: entry.effect,
      inputs: inputs.length,
      ...(place ? { place } : {}),
      ...(rule?.title === undefined ? {} : { title: rule.title }),
    };
  });
}

function reach({ fired, stopped }: BodyExplanation): number {
  return fired ? Number.POSITIVE_INFINITY : stopped ? stopped.line * 10_000 + stopped.column : 0;
}
