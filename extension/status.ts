import { type Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { type RepositoryState, type StateData, signs } from '../agent/protocol.ts';
import type { Agent } from './agent.ts';
import { answerWord, escapeMarkdown, firstConcern, repositoriesOf } from './text.ts';

/** A check that ends within this time shows no spinner. */
const SPINNER_AFTER_MS = 1_000;

/** The one item in the status bar: the gate to think about first, with the whole ladder as its tooltip. */
export function createStatus(agent: Agent): Disposable {
  const bar = window.createStatusBarItem('pregate.gates', StatusBarAlignment.Left, 40);
  bar.name = 'Pregate';
  bar.command = 'pregate.previewGates';
  let spinner: NodeJS.Timeout | undefined;
  let spinning = false;

  const draw = (): void => {
    const shown = statusOf(agent);
    if (!shown) {
      bar.hide();
      return;
    }
    bar.text = spinning ? `$(sync~spin) ${shown.text.replace(/^\S+ /, '')}` : shown.text;
    bar.tooltip = shown.tooltip;
    bar.accessibilityInformation = { label: shown.label };
    bar.backgroundColor = shown.blocked ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    bar.show();
  };

  const update = (): void => {
    if (agent.busy.busy && !spinner && !spinning) {
      spinner = setTimeout(() => {
        spinner = undefined;
        spinning = true;
        draw();
      }, SPINNER_AFTER_MS);
    }
    if (!agent.busy.busy) {
      clearTimeout(spinner);
      spinner = undefined;
      spinning = false;
    }
    draw();
  };

  const subscriptions = [agent.onDidChange(update), workspace.onDidGrantWorkspaceTrust(draw)];
  draw();
  return {
    dispose: () => {
      clearTimeout(spinner);
      for (const one of subscriptions) one.dispose();
      bar.dispose();
    },
  };
}

interface Shown {
  text: string;
  label: string;
  tooltip: MarkdownString;
  /** A push would be blocked: the only case in which the item has a background. */
  blocked: boolean;
}

function statusOf(agent: Agent): Shown | undefined {
  if (agent.status === 'failed') {
    const text = l10n.t('Pregate does not run. Its log says why.');
    return {
      text: `${signs.depends} ${l10n.t('not running')}`,
      label: text,
      tooltip: new MarkdownString(text),
      blocked: false,
    };
  }
  if (agent.state && !agent.state.trusted) {
    const text = l10n.t('Restricted Mode: open files are scanned, git and hooks are not used.');
    return {
      text: `${signs.depends} ${l10n.t('gates')}`,
      label: text,
      tooltip: new MarkdownString(text),
      blocked: false,
    };
  }
  const repositories = repositoriesOf(agent.state);
  return repositories.length === 0 ? undefined : verdictOf(agent.state, repositories);
}

function verdictOf(state: StateData | undefined, repositories: readonly RepositoryState[]): Shown {
  const gates = repositories.flatMap((repository) => repository.gates);
  const fatal = repositories.flatMap((repository) => repository.problems).find((problem) => problem.fatal);
  const concern = firstConcern(gates);
  const blocked = gates.some((gate) => gate.gate === 'push' && gate.answer === 'deny');
  const tooltip = ladder(repositories);
  if (concern?.answer === 'deny') return shown(concern.answer, concern.gate, concern.summary, tooltip, blocked);
  if (fatal || gates.length === 0) {
    return shown('depends', l10n.t('not checked'), fatal?.message ?? l10n.t('Not checked yet.'), tooltip, false);
  }
  const broken = repositories.find((one) => one.hooks === 'broken');
  // What the gates say is worth little where git does not ask them.
  if (broken) return shown('depends', l10n.t('hooks'), broken.hooksNote, tooltip, false);
  const damaged = repositories.find((one) => one.damage.log > 0);
  if (damaged) {
    const name = l10n.t('log: {0} damaged', damaged.damage.log);
    return shown('depends', name, damaged.damage.notes[0] ?? '', tooltip, false);
  }
  if (concern) return shown(concern.answer, concern.gate, concern.summary, tooltip, false);
  return shown('allow', l10n.t('gates'), state ? l10n.t('All gates pass.') : '', tooltip, false);
}

function shown(
  answer: keyof typeof signs,
  name: string,
  summary: string,
  tooltip: MarkdownString,
  blocked: boolean,
): Shown {
  return {
    text: `${signs[answer]} ${name}`,
    label: `Pregate: ${name} ${answerWord(answer)}. ${summary}`,
    tooltip,
    blocked,
  };
}

/** The ladder as a table: sign, gate, what it says, how far that can be trusted. */
function ladder(repositories: readonly RepositoryState[]): MarkdownString {
  const parts = repositories.map((repository) => {
    const head = `**${escapeMarkdown(repository.name)}** ${escapeMarkdown(repository.title)}`;
    const rows = repository.gates.map((gate) => {
      return `| ${signs[gate.answer]}&nbsp; | ${gate.gate}&nbsp;&nbsp; | ${escapeMarkdown(gate.summary)} | *${escapeMarkdown(gate.exactness)}* |`;
    });
    const table = rows.length > 0 ? ['|  |  |  |  |', '|:-|:-|:-|:-|', ...rows].join('\n') : '';
    const problems = repository.problems.map((problem) => `? ${escapeMarkdown(problem.message)}`);
    const skipped = repository.skipped === '' ? [] : [escapeMarkdown(repository.skipped)];
    const hooks = repository.hooks === 'broken' ? [`${signs.depends} ${escapeMarkdown(repository.hooksNote)}`] : [];
    const damage = repository.damage.notes.map((note) => `${signs.depends} ${escapeMarkdown(note)}`);
    return [head, table, ...hooks, ...damage, ...problems, ...skipped].filter((one) => one !== '').join('\n\n');
  });
  const text = new MarkdownString(parts.join('\n\n---\n\n'));
  text.isTrusted = false;
  return text;
}
