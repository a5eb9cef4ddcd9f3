import { l10n } from 'vscode';
import type { AnswerName, GateItem, RepositoryState } from '../agent/protocol.ts';

/** Words of the answers; the sign stands before them. */
export function answerWord(answer: AnswerName): string {
  const words: Record<AnswerName, string> = {
    allow: l10n.t('passes'),
    warn: l10n.t('warns'),
    deny: l10n.t('refuses'),
    depends: l10n.t('depends'),
  };
  return words[answer];
}

export function filesText(count: number): string {
  return count === 1 ? l10n.t('1 file') : l10n.t('{0} files', count);
}

export function findingsText(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}

export function commitsText(count: number): string {
  return count === 1 ? l10n.t('1 commit') : l10n.t('{0} commits', count);
}

/**
 * The gate a person has to think about first: a push that would be refused, anything else that is, then what warns, then
 * what cannot be known here.
 */
export function firstConcern(gates: readonly GateItem[]): GateItem | undefined {
  const push = gates.find((one) => one.gate === 'push' && one.answer === 'deny');
  if (push) return push;
  for (const answer of ['deny', 'warn', 'depends'] as const) {
    const gate = gates.find((one) => one.answer === answer);
    if (gate) return gate;
  }
  return undefined;
}

/** Text inside a Markdown tooltip: nothing in it may become a link, an image or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$:]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}

export function repositoriesOf(state: { repositories: RepositoryState[] } | undefined): RepositoryState[] {
  return state?.repositories ?? [];
}
