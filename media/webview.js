// The page of the web view. It draws what the extension sends and asks for places to be opened; it decides nothing.
// Every text goes in as text, never as HTML: names of files and packages come from repositories nobody has vouched for.

const vscode = acquireVsCodeApi();
const texts = JSON.parse(document.getElementById('texts').textContent);
const page = document.getElementById('page');

const signs = { allow: '✓', warn: '!', deny: '✗', depends: '?' };
const words = { allow: texts.passes, warn: texts.warns, deny: texts.blocked, depends: texts.depends };
const tabs = ['gates', 'sbom'];

// Rows drawn at once; the rest follows when the end of the list comes near.
const CHUNK = 200;

const saved = vscode.getState() ?? {};
const state = {
  tab: tabs.includes(document.body.dataset.tab) ? document.body.dataset.tab : 'gates',
  filter: typeof saved.filter === 'string' ? saved.filter : '',
  open: saved.open ?? {},
  data: saved.data ?? {},
  loading: true,
  failed: '',
  rows: CHUNK,
};

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
});

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
  vscode.setState({ filter: state.filter, open: state.open, data: state.data });
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
  return state.tab === 'gates' ? gatesPanel(data) : sbomPanel(data);
}

function head(data) {
  const title =
    state.tab === 'gates' ? data?.title : data?.repository && `${data.repository} · ${data.lock || texts.sbom}`;
  const facts = state.tab === 'gates' ? gateFacts(data) : sbomFacts(data);
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
  if (data.policy) {
    const { name, revision, signature } = data.policy;
    facts.push(`${texts.policy} ${name}${revision ? `@${revision}` : ''}${signature ? `, ${signature}` : ''}`);
  }
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
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    select(tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length]);
    document.getElementById(`tab-${state.tab}`)?.focus();
  });
  return list;
}

/* Gates */

function gatesPanel(data) {
  if (data.gates.length === 0 && data.problems.length === 0) return [el('p', { class: 'empty' }, texts.noGates)];
  const fatal = data.problems.filter((problem) => problem.fatal);
  const parts = [];
  if (fatal.length > 0)
    parts.push(
      notice(
        texts.problems,
        fatal.map((problem) => problem.message),
      ),
    );
  parts.push(arrowKeys(el('ol', { class: 'ladder' }, data.gates.map(rung)), '.rung > button'));
  if (data.steps.length > 0) {
    parts.push(el('h2', {}, texts.steps), el('ol', { class: 'steps' }, data.steps.map(step)));
  }
  const time = data.checkedAt ? new Date(data.checkedAt).toLocaleTimeString() : '';
  if (time) parts.push(el('p', { class: 'foot' }, texts.checkedAt.replace('{0}', time)));
  return parts;
}

function rung(gate) {
  const open = gate.reasons.length > 0 && (state.open[gate.gate] ?? gate.answer === 'deny');
  const cells = [
    el('span', { class: `sign ${gate.answer}`, 'aria-hidden': 'true' }, signs[gate.answer]),
    el('span', { class: 'gate' }, gate.gate),
    el('span', { class: gate.answer }, words[gate.answer]),
    el('span', { class: 'what' }, gate.summary),
    el('span', { class: 'exactness' }, gate.exactness),
    el('span', { class: 'arrow', 'aria-hidden': 'true' }, gate.reasons.length > 0 ? '›' : ''),
  ];
  if (gate.reasons.length === 0) return el('li', { class: 'rung' }, [el('div', { class: 'row' }, cells)]);
  const id = `gate-${gate.gate}`;
  const toggle = (to) => {
    state.open = { ...state.open, [gate.gate]: to };
    draw();
  };
  const control = button('', cells, () => toggle(!open), { id, 'aria-expanded': String(open) });
  control.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' && !open) toggle(true);
    if (event.key === 'ArrowLeft' && open) toggle(false);
  });
  return el('li', { class: 'rung' }, [
    control,
    ...(open ? [el('ul', { class: 'reasons' }, gate.reasons.map(reason))] : []),
  ]);
}

function reason(one) {
  const more = [];
  if (one.place) more.push(placeLink(one.place));
  if (one.effectiveOn) more.push(el('span', { class: 'warn' }, `${texts.from} ${one.effectiveOn}`));
  if (one.unknown) more.push(el('span', { class: 'quiet' }, `${texts.unknown}: ${one.unknown.join(', ')}`));
  more.push(el('span', { class: 'quiet mono' }, one.source ? `${one.rule} · ${one.source}` : one.rule));
  return el('li', { class: `reason is-${one.effect}` }, [
    el('p', {}, one.message),
    ...(one.remedy ? [el('p', { class: 'quiet' }, `${texts.remedy}: ${one.remedy}`)] : []),
    el('p', { class: 'more' }, more),
  ]);
}

function step(one) {
  return el('li', {}, [el('span', {}, one.text), one.place ? placeLink(one.place) : '']);
}

/* SBOM */

function sbomPanel(data) {
  if (!data.lock) return [...problemNotices(data), el('p', { class: 'empty' }, texts.noLock)];
  const parts = [
    el('div', { class: 'summary' }, [
      el('span', { class: 'figure' }, data.summary),
      data.complete
        ? el('span', { class: 'badge allow' }, `${signs.allow} ${texts.complete}`)
        : el('span', { class: 'badge deny' }, `${signs.deny} ${texts.incomplete}`),
      button('plain push', texts.export, () => vscode.postMessage({ type: 'exportSbom' }), { id: 'export' }),
    ]),
    ...problemNotices(data),
    el('h2', {}, texts.changes),
    data.changes.length === 0
      ? el('p', { class: 'quiet' }, texts.noChanges)
      : el('ul', { class: 'changes' }, data.changes.map(change)),
    el('h2', {}, texts.components),
    filterBox(),
    el('div', { id: 'components' }),
  ];
  queueMicrotask(drawComponents);
  return parts;
}

function problemNotices(data) {
  if (data.problems.length === 0) return [];
  return [
    notice(
      data.complete ? texts.problems : texts.incomplete,
      data.problems.map((problem) => problem.message),
    ),
  ];
}

function change(one) {
  const broughtBy = one.broughtBy ? `${texts.broughtBy} ${one.broughtBy}` : '';
  const aside = one.alarming ? `← ${texts.lookFirst}` : broughtBy;
  return el('li', { class: one.alarming ? 'is-alarming' : '' }, [
    el('span', { class: 'kind' }, one.label),
    el('span', { class: 'mono' }, one.name),
    el('span', { class: 'detail' }, one.detail),
    el('span', { class: one.alarming ? 'aside deny' : 'aside quiet' }, aside),
  ]);
}

function filterBox() {
  const input = el('input', {
    id: 'filter',
    type: 'search',
    placeholder: texts.filter,
    'aria-label': texts.filter,
    value: state.filter,
    spellcheck: 'false',
  });
  input.addEventListener('input', () => {
    Object.assign(state, { filter: input.value, rows: CHUNK });
    vscode.setState({ filter: state.filter, open: state.open, data: state.data });
    drawComponents();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && input.value !== '') {
      input.value = '';
      input.dispatchEvent(new Event('input'));
    }
    if (event.key === 'ArrowDown') document.querySelector('#components .name')?.focus();
  });
  return el('div', { class: 'filter' }, [
    input,
    el('span', { class: 'quiet hint' }, texts.filterKey),
    el('span', { class: 'quiet', id: 'count', role: 'status' }, ''),
  ]);
}

/** Every word of the filter has to occur somewhere in the row. */
function matching(components) {
  const wanted = state.filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return components;
  return components.filter((one) => {
    const row = `${one.name} ${one.version} ${one.licence} ${one.change} ${kindOf(one)}`.toLowerCase();
    return wanted.every((word) => row.includes(word));
  });
}

function drawComponents() {
  const host = document.getElementById('components');
  const data = state.data.sbom;
  if (!host || !data) return;
  const found = matching(data.components);
  const shown = found.slice(0, state.rows);
  const count = document.getElementById('count');
  if (count) count.textContent = texts.shown.replace('{0}', found.length).replace('{1}', data.components.length);
  if (found.length === 0) {
    host.replaceChildren(el('p', { class: 'empty' }, texts.none));
    return;
  }
  const columns = [
    ['', texts.name],
    ['', texts.version],
    ['wide', texts.licence],
    ['wide kind', texts.kind],
    ['', texts.change],
  ];
  const table = el('table', {}, [
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        columns.map(([name, text]) => el('th', { class: name, scope: 'col' }, text)),
      ),
    ),
    el('tbody', {}, shown.map(componentRow)),
  ]);
  host.replaceChildren(arrowKeys(table, '.name'));
  if (shown.length < found.length) drawMoreAt(host);
}

function drawMoreAt(host) {
  const end = el('p', { class: 'empty' }, '…');
  host.append(end);
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    state.rows += CHUNK * 2;
    drawComponents();
  });
  observer.observe(end);
}

function componentRow(one) {
  const name = button(
    'name',
    [el('span', { class: 'arrow', 'aria-hidden': 'true' }, one.why.length > 0 ? '›' : ''), el('span', {}, one.name)],
    toggle,
    {
      'aria-expanded': 'false',
      title: texts.why,
    },
  );
  const row = el('tr', {}, [
    el('td', {}, name),
    el('td', { class: 'mono' }, one.version),
    el('td', { class: 'wide' }, one.licence),
    el('td', { class: 'wide quiet' }, kindOf(one)),
    el('td', { class: 'warn' }, one.change),
  ]);
  return row;

  function toggle() {
    const open = name.getAttribute('aria-expanded') === 'true';
    name.setAttribute('aria-expanded', String(!open));
    if (open) {
      row.nextElementSibling?.remove();
      return;
    }
    const links = one.place ? [el('p', {}, placeLink(one.place))] : [];
    const chain = el(
      'ol',
      { class: 'chain', 'aria-label': texts.why },
      one.why.map((part) => el('li', { class: 'mono' }, part)),
    );
    row.after(el('tr', { class: 'path' }, el('td', { colspan: '5' }, [chain, ...links])));
  }
}

function kindOf(one) {
  const kind = one.direct ? texts.direct : texts.transitive;
  return one.development ? `${kind}, ${texts.development}` : kind;
}

/* Parts */

function placeLink(place) {
  return button('link mono', place.label, () => vscode.postMessage({ type: 'open', place }));
}

function notice(title, lines) {
  return el('div', { class: 'notice', role: 'alert' }, [
    el('strong', {}, title),
    ...lines.map((line) => el('p', {}, line)),
  ]);
}

/** Up, down, Home and End move between the controls of a list, as in the editor's own lists. */
function arrowKeys(list, selector) {
  list.addEventListener('keydown', (event) => {
    const controls = [...list.querySelectorAll(selector)];
    const at = controls.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: controls.length - 1 }[event.key];
    if (at === -1 || to === undefined || !controls[to]) return;
    event.preventDefault();
    controls[to].focus();
  });
  return list;
}

function button(name, content, act, attributes = {}) {
  const made = el('button', { type: 'button', class: name, ...attributes }, content);
  made.addEventListener('click', act);
  return made;
}

function el(name, attributes, content = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== '' || key === 'value') made.setAttribute(key, value);
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}
