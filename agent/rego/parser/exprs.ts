/** Bodies: literals separated by new lines or semicolons, with `some`, `every`, `not` and `with`. */
import type { Expr, Position, Term, With } from '../ast.ts';
import {
  accept,
  acceptKeyword,
  expect,
  fail,
  failAt,
  isKeyword,
  isPunct,
  lastEnd,
  lastLine,
  next,
  peek,
  position,
  type State,
} from './state.ts';
import { parseInfix, parseTerm } from './terms.ts';

/** Literals up to the closing bracket (or the end of the text when `close` is empty), which is not consumed. */
export function parseQuery(s: State, close: string): Expr[] {
  const body: Expr[] = [];
  while (!atClose(s, close)) {
    body.push(parseExpr(s));
    if (accept(s, ';')) continue;
    if (atClose(s, close)) break;
    if (peek(s).line === lastLine(s)) fail(s, `expected \\n or ; or ${close === '' ? 'end of query' : close}`);
  }
  if (body.length === 0 && close !== '') fail(s, 'found empty body');
  return body;
}

function atClose(s: State, close: string): boolean {
  if (peek(s).type === 'end') return true;
  return close !== '' && isPunct(s, close);
}

/** One literal with its `with` modifiers. */
export function parseExpr(s: State): Expr {
  const pos = position(s);
  const negated = acceptKeyword(s, 'not');
  if (negated && isKeyword(s, 'every')) fail(s, 'expected term');
  const base = { negated, with: [] as With[], pos, end: 0 };
  const expr = literal(s, base);
  while (isKeyword(s, 'with')) expr.with.push(parseWith(s));
  expr.end = lastEnd(s);
  return expr;
}

type Base = Pick<Expr, 'negated' | 'with' | 'pos' | 'end'>;

function literal(s: State, base: Base): Expr {
  if (isKeyword(s, 'some')) {
    if (base.negated) fail(s, 'expected term');
    return parseSome(s, base);
  }
  if (isKeyword(s, 'every')) return parseEvery(s, base);
  const left = parseInfix(s);
  if (isPunct(s, '=') || isPunct(s, ':=')) {
    const kind = next(s).text === '=' ? 'unify' : 'assign';
    return { ...base, kind, left, right: parseInfix(s) };
  }
  return { ...base, kind: 'term', term: left };
}

function parseWith(s: State): With {
  const pos = position(s);
  next(s);
  const target = parseTerm(s);
  if (target.kind !== 'ref' && target.kind !== 'var') failAt('unexpected with target: expected ref', pos);
  if (!acceptKeyword(s, 'as')) fail(s, 'expected as keyword');
  return { target, value: parseInfix(s), pos };
}

function parseSome(s: State, base: Base): Expr {
  next(s);
  const terms: Term[] = [];
  s.listDepth++;
  do terms.push(parseInfix(s, 1));
  while (accept(s, ','));
  s.listDepth--;
  if (s.keywords.has('in') && acceptKeyword(s, 'in')) {
    if (terms.length > 2) failAt('illegal some: too many variables before in', base.pos);
    const [first, second] = terms;
    const domain = parseInfix(s, 1);
    const key = second === undefined ? undefined : first;
    return { ...base, kind: 'some-in', key, value: (second ?? first) as Term, domain };
  }
  const vars = terms.map((t): { name: string; pos: Position } => {
    if (t.kind !== 'var') return failAt('unexpected term: expected var in some declaration', t.pos);
    return { name: t.name, pos: t.pos };
  });
  return { ...base, kind: 'some', vars };
}

function parseEvery(s: State, base: Base): Expr {
  next(s);
  s.listDepth++;
  const first = parseTerm(s);
  const second = accept(s, ',') ? parseTerm(s) : undefined;
  s.listDepth--;
  for (const t of [first, second]) {
    if (t !== undefined && t.kind !== 'var') failAt('unexpected term: expected var after every', t.pos);
  }
  if (!acceptKeyword(s, 'in')) fail(s, 'expected in');
  const domain = parseInfix(s, 1);
  expect(s, '{', 'missing body of every');
  const body = parseQuery(s, '}');
  expect(s, '}', 'expected }');
  const key = second === undefined ? undefined : first;
  return { ...base, kind: 'every', key, value: second ?? first, domain, body };
}
