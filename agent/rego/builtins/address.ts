/** What is wrong with a text that should be an IP address, in the words of Go's `net/netip`. */
import { goQuote } from '../values/value.ts';
import { parseAddress } from './network.ts';

/** Undefined for an address; one of IPv6 may have a zone. */
export function addressProblem(text: string): string | undefined {
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === '%') return 'missing IPv6 address';
  if (mark === undefined) return 'unable to parse IP';
  if (mark === '.') return parseAddress(text) === undefined ? problemOfV4(text) : undefined;
  const percent = text.indexOf('%');
  if (percent >= 0 && percent + 1 === text.length) return 'zone must be a non-empty string';
  return problemOfV6(percent < 0 ? text : text.slice(0, percent));
}

/** Octets are taken off the front; what is left where something is wrong is shown. */
function problemOfV4(text: string): string {
  let rest = text;
  for (let dots = 0; ; dots++) {
    const [digits] = /^\d*/.exec(rest) as RegExpExecArray;
    if (digits.length > 1 && digits.startsWith('0')) return 'IPv4 field has octet with leading zero';
    if (Number(digits) > 255) return 'IPv4 field has value >255';
    rest = rest.slice(digits.length);
    if (rest === '') return 'IPv4 address too short';
    if (rest[0] !== '.') return `unexpected character${place(rest)}`;
    if (digits === '' || rest === '.') return `IPv4 field must have at least one digit${place(rest)}`;
    if (dots === 3) return 'IPv4 address too long';
    rest = rest.slice(1);
  }
}

interface Reading {
  /** What no field has been taken of yet. */
  rest: string;
  fields: number;
  /** A `::` was met. */
  ellipsis: boolean;
}

function problemOfV6(text: string): string | undefined {
  const ellipsis = text.startsWith('::');
  const r: Reading = { rest: ellipsis ? text.slice(2) : text, fields: 0, ellipsis };
  while (r.fields < 8 && r.rest !== '') {
    const problem = takeField(r) ?? takeColons(r);
    if (problem !== undefined) return problem;
  }
  if (r.rest !== '') return `trailing garbage after address${place(r.rest)}`;
  if (r.fields < 8) return r.ellipsis ? undefined : 'address string too short';
  return r.ellipsis ? 'the :: must expand to at least one field of zeros' : undefined;
}

/** Up to four hexadecimal digits, or an IPv4 address, which is worth two fields and ends the text. */
function takeField(r: Reading): string | undefined {
  const [digits] = /^[0-9a-fA-F]*/.exec(r.rest) as RegExpExecArray;
  if (digits.length > 4) return `each group must have 4 or less digits${place(r.rest)}`;
  if (digits === '') return `each colon-separated field must have at least one digit${place(r.rest)}`;
  if (r.rest[digits.length] === '.') return takeEmbedded(r);
  r.fields++;
  r.rest = r.rest.slice(digits.length);
  return undefined;
}

function takeEmbedded(r: Reading): string | undefined {
  if (!r.ellipsis && r.fields !== 6)
    return `embedded IPv4 address must replace the final 2 fields of the address${place(r.rest)}`;
  if (r.fields > 6) return `too many hex fields to fit an embedded IPv4 at the end of the address${place(r.rest)}`;
  if (parseAddress(r.rest) === undefined) return problemOfV4(r.rest);
  r.rest = '';
  r.fields += 2;
  return undefined;
}

/** What stands behind a field: nothing, a colon and another field, or the one `::`. */
function takeColons(r: Reading): string | undefined {
  if (r.rest === '') return undefined;
  if (r.rest[0] !== ':') return `unexpected character, want colon${place(r.rest)}`;
  if (r.rest === ':') return `colon must be followed by more characters${place(r.rest)}`;
  r.rest = r.rest.slice(1);
  if (r.rest[0] !== ':') return undefined;
  if (r.ellipsis) return `multiple :: in address${place(r.rest)}`;
  r.ellipsis = true;
  r.rest = r.rest.slice(1);
  return undefined;
}

function place(rest: string): string {
  return ` (at ${goQuote(rest)})`;
}
