import { scanSecrets } from '../model/secrets/index.ts';
import type { SecretHit } from '../model/secrets/types.ts';
import type { Document } from '../model/types.ts';
import type { Rule, RuleContext } from '../rules/rule.ts';
import { directivesIn } from '../suppress/directive.ts';

/**
 * What a look at a document says: `silent`, no rule that reads text has anything to say about it and no comment in it
 * speaks to Pregate; else the hits of the secret scan, which may be none. `undefined` where that could not be told, so
 * that it has to be looked at where its problems are reported.
 */
export type Look = 'silent' | readonly SecretHit[] | undefined;

/** Looks at a document with every rule that reads text. Never throws: what breaks here breaks again where it is reported. */
export function lookAt(document: Document, rules: readonly Rule[]): Look {
  let problems = 0;
  const context: RuleContext = {
    base: () => undefined,
    document: () => undefined,
    all: () => [],
    problem: () => {
      problems++;
    },
  };
  try {
    const scan = scanSecrets(document);
    if (scan.problems.length > 0) return undefined;
    if (scan.hits.length > 0) return scan.hits;
    const speaks = rules.some((rule) => !isEmpty((rule as Rule<'text'>).check(document, context)));
    return speaks || problems > 0 || directivesIn(document).length > 0 ? scan.hits : 'silent';
  } catch {
    return undefined;
  }
}

/** A rule that answers later has not said that it has nothing to say. */
function isEmpty(drafts: Iterable<unknown> | Promise<unknown>): boolean {
  return !('then' in drafts) && drafts[Symbol.iterator]().next().done === true;
}
