import type { Scan } from '../types.ts';
import { type Assigned, readAssignment } from './assignment.ts';
import { findHeader, isHeader } from './header.ts';
import { findInList, findInUsers } from './lists.ts';
import type { Place } from './place.ts';
import { findInRows } from './rows.ts';
import { type KeyKind, kindOfName } from './words.ts';

/** A value under a name that means a secret, before anybody has asked whether it is one. */
export interface Candidate {
  text: string;
  place: Place;
  assigned: Assigned;
  kind: KeyKind;
}

interface Named {
  identifier: string;
  behind: number;
}

/**
 * Reads the name around a key word and the value that is given to it. `undefined` when there is no single value: a list, rows,
 * a map of users and a header have finders of their own, which are called here.
 */
export function readCandidate(scan: Scan, place: Place, start: number, end: number): Candidate | undefined {
  let named: Named | undefined;
  const assigned = readAssignment(
    scan.text,
    start,
    end,
    (identifier, behind) => {
      named = { identifier, behind };
      return mayCount(scan, identifier, behind);
    },
    scan.unbroken,
  );
  // A value in pieces may be long.
  if (assigned && assigned.end - assigned.start > 1200) scan.far = true;
  if (!assigned || (assigned.loose && !assigned.quoted && /^[:=]/.test(assigned.value))) {
    if (named) findSeveral(scan, place, named);
    return undefined;
  }
  // The first of a map of them.
  if (named && isPlural(named.identifier)) findSeveral(scan, place, named);
  // The columns of rows in Go have a type.
  if (named && assigned.value === 'string') {
    if (place.code) findRowsOf(scan, place, named, kindOfName(named.identifier));
    return undefined;
  }
  const last = scan.hits[scan.hits.length - 1];
  if (last && last.range[0] === assigned.start && last.by === 'generic') return undefined;
  if (assigned.scheme !== undefined || isHeader(assigned.identifier)) {
    findHeader(scan, assigned, place.test);
    return undefined;
  }
  const kind = kindOf(scan.text, assigned);
  if (kind === undefined || place.sealed || (place.texts && kind === 'password')) return undefined;
  return { text: scan.text, place, assigned, kind };
}

/** Behind the name no single value begins: a list, rows under it, or a map of users and what they log in with. */
function findSeveral(scan: Scan, place: Place, named: Named): void {
  const kind = place.sealed || place.texts ? undefined : kindOfName(named.identifier);
  if (kind !== undefined && !findInList(scan, place, kind, named.behind) && kind !== 'maybe')
    findRowsOf(scan, place, named, kind);
  else if (isPlural(named.identifier) && /^(?:\w{1,16}[_.-])?(?:users|accounts|logins)$/i.test(named.identifier))
    findInUsers(scan, place, named.behind);
}

function findRowsOf(scan: Scan, place: Place, { identifier, behind }: Named, kind: KeyKind | undefined): void {
  if (kind !== undefined && kind !== 'maybe') findInRows(scan, place, kind, behind - identifier.length, behind);
}

/** It ends in `s`: a look at one character spares the search in most names. */
function isPlural(identifier: string): boolean {
  return (identifier.charCodeAt(identifier.length - 1) | 32) === 115;
}

/** What the name means. In a query a key is what it says: `?key=`. */
function kindOf(text: string, { identifier, start }: Assigned): KeyKind | undefined {
  const kind = kindOfName(identifier);
  const before = start - identifier.length - 2;
  return kind === 'maybe' && /[?&]$/.test(text.slice(before, before + 1)) ? 'key' : kind;
}

/** How far behind an identifier `Basic` or `Bearer` may begin. */
const reach = 320;

/**
 * The identifier names a secret, or the header in which one is sent, or the value may begin with `Bearer` or `Basic`:
 * nothing else counts, and most identifiers with a key word in them are none of these.
 */
function mayCount(scan: Scan, identifier: string, behind: number): boolean {
  if (kindOfName(identifier) !== undefined || isHeader(identifier)) return true;
  const { schemes } = scan;
  // What was looked through once is not looked through again from the next identifier.
  if (schemes.at < behind && schemes.upTo < behind + reach) {
    const from = Math.max(behind, schemes.upTo);
    const next = scan.text.slice(from, behind + reach + 7).search(/b(?:asic|earer) /i);
    schemes.at = next === -1 ? -1 : from + next;
    schemes.upTo = next === -1 ? behind + reach : schemes.at;
  }
  return schemes.at >= behind && schemes.at < behind + reach;
}
