// The ladder of gates, and the way out.

import { arrowKeys, button, el, notice, placeLink } from './parts.js';
import { signs, state, texts, words } from './state.js';

/** `redraw` draws the whole page anew. */
export function gatesPanel(data, redraw) {
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
  parts.push(
    arrowKeys(
      el(
        'ol',
        { class: 'ladder' },
        data.gates.map((gate) => rung(gate, redraw)),
      ),
      '.rung > button',
    ),
  );
  if (data.steps.length > 0) {
    parts.push(el('h2', {}, texts.steps), el('ol', { class: 'steps' }, data.steps.map(step)));
  }
  const time = data.checkedAt ? new Date(data.checkedAt).toLocaleTimeString() : '';
  if (time) parts.push(el('p', { class: 'foot' }, texts.checkedAt.replace('{0}', time)));
  return parts;
}

function rung(gate, redraw) {
  const open = gate.reasons.length > 0 && (state.open[gate.gate] ?? gate.answer === 'deny');
  const cells = [
    el('span', { class: `sign ${gate.answer}`, 'aria-hidden': 'true' }, signs[gate.answer]),
    el('span', { class: 'gate' }, gate.gate),
    el('span', { class: gate.answer }, words[gate.answer]),
    el('span', { class: 'what' }, gate.summary),
    el('span', { class: 'exactness' }, gate.exactness),
    el('span', { class: gate.reasons.length > 0 ? 'arrow has' : 'arrow', 'aria-hidden': 'true' }),
  ];
  if (gate.reasons.length === 0) return el('li', { class: 'rung' }, [el('div', { class: 'row' }, cells)]);
  const id = `gate-${gate.gate}`;
  const toggle = (to) => {
    state.open = { ...state.open, [gate.gate]: to };
    redraw();
  };
  const control = button('', cells, () => toggle(!open), { id, 'aria-expanded': String(open) });
  control.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' && !open) toggle(true);
    if (event.key === 'ArrowLeft' && open) toggle(false);
  });
  return el('li', { class: 'rung' }, [
    control,
    ...(open
      ? [
          el(
            'ul',
            { class: 'reasons' },
            gate.reasons.map((one) => reason(one, gate)),
          ),
        ]
      : []),
  ]);
}

function reason(one, gate) {
  const more = [];
  if (one.place) more.push(placeLink(one.place));
  if (one.effectiveOn) more.push(el('span', { class: 'warn' }, `${texts.from} ${one.effectiveOn}`));
  if (one.unknown) more.push(el('span', { class: 'quiet' }, `${texts.unknown}: ${one.unknown.join(', ')}`));
  if (one.owner) more.push(el('span', { class: 'quiet' }, `${texts.owner}: ${one.owner}`));
  more.push(el('span', { class: 'quiet mono' }, one.source ? `${one.rule} · ${one.source}` : one.rule));
  return el('li', { class: `reason is-${one.effect}` }, [
    // The head of the gate has said it already when there is nothing else to say.
    ...(one.message === gate.summary ? [] : [el('p', {}, one.message)]),
    ...(one.kept ? [el('p', { class: 'kept' }, one.kept)] : []),
    ...(one.remedy && one.effect !== 'note' ? [el('p', { class: 'quiet' }, `${texts.remedy}: ${one.remedy}`)] : []),
    el('p', { class: 'more' }, more),
  ]);
}

function step(one) {
  return el('li', {}, [el('span', {}, one.text), one.place ? placeLink(one.place) : '']);
}
