import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from 'vscode';
import type {
  CommitItem,
  FileItem,
  FindingItem,
  GateItem,
  PlaceData,
  ProblemItem,
  ReasonItem,
  RepositoryState,
} from '../agent/protocol.ts';
import type { Agent } from './agent.ts';
import { answerWord, commitsText, escapeMarkdown, filesText, findingsText, repositoriesOf } from './text.ts';

/** What a line of the tree stands for. */
export type TreeNode =
  | { kind: 'repository'; repository: RepositoryState }
  | { kind: 'staged'; repository: RepositoryState }
  | { kind: 'outgoing'; repository: RepositoryState }
  | { kind: 'gates'; repository: RepositoryState }
  | { kind: 'file'; file: FileItem }
  | { kind: 'commit'; commit: CommitItem; repository: RepositoryState }
  | { kind: 'finding'; finding: FindingItem; inCommit: boolean }
  | { kind: 'gate'; gate: GateItem; repository: RepositoryState }
  | { kind: 'reason'; reason: ReasonItem }
  | { kind: 'problem'; problem: ProblemItem }
  | { kind: 'note'; text: string };

/** The tree in the Source Control container. It only draws what the agent has said. */
export function createTree(agent: Agent): TreeDataProvider<TreeNode> & { dispose(): void } {
  const changed = new EventEmitter<void>();
  let shown: unknown;
  const subscription = agent.onDidChange(() => {
    if (agent.state === shown) return;
    shown = agent.state;
    changed.fire();
  });
  return {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node ? childrenOf(node) : rootsOf(repositoriesOf(agent.state))),
    getTreeItem: itemOf,
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}

export function rootsOf(repositories: readonly RepositoryState[]): TreeNode[] {
  const [only] = repositories;
  if (only && repositories.length === 1) return sectionsOf(only);
  return repositories.map((repository) => ({ kind: 'repository', repository }));
}

export function childrenOf(node: TreeNode): TreeNode[] {
  switch (node.kind) {
    case 'repository':
      return sectionsOf(node.repository);
    case 'staged':
      return stagedOf(node.repository);
    case 'outgoing':
      return node.repository.outgoing.map((commit) => ({ kind: 'commit', commit, repository: node.repository }));
    case 'gates':
      return node.repository.gates.map((gate) => ({ kind: 'gate', gate, repository: node.repository }));
    case 'file':
      return node.file.findings.map((finding) => ({ kind: 'finding', finding, inCommit: false }));
    case 'commit':
      return node.commit.findings.map((finding) => ({ kind: 'finding', finding, inCommit: true }));
    case 'gate':
      return node.gate.reasons.map((reason) => ({ kind: 'reason', reason }));
    default:
      return [];
  }
}

function sectionsOf(repository: RepositoryState): TreeNode[] {
  return [
    ...repository.problems.map((problem): TreeNode => ({ kind: 'problem', problem })),
    { kind: 'staged', repository },
    { kind: 'outgoing', repository },
    { kind: 'gates', repository },
  ];
}

function stagedOf(repository: RepositoryState): TreeNode[] {
  const files = repository.staged.map((file): TreeNode => ({ kind: 'file', file }));
  return repository.skipped === '' ? files : [...files, { kind: 'note', text: repository.skipped }];
}

function itemOf(node: TreeNode): TreeItem {
  switch (node.kind) {
    case 'repository':
      return repositoryItem(node.repository);
    case 'staged':
      return stagedItem(node.repository);
    case 'outgoing':
      return outgoingItem(node.repository);
    case 'gates':
      return gatesItem(node.repository);
    case 'file':
      return fileItem(node.file);
    case 'commit':
      return commitItem(node.commit, node.repository);
    case 'finding':
      return findingItem(node.finding, node.inCommit);
    case 'gate':
      return gateItem(node.gate);
    case 'reason':
      return reasonItem(node.reason);
    case 'problem':
      return problemItem(node.problem);
    case 'note':
      return item(node.text, { icon: new ThemeIcon('info') });
  }
}

function repositoryItem(repository: RepositoryState): TreeItem {
  return item(repository.name, { description: repository.title, icon: new ThemeIcon('repo'), open: true });
}

function stagedItem(repository: RepositoryState): TreeItem {
  const count = repository.staged.reduce((sum, file) => sum + file.findings.length, 0);
  const description = !repository.checkedAt
    ? l10n.t('checking…')
    : repository.stagedCount === 0
      ? l10n.t('nothing staged')
      : count === 0
        ? l10n.t('{0} checked, nothing found', filesText(repository.stagedCount))
        : l10n.t('{0} in {1}', findingsText(count), filesText(repository.staged.length));
  const children = repository.staged.length > 0 || repository.skipped !== '';
  return item(l10n.t('Staged'), {
    // Empty and filled are two items: VS Code would keep the one that had no children closed.
    id: `${repository.uri}#staged-${children}`,
    description,
    icon: new ThemeIcon('git-commit'),
    ...(children ? { open: true } : {}),
    context: 'section',
  });
}

function outgoingItem(repository: RepositoryState): TreeItem {
  const count = repository.outgoing.length;
  return item(l10n.t('Outgoing'), {
    id: `${repository.uri}#outgoing-${count > 0}`,
    description: !repository.checkedAt
      ? ''
      : count === 0
        ? repository.title
        : `${commitsText(count)} · ${repository.title}`,
    icon: new ThemeIcon('cloud-upload'),
    ...(count > 0 ? { open: true } : {}),
    context: 'section',
  });
}

function gatesItem(repository: RepositoryState): TreeItem {
  const policy = repository.policy ? `${repository.policy.name}${revision(repository.policy.revision)}` : '';
  return item(l10n.t('Gates'), {
    id: `${repository.uri}#gates-${repository.gates.length > 0}`,
    description: policy,
    icon: new ThemeIcon('shield'),
    ...(repository.gates.length > 0 ? { open: true } : {}),
    context: 'gates',
  });
}

function fileItem(file: FileItem): TreeItem {
  const slash = file.path.lastIndexOf('/');
  const made = item(file.path.slice(slash + 1), {
    description: slash === -1 ? '' : file.path.slice(0, slash),
    icon: ThemeIcon.File,
    open: true,
    context: 'file',
  });
  made.resourceUri = Uri.parse(file.uri);
  made.command = openCommand({ uri: file.uri, label: file.path });
  return made;
}

function commitItem(commit: CommitItem, repository: RepositoryState): TreeItem {
  const made = item(commit.subject || l10n.t('(no message)'), {
    description: `${commit.short} · ${commit.signature}`,
    icon: answerIcon(commit.answer),
    ...(commit.findings.length > 0 ? { open: commit.answer !== 'allow' } : {}),
    context: commit.signed ? 'commit.signed' : 'commit.unsigned',
  });
  made.tooltip = tooltip([
    `**${escapeMarkdown(commit.subject)}**`,
    `${escapeMarkdown(commit.short)} · ${escapeMarkdown(commit.author)}`,
    escapeMarkdown(commit.signatureDetail ?? commit.signature),
  ]);
  made.command = {
    command: 'pregate.openCommit',
    title: l10n.t('Open Changes'),
    arguments: [repository.uri, commit.oid, commit.subject],
  };
  made.accessibilityInformation = {
    label: `${commit.subject}, ${commit.short}, ${answerWord(commit.answer)}, ${commit.signature}`,
  };
  return made;
}

function findingItem(finding: FindingItem, inCommit: boolean): TreeItem {
  const made = item(finding.message, {
    description: inCommit ? finding.place.label : `${finding.rule} · ${lineOf(finding.place)}`,
    icon: findingIcon(finding),
    context: finding.weight === 'suppressed' ? 'finding.suppressed' : 'finding',
  });
  made.tooltip = tooltip([
    `**${escapeMarkdown(finding.rule)}** · ${escapeMarkdown(weightWord(finding))}`,
    escapeMarkdown(finding.message),
    ...(finding.reason ? [l10n.t('Suppressed: {0}', escapeMarkdown(finding.reason))] : []),
    escapeMarkdown(finding.place.label),
  ]);
  made.command = openCommand(finding.place);
  made.accessibilityInformation = { label: `${weightWord(finding)}: ${finding.message}, ${finding.place.label}` };
  return made;
}

function gateItem(gate: GateItem): TreeItem {
  const made = item(gate.gate, {
    description: gate.summary,
    icon: answerIcon(gate.answer),
    ...(gate.reasons.length > 0 ? { open: gate.answer === 'deny' } : {}),
    context: 'gate',
  });
  made.tooltip = tooltip([
    `**${gate.gate} ${answerWord(gate.answer)}**`,
    escapeMarkdown(gate.summary),
    `*${escapeMarkdown(gate.exactness)}*`,
  ]);
  made.accessibilityInformation = { label: `${gate.gate}, ${answerWord(gate.answer)}: ${gate.summary}` };
  return made;
}

function reasonItem(reason: ReasonItem): TreeItem {
  const effect = reason.effect === 'note' ? 'allow' : reason.effect;
  const made = item(reason.message, {
    description: reason.place?.label ?? reason.rule,
    icon: reason.effect === 'note' ? new ThemeIcon('note') : answerIcon(effect),
    context: 'reason',
  });
  made.tooltip = tooltip([
    `**${escapeMarkdown(reason.rule)}** · ${escapeMarkdown(reason.exactness)}`,
    escapeMarkdown(reason.message),
    ...(reason.remedy ? [l10n.t('To change it: {0}', escapeMarkdown(reason.remedy))] : []),
    ...(reason.effectiveOn ? [l10n.t('Blocks from {0}', escapeMarkdown(reason.effectiveOn))] : []),
    ...(reason.source ? [escapeMarkdown(reason.source)] : []),
  ]);
  if (reason.place) made.command = openCommand(reason.place);
  return made;
}

function problemItem(problem: ProblemItem): TreeItem {
  const made = item(problem.message, {
    description: problem.place?.label ?? '',
    icon: new ThemeIcon(problem.fatal ? 'error' : 'warning', new ThemeColor('problemsWarningIcon.foreground')),
    context: 'problem',
  });
  made.tooltip = tooltip([`**${escapeMarkdown(problem.code)}**`, escapeMarkdown(problem.message)]);
  if (problem.place) made.command = openCommand(problem.place);
  return made;
}

interface ItemOptions {
  id?: string;
  description?: string;
  icon: ThemeIcon;
  /** Left out for a leaf. */
  open?: boolean;
  context?: string;
}

function item(label: string, options: ItemOptions): TreeItem {
  const { None, Expanded, Collapsed } = TreeItemCollapsibleState;
  const made = new TreeItem(label, options.open === undefined ? None : options.open ? Expanded : Collapsed);
  made.iconPath = options.icon;
  if (options.id !== undefined) made.id = options.id;
  if (options.description) made.description = options.description;
  if (options.context !== undefined) made.contextValue = options.context;
  return made;
}

function openCommand(place: PlaceData) {
  return { command: 'pregate.openPlace', title: l10n.t('Open'), arguments: [place] };
}

function answerIcon(answer: CommitItem['answer']): ThemeIcon {
  switch (answer) {
    case 'allow':
      return new ThemeIcon('pass', new ThemeColor('testing.iconPassed'));
    case 'warn':
      return new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'));
    case 'deny':
      return new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground'));
    case 'depends':
      return new ThemeIcon('question', new ThemeColor('problemsInfoIcon.foreground'));
  }
}

function findingIcon(finding: FindingItem): ThemeIcon {
  if (finding.weight === 'blocks') return answerIcon('deny');
  return finding.weight === 'advice' ? answerIcon('warn') : new ThemeIcon('circle-slash');
}

function weightWord(finding: FindingItem): string {
  if (finding.weight === 'blocks') return l10n.t('refused');
  return finding.weight === 'advice' ? l10n.t('worth a look') : l10n.t('suppressed');
}

function lineOf(place: PlaceData): string {
  return place.range ? l10n.t('line {0}', place.range.start.line + 1) : place.label;
}

function revision(text: string): string {
  return text === '' ? '' : `@${text}`;
}

function tooltip(lines: readonly string[]): MarkdownString {
  const text = new MarkdownString(lines.join('\n\n'));
  text.isTrusted = false;
  return text;
}
