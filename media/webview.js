// The page of the web view. It draws what the extension sends and asks for places to be opened; it decides nothing.

import { gatesPanel, gatesSpoken } from './webview/gates.js';
import { metricsFacts, metricsPanel, metricsSpoken } from './webview/metrics.js';
import { button, el, notice } from './webview/parts.js';
import { sbomPanel } from './webview/sbom.js';
import { CHUNK, remember, state, tabs, texts, vscode } from './webview/state.js';

const page = document.getElementById('page');
// It stands outside of what is drawn anew: a screen reader hears only changes of a node that was there before.
const said = document.getElementById('said');

window.addEventListener('message', ({ data: message }) => {
  if (message === null || typeof message !== 'object' || !tabs.includes(message.tab)) return;
  if (message.type === 'select') select(message.tab, false);
  if (message.tab !== state.tab) return;
  if (message.type === 'loading') {
    state.loading = true;
    document.getElementById('panel')?.setAttribute('aria-busy', 'true');
    return;
  }
  if (message.type === 'data')
    Object.assign(state, { loading: false, failed: '', data: { ...state.data, [message.tab]: message.data } });
  if (message.type === 'failed') Object.assign(state, { loading: false, failed: String(message.message) });
  draw();
  said.textContent = state.failed || spoken(state.data[state.tab]);
});

/** What has come, in one sentence. */
function spoken(data) {
  if (!data) return '';
  return { gates: gatesSpoken, sbom: ({ summary }) => summary, metrics: metricsSpoken }[state.tab](data);
}

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    const filter = document.getElementById('filter');
    if (!filter) return;
    event.preventDefault();
    filter.focus();
    filter.select();
  }
});

draw();
vscode.postMessage({ type: 'ready', tab: state.tab });

function select(tab, ask = true) {
  if (state.tab !== tab) Object.assign(state, { tab, loading: true, failed: '', rows: CHUNK });
  if (ask) vscode.postMessage({ type: 'tab', tab });
  draw();
}

/** Draws the whole page anew and puts the focus back on the same control. */
function draw() {
  remember();
  const focused = document.activeElement?.id;
  const data = state.data[state.tab];
  page.replaceChildren(
    head(data),
    tabList(),
    el(
      'div',
      { role: 'tabpanel', id: 'panel', 'aria-labelledby': `tab-${state.tab}`, 'aria-busy': String(state.loading) },
      body(data),
    ),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function body(data) {
  if (state.failed) return [notice(texts.failed, [state.failed])];
  if (!data) return [el('p', { class: 'empty', role: 'status' }, texts.loading)];
  return { gates: gatesPanel, sbom: sbomPanel, metrics: metricsPanel }[state.tab](data, draw);
}

function head(data) {
  const title = {
    gates: data?.title,
    sbom: data?.repository && `${data.repository} · ${data.lock || texts.sbom}`,
    metrics: texts.metrics,
  }[state.tab];
  const facts = { gates: gateFacts, sbom: sbomFacts, metrics: metricsFacts }[state.tab](data);
  return el('header', { class: 'head' }, [
    el('div', {}, [
      el('h1', {}, title || 'Pregate'),
      el(
        'p',
        { class: 'facts' },
        facts.map((fact) => el('span', {}, fact)),
      ),
    ]),
    button('plain', texts.refresh, () => vscode.postMessage({ type: 'refresh' }), { id: 'refresh' }),
  ]);
}

function gateFacts(data) {
  if (!data) return [];
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  const facts = [count(data.commits, texts.commit, texts.commits), count(data.files, texts.file, texts.files)];
  if (data.staged > 0) facts.push(texts.staged.replace('{0}', data.staged));
  if (data.policy) facts.push(data.policy.text);
  return data.skipped ? [...facts, data.skipped] : facts;
}

function sbomFacts(data) {
  return data?.base ? [`${texts.base} ${data.base}`] : [];
}

function tabList() {
  const made = tabs.map((tab) => {
    const selected = tab === state.tab;
    const options = {
      role: 'tab',
      id: `tab-${tab}`,
      'aria-selected': String(selected),
      'aria-controls': 'panel',
      tabindex: selected ? '0' : '-1',
    };
    return button('', texts[tab], () => select(tab), options);
  });
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': texts.views }, made);
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(state.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    select(tabs.at(to % tabs.length));
    document.getElementById(`tab-${state.tab}`)?.focus();
  });
  return list;
}
