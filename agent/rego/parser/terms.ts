/** Terms: scalars, references, calls, collections, comprehensions, templates and infix operators. */
import type { Expr, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { isWord, KIND, nameOfKind } from '../tokens.ts';
import { numberFromText } from '../values/number.ts';
import { isNumber, RegoObject, RegoSet } from '../values/value.ts';
import { distinctEntries } from './entries.ts';
import { parseQuery } from './exprs.ts';
import { constantLiteral } from './literals.ts';
import { infixCall, operation, refOfName } from './operators.ts';
import {
  accept,
  attempt,
  enter,
  errorPosition,
  expect,
  fail,
  failAt,
  failAtGap,
  is,
  isKeyword,
  isSpaced,
  isSwitchedOn,
  name,
  next,
  peek,
  position,
  type State,
  text,
  unexpected,
} from './state.ts';
import { parseTemplate } from './templates.ts';

/** Binding strength of the infix operators, weakest first; `in` is a word but stands here too. */
const LEVELS: readonly (readonly (keyof typeof KIND)[])[] = [
  ['in'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['|'],
  ['&'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** The same by kind of token; -1 for what is no operator. */
const LEVEL = new Int8Array(256).fill(-1);
for (const [level, operators] of LEVELS.entries()) for (const o of operators) LEVEL[KIND[o]] = level;

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
    const kind = s.kinds[next(s)] as number;
    s.operandAt = s.at;
    const right = parseInfix(s, level + 1);
    left = kind === KIND.in ? infixCall('internal.member_2', 'in', [left, right]) : operation(kind, left, right);
  }
}

/** `k, v in xs` may stand wherever a term with operators may, except in lists, where the comma ends the element. */
function memberPair(s: State, left: Term): Term {
  return is(s, KIND[',']) && s.listDepth === 0 && isSwitchedOn(s, KIND.in) ? readPair(s, left) : left;
}

/** A function of its own, because one with a closure pays for what that captures whenever it is called. */
function readPair(s: State, left: Term): Term {
  const pair = attempt(s, () => {
    next(s);
    const value = parseInfix(s, 1);
    if (!isKeyword(s, KIND.in)) return undefined;
    next(s);
    const domain = parseInfix(s, 1);
    return infixCall('internal.member_3', 'in', [left, value, domain]);
  });
  return pair ?? left;
}

function levelOf(s: State): number {
  const level = LEVEL[peek(s)] as number;
  return level !== 0 || isKeyword(s, KIND.in) ? level : -1;
}

/** A term without infix operators. */
export function parseTerm(s: State): Term {
  enter(s);
  const term = finish(s, parsePrimary(s));
  s.nesting--;
  return term;
}

/** The references and calls that follow a term without a space between. */
function finish(s: State, first: Term): Term {
  const term = continued(s, first);
  if (term.kind === 'ref' && term !== first && term.path.length > SHORT) term.path = trimmed(term.path);
  return term;
}

/** How long the path of a reference is copied for each key: most are no longer, and then no room is made that stays empty. */
const SHORT = 4;

/** An array that grew by one has room for sixteen more, and trees are kept as long as the policy. */
export function trimmed<T>(items: T[]): T[] {
  return items.length < 2 ? items : items.slice();
}

function continued(s: State, first: Term): Term {
  let term = first;
  for (;;) {
    const kind = peek(s);
    if (kind === KIND['.']) {
      if (isSpaced(s)) return term;
      const isNumeric = term.kind === 'const' && isNumber(term.value);
      next(s);
      if (isNumeric) numberRef(s, term);
      if (isSpaced(s)) failAtGap(s, 'expected identifier');
      if (!isWord(peek(s))) fail(s, 'expected identifier');
      const key: Term = { kind: 'const', value: name(s), pos: position(s) };
      next(s);
      term = extend(term, key);
    } else if (kind === KIND['[']) {
      if (isSpaced(s)) return term;
      next(s);
      s.listDepth++;
      const key = parseInfix(s);
      s.listDepth--;
      expect(s, KIND[']'], 'expected [');
      term = extend(term, key);
    } else if (kind === KIND['('] && !isSpaced(s) && (term.kind === 'var' || term.kind === 'ref')) {
      next(s);
      term = { kind: 'call', fn: term, args: parseList(s, KIND[')']), pos: term.pos };
    } else return term;
  }
}

/** Nobody else has seen a reference that is still being read, so it grows in place. */
function extend(term: Term, key: Term): Term {
  if (term.kind === 'ref') {
    if (term.path.length < SHORT) term.path = [...term.path, key];
    else term.path.push(key);
    return term;
  }
  return { kind: 'ref', head: term, path: [key], pos: term.pos };
}

function parsePrimary(s: State): Term {
  const kind = peek(s);
  if (isWord(kind)) return parseName(s);
  switch (kind) {
    case KIND.string:
    case KIND.number: {
      const pos = position(s);
      const value = text(s);
      if (s.tokens.bad.has(s.at)) failAt(`illegal string literal: ${s.tokens.bad.get(s.at)}`, pos);
      next(s);
      return { kind: 'const', value: kind === KIND.string ? value : numberFromText(value), pos };
    }
    case KIND['template-start']:
      return parseTemplate(s);
    case KIND['-']:
      return parseNegative(s);
    case KIND['(']:
      return parseParens(s);
    case KIND['[']:
      return constantAt(s) ?? (s.kinds[s.at + 1] === KIND[']'] ? emptyArray(s) : parseArray(s));
    case KIND['{']:
      return constantAt(s) ?? parseBraces(s);
    default:
      return fail(s);
  }
}

/** A number is no head of a reference, and what stands behind its dot is often no name either. */
function numberRef(s: State, head: Term): never {
  const failure = new RegoFailure('rego_parse_error', 'illegal ref (head cannot be number)', head.pos);
  if (!isWord(peek(s))) failure.also.push(unexpected(s, 'expected identifier'));
  throw failure;
}

function constantAt(s: State): Term | undefined {
  const pos = position(s);
  const value = constantLiteral(s);
  return value === undefined ? undefined : { kind: 'const', value, pos };
}

/** With something behind it, such as `[][x]`. */
function emptyArray(s: State): Term {
  const pos = position(s);
  next(s);
  next(s);
  return { kind: 'const', value: [], pos };
}

function parseNegative(s: State): Term {
  const pos = position(s);
  next(s);
  if (is(s, KIND.string)) fail(s, 'expected number');
  if (!is(s, KIND.number)) {
    const zero: Term = { kind: 'const', value: 0, pos };
    return { kind: 'call', fn: refOfName('minus', pos), args: [zero, parseTerm(s)], pos, infix: '-' };
  }
  const value = numberFromText(`-${text(s)}`);
  next(s);
  return { kind: 'const', value, pos };
}

function parseParens(s: State): Term {
  next(s);
  const depth = s.listDepth;
  s.listDepth = 0;
  const term = parseInfix(s);
  s.listDepth = depth;
  if (!accept(s, KIND[')'])) failAt('non-terminated expression', errorPosition(s));
  return term;
}

function parseName(s: State): Term {
  const kind = peek(s);
  const pos = position(s);
  if (kind !== KIND.ident && isKeyword(s, kind)) {
    if (kind === KIND.true || kind === KIND.false || kind === KIND.null) {
      next(s);
      return { kind: 'const', value: kind === KIND.null ? null : kind === KIND.true, pos };
    }
    const call = kind === KIND.contains && text(s, 1) === '(' && !isSpaced(s, 1);
    if (!call) fail(s);
  }
  const written = name(s);
  next(s);
  if (written === '_') return { kind: 'var', name: `$${s.wildcards++}`, pos };
  if (written === 'set' && is(s, KIND['(']) && !isSpaced(s) && text(s, 1) === ')') {
    next(s);
    next(s);
    return { kind: 'const', value: new RegoSet(), pos };
  }
  return { kind: 'var', name: written, pos };
}

/** Elements up to the closing bracket; a comma may trail. */
function parseList(s: State, close: number): Term[] {
  s.listDepth++;
  const items = listed(s, close);
  s.listDepth--;
  expectClose(s, close);
  return items;
}

/** Most lists have one element or two, and those are made as long as they are. */
function listed(s: State, close: number): Term[] {
  if (is(s, close)) return [];
  const first = parseInfix(s);
  if (!goesOn(s, close)) return [first];
  const second = parseInfix(s);
  if (!goesOn(s, close)) return [first, second];
  const items = [first, second];
  do items.push(parseInfix(s));
  while (goesOn(s, close));
  return items.slice();
}

function goesOn(s: State, close: number): boolean {
  return accept(s, KIND[',']) && !is(s, close);
}

/** The rest of a list whose first element was read already. */
function restOfList(s: State, first: Term, close: number): Term[] {
  if (accept(s, KIND[','])) return [first, ...parseList(s, close)];
  if (close === KIND['}'] && !is(s, close)) fail(s, 'non-terminated set');
  expectClose(s, close);
  return [first];
}

function expectClose(s: State, close: number): void {
  if (!is(s, close)) fail(s, `expected "," or "${nameOfKind(close)}"`);
  next(s);
}

/** The first term of an element, or what follows it. As with the nesting, whoever catches a failure puts the depth back. */
function inList(s: State, first?: Term): Term {
  s.listDepth++;
  const term = first === undefined ? parseTerm(s) : continueInfix(s, first);
  s.listDepth--;
  return term;
}

/**
 * A first term is read once, and `|` after it is tried as a comprehension. Reading it again for each possibility would take
 * time exponential in the nesting.
 */
function parseArray(s: State): Term {
  const pos = position(s);
  next(s);
  const head = inList(s);
  const body = comprehensionBody(s, KIND[']']);
  if (body !== undefined) return { kind: 'array-comprehension', head, body, pos };
  return {
    kind: 'array',
    items: restOfList(s, inList(s, head), KIND[']']),
    pos,
  };
}

/** The body of a comprehension; a plain `|` between sets looks the same until the body fails to parse. */
function comprehensionBody(s: State, close: number): Expr[] | undefined {
  return is(s, KIND['|']) && !s.notComprehension.has(s.at) ? tryBody(s, close) : undefined;
}

function tryBody(s: State, close: number): Expr[] | undefined {
  const start = s.at;
  let failure: RegoFailure | undefined;
  let failedAt = 0;
  const done = attempt(s, () => {
    next(s);
    s.listDepth = 0;
    try {
      const body = parseQuery(s, close);
      if (!accept(s, close)) fail(s);
      return { body };
    } catch (e) {
      if (e instanceof RegoFailure) [failure, failedAt] = [e, s.at];
      throw e;
    }
  });
  if (done !== undefined) return done.body;
  s.notComprehension.add(start);
  if (failure !== undefined && s.comprehensionFailure === undefined) {
    s.comprehensionFailure = failure;
    s.comprehensionFailureAt = failedAt;
  }
  return undefined;
}

function parseBraces(s: State): Term {
  const pos = position(s);
  next(s);
  if (accept(s, KIND['}'])) return { kind: 'const', value: new RegoObject(), pos };
  const head = inList(s);
  const body = comprehensionBody(s, KIND['}']);
  if (body !== undefined) return { kind: 'set-comprehension', head, body, pos };
  const first = inList(s, head);
  if (is(s, KIND[':'])) return parseObject(s, pos, first);
  return { kind: 'set', items: restOfList(s, first, KIND['}']), pos };
}

function parseObject(s: State, pos: Term['pos'], first: Term): Term {
  next(s);
  const head = inList(s);
  const body = comprehensionBody(s, KIND['}']);
  if (body !== undefined) return { kind: 'object-comprehension', key: first, head, body, pos };
  const entries: [Term, Term][] = [[first, inList(s, head)]];
  s.listDepth++;
  while (accept(s, KIND[',']) && !is(s, KIND['}'])) {
    const key = parseInfix(s);
    expect(s, KIND[':'], 'expected ":"');
    entries.push([key, parseInfix(s)]);
  }
  s.listDepth--;
  expect(s, KIND['}'], 'non-terminated object');
  return { kind: 'object', entries: distinctEntries(entries), pos };
}
