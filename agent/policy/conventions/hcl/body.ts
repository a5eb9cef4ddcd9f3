import { Cursor } from './cursor.ts';
import { readExpression } from './expression.ts';
import { unescaped } from './template.ts';
import type { Block, Body } from './types.ts';

/** Reads a whole file of HCL 2 (github.com/hashicorp/hcl, spec.md). Throws an `HclError` where it is none. */
export function readHcl(text: string): { body: Body; text: string } {
  const cursor = new Cursor(text);
  const body = items(cursor, () => atEnd(cursor));
  return { body, text: cursor.text };
}

function items(cursor: Cursor, ended: () => boolean): Body {
  const body: Body = { attributes: [], blocks: [] };
  const names = new Set<string>();
  for (;;) {
    while (!atEnd(cursor) && cursor.lineEnd());
    if (ended()) return body;
    item(cursor, body, names);
    if (!cursor.lineEnd()) cursor.fail('expected the end of the line');
  }
}

function item(cursor: Cursor, body: Body, names: Set<string>): void {
  cursor.skip();
  const start = cursor.at;
  const name = cursor.name() ?? cursor.fail('expected a name');
  if (cursor.take(/=(?![=>])/y) === undefined) {
    body.blocks.push(block(cursor, name, start));
    return;
  }
  if (names.has(name)) cursor.fail(`${name} is given twice`);
  names.add(name);
  const value = readExpression(cursor);
  body.attributes.push({ name, value, range: [start, cursor.end] });
}

function block(cursor: Cursor, type: string, start: number): Block {
  const labels: string[] = [];
  while (!cursor.takes('{')) {
    const quoted = cursor.take(/"(?:[^"\\\r\n$%]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*"/y);
    labels.push(
      quoted === undefined ? (cursor.name() ?? cursor.fail('expected {')) : unescaped(quoted.slice(1, -1), cursor),
    );
  }
  const body = cursor.within(true, () => blockBody(cursor));
  return { type, labels, body, range: [start, cursor.end] };
}

/** Several lines, or at most one attribute on the line of the braces. */
function blockBody(cursor: Cursor): Body {
  if (cursor.takes('}')) return { attributes: [], blocks: [] };
  if (!atEnd(cursor) && cursor.lineEnd()) return items(cursor, () => cursor.takes('}'));
  const body: Body = { attributes: [], blocks: [] };
  item(cursor, body, new Set());
  if (body.blocks.length > 0) cursor.fail('a block of one line holds one attribute');
  cursor.expect('}');
  return body;
}

function atEnd(cursor: Cursor): boolean {
  cursor.skip();
  return cursor.at >= cursor.text.length;
}
