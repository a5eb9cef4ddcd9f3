/** Terms: scalars, references, calls, collections, comprehensions, templates and infix operators. */
import type { Expr, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { negate } from '../values/arithmetic.ts';
import { numberFromText } from '../values/number.ts';
import { RegoObject, RegoSet } from '../values/value.ts';
import { parseExpr, parseQuery } from './exprs.ts';
import { constantLiteral } from './literals.ts';
import {
  accept,
  attempt,
  expect,
  fail,
  isKeyword,
  isPunct,
  nested,
  next,
  peek,
  peekAt,
  position,
  type State,
} from './state.ts';

/** Binding strength of the infix operators, weakest first; `in` is a word but stands here too. */
const LEVELS: readonly (readonly string[])[] = [
  ['in'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['|'],
  ['&'],
  ['+', '-'],
  ['*', '/', '%'],
];

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

/** A term with infix operators, such as `x + 1 > count(y)`. */
export function parseInfix(s: State, minimum = 0): Term {
  return continueInfix(s, parseTerm(s), minimum);
}

/** Goes on after a first operand that was read already. */
function continueInfix(s: State, first: Term, minimum = 0): Term {
  let left = minimum === 0 ? memberPair(s, first) : first;
  for (;;) {
    const level = levelOf(s);
    if (level < minimum) return left;
    const token = next(s);
    const right = parseInfix(s, level + 1);
    if (token.text === 'in') left = memberCall(left, right);
    else {
      const fn = call(OPERATOR[token.text] as string, left);
      left = { kind: 'call', fn, args: [left, right], pos: left.pos, infix: token.text };
    }
  }
}

/** `k, v in xs` may stand wherever a term with operators may, except in lists, where the comma ends the element. */
function memberPair(s: State, left: Term): Term {
  if (!isPunct(s, ',') || !s.keywords.has('in') || s.listDepth > 0) return left;
  const pair = attempt(s, () => {
    next(s);
    const value = parseInfix(s, 1);
    if (!isKeyword(s, 'in')) return undefined;
    next(s);
    const domain = parseInfix(s, 1);
    const fn = call('internal.member_3', left);
    return { kind: 'call', fn, args: [left, value, domain], pos: left.pos, infix: 'in' } satisfies Term;
  });
  return pair ?? left;
}

function memberCall(left: Term, right: Term): Term {
  return { kind: 'call', fn: call('internal.member_2', left), args: [left, right], pos: left.pos, infix: 'in' };
}

function call(name: string, at: Term): Term {
  return refOfName(name, at.pos);
}

/** The reference a dotted name stands for. */
export function refOfName(name: string, pos: Term['pos']): Term {
  const [first = '', ...rest] = name.split('.');
  const head: Term = { kind: 'var', name: first, pos };
  if (rest.length === 0) return head;
  return { kind: 'ref', head, path: rest.map((value): Term => ({ kind: 'const', value, pos })), pos };
}

function levelOf(s: State): number {
  const token = peek(s);
  if (token.type === 'ident') return token.text === 'in' && isKeyword(s, 'in') ? 0 : -1;
  if (token.type !== 'punct') return -1;
  for (let level = 1; level < LEVELS.length; level++) {
    if (LEVELS[level]?.includes(token.text)) return level;
  }
  return -1;
}

/** A term without infix operators. */
export function parseTerm(s: State): Term {
  return nested(s, () => finish(s, parsePrimary(s)));
}

/** The references and calls that follow a term without a space between. */
function finish(s: State, first: Term): Term {
  let term = first;
  for (;;) {
    const token = peek(s);
    if (token.type !== 'punct' || token.spaced) return term;
    if (token.text === '.') {
      next(s);
      const name = peek(s);
      if (name.type !== 'ident') fail(s, 'expected ident');
      const pos = position(s);
      next(s);
      term = extend(term, { kind: 'const', value: name.text, pos });
    } else if (token.text === '[') {
      next(s);
      const key = inList(s, () => parseInfix(s));
      expect(s, ']', 'expected ]');
      term = extend(term, key);
    } else if (token.text === '(' && (term.kind === 'var' || term.kind === 'ref')) {
      next(s);
      term = { kind: 'call', fn: term, args: parseList(s, ')'), pos: term.pos };
    } else return term;
  }
}

function extend(term: Term, key: Term): Term {
  if (term.kind === 'ref') return { ...term, path: [...term.path, key] };
  return { kind: 'ref', head: term, path: [key], pos: term.pos };
}

function parsePrimary(s: State): Term {
  const token = peek(s);
  const pos = position(s);
  if (token.type === 'string') {
    next(s);
    return { kind: 'const', value: token.text, pos };
  }
  if (token.type === 'number') {
    next(s);
    return { kind: 'const', value: numberFromText(token.text), pos };
  }
  if (token.type === 'ident') return parseName(s);
  if (token.type === 'template-start') return parseTemplate(s);
  if (token.type === 'punct') {
    if (token.text === '-') return parseNegative(s);
    if (token.text === '(') return parseParens(s);
    if (token.text === '[') return constantAt(s) ?? parseArray(s);
    if (token.text === '{') return constantAt(s) ?? parseBraces(s);
  }
  return fail(s, 'expected term');
}

function constantAt(s: State): Term | undefined {
  const pos = position(s);
  const value = constantLiteral(s);
  return value === undefined ? undefined : { kind: 'const', value, pos };
}

function parseNegative(s: State): Term {
  const pos = position(s);
  next(s);
  const token = peek(s);
  if (token.spaced) fail(s, 'expected number');
  if (token.type !== 'number') {
    const zero: Term = { kind: 'const', value: 0, pos };
    return { kind: 'call', fn: refOfName('minus', pos), args: [zero, parseTerm(s)], pos, infix: '-' };
  }
  next(s);
  return { kind: 'const', value: negate(numberFromText(token.text)), pos };
}

function parseParens(s: State): Term {
  next(s);
  const depth = s.listDepth;
  s.listDepth = 0;
  const term = parseInfix(s);
  s.listDepth = depth;
  expect(s, ')', 'expected )');
  return term;
}

function parseName(s: State): Term {
  const token = peek(s);
  const pos = position(s);
  for (const [word, value] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const) {
    if (isKeyword(s, word)) {
      next(s);
      return { kind: 'const', value, pos };
    }
  }
  if (isKeyword(s, token.text)) {
    const call = token.text === 'contains' && peekAt(s, 1).text === '(' && !peekAt(s, 1).spaced;
    if (!call) fail(s, 'expected term');
  }
  next(s);
  if (token.text === '_') return { kind: 'var', name: `$${s.wildcards++}`, pos };
  if (token.text === 'set' && isPunct(s, '(') && !peek(s).spaced && peekAt(s, 1).text === ')') {
    next(s);
    next(s);
    return { kind: 'const', value: new RegoSet(), pos };
  }
  return { kind: 'var', name: token.text, pos };
}

/** Elements up to the closing bracket; a comma may trail. */
function parseList(s: State, close: string): Term[] {
  const items: Term[] = [];
  inList(s, () => {
    while (!isPunct(s, close)) {
      items.push(parseInfix(s));
      if (!accept(s, ',')) break;
    }
  });
  expect(s, close, `expected ${close}`);
  return items;
}

/** The rest of a list whose first element was read already. */
function restOfList(s: State, first: Term, close: string): Term[] {
  if (accept(s, ',')) return [first, ...parseList(s, close)];
  expect(s, close, `expected ${close}`);
  return [first];
}

function inList<T>(s: State, read: () => T): T {
  s.listDepth++;
  try {
    return read();
  } finally {
    s.listDepth--;
  }
}

/**
 * A first term is read once, and `|` after it is tried as a comprehension. Reading it again for each possibility would take
 * time exponential in the nesting.
 */
function parseArray(s: State): Term {
  const pos = position(s);
  next(s);
  const head = inList(s, () => parseTerm(s));
  const body = comprehensionBody(s, ']');
  if (body !== undefined) return { kind: 'array-comprehension', head, body, pos };
  return {
    kind: 'array',
    items: restOfList(
      s,
      inList(s, () => continueInfix(s, head)),
      ']',
    ),
    pos,
  };
}

/** The body of a comprehension; a plain `|` between sets looks the same until the body fails to parse. */
function comprehensionBody(s: State, close: string): Expr[] | undefined {
  const start = s.at;
  if (!isPunct(s, '|') || s.notComprehension.has(start)) return undefined;
  let failure: RegoFailure | undefined;
  const done = attempt(s, () => {
    next(s);
    s.listDepth = 0;
    try {
      const body = parseQuery(s, close);
      return accept(s, close) ? { body } : undefined;
    } catch (e) {
      if (e instanceof RegoFailure) failure = e;
      throw e;
    }
  });
  if (done !== undefined) return done.body;
  s.notComprehension.add(start);
  if (failure !== undefined && s.comprehensionFailure === undefined) s.comprehensionFailure = failure;
  return undefined;
}

function parseBraces(s: State): Term {
  const pos = position(s);
  next(s);
  if (accept(s, '}')) return { kind: 'const', value: new RegoObject(), pos };
  const head = inList(s, () => parseTerm(s));
  const body = comprehensionBody(s, '}');
  if (body !== undefined) return { kind: 'set-comprehension', head, body, pos };
  const first = inList(s, () => continueInfix(s, head));
  if (isPunct(s, ':')) return parseObject(s, pos, first);
  return { kind: 'set', items: restOfList(s, first, '}'), pos };
}

function parseObject(s: State, pos: Term['pos'], first: Term): Term {
  next(s);
  const head = inList(s, () => parseTerm(s));
  const body = comprehensionBody(s, '}');
  if (body !== undefined) return { kind: 'object-comprehension', key: first, head, body, pos };
  const entries: [Term, Term][] = [[first, inList(s, () => continueInfix(s, head))]];
  inList(s, () => {
    while (accept(s, ',') && !isPunct(s, '}')) {
      const key = parseInfix(s);
      expect(s, ':', 'expected :');
      entries.push([key, parseInfix(s)]);
    }
  });
  expect(s, '}', 'expected }');
  return { kind: 'object', entries, pos };
}

function parseTemplate(s: State): Term {
  const pos = position(s);
  next(s);
  const parts: (string | Expr)[] = [];
  const depth = s.listDepth;
  s.listDepth = 0;
  for (;;) {
    const token = next(s);
    if (token.type === 'template-end') break;
    if (token.type === 'template-text') parts.push(token.text);
    else if (token.type === 'template-open') {
      if (peek(s).type === 'template-close') fail(s, 'template expression must not be empty');
      parts.push(templateExpr(s));
      if (peek(s).type !== 'template-close') fail(s, 'expected } to end the template expression');
      next(s);
    } else fail(s, 'unexpected end of template string');
  }
  s.listDepth = depth;
  if (parts.every((p) => typeof p === 'string')) return { kind: 'const', value: parts.join(''), pos };
  return { kind: 'template', parts, pos };
}

function templateExpr(s: State): Expr {
  const expr = parseExpr(s);
  if (expr.kind !== 'term' || expr.negated) fail(s, 'template expressions must be terms');
  return expr;
}
