import type { RuleMeta } from '../rules/rule.ts';

/**
 * The page of the vendor where a leaked secret is revoked, as the rule's own advice names it. Undefined where the advice
 * begins with no address: nothing from the repository ever becomes one.
 */
export function rotationPage(meta: Pick<RuleMeta, 'fix' | 'category'> | undefined): string | undefined {
  if (meta?.category !== 'secret') return undefined;
  const address = /^(?:https:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[A-Za-z0-9._~/#?=&-]*)?)(?=[:,;. ]|$)/.exec(
    meta.fix,
  )?.[1];
  return address === undefined ? undefined : `https://${address.replace(/[.]$/, '')}`;
}
