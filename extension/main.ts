import { commands, type ExtensionContext, type TextDocument, window, workspace } from 'vscode';
import { type Agent, createAgent } from './agent.ts';
import { registerCommands } from './commands.ts';
import { whenGit } from './git.ts';
import { createPanel } from './panel.ts';
import { useGit } from './push.ts';
import { createStatus } from './status.ts';
import { createTree } from './tree.ts';

/** What other extensions and the tests may use. */
export interface PregateApi {
  readonly agent: Pick<Agent, 'status' | 'state' | 'busy' | 'onDidChange' | 'ask' | 'start'>;
  readonly tree: Pick<ReturnType<typeof createTree>, 'getChildren' | 'getTreeItem'>;
}

/** Registers everything and starts nothing: the agent is forked at the first file or git repository. */
export function activate(context: ExtensionContext): PregateApi {
  const log = window.createOutputChannel('Pregate', { log: true });
  const agent = createAgent(context, log);
  const tree = createTree(agent);
  const panel = createPanel(context, agent);
  context.subscriptions.push(
    log,
    agent,
    tree,
    panel,
    createStatus(agent),
    window.createTreeView('pregate.gates', { treeDataProvider: tree, showCollapseAll: true }),
    ...registerCommands(context, agent, panel, log),
    agent.onDidChange(() => setContexts(agent)),
    workspace.onDidGrantWorkspaceTrust(() => agent.tell('pregate/trusted', {})),
    workspace.onDidOpenTextDocument((document) => startFor(document, agent)),
  );
  for (const document of workspace.textDocuments) startFor(document, agent);
  whenGit((git) => useGit(git, agent)).then(
    (disposable) => disposable && context.subscriptions.push(disposable),
    (error: Error) => log.warn(`The Git extension cannot be used: ${error.message}`),
  );
  setContexts(agent);
  return { agent, tree };
}

function startFor(document: TextDocument, agent: Agent): void {
  if (agent.status !== 'stopped') return;
  // Settings and logs of VS Code itself are no reason to start a process.
  if (['file', 'untitled', 'vscode-vfs'].includes(document.uri.scheme)) agent.start().catch(() => undefined);
}

/** Context keys of menus, welcome texts and walkthrough steps. */
function setContexts(agent: Agent): void {
  const repositories = agent.state?.repositories ?? [];
  const set = (key: string, value: unknown) => commands.executeCommand('setContext', `pregate.${key}`, value);
  void set('status', agent.status);
  void set('restricted', !workspace.isTrusted);
  void set('repositories', repositories.length);
  void set('hooksInstalled', repositories.length > 0 && repositories.every((one) => one.hooks === 'installed'));
  void set('signing', repositories.length > 0 && repositories.every((one) => one.signing === 'configured'));
}
