import type { Report } from '../gate/types.ts';
import { enumerated } from '../model/values-text.ts';
import type { Answer, GateDecision } from '../policy/types.ts';
import { count } from './style.ts';

/** Sign of each answer; the word beside it carries the same meaning. */
export const signs: Record<Answer, string> = { allow: '✓', warn: '!', deny: '✗', depends: '?' };

/** The word of each answer. */
export const words: Record<Answer, string> = { allow: 'pass', warn: 'warn', deny: 'refuse', depends: 'depends' };

/** The word of a gate's answer, the same in every report. What was not judged at all does not depend on anything. */
export function wordOf({ answer, open }: Pick<GateDecision, 'answer' | 'open'>): string {
  return open ? 'unknown' : words[answer];
}

/** The line of a gate beside that word, which need not be said twice. */
export function summaryBesideWord({ summary }: Pick<GateDecision, 'summary'>): string {
  return summary.replace(/^depends on: /, '');
}

/** The whole answer in one line: which gates refuse, else what keeps it from being a pass. */
export function verdictOf({ decision }: Pick<Report, 'decision'>): { answer: Answer; text: string } {
  const named = (fits: (gate: GateDecision) => boolean) => decision.gates.filter(fits).map(({ gate }) => gate);
  const refused = named((gate) => gate.answer === 'deny');
  if (refused.length > 0) return { answer: 'deny', text: `${enumerated(refused)} would refuse` };
  const undecided = named(({ open }) => open !== undefined);
  if (undecided.length === decision.gates.length) return { answer: 'depends', text: 'no gate was judged' };
  if (undecided.length > 0)
    return {
      answer: 'depends',
      text: `${enumerated(undecided)} ${undecided.length === 1 ? 'was' : 'were'} not judged`,
    };
  const open = named((gate) => gate.answer === 'depends');
  if (open.length > 0)
    return { answer: 'depends', text: `nothing is refused; ${enumerated(open)} cannot be decided here` };
  const warnings = decision.gates.flatMap(({ reasons }) => reasons.filter(({ effect }) => effect === 'warn')).length;
  if (warnings > 0) return { answer: 'warn', text: `nothing is refused, with ${count(warnings, 'warning')}` };
  return { answer: 'allow', text: 'every gate passes' };
}
