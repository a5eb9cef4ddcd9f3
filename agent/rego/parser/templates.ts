/** Template strings: text and expressions in braces. */
import type { Expr, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { KIND } from '../tokens.ts';
import { parseExpr } from './exprs.ts';
import { errorPosition, fail, failAt, is, next, peek, position, type State, text, unexpected } from './state.ts';

/** The token is the start of a template. Throws `RegoFailure`. */
export function parseTemplate(s: State): Term {
  const pos = position(s);
  next(s);
  const parts: (string | Expr)[] = [];
  const depth = s.listDepth;
  s.listDepth = 0;
  for (;;) {
    const kind = peek(s);
    if (kind === KIND['template-text']) parts.push(text(s));
    next(s);
    if (kind === KIND['template-end']) break;
    if (kind === KIND['template-text']) continue;
    if (kind === KIND['template-open']) {
      if (is(s, KIND['template-close']) || is(s, KIND.illegal)) emptyPart(s);
      parts.push(templateExpr(s));
      if (!is(s, KIND['template-close'])) unclosedPart(s);
      next(s);
    } else fail(s, '', s.kinds[s.at - 1] === KIND.illegal ? s.at - 1 : s.at);
  }
  s.listDepth = depth;
  if (parts.every((p) => typeof p === 'string')) return { kind: 'const', value: parts.join(''), pos };
  return { kind: 'template', parts, raw: s.text[pos.offset + 1] === '`', pos };
}

/** What a template's braces may not hold, and OPA's words for it. */
function templateExpr(s: State): Expr {
  const pos = position(s);
  const expr = parseExpr(s);
  const what = expr.negated ? "negation ('not')" : NOT_IN_TEMPLATES[expr.kind];
  if (what !== undefined) failAt(`unexpected ${what} in template-string expression`, pos);
  return expr;
}

const NOT_IN_TEMPLATES: Readonly<Partial<Record<Expr['kind'], string>>> = {
  assign: "assignment (':=')",
  unify: "unification ('=')",
  some: "'some'",
  'some-in': "'some'",
  every: "'every'",
  logic: 'logical operator',
};

function emptyPart(s: State): never {
  const error = unexpected(s, '');
  error.also.push(new RegoFailure('rego_parse_error', 'invalid template-string expression', position(s)));
  throw error;
}

function unclosedPart(s: State): never {
  const message = 'expected } to end template string expression';
  if (!is(s, KIND.illegal)) failAt(message, errorPosition(s));
  const error = new RegoFailure('rego_parse_error', s.tokens.values.get(s.at) ?? '', position(s));
  error.also.push(new RegoFailure('rego_parse_error', message, position(s)));
  throw error;
}
