import type { Assigned } from './assignment.ts';
import type { Candidate } from './candidate.ts';
import { isDefined, isProperty } from './loose.ts';

/**
 * Takes the value out of what surrounds it, and says whether name and value belong together although no sign stands between
 * them.
 */
export function settle(candidate: Candidate): void {
  const { assigned } = candidate;
  unwrap(assigned);
  if (assigned.loose && belongs(candidate)) assigned.loose = false;
}

function belongs({ text, place, assigned }: Candidate): boolean {
  const { quoted, identifier } = assigned;
  return (
    // An option and its value, one behind the other in a list.
    (quoted && identifier.startsWith('--')) ||
    // A file of properties asks for no sign: `db.password v`.
    (place.lines && isProperty(text, assigned)) ||
    // `props.put("mail.smtp.password", "v")`: a name and its value, and no list.
    (quoted && isPut(text, assigned)) ||
    // A macro's definition has nothing but a space between name and value.
    (place.code && quoted && isDefined(text, assigned))
  );
}

/** The name is the first of two texts that are handed to a function which keeps one under the other. */
function isPut(text: string, { start, end }: Assigned): boolean {
  return (
    /^["']\s{0,4}\)/.test(text.slice(end, end + 6)) &&
    /(?:\bput|setProperty|setenv|putenv|addProperty|\.append)\(\s{0,4}["'][\w.$-]{3,60}["'],\s{0,4}["']$/i.test(
      text.slice(Math.max(0, start - 100), start),
    )
  );
}

/**
 * Spring writes the encoding of a password in front of it, and `{noop}` says that there is none; `${A:-v}` and `${A:v}` are
 * what counts where A is not set; Cypress writes the keys that have no sign in braces.
 */
function unwrap(assigned: Assigned): void {
  const typed = assigned.quoted ? /\{(?:enter|tab|esc)\}$/i.exec(assigned.value)?.[0].length : undefined;
  if (typed !== undefined) {
    assigned.value = assigned.value.slice(0, -typed);
    assigned.end -= typed;
  }
  const { value } = assigned;
  const start = value.startsWith('{noop}')
    ? 6
    : (/^\$\{[A-Za-z_][\w.]{0,60}:[-=]?(?=[^}\s]{5,}\}$)/.exec(value)?.[0].length ?? 0);
  if (start === 0) return;
  const end = value.endsWith('}') && start !== 6 ? value.length - 1 : value.length;
  assigned.value = value.slice(start, end);
  assigned.start += start;
  assigned.end -= value.length - end;
}

/**
 * In a file of properties a password goes on to the line's end, spaces and all: takes the words behind the value into it, and
 * says whether there were any. None where a comment begins or the line is long.
 */
export function takeRestOfLine({ text, place, assigned }: Candidate): boolean {
  if (assigned.quoted || !place.lines) return false;
  const { end } = assigned;
  const more = /^(?: [^\s#]{1,24}){1,8}(?=[ \t]{0,8}(?:\r?\n|$))/.exec(text.slice(end, end + 210))?.[0].length ?? 0;
  if (more === 0 || /^[\s)}\];,]*$/.test(text.slice(end, end + more))) return false;
  assigned.end += more;
  assigned.value = text.slice(assigned.start, assigned.end);
  return true;
}
