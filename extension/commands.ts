import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  Position,
  ProgressLocation,
  Range,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { type CommandsData, clientCommands, type FindingItem, type SuppressParams } from '../agent/protocol.ts';
import type { Agent } from './agent.ts';
import { activeGit } from './git.ts';
import { openCommit, openPlace } from './open.ts';
import type { Panel } from './panel.ts';
import { splitExpiry } from './reason.ts';
import { runInTerminal } from './terminal.ts';
import type { TreeNode } from './tree.ts';

/** Registers every command. A command that fails says so once, in a sentence, and the log has the rest. */
export function registerCommands(
  context: ExtensionContext,
  agent: Agent,
  panel: Panel,
  log: LogOutputChannel,
): Disposable[] {
  const register = (name: string, run: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(name, async (...args: never[]) => {
      try {
        await run(...args);
      } catch (error) {
        log.error(`${name}: ${(error as Error).message}`);
        void window.showErrorMessage(l10n.t('Pregate: {0}', (error as Error).message));
      }
    });
  const terminal = (name: keyof CommandsData, title: string) => async (): Promise<void> => {
    if (!workspace.isTrusted) {
      await commands.executeCommand('workbench.trust.manage');
      return;
    }
    const uri = currentRepository(agent);
    const args = (await agent.ask('pregate/commands', uri === undefined ? {} : { uri }))[name];
    await runInTerminal(context, { title, args, uri, done: () => checkNow(agent) });
  };
  return [
    register('pregate.checkNow', () => checkNow(agent)),
    register(clientCommands.preview, (uri?: unknown) => panel.show('gates', uriOf(uri) ?? currentRepository(agent))),
    register(clientCommands.showSbom, (uri?: unknown) => panel.show('sbom', uriOf(uri) ?? currentRepository(agent))),
    register(clientCommands.showMetrics, (uri?: unknown) =>
      panel.show('metrics', uriOf(uri) ?? currentRepository(agent)),
    ),
    register(clientCommands.explain, (rule?: unknown) => explainRule(agent, rule)),
    register(clientCommands.suppress, (target?: unknown) => suppress(agent, target)),
    register('pregate.setUpSigning', terminal('signSetup', l10n.t('Set up signing'))),
    register('pregate.installHooks', terminal('hooksInstall', l10n.t('Install hooks'))),
    register('pregate.doctor', terminal('doctor', l10n.t('Doctor'))),
    register('pregate.exportSbom', (uri?: unknown) => exportSbom(context, agent, uriOf(uri))),
    register('pregate.restartServer', () => agent.restart()),
    register('pregate.showLog', () => log.show()),
    register('pregate.openWalkthrough', () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#pregate.start`, false),
    ),
    register('pregate.openPlace', openPlace),
    register('pregate.openCommit', openCommit),
  ];
}

async function checkNow(agent: Agent): Promise<void> {
  await window.withProgress({ location: ProgressLocation.SourceControl }, async () => {
    await agent.ask('pregate/check', {});
  });
}

/** Shows the rule's page inside VS Code; it lies in the package, so that no network is needed. */
async function explainRule(agent: Agent, target: unknown): Promise<void> {
  const rule = ruleOf(target) ?? (await pickRule(agent));
  if (rule === undefined) return;
  const page = await agent.ask('pregate/explain', { rule });
  if (!page) throw new Error(l10n.t('There is no rule with the id {0}.', rule));
  if (page.file !== null) {
    await commands.executeCommand('markdown.showPreview', Uri.file(page.file)).then(undefined, async () => {
      await window.showTextDocument(Uri.file(page.file!), { preview: true });
    });
    return;
  }
  const document = await workspace.openTextDocument({ language: 'markdown', content: page.markdown });
  await window.showTextDocument(document, { preview: true });
}

async function pickRule(agent: Agent): Promise<string | undefined> {
  const rules = await agent.ask('pregate/rules', {});
  const items = rules.map((one) => ({ label: one.rule, description: one.category, detail: one.title }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Explain a rule'),
    placeHolder: l10n.t('Rule id or words of its title'),
    matchOnDetail: true,
    matchOnDescription: true,
  });
  return chosen?.label;
}

/** Asks for the reason, and lets the agent write it: a suppression without a reason does not exist. */
async function suppress(agent: Agent, target: unknown): Promise<void> {
  const finding = findingOf(target);
  if (!finding) {
    throw new Error(l10n.t('Choose "Suppress with reason" on a finding: in the editor, or in the Pregate view.'));
  }
  const reason = await window.showInputBox({
    title: l10n.t('Suppress {0}', finding.rule),
    prompt: l10n.t('Why is this not a problem? The reason is stored beside the finding and read by the gate.'),
    placeHolder: l10n.t('Example key from the vendor documentation, until 2027-01-31'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim().length < 4 ? l10n.t('A reason of a few words is needed.') : undefined),
  });
  if (reason === undefined) return;
  const result = await agent.ask('pregate/suppress', { ...finding, ...splitExpiry(reason) });
  if (result.edits.length === 0) throw new Error(result.message ?? l10n.t('This finding cannot be suppressed here.'));
  const edit = new WorkspaceEdit();
  const uri = Uri.parse(finding.uri);
  for (const { range, newText } of result.edits) {
    const { start, end } = range;
    const place = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
    edit.replace(uri, place, newText);
  }
  await workspace.applyEdit(edit);
  await window.showTextDocument(uri, { preview: true });
}

async function exportSbom(context: ExtensionContext, agent: Agent, uri: string | undefined): Promise<void> {
  const repository = uri ?? currentRepository(agent);
  if (repository === undefined) throw new Error(l10n.t('No git repository is open.'));
  const target = await window.showSaveDialog({
    title: l10n.t('Export CycloneDX'),
    defaultUri: Uri.joinPath(Uri.parse(repository), 'bom.cdx.json'),
    filters: { CycloneDX: ['json'] },
  });
  if (!target) return;
  const args = ['sbom', '--export', target.fsPath];
  await runInTerminal(context, { title: l10n.t('Export CycloneDX'), args, uri: repository, done: () => undefined });
}

/** The repository of the active editor, else the only or first one. */
function currentRepository(agent: Agent): string | undefined {
  const active = window.activeTextEditor?.document.uri.toString();
  const known = [
    ...(agent.state?.repositories ?? []).map((repository) => repository.uri),
    ...(activeGit()?.repositories ?? []).map((repository) => repository.rootUri.toString()),
  ];
  const inside = known.filter((uri) => active?.startsWith(`${uri}/`)).sort((a, b) => b.length - a.length);
  return inside[0] ?? known[0] ?? workspace.workspaceFolders?.[0]?.uri.toString();
}

/** A repository as an argument: its URI as text, or a line of the tree. */
function uriOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value.startsWith('file:')) return value;
  const node = value as Partial<TreeNode> | undefined;
  return node && 'repository' in node ? node.repository?.uri : undefined;
}

function ruleOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return nodeFinding(value)?.rule;
}

function findingOf(value: unknown): Omit<SuppressParams, 'reason'> | undefined {
  const finding = nodeFinding(value);
  if (finding) {
    const { rule, fingerprint, place } = finding;
    return { uri: place.uri, rule, fingerprint, line: place.range?.start.line ?? 0 };
  }
  const { uri, rule, fingerprint, line } = (value ?? {}) as Record<string, unknown>;
  if (typeof uri !== 'string' || typeof rule !== 'string' || typeof fingerprint !== 'string') return undefined;
  return { uri, rule, fingerprint, line: typeof line === 'number' ? line : 0 };
}

function nodeFinding(value: unknown): FindingItem | undefined {
  const node = value as Partial<TreeNode> | undefined;
  return node?.kind === 'finding' && 'finding' in node ? node.finding : undefined;
}
