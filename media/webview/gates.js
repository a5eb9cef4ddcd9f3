// The answer, the way out, and the ladder of gates.

import { arrowKeys, button, el, notice, placeLink } from './parts.js';
import { signs, state, texts, words } from './state.js';

// Warnings shown at once where nothing is refused; a person who has a refusal to mend reads them later.
const FEW = 3;
const order = { deny: 0, depends: 1, warn: 2, note: 3 };

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
  if (data.gates.length > 0) parts.push(verdict(data));
  // A finding that several gates name is told once; a later gate that is harder on it tells it again.
  const told = new Map();
  const ladder = el(
    'ol',
    { class: 'ladder' },
    data.gates.map((gate) => rung(gate, told, redraw)),
  );
  parts.push(arrowKeys(ladder, '.rung > button'));
  const time = data.checkedAt ? new Date(data.checkedAt).toLocaleTimeString() : '';
  if (time) parts.push(el('p', { class: 'foot' }, texts.checkedAt.replace('{0}', time)));
  return parts;
}

/** The whole answer in one line. */
export function gatesSpoken({ gates, problems }) {
  if (gates.length === 0) return problems.length > 0 ? texts.problems : texts.noGates;
  return lineOf(gates).line;
}

function lineOf(gates) {
  const named = (answer) => gates.filter((gate) => gate.answer === answer).map((gate) => gate.gate);
  const answer = ['deny', 'depends', 'warn'].find((one) => named(one).length > 0) ?? 'allow';
  const names = new Intl.ListFormat(document.documentElement.lang, { type: 'conjunction' }).format(named(answer));
  const line = { deny: texts.refusedBy, depends: texts.openAt, warn: texts.warnedBy, allow: texts.allPass }[answer];
  return { answer, line: line.replace('{0}', names) };
}

/** That answer, and below it what to do. */
function verdict({ gates, steps }) {
  const { answer, line } = lineOf(gates);
  return el('section', { class: `verdict is-${answer}`, 'aria-labelledby': 'verdict' }, [
    el('div', { class: 'line' }, [
      el('span', { class: `sign ${answer}`, 'aria-hidden': 'true' }, signs[answer]),
      el('h2', { id: 'verdict' }, line),
    ]),
    ...(steps.length > 0
      ? [el('p', { class: 'quiet' }, texts.steps), el('ol', { class: 'steps' }, steps.map(step))]
      : []),
  ]);
}

function step(one) {
  return el('li', {}, [
    el('p', {}, [one.text, ...(one.command ? [el('code', {}, one.command)] : [])]),
    ...(one.places.length > 0 ? [el('p', { class: 'places' }, one.places.map(placeLink))] : []),
  ]);
}

function rung(gate, told, redraw) {
  const fresh = freshOf(gate, told);
  const open = gate.reasons.length > 0 && (state.open[gate.gate] ?? fresh.some((one) => one.effect === 'deny'));
  const cells = [
    el('span', { class: `sign ${gate.answer}`, 'aria-hidden': 'true' }, signs[gate.answer]),
    el('span', { class: 'gate' }, gate.gate),
    // What was not judged depends on nothing, and "depends" is said once.
    el('span', { class: gate.answer }, gate.open ? texts.unjudged : words[gate.answer]),
    el(
      'span',
      { class: open ? 'what quiet' : 'what' },
      open ? countsOf(gate) : gate.summary.replace(/^depends on: /, ''),
    ),
    el('span', { class: 'exactness' }, gate.exactness),
    el('span', { class: gate.reasons.length > 0 ? 'arrow has' : 'arrow', 'aria-hidden': 'true' }),
  ];
  if (gate.reasons.length === 0) return el('li', { class: 'rung' }, [el('div', { class: 'row' }, cells)]);
  const id = `gate-${gate.gate}`;
  const toggle = (name, to) => {
    state.open = { ...state.open, [name]: to };
    redraw();
  };
  const control = button('', cells, () => toggle(gate.gate, !open), { id, 'aria-expanded': String(open) });
  control.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight' && !open) toggle(gate.gate, true);
    if (event.key === 'ArrowLeft' && open) toggle(gate.gate, false);
  });
  return el('li', { class: 'rung' }, [control, ...(open ? reasons(gate, fresh, toggle) : [])]);
}

/** What earlier gates have not told already, the hardest first. */
function freshOf(gate, told) {
  const keyOf = (one) => `${one.message} ${one.place?.label ?? ''}`;
  const fresh = gate.reasons.filter((one) => (told.get(keyOf(one)) ?? 9) > order[one.effect]);
  for (const one of fresh) told.set(keyOf(one), order[one.effect]);
  return fresh.sort((a, b) => order[a.effect] - order[b.effect]);
}

function countsOf({ reasons }) {
  const parts = ['deny', 'depends', 'warn', 'note'].flatMap((effect) => {
    const count = reasons.filter((one) => one.effect === effect).length;
    const [single, many] = texts[`count-${effect}`].split('|');
    return count === 0 ? [] : [(count === 1 ? single : many).replace('{0}', count)];
  });
  return parts.join(', ');
}

function reasons(gate, fresh, toggle) {
  const name = `${gate.gate}-all`;
  const hard = fresh.filter((one) => one.effect === 'deny' || one.effect === 'depends').length;
  const shown = state.open[name] ? fresh : fresh.slice(0, hard > 0 ? hard : FEW);
  const above = gate.reasons.length - fresh.length;
  const tail = [];
  if (shown.length < fresh.length) {
    const more = texts.more.replace('{0}', fresh.length - shown.length);
    tail.push(button('link', more, () => toggle(name, true), { id: `more-${gate.gate}` }));
  }
  if (above > 0) tail.push(el('span', { class: 'quiet' }, texts.above.replace('{0}', above)));
  return [
    el('ul', { class: 'reasons' }, [
      ...shown.map(reason),
      ...(tail.length > 0 ? [el('li', { class: 'tail' }, tail)] : []),
    ]),
  ];
}

function reason(one) {
  const more = [];
  if (one.place) more.push(placeLink(one.place));
  if (one.effectiveOn) more.push(el('span', { class: 'warn' }, `${texts.from} ${one.effectiveOn}`));
  if (one.unknown) more.push(el('span', { class: 'quiet' }, `${texts.unknown}: ${one.unknown.join(', ')}`));
  if (one.owner) more.push(el('span', { class: 'quiet' }, `${texts.owner}: ${one.owner}`));
  more.push(el('span', { class: 'quiet mono' }, one.source ? `${one.rule} · ${one.source}` : one.rule));
  // What takes a refusal back stands in the steps above.
  const remedy = one.remedy && one.effect !== 'note' && one.effect !== 'deny';
  return el('li', { class: `reason is-${one.effect}` }, [
    el('p', {}, one.message),
    ...(one.kept ? [el('p', { class: 'kept' }, one.kept)] : []),
    ...(remedy ? [el('p', { class: 'quiet' }, `${texts.remedy}: ${one.remedy}`)] : []),
    el('p', { class: 'more' }, more),
  ]);
}
