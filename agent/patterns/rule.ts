import type { OwnPattern } from '../config/patterns.ts';
import { customSecretRule } from '../rules/custom-secret.ts';
import type { Rule } from '../rules/rule.ts';
import { startPatterns } from './search.ts';

/** The rule for a team's patterns, and what ends the thread in which they run. */
export function customSecrets(patterns: readonly OwnPattern[]): { rule: Rule<'text'>; close: () => void } {
  const { search, close } = startPatterns(patterns);
  return { rule: customSecretRule(search), close };
}
