// The components of the project and what a change does to them.

import { arrowKeys, button, el, notice, placeLink } from './parts.js';
import { CHUNK, remember, signs, state, texts, vscode } from './state.js';

export function sbomPanel(data) {
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
    remember();
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
    [
      el('span', { class: one.why.length > 0 ? 'arrow has' : 'arrow', 'aria-hidden': 'true' }),
      el('span', {}, one.name),
    ],
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
    el('td', { class: 'change warn' }, one.change),
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
