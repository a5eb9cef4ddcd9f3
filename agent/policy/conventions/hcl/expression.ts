import type { Range } from '../../../model/types.ts';
import type { Cursor } from './cursor.ts';
import { forNames, heredocParts, quotedParts } from './template.ts';
import type { Expression } from './types.ts';

/** Reads one expression: a condition, operators between operands, or a single operand. */
export function readExpression(cursor: Cursor): Expression {
  return cursor.within(cursor.lineEndsCount, () => {
    cursor.skip();
    const start = cursor.at;
    const test = operators(cursor);
    if (!cursor.takes('?')) return test;
    const yes = readExpression(cursor);
    cursor.expect(':');
    const no = readExpression(cursor);
    return { kind: 'conditional', test: test.range, yes, no, range: [start, cursor.end] };
  });
}

const operator = /==|!=|<=|>=|&&|\|\||[<>+*/%]|-/y;

function operators(cursor: Cursor): Expression {
  cursor.skip();
  const start = cursor.at;
  const first = operand(cursor);
  let more = false;
  while (cursor.take(operator) !== undefined) {
    operand(cursor);
    more = true;
  }
  return more ? other(cursor, start) : first;
}

/** A term and the `.name`, `[index]` and splats behind it. */
function operand(cursor: Cursor): Expression {
  cursor.skip();
  const start = cursor.at;
  const sign = cursor.take(/-|!(?!=)/y);
  if (sign !== undefined) {
    const value = cursor.within(cursor.lineEndsCount, () => operand(cursor));
    return { kind: 'sign', operator: sign as '-' | '!', operand: value, range: [start, cursor.end] };
  }
  const first = term(cursor, start);
  let kind: 'traversal' | 'other' | undefined;
  for (;;) {
    const step = stepOf(cursor);
    if (step === undefined) break;
    kind = kind !== 'other' && first.kind === 'traversal' && step === 'fixed' ? 'traversal' : 'other';
  }
  return kind === undefined ? first : { kind, range: [start, cursor.end] };
}

/** One step behind a term; `fixed` is a name or an index that is written out. */
function stepOf(cursor: Cursor): 'fixed' | 'computed' | undefined {
  if (cursor.sees('...')) return undefined;
  if (cursor.takes('.')) {
    if (cursor.takes('*')) {
      while (!cursor.sees('...') && cursor.takes('.')) attribute(cursor);
      return 'computed';
    }
    attribute(cursor);
    return 'fixed';
  }
  if (!cursor.takes('[')) return undefined;
  return cursor.within(false, () => {
    if (cursor.takes('*')) {
      cursor.expect(']');
      return 'computed';
    }
    const index = readExpression(cursor);
    cursor.expect(']');
    const written =
      index.kind === 'literal' || (index.kind === 'template' && index.parts.every((part) => part.kind === 'text'));
    return written ? 'fixed' : 'computed';
  });
}

function attribute(cursor: Cursor): void {
  if (cursor.name() === undefined && cursor.take(/\d+(?!\.?\d)/y) === undefined) cursor.fail('expected a name');
}

function term(cursor: Cursor, start: number): Expression {
  const number = cursor.take(/\d+(?:\.\d+)*(?:[eE][-+]?\d+)?/y);
  if (number !== undefined)
    return { kind: 'literal', value: finite(number, cursor), text: number, range: span(cursor, start) };
  if (cursor.takes('"'))
    return { kind: 'template', parts: quotedParts(cursor, readExpression), range: span(cursor, start) };
  const heredoc = cursor.take(/<<-?[\p{ID_Start}_][\p{ID_Continue}-]*\r?\n/uy);
  if (heredoc !== undefined) {
    const flush = heredoc.startsWith('<<-');
    const parts = heredocParts(cursor, heredoc.slice(flush ? 3 : 2).trimEnd(), flush, readExpression);
    return { kind: 'template', parts, range: span(cursor, start) };
  }
  if (cursor.takes('(')) {
    cursor.within(false, () => {
      readExpression(cursor);
      cursor.expect(')');
    });
    return other(cursor, start);
  }
  if (cursor.takes('[')) return cursor.within(false, () => tuple(cursor, start));
  if (cursor.takes('{')) return object(cursor, start);
  return named(cursor, start);
}

function named(cursor: Cursor, start: number): Expression {
  const name = cursor.name() ?? cursor.fail('expected an expression');
  let spaces = false;
  while (cursor.takes('::')) {
    spaces = true;
    if (cursor.name() === undefined) cursor.fail('expected a name');
  }
  if (cursor.takes('(')) {
    cursor.within(false, () => callArguments(cursor));
    return other(cursor, start);
  }
  if (spaces) cursor.fail('expected (');
  const range = span(cursor, start);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', text: name, range };
  return name === 'null' ? { kind: 'literal', value: null, text: name, range } : { kind: 'traversal', range };
}

function callArguments(cursor: Cursor): void {
  while (!cursor.takes(')')) {
    readExpression(cursor);
    if (cursor.takes('...')) {
      cursor.expect(')');
      return;
    }
    if (!cursor.sees(')')) cursor.expect(',');
  }
}

function tuple(cursor: Cursor, start: number): Expression {
  if (cursor.word('for')) return comprehension(cursor, start, ']');
  const items: Expression[] = [];
  while (!cursor.takes(']')) {
    items.push(readExpression(cursor));
    if (!cursor.sees(']')) cursor.expect(',');
  }
  return { kind: 'tuple', items, range: span(cursor, start) };
}

function object(cursor: Cursor, start: number): Expression {
  const isFor = cursor.within(false, () => {
    const before = cursor.at;
    const found = cursor.word('for');
    if (!found) cursor.at = before;
    return found;
  });
  if (isFor) return cursor.within(false, () => comprehension(cursor, start, '}'));
  return cursor.within(true, () => {
    const items: { key: Expression; value: Expression }[] = [];
    for (;;) {
      while (!atEnd(cursor) && cursor.lineEnd());
      if (cursor.takes('}')) return { kind: 'object', items, range: span(cursor, start) };
      const key = readExpression(cursor);
      if (cursor.take(/=(?![=>])|:(?!:)/y) === undefined) cursor.fail('expected =');
      items.push({ key, value: readExpression(cursor) });
      if (!cursor.takes(',') && !cursor.sees('}') && (atEnd(cursor) || !cursor.lineEnd())) cursor.fail('expected ,');
    }
  });
}

function atEnd(cursor: Cursor): boolean {
  cursor.skip();
  return cursor.at >= cursor.text.length;
}

/** `[for x in y : x if z]` and `{for k, v in y : k => v...}`, behind `for`. */
function comprehension(cursor: Cursor, start: number, close: ']' | '}'): Expression {
  forNames(cursor);
  readExpression(cursor);
  cursor.expect(':');
  readExpression(cursor);
  if (close === '}') {
    cursor.expect('=>');
    readExpression(cursor);
    cursor.takes('...');
  }
  if (cursor.word('if')) readExpression(cursor);
  cursor.expect(close);
  return other(cursor, start);
}

function other(cursor: Cursor, start: number): Expression {
  return { kind: 'other', range: span(cursor, start) };
}

function span(cursor: Cursor, start: number): Range {
  return [start, cursor.end];
}

function finite(text: string, cursor: Cursor): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : cursor.fail('a number is too large');
}
