/** Go's time layouts (https://pkg.go.dev/time#pkg-constants): the reference time `Mon Jan 2 15:04:05 MST 2006`. */
import { type Civil, DAYS, dayOfYear, MONTHS, weekdayOf } from './zone.ts';

/** Names that `time.format` and `time.parse_ns` take in place of a layout. */
export const LAYOUTS: Record<string, string> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

/** A piece of a layout: an element of time, or text that stands for itself. */
export type Piece = { text: string; element: false } | { text: string; element: true };

/** Longest first where one begins another, as Go looks for them. */
const ELEMENTS =
  /January|Jan|Monday|Mon|MST|01|02|03|04|05|06|002|Z070000|Z07:00:00|Z0700|Z07:00|Z07|-070000|-07:00:00|-0700|-07:00|-07|_2006|__2|_2|2006|15|PM|pm|[.,]0+(?!\d)|[.,]9+(?!\d)|1|2|3|4|5/g;

const cache = new Map<string, Piece[]>();

export function piecesOf(layout: string): Piece[] {
  let pieces = cache.get(layout);
  if (pieces === undefined) {
    pieces = split(layout);
    if (cache.size < 1000) cache.set(layout, pieces);
  }
  return pieces;
}

function split(layout: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  ELEMENTS.lastIndex = 0;
  for (let match = ELEMENTS.exec(layout); match !== null; match = ELEMENTS.exec(layout)) {
    let text = match[0];
    let start = match.index;
    // `Jan` and `Mon` are names only where no small letter follows.
    if ((text === 'Jan' || text === 'Mon') && /[a-z]/.test(layout.charAt(start + 3))) continue;
    if (text === '_2006') {
      start += 1;
      text = '2006';
    }
    if (start > at) pieces.push({ text: layout.slice(at, start), element: false });
    pieces.push({ text, element: true });
    at = match.index + match[0].length;
  }
  if (at < layout.length) pieces.push({ text: layout.slice(at), element: false });
  return pieces;
}

export function formatTime(c: Civil, layout: string): string {
  return piecesOf(layout)
    .map((p) => (p.element ? formatElement(c, p.text) : p.text))
    .join('');
}

function formatElement(c: Civil, e: string): string {
  const hour12 = c.hour % 12 === 0 ? 12 : c.hour % 12;
  switch (e) {
    case 'January':
      return MONTHS[c.month - 1] as string;
    case 'Jan':
      return (MONTHS[c.month - 1] as string).slice(0, 3);
    case '1':
      return String(c.month);
    case '01':
      return two(c.month);
    case 'Monday':
      return DAYS[weekdayOf(c)] as string;
    case 'Mon':
      return (DAYS[weekdayOf(c)] as string).slice(0, 3);
    case '2':
      return String(c.day);
    case '_2':
      return String(c.day).padStart(2);
    case '02':
      return two(c.day);
    case '__2':
      return String(dayOfYear(c)).padStart(3);
    case '002':
      return String(dayOfYear(c)).padStart(3, '0');
    case '15':
      return two(c.hour);
    case '3':
      return String(hour12);
    case '03':
      return two(hour12);
    case '4':
      return String(c.minute);
    case '04':
      return two(c.minute);
    case '5':
      return String(c.second);
    case '05':
      return two(c.second);
    case '2006':
      return `${c.year < 0 ? '-' : ''}${String(Math.abs(c.year)).padStart(4, '0')}`;
    case '06':
      return two(((c.year % 100) + 100) % 100);
    case 'PM':
      return c.hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return c.hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return c.abbreviation === '' ? zoneText(c.offset, '-07') : c.abbreviation;
    default:
      return e.startsWith('.') || e.startsWith(',') ? fraction(c.nanosecond, e) : zoneText(c.offset, e);
  }
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function fraction(nanosecond: number, e: string): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, e.length - 1)
    .padEnd(e.length - 1, '0');
  if (e[1] === '0') return e.charAt(0) + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : e.charAt(0) + trimmed;
}

function zoneText(offset: number, e: string): string {
  if (e.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  const parts = [two(Math.floor(size / 3600)), two(Math.floor(size / 60) % 60), two(size % 60)];
  const wanted = e.slice(1).replaceAll(':', '').length / 2;
  return sign + parts.slice(0, wanted).join(e.includes(':') ? ':' : '');
}
