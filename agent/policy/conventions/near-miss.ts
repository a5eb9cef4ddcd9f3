import type { BodyExplanation } from '../../rego/explain.ts';
import type { Statement } from '../statements.ts';

/**
 * A plain `allow` that is not true gives no reason. What came nearest does: the expression that stopped the body that went
 * furthest, with its value, and where in the input that value stands. Empty for statements that have words of their own.
 */
export function nearMiss(statement: Statement, bodies: () => readonly BodyExplanation[]): Partial<Statement> {
  const { entry, effect, message } = statement;
  if (entry.effect !== 'allow' || effect !== 'deny' || !/^The policy (?:does|says)/.test(message)) return {};
  // Lines below the head tell how far a body went; of several that went as far, the first.
  const [nearest] = bodies()
    .filter((body) => !body.fired && body.stopped)
    .sort((a, b) => (b.stopped?.line ?? 0) - b.line - ((a.stopped?.line ?? 0) - a.line));
  const furthest = nearest?.stopped;
  if (!furthest) return {};
  const [value] = furthest.values.filter((one) => one.text !== furthest.text.trim());
  const shown = value && JSON.stringify(value.value);
  const is = value === undefined ? '' : ` (${value.text} is ${shown === undefined ? 'undefined' : shown.slice(0, 80)})`;
  const path = /^input((?:\.\w+)+)$/.exec(value?.text ?? furthest.text.trim())?.[1];
  return {
    message: `${message}; nearest: ${furthest.text.replace(/\s+/g, ' ').trim()}${is}`,
    ...(path === undefined ? {} : { at: path.replaceAll('.', '/') }),
  };
}
