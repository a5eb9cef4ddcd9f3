/** Values as a template sees them, and as Go prints them. */
import { numberText } from '../values/number.ts';
import { isNumber, RegoObject, RegoSet, regoText, type Value } from '../values/value.ts';
import { GoNumber } from './parse.ts';

/** A value as a template has it: of the data, a number that it made itself, or none. */
export type Maybe = Value | GoNumber | undefined;

export function isNil(v: Maybe): boolean {
  return v === undefined || v === null;
}

/** Text, which numbers of the values are, too. */
export function textOf(v: Maybe): string | undefined {
  if (typeof v === 'string') return v;
  return isNumber(v as Value) ? printed(v) : undefined;
}

/** What `print` writes of a value. */
export function printed(v: Maybe): string {
  if (v === undefined || v === null) return '<undefined>';
  return v instanceof GoNumber ? numberText(v.value) : goText(v);
}

/** Go prints maps as `map[k:v]` and slices as `[a b]`. */
function goText(v: Value): string {
  if (typeof v === 'string') return v;
  if (v === null) return '<nil>';
  if (Array.isArray(v)) return `[${v.map(goText).join(' ')}]`;
  if (v instanceof RegoSet) return `[${v.items().map(goText).join(' ')}]`;
  if (v instanceof RegoObject) return `map[${[...v.entries()].map(([k, e]) => `${goText(k)}:${goText(e)}`).join(' ')}]`;
  return regoText(v);
}
