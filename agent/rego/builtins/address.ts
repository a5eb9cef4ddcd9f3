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

function problemOfV4(text: string): string {
  let from = 0;
  let dots = 0;
  for (let at = 0; at <= text.length; at++) {
    const c = text[at];
    const digits = at - from;
    if (c !== undefined && /\d/.test(c)) {
      if (digits === 1 && text[from] === '0') return 'IPv4 field has octet with leading zero';
      if (Number(text.slice(from, at + 1)) > 255) return 'IPv4 field has value >255';
      continue;
    }
    if (c !== undefined && c !== '.') return `unexpected character${place(text.slice(at))}`;
    if (c === undefined) break;
    if (at === 0 || at === text.length - 1 || text[at - 1] === '.')
      return `IPv4 field must have at least one digit${place(text.slice(at))}`;
    if (dots === 3) return 'IPv4 address too long';
    dots++;
    from = at + 1;
  }
  return 'IPv4 address too short';
}

/** Fields are taken off the front; what is left where something is wrong is shown. */
function problemOfV6(text: string): string | undefined {
  let rest = text;
  let fields = 0;
  let ellipsis = -1;
  if (rest.startsWith('::')) {
    ellipsis = 0;
    rest = rest.slice(2);
    if (rest === '') return undefined;
  }
  while (fields < 8) {
    const [digits] = /^[0-9a-fA-F]*/.exec(rest) as RegExpExecArray;
    if (digits.length > 4) return `each group must have 4 or less digits${place(rest)}`;
    if (digits === '') return `each colon-separated field must have at least one digit${place(rest)}`;
    if (rest[digits.length] === '.') {
      if (ellipsis < 0 && fields !== 6)
        return `embedded IPv4 address must replace the final 2 fields of the address${place(rest)}`;
      if (fields > 6) return `too many hex fields to fit an embedded IPv4 at the end of the address${place(rest)}`;
      if (parseAddress(rest) === undefined) return problemOfV4(rest);
      rest = '';
      fields += 2;
      break;
    }
    fields++;
    rest = rest.slice(digits.length);
    if (rest === '') break;
    if (rest[0] !== ':') return `unexpected character, want colon${place(rest)}`;
    if (rest.length === 1) return `colon must be followed by more characters${place(rest)}`;
    rest = rest.slice(1);
    if (rest[0] !== ':') continue;
    if (ellipsis >= 0) return `multiple :: in address${place(rest)}`;
    ellipsis = fields;
    rest = rest.slice(1);
    if (rest === '') break;
  }
  if (rest !== '') return `trailing garbage after address${place(rest)}`;
  if (fields < 8) return ellipsis < 0 ? 'address string too short' : undefined;
  return ellipsis < 0 ? undefined : 'the :: must expand to at least one field of zeros';
}

function place(rest: string): string {
  return ` (at ${goQuote(rest)})`;
}
