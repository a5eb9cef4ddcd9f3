import { rangeIn } from '../tree/index.ts';
import type { Range, ScalarNode } from '../types.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './expression.ts';

/** One `${{ … }}` inside a scalar. */
export interface ExpressionSpan {
  scalar: ScalarNode;
  /** Place of the whole `${{ … }}` in the scalar's text. */
  start: number;
  end: number;
  /** The expression's text without the marks, and where it begins in the scalar's text. */
  text: string;
  textStart: number;
  /** Undefined when it is not an expression. */
  expression: Expression | undefined;
  /** In the document, marks included. */
  range: Range;
}

const cache = new WeakMap<ScalarNode, ExpressionSpan[]>();
const none: ExpressionSpan[] = [];

/** All `${{ … }}` of a scalar, in order. */
export function expressionsIn(scalar: ScalarNode | undefined): ExpressionSpan[] {
  if (!scalar?.text.includes('${{')) return none;
  let spans = cache.get(scalar);
  if (!spans) {
    spans = find(scalar);
    cache.set(scalar, spans);
  }
  return spans;
}

/** The expression of an `if:`: with or without the marks. */
export function conditionExpression(scalar: ScalarNode): Expression | undefined {
  const spans = expressionsIn(scalar);
  if (spans.length === 0) return parseExpression(scalar.text);
  const [only] = spans;
  return spans.length === 1 && only && scalar.text.trim().length === only.end - only.start
    ? only.expression
    : undefined;
}

function find(scalar: ScalarNode): ExpressionSpan[] {
  const text = scalar.text;
  const spans: ExpressionSpan[] = [];
  let at = text.indexOf('${{');
  while (at !== -1) {
    const end = closing(text, at + 3);
    if (end === -1) return spans;
    const inner = text.slice(at + 3, end);
    spans.push({
      scalar,
      start: at,
      end: end + 2,
      text: inner,
      textStart: at + 3,
      expression: parseExpression(inner),
      range: rangeIn(scalar, at, end + 2),
    });
    at = text.indexOf('${{', end + 2);
  }
  return spans;
}

/** `}}` inside a string literal of the expression does not close it. */
function closing(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 39) quoted = !quoted;
    else if (!quoted && code === 125 && text.charCodeAt(at + 1) === 125) return at;
  }
  return text.indexOf('}}', from);
}
