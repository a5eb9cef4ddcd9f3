/** What may stand on the left side of `:=`, before `in` after `some`, and behind `with`. */
import type { Expr, Term } from '../ast.ts';
import { type Position, RegoFailure } from '../errors.ts';
import { typeName } from '../values/value.ts';
import type { Scope } from './scope.ts';

/** `some x in x`, where nothing around it is called `x`. */
export function refuseItself(name: string, e: Expr & { kind: 'some-in' }, scope: Scope): void {
  if (e.domain.kind === 'var' && e.domain.name === name && !scope.sees(name))
    throw new RegoFailure('rego_compile_error', `var ${name} assigned before`, e.pos);
}

/** The left side of `:=` takes values apart; it compares nothing. */
export function assignable(t: Term): void {
  if (t.kind === 'var') return;
  if (t.kind === 'array') for (const item of t.items) assignable(item);
  else if (t.kind === 'object') for (const [, value] of t.entries) assignable(value);
  else if (t.kind === 'const' && Array.isArray(t.value)) {
    const [first] = t.value;
    if (first !== undefined) assignable({ kind: 'const', value: first, pos: inside(t.pos) });
  } else {
    const kind = t.kind === 'const' ? typeName(t.value) : t.kind.replace('-', '');
    throw new RegoFailure('rego_compile_error', `cannot assign to ${kind}`, t.pos);
  }
}

/** Just behind a bracket: the parts of a constant have no places of their own. */
function inside(pos: Position): Position {
  return { ...pos, column: pos.column + 1, offset: pos.offset + 1 };
}

export function badWithTarget(pos: Position): RegoFailure {
  const message = 'with keyword target must reference existing input, data, or a function';
  return new RegoFailure('rego_type_error', message, pos);
}
