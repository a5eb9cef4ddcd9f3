/** `time.*`. Nothing here reads a clock: `time.now_ns` is the caller's instant. */
import { formatTime, LAYOUTS } from '../time/layout.ts';
import { parseDuration, parseTime } from '../time/parse.ts';
import { type Civil, civilOf, DAYS, inRange, instantOf, secondsOfCivil, weekdayOf, zoneProblem } from '../time/zone.ts';
import { numberFromBigInt, toBigInt } from '../values/number.ts';
import { isNumber, typeName, type Value } from '../values/value.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, intArg, stringArg, typeFailure } from './types.ts';

interface Moment {
  ns: bigint;
  zone: string;
  layout: string | undefined;
}

/** An operand that is nanoseconds, or an array of them with a zone (and a layout). */
function momentArg(args: readonly Value[], index: number): Moment {
  const v = args[index] as Value;
  const parts = Array.isArray(v) ? v : [v];
  const [ns, zone, layout] = parts as [Value, Value | undefined, Value | undefined];
  if ((!Array.isArray(v) && !isNumber(v)) || ns === undefined)
    throw typeFailure(index, 'either number (ns) or [number (ns), string (tz)]', typeName(v));
  if (!isNumber(ns)) throw typeFailure(index, 'number', typeName(ns));
  for (const v of [zone, layout])
    if (v !== undefined && typeof v !== 'string') throw typeFailure(index, 'string', typeName(v));
  const problem = zone === undefined ? undefined : zoneProblem(zone as string);
  if (problem !== undefined) throw new BuiltinFailure(problem);
  const whole = toBigInt(ns);
  if (whole === undefined || !inRange(whole)) throw new BuiltinFailure('timestamp too big');
  return { ns: whole, zone: (zone as string | undefined) ?? '', layout: layout as string | undefined };
}

function checked(ns: bigint | undefined, what: string): Value {
  if (ns === undefined) throw new BuiltinFailure(what);
  if (!inRange(ns)) throw new BuiltinFailure('time outside of valid range');
  return numberFromBigInt(ns);
}

function now(_: readonly Value[], context: BuiltinContext): Value {
  if (context.run.nowNs === undefined) throw new BuiltinFailure('the caller gave no time');
  return numberFromBigInt(context.run.nowNs);
}

function parsedTime(layout: string, text: string): Value {
  const ns = parseTime(layout, text);
  if (typeof ns === 'string') throw new BuiltinFailure(ns);
  return checked(ns, 'time outside of valid range');
}

function parse(args: readonly Value[]): Value {
  const layout = stringArg(args, 0);
  const text = stringArg(args, 1);
  return parsedTime(layout, text);
}

function format(args: readonly Value[]): Value {
  const { ns, zone, layout } = momentArg(args, 0);
  const wanted = layout === undefined || layout === '' ? (LAYOUTS.RFC3339Nano as string) : (LAYOUTS[layout] ?? layout);
  return formatTime(civilOf(ns, zone), wanted);
}

function addDate(args: readonly Value[]): Value {
  const { ns, zone } = momentArg(args, 0);
  const [years, months, days] = [intArg(args, 1), intArg(args, 2), intArg(args, 3)] as [number, number, number];
  const c = civilOf(ns, zone);
  const year = c.year + years + Math.floor((c.month - 1 + months) / 12);
  if (Math.abs(year) > 200_000 || Math.abs(days) > 50_000_000) throw new BuiltinFailure('time outside of valid range');
  const moved = { ...c, year: c.year + years, month: c.month + months, day: c.day + days };
  return checked(instantOf(moved, zone), 'time outside of valid range');
}

function clockParts(c: Civil): [number, number, number] {
  return [c.hour, c.minute, c.second];
}

/** Years, months, days, hours, minutes and seconds between two moments, in the zone of the first. */
function diff(args: readonly Value[]): Value {
  const first = momentArg(args, 0);
  const second = momentArg(args.slice(1), 0);
  const [from, to] = first.ns > second.ns ? [second.ns, first.ns] : [first.ns, second.ns];
  const a = civilOf(from, first.zone);
  const b = civilOf(to, first.zone);
  let [year, month, day] = [b.year - a.year, b.month - a.month, b.day - a.day] as [number, number, number];
  const [h1, m1, s1] = clockParts(a);
  const [h2, m2, s2] = clockParts(b);
  let [hour, minute, sec] = [h2 - h1, m2 - m1, s2 - s1] as [number, number, number];
  if (sec < 0) {
    sec += 60;
    minute--;
  }
  if (minute < 0) {
    minute += 60;
    hour--;
  }
  if (hour < 0) {
    hour += 24;
    day--;
  }
  if (day < 0) {
    day += new Date(secondsOfCivil(a.year, a.month + 1, 0, 0, 0, 0) * 1000).getUTCDate();
    month--;
  }
  if (month < 0) {
    month += 12;
    year--;
  }
  return [year, month, day, hour, minute, sec];
}

const MOMENT = 'number|[number,string]';

export const time: BuiltinTable = {
  'time.now_ns': { args: [], result: 'number', impure: true, run: now },
  'time.parse_ns': { args: ['string', 'string'], result: 'number', run: parse },
  'time.parse_rfc3339_ns': {
    args: ['string'],
    result: 'number',
    run: (args) => {
      const text = stringArg(args, 0);
      return parsedTime('RFC3339', text);
    },
  },
  'time.parse_duration_ns': {
    args: ['string'],
    result: 'number',
    run: (args) => {
      const text = stringArg(args, 0);
      const ns = parseDuration(text);
      if (typeof ns === 'string') throw new BuiltinFailure(ns);
      return numberFromBigInt(ns);
    },
  },
  'time.format': { args: [`${MOMENT}|[number,string,string]`], result: 'string', run: format },
  'time.date': {
    args: [MOMENT],
    result: '[number,number,number]',
    run: (args) => {
      const m = momentArg(args, 0);
      const c = civilOf(m.ns, m.zone);
      return [c.year, c.month, c.day];
    },
  },
  'time.clock': {
    args: [MOMENT],
    result: '[number,number,number]',
    run: (args) => {
      const m = momentArg(args, 0);
      return clockParts(civilOf(m.ns, m.zone));
    },
  },
  'time.weekday': {
    args: [MOMENT],
    result: 'string',
    run: (args) => {
      const m = momentArg(args, 0);
      return DAYS[weekdayOf(civilOf(m.ns, m.zone))];
    },
  },
  'time.add_date': { args: ['number', 'number', 'number', 'number'], result: 'number', run: addDate },
  'time.diff': { args: [MOMENT, MOMENT], result: '[number,number,number,number,number,number]', run: diff },
};
