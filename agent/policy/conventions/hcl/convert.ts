import type { MapNode, Node, Range } from '../../../model/types.ts';
import { readHcl } from './body.ts';
import { type Body, type Expression, HclError, type Part } from './types.ts';

interface Built {
  value: unknown;
  node: Node;
}

/**
 * A file of HCL 2 in the shape that conftest gives it: blocks are lists of objects below their labels, an expression
 * is its text in `${…}`. Throws an `HclError` where the file is none, or mixes blocks with and without labels.
 */
export function hclConfig(source: string): Built {
  const { body, text } = readHcl(source);
  return bodyOf(body, text, [0, text.length]);
}

function bodyOf(body: Body, text: string, range: Range): Built {
  const out = mapOf(range);
  for (const block of body.blocks) {
    let inner = out;
    const path = [block.type, ...block.labels];
    const key = path.pop() as string;
    for (const label of path) {
      const found = inner.get(label);
      if (found && !('get' in found)) throw new HclError('blocks with and without labels are mixed', block.range[0]);
      const next = (found as Table | undefined) ?? mapOf(block.range);
      if (!found) inner.set(label, next, block.range);
      inner = next;
    }
    const value = bodyOf(block.body, text, block.range);
    const list = inner.get(key);
    if (!list) inner.set(key, { value: [value.value], node: seq([value.node], block.range) }, block.range);
    else if (Array.isArray(list.value) && list.node.kind === 'seq') {
      list.value.push(value.value);
      list.node.items.push(value.node);
    } else throw new HclError('blocks with and without labels are mixed', block.range[0]);
  }
  for (const { name, value, range: at } of body.attributes) out.set(name, expression(value, text), at);
  return out;
}

function expression(one: Expression, text: string): Built {
  const { range } = one;
  switch (one.kind) {
    case 'literal':
      return scalar(one.value, range);
    case 'template': {
      const [only] = one.parts;
      if (one.parts.length === 1 && only?.kind === 'value') return expression(only.value, text);
      return scalar(templateText(one.parts, text), range);
    }
    case 'tuple': {
      const items = one.items.map((item) => expression(item, text));
      return {
        value: items.map((item) => item.value),
        node: seq(
          items.map((item) => item.node),
          range,
        ),
      };
    }
    case 'object': {
      const out = mapOf(range);
      for (const { key, value } of one.items) out.set(keyText(key, text), expression(value, text), key.range);
      return out;
    }
    case 'sign': {
      const value = one.operand.kind === 'literal' ? one.operand.value : undefined;
      if (one.operator === '-' && typeof value === 'number') return scalar(value === 0 ? 0 : -value, range);
      if (one.operator === '!' && typeof value === 'boolean') return scalar(!value, range);
      if (value !== undefined) throw new HclError('a sign stands before what has none', range[0]);
      return scalar(wrapped(range, text), range);
    }
    default:
      return scalar(wrapped(range, text), range);
  }
}

function keyText(key: Expression, text: string): string {
  return key.kind === 'traversal' ? text.slice(...key.range) : partText({ kind: 'value', value: key }, text);
}

function templateText(parts: readonly Part[], text: string): string {
  return parts.map((part) => partText(part, text)).join('');
}

function partText(part: Part, text: string): string {
  switch (part.kind) {
    case 'text':
      return part.text.replace(/[$%]\{/g, (one) => `${one[0]}${one}`);
    case 'if':
      return choice(text.slice(...part.test), templateText(part.yes, text), templateText(part.no, text));
    case 'for':
      return `%{for ${part.names.join(', ')} in ${text.slice(...part.list)}}${templateText(part.body, text)}%{endfor}`;
    case 'value':
      return valueText(part.value, text);
  }
}

function valueText(value: Expression, text: string): string {
  const inner = (one: Expression) => partText({ kind: 'value', value: one }, text);
  if (value.kind === 'literal') return typeof value.value === 'number' ? decimal(value.text, value.range) : value.text;
  if (value.kind === 'template') return templateText(value.parts, text);
  if (value.kind === 'conditional') return choice(text.slice(...value.test), inner(value.yes), inner(value.no));
  return wrapped(value.range, text);
}

function choice(test: string, yes: string, no: string): string {
  return `%{if ${test}}${yes}${no === '' ? '' : `%{else}${no}`}%{endif}`;
}

function wrapped(range: Range, text: string): string {
  return `\${${text.slice(...range)}}`;
}

/** A number as decimal digits without an exponent, as HCL turns it into text. */
function decimal(text: string, range: Range): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const shift = Number(exponent);
  if (Math.abs(shift) > 400 || text.length > 400) throw new HclError('a number is too large', range[0]);
  const given = `${whole}${fraction}`.padEnd(whole.length + shift, '0');
  const point = Math.max(0, whole.length + shift);
  const digits = `${'0'.repeat(Math.max(0, -whole.length - shift))}${given}`;
  const before = digits.slice(0, point).replace(/^0+(?=.)/, '') || '0';
  const after = digits.slice(point).replace(/0+$/, '');
  return after === '' ? before : `${before}.${after}`;
}

interface Table extends Built {
  node: MapNode;
  get: (key: string) => Built | undefined;
  set: (key: string, built: Built, range: Range) => void;
}

/** An object and its tree, in which a later value takes the place of an earlier one. */
function mapOf(range: Range): Table {
  const value: Record<string, unknown> = {};
  const node: MapNode = { kind: 'map', range, entries: [], flow: false };
  const known = new Map<string, Built>();
  return {
    value,
    node,
    get: (key) => known.get(key),
    set(key, built, at) {
      Object.defineProperty(value, key, { value: built.value, enumerable: true, writable: true, configurable: true });
      const entry = { key: scalarNode(key, at), value: built.node };
      const index = known.has(key) ? node.entries.findIndex((one) => one.key.text === key) : -1;
      if (index === -1) node.entries.push(entry);
      else node.entries[index] = entry;
      known.set(key, built);
    },
  };
}

function seq(items: Node[], range: Range): Node {
  return { kind: 'seq', range, items, flow: true };
}

function scalar(value: string | number | boolean | null, range: Range): Built {
  return { value, node: scalarNode(value, range) };
}

function scalarNode(value: string | number | boolean | null, range: Range) {
  const text = String(value);
  return {
    kind: 'scalar' as const,
    range,
    value,
    text,
    style: 'plain' as const,
    offsetAt: (at: number) => range[0] + at,
  };
}
