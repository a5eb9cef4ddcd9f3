/** Rules: heads, bodies, `else` chains and `default`. */
import { type Expr, eachChild, type Head, type Position, type Rule, type Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { isPunctuation, isWord, KIND } from '../tokens.ts';
import { RegoSet, typeName } from '../values/value.ts';
import { isLogicAfter, parseExpr, parseQuery } from './exprs.ts';
import {
  acceptKeyword,
  expect,
  FUTURE,
  fail,
  failAt,
  is,
  isKeyword,
  LATER,
  lastEnd,
  lastLine,
  line,
  next,
  peek,
  position,
  type State,
  text,
  unexpectedAgain,
} from './state.ts';
import { parseInfix, parseTerm } from './terms.ts';

/** One statement that is a rule: several rules when bodies are chained (`p { … } { … }`). */
export function parseRules(s: State): Rule[] {
  const start = position(s);
  const isDefault = isKeyword(s, KIND.default);
  if (isDefault) {
    if (!isWord(s.kinds[s.at + 1] as number)) fail(s);
    next(s);
  }
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
  const body = braced(s);
  return rule(s, { ...head, pos }, body, pos);
}

function rule(s: State, head: Head, body: Expr[], pos: Position): Rule {
  return { default: false, head, body, else: undefined, pos, end: lastEnd(s), annotations: undefined };
}

function parseDefault(s: State, head: Head, pos: Position): Rule {
  if (isKeyword(s, KIND.contains)) failAt('illegal default rule (must have a value)', pos);
  if (is(s, KIND['{'])) failAt('set cannot be used for rule name', position(s));
  if (isKeyword(s, KIND.if)) fail(s);
  const value = head.value ?? { kind: 'const', value: true, pos };
  const computed = computedPart(value);
  if (computed !== undefined) failAt(`illegal default rule (value cannot contain ${computed})`, pos);
  const names = new Set<string>();
  for (const a of head.args ?? []) {
    // OPA 1.22 refuses constants in v1, which its conformance suite has in v0.
    if (a.kind === 'const' && s.version === 'v0') continue;
    if (a.kind !== 'var') {
      const what = a.kind === 'const' ? typeName(a.value) : a.kind;
      return failAt(`illegal default rule (arguments cannot contain ${what})`, pos);
    }
    if (names.has(a.name)) failAt(`illegal default rule (arguments cannot be repeated ${a.name})`, pos);
    names.add(a.name);
  }
  return { ...rule(s, { ...head, value }, [], pos), default: true };
}

/** What in a term has to be looked up or computed, comprehensions apart. */
function computedPart(t: Term): 'var' | 'ref' | 'call' | undefined {
  if (t.kind === 'var') return t.name === 'input' || t.name === 'data' ? 'ref' : 'var';
  if (t.kind === 'ref' || t.kind === 'call') return t.kind;
  let found: ReturnType<typeof computedPart>;
  eachChild(t, (child) => {
    found ??= computedPart(child);
  });
  return found;
}

function parseBody(s: State, head: Head, pos: Position, usesIf: boolean): Rule {
  if (usesIf) {
    // Braces with nothing in them are an object.
    if (is(s, KIND['{']) && s.kinds[s.at + 1] !== KIND['}']) {
      const body = bodyOrLiteral(s);
      return withElse(s, finishHead(s, head, true), body, pos, true);
    }
    const body = [parseExpr(s)];
    return withElse(s, finishHead(s, head, true), body, pos, true);
  }
  if (is(s, KIND['{']) && headEndsOnThisLine(s)) {
    if (s.version === 'v1') {
      const what = head.args === undefined ? 'rule' : 'function';
      const error = new RegoFailure('rego_parse_error', `\`if\` keyword is required before ${what} body`, head.pos);
      if (isPartialSet(s, head))
        error.also.push(
          new RegoFailure('rego_parse_error', '`contains` keyword is required for partial set rules', head.pos),
        );
      throw error;
    }
    return withElse(s, finishHead(s, head, false), braced(s), pos);
  }
  if (head.value === undefined && COMPARISONS.has(peek(s))) {
    comparisonAsHead(s, head.pos);
  }
  const complete = finishHead(s, head, false);
  if (s.version === 'v1' && complete.value === undefined && complete.member === undefined) {
    if (head.ref.length > 1) failAt('`contains` keyword is required for partial set rules', head.pos);
    failAt('var cannot be used for rule name', head.pos);
  }
  if (s.version === 'v1' && head.member === undefined && complete.member !== undefined) {
    failAt('`contains` keyword is required for partial set rules', head.pos);
  }
  if (complete.value === undefined && complete.member === undefined)
    failAt(`var cannot be used for rule name${keywordHint(s, head)}`, head.pos);
  return withElse(s, complete, [], pos);
}

/** Of v0, where `contains` and `if` are names until they are imported. */
function keywordHint(s: State, head: Head): string {
  const [name] = head.ref;
  const isName = (word: string): boolean => text(s) === word || (name?.kind === 'var' && name.name === word);
  if (isName('contains')) return ' (hint: `import future.keywords.contains` for `p contains x` rules)';
  return text(s) === 'if' ? ' (hint: `import future.keywords.if` for `p if { ... }` rules)' : '';
}

function comparisonAsHead(s: State, pos: Position): never {
  next(s);
  parseInfix(s);
  return failAt('rule name conflicts with built-in function', pos);
}

const COMPARISONS = new Set([KIND['=='], KIND['!='], KIND['<'], KIND['>'], KIND['<='], KIND['>=']]);

function headEndsOnThisLine(s: State): boolean {
  return line(s) >= lastLine(s);
}

/**
 * After `if`, `{` may open a body or be the first term of a single literal, as in `p if {x | …}`. OPA tries the literal
 * first; a plain set is taken for a body, because a set is always true.
 */
function bodyOrLiteral(s: State): Expr[] {
  if (isLogicAfter(s, s.at)) return [parseExpr(s)];
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
  expect(s, KIND['}'], '');
  return body;
}

function withElse(s: State, head: Head, body: Expr[], pos: Position, usesIf = false): Rule {
  const made = rule(s, head, body, pos);
  if (!isKeyword(s, KIND.else)) return made;
  const elsePos = position(s);
  if (body.length === 0) fail(s);
  // A pair in v0 may be meant for a partial set, unless `if` says otherwise.
  const isPair = s.version === 'v0' && !usesIf && head.ref.length === 2 && head.args === undefined;
  if (head.ref.slice(1).some(hasVar)) failAt('else keyword cannot be used on rules with variables in head', elsePos);
  if (head.member !== undefined || isPair || head.ref.slice(1).some((t) => t.kind === 'ref'))
    failAt('else keyword cannot be used on multi-value rules', elsePos);
  next(s);
  let value: Term | undefined;
  let assign = false;
  if (is(s, KIND['=']) || is(s, KIND[':='])) {
    assign = s.kinds[next(s)] === KIND[':='];
    value = parseInfix(s);
  }
  const elseIf = acceptKeyword(s, KIND.if);
  let elseBody: Expr[] = [];
  if (elseIf && is(s, KIND.end)) fail(s, 'rule body expected');
  if (elseIf) elseBody = is(s, KIND['{']) ? braced(s) : [parseExpr(s)];
  else if (is(s, KIND['{'])) {
    if (s.version === 'v1') failAt('`if` keyword is required before rule body', elsePos);
    elseBody = braced(s);
  } else if (value === undefined) fail(s, 'expected else value term or rule body');
  value ??= { kind: 'const', value: true, pos: elsePos };
  const elseHead: Head = { ...head, value, assign, pos: elsePos };
  made.else = withElse(s, elseHead, elseBody, elsePos, elseIf || usesIf);
  made.end = lastEnd(s);
  return made;
}

function hasVar(t: Term): boolean {
  if (t.kind === 'var') return true;
  let found = false;
  if (t.kind !== 'ref' && t.kind !== 'call') eachChild(t, (child) => (found ||= hasVar(child)));
  return found;
}

function parseHead(s: State, isDefault: boolean): Head {
  const pos = position(s);
  const term = headName(s, pos);
  const ref = headRef(term.kind === 'call' ? term.fn : term);
  const head: Head = { ref, args: undefined, member: undefined, value: undefined, assign: false, pos };
  if (term.kind === 'call') head.args = term.args;
  if (!isDefault && acceptKeyword(s, KIND.contains)) {
    if (head.args !== undefined) containsAfterArguments(s, ref);
    head.member = memberOf(s, head);
  }
  if (!isAssignment(s)) return head;
  if (head.member !== undefined) fail(s);
  head.assign = s.kinds[next(s)] === KIND[':='];
  head.value = ruleValue(s, head);
  if (isKeyword(s, KIND.and) || isKeyword(s, KIND.or)) failAt('expression cannot be used for rule head', pos);
  if (isKeyword(s, KIND.with)) failAt('expressions using with keyword cannot be used for rule head', pos);
  return head;
}

/** What a rule is called, with the arguments of a function. Throws for a word or a term that can be no name. */
function headName(s: State, pos: Position): Term & { kind: 'var' | 'ref' | 'call' } {
  const first = peek(s);
  if (isPunctuation(first) && first !== KIND['['] && first !== KIND['{']) fail(s);
  if (isWord(first) && isKeyword(s, first)) {
    if (first === KIND.contains && text(s, 1) === '(') failAt('contains keyword cannot be used for rule name', pos);
    badName(s, first);
  }
  const term = headTerm(s);
  if (term.kind === 'var' || term.kind === 'ref' || term.kind === 'call') return term;
  if (isKeyword(s, KIND.if)) fail(s);
  if (COMPARISONS.has(peek(s))) comparisonAsHead(s, pos);
  // What is assigned to it belongs to the same statement.
  if (isAssignment(s)) {
    next(s);
    parseInfix(s);
  }
  return failAt(`${term.kind === 'const' ? typeName(term.value) : term.kind} cannot be used for rule name`, pos);
}

function isAssignment(s: State): boolean {
  return is(s, KIND['=']) || is(s, KIND[':=']);
}

function headTerm(s: State): Term {
  const start = s.at;
  try {
    return parseTerm(s);
  } catch (e) {
    if (e instanceof RegoFailure && s.at > start) e.also.push(unexpectedAgain(s, 'expected rule head name'));
    throw e;
  }
}

function memberOf(s: State, head: Head): Term {
  try {
    return parseInfix(s);
  } catch (e) {
    const example = `${nameOf(s, head)} contains <VALUE> { ... }`;
    if (e instanceof RegoFailure) e.also.push(unexpectedAgain(s, `expected rule key term (e.g., ${example})`));
    throw e;
  }
}

/** A value that cannot be read is reported twice by OPA: as the term it is not, and as the value of the rule. */
function ruleValue(s: State, head: Head): Term {
  try {
    return parseInfix(s);
  } catch (e) {
    // The right side of an operator is reported for itself only.
    if (!(e instanceof RegoFailure) || s.at === s.operandAt) throw e;
    const inner = s.comprehensionFailure;
    const at = inner !== undefined && isDeeper(inner, e) ? s.comprehensionFailureAt : s.at;
    const example = head.assign ? `${nameOf(s, head)} :=` : `${nameOf(s, head)}[<nil>] =`;
    e.also.push(unexpectedAgain(s, `expected rule value term (e.g., ${example} <VALUE> { ... })`, at));
    throw e;
  }
}

function nameOf(s: State, head: Head): string {
  return s.text.slice(head.pos.offset).match(/^[\w.]+/)?.[0] ?? '';
}

function isPartialSet(s: State, head: Head): boolean {
  return head.ref.length === 2 && head.args === undefined && !writtenWithDot(s, head.ref[1] as Term);
}

function badName(s: State, kind: number): never {
  if (kind === KIND.package) return failAt('unexpected package', position(s));
  const word = text(s);
  const next = s.kinds[s.at + 1];
  if ((FUTURE.includes(word) || LATER.includes(word)) && (next === KIND[':='] || next === KIND['=']))
    return failAt(`${word} keyword cannot be used for rule name`, position(s));
  return fail(s);
}

function containsAfterArguments(s: State, ref: Term[]): never {
  const [name] = ref;
  const shown = name?.kind === 'var' ? name.name : '';
  const rule = 'the contains keyword can only be used with multi-value rule definitions';
  return fail(s, `${rule} (e.g., ${shown} contains <VALUE> { ... })`, s.at - 1);
}

function headRef(t: Term): Term[] {
  if (t.kind === 'var') return [t];
  if (t.kind !== 'ref' || t.head.kind !== 'var') return failAt('rule name must be a var or reference', t.pos);
  return [t.head, ...t.path];
}

/** Fills in what the syntax leaves out: `p[x] { … }` is a partial set, `p if …` is true. */
function finishHead(s: State, head: Head, usesIf: boolean): Head {
  if (head.member !== undefined || head.value !== undefined) return head;
  const hasBody = usesIf || is(s, KIND['{']);
  const isPair = head.ref.length === 2 && head.args === undefined;
  // In v0 `p.q { … }` is the same as `p["q"] { … }`.
  if (isPair && !usesIf && s.version === 'v0') {
    return { ...head, ref: head.ref.slice(0, 1), member: head.ref[1] as Term };
  }
  const value: Term = { kind: 'const', value: true, pos: head.pos };
  if (hasBody || head.args !== undefined || (s.version === 'v0' && head.ref.length > 2)) return { ...head, value };
  return head;
}

function writtenWithDot(s: State, key: Term): boolean {
  return s.text[key.pos.offset - 1] === '.';
}

/** Whether the failure inside of what looked like a comprehension explains more than the one after it. */
export function isDeeper(inner: RegoFailure, outer: RegoFailure): boolean {
  return (inner.position?.offset ?? 0) >= (outer.position?.offset ?? 0);
}
