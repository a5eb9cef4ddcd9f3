import type { Finding } from '../model/types.ts';
import type { Reason } from '../policy/types.ts';

/**
 * What takes a reason back, for a person: the policy's own remedy, and behind it, where a secret is refused, the place
 * where that kind of secret is made void. "Rotate it" alone leaves somebody whose token has just leaked to search for
 * the page. Undefined where the policy has no remedy.
 */
export function remedyOf(reason: Reason, findings: readonly Finding[]): string | undefined {
  const { remedy, effect, finding } = reason;
  if (remedy === undefined || effect !== 'deny' || finding === undefined) return remedy;
  const ending = findings.find((one) => one.fingerprint === finding)?.ending;
  if (ending === undefined || ending === '') return remedy;
  return `${remedy}${/[.!?)]$/.test(remedy) ? '' : '.'} ${ending}`;
}
