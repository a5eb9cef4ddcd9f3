/** Civil time and time zones, from the zone data of the JavaScript engine. Instants are nanoseconds since 1970. */
import { abbreviationIn } from './abbreviations.ts';

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  /** Seconds east of UTC. */
  offset: number;
  /** Zone abbreviation, such as `CET`. */
  abbreviation: string;
}

export const SECOND = 1_000_000_000n;
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

export function inRange(ns: bigint): boolean {
  return ns >= MIN && ns <= MAX;
}

interface Zone {
  format: Intl.DateTimeFormat;
  /** The same zone in other kinds of English, each of which knows the abbreviations of its own region. */
  names: Intl.DateTimeFormat[];
}

const zones = new Map<string, Zone | undefined>();
const REGIONS = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ'];

/** Empty and `UTC` are UTC; `Local` is too, as a policy must not see the machine's zone. */
export function knowsZone(zone: string): boolean {
  return isUtc(zone) || zoneOf(zone) !== undefined;
}

/** Go's words for a name of a zone that is none: a zone is a file below the folder of zones. */
export function zoneProblem(zone: string): string | undefined {
  if (knowsZone(zone)) return undefined;
  if (zone.includes('..') || zone.startsWith('/') || zone.startsWith('\\')) return 'time: invalid location name';
  return zone.includes('\0') ? 'invalid argument' : `unknown time zone ${zone}`;
}

function isUtc(zone: string): boolean {
  return zone === '' || zone === 'UTC' || zone === 'Local';
}

function zoneOf(zone: string): Zone | undefined {
  if (!zones.has(zone)) {
    let made: Zone | undefined;
    try {
      if (/^[A-Z][A-Za-z0-9_+/-]*$/.test(zone) && !isMiswritten(zone)) made = newZone(FIXED[zone] ?? zone);
    } catch {
      made = undefined;
    }
    zones.set(zone, made);
  }
  return zones.get(zone);
}

/** Zones that Go's data has without their history. */
const FIXED: Record<string, string> = { EST: 'Etc/GMT+5', MST: 'Etc/GMT+7', HST: 'Etc/GMT+10' };

/** Go's names of zones are names of files: capitals count. */
function isMiswritten(zone: string): boolean {
  const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions();
  return timeZone !== zone && timeZone.toLowerCase() === zone.toLowerCase();
}

function newZone(timeZone: string): Zone {
  const names = REGIONS.map((region) => new Intl.DateTimeFormat(region, { timeZone, timeZoneName: 'short' }));
  return { format: newFormat(timeZone), names };
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** The civil time of an instant in a zone that is known. */
export function civilOf(ns: bigint, zone: string): Civil {
  const seconds = Number(floorDivide(ns, SECOND));
  const nanosecond = Number(ns - floorDivide(ns, SECOND) * SECOND);
  const { offset, abbreviation } = isUtc(zone) ? { offset: 0, abbreviation: 'UTC' } : offsetAt(seconds, zone);
  const date = new Date((seconds + offset) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond,
    offset,
    abbreviation,
  };
}

function offsetAt(seconds: number, zone: string): { offset: number; abbreviation: string } {
  const offset = offsetSeconds(seconds, zone);
  return { offset, abbreviation: abbreviationOf(zone, seconds, offset) };
}

function offsetSeconds(seconds: number, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of zoneOf(zone)?.format.formatToParts(new Date(seconds * 1000)) ?? []) parts[type] = value;
  const year = Number(parts.year) * (parts.era === 'BC' ? -1 : 1);
  const wall = secondsOfCivil(
    year,
    Number(parts.month),
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
  );
  return wall - seconds;
}

/** Where no name is known, Go shows the offset, such as `-03` or `+0530`. */
function abbreviationOf(zone: string, seconds: number, offset: number): string {
  if (FIXED[zone] !== undefined) return zone;
  // Before there were zones, places had a time of their own.
  if (seconds < LOCAL_TIMES && offset % 900 !== 0) return 'LMT';
  const own = seconds >= 0 ? abbreviationIn(zone, seconds, offset, true) : undefined;
  const known = own ?? nameAt(zone, seconds, offset) ?? abbreviationIn(zone, seconds, offset, false);
  if (known !== undefined && known !== '#') return known;
  // Names are not known for times long ago: the one that had the same offset later.
  const later =
    seconds < 0 && known === undefined ? LATER.find((then) => offsetSeconds(then, zone) === offset) : undefined;
  const name = later === undefined ? undefined : nameAt(zone, later, offset);
  if (name !== undefined) return name;
  const size = Math.abs(offset);
  const minutes = Math.floor(size / 60) % 60;
  const hours = String(Math.floor(size / 3600)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : String(minutes).padStart(2, '0')}`;
}

const LOCAL_TIMES = secondsOfCivil(1912, 1, 1, 0, 0, 0);
const LATER = [secondsOfCivil(1971, 1, 15, 0, 0, 0), secondsOfCivil(1974, 7, 15, 0, 0, 0)];

function nameAt(zone: string, seconds: number, offset: number): string | undefined {
  for (const names of zoneOf(zone)?.names ?? []) {
    const parts = names.formatToParts(new Date(seconds * 1000));
    const name = parts.find((p) => p.type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name) && (name !== 'GMT' || offset === 0)) return name;
  }
  return undefined;
}

/** Seconds since 1970 of a civil time in UTC; days and months beyond their ends carry over. */
export function secondsOfCivil(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return date.getTime() / 1000;
}

/** The instant of a civil time in a zone; around a change of clocks, what Go's `time.Date` picks. */
export function instantOf(c: Omit<Civil, 'offset' | 'abbreviation'>, zone: string): bigint {
  const wall = secondsOfCivil(c.year, c.month, c.day, c.hour, c.minute, c.second);
  if (isUtc(zone)) return BigInt(wall) * SECOND + BigInt(c.nanosecond);
  let guess = wall - offsetAt(wall, zone).offset;
  guess = wall - offsetAt(guess, zone).offset;
  return BigInt(guess) * SECOND + BigInt(c.nanosecond);
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export function weekdayOf(c: Pick<Civil, 'year' | 'month' | 'day'>): number {
  const days = Math.floor(secondsOfCivil(c.year, c.month, c.day, 0, 0, 0) / 86_400);
  return (((days + 4) % 7) + 7) % 7;
}

export function dayOfYear(c: Pick<Civil, 'year' | 'month' | 'day'>): number {
  return (secondsOfCivil(c.year, c.month, c.day, 0, 0, 0) - secondsOfCivil(c.year, 1, 1, 0, 0, 0)) / 86_400 + 1;
}
