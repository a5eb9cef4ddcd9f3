import { globMatcher } from '../../config/glob.ts';
import { type Entrypoint, effectOf } from '../entrypoints.ts';
import type { PolicyEngine } from '../types.ts';
import { answerRules } from './feeds.ts';

/** A package that is asked as conftest would, or one rule that is a decision of its own. */
export type Decision = { kind: 'package'; name: string; entry: Entrypoint } | { kind: 'rule'; entry: Entrypoint };

/** What a feed's `decision` names: a package, several with `*`, or one rule. Empty when nothing answers. */
export function decisionsOf(decision: string, engine: PolicyEngine): Decision[] {
  const answers = answerRules(engine.rules());
  const matches = decision.includes('*')
    ? globMatcher([`/${decision.replaceAll('.', '/').replace(/\*$/, '**')}`])
    : undefined;
  const fits = (name: string) => name === decision || (matches?.(name.replaceAll('.', '/')) ?? false);
  const packages = [...new Set(answers.filter((one) => fits(one.package)).map((one) => one.package))];
  const found = packages.flatMap((name): Decision[] => {
    const own = answers.filter((one) => one.package === name);
    const listing = own.filter((one) => one.effect !== 'allow');
    if (listing[0]) return [{ kind: 'package', name, entry: entryOf(`${name}.${listing[0].rule}`) }];
    return own.map((one) => ({ kind: 'rule', entry: entryOf(`${name}.${one.rule}`) }));
  });
  if (found.length > 0) return found;
  const exists = engine.rules().some((rule) => rule.path === decision || rule.path.startsWith(`${decision}.`));
  return exists && !decision.includes('*') ? [{ kind: 'rule', entry: entryOf(decision) }] : [];
}

/** The rules that a decision asks. */
export function entriesOf(decision: Decision, engine: PolicyEngine): Entrypoint[] {
  if (decision.kind === 'rule') return [decision.entry];
  const rules = answerRules(engine.rules()).filter((one) => one.package === decision.name && one.effect !== 'allow');
  return rules.map((one) => entryOf(`${one.package}.${one.rule}`));
}

export function entryOf(path: string): Entrypoint {
  const parts = path.split('.');
  const rule = parts.at(-1) as string;
  const label = `${parts.slice(1, -1).join('.')}/${rule.replaceAll('_', '-').toLowerCase()}`;
  return { path, effect: effectOf(rule) ?? 'allow', label, foreign: true };
}
