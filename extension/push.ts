import { commands, Disposable, l10n, window, workspace } from 'vscode';
import type { BlockData } from '../agent/protocol.ts';
import type { Agent } from './agent.ts';
import type { GitApi, GitRepository } from './git.ts';

/** A record older than this belongs to another push. */
const FRESH_MS = 60_000;

/** Ties the agent to VS Code's Git extension: events in, our verdict on a refused push and on a commit out. */
export function useGit(git: GitApi, agent: Agent): Disposable {
  const watched = new Map<GitRepository, Disposable>();
  const watch = (repository: GitRepository): void => {
    const uri = repository.rootUri.toString();
    const changed = () => agent.tell('pregate/repositoryChanged', { uri });
    watched.set(repository, Disposable.from(repository.state.onDidChange(changed), repository.onDidCommit(changed)));
    void agent.start().then(changed, () => undefined);
  };
  for (const repository of git.repositories) watch(repository);
  return Disposable.from(
    git.onDidOpenRepository(watch),
    git.onDidCloseRepository((repository) => {
      watched.get(repository)?.dispose();
      watched.delete(repository);
    }),
    git.registerPushErrorHandler({ handlePushError: (repository) => handlePushError(repository, agent) }),
    git.registerPostCommitCommandsProvider({
      getCommands: () => [
        {
          command: 'pregate.previewGates',
          title: l10n.t('Commit & Check Gate'),
          tooltip: l10n.t('Commit, then show what the push gate says'),
        },
      ],
    }),
    new Disposable(() => {
      for (const one of watched.values()) one.dispose();
    }),
  );
}

const handled = new Set<string>();

/**
 * Says whether the failed push was ours to explain. Returning true makes VS Code treat the push as handled and hides its
 * advice to pull, so only the gate's own record of this very push counts; text in an error message could come from
 * anywhere.
 */
async function handlePushError(repository: GitRepository, agent: Agent): Promise<boolean> {
  const uri = repository.rootUri.toString();
  const block = await agent.ask('pregate/lastBlock', { uri }).catch(() => null);
  if (!block || !isFresh(block) || handled.has(`${uri} ${block.at}`)) return false;
  handled.add(`${uri} ${block.at}`);
  agent.tell('pregate/repositoryChanged', { uri });
  void showBlocked(block, uri);
  return true;
}

function isFresh(block: BlockData): boolean {
  const age = Date.now() - Date.parse(block.at);
  return age >= -FRESH_MS && age < FRESH_MS;
}

async function showBlocked(block: BlockData, uri: string): Promise<void> {
  const settings = workspace.getConfiguration('pregate');
  if (!settings.get('notifyBlockedPush', true)) return;
  const show = l10n.t('Show Findings');
  const never = l10n.t("Don't Show Again");
  const chosen = await window.showWarningMessage(l10n.t('Push blocked by {0}', block.headline), show, never);
  if (chosen === show) await commands.executeCommand('pregate.previewGates', uri);
  if (chosen === never) await settings.update('notifyBlockedPush', false, true);
}
