/** Rules: heads, bodies, `else` chains and `default`. */
import type { Expr, Head, Position, Rule, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { isPunctuation, isWord, KIND } from '../tokens.ts';
import { RegoSet } from '../values/value.ts';
import { parseExpr, parseQuery } from './exprs.ts';
import {
  acceptKeyword,
  expect,
  fail,
  failAt,
  is,
  isKeyword,
  lastEnd,
  lastLine,
  line,
  next,
  peek,
  position,
  type State,
  text,
} from './state.ts';
import { parseInfix, parseTerm } from './terms.ts';

/** One statement that is a rule: several rules when bodies are chained (`p { … } { … }`). */
export function parseRules(s: State): Rule[] {
  const start = position(s);
  const isDefault = isKeyword(s, KIND.default);
  if (isDefault) next(s);
  const head = parseHead(s, isDefault);
  if (isDefault) return [parseDefault(s, head, start)];
  const usesIf = acceptKeyword(s, KIND.if);
  const rule = parseBody(s, head, start, usesIf);
  const rules = [rule];
  while (is(s, KIND['{']) && hasBraces(rule, s)) rules.push(chainedRule(s, head));
  return rules;
}

function hasBraces(rule: Rule, s: State): boolean {
  if (rule.else !== undefined || lastEnd(s) === 0) return false;
  return text(s, -1) === '}' && rule.body.length > 0 && line(s) >= lastLine(s);
}

function chainedRule(s: State, head: Head): Rule {
  const pos = position(s);
  if (s.version === 'v1') failAt('rule bodies cannot be chained in rego v1', pos);
  const body = braced(s);
  return rule(s, { ...head, pos }, body, pos);
}

function rule(s: State, head: Head, body: Expr[], pos: Position): Rule {
  return { default: false, head, body, else: undefined, pos, end: lastEnd(s), annotations: undefined };
}

function parseDefault(s: State, head: Head, pos: Position): Rule {
  if (head.value === undefined) fail(s, 'expected default rule value assignment');
  if (isKeyword(s, KIND.if) || is(s, KIND['{'])) fail(s, 'default rules cannot have a body');
  return { ...rule(s, head, [], pos), default: true };
}

function parseBody(s: State, head: Head, pos: Position, usesIf: boolean): Rule {
  if (usesIf) {
    if (is(s, KIND['{'])) {
      const body = bodyOrLiteral(s);
      return withElse(s, finishHead(s, head, true), body, pos);
    }
    const body = [parseExpr(s)];
    return withElse(s, finishHead(s, head, true), body, pos);
  }
  if (is(s, KIND['{']) && headEndsOnThisLine(s)) {
    if (s.version === 'v1') failAt('`if` keyword is required before rule body', head.pos);
    return withElse(s, finishHead(s, head, false), braced(s), pos);
  }
  const complete = finishHead(s, head, false);
  if (s.version === 'v1' && complete.value === undefined && complete.member === undefined) {
    failAt('`if` keyword is required before rule body, or a value: `:=`', head.pos);
  }
  if (s.version === 'v1' && head.member === undefined && complete.member !== undefined) {
    failAt('`contains` keyword is required for partial set rules', head.pos);
  }
  if (complete.value === undefined && complete.member === undefined) fail(s, 'var cannot be used for rule name');
  return withElse(s, complete, [], pos);
}

function headEndsOnThisLine(s: State): boolean {
  return line(s) >= lastLine(s);
}

/**
 * After `if`, `{` may open a body or be the first term of a single literal, as in `p if {x | …}`. OPA tries the literal
 * first; a plain set is taken for a body, because a set is always true.
 */
function bodyOrLiteral(s: State): Expr[] {
  if (!mayBeLiteral(s)) return braced(s);
  const { at, nesting, listDepth, comprehensionFailure, wildcards } = s;
  try {
    const literal = parseExpr(s);
    if (literal.kind !== 'term' || !isSet(literal.term)) return [literal];
  } catch (e) {
    if (!(e instanceof RegoFailure)) throw e;
  }
  Object.assign(s, { at, nesting, listDepth, comprehensionFailure, wildcards });
  return braced(s);
}

/** Whether the braces hold what only a comprehension, an object or a longer set has before anything a body has. */
function mayBeLiteral(s: State): boolean {
  let depth = 0;
  const first = s.kinds[s.at + 1];
  if (first === KIND.some || first === KIND.every || first === KIND.not) return false;
  for (let i = s.at; i < s.tokens.count; i++) {
    const kind = s.kinds[i] as number;
    if (!isPunctuation(kind)) continue;
    if (kind === KIND['{'] || kind === KIND['['] || kind === KIND['(']) depth++;
    else if (kind === KIND['}'] || kind === KIND[']'] || kind === KIND[')']) {
      depth--;
      const after = s.kinds[i + 1] as number;
      if (depth === 0)
        return isPunctuation(after) && s.tokens.lines[i + 1] === s.tokens.lines[i] && after !== KIND['}'];
    } else if (depth === 1) {
      if (kind === KIND['|'] || kind === KIND[':'] || kind === KIND[',']) return true;
      if (kind === KIND[':='] || kind === KIND['='] || kind === KIND[';']) return false;
    }
  }
  return false;
}

function isSet(t: Term): boolean {
  return t.kind === 'set' || (t.kind === 'const' && t.value instanceof RegoSet);
}

function braced(s: State): Expr[] {
  expect(s, KIND['{'], 'expected {');
  const body = parseQuery(s, KIND['}']);
  expect(s, KIND['}'], 'expected }');
  return body;
}

function withElse(s: State, head: Head, body: Expr[], pos: Position): Rule {
  const made = rule(s, head, body, pos);
  if (!isKeyword(s, KIND.else)) return made;
  if (head.member !== undefined) fail(s, 'else keyword cannot be used on partial rules');
  if (head.ref.slice(1).some((t) => t.kind !== 'const')) fail(s, 'else keyword cannot be used on multi-value rules');
  const elsePos = position(s);
  next(s);
  let value: Term | undefined;
  let assign = false;
  if (is(s, KIND['=']) || is(s, KIND[':='])) {
    assign = s.kinds[next(s)] === KIND[':='];
    value = parseInfix(s);
  }
  value ??= { kind: 'const', value: true, pos: elsePos };
  const elseHead: Head = { ...head, value, assign, pos: elsePos };
  const usesIf = acceptKeyword(s, KIND.if);
  let elseBody: Expr[] = [];
  if (usesIf) elseBody = is(s, KIND['{']) ? braced(s) : [parseExpr(s)];
  else if (is(s, KIND['{'])) {
    if (s.version === 'v1') failAt('`if` keyword is required before rule body', elsePos);
    elseBody = braced(s);
  }
  made.else = withElse(s, elseHead, elseBody, elsePos);
  made.end = lastEnd(s);
  return made;
}

function parseHead(s: State, isDefault: boolean): Head {
  const pos = position(s);
  const first = peek(s);
  if (!isWord(first)) fail(s, 'expected rule name');
  if (isKeyword(s, first)) {
    const keywordCall = first === KIND.contains && text(s, 1) === '(';
    if (!keywordCall) fail(s, 'expected rule name');
  }
  const term = parseTerm(s);
  const callee = term.kind === 'call' ? term.fn : term;
  const ref = headRef(callee);
  const head: Head = { ref, args: undefined, member: undefined, value: undefined, assign: false, pos };
  if (term.kind === 'call') head.args = term.args;
  if (!isDefault && acceptKeyword(s, KIND.contains)) {
    if (head.args !== undefined) failAt('the contains keyword can only be used with multi-value rules', pos);
    head.member = parseInfix(s);
  }
  if (is(s, KIND['=']) || is(s, KIND[':='])) {
    if (head.member !== undefined) fail(s, 'partial set rules cannot have a value');
    head.assign = s.kinds[next(s)] === KIND[':='];
    head.value = parseInfix(s);
  }
  return head;
}

function headRef(t: Term): Term[] {
  if (t.kind === 'var') return [t];
  if (t.kind !== 'ref' || t.head.kind !== 'var') return failAt('rule name must be a var or reference', t.pos);
  return [t.head, ...t.path];
}

/** Fills in what the syntax leaves out: `p[x] { … }` is a partial set, `p if …` is true. */
function finishHead(s: State, head: Head, usesIf: boolean): Head {
  if (head.member !== undefined || head.value !== undefined) return head;
  const bracketed = head.ref.length === 2 && head.args === undefined && !writtenWithDot(s, head.ref[1] as Term);
  if (bracketed && !usesIf && !(s.version === 'v1')) {
    return { ...head, ref: head.ref.slice(0, 1), member: head.ref[1] as Term };
  }
  const value: Term = { kind: 'const', value: true, pos: head.pos };
  if (usesIf || is(s, KIND['{']) || head.args !== undefined) return { ...head, value };
  return head;
}

function writtenWithDot(s: State, key: Term): boolean {
  return s.text[key.pos.offset - 1] === '.';
}
