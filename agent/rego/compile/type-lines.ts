/**
 * Two types below a message, or two lists of them. Lines that would be long show what differs and leave out the rest, in the
 * way OPA does.
 */
import { fieldName, showType } from './type-text.ts';
import { type Field, fieldsOf, isEmpty, keyOf, type Type } from './types.ts';
import { unifies } from './unify.ts';

/** Longest line that is shown as it is. */
const MAX_LINE = 80;

/** Longest part of a line that is shown whole when the line is not. */
const MAX_PART = 32;

/** Parts nested deeper are not compared. */
const MAX_DEPTH = 8;

type Maybe = Type | undefined;

const ABOUT = 'https://www.openpolicyagent.org/docs/errors/rego-type-error/match-error';

/** The sides of a comparison that can never hold. */
export function sideLines(left: Maybe, right: Maybe): string[] {
  const lines = [`left  : ${showType(left)}`, `right : ${showType(right)}`];
  const shown = lines.some((line) => line.length > MAX_LINE)
    ? [`left  : ${beside(left, right, 0)}`, `right : ${beside(right, left, 0)}`]
    : lines;
  if (left === undefined || left.kind !== right?.kind || !PLURAL.has(left.kind)) return shown;
  const hint = `both sides are ${left.kind}s but their types differ, so they can never be equal (see ${ABOUT})`;
  return [...shown, `hint  : ${hint}`];
}

const PLURAL = new Set<Type['kind']>(['array', 'object', 'set']);

/** The operands of a call and what the function takes; its arguments may have names. */
export function operandLines(have: readonly Maybe[], want: readonly Maybe[], names: readonly string[] = []): string[] {
  const label = (i: number): string => (names[i] === undefined ? '' : `${names[i]}: `);
  const line = (start: string, parts: readonly string[]): string => `${start}: (${parts.join(', ')})`;
  const lines = [
    line('have', have.map(showType)),
    line(
      'want',
      want.map((t, i) => label(i) + showType(t)),
    ),
  ];
  if (lines.every((one) => one.length <= MAX_LINE)) return lines;
  const fits = (i: number): boolean => i >= have.length || i >= want.length || unifies(have[i], want[i]);
  return [
    line(
      'have',
      have.map((t, i) => (fits(i) ? part(t) : beside(t, want[i], 0))),
    ),
    line(
      'want',
      want.map((t, i) => label(i) + (fits(i) ? part(t, label(i).length) : beside(t, have[i], 0))),
    ),
  ];
}

/** A type next to another, with what both share left out of objects. */
function beside(t: Maybe, other: Maybe, depth: number): string {
  if (t === undefined || other === undefined || depth >= MAX_DEPTH || isEmpty(t) || keyOf(t) === keyOf(other))
    return part(t);
  if (t.kind === 'set' && other.kind === 'set') return `set[${beside(t.of, other.of, depth + 1)}]`;
  if (t.kind === 'array' && other.kind === 'array') return arrayBeside(t, other, depth);
  if (t.kind === 'object' && other.kind === 'object') return objectBeside(t, other, depth);
  if (t.kind === 'any' && other.kind === 'any' && t.types.length > 0) {
    return `any<${t.types.map((one) => part(one)).join(', ')}>`;
  }
  return part(t);
}

type OfKind<K extends Type['kind']> = Type & { kind: K };

function arrayBeside(t: OfKind<'array'>, other: OfKind<'array'>, depth: number): string {
  const aligned = t.items.length === other.items.length && (t.of === undefined) === (other.of === undefined);
  const show = (one: Maybe, of: Maybe): string => (aligned ? beside(one, of, depth + 1) : folded(one));
  const items = t.items.map((item, i) => show(item, other.items[i]));
  const known = items.length === 0 ? '' : `<${items.join(', ')}>`;
  return `array${known}${t.of === undefined ? '' : `[${show(t.of, other.of)}]`}`;
}

function objectBeside(t: OfKind<'object'>, other: OfKind<'object'>, depth: number): string {
  const shown: string[] = [];
  for (const field of fieldsOf(t)) {
    const same = fieldOf(other, field);
    if (same === undefined) shown.push(`${fieldName(field)}: ${part(field.type)}`);
    else if (keyOf(same.type) !== keyOf(field.type))
      shown.push(`${fieldName(field)}: ${beside(field.type, same.type, depth + 1)}`);
  }
  if (shown.length < t.fields.size) shown.push('...');
  const known = shown.length === 0 ? '' : `<${shown.join(', ')}>`;
  if (t.of === undefined) return `object${known}`;
  const value = other.of === undefined ? part(t.of) : beside(t.of, other.of, depth + 1);
  return `object${known}[${part(t.key)}: ${value}]`;
}

function fieldOf(t: OfKind<'object'>, { key }: Field): Field | undefined {
  return fieldsOf(t).find((one) => one.key === key);
}

function part(t: Maybe, taken = 0): string {
  const whole = showType(t);
  return whole.length + taken <= MAX_PART ? whole : folded(t);
}

/** The kind of a type, without what is in it. */
function folded(t: Maybe): string {
  if (t === undefined || isEmpty(t)) return showType(t);
  switch (t.kind) {
    case 'array':
      return `array${t.items.length === 0 ? '' : '<...>'}${t.of === undefined ? '' : '[...]'}`;
    case 'object':
      return `object${t.fields.size === 0 ? '' : '<...>'}${t.of === undefined ? '' : '[...]'}`;
    case 'set':
      return 'set[...]';
    case 'any':
      return t.types.length === 0 ? 'any' : 'any<...>';
    default:
      return showType(t);
  }
}
