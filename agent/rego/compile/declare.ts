/** Names that patterns declare: on the left of `:=`, after `some` and `every`, and as arguments. */
import type { Expr, Term } from '../ast.ts';
import type { Position } from '../errors.ts';
import { refuseItself } from './assigned.ts';
import { patternVars } from './implicit.ts';
import type { Scope } from './scope.ts';
import { isRoot } from './vars.ts';

type Elements = Expr & { kind: 'some-in' };

/** A variable alone, as nearly all of these patterns are, needs no closure. */
export function refuseElement(t: Term, e: Elements, scope: Scope): void {
  if (t.kind === 'var') refuseItself(t.name, e, scope);
  else patternVars(t, (name) => refuseItself(name, e, scope));
}

export function declareElement(t: Term, scope: Scope, pos: Position): void {
  if (t.kind !== 'var') patternVars(t, (name) => isRoot(name) || declareLocal(name, 'iterated', scope, pos));
  else if (!isRoot(t.name)) declareLocal(t.name, 'iterated', scope, pos);
}

export function declarePattern(t: Term, scope: Scope): void {
  if (t.kind === 'var') declareLocal(t.name, 'assigned', scope, t.pos);
  else patternVars(t, (name, pos) => declareLocal(name, 'assigned', scope, pos));
}

export function declareLocal(
  name: string,
  how: 'assigned' | 'declared' | 'iterated' | 'argument',
  scope: Scope,
  pos: Position,
): void {
  scope.declare(name, name.startsWith('$') ? 'implicit' : how, pos);
}
