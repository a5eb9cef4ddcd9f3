/** The calls that operators stand for. */
import type { Term } from '../ast.ts';
import { nameOfKind } from '../tokens.ts';

const OPERATOR: Record<string, string> = {
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '>': 'gt',
  '<=': 'lte',
  '>=': 'gte',
  '|': 'or',
  '&': 'and',
  '+': 'plus',
  '-': 'minus',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
};

/** Two operands and the kind of the token between them. */
export function operation(kind: number, left: Term, right: Term): Term {
  const infix = nameOfKind(kind);
  return infixCall(OPERATOR[infix] as string, infix, [left, right]);
}

/** A call of `name`, written as an operator and placed where its first operand begins. */
export function infixCall(name: string, infix: string, args: Term[]): Term {
  const { pos } = args[0] as Term;
  return { kind: 'call', fn: refOfName(name, pos), args, pos, infix };
}

/** The reference a name stands for, which has one dot at most. */
export function refOfName(name: string, pos: Term['pos']): Term {
  const dot = name.indexOf('.');
  if (dot < 0) return { kind: 'var', name, pos };
  const head: Term = { kind: 'var', name: name.slice(0, dot), pos };
  return { kind: 'ref', head, path: [{ kind: 'const', value: name.slice(dot + 1), pos }], pos };
}
