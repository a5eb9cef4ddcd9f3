// The ten metrics of the audit log, each with its course over the time that was chosen.

import { button, el } from './parts.js';
import { state, texts, vscode } from './state.js';

const NS = 'http://www.w3.org/2000/svg';
// The drawing's own units; it is stretched to the width of its card.
const WIDTH = 240;
const HEIGHT = 56;
const EDGE = 4;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const shortDates = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function metricsFacts(data) {
  if (!data) return [];
  const entries = `${data.entries} ${data.entries === 1 ? texts.entry : texts.entries}`;
  return [`${dates.format(new Date(data.from))} – ${dates.format(new Date(data.to))}`, entries];
}

export function metricsPanel(data) {
  const known = data.metrics.filter((metric) => metric.good !== null);
  const unknown = data.metrics.filter((metric) => metric.good === null);
  return [
    el('div', { class: 'asked' }, [logBox(data), timeButtons(data), tally(known)]),
    known.length === 0
      ? el('p', { class: 'empty' }, texts.noEntries)
      : el(
          'ul',
          { class: 'cards' },
          known.map((metric) => card(metric, data)),
        ),
    ...unknownList(unknown),
    el('p', { class: 'foot' }, [sentence(texts.metricsFoot, ['pregate log metrics'])]),
    ...(data.otlp
      ? [el('p', { class: 'quiet' }, [sentence(texts.otlpFoot, [data.otlp, 'pregate log metrics --send'])])]
      : []),
  ];
}

function ask(change) {
  const { log, days } = state.data.metrics;
  vscode.postMessage({ type: 'metrics', log, days, ...change });
}

function logBox(data) {
  const options = [
    ...data.logs.map(({ id, label, named }) => [id, named ? label : texts.otherRepository.replace('{0}', label)]),
    ['all', texts.allRepositories],
  ];
  const select = el(
    'select',
    { id: 'log', 'aria-label': texts.repository },
    options.map(([id, label]) => el('option', { value: id }, label)),
  );
  select.value = data.log;
  select.addEventListener('change', () => ask({ log: select.value }));
  return select;
}

function timeButtons(data) {
  const made = [7, 30, 90, 0].map((days) =>
    button('', texts[`days${days}`], () => ask({ days }), {
      id: `days-${days}`,
      'aria-pressed': String(days === data.days),
    }),
  );
  return el('div', { class: 'times', role: 'group', 'aria-label': texts.time }, made);
}

function tally(known) {
  if (known.length === 0) return '';
  const met = known.filter((metric) => metric.good).length;
  return el('span', { class: met === known.length ? 'tally allow' : 'tally' }, tallyText(known));
}

function tallyText(known) {
  const met = known.filter((metric) => metric.good).length;
  return texts.allMet.replace('{0}', met).replace('{1}', known.length);
}

/** Which time, how much of it, and how many targets are met. */
export function metricsSpoken(data) {
  const known = data.metrics.filter((metric) => metric.good !== null);
  return known.length === 0 ? texts.noEntries : [...metricsFacts(data), tallyText(known)].join(', ');
}

function card(metric, data) {
  const answer = metric.good ? 'allow' : 'warn';
  return el('li', { class: 'card' }, [
    el('h2', {}, [el('span', { class: 'quiet' }, metric.id), el('span', {}, metric.title)]),
    el('p', { class: 'value' }, [
      el('span', { class: 'figure' }, metric.value),
      el(
        'span',
        { class: `judgement ${answer}` },
        `${metric.good ? '✓' : '!'} ${metric.good ? texts.met : texts.missed}`,
      ),
      el('span', { class: 'quiet' }, texts.target.replace('{0}', metric.target)),
    ]),
    el('div', {}, metric.course.length > 0 ? [plot(metric, data), axis(data)] : []),
    el('p', { class: 'quiet note' }, metric.note),
  ]);
}

/** Points joined where they follow each other; a slice in which nothing happened is a gap. The target is a dashed line. */
function plot(metric, data) {
  const { course, bound, unit } = metric;
  const numbers = course.flatMap(({ number }) => (number === null ? [] : [number]));
  const top = unit === 'share' ? 1 : Math.max(...numbers, bound, 1) * 1.08;
  // Shares near their target would all lie on one line: the axis begins where something can be seen.
  const least = Math.min(...numbers, bound);
  const bottom = unit === 'share' && metric.atLeast && least > 0.5 ? Math.max(0, least - (1 - least) * 0.6 - 0.02) : 0;
  const high = unit === 'share' && !metric.atLeast ? Math.max(...numbers, bound, 0.02) * 1.2 : top;
  const x = (index) => EDGE + (index / Math.max(1, course.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (number) => HEIGHT - EDGE - ((number - bottom) / (high - bottom || 1)) * (HEIGHT - 2 * EDGE);
  const runs = runsOf(course);
  const answer = metric.good ? 'good' : 'missed';
  const words = course.map(({ text }, index) => `${timeOf(data, index, course.length)}: ${text || texts.nothingThen}`);
  const picture = svg('svg', {
    class: `plot ${answer}`,
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': `${metric.title}. ${spokenCourse(metric, data)}`,
  });
  picture.append(
    svg('line', { class: 'bound', x1: 0, x2: WIDTH, y1: y(bound), y2: y(bound) }),
    ...runs.flatMap((run) => {
      const points = run.map((index) => `${round(x(index))},${round(y(course[index].number))}`);
      if (run.length === 1) return [];
      const floor = HEIGHT - EDGE / 2;
      const area = [`${round(x(run[0]))},${floor}`, ...points, `${round(x(run.at(-1)))},${floor}`].join(' ');
      return [
        svg('polygon', { class: 'area', points: area }),
        svg('polyline', { class: 'line', points: points.join(' ') }),
      ];
    }),
    ...course.flatMap(({ number }, index) =>
      number === null ? [] : [svg('circle', { class: 'point', cx: round(x(index)), cy: round(y(number)), r: 2.4 })],
    ),
    ...course.map((_, index) => {
      const width = WIDTH / course.length;
      const zone = svg('rect', { class: 'zone', x: round(index * width), y: 0, width: round(width), height: HEIGHT });
      const title = svg('title', {});
      title.textContent = words[index];
      zone.append(title);
      return zone;
    }),
  );
  return picture;
}

/** The course in words: slices that follow each other and say the same are one, so that nobody has to hear it 24 times. */
function spokenCourse({ course }, data) {
  const parts = [];
  for (const [index, { number, text }] of course.entries()) {
    if (number === null) continue;
    const last = parts.at(-1);
    if (last?.text === text && last.to === index - 1) last.to = index;
    else parts.push({ text, from: index, to: index });
  }
  const at = (index) => timeOf(data, index, course.length);
  return parts.map(({ text, from, to }) => `${at(from)}${to > from ? ` – ${at(to)}` : ''}: ${text}`).join('; ');
}

function axis({ from, to }) {
  const ends = [from, to].map((moment) => el('span', {}, shortDates.format(new Date(moment))));
  return el('div', { class: 'axis', 'aria-hidden': 'true' }, ends);
}

function runsOf(course) {
  const runs = [];
  let run = [];
  for (const [index, { number }] of course.entries()) {
    if (number !== null) run.push(index);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}

function timeOf(data, index, count) {
  const from = Date.parse(data.from);
  const width = (Date.parse(data.to) - from) / count;
  const format = width < 86_400_000 ? moments : dates;
  return format.format(new Date(from + index * width));
}

function unknownList(unknown) {
  if (unknown.length === 0) return [];
  const rows = unknown.map((metric) =>
    el('li', {}, [
      el('span', { class: 'quiet' }, metric.id),
      el('span', {}, metric.title),
      el('span', { class: 'quiet' }, metric.note),
    ]),
  );
  return [el('h2', {}, texts.unknownHere), el('ul', { class: 'unknowns' }, rows)];
}

/** A sentence with commands or names in its places, which are set in the editor's font. */
function sentence(text, words) {
  const parts = text.split(/(\{\d\})/).map((part) => {
    const place = /^\{(\d)\}$/.exec(part);
    return place ? el('span', { class: 'mono' }, words[Number(place[1])]) : part;
  });
  return el('span', {}, parts);
}

const round = (number) => Math.round(number * 100) / 100;

function svg(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
