import type { Document, Draft, Problem } from '../model/types.ts';
import { defineRule, type Rule, type RuleMeta } from './rule.ts';

/** What a team's own patterns find, whatever their number: the message names the pattern. */
export const customSecretMeta: RuleMeta = {
  id: 'custom-secret',
  title: "Secret that a pattern of the team's own describes",
  category: 'secret',
  severity: 'high',
  confidence: 'high',
  why: 'The team has said in pregate.yaml how its own secrets look: secrets.patterns. Nobody else can know them.',
  fix: 'Revoke it where it was made, then take it out of the file and of the commits not yet pushed.',
  sources: ['https://cwe.mitre.org/data/definitions/798.html'],
};

/** What the patterns say of one document; a problem where one of them could not be run to its end. */
export interface OwnFindings {
  drafts: readonly Draft[];
  problems: readonly Problem[];
}

/**
 * The rule that reports them. What runs the patterns is given to it, because that needs a thread: an expression somebody
 * wrote can take for ever, and must neither hang a check nor pass one.
 */
export function customSecretRule(search: (document: Document) => Promise<OwnFindings>): Rule<'text'> {
  return defineRule({
    meta: customSecretMeta,
    reads: 'text',
    check: async (document, context) => {
      const { drafts, problems } = await search(document);
      for (const problem of problems) context.problem(problem);
      return drafts;
    },
  });
}
