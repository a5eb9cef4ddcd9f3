/** Reading times by a Go layout, and Go's durations. */
import { LAYOUTS, piecesOf } from './layout.ts';
import { DAYS, instantOf, MONTHS, SECOND, secondsOfCivil } from './zone.ts';

interface Fields {
  year: number;
  month: number;
  day: number;
  dayOfYear: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  pm: boolean | undefined;
  offset: number | undefined;
  /** What was read but is not possible, such as `hour`. */
  outOfRange: string | undefined;
}

/** The instant in nanoseconds, or Go's words for why the text does not fit the layout (or its name). */
export function parseTime(layoutOrName: string, text: string): bigint | string {
  const layout = LAYOUTS[layoutOrName] ?? layoutOrName;
  const f: Fields = {
    year: 0,
    month: 0,
    day: 0,
    dayOfYear: 0,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    pm: undefined,
    offset: undefined,
    outOfRange: undefined,
  };
  const pieces = piecesOf(layout);
  let at = 0;
  for (let i = 0; i < pieces.length; i++) {
    const p = pieces[i] as (typeof pieces)[number];
    const end = p.element ? readElement(f, p.text, text, at, pieces[i + 1]) : skipText(p.text, text, at);
    if (end === undefined) return cannotParse(layout, text, p, at);
    at = end;
    if (f.outOfRange !== undefined) return `parsing time ${quote(text)}: ${f.outOfRange} out of range`;
  }
  if (at < text.length) return `parsing time ${quote(text)}: extra text: ${quote(text.slice(at))}`;
  return finish(f) ?? `parsing time ${quote(text)}: day out of range`;
}

function cannotParse(layout: string, text: string, p: { element: boolean; text: string }, at: number): string {
  const rest = p.element ? text.slice(at) : text.slice(commonTo(p.text, text, at));
  return `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(p.text)}`;
}

/** Where the text stops being what the layout says. */
function commonTo(expected: string, text: string, at: number): number {
  let i = at;
  for (const c of expected) {
    if (c === ' ') while (text[i] === ' ') i++;
    else if (text[i] === c) i++;
    else break;
  }
  return i;
}

function quote(text: string): string {
  const byte = (b: number): string => `\\x${b.toString(16).padStart(2, '0')}`;
  const quoted = text.replace(/["\\]|[^ -\u007f]/gu, (c) =>
    c === '"' || c === '\\' ? `\\${c}` : Array.from(new TextEncoder().encode(c), byte).join(''),
  );
  return `"${quoted}"`;
}

function skipText(expected: string, text: string, at: number): number | undefined {
  let i = at;
  for (const [n, c] of [...expected].entries()) {
    if (c === ' ') {
      // Go lets spaces stand for any number of them, and for none at the end.
      if (expected[n - 1] === ' ') continue;
      if (i < text.length && text[i] !== ' ') return undefined;
      while (text[i] === ' ') i++;
      continue;
    }
    if (text[i] !== c) return undefined;
    i++;
  }
  return i;
}

const NUMERIC: Record<string, [keyof Fields, RegExp]> = {
  '2006': ['year', /\d{4}/y],
  '01': ['month', /\d{2}/y],
  '1': ['month', /\d{1,2}/y],
  '02': ['day', /\d{2}/y],
  '2': ['day', /\d{1,2}/y],
  _2: ['day', / ?\d{1,2}/y],
  '002': ['dayOfYear', /\d{3}/y],
  __2: ['dayOfYear', / {0,2}\d{1,3}/y],
  '15': ['hour', /\d{1,2}/y],
  '03': ['hour', /\d{2}/y],
  '3': ['hour', /\d{1,2}/y],
  '04': ['minute', /\d{2}/y],
  '4': ['minute', /\d{1,2}/y],
  '05': ['second', /\d{2}/y],
  '5': ['second', /\d{1,2}/y],
};

const RANGES: Partial<Record<keyof Fields, [number, number]>> = {
  month: [1, 12],
  hour: [0, 23],
  minute: [0, 59],
  second: [0, 59],
};

function readElement(
  f: Fields,
  e: string,
  text: string,
  at: number,
  next: { text: string } | undefined,
): number | undefined {
  const numeric = NUMERIC[e];
  if (numeric !== undefined) {
    const found = matchAt(numeric[1], text, at);
    if (found === undefined) return undefined;
    (f[numeric[0]] as number) = Number(found);
    const [low, high] = (e === '03' || e === '3' ? [0, 12] : RANGES[numeric[0]]) ?? [0, 9999];
    if (Number(found) < low || Number(found) > high) f.outOfRange = numeric[0];
    const end = at + found.length;
    const isSecond = numeric[0] === 'second' && !/^[.,]/.test(next?.text ?? '');
    return isSecond ? readFraction(f, text, end) : end;
  }
  switch (e) {
    case '06': {
      const found = matchAt(/\d{2}/y, text, at);
      if (found === undefined) return undefined;
      f.year = Number(found) >= 69 ? 1900 + Number(found) : 2000 + Number(found);
      return at + 2;
    }
    case 'January':
    case 'Jan':
      return readName(text, at, MONTHS, e === 'Jan', (i) => {
        f.month = i + 1;
      });
    case 'Monday':
    case 'Mon':
      return readName(text, at, DAYS, e === 'Mon', () => {});
    case 'PM':
    case 'pm': {
      const found = text.slice(at, at + 2);
      if (found !== 'AM' && found !== 'PM' && found !== 'am' && found !== 'pm') return undefined;
      f.pm = found.toUpperCase() === 'PM';
      return at + 2;
    }
    case 'MST':
      return readAbbreviation(f, text, at);
    default:
      return /^[.,]/.test(e) ? readExactFraction(f, e, text, at) : readOffset(f, e, text, at);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readName(
  text: string,
  at: number,
  names: string[],
  short: boolean,
  set: (i: number) => void,
): number | undefined {
  for (let i = 0; i < names.length; i++) {
    const name = short ? (names[i] as string).slice(0, 3) : (names[i] as string);
    if (text.slice(at, at + name.length).toLowerCase() === name.toLowerCase()) {
      set(i);
      return at + name.length;
    }
  }
  return undefined;
}

/** A fraction may follow the seconds even when the layout has none. */
function readFraction(f: Fields, text: string, at: number): number {
  const found = matchAt(/[.,]\d+/y, text, at);
  if (found === undefined) return at;
  f.nanosecond = Number(found.slice(1, 10).padEnd(9, '0'));
  return at + found.length;
}

function readExactFraction(f: Fields, e: string, text: string, at: number): number | undefined {
  if (e[1] === '9') return readFraction(f, text, at);
  const found = matchAt(new RegExp(`[.,]\\d{${e.length - 1}}`, 'y'), text, at);
  if (found === undefined) return undefined;
  f.nanosecond = Number(found.slice(1, 10).padEnd(9, '0'));
  return at + found.length;
}

/** Abbreviations name no offset by themselves; only `GMT+3` does. */
function readAbbreviation(f: Fields, text: string, at: number): number | undefined {
  const [, gmt = '', hours] = /^(GMT)?([+-]\d+)/.exec(text.slice(at)) ?? [];
  if (hours !== undefined && Math.abs(Number(hours)) <= 23) {
    f.offset = Number(hours) * 3600;
    return at + gmt.length + hours.length;
  }
  const [found] =
    /^(?:GMT|ChST|MeST|WITA|[A-Z]{4}T(?![A-Z])|[A-Z]{3}T(?![A-Z])|[A-Z]{3}(?![A-Z]))/.exec(text.slice(at)) ?? [];
  if (found === undefined) return undefined;
  f.offset = 0;
  return at + found.length;
}

function readOffset(f: Fields, e: string, text: string, at: number): number | undefined {
  if (e.startsWith('Z') && text[at] === 'Z') {
    f.offset = 0;
    return at + 1;
  }
  const wanted = e.slice(1);
  const shape = new RegExp(`^.${wanted.replace(/\d\d/g, '(..)')}`, 's');
  const match = shape.exec(text.slice(at));
  if (match === null) return undefined;
  const parts = match.slice(1);
  // Go looks at the size of each part even where another one is no number.
  const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => (/^\d\d$/.test(part) ? Number(part) : 0));
  if (hours > 24) f.outOfRange = 'time zone offset hour';
  else if (minutes > 60) f.outOfRange = 'time zone offset minute';
  else if (seconds > 60) f.outOfRange = 'time zone offset second';
  if (f.outOfRange === undefined && !(/^[+-]/.test(match[0]) && parts.every((part) => /^\d\d$/.test(part))))
    return undefined;
  f.offset = (hours * 3600 + minutes * 60 + seconds) * (match[0].startsWith('-') ? -1 : 1);
  return at + match[0].length;
}

function finish(f: Fields): bigint | undefined {
  let { hour } = f;
  if (f.pm === true && hour < 12) hour += 12;
  else if (f.pm === false && hour === 12) hour = 0;
  if (f.month === 0 && f.dayOfYear === 0) f.month = 1;
  if (f.dayOfYear > 0) {
    if (f.dayOfYear > 366) return undefined;
    f.month = f.month === 0 ? 1 : f.month;
    f.day = f.day === 0 ? f.dayOfYear : f.day;
  }
  if (f.day === 0) f.day = 1;
  const last = new Date(secondsOfCivil(f.year, f.month + 1, 0, 0, 0, 0) * 1000).getUTCDate();
  if (f.month > 12 || hour > 23 || f.minute > 59 || f.second > 59 || (f.day > last && f.dayOfYear === 0))
    return undefined;
  const ns = instantOf({ ...f, hour }, 'UTC');
  return f.offset === undefined ? ns : ns - BigInt(f.offset) * SECOND;
}

const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
  d: 86_400n * SECOND,
  w: 7n * 86_400n * SECOND,
  y: 365n * 86_400n * SECOND,
};

/**
 * Go's durations, and days, weeks and years of 365 days, such as `1h30m` or `-1.5s`, in nanoseconds; Go's words for what is
 * wrong when the text is none.
 */
export function parseDuration(text: string): bigint | string {
  const invalid = `time: invalid duration ${quote(text)}`;
  const match = /^([+-]?)(.+)$/s.exec(text);
  if (match === null) return invalid;
  const rest = match[2] as string;
  if (rest === '0') return 0n;
  let total = 0n;
  const part = /(\d*)(?:\.(\d*))?([^\d.]*)/y;
  for (let at = 0; at < rest.length; at = part.lastIndex) {
    part.lastIndex = at;
    const [, whole = '', fraction = '', name = ''] = part.exec(rest) as RegExpExecArray;
    if (whole === '' && fraction === '') return invalid;
    const count = BigInt(whole === '' ? '0' : whole);
    if (count > LIMIT) return invalid;
    if (name === '') return `time: missing unit in duration ${quote(text)}`;
    const unit = UNITS[name];
    // OPA adds days, weeks and years to Go's units, and has other words where one of them is part of an unknown one.
    if (unit === undefined && /[dwy]/.test(name)) return invalid;
    if (unit === undefined) return `time: unknown unit ${quote(name)} in duration ${quote(text)}`;
    total += count * unit + fractionOf(fraction, unit);
    if (total > LIMIT) return invalid;
  }
  const signed = match[1] === '-' ? -total : total;
  return BigInt.asIntN(64, signed) === signed ? signed : invalid;
}

const LIMIT = 2n ** 63n;

/** As much of a unit as the digits behind the point say, in the floats that Go reckons with. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > (LIMIT - 1n) / 10n || next > LIMIT) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}
