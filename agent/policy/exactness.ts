import type { Answer, Exactness, Reason } from './types.ts';

const exactnesses: readonly Exactness[] = ['exact', 'snapshot', 'approximate', 'unknowable'];

/** One exact reason makes a denial exact; a pass is only as exact as the least exact thing it rests on. */
export function exactnessOf(answer: Answer, reasons: readonly Reason[]): Exactness {
  if (answer === 'depends') return 'unknowable';
  const ranks = reasons
    .filter((reason) => answer !== 'deny' || reason.effect === 'deny')
    .map((reason) => exactnesses.indexOf(reason.exactness));
  const rank = answer === 'deny' ? Math.min(...ranks) : Math.max(0, ...ranks);
  return exactnesses[rank] as Exactness;
}
