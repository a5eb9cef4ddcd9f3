/** Bodies: literals separated by new lines or semicolons, with `some`, `every`, `not` and `with`. */
import { type Expr, NO_WITH, type Position, type Term, type With } from '../ast.ts';
import { KIND, nameOfKind } from '../tokens.ts';
import {
  accept,
  acceptKeyword,
  errorPosition,
  expect,
  fail,
  failAt,
  is,
  isKeyword,
  lastEnd,
  lastLine,
  line,
  next,
  position,
  type State,
} from './state.ts';
import { parseInfix, parseTerm, trimmed } from './terms.ts';

/** Literals up to the closing bracket (or the end of the text, when `close` is its kind), which is not consumed. */
export function parseQuery(s: State, close: number): Expr[] {
  const body: Expr[] = [];
  while (!atClose(s, close)) {
    body.push(parseExpr(s));
    if (accept(s, KIND[';'])) {
      if (close !== KIND.end && atClose(s, close)) fail(s);
      continue;
    }
    if (atClose(s, close)) break;
    if (line(s) === lastLine(s)) {
      fail(s, `expected \\n or ; or ${close === KIND.end ? 'end of query' : nameOfKind(close)}`);
    }
  }
  if (body.length === 0 && close !== KIND.end) failAt('found empty body', errorPosition(s));
  return trimmed(body);
}

function atClose(s: State, close: number): boolean {
  return is(s, KIND.end) || is(s, close);
}

/** One literal with its `with` modifiers. */
export function parseExpr(s: State): Expr {
  const pos = position(s);
  const negated = acceptKeyword(s, KIND.not);
  if (negated && isKeyword(s, KIND.every)) fail(s, "illegal negation of 'every'");
  const expr = literal(s, { negated, with: NO_WITH, pos, end: 0 });
  if (isKeyword(s, KIND.with)) expr.with = parseWiths(s);
  expr.end = lastEnd(s);
  return expr;
}

type Base = Pick<Expr, 'negated' | 'with' | 'pos' | 'end'>;

function parseWiths(s: State): With[] {
  const withs: With[] = [];
  while (isKeyword(s, KIND.with)) withs.push(parseWith(s));
  return withs;
}

function literal(s: State, base: Base): Expr {
  if (isKeyword(s, KIND.some)) {
    if (base.negated) fail(s, "illegal negation of 'some'");
    return parseSome(s, base);
  }
  if (isKeyword(s, KIND.every)) return parseEvery(s, base);
  const left = parseInfix(s);
  if (is(s, KIND['=']) || is(s, KIND[':='])) {
    const kind = s.kinds[next(s)] === KIND['='] ? 'unify' : 'assign';
    return { negated: base.negated, with: base.with, pos: base.pos, end: 0, kind, left, right: parseInfix(s) };
  }
  return { negated: base.negated, with: base.with, pos: base.pos, end: 0, kind: 'term', term: left };
}

function parseWith(s: State): With {
  const pos = position(s);
  next(s);
  const at = s.at;
  const target = parseTerm(s);
  if (target.kind !== 'ref' && target.kind !== 'var') fail(s, 'expected ident', at);
  if (!acceptKeyword(s, KIND.as)) fail(s, 'expected as keyword');
  return { target, value: parseInfix(s), pos };
}

function parseSome(s: State, base: Base): Expr {
  next(s);
  const terms: Term[] = [];
  s.listDepth++;
  do {
    if (is(s, KIND['}']) || isKeyword(s, KIND.in)) fail(s, 'expected var');
    terms.push(parseInfix(s, 1));
  } while (accept(s, KIND[',']));
  s.listDepth--;
  if (acceptKeyword(s, KIND.in)) {
    if (terms.length > 2) fail(s, 'expected \\n or ; or }', s.at - 1);
    const [first, second] = terms;
    const domain = parseInfix(s, 1);
    const key = second === undefined ? undefined : first;
    return { ...base, kind: 'some-in', key, value: (second ?? first) as Term, domain };
  }
  const vars = terms.map((t): { name: string; pos: Position } => {
    if (t.kind !== 'var') return fail(s, 'expected var', s.at - 1);
    return { name: t.name, pos: t.pos };
  });
  return { ...base, kind: 'some', vars };
}

function parseEvery(s: State, base: Base): Expr {
  next(s);
  s.listDepth++;
  const first = parseTerm(s);
  const second = accept(s, KIND[',']) ? parseTerm(s) : undefined;
  s.listDepth--;
  if (!acceptKeyword(s, KIND.in)) fail(s, 'expected `x[, y] in xs { ... }` expression');
  const domain = parseInfix(s, 1);
  for (const t of [first, second]) {
    if (t !== undefined && t.kind !== 'var')
      fail(s, `expected ${t === first && second !== undefined ? 'key' : 'value'} to be a variable`);
  }
  expect(s, KIND['{'], 'missing body');
  const body = parseQuery(s, KIND['}']);
  expect(s, KIND['}'], '');
  const key = second === undefined ? undefined : first;
  return { ...base, kind: 'every', key, value: second ?? first, domain, body };
}
