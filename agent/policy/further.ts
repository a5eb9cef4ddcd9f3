import type { Collected } from '../gate/types.ts';
import type { Problem } from '../model/types.ts';
import type { BuiltInput } from './input.ts';
import type { Statement } from './statements.ts';
import type { Gate, RuleExplanation } from './types.ts';

/** What a judge beside the bundle's own gates is asked. */
export interface FurtherQuestion {
  built: BuiltInput;
  /** Its targets are what is judged; `context` may hold the whole repository. */
  collected: Collected;
  gates: readonly Gate[];
  nowNs: bigint;
  /** A gate or rule whose bodies are to be explained. */
  explain?: string;
}

/** What such a judge says of one gate. */
export interface FurtherAnswer {
  gate: Gate;
  statements: Statement[];
  /** Any of them closes the gate. */
  problems: Problem[];
  /** With `explain`: the bodies that were meant, and the names that could have been. */
  explanations?: RuleExplanation[];
  explainable?: string[];
}

/**
 * A judge beside the gates of `pregate.*`: policies that were written for other inputs, and the forge's own rules.
 * A gate it names is judged, also when it has nothing to say about it.
 */
export type FurtherJudge = (question: FurtherQuestion) => FurtherAnswer[];

/** All that was said of one gate; undefined when nobody has judged it. */
export function answersOf(answers: readonly FurtherAnswer[], gate: Gate): Omit<FurtherAnswer, 'gate'> | undefined {
  const mine = answers.filter((answer) => answer.gate === gate);
  if (mine.length === 0) return undefined;
  return {
    statements: mine.flatMap((answer) => answer.statements),
    problems: mine.flatMap((answer) => answer.problems),
  };
}
