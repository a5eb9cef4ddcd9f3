// What the page knows: its words, what the extension sent, and what the person has opened or typed.

export const vscode = acquireVsCodeApi();
export const texts = JSON.parse(document.getElementById('texts').textContent);

export const signs = { allow: '✓', warn: '!', deny: '✗', depends: '?' };
export const words = { allow: texts.passes, warn: texts.warns, deny: texts.blocked, depends: texts.depends };
export const tabs = ['gates', 'sbom', 'metrics'];

// Rows drawn at once; the rest follows when the end of the list comes near.
export const CHUNK = 200;

export const saved = vscode.getState() ?? {};
export const state = {
  tab: tabs.includes(document.body.dataset.tab) ? document.body.dataset.tab : 'gates',
  filter: typeof saved.filter === 'string' ? saved.filter : '',
  open: saved.open ?? {},
  data: saved.data ?? {},
  loading: true,
  failed: '',
  rows: CHUNK,
};

/** Keeps it for the next time the page is shown: VS Code throws a hidden page away. */
export function remember() {
  vscode.setState({ filter: state.filter, open: state.open, data: state.data });
}
