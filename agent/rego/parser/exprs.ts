/** Bodies: literals separated by new lines or semicolons, with `some`, `every`, `not` and `with`. */
import { type Expr, type Logic, NO_WITH, type Operand, type Position, type Term, type With } from '../ast.ts';
import { isWord, KIND, nameOfKind } from '../tokens.ts';
import { RegoObject, RegoSet } from '../values/value.ts';
import {
  accept,
  acceptKeyword,
  attempt,
  errorPosition,
  expect,
  fail,
  failAt,
  is,
  isKeyword,
  isSwitchedOn,
  lastEnd,
  lastLine,
  line,
  next,
  position,
  type State,
  text,
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
      fail(s, `expected \\n or ; or ${close === KIND.end ? 'end of query' : nameOfKind(close)}${importHint(s)}`);
    }
  }
  if (body.length === 0 && close !== KIND.end) failAt('found empty body', errorPosition(s));
  return trimmed(body);
}

/** Words that would be operators if they were imported. */
function importHint(s: State): string {
  const word = nameAt(s);
  if (word === 'in') return ' (hint: `import future.keywords.in` for `x in xs` expressions)';
  return word === 'and' || word === 'or'
    ? ` (hint: \`import future.keywords.${word}\` for \`x ${word} y\` expressions)`
    : '';
}

function nameAt(s: State): string | undefined {
  const kind = s.kinds[s.at] as number;
  return isWord(kind) && !isSwitchedOn(s, kind) ? text(s) : undefined;
}

function atClose(s: State, close: number): boolean {
  return is(s, KIND.end) || is(s, close);
}

/** One literal with its `with` modifiers. */
export function parseExpr(s: State): Expr {
  const expr = hasLogic(s) ? disjunction(s) : plainExpr(s);
  if (isKeyword(s, KIND.with)) expr.with = [...expr.with, ...parseWiths(s)];
  expr.end = lastEnd(s);
  return expr;
}

function plainExpr(s: State): Expr {
  const pos = position(s);
  const negated = acceptKeyword(s, KIND.not);
  if (negated && isKeyword(s, KIND.every)) fail(s, "illegal negation of 'every'");
  return literal(s, negated, pos);
}

/** Whether the module knows any of the keywords of `rego.v2`. */
function hasLogic(s: State): boolean {
  return s.notBody || isSwitchedOn(s, KIND.and) || isSwitchedOn(s, KIND.or);
}

type Logical = Expr & { kind: 'logic' };

/** Operands of one operator, weaker first, associate to the left. */
function disjunction(s: State): Expr {
  let left = conjunction(s);
  while (!isDeclaration(left) && acceptKeyword(s, KIND.or)) left = joined(s, 'or', left, conjunction(s));
  return left;
}

function conjunction(s: State): Expr {
  let left = operandAt(s);
  while (!isDeclaration(left) && acceptKeyword(s, KIND.and)) left = joined(s, 'and', left, operandAt(s));
  return left;
}

/** `some` and `every` are no operands. */
function isDeclaration(e: Expr): boolean {
  return e.kind === 'some' || e.kind === 'some-in' || e.kind === 'every';
}

function joined(s: State, operator: Logic, left: Expr, right: Expr): Expr {
  const base = { negated: false, with: NO_WITH, pos: left.pos, end: lastEnd(s) };
  return { ...base, kind: 'logic', operator, operands: [operandOf(left, operator), operandOf(right, operator)] };
}

/** A braced body on its way to an operator; `operandOf` takes it apart. */
type Body = Logical & { isBody: true };

function operandOf(e: Expr, operator: Logic): Operand {
  const operand = 'isBody' in e ? ((e as Body).operands[0] as Operand) : { body: [e], braced: false };
  if (operator !== 'not' && operand.body.every(isPrint)) {
    const hint = '`print` produces no value and always succeeds, so the operand can never fail';
    const advice = 'move it out of the operand, or add an expression that can fail';
    failAt(`operand of \`${operator}\` cannot consist only of calls to \`print\` (hint: ${hint}; ${advice})`, e.pos);
  }
  return operand;
}

function isPrint(e: Expr): boolean {
  return e.kind === 'term' && e.term.kind === 'call' && e.term.fn.kind === 'var' && e.term.fn.name === 'print';
}

/** One operand: a negation, a body in braces, something in parentheses, or a plain expression. */
function operandAt(s: State): Expr {
  const pos = position(s);
  if (s.notBody && isKeyword(s, KIND.not)) {
    next(s);
    if (isKeyword(s, KIND.not)) fail(s);
    for (const word of [KIND.some, KIND.every])
      if (isKeyword(s, word)) fail(s, `illegal negation of '${word === KIND.some ? 'some' : 'every'}'`);
    const body = is(s, KIND['{']) ? bodyOperand(s) : operandAt(s);
    const operands = [operandOf(body, 'not')];
    return { negated: false, with: NO_WITH, pos, end: lastEnd(s), kind: 'logic', operator: 'not', operands };
  }
  if (is(s, KIND['{']) && (isLogicAfter(s, s.at) || followsOperator(s))) return bodyOperand(s);
  const inside = is(s, KIND['(']) ? parenthesized(s) : undefined;
  if (inside !== undefined) return inside;
  if (followsOperator(s))
    for (const word of [KIND.and, KIND.or, KIND.some, KIND.every]) if (isKeyword(s, word)) fail(s);
  return plainExpr(s);
}

/** An expression with operators or `with` in parentheses; anything else is a term, and nothing is read of it here. */
function parenthesized(s: State): Expr | undefined {
  const start = s.at;
  if (s.notLogic.has(start)) return undefined;
  const inside = attempt(s, () => {
    next(s);
    const e = parseExpr(s);
    return (e.kind === 'logic' || e.with.length > 0) && accept(s, KIND[')']) ? e : undefined;
  });
  if (inside === undefined) s.notLogic.add(start);
  return inside;
}

function followsOperator(s: State): boolean {
  const before = s.kinds[s.at - 1];
  return s.at > 0 && (before === KIND.and || before === KIND.or) && isSwitchedOn(s, before);
}

function bodyOperand(s: State): Body {
  const pos = position(s);
  refuseCollection(s);
  next(s);
  const body = parseQuery(s, KIND['}']);
  expect(s, KIND['}'], '');
  const base = { negated: false, with: NO_WITH, pos, end: lastEnd(s) };
  return { ...base, kind: 'logic', operator: 'not', operands: [{ body, braced: true }], isBody: true };
}

/** Braces of an operand hold a body; what can only be a set or an object is told apart. */
function refuseCollection(s: State): void {
  const { at, wildcards } = s;
  const pos = position(s);
  const term = attempt(s, () => {
    const t = parseTerm(s);
    return t.kind === 'object' || t.kind === 'set' || t.kind === 'const' ? t : undefined;
  });
  const text = s.text.slice(pos.offset, lastEnd(s));
  Object.assign(s, { at, wildcards });
  if (term === undefined) return;
  const size = term.kind === 'set' ? term.items.length : 2;
  const value = term.kind === 'const' ? term.value : undefined;
  const isSet = term.kind === 'set' || value instanceof RegoSet;
  if (
    (isSet && (value instanceof RegoSet ? value.size : size) < 2) ||
    (value instanceof RegoObject && value.size === 0)
  )
    return;
  const what = isSet ? 'set' : 'object';
  const hint = `write \`not (${text})\` to negate the value, or \`not {${text}}\` for a body holding it`;
  failAt(`\`{...}\` in an operand position must contain expression(s), got: ${what} (hint: ${hint})`, pos);
}

/** Whether `and` or `or` stands behind the braces that open here. */
export function isLogicAfter(s: State, open: number): boolean {
  if (!hasLogic(s)) return false;
  let depth = 0;
  for (let i = open; i < s.tokens.count; i++) {
    const kind = s.kinds[i] as number;
    if (kind === KIND['{'] || kind === KIND['['] || kind === KIND['(']) depth++;
    else if (kind === KIND['}'] || kind === KIND[']'] || kind === KIND[')']) {
      if (--depth > 0) continue;
      const after = s.kinds[i + 1] as number;
      return (after === KIND.and || after === KIND.or) && isSwitchedOn(s, after);
    }
  }
  return false;
}

function parseWiths(s: State): With[] {
  const withs: With[] = [];
  while (isKeyword(s, KIND.with)) withs.push(parseWith(s));
  return withs;
}

/** Where it ends and its `with` are put in by `parseExpr`. */
function literal(s: State, negated: boolean, pos: Position): Expr {
  if (isKeyword(s, KIND.some)) {
    if (negated) fail(s, "illegal negation of 'some'");
    return parseSome(s, pos);
  }
  if (isKeyword(s, KIND.every)) return parseEvery(s, negated, pos);
  const left = parseInfix(s);
  if (is(s, KIND['=']) || is(s, KIND[':='])) {
    const kind = s.kinds[next(s)] === KIND['='] ? 'unify' : 'assign';
    return { negated, with: NO_WITH, pos, end: 0, kind, left, right: parseInfix(s) };
  }
  return { negated, with: NO_WITH, pos, end: 0, kind: 'term', term: left };
}

function parseWith(s: State): With {
  const pos = position(s);
  next(s);
  const at = s.at;
  const target = parseTerm(s);
  if (target.kind === 'call') fail(s, 'expected with target path');
  if (target.kind !== 'ref' && target.kind !== 'var') fail(s, 'expected ident', at);
  if (!acceptKeyword(s, KIND.as)) fail(s, 'expected as keyword');
  return { target, value: parseInfix(s), pos };
}

function parseSome(s: State, pos: Position): Expr {
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
    if (is(s, KIND['}'])) fail(s, 'expected \\n or ; or }', s.at - 1);
    const domain = parseInfix(s, 1);
    const key = second === undefined ? undefined : first;
    const value = (second ?? first) as Term;
    return { negated: false, with: NO_WITH, pos, end: 0, kind: 'some-in', key, value, domain };
  }
  const vars = terms.map((t): { name: string; pos: Position } => {
    if (t.kind !== 'var') return fail(s, 'expected var', s.at - 1);
    return { name: t.name, pos: t.pos };
  });
  if (isKeyword(s, KIND.with)) fail(s, 'expected \\n or ; or }');
  return { negated: false, with: NO_WITH, pos, end: 0, kind: 'some', vars };
}

function parseEvery(s: State, negated: boolean, pos: Position): Expr {
  next(s);
  s.listDepth++;
  const first = parseTerm(s);
  const comma = s.at;
  const second = accept(s, KIND[',']) ? parseTerm(s) : undefined;
  s.listDepth--;
  if (second !== undefined && is(s, KIND[','])) fail(s, 'expected `x[, y] in xs { ... }` expression', comma);
  if (!acceptKeyword(s, KIND.in)) fail(s, 'expected `x[, y] in xs { ... }` expression');
  const domain = parseInfix(s, 1);
  for (const t of [first, second]) {
    if (t !== undefined && (t.kind !== 'var' || t.name === 'input' || t.name === 'data'))
      fail(s, `expected ${t === first && second !== undefined ? 'key' : 'value'} to be a variable`);
  }
  expect(s, KIND['{'], 'missing body');
  const body = parseQuery(s, KIND['}']);
  expect(s, KIND['}'], '');
  const key = second === undefined ? undefined : first;
  return { negated, with: NO_WITH, pos, end: 0, kind: 'every', key, value: second ?? first, domain, body };
}
