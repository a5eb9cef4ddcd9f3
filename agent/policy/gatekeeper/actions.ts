import type { Statement } from '../statements.ts';
import type { Constraint } from './read.ts';

const effects = { deny: 'deny', warn: 'warn', dryrun: 'note' } as const;
const strongest = ['deny', 'warn', 'dryrun'] as const;

/**
 * What an enforcement point does about a violation; undefined when it does not look at the constraint at all. Of several
 * scoped actions at one point all are taken, so the strongest decides.
 */
export function effectAt(constraint: Constraint, point: string): Statement['effect'] | undefined {
  const here =
    constraint.action === 'scoped'
      ? constraint.scoped
          .filter((one) => one.points.some((name) => name === point || name === '*'))
          .map((one) => one.action)
      : [constraint.action];
  const action = strongest.find((one) => here.includes(one));
  return action && effects[action];
}
