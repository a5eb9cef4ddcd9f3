import { randomBytes } from 'node:crypto';
import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode';
import type { MetricsParams } from '../agent/protocol.ts';
import type { Agent } from './agent.ts';
import { parseMessage, type Tab } from './messages.ts';
import { openPlace } from './open.ts';

export interface Panel extends Disposable {
  show(tab: Tab, uri?: string): void;
}

/** The one web view: gates and SBOM as tabs of a single page. */
export function createPanel(context: ExtensionContext, agent: Agent): Panel {
  let panel: WebviewPanel | undefined;
  let tab: Tab = 'gates';
  let repository: string | undefined;
  let asked: Pick<MetricsParams, 'log' | 'days'> = {};
  let sent = 0;

  const send = async (): Promise<void> => {
    if (!panel) return;
    const turn = ++sent;
    void panel.webview.postMessage({ type: 'loading', tab });
    try {
      const data = await dataOf(tab);
      if (turn === sent) void panel?.webview.postMessage({ type: 'data', tab, data });
    } catch (error) {
      if (turn === sent) void panel?.webview.postMessage({ type: 'failed', tab, message: (error as Error).message });
    }
  };

  const dataOf = (wanted: Tab) => {
    const about = repository === undefined ? {} : { uri: repository };
    if (wanted === 'metrics') return agent.ask('pregate/metrics', { ...about, ...asked });
    return agent.ask(wanted === 'gates' ? 'pregate/preview' : 'pregate/sbom', about);
  };

  const receive = async (raw: unknown): Promise<void> => {
    const message = parseMessage(raw);
    if (!message) return;
    if (message.type === 'ready' || message.type === 'tab') tab = message.tab;
    if (message.type === 'ready' || message.type === 'tab' || message.type === 'refresh') await send();
    if (message.type === 'metrics') {
      asked = message;
      await send();
    }
    if (message.type === 'open') await openPlace(message.place);
    if (message.type === 'explain') await commands.executeCommand('pregate.explainRule', message.rule);
    if (message.type === 'exportSbom') await commands.executeCommand('pregate.exportSbom', repository);
  };

  let shown = agent.state;
  const subscription = agent.onDidChange(() => {
    if (agent.state === shown) return;
    shown = agent.state;
    if (panel?.visible) void send();
  });

  const media = Uri.joinPath(context.extensionUri, 'media');

  const own = (fresh: WebviewPanel): void => {
    panel = fresh;
    fresh.webview.options = { enableScripts: true, localResourceRoots: [media] };
    fresh.iconPath = {
      light: Uri.joinPath(media, 'panel-light.svg'),
      dark: Uri.joinPath(media, 'panel-dark.svg'),
    };
    fresh.webview.onDidReceiveMessage(receive);
    fresh.onDidDispose(() => {
      panel = undefined;
    });
    fresh.onDidChangeViewState(() => {
      if (fresh.visible) void send();
      // VS Code throws a hidden page away and makes it again from this text: with the tab the person was looking at.
      else fresh.webview.html = pageHtml(fresh);
    });
    fresh.webview.html = pageHtml(fresh);
  };

  return {
    show: (wanted, uri) => {
      tab = wanted;
      if (uri !== undefined && uri !== repository) asked = {};
      repository = uri ?? repository;
      if (!panel) {
        own(window.createWebviewPanel('pregate.panel', 'Pregate', ViewColumn.Active, {}));
        return;
      }
      // A page that is hidden hears no message: it begins with the tab, and asks for its data when it is there again.
      if (!panel.visible) panel.webview.html = pageHtml(panel);
      panel.reveal();
      void panel.webview.postMessage({ type: 'select', tab });
      void send();
    },
    dispose: () => {
      subscription.dispose();
      panel?.dispose();
    },
  };

  function pageHtml({ webview }: WebviewPanel): string {
    const nonce = randomBytes(18).toString('base64url');
    const styles = ['webview/gates.css', 'webview/sbom.css', 'webview/metrics.css', 'webview.css']
      .map((path) => webview.asWebviewUri(Uri.joinPath(media, path)))
      .map((uri) => `<link rel="stylesheet" href="${uri}">`);
    const script = webview.asWebviewUri(Uri.joinPath(media, 'webview.js'));
    const policy = [
      "default-src 'none'",
      `style-src ${webview.cspSource}`,
      `script-src 'nonce-${nonce}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; ');
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.join('\n')}
<title>Pregate</title>
</head>
<body data-tab="${tab}">
<div id="page"></div>
<p id="said" class="said" role="status"></p>
<script type="application/json" id="texts">${JSON.stringify(texts()).replaceAll('<', '\\u003c')}</script>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
  }
}

/** The page's words, so that it is translated with the rest of the extension. */
function texts(): Record<string, string> {
  return {
    gates: l10n.t('Gates'),
    sbom: l10n.t('SBOM'),
    views: l10n.t('Views'),
    refresh: l10n.t('Check again'),
    loading: l10n.t('Checking…'),
    failed: l10n.t('This could not be shown.'),
    passes: l10n.t('passes'),
    warns: l10n.t('warns'),
    blocked: l10n.t('refuses'),
    depends: l10n.t('depends'),
    unjudged: l10n.t('unknown'),
    noGates: l10n.t('No gate has been asked yet. Open a git repository to see what its gates say.'),
    steps: l10n.t('To make it pass:'),
    allPass: l10n.t('Every gate passes'),
    warnedBy: l10n.t('Nothing is refused; {0} warns'),
    openAt: l10n.t('Nothing is refused; {0} cannot be decided here'),
    refusedBy: l10n.t('Refused at {0}'),
    'count-deny': l10n.t('{0} refusal|{0} refusals'),
    'count-depends': l10n.t('{0} open|{0} open'),
    'count-warn': l10n.t('{0} warning|{0} warnings'),
    'count-note': l10n.t('{0} note|{0} notes'),
    more: l10n.t('Show {0} more'),
    above: l10n.t('{0} named above'),
    problems: l10n.t('Could not be checked'),
    remedy: l10n.t('To change it'),
    from: l10n.t('refuses from'),
    owner: l10n.t('owner'),
    unknown: l10n.t('not known here'),
    commits: l10n.t('commits'),
    commit: l10n.t('commit'),
    files: l10n.t('files'),
    file: l10n.t('file'),
    staged: l10n.t('{0} staged'),
    policy: l10n.t('policy'),
    changes: l10n.t('What this changes'),
    noChanges: l10n.t('No component changes against the base.'),
    components: l10n.t('Components'),
    filter: l10n.t('Filter by name, version, licence or change'),
    filterKey: l10n.t('Press / to filter'),
    name: l10n.t('Name'),
    version: l10n.t('Version'),
    licence: l10n.t('Licence'),
    kind: l10n.t('Kind'),
    change: l10n.t('Change'),
    direct: l10n.t('direct'),
    transitive: l10n.t('transitive'),
    development: l10n.t('development'),
    why: l10n.t('Why is it here?'),
    shown: l10n.t('{0} of {1} shown'),
    none: l10n.t('Nothing matches the filter.'),
    incomplete: l10n.t('Incomplete'),
    complete: l10n.t('complete'),
    base: l10n.t('base'),
    broughtBy: l10n.t('brought by'),
    lookFirst: l10n.t('look at this first'),
    noLock: l10n.t('No lockfile was found in this repository, so there is nothing to list.'),
    export: l10n.t('Export CycloneDX'),
    checkedAt: l10n.t('Checked at {0}'),
    metrics: l10n.t('Metrics'),
    repository: l10n.t('Repository'),
    allRepositories: l10n.t('All repositories'),
    otherRepository: l10n.t('Another one ({0})'),
    time: l10n.t('Time'),
    days7: l10n.t('7 days'),
    days30: l10n.t('30 days'),
    days90: l10n.t('90 days'),
    days0: l10n.t('All'),
    target: l10n.t('target {0}'),
    met: l10n.t('met'),
    missed: l10n.t('missed'),
    unknownHere: l10n.t('Not known on this machine'),
    entry: l10n.t('entry of the audit log'),
    entries: l10n.t('entries of the audit log'),
    noEntries: l10n.t('Nothing was logged in this time. Hooks write the log with every commit and push.'),
    allMet: l10n.t('{0} of {1} targets met'),
    nothingThen: l10n.t('nothing happened'),
    metricsFoot: l10n.t('Counted from the audit log on this machine; nothing is sent. In the terminal: {0}'),
    otlpFoot: l10n.t('To {0} when you run: {1}'),
  };
}
